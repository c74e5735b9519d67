/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/mem.h"
#include "scoring/practical/formula/formula.h"
#include "scoring/practical/odf/sheet-internal.h"
#include "scoring/practical/odf/units.h"
#include "scoring/practical/sheet/serial.h"

enum { MAX_BLANKS = 1000, MAX_RUNS = 64 };

/* The text of a cell and its parts in fonts of their own. */
struct cell_text {
    struct sheet_reader *r;
    const struct sheet_font *font;
    struct bytes text;
    struct sheet_run run[MAX_RUNS];
    size_t n_runs, run_from;
    const char *href;
    bool rich, blank;
};

struct where {
    uint32_t row, last_row, column, last_column;
};

/* ---- text ---- */

static void end_run(struct cell_text *t, const char *span)
{
    if (t->text.n == t->run_from || t->n_runs == MAX_RUNS)
        return;
    struct sheet_run *run = &t->run[t->n_runs++];
    run->text = arena_strndup(t->r->w->arena, (const char *)t->text.p + t->run_from, t->text.n - t->run_from);
    run->font = span ? odf_sheet_span(t->r, t->font, span) : NULL;
    t->rich = t->rich || run->font;
    t->run_from = t->text.n;
}

static void put(struct cell_text *t, const char *text)
{
    for (const char *p = text; *p; p++) {
        bool blank = *p == ' ' || *p == '\t' || *p == '\n' || *p == '\r';
        if (!blank || !t->blank)
            bytes_u8(&t->text, blank ? ' ' : (uint8_t)*p);
        t->blank = blank;
    }
}

static void blanks(struct cell_text *t, const struct xml_tree_node *n)
{
    for (int64_t i = odf_integer(xml_tree_attr(n, NS_TEXT, "c"), 0, MAX_BLANKS, 1); i > 0; i--)
        bytes_u8(&t->text, ' ');
    t->blank = false;
}

static void gather(struct cell_text *t, const struct xml_tree_node *n, const char *span)
{
    for (const struct xml_tree_node *c = n->first; c; c = c->next) {
        if (c->text)
            put(t, c->text);
        else if (xml_tree_is(c, NS_TEXT, "s"))
            blanks(t, c);
        else if (xml_tree_is(c, NS_TEXT, "tab") || xml_tree_is(c, NS_TEXT, "line-break")) {
            bytes_str(&t->text, strcmp(c->name, "tab") == 0 ? "\t" : "\n");
            t->blank = false;
        } else if (xml_tree_is(c, NS_TEXT, "span")) {
            end_run(t, span);
            gather(t, c, xml_tree_attr(c, NS_TEXT, "style-name"));
            end_run(t, xml_tree_attr(c, NS_TEXT, "style-name"));
        } else if (c->ns == NS_TEXT && strcmp(c->name, "ruby-text") != 0) {
            if (strcmp(c->name, "a") == 0 && !t->href)
                t->href = xml_tree_attr(c, NS_XLINK, "href");
            gather(t, c, span);
        }
    }
}

static void read_text(struct cell_text *t, const struct xml_tree_node *cell)
{
    for (const struct xml_tree_node *p = xml_tree_child(cell, NS_TEXT, "p"); p;
         p = xml_tree_next(p, NS_TEXT, "p")) {
        if (p != xml_tree_child(cell, NS_TEXT, "p"))
            bytes_str(&t->text, "\n");
        t->blank = true;
        gather(t, p, NULL);
        if (t->blank && t->text.n > t->run_from && t->text.p[t->text.n - 1] == ' ')
            t->text.n--;
    }
    if (t->n_runs > 0)
        end_run(t, NULL);
}

static const struct sheet_text *kept_text(struct cell_text *t)
{
    struct sheet_text *kept = arena_alloc(t->r->w->arena, sizeof *kept);
    kept->text = t->text.n ? arena_strndup(t->r->w->arena, (const char *)t->text.p, t->text.n) : "";
    if (t->rich) {
        kept->run = arena_copy(t->r->w->arena, t->run, t->n_runs * sizeof *t->run);
        kept->n_runs = t->n_runs;
    }
    return kept;
}

/* ---- values ---- */

static bool number_of(const char *text, double *ret)
{
    char *end;
    if (!text || !*text)
        return false;
    *ret = strtod(text, &end);
    return *end == '\0' && *ret - *ret == 0;
}

/* "PT12H30M15.5S" as a part of a day. */
static bool duration_of(const char *text, double *ret)
{
    double seconds = 0;
    bool negative = text && *text == '-';
    const char *p = text + negative;
    if (!text || strncmp(p, "PT", 2) != 0)
        return false;
    for (p += 2; *p;) {
        char *end;
        double x = strtod(p, &end);
        if (end == p || !*end || !strchr("HMS", *end))
            return false;
        seconds += x * (*end == 'H' ? 3600 : *end == 'M' ? 60 : 1);
        p = end + 1;
    }
    *ret = (negative ? -seconds : seconds) / 86400;
    return true;
}

static bool is_error(const char *text)
{
    static const char *const errors[] = {"#N/A",   "#DIV/0!", "#VALUE!", "#REF!",
                                         "#NAME?", "#NUM!",   "#NULL!",  "Err:5"};
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
        if (strncmp(text, errors[i], strlen(errors[i])) == 0)
            return true;
    return false;
}

static void set_number(struct sheet_cell *c, enum sheet_type type, double x)
{
    c->type = (uint8_t)type;
    c->value.number = x;
}

static void date_value(struct sheet_reader *r, struct sheet_cell *c, const char *text)
{
    double serial;
    bool day, time;
    if (!text || !serial_from_iso(text, r->w->date1904, &serial, &day, &time))
        return;
    set_number(c, CELL_DATE, serial);
    c->flags |= day && !time ? CELL_ISO_DATE : 0;
}

static void text_value(struct cell_text *t, struct sheet_cell *c, const struct xml_tree_node *n)
{
    const char *shown = xml_tree_attr(n, NS_OFFICE, "string-value");
    bool fault = odf_is(xml_tree_attr(n, NS_CALCEXT, "value-type"), "error") ||
                 (xml_tree_attr(n, NS_TABLE, "formula") && t->text.n && is_error((const char *)t->text.p));
    c->type = fault ? CELL_ERROR : CELL_TEXT;
    c->value.text = shown && !fault ? workbook_text(t->r->w, shown) : kept_text(t);
}

static void read_value(struct cell_text *t, struct sheet_cell *c, const struct xml_tree_node *n)
{
    const char *type = xml_tree_attr(n, NS_OFFICE, "value-type");
    double x;
    if (!type)
        type = t->text.n ? "string" : "";
    if (odf_is(xml_tree_attr(n, NS_CALCEXT, "value-type"), "error") || strcmp(type, "string") == 0)
        text_value(t, c, n);
    else if (strcmp(type, "date") == 0)
        date_value(t->r, c, xml_tree_attr(n, NS_OFFICE, "date-value"));
    else if (strcmp(type, "time") == 0 && duration_of(xml_tree_attr(n, NS_OFFICE, "time-value"), &x)) {
        set_number(c, CELL_DATE, x);
        c->flags |= CELL_ISO_TIME;
    } else if (strcmp(type, "boolean") == 0)
        set_number(c, CELL_BOOL, odf_true(xml_tree_attr(n, NS_OFFICE, "boolean-value")));
    else if (number_of(xml_tree_attr(n, NS_OFFICE, "value"), &x))
        set_number(c, CELL_NUMBER, x);
}

static int read_formula(struct sheet_reader *r, struct sheet_cell *c, const struct xml_tree_node *n,
                        uint32_t row, uint32_t column)
{
    const char *text = xml_tree_attr(n, NS_TABLE, "formula");
    int64_t rows =
        odf_integer(xml_tree_attr(n, NS_TABLE, "number-matrix-rows-spanned"), 1, SHEET_ROWS - row + 1, 0);
    int64_t columns = odf_integer(xml_tree_attr(n, NS_TABLE, "number-matrix-columns-spanned"), 1,
                                  SHEET_COLUMNS - column + 1, 0);
    if (!text || strlen(text) > FORMULA_MAX_TEXT)
        return 0;
    struct sheet_formula f = {.text = text, .odf = true, .row = row, .column = column};
    if (rows > 0 && columns > 0) {
        f.kind = FORMULA_ARRAY;
        f.range = (struct sheet_range){row, column, row + (uint32_t)rows - 1, column + (uint32_t)columns - 1};
    }
    if (c->type == CELL_EMPTY)
        c->flags |= CELL_NO_RESULT;
    return workbook_add_formula(r->w, &f, &c->formula, r->e);
}

/* ---- what else a cell has ---- */

static void add_link(struct sheet_reader *r, const struct where *at, const char *href)
{
    r->link = sheet_more(r->link, r->n_links, &r->links_room, sizeof *r->link);
    struct sheet_link *l = &r->link[r->n_links++];
    *l = (struct sheet_link){.range = {at->row, at->column, at->row, at->column}, .tip = ""};
    l->target = href[0] == '#' ? "" : sheet_keep(r, href);
    l->location = href[0] == '#' ? odf_sheet_reference(r, href + 1, false) : "";
}

static void add_comment(struct sheet_reader *r, const struct where *at, const struct xml_tree_node *n)
{
    struct bytes text = {0}, author = {0};
    for (const struct xml_tree_node *p = xml_tree_child(n, NS_TEXT, "p"); p;
         p = xml_tree_next(p, NS_TEXT, "p")) {
        if (text.n)
            bytes_str(&text, "\n");
        xml_tree_text(p, &text);
    }
    const struct xml_tree_node *creator = xml_tree_child(n, NS_DC, "creator");
    if (creator)
        xml_tree_text(creator, &author);
    r->comment = sheet_more(r->comment, r->n_comments, &r->comments_room, sizeof *r->comment);
    r->comment[r->n_comments++] = (struct sheet_comment){
        .row = at->row,
        .column = at->column,
        .author = author.n ? arena_strndup(r->w->arena, (const char *)author.p, author.n) : "",
        .text = text.n ? arena_strndup(r->w->arena, (const char *)text.p, text.n) : ""};
    bytes_release(&text);
    bytes_release(&author);
}

static void add_area(struct sheet_reader *r, const struct where *at, const char *validation,
                     const struct odf_style *mapped)
{
    struct sheet_range range = {at->row, at->column, at->last_row, at->last_column};
    for (size_t i = r->n_areas; i-- > r->areas_from && r->n_areas - i < 64;) { /* a row further down */
        struct sheet_area *a = &r->area[i];
        bool same =
            a->mapped == mapped && (a->validation == validation ||
                                    (a->validation && validation && strcmp(a->validation, validation) == 0));
        if (same && a->range.column == range.column && a->range.last_column == range.last_column &&
            a->range.last_row + 1 == range.row) {
            a->range.last_row = range.last_row;
            return;
        }
        if (same && a->range.row == range.row && a->range.last_row == range.last_row &&
            a->range.last_column + 1 == range.column) {
            a->range.last_column = range.last_column;
            return;
        }
    }
    r->area = sheet_more(r->area, r->n_areas, &r->areas_room, sizeof *r->area);
    r->area[r->n_areas++] =
        (struct sheet_area){.validation = validation ? arena_strdup(r->p->arena, validation) : NULL,
                            .mapped = mapped,
                            .sheet = r->at,
                            .range = range};
}

static void add_thing(struct sheet_reader *r, const struct where *at, const struct xml_tree_node *frame)
{
    const struct xml_tree_node *object = xml_tree_child(frame, NS_DRAW, "object");
    if (!object && xml_tree_child(frame, NS_DRAW, "image")) {
        sheet_now(r)->n_pictures++;
        return;
    }
    const char *href = object ? xml_tree_attr(object, NS_XLINK, "href") : NULL;
    const char *end = xml_tree_attr(frame, NS_TABLE, "end-cell-address");
    if (!href)
        return;
    r->thing = sheet_more(r->thing, r->n_things, &r->things_room, sizeof *r->thing);
    struct sheet_thing *t = &r->thing[r->n_things++];
    *t = (struct sheet_thing){.sheet = r->at,
                              .href = arena_strdup(r->p->arena, href),
                              .end = end ? arena_strdup(r->p->arena, end) : NULL,
                              .row = at ? at->row : 1,
                              .column = at ? at->column : 1};
    odf_length(xml_tree_attr(frame, NS_SVG, "width"), &t->width);
    odf_length(xml_tree_attr(frame, NS_SVG, "height"), &t->height);
}

void odf_sheet_shape(struct sheet_reader *r, size_t index, const struct xml_tree_node *frame)
{
    r->at = index;
    add_thing(r, NULL, frame);
}

static void besides(struct sheet_reader *r, const struct where *at, const struct xml_tree_node *cell)
{
    for (const struct xml_tree_node *n = xml_tree_first_element(cell); n; n = xml_tree_next_element(n))
        if (xml_tree_is(n, NS_OFFICE, "annotation"))
            add_comment(r, at, n);
        else if (xml_tree_is(n, NS_DRAW, "frame"))
            add_thing(r, at, n);
}

static void spans(struct sheet_reader *r, const struct where *at, const struct xml_tree_node *cell)
{
    uint32_t rows = (uint32_t)odf_integer(xml_tree_attr(cell, NS_TABLE, "number-rows-spanned"), 1,
                                          SHEET_ROWS - at->row + 1, 1);
    uint32_t columns = (uint32_t)odf_integer(xml_tree_attr(cell, NS_TABLE, "number-columns-spanned"), 1,
                                             SHEET_COLUMNS - at->column + 1, 1);
    if (rows == 1 && columns == 1)
        return;
    r->merge = sheet_more(r->merge, r->n_merges, &r->merges_room, sizeof *r->merge);
    r->merge[r->n_merges++] =
        (struct sheet_range){at->row, at->column, at->row + rows - 1, at->column + columns - 1};
}

/* ---- a cell ---- */

/* The style of a cell that names none is its row's, else its column's. */
static int style_of(struct sheet_reader *r, const struct xml_tree_node *n, uint32_t column,
                    const char *row_style, uint16_t *ret, const struct odf_style **ret_style)
{
    const char *own = xml_tree_attr(n, NS_TABLE, "style-name");
    const char *name = own ? own : row_style;
    *ret_style = odf_style_find(r->styles, ODF_CONTENT, "table-cell", name);
    for (size_t i = 0; !name && i < r->n_columns; i++)
        if (r->column[i].first <= column && column <= r->column[i].last) {
            *ret = r->column[i].style;
            return 0;
        }
    return odf_sheet_style(r, *ret_style, ret);
}

static bool has_map(const struct odf_style *s)
{
    return s && xml_tree_child(s->node, NS_STYLE, "map");
}

static int read_cell(struct sheet_reader *r, const struct xml_tree_node *n, const struct where *at,
                     const char *row_style)
{
    const struct odf_style *style;
    uint16_t index = 0;
    int result = style_of(r, n, at->column, row_style, &index, &style);
    if (result < 0)
        return result;
    const char *validation = xml_tree_attr(n, NS_TABLE, "content-validation-name");
    if (validation)
        add_area(r, at, validation, NULL);
    if (has_map(style))
        add_area(r, at, NULL, style);
    bool holds = xml_tree_attr(n, NS_OFFICE, "value-type") || xml_tree_attr(n, NS_TABLE, "formula") ||
                 xml_tree_child(n, NS_TEXT, "p");
    besides(r, at, n);
    spans(r, at, n);
    if (!holds && !xml_tree_attr(n, NS_TABLE, "style-name"))
        return 0;
    if (!holds && index == 0)
        return 0;
    struct sheet_cell *c;
    if ((result = sheet_add_cell(r->w, sheet_now(r), at->column, at->last_column, &c, r->e)) < 0)
        return result;
    c->style = index;
    if (!holds)
        return 0;
    struct cell_text *t = mem_alloc(sizeof *t);
    t->r = r;
    t->font = r->w->style[index].font;
    read_text(t, n);
    read_value(t, c, n);
    result = read_formula(r, c, n, at->row, at->column);
    if (t->href)
        add_link(r, at, t->href);
    bytes_release(&t->text);
    free(t);
    return result;
}

int odf_sheet_cells(struct sheet_reader *r, const struct xml_tree_node *row, uint32_t first, uint32_t last,
                    const char *row_style)
{
    uint32_t column = 1;
    int result = 0;
    for (const struct xml_tree_node *n = xml_tree_first_element(row);
         n && column <= SHEET_COLUMNS && result == 0; n = xml_tree_next_element(n)) {
        if (!xml_tree_is(n, NS_TABLE, "table-cell") && !xml_tree_is(n, NS_TABLE, "covered-table-cell"))
            continue;
        uint32_t rest = SHEET_COLUMNS - column + 1;
        uint32_t repeated =
            (uint32_t)odf_integer(xml_tree_attr(n, NS_TABLE, "number-columns-repeated"), 1, rest, 1);
        const struct where at = {first, last, column, column + repeated - 1};
        result = read_cell(r, n, &at, row_style);
        column += repeated;
    }
    return result;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "paperbank/bank/from-csv.h"
#include "paperbank/bank/markup.h"

enum { ROW_MAX = 2 << 20 };

struct table {
    const char *path;
    char *folder;
    struct text_file *text;
    const struct foreign_sink *sink;
    struct bytes row; /* lines of the row at hand */
    unsigned line;    /* where it begins */
    char separator;   /* 0 before the first row */
    int column[256];  /* what stands in each field */
    size_t n_columns;
    struct draft_names names;
};

static int at_line(const struct table *t, unsigned line, struct err *e, const char *what)
{
    char where[220];
    snprintf(where, sizeof where, "%s:%u", t->path, line);
    return err_set(e, ERR_DATA, where, "%s", what);
}

/* The lines of the next row: up to the one in which no quote is open. *ret_more false at the end of the file. */
static int next_row(struct table *t, bool *ret_more, struct err *e)
{
    size_t quotes = 0;
    bytes_clear(&t->row);
    *ret_more = false;
    for (;;) {
        const char *line;
        unsigned number;
        int r = text_file_line(t->text, &line, &number, e);
        if (r < 0)
            return r;
        if (!line)
            break;
        if (!*ret_more)
            t->line = number;
        *ret_more = true;
        for (const char *p = line; *p; p++)
            quotes += *p == '"';
        bytes_str(&t->row, line);
        bytes_str(&t->row, "\n");
        if (t->row.n > ROW_MAX)
            return at_line(t, t->line, e,
                           _("a quoted field is not closed, or a row is longer than the limit"));
        if (quotes % 2 == 0)
            break;
    }
    return 0;
}

/* The fields of the row, at most 256; n 0: an empty line. */
static int split_row(struct table *t, struct arena *a, struct csv_row *ret, struct err *e)
{
    struct csv c;
    *ret = (struct csv_row){0};
    if (t->row.n <= 1)
        return 0;
    struct err inner = {0};
    if (csv_parse_separated(&c, a, t->path, bytes_span(&t->row), t->separator, 2, &inner) < 0)
        return at_line(t, t->line, e, inner.what);
    *ret = c.row[0];
    return 0;
}

char table_separator(const char *headings)
{
    static const char signs[] = ",;\t";
    size_t n[3] = {0}, best = 0;
    bool quoted = false;
    for (const char *p = headings; *p && (quoted || *p != '\n'); p++) {
        const char *sign = strchr(signs, *p);
        quoted = quoted != (*p == '"');
        if (sign && !quoted)
            n[sign - signs]++;
    }
    for (size_t i = 1; i < 3; i++)
        best = n[i] > n[best] ? i : best;
    return signs[best];
}

bool table_is_heading(const char *row)
{
    struct arena *a = arena_new();
    struct csv c;
    struct err unwanted = {0};
    bool has[COLUMNS + 1] = {false};
    if (csv_parse_separated(&c, a, "", span_str(row), table_separator(row), 2, &unwanted) == 0)
        for (size_t i = 0; i < c.row[0].n; i++)
            has[table_column_of(a, c.row[0].field[i])] = true;
    arena_free(a);
    return has[COLUMN_TYPE] && has[COLUMN_STEM];
}

/* Spreadsheets are told the separator by a first line "sep=;". */
static bool says_separator(struct table *t)
{
    const char *row = (const char *)t->row.p;
    if (t->row.n != 6 || strncmp(row, "sep=", 4) != 0 || !strchr(",;\t", row[4]))
        return false;
    t->separator = row[4];
    return true;
}

static bool is_empty(const struct csv_row *row)
{
    for (size_t i = 0; i < row->n; i++)
        if (row->field[i][strspn(row->field[i], " \t")])
            return false;
    return true;
}

static int read_headings(struct table *t, const struct csv_row *row, struct arena *a, struct err *e)
{
    bool has[COLUMNS + 1] = {false};
    t->n_columns = row->n;
    for (size_t i = 0; i < row->n; i++) {
        const char *heading = text_trim(a, row->field[i]);
        enum table_column c = *heading ? table_column_of(a, heading) : COLUMN_NOTE;
        char what[200];
        t->column[i] = (int)c;
        if (c == COLUMN_UNKNOWN || (has[c] && c != COLUMN_NOTE)) {
            snprintf(what, sizeof what,
                     c == COLUMN_UNKNOWN ? _("the heading \"%.60s\" is not known")
                                         : _("the heading \"%.60s\" stands there twice"),
                     heading);
            at_line(t, t->line, e, what);
            return err_hint(
                e, _("see the headings with \"kaochang bank import --template\"; a column for yourself "
                     "gets a heading that begins with #"));
        }
        has[c] = true;
    }
    if (has[COLUMN_STEM] && has[COLUMN_TYPE])
        return 0;
    at_line(t, t->line, e, _("the first row has no headings for the type and the stem of the questions"));
    return err_hint(e, _("an empty table is written by \"kaochang bank import --template\""));
}

bool table_fault(struct draft *d, enum table_column c, const char *what)
{
    return draft_fault(d, _("column %s: %s"), table_column_name(c), what);
}

/* What a spreadsheet would take for a formula has an apostrophe before it. */
static const char *cell(struct arena *a, const char *field)
{
    const char *text = text_trim(a, markup_clean(a, field));
    return *text == '\'' && text[1] && strchr("=+-@", text[1]) ? text + 1 : text;
}

/* Where fields are parted by semicolons the comma is in the numbers: "0,75". */
static void mend_commas(struct arena *a, struct table_row *row)
{
    static const enum table_column numbers[] = {COLUMN_POINTS, COLUMN_FACILITY, COLUMN_DISCRIMINATION,
                                                COLUMN_TOLERANCE, COLUMN_KEY};
    bool numeric = table_type_of(a, row->cell[COLUMN_TYPE]) == TYPE_NUMERIC;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        char *text = arena_strdup(a, row->cell[numbers[i]]);
        if ((numbers[i] == COLUMN_KEY && !numeric) || (numbers[i] != COLUMN_KEY && strchr(text, '.')))
            continue;
        row->cell[numbers[i]] = text;
        while ((text = strchr(text, ',')))
            *text = '.';
    }
}

static int give_row(struct table *t, const struct csv_row *fields, struct arena *a, struct err *e)
{
    struct table_row row = {.folder = t->folder};
    struct draft d = {.arena = a, .line = t->line, .original = bytes_span(&t->row), .has_metadata = true};
    for (size_t c = 0; c < COLUMNS; c++)
        row.cell[c] = "";
    for (size_t i = 0; i < fields->n; i++)
        if (i < t->n_columns)
            row.cell[t->column[i]] = cell(a, fields->field[i]);
        else if (fields->field[i][strspn(fields->field[i], " \t")])
            draft_fault(&d, _("the row has more fields than the table has headings"));
    if (t->separator == ';')
        mend_commas(a, &row);
    const char *id = row.cell[COLUMN_ID], *stem = row.cell[COLUMN_STEM];
    d.identifier =
        *id ? id
            : draft_identifier(&t->names, a, "csv", arena_printf(a, "%s\n%s", row.cell[COLUMN_TYPE], stem));
    d.title = *row.cell[COLUMN_TITLE] ? row.cell[COLUMN_TITLE] : draft_short_title(a, stem);
    d.name = *id ? id : d.title;
    table_question(&d, &row);
    table_metadata(&d, &row);
    int r = 0;
    const char *code = "";
    if (!d.fault && *row.cell[COLUMN_KNOWLEDGE_POINT])
        r = draft_category(row.cell[COLUMN_KNOWLEDGE_POINT], a, t->sink, &code, e);
    d.metadata.knowledge_point = code;
    return r < 0 ? r : draft_give(&d, t->sink, e);
}

static int one_row(struct table *t, bool *headings, struct err *e)
{
    if (!t->separator && says_separator(t))
        return 0;
    if (!t->separator)
        t->separator = table_separator((const char *)t->row.p);
    struct arena *a = arena_new();
    struct csv_row row;
    int r = split_row(t, a, &row, e);
    if (r < 0 && *headings) { /* a bad row never stops the others */
        const struct foreign_item refused = {.line = t->line,
                                             .name = "",
                                             .refusal = arena_strdup(a, e->what),
                                             .original = bytes_span(&t->row)};
        r = t->sink->item(t->sink->context, &refused, e);
    } else if (r == 0 && !is_empty(&row)) {
        r = *headings ? give_row(t, &row, a, e) : read_headings(t, &row, a, e);
        *headings = true;
    }
    arena_free(a);
    return r;
}

int from_csv(const char *path, struct text_file *text, const struct foreign_sink *sink, struct err *e)
{
    struct table *t = mem_alloc(sizeof *t);
    *t = (struct table){.path = path, .text = text, .sink = sink, .folder = mem_strdup(path)};
    char *slash = strrchr(t->folder, '/');
    bool more = true, headings = false;
    int r = 0;
    if (slash)
        slash[1] = '\0';
    else
        t->folder[0] = '\0';
    while (r == 0 && more) {
        r = next_row(t, &more, e);
        if (r == 0 && more)
            r = one_row(t, &headings, e);
    }
    if (r == 0 && !headings)
        r = err_set(e, ERR_DATA, path, _("there is no header line"));
    bytes_release(&t->row);
    draft_names_free(&t->names);
    free(t->folder);
    free(t);
    return r;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/practical/sheet/xlsx.h"

#include <string.h>

#include "base/i18n.h"
#include "scoring/practical/sheet/xlsx-internal.h"

struct book_part {
    const char *part;
    const struct xml_tree_node *root;
    const struct parts_relationship *rel;
    size_t n_rel;
};

static const char *related(const struct book_part *b, const char *type)
{
    const struct parts_relationship *r = parts_by_type(b->rel, b->n_rel, type);
    return r && !r->external ? r->target : NULL;
}

static int read_shared_parts(struct xlsx *x, const struct book_part *b, struct err *e)
{
    const char *theme = related(b, "theme"), *styles = related(b, "styles"),
               *strings = related(b, "sharedStrings");
    int r = theme ? xlsx_read_theme(x, theme, e) : 0;
    if (r == 0 && styles)
        r = xlsx_read_styles(x, styles, e);
    if (r == 0 && strings)
        r = xlsx_read_strings(x, strings, e);
    return r;
}

/* ---- the book itself ---- */

static void read_book(struct xlsx *x, const struct xml_tree_node *root)
{
    struct workbook *w = x->w;
    const struct xml_tree_node *calculation = xml_tree_child(root, NS_S, "calcPr");
    const struct xml_tree_node *protection = xml_tree_child(root, NS_S, "workbookProtection");
    const struct xml_tree_node *view =
        xml_tree_child(xml_tree_child(root, NS_S, "bookViews"), NS_S, "workbookView");
    const char *mode = xml_tree_attr(calculation, 0, "calcMode");
    w->date1904 = xlsx_attr_bool(xml_tree_child(root, NS_S, "workbookPr"), "date1904", false);
    w->manual = mode && strcmp(mode, "manual") == 0;
    w->protects_structure = xlsx_attr_bool(protection, "lockStructure", false);
    w->protects_windows = xlsx_attr_bool(protection, "lockWindows", false);
    int64_t active = xlsx_attr_int(view, "activeTab", 0);
    w->active = active >= 0 && active < SHEET_MAX_SHEETS ? (int)active : 0;
}

static void read_names(struct xlsx *x, const struct xml_tree_node *list)
{
    size_t count = xlsx_count(list, NS_S, "definedName"), i = 0;
    struct sheet_name *name = arena_array(x->a, count, sizeof *name);
    for (const struct xml_tree_node *n = xml_tree_child(list, NS_S, "definedName"); n && i < count;
         n = xml_tree_next(n, NS_S, "definedName"), i++) {
        int64_t sheet = xlsx_attr_int(n, "localSheetId", -1);
        name[i].name = xlsx_attr(x, n, "name");
        name[i].refers = xlsx_text(x, n);
        name[i].sheet = sheet >= 0 && sheet < SHEET_MAX_SHEETS ? (int32_t)sheet : -1;
        name[i].hidden = xlsx_attr_bool(n, "hidden", false);
    }
    x->w->name = name;
    x->w->n_names = i;
}

/* ---- sheets ---- */

/* A chart sheet or a dialog: its drawing, no cells. */
static int read_other(struct xlsx *x, struct sheet *s, const char *part, struct err *e)
{
    struct parts_relationship *rel;
    size_t n;
    s->part = arena_strdup(x->a, part);
    s->chart_sheet = true;
    int r = parts_relationships(x->p, part, x->a, &rel, &n, e);
    const struct parts_relationship *drawing = r == 0 ? parts_by_type(rel, n, "drawing") : NULL;
    return drawing && !drawing->external ? xlsx_read_drawing(x, s, drawing->target, e) : r;
}

static int read_one_sheet(struct xlsx *x, const struct book_part *b, const struct xml_tree_node *n,
                          struct err *e)
{
    const char *name = xml_tree_attr(n, 0, "name"), *state = xml_tree_attr(n, 0, "state");
    const char *id = xml_tree_attr(n, NS_R, "id");
    const struct parts_relationship *part = id ? parts_by_id(b->rel, b->n_rel, id) : NULL;
    struct sheet *s;
    int r = workbook_add_sheet(x->w, name ? name : "", &s, e);
    if (r < 0)
        return r;
    s->very_hidden = state && strcmp(state, "veryHidden") == 0;
    s->hidden = s->very_hidden || (state && strcmp(state, "hidden") == 0);
    if (!part || part->external || !parts_has(x->p, part->target))
        return 0;
    bool cells = strcmp(part->type, "worksheet") == 0;
    return cells ? xlsx_read_sheet(x, s, part->target, e) : read_other(x, s, part->target, e);
}

static int read_sheets(struct xlsx *x, const struct book_part *b, struct err *e)
{
    const struct xml_tree_node *list = xml_tree_child(b->root, NS_S, "sheets");
    int r = 0;
    for (const struct xml_tree_node *n = xml_tree_child(list, NS_S, "sheet"); n && r == 0;
         n = xml_tree_next(n, NS_S, "sheet"))
        r = read_one_sheet(x, b, n, e);
    return r;
}

/* ---- what names say of sheets ---- */

static void set_titles(struct xlsx *x, struct sheet *s, const char *refers)
{
    char *rest = arena_strdup(x->a, refers);
    int left = 16;
    for (char *one; (one = strsep(&rest, ",")) != NULL && left-- > 0;) {
        const char *sheet;
        struct sheet_range r;
        if (!reference_full(one, x->a, &sheet, &r))
            continue;
        const char *text = reference_range_name(x->a, &r);
        if (r.last_column == SHEET_COLUMNS)
            s->page.title_rows = arena_printf(x->a, "%u:%u", r.row, r.last_row);
        else if (r.last_row == SHEET_ROWS)
            s->page.title_columns = text;
    }
}

static void set_area(struct xlsx *x, struct sheet *s, const char *refers)
{
    char *rest = arena_strdup(x->a, refers);
    for (char *one; (one = strsep(&rest, ",")) != NULL && strlen(s->page.print_area) < 1000;) {
        const char *sheet;
        struct sheet_range r;
        if (!reference_full(one, x->a, &sheet, &r))
            continue;
        const char *text = reference_range_name(x->a, &r);
        s->page.print_area =
            s->page.print_area[0] ? arena_printf(x->a, "%s,%s", s->page.print_area, text) : text;
    }
}

static void apply_names(struct xlsx *x)
{
    for (size_t i = 0; i < x->w->n_names; i++) {
        const struct sheet_name *n = &x->w->name[i];
        if (n->sheet < 0 || (size_t)n->sheet >= x->w->n_sheets)
            continue;
        struct sheet *s = &x->w->sheet[n->sheet];
        if (strcmp(n->name, "_xlnm.Print_Area") == 0)
            set_area(x, s, n->refers);
        else if (strcmp(n->name, "_xlnm.Print_Titles") == 0)
            set_titles(x, s, n->refers);
    }
}

static int read_application(struct xlsx *x, struct err *e)
{
    struct xml_tree *t;
    int r = xlsx_optional(x, "docProps/app.xml", &t, e);
    if (r < 0 || !t)
        return r;
    x->w->application = xlsx_text(x, xml_tree_child(xml_tree_root(t), NS_EP, "Application"));
    xml_tree_free(t);
    return 0;
}

static int wrong_type(const struct xlsx *x, const char *part, struct err *e)
{
    err_set(e, ERR_DATA, x->w->file, _("its main part %s is no workbook"), part);
    if (e)
        e->code = FAULT_WRONG_TYPE;
    return err_hint(e, _("save it as an Excel workbook (.xlsx)"));
}

static int read_all(struct xlsx *x, struct book_part *b, struct err *e)
{
    struct parts_relationship *rel;
    int r = parts_relationships(x->p, b->part, x->a, &rel, &b->n_rel, e);
    if (r < 0)
        return r;
    b->rel = rel;
    read_book(x, b->root);
    read_names(x, xml_tree_child(b->root, NS_S, "definedNames"));
    r = read_shared_parts(x, b, e);
    if (r == 0)
        r = read_sheets(x, b, e);
    if (r == 0)
        r = read_application(x, e);
    if (r == 0)
        apply_names(x);
    return r < 0 ? r : workbook_within(x->w, e);
}

int xlsx_read(struct workbook *w, struct parts *p, struct err *e)
{
    struct xlsx x = {.w = w, .p = p, .a = w->arena};
    struct book_part b = {0};
    struct xml_tree *t = NULL;
    xlsx_default_colors(&x);
    int r = parts_main(p, x.a, &b.part, e);
    if (r == 0)
        r = parts_tree(p, b.part, NULL, &t, e);
    if (r < 0)
        return r;
    b.root = xml_tree_root(t);
    r = xml_tree_is(b.root, NS_S, "workbook") ? read_all(&x, &b, e) : wrong_type(&x, b.part, e);
    free(x.string);
    xml_tree_free(t);
    return r;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* The table as it comes back from a spreadsheet. */
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/i18n.h"
#include "base/text.h"
#include "engine/blueprint/two-way-internal.h"
#include "paperbank/bank/metadata.h"

struct reading {
    struct two_way *t;
    const char *name;
    unsigned line;
    const char *heading; /* of the column at hand */
};

static int bad(const struct reading *r, const char *text, const char *want, struct err *e)
{
    char *where = arena_printf(r->t->arena, "%s:%u", r->name, r->line);
    return err_set(e, ERR_DATA, where, _("column \"%.60s\": \"%.60s\": %s"), r->heading, text, want);
}

/* "apply", or what it is in the user's language. */
static const char *level_of(const char *word)
{
    static const char *const others[TWO_WAY_LEVELS] = {"记忆", "理解", "应用", "分析", "评价", "创造"};
    for (size_t k = 0; k < TWO_WAY_LEVELS; k++)
        if (strcmp(word, two_way_levels[k]) == 0 || strcmp(word, two_way_level_word(k)) == 0 ||
            strcmp(word, others[k]) == 0)
            return two_way_levels[k];
    return NULL;
}

static bool is_all_levels(const char *text)
{
    return strcmp(text, "*") == 0 || strcmp(text, "all levels") == 0 || strcmp(text, _("all levels")) == 0 ||
           strcmp(text, "各层次合计") == 0;
}

static int read_heading(struct reading *r, const char *text, struct err *e)
{
    struct arena *a = r->t->arena;
    struct blueprint_list list = {.text = arena_array(a, strlen(text) + 1, sizeof *list.text)};
    r->heading = text;
    if (!is_all_levels(text))
        for (const char *p = text + strspn(text, " +"); *p; p += strspn(p, " +")) {
            size_t n = strcspn(p, " +");
            const char *level = level_of(arena_strndup(a, p, n));
            if (!level || blueprint_list_has(&list, level))
                return bad(r, text, _("cognitive levels are needed, or \"all levels\""), e);
            list.text[list.n++] = level;
            p += n;
        }
    if (!is_all_levels(text) && list.n == 0)
        return bad(r, text, _("cognitive levels are needed, or \"all levels\""), e);
    if (two_way_column_of(r->t, &list) < r->t->n_columns)
        return bad(r, text, _("this column stands there twice"), e);
    r->t->column[r->t->n_columns++] = list;
    return 0;
}

static int read_headings(struct reading *r, const struct csv_row *head, struct err *e)
{
    int status = 0;
    r->line = head->line;
    if (head->n < 2 || head->n > TWO_WAY_MAX_COLUMNS)
        return bad(r, head->n ? head->field[0] : "",
                   _("a column of knowledge points and at least one of levels are needed"), e);
    for (size_t c = 1; status == 0 && c < head->n; c++)
        status = read_heading(r, text_normalize_answer(r->t->arena, head->field[c]), e);
    return status;
}

/* "[1.2] Folders", "1.2"; "[*]": all of them. */
static int read_point(struct reading *r, const char *text, struct err *e)
{
    struct arena *a = r->t->arena;
    const char *code = *text == '[' ? arena_strndup(a, text + 1, strcspn(text + 1, "]"))
                                    : arena_strndup(a, text, strcspn(text, " "));
    r->heading = _("knowledge point");
    if (strcmp(code, "*") != 0 && !metadata_is_code(code))
        return bad(r, text, _("a code in brackets is needed, like [1.2], or [*] for all"), e);
    code = strcmp(code, "*") == 0 ? NULL : code;
    if (two_way_row_of(r->t, code) < r->t->n_rows)
        return bad(r, text, _("this row stands there twice"), e);
    r->t->row[r->t->n_rows++] = (struct two_way_row){code, ""};
    return 0;
}

/* A number of at most 1,000 at *p, which moves behind it; -1: there is none. */
static int64_t number(const char **p)
{
    size_t n = strspn(*p, "0123456789");
    int64_t v = n && n <= 4 ? strtoll(*p, NULL, 10) : -1;
    *p += n;
    return v > 1000 ? -1 : v;
}

/* True if one of the signs stands at *p, which moves behind it. */
static bool sign(const char **p, const char *const *signs)
{
    for (; *signs; signs++)
        if (strncmp(*p, *signs, strlen(*signs)) == 0) {
            *p += strlen(*signs);
            return true;
        }
    return false;
}

static bool read_limits(const char *p, struct two_way_limits *ret)
{
    static const char *const least[] = {">=", "≥", NULL}, *const most[] = {"<=", "≤", "..", NULL},
                             *const to[] = {"..", "-", "~", "–", "—", "至", "到", NULL};
    struct two_way_limits l = {.asked = true, .max = INT64_MAX};
    if (sign(&p, least)) {
        l.min = number(&p);
    } else if (sign(&p, most)) {
        l.max = number(&p);
    } else {
        l.min = l.max = number(&p);
        if (sign(&p, to))
            l.max = !*p && p[-1] == '.' ? INT64_MAX : number(&p);
    }
    *ret = l;
    return *p == '\0' && l.min >= 0 && l.max >= l.min;
}

static char *without_spaces(struct arena *a, const char *text)
{
    char *copy = arena_strdup(a, text), *to = copy;
    for (const char *p = copy; *p; p++)
        if (*p != ' ')
            *to++ = *p;
    *to = '\0';
    return copy;
}

static int read_row(struct reading *r, const struct csv_row *row, struct err *e)
{
    struct two_way *t = r->t;
    r->line = row->line;
    size_t at = t->n_rows * t->n_columns;
    int status = read_point(r, text_normalize_answer(t->arena, row->field[0]), e);
    for (size_t c = 0; status == 0 && c < t->n_columns && c + 1 < row->n; c++) {
        const char *text = without_spaces(t->arena, text_normalize_answer(t->arena, row->field[c + 1]));
        r->heading = two_way_heading(t->arena, &t->column[c]);
        if (*text && !read_limits(text, &t->cell[at + c]))
            status = bad(r, text, _("a number is needed, or limits like 2..5, 2.. or ..5"), e);
    }
    return status;
}

static bool is_empty(const struct csv_row *row)
{
    for (size_t i = 0; i < row->n; i++)
        if (strspn(row->field[i], " \t") != strlen(row->field[i]))
            return false;
    return true;
}

int two_way_read(struct two_way **ret, const char *name, struct span csv, struct err *e)
{
    struct arena *a = arena_new();
    struct two_way *t = arena_alloc(a, sizeof *t);
    struct csv c;
    t->arena = a;
    t->column = arena_array(a, TWO_WAY_MAX_COLUMNS, sizeof *t->column);
    struct reading r = {.t = t, .name = name, .line = 1, .heading = ""};
    int status = csv_parse_uneven(&c, a, name, csv, TWO_WAY_MAX_ROWS, e);
    if (status == 0)
        status = read_headings(&r, &c.row[0], e);
    if (status == 0) {
        t->row = arena_array(a, c.n, sizeof *t->row);
        t->cell = arena_array(a, c.n * t->n_columns, sizeof *t->cell);
    }
    for (size_t i = 1; status == 0 && i < c.n; i++)
        if (!is_empty(&c.row[i]))
            status = read_row(&r, &c.row[i], e);
    if (status < 0)
        two_way_free(t);
    else
        *ret = t;
    return status;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* CSV as spreadsheets write it: commas, semicolons or tabs, quotes, line breaks in quotes. Walked, not kept:
 * a table of any shape takes no memory. */
#include <string.h>

#include "base/text.h"
#include "scoring/practical/files/give.h"
#include "scoring/practical/files/kinds.h"

struct walk {
    const char *p;
    char separator;
    bool row_ended;
};

static char find_separator(const char *text)
{
    size_t n[3] = {0}, best = 0;
    bool quoted = false;
    for (const char *p = text; *p && (quoted || *p != '\n'); p++) {
        const char *at = strchr(",;\t", *p);
        if (*p == '"')
            quoted = !quoted;
        else if (at && !quoted)
            n[at - ",;\t"]++;
    }
    for (size_t i = 1; i < 3; i++)
        if (n[i] > n[best])
            best = i;
    return ",;\t"[best];
}

/* The next field's bytes: appended to `out` unless it is NULL. */
static void next_field(struct walk *w, struct bytes *out)
{
    bool quoted = *w->p == '"';
    if (quoted)
        w->p++;
    for (; *w->p; w->p++) {
        if (quoted && *w->p == '"' && w->p[1] != '"') {
            quoted = false;
            continue;
        }
        if (quoted && *w->p == '"')
            w->p++;
        else if (!quoted && (*w->p == w->separator || *w->p == '\n'))
            break;
        if (out)
            bytes_add(out, w->p, 1);
    }
    w->row_ended = *w->p != w->separator;
    if (*w->p)
        w->p++;
}

static void skip_row(struct walk *w)
{
    do
        next_field(w, NULL);
    while (!w->row_ended);
}

static const char *take_field(struct walk *w, struct arena *a)
{
    struct bytes out = {0};
    next_field(w, &out);
    const char *text = arena_strndup(a, out.n ? (const char *)out.p : "", out.n);
    bytes_release(&out);
    return text;
}

static int begin(const struct check_target *t, struct arena *a, struct walk *w, struct fact *ret,
                 struct err *e)
{
    const struct practical_file *f = give_file(t->folder, give_path(a, give_named(t)), ret);
    if (!f)
        return 0;
    int r = give_content(f, ENCODING_UNKNOWN, a, &w->p, NULL, e);
    if (r < 0)
        return r;
    w->separator = find_separator(w->p);
    return 1;
}

/* "B3" to column and row. */
static bool read_cell(const char *cell, int64_t *row, int64_t *column)
{
    int64_t c = 0, r = 0;
    const char *p = cell;
    for (; ((*p | 32) >= 'a' && (*p | 32) <= 'z') && c < 10000; p++)
        c = 26 * c + ((*p | 32) - 'a' + 1);
    for (; *p >= '0' && *p <= '9' && r < 10000000; p++)
        r = 10 * r + (*p - '0');
    *row = r;
    *column = c;
    return c > 0 && r > 0 && !*p;
}

/* The column of that name in the first row, or 0. */
static int64_t column_named(struct walk w, const char *name, struct arena *a)
{
    const char *wanted = text_normalize_answer(a, name);
    int64_t at = 0;
    do {
        at++;
        const char *here = text_normalize_answer(a, take_field(&w, a));
        if (here && wanted && strcmp(here, wanted) == 0)
            return at;
    } while (!w.row_ended && at < 1000);
    return 0;
}

static bool is_number(const char *s)
{
    return s && *s && s[strspn(s, "0123456789")] == '\0';
}

static bool find_cell(const struct locator *at, const struct walk *w, struct arena *a, int64_t *row,
                      int64_t *column)
{
    const char *cell = locator_get(at, "cell"), *name = locator_get(at, "column");
    if (cell)
        return read_cell(cell, row, column);
    *row = locator_index(at, "row", -1);
    *column = !name ? -1 : is_number(name) ? locator_index(at, "column", -1) : column_named(*w, name, a);
    return *row > 0 && *column >= 0;
}

int files_csv_cell(const struct check_target *t, const struct locator *at, const char *argument,
                   struct arena *a, struct fact *ret, struct err *e)
{
    struct walk w;
    int64_t row, column;
    (void)argument;
    int r = begin(t, a, &w, ret, e);
    if (r <= 0)
        return r;
    if (!find_cell(at, &w, a, &row, &column))
        return give_bad_locator(t, "cell", e);
    const char *place =
        arena_printf(a, "%s, row %lld, column %lld", give_named(t), (long long)row, (long long)column);
    for (; row > 1 && *w.p; row--)
        skip_row(&w);
    w.row_ended = false;
    for (int64_t i = 1; i < column && !w.row_ended; i++)
        next_field(&w, NULL);
    if (column == 0 || row > 1 || w.row_ended || !*w.p)
        return give_absent(ret, place, "there is no such cell");
    return give_text(ret, take_field(&w, a), place);
}

int files_csv_rows(const struct check_target *t, const struct locator *at, const char *argument,
                   struct arena *a, struct fact *ret, struct err *e)
{
    struct walk w;
    int64_t n = 0;
    (void)at, (void)argument;
    int r = begin(t, a, &w, ret, e);
    if (r <= 0)
        return r;
    while (*w.p) {
        bool empty = *w.p == '\n';
        skip_row(&w);
        n += !empty;
    }
    return give_integer(ret, n, give_named(t));
}

int files_csv_row(const struct check_target *t, const struct locator *at, const char *argument,
                  struct arena *a, struct fact *ret, struct err *e)
{
    struct walk w;
    struct give_items l = {0};
    int64_t row = locator_index(at, "row", -1);
    (void)argument;
    if (row < 1)
        return give_bad_locator(t, "row", e);
    int r = begin(t, a, &w, ret, e);
    if (r <= 0)
        return r;
    const char *place = arena_printf(a, "%s, row %lld", give_named(t), (long long)row);
    for (; row > 1 && *w.p; row--)
        skip_row(&w);
    if (!*w.p)
        return give_absent(ret, place, "there are fewer rows");
    do
        give_add(&l, a, take_field(&w, a));
    while (!w.row_ended && l.n < 1000);
    return give_list(ret, l.item, l.n, place);
}

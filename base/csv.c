/* SPDX-License-Identifier: Apache-2.0 */
#include "base/csv.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"

#define MAX_FIELDS 256

struct reader {
    const char *p, *end, *name;
    unsigned line;
    char separator;
    struct arena *arena;
    struct err *e;
};

static int at(struct reader *r, const char *what)
{
    char where[200];
    snprintf(where, sizeof where, "%s:%u", r->name, r->line);
    return err_set(r->e, ERR_DATA, where, "%s", what);
}

static int quoted(struct reader *r, char *out, size_t *n)
{
    r->p++;
    for (;;) {
        if (r->p == r->end)
            return at(r, _("a quoted field is not closed"));
        char c = *r->p++;
        if (c == '"') {
            if (r->p == r->end || *r->p != '"')
                break;
            r->p++;
        }
        if (c == '\n')
            r->line++;
        out[(*n)++] = c;
    }
    if (r->p < r->end && *r->p != r->separator && *r->p != '\n' && *r->p != '\r')
        return at(r, _("text after a closing quote"));
    return 0;
}

/* One field; its text is never longer than what it was read from. */
static int field(struct reader *r, char **ret)
{
    const char *stop = r->p;
    bool in_quotes = false;
    for (; stop < r->end; stop++) {
        if (*stop == '"')
            in_quotes = !in_quotes;
        else if (!in_quotes && (*stop == r->separator || *stop == '\n'))
            break;
    }
    char *out = arena_alloc(r->arena, (size_t)(stop - r->p) + 1);
    size_t n = 0;
    if (r->p < r->end && *r->p == '"') {
        int k = quoted(r, out, &n);
        if (k < 0)
            return k;
    } else {
        while (r->p < r->end && *r->p != r->separator && *r->p != '\n' &&
               !(*r->p == '\r' && r->p + 1 < r->end && r->p[1] == '\n'))
            out[n++] = *r->p++;
    }
    out[n] = '\0';
    *ret = out;
    return 0;
}

static int row(struct reader *r, struct csv_row *ret)
{
    char *fields[MAX_FIELDS];
    size_t n = 0;
    ret->line = r->line;
    for (;;) {
        if (n == MAX_FIELDS)
            return at(r, _("more than 256 columns"));
        int k = field(r, &fields[n++]);
        if (k < 0)
            return k;
        if (r->p < r->end && *r->p == r->separator) {
            r->p++;
            continue;
        }
        break;
    }
    if (r->p < r->end && *r->p == '\r')
        r->p++;
    if (r->p < r->end && *r->p == '\n')
        r->p++;
    r->line++;
    ret->n = n;
    ret->field = arena_copy(r->arena, fields, n * sizeof *fields);
    return 0;
}

static bool is_empty(const struct csv_row *row)
{
    return row->n == 1 && row->field[0][0] == '\0';
}

int csv_parse_separated(struct csv *ret, struct arena *a, const char *name, struct span text, char separator,
                        size_t max_rows, struct err *e)
{
    const char *s = (const char *)text.p;
    if (text.n >= 3 && memcmp(s, "\xEF\xBB\xBF", 3) == 0) {
        s += 3;
        text.n -= 3;
    }
    struct reader r = {.p = s, .end = s + text.n, .name = name, .line = 1, .separator = separator, .arena = a,
                       .e = e};
    if (!utf8_valid(s, text.n) || memchr(s, 0, text.n)) {
        err_set(e, ERR_DATA, name, _("not a text in UTF-8"));
        return err_hint(e, _("save it as \"CSV UTF-8\""));
    }
    struct csv c = {0};
    size_t cap = 0;
    while (r.p < r.end) {
        struct csv_row line;
        int k = row(&r, &line);
        if (k < 0)
            return k;
        if (is_empty(&line))
            continue;
        if (c.n > max_rows)
            return at(&r, _("too many rows"));
        if (c.n == cap) {
            size_t more = cap ? cap * 2 : 64;
            struct csv_row *grown = arena_array(a, more, sizeof *grown);
            if (c.n)
                memcpy(grown, c.row, c.n * sizeof *grown);
            c.row = grown;
            cap = more;
        }
        c.row[c.n++] = line;
    }
    if (c.n == 0)
        return err_set(e, ERR_DATA, name, _("there is no header line"));
    *ret = c;
    return 0;
}

int csv_parse_uneven(struct csv *ret, struct arena *a, const char *name, struct span text, size_t max_rows,
                     struct err *e)
{
    return csv_parse_separated(ret, a, name, text, ',', max_rows, e);
}

int csv_parse(struct csv *ret, struct arena *a, const char *name, struct span text, size_t max_rows,
              struct err *e)
{
    struct csv c;
    int r = csv_parse_uneven(&c, a, name, text, max_rows, e);
    if (r < 0)
        return r;
    for (size_t i = 1; i < c.n; i++)
        if (c.row[i].n != c.row[0].n) {
            char where[200];
            snprintf(where, sizeof where, "%s:%u", name, c.row[i].line);
            return err_set(e, ERR_DATA, where, _("%zu fields, but the header line has %zu"), c.row[i].n,
                           c.row[0].n);
        }
    *ret = c;
    return 0;
}

int csv_column(const struct csv *c, const char *name)
{
    for (size_t i = 0; i < c->row[0].n; i++)
        if (strcmp(c->row[0].field[i], name) == 0)
            return (int)i;
    return -1;
}

static bool is_number(const char *s)
{
    s += *s == '-' || *s == '+';
    return *s && strspn(s, "0123456789.") == strlen(s);
}

void csv_add(struct bytes *out, const char *field, int first)
{
    if (!first)
        bytes_str(out, ",");
    bool formula = strchr("=+-@\t\r", field[0]) && field[0] && !is_number(field);
    if (!formula && !strpbrk(field, ",\"\r\n")) {
        bytes_str(out, field);
        return;
    }
    bytes_str(out, "\"");
    if (formula)
        bytes_str(out, "'");
    for (const char *p = field; *p; p++) {
        if (*p == '"')
            bytes_str(out, "\"");
        bytes_add(out, p, 1);
    }
    bytes_str(out, "\"");
}

void csv_end(struct bytes *out)
{
    bytes_str(out, "\r\n");
}

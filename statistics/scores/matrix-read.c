/* SPDX-License-Identifier: Apache-2.0 */
/* The CSV of a score matrix. A million lines of a hundred scores are 200 MB: they are read in one pass,
 * without a field of text for each score. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/csv.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "statistics/scores/matrix.h"

enum { NO_COLUMN = -1, ID_COLUMN = -2 };

struct reader {
    const struct matrix_reading *how;
    struct err *e;
    const char *p, *end;
    unsigned line;
    int *use; /* of each column: item number, NO_COLUMN or ID_COLUMN */
    size_t columns;
    char **head;
    struct score_matrix *m;
    size_t room; /* persons */
};

static bool is_one_of(const char *name, const char *const *list)
{
    for (; *list; list++)
        if (strcmp(name, *list) == 0)
            return true;
    return false;
}

static bool is_id(const struct reader *r, size_t column)
{
    static const char *const usual[] = {"id", "attempt", "candidate", "person", "ticket", NULL};
    return r->how->id ? strcmp(r->head[column], r->how->id) == 0
                      : column == 0 && is_one_of(r->head[0], usual);
}

static bool is_item(const struct reader *r, size_t column)
{
    static const char *const never[] = {"sumgrades", "total", "sum", NULL};
    return !is_one_of(r->head[column], never) && !(r->how->skip && is_one_of(r->head[column], r->how->skip));
}

static int bad(const struct reader *r, const char *what)
{
    err_set(r->e, ERR_DATA, r->how->name, _("line %u: %s"), r->line, what);
    return err_hint(r->e,
                    _("a score matrix is CSV: a head with the items' names, then a person in each line"));
}

static int bad_score(const struct reader *r, size_t column)
{
    err_set(r->e, ERR_DATA, r->how->name, _("line %u, column %s: this is no score"), r->line,
            r->head[column]);
    return err_hint(
        r->e, _("scores are decimals with at most three places, below ten thousand; leave out columns that "
                "are no items with --skip"));
}

static int name_columns(struct reader *r, struct score_matrix *m, size_t items)
{
    matrix_new(m, 0, items);
    for (size_t c = 0; c < r->columns; c++)
        if (r->use[c] >= 0)
            m->item[r->use[c]] = mem_strdup(r->head[c]);
    for (size_t j = 0; j < items; j++)
        for (size_t i = 0; i < j; i++)
            if (strcmp(m->item[i], m->item[j]) == 0)
                return err_set(r->e, ERR_DATA, r->how->name, _("line 1: two items are called %s"),
                               m->item[i]);
    return 0;
}

static int read_head(struct reader *r, struct arena *a)
{
    struct csv csv;
    const char *stop = memchr(r->p, '\n', (size_t)(r->end - r->p));
    size_t n = stop ? (size_t)(stop + 1 - r->p) : (size_t)(r->end - r->p), items = 0;
    int status = csv_parse(&csv, a, r->how->name, (struct span){(const uint8_t *)r->p, n}, 1, r->e);
    if (status < 0)
        return status;
    if (csv.n == 0)
        return bad(r, _("there is no head"));
    r->head = csv.row[0].field;
    r->columns = csv.row[0].n;
    r->use = arena_array(a, r->columns + 1, sizeof *r->use);
    for (size_t c = 0; c < r->columns; c++) {
        r->use[c] = is_id(r, c) ? ID_COLUMN : is_item(r, c) ? (int)items : NO_COLUMN;
        items += r->use[c] >= 0;
    }
    if (r->how->id && csv_column(&csv, r->how->id) < 0)
        return err_set(r->e, ERR_USAGE, r->how->name, _("there is no column %s"), r->how->id);
    if (items == 0 || items > MATRIX_MAX_ITEMS)
        return bad(r, _("there is no item, or there are more than 4000"));
    r->p += n;
    r->line++;
    return name_columns(r, r->m, items);
}

static bool at_end(const struct reader *r)
{
    return r->p == r->end || *r->p == ',' || *r->p == '\n' || *r->p == '\r';
}

static bool read_digits(struct reader *r, int64_t *value, int most)
{
    int n = 0;
    for (; r->p < r->end && *r->p >= '0' && *r->p <= '9'; r->p++, n++)
        *value = n < most ? *value * 10 + (*r->p - '0') : SCORE_LIMIT + INT64_C(1);
    return n > 0;
}

/* "1", "-0.5", "NA", "": thousandths. */
static bool read_score(struct reader *r, int32_t *ret)
{
    int64_t whole = 0, part = 0, scale = SCORE_UNIT;
    bool minus = false, digits;
    if (at_end(r) || (r->end - r->p >= 2 && r->p[0] == 'N' && r->p[1] == 'A')) {
        r->p += at_end(r) ? 0 : 2;
        *ret = SCORE_MISSING;
        r->m->has_missing = true;
        return at_end(r);
    }
    if (*r->p == '-' || *r->p == '+')
        minus = *r->p++ == '-';
    digits = read_digits(r, &whole, 6);
    if (r->p < r->end && *r->p == '.') {
        const char *from = ++r->p;
        digits = read_digits(r, &part, 9) || digits;
        for (long n = r->p - from; n > 3; n--) {
            if (part % 10 != 0)
                return false; /* more than thousandths */
            part /= 10;
        }
        for (long n = r->p - from; n > 0 && scale > 1; n--)
            scale /= 10;
        part *= scale;
    }
    int64_t value = whole * SCORE_UNIT + part;
    *ret = (int32_t)(minus ? -value : value);
    return digits && at_end(r) && value < SCORE_LIMIT;
}

/* A field that is no score: its text is looked at only where it is the person's name. */
static bool read_text(struct reader *r, char **name)
{
    struct bytes text = {0};
    if (r->p < r->end && *r->p == '"') {
        for (r->p++; r->p < r->end && (*r->p != '"' || (r->p + 1 < r->end && r->p[1] == '"')); r->p++) {
            r->p += *r->p == '"';
            r->line += *r->p == '\n';
            bytes_add(&text, r->p, 1);
        }
        if (r->p < r->end)
            r->p++;
        else
            return bytes_release(&text), false;
    } else {
        const char *from = r->p;
        while (!at_end(r))
            r->p++;
        bytes_add(&text, from, (size_t)(r->p - from));
    }
    bytes_add(&text, "", 1);
    bool fine = at_end(r) && utf8_valid((const char *)text.p, text.n - 1);
    if (name && fine)
        *name = mem_strdup((const char *)text.p);
    bytes_release(&text);
    return fine;
}

static int read_field(struct reader *r, size_t column, size_t person)
{
    int use = r->use[column];
    if (use >= 0) {
        int32_t *at = &r->m->score[(size_t)use * r->room + person];
        return read_score(r, at) ? 0 : bad_score(r, column);
    }
    char **name = use == ID_COLUMN ? &r->m->person[person] : NULL;
    return read_text(r, name) ? 0 : bad(r, _("a text is not UTF-8, or its quote is open"));
}

static int read_line(struct reader *r, size_t person)
{
    for (size_t c = 0; c < r->columns; c++) {
        if (c > 0 && (r->p == r->end || *r->p++ != ','))
            return bad(r, _("there are fewer fields than in the head"));
        int status = read_field(r, c, person);
        if (status < 0)
            return status;
    }
    if (r->p < r->end && *r->p == '\r')
        r->p++;
    if (r->p < r->end && *r->p++ != '\n')
        return bad(r, _("there are more fields than in the head"));
    r->line++;
    return 0;
}

static size_t count_lines(const struct reader *r)
{
    size_t n = 0;
    for (const char *p = r->p; p < r->end; n++) {
        const char *next = memchr(p, '\n', (size_t)(r->end - p));
        p = next ? next + 1 : r->end;
    }
    return n;
}

/* Room for every line; what empty lines at the end leave over is closed up. */
static int read_lines(struct reader *r)
{
    struct score_matrix *m = r->m;
    int status = 0;
    bool named = false;
    r->room = count_lines(r);
    if (r->room == 0 || r->room > MATRIX_MAX_PERSONS)
        return bad(r, _("no person follows the head, or there are more than five million"));
    for (size_t c = 0; c < r->columns; c++)
        named = named || r->use[c] == ID_COLUMN;
    free(m->score);
    m->score = mem_alloc((r->room * m->k + 1) * sizeof *m->score);
    m->person = named ? mem_alloc((r->room + 1) * sizeof *m->person) : NULL;
    while (status == 0 && r->p < r->end && *r->p != '\n' && *r->p != '\r') {
        status = read_line(r, m->n);
        m->n++; /* its name, if it has one, is freed with the others */
    }
    for (; status == 0 && r->p < r->end; r->p++)
        if (*r->p != '\n' && *r->p != '\r')
            status = bad(r, _("an empty line stands among the persons"));
    for (size_t j = 1; status == 0 && m->n < r->room && j < m->k; j++)
        memmove(m->score + j * m->n, m->score + j * r->room, m->n * sizeof *m->score);
    return status;
}

int matrix_read(struct score_matrix *ret, const struct matrix_reading *how, struct span text, struct err *e)
{
    struct score_matrix m = {0};
    struct arena *a = arena_new();
    struct reader r = {.how = how,
                       .e = e,
                       .p = (const char *)text.p,
                       .end = (const char *)text.p + text.n,
                       .line = 1,
                       .m = &m};
    int status = text.n ? read_head(&r, a) : bad(&r, _("there is no head"));
    if (status == 0)
        status = read_lines(&r);
    if (status == 0 && m.n == 0)
        status = bad(&r, _("no person follows the head, or there are more than five million"));
    arena_free(a);
    if (status < 0)
        matrix_release(&m);
    else
        *ret = m;
    return status;
}

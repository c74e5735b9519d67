/* SPDX-License-Identifier: Apache-2.0 */
#include "exam-packages/age-internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "exam-packages/base64.h"

enum { LINE_COLUMNS = 64 };

int age_broken(struct err *e, enum age_code code, const char *what)
{
    int r = err_set(e, code == AGE_NO_MATCH ? ERR_NO : ERR_DATA, NULL, "%s", what);
    if (e)
        e->code = (int)code;
    return r;
}

static int bad_header(struct err *e)
{
    return age_broken(e, AGE_HEADER, _("not a whole age file: its header is damaged"));
}

/* Takes one line without its line feed off the data. */
static bool take_line(struct span *data, struct span *ret)
{
    const uint8_t *end = data->n ? memchr(data->p, '\n', data->n) : NULL;
    if (!end)
        return false;
    *ret = span_of(data->p, (size_t)(end - data->p));
    *data = span_of(end + 1, data->n - ret->n - 1);
    return true;
}

static bool starts_with(struct span s, const char *prefix)
{
    size_t n = strlen(prefix);
    return s.n >= n && memcmp(s.p, prefix, n) == 0;
}

static bool parse_args(struct span line, struct age_stanza *st)
{
    for (size_t i = 0; i <= line.n;) {
        size_t start = i;
        while (i < line.n && line.p[i] > 0x20 && line.p[i] < 0x7f)
            i++;
        if (i == start || (i < line.n && line.p[i] != ' '))
            return false;
        if (st->n_args < AGE_ARGS_MAX)
            st->arg[st->n_args] = span_of(line.p + start, i - start);
        st->n_args++;
        i++;
    }
    return true;
}

static bool parse_body(struct span *data, struct age_stanza *st)
{
    for (;;) {
        struct span line;
        uint8_t raw[LINE_COLUMNS];
        if (!take_line(data, &line) || line.n > LINE_COLUMNS || line.n % 4 == 1)
            return false;
        size_t n = line.n * 3 / 4;
        if (!base64_read(line, false, raw, n))
            return false;
        for (size_t i = 0; i < n && st->n_body + i < sizeof st->body; i++)
            st->body[st->n_body + i] = raw[i];
        st->n_body += n;
        if (line.n < LINE_COLUMNS)
            return true;
    }
}

static bool parse_end(struct span line, struct age_header *h)
{
    return starts_with(line, "--- ") &&
           base64_read(span_of(line.p + 4, line.n - 4), false, h->mac, sizeof h->mac);
}

static struct age_stanza *next_stanza(struct age_header *h)
{
    if (h->n == h->cap) {
        h->cap = h->cap ? 2 * h->cap : 4;
        h->stanza = mem_grow(h->stanza, h->cap, sizeof *h->stanza);
    }
    h->stanza[h->n] = (struct age_stanza){0};
    return &h->stanza[h->n++];
}

static bool parse(struct span data, struct age_header *h)
{
    struct span rest = data, line;
    if (!starts_with(data, AGE_VERSION_LINE))
        return false;
    rest = span_of(data.p + strlen(AGE_VERSION_LINE), data.n - strlen(AGE_VERSION_LINE));
    while (take_line(&rest, &line)) {
        if (!starts_with(line, "-> ")) {
            h->authenticated = span_of(data.p, (size_t)(line.p - data.p) + 3);
            h->length = (size_t)(rest.p - data.p);
            return h->n > 0 && parse_end(line, h);
        }
        struct age_stanza *st = next_stanza(h);
        if (!parse_args(span_of(line.p + 3, line.n - 3), st) || !parse_body(&rest, st))
            return false;
    }
    return false;
}

int age_header_parse(struct span data, struct age_header *ret, struct err *e)
{
    struct age_header h = {0};
    if (data.n > AGE_HEADER_MAX)
        data.n = AGE_HEADER_MAX;
    if (!parse(data, &h)) {
        age_header_free(&h);
        return bad_header(e);
    }
    *ret = h;
    return 0;
}

void age_header_free(struct age_header *h)
{
    free(h->stanza);
    *h = (struct age_header){0};
}

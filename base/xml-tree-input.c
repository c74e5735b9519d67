/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/xml-tree-internal.h"

/* No tag, comment or instruction may be longer: it stands in the buffer as a whole. */
enum { CHUNK = 16384, MAX_TOKEN = 10000000, BEHIND_END = 8 };

static const uint8_t *line_end_from(const struct tree_reader *r, const uint8_t *p)
{
    const uint8_t *end = p < r->end ? memchr(p, '\n', (size_t)(r->end - p)) : NULL;
    return end ? end : r->end;
}

unsigned tree_input_line(struct tree_reader *r, const uint8_t *where)
{
    while (r->line_end < where) {
        r->line++;
        r->line_end = line_end_from(r, r->line_end + 1);
    }
    return r->line;
}

static void make_room(struct tree_reader *r, size_t more)
{
    size_t kept = (size_t)(r->end - r->at);
    tree_input_line(r, r->at);
    if (kept + more + BEHIND_END > r->room) {
        size_t room = kept + more + BEHIND_END > 2 * r->room ? kept + more + BEHIND_END : 2 * r->room;
        uint8_t *wider = mem_grow(NULL, 1, room);
        if (kept)
            memcpy(wider, r->at, kept);
        free(r->buffer);
        r->buffer = wider;
        r->room = room;
    } else if (kept)
        memmove(r->buffer, r->at, kept);
    r->at = r->buffer;
    r->end = r->buffer + kept;
    r->line_end = line_end_from(r, r->at);
}

/* The next bytes of the source, `size` at most. */
static size_t fetch(struct tree_reader *r, uint8_t *to, size_t size)
{
    size_t n = 0, max = r->options->max_bytes ? r->options->max_bytes : 64u << 20;
    int result = r->source(r->source_context, to, size, &n, r->e);
    if (result < 0) {
        r->result = result;
        return 0;
    }
    r->ended = n == 0;
    r->fed += n;
    if (r->fed > max) {
        tree_refuse(r, XML_TREE_LIMIT, _("it is larger than the limit for its kind of part"), r->at);
        return 0;
    }
    return n;
}

/* What the source has next, as UTF-8 behind the end and the tail; returns how many bytes. */
static size_t fetch_utf8(struct tree_reader *r)
{
    uint8_t chunk[CHUNK];
    if (r->decoder.form == TREE_UTF8) {
        make_room(r, sizeof r->tail + CHUNK);
        return fetch(r, r->end + r->n_tail, CHUNK);
    }
    size_t n = fetch(r, chunk, sizeof chunk);
    bytes_clear(&r->decoded);
    if (r->result < 0)
        return 0;
    if (!tree_decode(&r->decoder, span_of(chunk, n), &r->decoded)) {
        tree_refuse(r, XML_TREE_MALFORMED, _("not well-formed XML: it is cut off, or no UTF-16"), r->at);
        return 0;
    }
    make_room(r, sizeof r->tail + (r->decoded.n > CHUNK ? r->decoded.n : CHUNK));
    if (r->decoded.n)
        memcpy(r->end + r->n_tail, r->decoded.p, r->decoded.n);
    return r->decoded.n;
}

/* Checks n bytes behind the end and makes them part of the input. */
static void check(struct tree_reader *r, size_t n)
{
    struct tree_look look = tree_look_at(r->end, n);
    size_t good = look.n;
    if (good > 0 && !look.bad && !r->ended && good == n && r->end[good - 1] == '\r')
        good--; /* \n may follow */
    r->bad = look.bad || (r->ended && good < n);
    r->n_tail = r->bad ? 0 : n - good;
    memcpy(r->tail, r->end + good, r->n_tail);
    r->end += look.returns ? tree_mend_lines(r->end, good) : good;
    memset(r->end, 0, BEHIND_END);
    r->line_end = line_end_from(r, r->at);
}

bool tree_input_more(struct tree_reader *r)
{
    size_t had = (size_t)(r->end - r->at), wanted = had > 0 ? 2 * had : 1;
    if (had > MAX_TOKEN)
        tree_refuse(r, XML_TREE_LIMIT, _("it holds something that is longer than the limit"), r->at);
    while (r->result == 0 && !r->ended && !r->bad && (size_t)(r->end - r->at) < wanted) {
        size_t n = fetch_utf8(r);
        if (r->result < 0)
            break;
        memcpy(r->end, r->tail, r->n_tail);
        check(r, r->n_tail + n);
    }
    if (r->result == 0 && (size_t)(r->end - r->at) > had)
        return true;
    if (r->bad)
        tree_malformed(r, _("a character that XML does not allow, or no UTF-8"), r->end);
    return false;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/evidence.h"

#include <string.h>

#include "base/text.h"
#include "scoring/record.h"

enum { MAX_VALUE = 80 };

/* Bytes of the longest whole-character prefix within `max`. */
static size_t whole_prefix(const char *s, size_t max)
{
    size_t n = strlen(s);
    if (n <= max)
        return n;
    while (max > 0 && ((unsigned char)s[max] & 0xc0) == 0x80)
        max--;
    return max;
}

/* One value: identifiers as they are, typed texts in quotes, both cut short. */
static void add_value(struct bytes *out, const char *text, enum item_base base)
{
    bool quoted = base == BASE_STRING;
    size_t n = whole_prefix(text, MAX_VALUE);
    bytes_str(out, quoted ? " \"" : " ");
    bytes_add(out, text, n);
    if (text[n])
        bytes_str(out, "\xe2\x80\xa6");
    if (quoted)
        bytes_str(out, "\"");
}

static bool is_worth_something(const char *value)
{
    return value[0] != '-' && strspn(value, "0.") != strlen(value);
}

static void add_key(struct bytes *out, const struct item_declaration *d)
{
    bool any = false;
    for (size_t i = 0; i < d->n_correct; i++) {
        bytes_str(out, i ? "" : "; correct");
        add_value(out, d->correct[i].text, d->base);
    }
    for (size_t i = 0; d->n_correct == 0 && d->mapping && i < d->mapping->n; i++)
        if (is_worth_something(d->mapping->entry[i].value)) {
            bytes_str(out, any ? "" : "; accepted");
            add_value(out, d->mapping->entry[i].key, d->base);
            any = true;
        }
}

static void add_response(struct bytes *out, const struct item_declaration *d, const struct response *r,
                         const struct response *counted)
{
    bytes_str(out, r && r->n ? "answered" : "no answer");
    for (size_t i = 0; r && i < r->n; i++)
        add_value(out, r->value[i], d->base);
    if (r && r->n && !(counted && counted->n))
        bytes_str(out, ", which is not allowed");
    add_key(out, d);
}

/* Characters that the record cannot hold become U+FFFD; a line break becomes a space. */
static char *cleaned(struct arena *a, const struct bytes *raw)
{
    struct bytes out = {0};
    const char *p = raw->n ? (const char *)raw->p : "", *end = p + raw->n;
    while (p < end) {
        char utf8[4];
        uint32_t c = utf8_next(&p, end);
        bool white = c == '\n' || c == '\r' || c == '\t';
        bool bad = (c < 0x20 && !white) || c == 0x7f || c == 0xfffe || c == 0xffff;
        bytes_add(&out, utf8, utf8_put(utf8, white ? ' ' : bad ? 0xfffd : c));
    }
    const char *all = out.p ? (const char *)out.p : "";
    size_t n = whole_prefix(all, SCORE_MAX_EVIDENCE);
    char *text = arena_printf(a, "%.*s%s", (int)n, all, all[n] ? "\xe2\x80\xa6" : "");
    bytes_release(&out);
    return text;
}

const char *evidence_text(const struct item *item, const struct response_set *responses,
                          const struct response_set *counted, bool scored, struct arena *a)
{
    struct bytes raw = {0};
    size_t several = 0;
    for (size_t i = 0; i < item->n_declarations; i++)
        several += item->declaration[i].what == DECLARED_RESPONSE;
    for (size_t i = 0; i < item->n_declarations; i++) {
        const struct item_declaration *d = &item->declaration[i];
        if (d->what != DECLARED_RESPONSE)
            continue;
        if (raw.n)
            bytes_str(&raw, " | ");
        if (several > 1)
            bytes_printf(&raw, "%s: ", d->identifier);
        add_response(&raw, d, response_find(responses, d->identifier), response_find(counted, d->identifier));
    }
    if (!scored)
        bytes_str(&raw, raw.n ? "; waits for a marker" : "waits for a marker");
    char *text = cleaned(a, &raw);
    bytes_release(&raw);
    return text;
}

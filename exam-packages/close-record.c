/* SPDX-License-Identifier: Apache-2.0 */
#include "exam-packages/close-record.h"

#include <string.h>

#include "base/i18n.h"
#include "exam-packages/document.h"

int close_record_write(const struct close_record *c, struct bytes *out, struct err *e)
{
    struct xml_out o;
    xml_begin(&o, out);
    xml_open(&o, "close");
    xml_put(&o, "xmlns", CLOSE_NS);
    xml_put(&o, "session", c->session);
    xml_put(&o, "site", c->site);
    xml_put(&o, "room", c->room);
    xml_put_hex(&o, "package", c->package, sizeof c->package);
    xml_put_int(&o, "registered", c->registered);
    xml_put_int(&o, "count", c->count);
    for (size_t i = 0; i < c->n; i++) {
        const struct close_sitting *s = &c->sitting[i];
        xml_open(&o, "sitting");
        xml_put(&o, "ticket", s->ticket);
        xml_put_int(&o, "epoch", s->epoch);
        xml_put_int(&o, "seq", s->seq);
        xml_put_hex(&o, "head", s->head, sizeof s->head);
        xml_put(&o, "status", s->status);
        xml_close(&o);
    }
    xml_close(&o);
    return xml_end(&o, e);
}

static int read_head(const struct xml_doc *d, struct close_record *c, struct err *e)
{
    const struct xml_node *root = xml_root(d);
    int r = document_name(d, root, "session", c->arena, &c->session, e);
    if (r == 0)
        r = document_name(d, root, "site", c->arena, &c->site, e);
    if (r == 0)
        r = document_name(d, root, "room", c->arena, &c->room, e);
    if (r == 0)
        r = xml_need_hex(d, root, "package", c->package, sizeof c->package, e);
    if (r == 0)
        r = xml_need_int(d, root, "registered", 0, CLOSE_MAX_SITTINGS, &c->registered, e);
    return r < 0 ? r : xml_need_int(d, root, "count", 0, c->registered, &c->count, e);
}

static int read_sitting(const struct xml_doc *d, const struct xml_node *n, struct close_record *c,
                        struct err *e)
{
    struct close_sitting *s = &c->sitting[c->n];
    int r = xml_named(n, "sitting") ? 0 : xml_err(e, d, n, _("unknown element <%s>"), xml_name(n));
    if (r == 0)
        r = document_name(d, n, "ticket", c->arena, &s->ticket, e);
    if (r == 0)
        r = xml_need_int(d, n, "epoch", 0, INT64_MAX, &s->epoch, e);
    if (r == 0)
        r = xml_need_int(d, n, "seq", 0, INT64_MAX, &s->seq, e);
    if (r == 0)
        r = xml_need_hex(d, n, "head", s->head, sizeof s->head, e);
    if (r == 0)
        r = document_name(d, n, "status", c->arena, &s->status, e);
    if (r == 0 && c->n && strcmp(c->sitting[c->n - 1].ticket, s->ticket) >= 0)
        r = xml_err(e, d, n, _("ticket %s stands twice, or out of order"), s->ticket);
    c->n += r == 0;
    return r;
}

static int read_all(const struct xml_doc *d, struct close_record *c, struct err *e)
{
    int r = read_head(d, c, e);
    c->sitting = arena_array(c->arena, document_count(xml_root(d), "sitting") + 1, sizeof *c->sitting);
    for (const struct xml_node *n = xml_first_element(xml_root(d)); r == 0 && n; n = xml_next_element(n))
        r = read_sitting(d, n, c, e);
    if (r == 0 && c->n != (size_t)c->count)
        r = xml_err(e, d, xml_root(d), _("it counts %lld who sat, and lists %zu"), (long long)c->count, c->n);
    return r;
}

int close_record_read(struct close_record *ret, const char *name, struct span data, struct err *e)
{
    struct xml_doc *d = NULL;
    struct bytes again = {0};
    struct close_record c = {.arena = arena_new()};
    int r = document_parse(&d, name, data, "close", CLOSE_NS, NULL, e);
    if (r == 0)
        r = read_all(d, &c, e);
    if (r == 0)
        r = close_record_write(&c, &again, e);
    if (r == 0)
        r = document_is_canonical(name, &again, data, e);
    bytes_release(&again);
    xml_free(d);
    if (r < 0)
        close_record_release(&c);
    else
        *ret = c;
    return r;
}

void close_record_release(struct close_record *c)
{
    arena_free(c->arena);
    *c = (struct close_record){0};
}

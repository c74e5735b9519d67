/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "client/agent/minutes.h"
#include "exam-packages/document.h"

static void put_minute(struct xml_out *o, const struct minute *m)
{
    xml_open(o, "minute");
    xml_put_int(o, "number", m->shown.number);
    xml_put_int(o, "time", m->shown.wall_ms);
    xml_put(o, "kind", m->shown.kind);
    xml_put(o, "ticket", m->shown.ticket);
    xml_put(o, "station", m->shown.station);
    xml_put_int(o, "value", m->value);
    xml_put(o, "text", m->shown.text);
    xml_close(o);
}

static int put_document(const struct minutes_head *head, const struct minute *m, size_t n, struct bytes *out,
                        struct err *e)
{
    struct xml_out o;
    xml_begin(&o, out);
    xml_open(&o, "minutes");
    xml_put(&o, "xmlns", MINUTES_NS);
    xml_put(&o, "session", head->session);
    xml_put(&o, "site", head->site);
    xml_put(&o, "room", head->room);
    xml_put(&o, "machine", head->machine);
    xml_put_hex(&o, "package", head->package, sizeof head->package);
    for (size_t i = 0; i < n; i++)
        put_minute(&o, &m[i]);
    xml_close(&o);
    return xml_end(&o, e);
}

int minutes_write(struct minutes *m, const struct minutes_head *head, struct bytes *out, struct err *e)
{
    struct arena *a = arena_new();
    struct minute *list = NULL;
    size_t n = 0;
    int r = minutes_flush(m, e);
    if (r == 0)
        r = minutes_find(m, &(struct minutes_query){.max = MINUTES_MAX}, a, &list, &n, e);
    if (r == 0)
        r = put_document(head, list, n, out, e);
    arena_free(a);
    return r;
}

static int need_text(const struct xml_doc *d, const struct xml_node *n, const char *attr, struct arena *a,
                     const char **ret, struct err *e)
{
    const char *text = NULL;
    int r = xml_need(d, n, attr, &text, e);
    if (r == 0)
        *ret = arena_strdup(a, text);
    return r;
}

static int read_minute(const struct xml_doc *d, const struct xml_node *n, struct arena *a, int64_t after,
                       struct minute *ret, struct err *e)
{
    struct control_minute *s = &ret->shown;
    int r = xml_named(n, "minute") ? 0 : xml_err(e, d, n, _("unknown element <%s>"), xml_name(n));
    if (r == 0)
        r = xml_need_int(d, n, "number", after + 1, INT64_MAX, &s->number, e);
    if (r == 0)
        r = xml_need_int(d, n, "time", INT64_MIN, INT64_MAX, &s->wall_ms, e);
    if (r == 0)
        r = need_text(d, n, "kind", a, &s->kind, e);
    if (r == 0)
        r = need_text(d, n, "ticket", a, &s->ticket, e);
    if (r == 0)
        r = need_text(d, n, "station", a, &s->station, e);
    if (r == 0)
        r = xml_need_int(d, n, "value", INT64_MIN, INT64_MAX, &ret->value, e);
    return r < 0 ? r : need_text(d, n, "text", a, &s->text, e);
}

static int read_head(const struct xml_doc *d, struct minutes_document *m, struct err *e)
{
    const struct xml_node *root = xml_root(d);
    struct minutes_head *h = &m->head;
    int r = document_name(d, root, "session", m->arena, &h->session, e);
    if (r == 0)
        r = document_name(d, root, "site", m->arena, &h->site, e);
    if (r == 0)
        r = document_name(d, root, "room", m->arena, &h->room, e);
    if (r == 0)
        r = document_name(d, root, "machine", m->arena, &h->machine, e);
    return r < 0 ? r : xml_need_hex(d, root, "package", h->package, sizeof h->package, e);
}

static int read_minutes(const struct xml_doc *d, struct minutes_document *m, struct err *e)
{
    int64_t after = 0;
    int r = read_head(d, m, e);
    m->minute = arena_array(m->arena, document_count(xml_root(d), "minute") + 1, sizeof *m->minute);
    for (const struct xml_node *n = xml_first_element(xml_root(d)); r == 0 && n; n = xml_next_element(n)) {
        r = read_minute(d, n, m->arena, after, &m->minute[m->n], e);
        after = m->minute[m->n].shown.number;
        m->n += r == 0;
    }
    return r;
}

int minutes_read(struct minutes_document **ret, const char *name, struct span data, struct err *e)
{
    static const struct xml_limits limits = {
        .bytes = MINUTES_MAX_BYTES, .elements = MINUTES_MAX + 1, .depth = 2};
    struct xml_doc *d = NULL;
    struct bytes again = {0};
    struct minutes_document *m = mem_alloc(sizeof *m);
    m->arena = arena_new();
    int r = document_parse(&d, name, data, "minutes", MINUTES_NS, &limits, e);
    if (r == 0)
        r = read_minutes(d, m, e);
    if (r == 0)
        r = put_document(&m->head, m->minute, m->n, &again, e);
    if (r == 0)
        r = document_is_canonical(name, &again, data, e);
    bytes_release(&again);
    xml_free(d);
    if (r < 0) {
        minutes_document_free(m);
        return r;
    }
    *ret = m;
    return 0;
}

void minutes_document_free(struct minutes_document *m)
{
    if (!m)
        return;
    arena_free(m->arena);
    free(m);
}

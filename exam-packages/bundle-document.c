/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "exam-packages/bundle.h"
#include "exam-packages/document.h"

struct bundle_document *bundle_document_new(void)
{
    struct arena *a = arena_new();
    struct bundle_document *d = arena_alloc(a, sizeof *d);
    d->arena = a;
    return d;
}

void bundle_document_free(struct bundle_document *d)
{
    if (d)
        arena_free(d->arena);
}

static int check_sitting(const struct bundle_document *d, const struct bundle_sitting *s, struct err *e)
{
    if (!path_is_plain_name(s->ticket) || (s != d->sitting && strcmp(s[-1].ticket, s->ticket) >= 0))
        return err_set(e, ERR_DATA, s->ticket, _("the sittings are not plain ticket numbers in their order"));
    if (s->n_epochs < 1 || s->n_epochs > BUNDLE_MAX_EPOCHS)
        return err_set(e, ERR_DATA, s->ticket, _("a sitting has between 1 and %d epochs"), BUNDLE_MAX_EPOCHS);
    for (size_t i = 0; i < s->n_epochs; i++)
        if (s->epoch[i].number < 1 || s->epoch[i].seq < 0 ||
            (i && s->epoch[i].number <= s->epoch[i - 1].number))
            return err_set(e, ERR_DATA, s->ticket, _("the epochs do not rise from 1"));
    return 0;
}

static int check(const struct bundle_document *d, struct err *e)
{
    const char *const name[] = {d->session, d->station, d->site, d->room};
    int r = 0;
    for (size_t i = 0; i < sizeof name / sizeof *name; i++)
        if (!path_is_plain_name(name[i]))
            return err_set(e, ERR_DATA, name[i], _("session, station, site and room must be plain names"));
    if (d->n_sittings > BUNDLE_MAX_SITTINGS)
        return err_set(e, ERR_DATA, d->station, _("more than %d sittings"), BUNDLE_MAX_SITTINGS);
    for (size_t i = 0; i < d->n_sittings && r == 0; i++)
        r = check_sitting(d, &d->sitting[i], e);
    return r;
}

static void write_sitting(struct xml_out *o, const struct bundle_sitting *s)
{
    xml_open(o, "sitting");
    xml_put(o, "ticket", s->ticket);
    for (size_t i = 0; i < s->n_epochs; i++) {
        xml_open(o, "epoch");
        xml_put_int(o, "number", s->epoch[i].number);
        xml_put_int(o, "seq", s->epoch[i].seq);
        xml_put_hex(o, "head", s->epoch[i].head, sizeof s->epoch[i].head);
        xml_close(o);
    }
    xml_close(o);
}

int bundle_document_write(const struct bundle_document *d, struct bytes *out, struct err *e)
{
    int r = check(d, e);
    if (r < 0)
        return r;
    struct xml_out o;
    xml_begin(&o, out);
    xml_open(&o, "bundle");
    xml_put(&o, "xmlns", BUNDLE_NS);
    xml_put(&o, "session", d->session);
    xml_put(&o, "station", d->station);
    xml_put(&o, "site", d->site);
    xml_put(&o, "room", d->room);
    xml_put_hex(&o, "package", d->package, sizeof d->package);
    for (size_t i = 0; i < d->n_sittings; i++)
        write_sitting(&o, &d->sitting[i]);
    for (size_t i = 0; i < d->n_predecessors; i++) {
        xml_open(&o, "predecessor");
        xml_put_hex(&o, "hash", d->predecessor[i], BUNDLE_HASH_BYTES);
        xml_close(&o);
    }
    for (size_t i = 0; i < d->parts.n; i++)
        part_write(&o, &d->parts.part[i]);
    xml_close(&o);
    return xml_end(&o, e);
}

static int read_epoch(const struct xml_doc *d, const struct xml_node *n, struct bundle_epoch *ret,
                      struct err *e)
{
    int r = xml_named(n, "epoch") ? 0 : xml_err(e, d, n, _("unknown element <%s>"), xml_name(n));
    if (r < 0 || (r = xml_need_int(d, n, "number", 1, INT32_MAX, &ret->number, e)) < 0 ||
        (r = xml_need_int(d, n, "seq", 0, INT32_MAX, &ret->seq, e)) < 0)
        return r;
    return xml_need_hex(d, n, "head", ret->head, sizeof ret->head, e);
}

static int read_sitting(const struct xml_doc *d, const struct xml_node *n, struct arena *a,
                        struct bundle_sitting *ret, struct err *e)
{
    int r = document_name(d, n, "ticket", a, &ret->ticket, e);
    ret->epoch = arena_array(a, document_count(n, "epoch") + 1, sizeof *ret->epoch);
    for (const struct xml_node *c = xml_first_element(n); c && r == 0; c = xml_next_element(c))
        r = read_epoch(d, c, &ret->epoch[ret->n_epochs++], e);
    return r;
}

static int read_child(struct bundle_document *b, const struct xml_doc *d, const struct xml_node *n,
                      struct err *e)
{
    if (xml_named(n, "sitting"))
        return read_sitting(d, n, b->arena, &b->sitting[b->n_sittings++], e);
    if (xml_named(n, "predecessor"))
        return xml_need_hex(d, n, "hash", b->predecessor[b->n_predecessors++], BUNDLE_HASH_BYTES, e);
    if (xml_named(n, "part"))
        return part_read(d, n, b->arena, &b->parts.part[b->parts.n++], e);
    return xml_err(e, d, n, _("unknown element <%s>"), xml_name(n));
}

static int read_tree(struct bundle_document *b, const struct xml_doc *d, struct err *e)
{
    const struct xml_node *root = xml_root(d);
    struct arena *a = b->arena;
    int r;
    if ((r = document_name(d, root, "session", a, &b->session, e)) < 0 ||
        (r = document_name(d, root, "station", a, &b->station, e)) < 0 ||
        (r = document_name(d, root, "site", a, &b->site, e)) < 0 ||
        (r = document_name(d, root, "room", a, &b->room, e)) < 0 ||
        (r = xml_need_hex(d, root, "package", b->package, sizeof b->package, e)) < 0)
        return r;
    b->sitting = arena_array(a, document_count(root, "sitting") + 1, sizeof *b->sitting);
    b->predecessor = arena_array(a, document_count(root, "predecessor") + 1, sizeof *b->predecessor);
    b->parts = parts_new(a, document_count(root, "part"));
    for (const struct xml_node *n = xml_first_element(root); n && r == 0; n = xml_next_element(n))
        r = read_child(b, d, n, e);
    return r;
}

int bundle_document_read(struct bundle_document **ret, const char *name, struct span data, struct err *e)
{
    struct xml_doc *d = NULL;
    struct bytes again = {0};
    struct bundle_document *b = bundle_document_new();
    int r = document_parse(&d, name, data, "bundle", BUNDLE_NS, NULL, e);
    if (r == 0)
        r = read_tree(b, d, e);
    if (r == 0 && (r = bundle_document_write(b, &again, e)) < 0)
        err_within(e, name);
    if (r == 0)
        r = document_is_canonical(name, &again, data, e);
    bytes_release(&again);
    xml_free(d);
    if (r < 0) {
        bundle_document_free(b);
        return r;
    }
    *ret = b;
    return 0;
}

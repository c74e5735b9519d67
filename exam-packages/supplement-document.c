/* SPDX-License-Identifier: Apache-2.0 */
#include "exam-packages/supplement-document.h"

#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "exam-packages/document.h"
#include "exam-packages/manifest.h"

struct supplement_document *supplement_document_new(void)
{
    struct arena *a = arena_new();
    struct supplement_document *d = arena_alloc(a, sizeof *d);
    d->arena = a;
    d->reason = "";
    return d;
}

void supplement_document_free(struct supplement_document *d)
{
    if (d)
        arena_free(d->arena);
}

static bool is_roster(const char *name)
{
    char site[101];
    size_t n = strlen(name);
    if (strncmp(name, "roster/", 7) != 0 || n <= 11 || n - 11 >= sizeof site ||
        strcmp(name + n - 4, ".age") != 0)
        return false;
    memcpy(site, name + 7, n - 11);
    site[n - 11] = '\0';
    return path_is_plain_name(site);
}

static int check_parts(const struct supplement_document *d, struct err *e)
{
    if ((d->kind == SUPPLEMENT_ROSTER) != (d->parts.n > 0))
        return err_set(e, ERR_DATA, d->session, _("lists have a part for each site, withdrawals have none"));
    for (size_t i = 0; i < d->parts.n; i++)
        if (!is_roster(d->parts.part[i].name) ||
            (i && strcmp(d->parts.part[i - 1].name, d->parts.part[i].name) >= 0))
            return err_set(e, ERR_DATA, d->parts.part[i].name,
                           _("is no site's list, or stands out of order"));
    return 0;
}

static int check(struct supplement_document *d, struct err *e)
{
    int r;
    if (!path_is_plain_name(d->session) || d->number < 1)
        return err_set(e, ERR_DATA, d->session, _("a supplement names its session, and a number from 1 on"));
    if (strlen(d->reason) > SUPPLEMENT_MAX_REASON || (d->kind == SUPPLEMENT_WITHDRAWAL && !d->reason[0])) {
        err_set(e, ERR_DATA, d->session, _("a reason has between 1 and %d bytes"), SUPPLEMENT_MAX_REASON);
        return err_hint(e, _("say it in one sentence"));
    }
    if ((r = document_check_time(d->date, &d->date_ms, e)) < 0 ||
        (r = document_check_time(d->expiry, &d->expiry_ms, e)) < 0)
        return r;
    return check_parts(d, e);
}

int supplement_document_write(struct supplement_document *d, struct bytes *out, struct err *e)
{
    int r = check(d, e);
    if (r < 0)
        return r;
    struct xml_out o;
    xml_begin(&o, out);
    xml_open(&o, "manifest");
    xml_put(&o, "xmlns", MANIFEST_NS);
    xml_put(&o, "kind", supplement_kind_name(d->kind));
    xml_put(&o, "session", d->session);
    xml_put_int(&o, "number", d->number);
    xml_put_hex(&o, "for", d->package, sizeof d->package);
    xml_put(&o, "date", d->date);
    xml_put(&o, "expiry", d->expiry);
    xml_open(&o, "reason");
    xml_put_text(&o, d->reason);
    xml_close(&o);
    for (size_t i = 0; i < d->parts.n; i++)
        part_write(&o, &d->parts.part[i]);
    xml_close(&o);
    return xml_end(&o, e);
}

static int read_kind(struct supplement_document *s, const struct xml_doc *d, struct err *e)
{
    const char *kind;
    int r = xml_need(d, xml_root(d), "kind", &kind, e);
    if (r < 0)
        return r;
    s->kind = supplement_kind_named(kind);
    if (strcmp(kind, "package") == 0)
        return err_set(e, ERR_USAGE, xml_doc_name(d), _("is a package, no supplement to one"));
    return s->kind == SUPPLEMENT_KINDS
               ? xml_err(e, d, xml_root(d), _("unknown kind \"%.40s\" of supplement"), kind)
               : 0;
}

static int read_child(struct supplement_document *s, const struct xml_doc *d, const struct xml_node *n,
                      struct err *e)
{
    if (xml_named(n, "part"))
        return part_read(d, n, s->arena, &s->parts.part[s->parts.n++], e);
    if (!xml_named(n, "reason"))
        return xml_err(e, d, n, _("unknown element <%s>"), xml_name(n));
    s->reason = xml_content(n, s->arena);
    return 0;
}

static int read_tree(struct supplement_document *s, const struct xml_doc *d, struct err *e)
{
    const struct xml_node *root = xml_root(d);
    struct arena *a = s->arena;
    int r;
    if ((r = read_kind(s, d, e)) < 0 || (r = document_name(d, root, "session", a, &s->session, e)) < 0 ||
        (r = xml_need_int(d, root, "number", 1, INT32_MAX, &s->number, e)) < 0 ||
        (r = xml_need_hex(d, root, "for", s->package, sizeof s->package, e)) < 0 ||
        (r = document_text(d, root, "date", a, &s->date, e)) < 0 ||
        (r = document_text(d, root, "expiry", a, &s->expiry, e)) < 0)
        return r;
    s->parts = parts_new(a, document_count(root, "part"));
    for (const struct xml_node *n = xml_first_element(root); n && r == 0; n = xml_next_element(n))
        r = read_child(s, d, n, e);
    return r;
}

int supplement_document_read(struct supplement_document **ret, const char *name, struct span data,
                             struct err *e)
{
    struct xml_doc *d = NULL;
    struct bytes again = {0};
    struct supplement_document *s = supplement_document_new();
    int r = document_parse(&d, name, data, "manifest", MANIFEST_NS, NULL, e);
    if (r == 0)
        r = read_tree(s, d, e);
    if (r == 0 && (r = supplement_document_write(s, &again, e)) < 0)
        err_within(e, name);
    if (r == 0)
        r = document_is_canonical(name, &again, data, e);
    bytes_release(&again);
    xml_free(d);
    if (r < 0) {
        supplement_document_free(s);
        return r;
    }
    *ret = s;
    return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "exam-packages/certificate.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/xml.h"
#include "exam-packages/document.h"
#include "exam-packages/signatures.h"

struct certificate *certificate_new(void)
{
    struct arena *a = arena_new();
    struct certificate *c = arena_alloc(a, sizeof *c);
    c->arena = a;
    c->room = "";
    return c;
}

void certificate_free(struct certificate *c)
{
    if (c)
        arena_free(c->arena);
}

const char *certificate_comment(const struct certificate *c, char *buf, size_t size)
{
    snprintf(buf, size, "kaochang/1 role=certificate serial=%s", c->serial);
    return buf;
}

static const char *const kind_names[] = {"station", "site", "room", "chief", "rater"};

const char *certificate_kind_name(enum certificate_kind kind)
{
    return kind_names[kind];
}

bool certificate_kind_parse(const char *name, enum certificate_kind *ret)
{
    for (int i = 0; i < CERTIFICATE_KINDS; i++)
        if (strcmp(name, kind_names[i]) == 0) {
            *ret = (enum certificate_kind)i;
            return true;
        }
    return false;
}

bool certificate_is_machine(const struct certificate *c)
{
    return c->kind == CERTIFICATE_STATION || c->kind == CERTIFICATE_ROOM;
}

bool certificate_is_person(const struct certificate *c)
{
    return c->kind == CERTIFICATE_CHIEF || c->kind == CERTIFICATE_RATER;
}

static bool room_is_right(const struct certificate *c)
{
    if (c->kind == CERTIFICATE_SITE)
        return !c->room[0];
    return path_is_plain_name(c->room) || (certificate_is_person(c) && !c->room[0]);
}

bool certificate_covers(const struct certificate *c, int64_t start_ms, int64_t end_ms)
{
    return c->from_ms <= start_ms && end_ms <= c->until_ms;
}

int certificate_check(struct certificate *c, struct err *e)
{
    int r;
    if (!path_is_plain_name(c->name) || !path_is_plain_name(c->site))
        return err_set(e, ERR_DATA, c->name, _("a certificate's name and site must be plain names"));
    if (!room_is_right(c))
        return err_set(e, ERR_DATA, c->name,
                       _("the certificate of a station or room names its room, a site's names none"));
    if (strlen(c->serial) != 16 || strspn(c->serial, "0123456789abcdef") != 16)
        return err_set(e, ERR_DATA, c->name, _("a certificate's serial has 16 lower-case hex digits"));
    if ((r = document_check_time(c->from, &c->from_ms, e)) < 0 ||
        (r = document_check_time(c->until, &c->until_ms, e)) < 0)
        return r;
    return c->from_ms < c->until_ms
               ? 0
               : err_set(e, ERR_DATA, c->name, _("the certificate ends before it begins"));
}

int certificate_write(struct certificate *c, struct bytes *out, struct err *e)
{
    char key[PUBLIC_KEY_LINE], recipient[AGE_RECIPIENT_TEXT];
    int r = certificate_check(c, e);
    if (r < 0)
        return r;
    struct xml_out o;
    xml_begin(&o, out);
    xml_open(&o, "certificate");
    xml_put(&o, "xmlns", CERTIFICATE_NS);
    xml_put(&o, "kind", kind_names[c->kind]);
    xml_put(&o, "serial", c->serial);
    xml_put(&o, "name", c->name);
    xml_put(&o, "site", c->site);
    xml_put(&o, "room", c->room);
    xml_put(&o, "from", c->from);
    xml_put(&o, "until", c->until);
    xml_put(&o, "key", public_key_line(&c->key, key));
    if (c->has_recipient)
        xml_put(&o, "recipient", age_recipient_text(&c->recipient, recipient));
    xml_close(&o);
    return xml_end(&o, e);
}

static int read_keys(struct certificate *c, const struct xml_doc *d, const struct xml_node *root,
                     struct err *e)
{
    const char *key, *recipient = xml_attr(d, root, "recipient");
    struct err inner;
    int r = xml_need(d, root, "key", &key, e);
    if (r < 0)
        return r;
    c->has_recipient = recipient != NULL;
    if (minisign_public_parse(span_str(key), &c->key, &inner) < 0 ||
        (recipient && age_recipient_parse(span_str(recipient), &c->recipient, &inner) < 0))
        return xml_err(e, d, root, "%s", inner.what);
    return 0;
}

static int read_tree(struct certificate *c, const struct xml_doc *d, struct err *e)
{
    const struct xml_node *root = xml_root(d);
    const char *kind;
    const struct {
        const char *attr, **to;
    } text[] = {{"serial", &c->serial}, {"name", &c->name}, {"site", &c->site},
                {"room", &c->room},     {"from", &c->from}, {"until", &c->until}};
    int r = xml_need(d, root, "kind", &kind, e);
    if (r < 0)
        return r;
    if (!certificate_kind_parse(kind, &c->kind))
        return xml_err(e, d, root, _("unknown kind \"%.40s\" of certificate"), kind);
    for (size_t i = 0; i < sizeof text / sizeof *text && r == 0; i++)
        r = document_text(d, root, text[i].attr, c->arena, text[i].to, e);
    return r < 0 ? r : read_keys(c, d, root, e);
}

int certificate_read(struct certificate **ret, const char *name, struct span data, struct err *e)
{
    struct xml_doc *d = NULL;
    struct bytes again = {0};
    struct certificate *c = certificate_new();
    int r = document_parse(&d, name, data, "certificate", CERTIFICATE_NS, NULL, e);
    if (r == 0)
        r = read_tree(c, d, e);
    if (r == 0 && (r = certificate_write(c, &again, e)) < 0)
        err_within(e, name);
    if (r == 0)
        r = document_is_canonical(name, &again, data, e);
    bytes_release(&again);
    xml_free(d);
    if (r < 0) {
        certificate_free(c);
        return r;
    }
    *ret = c;
    return 0;
}

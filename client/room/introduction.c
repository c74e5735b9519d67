/* SPDX-License-Identifier: Apache-2.0 */
#include "client/room/introduction.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/canon.h"
#include "base/i18n.h"
#include "base/xml.h"
#include "exam-packages/derive.h"
#include "exam-packages/document.h"

#define INTRODUCTION_NS "urn:kaochang:introduction:1"
#define INTRODUCTION_DOMAIN "kaochang/1 introduction"

int introduction_tls_seed(const struct minisign_secret *station, struct secret *ret_seed,
                          uint8_t ret_public[INTRODUCTION_TLS_KEY], struct err *e)
{
    const struct secret seed = {station->sk.p, crypto_sign_SEEDBYTES};
    struct secret pair = {0};
    int r = derive_secret(ret_seed, &seed, "tls", e);
    if (r == 0 && (r = secret_new(&pair, crypto_sign_SECRETKEYBYTES, e)) == 0)
        crypto_sign_seed_keypair(ret_public, pair.p, ret_seed->p);
    secret_free(&pair);
    return r;
}

static int write_document(const struct introduction *who, struct bytes *out, struct err *e)
{
    char recipient[AGE_RECIPIENT_TEXT];
    struct xml_out o;
    xml_begin(&o, out);
    xml_open(&o, "introduction");
    xml_put(&o, "xmlns", INTRODUCTION_NS);
    xml_put(&o, "role", who->of_room ? "room" : "station");
    xml_put(&o, "name", who->name);
    xml_put(&o, "site", who->site);
    xml_put(&o, "room", who->room);
    xml_put_hex(&o, "tls", who->tls, sizeof who->tls);
    if (who->has_recipient)
        xml_put(&o, "recipient", age_recipient_text(&who->recipient, recipient));
    xml_close(&o);
    return xml_end(&o, e);
}

static char *comment_of(const struct introduction *who, char *buf, size_t size)
{
    snprintf(buf, size, "kaochang/1 role=introduction name=%s", who->name);
    return buf;
}

int introduction_make(const struct introduction *who, const struct minisign_secret *key,
                      const struct certificate_chain *chain, struct bytes *out, struct err *e)
{
    struct bytes document = {0}, signature = {0};
    char comment[DOCUMENT_MAX_TEXT + 64];
    int r = write_document(who, &document, e);
    if (r == 0)
        r = minisign_sign(key, bytes_span(&document), comment_of(who, comment, sizeof comment), &signature,
                          e);
    if (r == 0) {
        canon_domain(out, INTRODUCTION_DOMAIN);
        canon_blob(out, bytes_span(&document));
        canon_blob(out, bytes_span(&signature));
        canon_blob(out, chain->certificate);
        canon_blob(out, chain->signature);
        canon_blob(out, chain->issuer);
        canon_blob(out, chain->issuer_signature);
    }
    bytes_release(&document);
    bytes_release(&signature);
    return r;
}

static int unpack(struct span packed, struct introduction_parts *ret, struct err *e)
{
    struct canon_reader r = canon_reader_of(packed);
    struct certificate_chain *chain = &ret->chain;
    if (packed.n <= INTRODUCTION_MAX && canon_read_domain(&r, INTRODUCTION_DOMAIN) &&
        canon_read_blob(&r, &ret->document) && canon_read_blob(&r, &ret->signature) &&
        canon_read_blob(&r, &chain->certificate) && canon_read_blob(&r, &chain->signature) &&
        canon_read_blob(&r, &chain->issuer) && canon_read_blob(&r, &chain->issuer_signature) &&
        canon_at_end(&r) && ret->document.p && ret->signature.p && chain->certificate.p &&
        chain->signature.p && !chain->issuer.p == !chain->issuer_signature.p)
        return 0;
    return err_set(e, ERR_DATA, NULL, _("this is not an introduction of a station or a room"));
}

static int read_tree(struct introduction *ret, const struct xml_doc *d, struct arena *a, struct err *e)
{
    const struct xml_node *root = xml_root(d);
    const char *role, *recipient = xml_attr(d, root, "recipient");
    int r;
    if ((r = xml_need(d, root, "role", &role, e)) < 0 ||
        (r = document_name(d, root, "name", a, &ret->name, e)) < 0 ||
        (r = document_name(d, root, "site", a, &ret->site, e)) < 0 ||
        (r = document_name(d, root, "room", a, &ret->room, e)) < 0 ||
        (r = xml_need_hex(d, root, "tls", ret->tls, sizeof ret->tls, e)) < 0)
        return r;
    ret->of_room = strcmp(role, "room") == 0;
    if (!ret->of_room && strcmp(role, "station") != 0)
        return xml_err(e, d, root, _("unknown role \"%.40s\" of an introduction"), role);
    ret->has_recipient = recipient != NULL;
    return recipient ? age_recipient_parse(span_str(recipient), &ret->recipient, e) : 0;
}

static int read_document(struct introduction *ret, struct arena *a, struct span document, struct err *e)
{
    static const char name[] = "introduction.xml";
    struct xml_doc *d = NULL;
    struct bytes again = {0};
    int r = document_parse(&d, name, document, "introduction", INTRODUCTION_NS, NULL, e);
    if (r == 0)
        r = read_tree(ret, d, a, e);
    if (r == 0)
        r = write_document(ret, &again, e);
    if (r == 0)
        r = document_is_canonical(name, &again, document, e);
    bytes_release(&again);
    xml_free(d);
    return r;
}

static int check_signature(const struct introduction *who, const struct certificate *c, struct span document,
                           struct span signature, struct err *e)
{
    char comment[DOCUMENT_MAX_TEXT + 64], *said = NULL;
    int r = minisign_verify(document, signature, &c->key, &said, e);
    if (r == 0 && strcmp(said, comment_of(who, comment, sizeof comment)) != 0)
        r = err_set(e, ERR_NO, who->name, _("the signature was not made for an introduction"));
    free(said);
    return r;
}

static int check_certificate(const struct introduction *who, const struct certificate *c, const char *site,
                             const char *room, struct err *e)
{
    if (c->kind != (who->of_room ? CERTIFICATE_ROOM : CERTIFICATE_STATION) ||
        strcmp(c->name, who->name) != 0 || strcmp(c->site, who->site) != 0 || strcmp(c->room, who->room) != 0)
        return err_set(e, ERR_NO, who->name, _("introduces itself as what its certificate does not say"));
    if (strcmp(who->site, site) != 0 || strcmp(who->room, room) != 0)
        return err_set(e, ERR_NO, who->name, _("is of another site or room: %s, %s"), who->site, who->room);
    return 0;
}

int introduction_read(struct introduction *ret, struct introduction_parts *ret_parts, struct arena *a,
                      struct span packed, struct err *e)
{
    struct introduction who = {0};
    struct introduction_parts parts = {0};
    int r = unpack(packed, &parts, e);
    if (r == 0)
        r = read_document(&who, a, parts.document, e);
    if (r == 0) {
        *ret = who;
        *ret_parts = parts;
    }
    return r;
}

int introduction_check(struct introduction *ret, struct minisign_public *ret_key, struct arena *a,
                       struct span packed, const struct trust *t, const char *site, const char *room,
                       struct err *e)
{
    struct introduction who = {0};
    struct introduction_parts parts = {0};
    struct certificate *c = NULL;
    int r = introduction_read(&who, &parts, a, packed, e);
    if (r == 0)
        r = trust_check_certificate(t, &parts.chain, &c, e);
    if (r == 0)
        r = check_certificate(&who, c, site, room, e);
    if (r == 0)
        r = check_signature(&who, c, parts.document, parts.signature, e);
    if (r == 0) {
        *ret = who;
        if (ret_key)
            *ret_key = c->key;
    }
    certificate_free(c);
    return r;
}

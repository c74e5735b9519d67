/* SPDX-License-Identifier: Apache-2.0 */
#include "exam-packages/station.h"

#include <libgen.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/xml.h"
#include "exam-packages/document.h"

static const char own_certificate[] = "station.certificate.xml",
                  issuer_certificate[] = "issuer.certificate.xml";

static int write_station(const char *path, const char *name, const char *site, const char *room,
                         struct err *e)
{
    struct bytes out = {0};
    struct xml_out o;
    xml_begin(&o, &out);
    xml_open(&o, "station");
    xml_put(&o, "xmlns", STATION_NS);
    xml_put(&o, "name", name);
    xml_put(&o, "site", site);
    xml_put(&o, "room", room);
    xml_close(&o);
    int r = xml_end(&o, e);
    if (r == 0)
        r = file_put(path, 0644, bytes_span(&out), e);
    bytes_release(&out);
    return r;
}

/* The public key file carries the station's name as the request for a certificate. */
static int write_public(const char *path, const char *name, const char *site, const char *room,
                        const struct minisign_secret *key, struct err *e)
{
    struct minisign_public public;
    struct bytes out = {0};
    char line[PUBLIC_KEY_LINE];
    minisign_secret_public(key, &public);
    bytes_printf(&out, "untrusted comment: kaochang station %s site=%s room=%s\n%s\n", name, site, room,
                 public_key_line(&public, line));
    int r = file_put(path, 0644, bytes_span(&out), e);
    bytes_release(&out);
    return r;
}

static int make_key(const char *path, struct minisign_secret *ret, struct err *e)
{
    struct bytes out = {0};
    if (file_exists(path))
        return minisign_secret_load(path, NULL, ret, e);
    int r = minisign_new(ret, e);
    if (r == 0)
        r = minisign_secret_write(ret, NULL, &out, e);
    if (r == 0)
        r = file_put_new(path, 0600, bytes_span(&out), e);
    bytes_release(&out);
    return r;
}

static int take_site_identity(const char *from, const char *to, struct err *e)
{
    struct age_identity id = {0};
    int r = age_identity_load(from, &id, e);
    age_identity_free(&id);
    return r < 0 ? r : file_copy(from, to, 0600, e);
}

int station_create(const char *home, const char *name, const char *site, const char *room,
                   const char *site_identity, struct err *e)
{
    struct minisign_secret key = {0};
    char *marker = path_join(home, "station.xml"), *keys = path_join(home, "keys");
    char *secret = path_join(keys, "station.key"), *public = path_join(keys, "station.pub");
    char *identity = path_join(keys, "site.identity");
    int r;
    if (!path_is_plain_name(name) || !path_is_plain_name(site) || !path_is_plain_name(room))
        r = err_set(e, ERR_USAGE, name, _("station, site and room must be plain names"));
    else if (file_exists(marker))
        r = err_set(e, ERR_NO, home, _("is already enrolled as a station"));
    else if ((r = file_mkdirs(keys, true, e)) == 0 && (r = make_key(secret, &key, e)) == 0 &&
             (r = write_public(public, name, site, room, &key, e)) == 0 &&
             (r = site_identity ? take_site_identity(site_identity, identity, e) : 0) == 0)
        r = write_station(marker, name, site, room, e);
    minisign_secret_free(&key);
    free(marker);
    free(keys);
    free(secret);
    free(public);
    free(identity);
    return r;
}

static int read_tree(struct station *s, const struct xml_doc *d, struct err *e)
{
    const struct xml_node *root = xml_root(d);
    int r;
    if ((r = document_name(d, root, "name", s->arena, &s->name, e)) < 0 ||
        (r = document_name(d, root, "site", s->arena, &s->site, e)) < 0)
        return r;
    return document_name(d, root, "room", s->arena, &s->room, e);
}

int station_load(struct station **ret, const char *home, struct err *e)
{
    struct arena *a = arena_new();
    struct station *s = arena_alloc(a, sizeof *s);
    struct xml_doc *d = NULL;
    struct bytes data = {0};
    char *path = path_join(home, "station.xml");
    int r = 0;
    s->arena = a;
    s->home = arena_strdup(a, home);
    if (!file_exists(path)) {
        err_set(e, ERR_ENV, home, _("is not the home of a station"));
        r = err_hint(e, _("choose it with -C DIR, or make one with \"kaochang-client enrol\""));
    }
    if (r == 0)
        r = file_read(path, 4096, &data, e);
    if (r == 0)
        r = document_parse(&d, path, bytes_span(&data), "station", STATION_NS, NULL, e);
    if (r == 0)
        r = read_tree(s, d, e);
    xml_free(d);
    bytes_release(&data);
    free(path);
    if (r < 0) {
        station_free(s);
        return r;
    }
    *ret = s;
    return 0;
}

void station_free(struct station *s)
{
    if (s)
        arena_free(s->arena);
}

int station_key(const struct station *s, struct minisign_secret *ret, struct err *e)
{
    return minisign_secret_load(arena_printf(s->arena, "%s/keys/station.key", s->home), NULL, ret, e);
}

int station_site_identity(const struct station *s, struct age_identity *ret, struct err *e)
{
    const char *path = arena_printf(s->arena, "%s/keys/site.identity", s->home);
    if (file_exists(path))
        return age_identity_load(path, ret, e);
    err_set(e, ERR_ENV, path, _("this machine does not hold the site's identity, which opens the roster"));
    return err_hint(
        e, _("the proctor's machine gets it at enrolment: \"kaochang-client enrol --site-identity FILE\""));
}

/* One certificate with its one signature. */
static int load(struct arena *a, const char *folder, const char *name, struct span *ret,
                struct span *ret_signature, char ret_keyid[SIGNATURE_KEYID], struct err *e)
{
    struct signatures s;
    int r = signatures_load_document(ret, &s, a, folder, name, DOCUMENT_MAX_BYTES, e);
    if (r == 0 && s.n != 1)
        r = err_set(e, ERR_DATA, name,
                    _("one signature file NAME.KEYID.minisig must lie beside the certificate"));
    if (r < 0)
        return r;
    *ret_signature = s.list[0].file;
    memcpy(ret_keyid, s.list[0].keyid, SIGNATURE_KEYID);
    return 0;
}

static int check_own(const struct station *s, const struct trust *t, const struct certificate_chain *chain,
                     struct certificate **ret, struct err *e)
{
    struct certificate *c = NULL;
    struct minisign_secret key = {0};
    struct minisign_public public;
    const struct revoked *revoked = NULL; /* what it makes is still whole, and the office sets it apart */
    int r = trust_read_certificate(t, chain, &c, &revoked, e);
    if (r == 0)
        r = station_key(s, &key, e);
    if (r == 0) {
        minisign_secret_public(&key, &public);
        if (!certificate_is_machine(c) || strcmp(c->name, s->name) != 0 || strcmp(c->site, s->site) != 0 ||
            strcmp(c->room, s->room) != 0 || !minisign_public_equal(&c->key, &public))
            r = err_set(e, ERR_NO, c->name,
                        _("the certificate is not for this station's name, site, room and key"));
    }
    minisign_secret_free(&key);
    if (r < 0 || !ret)
        certificate_free(c);
    else
        *ret = c;
    return r;
}

int station_certificate(const struct station *s, const struct trust *t, struct certificate_chain *ret,
                        struct certificate **ret_certificate, struct err *e)
{
    const char *keys = arena_printf(s->arena, "%s/keys", s->home);
    char keyid[SIGNATURE_KEYID];
    struct certificate_chain chain = {0};
    if (!file_exists(arena_printf(s->arena, "%s/%s", keys, own_certificate))) {
        err_set(e, ERR_ENV, s->home, _("this station has no certificate yet"));
        return err_hint(e, _("install it with \"kaochang-client enrol --certificate FILE\""));
    }
    int r = load(s->arena, keys, own_certificate, &chain.certificate, &chain.signature, keyid, e);
    if (r == 0 && file_exists(arena_printf(s->arena, "%s/%s", keys, issuer_certificate)))
        r = load(s->arena, keys, issuer_certificate, &chain.issuer, &chain.issuer_signature, keyid, e);
    if (r == 0)
        r = check_own(s, t, &chain, ret_certificate, e);
    if (r == 0)
        *ret = chain;
    return r;
}

static int load_file(struct arena *a, const char *file, struct span *ret, struct span *ret_signature,
                     char ret_keyid[SIGNATURE_KEYID], struct err *e)
{
    return load(a, dirname(arena_strdup(a, file)), path_base(file), ret, ret_signature, ret_keyid, e);
}

static int save(const char *keys, const char *name, struct span document, struct span signature,
                const char *keyid, struct err *e)
{
    struct signatures s = {0};
    int r = signatures_add(&s, keyid, signature, e);
    return r < 0 ? r : signatures_save_document(keys, name, document, &s, e);
}

int station_install(const struct station *s, const struct trust *t, const char *file, const char *issuer,
                    struct err *e)
{
    const char *keys = arena_printf(s->arena, "%s/keys", s->home);
    struct certificate_chain chain = {0};
    struct certificate *c = NULL;
    char keyid[SIGNATURE_KEYID], issuer_keyid[SIGNATURE_KEYID];
    int r = load_file(s->arena, file, &chain.certificate, &chain.signature, keyid, e);
    if (r == 0 && issuer)
        r = load_file(s->arena, issuer, &chain.issuer, &chain.issuer_signature, issuer_keyid, e);
    if (r == 0 &&
        ((r = check_own(s, t, &chain, NULL, e)) < 0 || (r = trust_check_certificate(t, &chain, &c, e)) < 0))
        err_within(e, file);
    certificate_free(c);
    if (r == 0 && issuer)
        r = save(keys, issuer_certificate, chain.issuer, chain.issuer_signature, issuer_keyid, e);
    return r < 0 ? r : save(keys, own_certificate, chain.certificate, chain.signature, keyid, e);
}

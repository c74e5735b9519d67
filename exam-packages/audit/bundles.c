/* SPDX-License-Identifier: Apache-2.0 */
/* The result bundles: who signed them, that the office vouches for that machine, and for which package. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "exam-packages/audit/bundles.h"
#include "exam-packages/derive.h"

static const struct container_kind kind = {.mimetype = "application/vnd.kaochang.results+zip",
                                           .document = "bundle.xml"};

const char *audit_certified(struct audit *a, const char *folder, const char *each)
{
    /* by KEYS FILE: one of the keys signed the certificate; key FILE: the key in it; site FILE: its site */
    return arena_printf(
        a->arena,
        "( by() { for k in $1; do test \"$(minisign -V -H -Q -P \"$k\" -m \"$2\" -x \"$2.minisig\" 2>/dev/null)\" ="
        " \"kaochang/1 role=certificate serial=$(sed 's/.* serial=\"\\([^\"]*\\)\".*/\\1/' \"$2\")\" &&"
        " return; done; return 1; };"
        " key() { sed 's/.* key=\"\\([^\"]*\\)\".*/\\1/' \"$1\"; }; site() { sed 's/.*"
        " site=\"\\([^\"]*\\)\".*/\\1/' \"$1\"; };"
        " office=$(sed 's/.*<role name=\"certificate\" //;s/<\\/role>.*//' %s | grep -o"
        " 'public=\"[^\"]*' | cut -d'\"' -f2);"
        " cd %s && for c in ./*certificate.xml; do i=${c%%certificate.xml}issuer.xml; if test -e \"$i\"; then"
        " by \"$office\" \"$i\" &&"
        " grep -q '<certificate [^>]*kind=\"site\"' \"$i\" && test \"$(site \"$i\")\" = \"$(site \"$c\")\" && by"
        " \"$(key \"$i\")\" \"$c\"; else"
        " by \"$office\" \"$c\"; fi%s || exit 1; done )",
        a->targets_document.at, folder, each);
}

void audit_revoked(struct audit *a, const char *folder, const char *who, const struct revoked *revoked,
                   const char *name)
{
    struct err e = {0};
    if (a->targets->n_revoked == 0)
        return;
    int r = revoked ? err_set(&e, ERR_NO, who, _("was revoked by the exam office, since %s: %s"),
                              revoked->since, revoked->reason)
                    : 0;
    const char *command = arena_printf(
        a->arena,
        "( for c in %s/*certificate.xml %s/*issuer.xml; do test ! -e \"$c\" || ! grep -o '<revoked [^>]*' %s"
        " | grep -F -e"
        " \"$(grep -o ' key=\"[^\"]*\"' \"$c\")\" -e \"$(grep -o ' serial=\"[^\"]*\"' \"$c\")\" || exit 1; done )",
        folder, folder, a->targets_document.at);
    audit_remark(a, r, &e, command, _("%s: none of the stations that signed is revoked"), name);
}

static void tell_certificate(struct audit *a, const struct container *c, const char *name)
{
    struct err e = {0};
    struct certificate *own = NULL;
    const struct certificate_chain chain = {.certificate = zip_get(c->zip, "certificate.xml"),
                                            .signature = zip_get(c->zip, "certificate.xml.minisig"),
                                            .issuer = zip_get(c->zip, "issuer.xml"),
                                            .issuer_signature = zip_get(c->zip, "issuer.xml.minisig")};
    if (!a->trust) {
        audit_unseen(a, _("%s: who vouches for the station: the list of officers does not verify"), name);
        return;
    }
    const struct revoked *revoked = NULL;
    const char *folder = arena_printf(a->arena, "\"$work\"/%s", name);
    int r = trust_read_certificate(a->trust, &chain, &own, &revoked, &e);
    if (audit_tell(a, r, &e, audit_certified(a, folder, ""),
                   _("%s: the office, or a site that it certified, vouches for the station"), name))
        audit_revoked(a, folder, own->name, revoked, name);
    certificate_free(own);
}

/* Session, station, site and room of bundle.xml against the certificate's. */
static void tell_station(struct audit *a, const struct bundle_document *d, const struct certificate *c,
                         const char *name)
{
    struct err e = {0};
    int r = certificate_is_machine(c) && strcmp(c->name, d->station) == 0 && strcmp(c->site, d->site) == 0 &&
                    strcmp(c->room, d->room) == 0
                ? 0
                : err_set(&e, ERR_NO, "certificate.xml",
                          _("is of another station, site or room than the bundle says"));
    const char *find = " site=\"\\([^\"]*\\)\" room=\"\\([^\"]*\\)\".*/\\1 \\2 \\3/";
    audit_tell(
        a, r, &e,
        arena_printf(
            a->arena,
            "( cd \"$work\"/%s && grep -qE '^<certificate [^>]*kind=\"(station|room)\"' certificate.xml &&"
            " test \"$(sed 's/.* name=\"\\([^\"]*\\)\"%s' certificate.xml)\" = \"$(grep -o '^<[^>]*'"
            " bundle.xml | sed 's/.* station=\"\\([^\"]*\\)\"%s')\" )",
            name, find, find),
        _("%s: made by station %s of site %s, room %s, as its certificate says"), name, d->station, d->site,
        d->room);
}

static void tell_signature(struct audit *a, const struct container *c, const struct bundle_document *d,
                           const struct certificate *own, const char *name)
{
    struct err e = {0};
    char comment[300], keyid[MINISIGN_ID_TEXT];
    struct role_key key = {.name = own->name, .key = own->key};
    struct role station = {.name = "station", .threshold = 1, .key = &key, .n = 1};
    snprintf(comment, sizeof comment, "kaochang/1 role=bundle session=%s station=%s", d->session, d->station);
    minisign_id_text(own->key.id, keyid);
    audit_tell(a, role_verify(&station, kind.document, c->document, comment, &c->signatures, &e), &e,
               arena_printf(a->arena,
                            "test \"$(minisign -V -H -Q -P \"$(sed 's/.* key=\"\\([^\"]*\\)\".*/\\1/'"
                            " \"$work\"/%s/certificate.xml)\" -m \"$work\"/%s/bundle.xml -x"
                            " \"$work\"/%s/bundle.xml.%s.minisig)\" = '%s'",
                            name, name, name, keyid, comment),
               _("%s: signed with the key of that certificate"), name);
}

static const struct audit_package *find_package(const struct audit *a, const uint8_t hash[32])
{
    for (size_t i = 0; i < a->n_packages; i++)
        if (memcmp(a->package[i].hash, hash, 32) == 0)
            return &a->package[i];
    return NULL;
}

static const struct audit_package *tell_package(struct audit *a, const struct bundle_document *d,
                                                const char *name)
{
    struct err e = {0};
    const struct audit_package *p = find_package(a, d->package);
    const char *at = arena_printf(a->arena, "\"$work\"/%s/bundle.xml", name);
    const char *command =
        arena_printf(a->arena, "b2sum -l 256 \"$work\"/*/manifest.xml | cut -d' ' -f1 | grep -qx \"%s\"",
                     audit_attribute(a, at, "package"));
    audit_tell(a, p ? 0 : err_set(&e, ERR_NO, name, _("no package of the repository has that hash")), &e,
               command, _("%s: work on a package of this repository (%s)"), name, p ? p->name : "?");
    return p;
}

static void open_sealed(struct audit *a, struct audit_walk *w, const char *name, const char *path,
                        const struct audit_package *p)
{
    struct bundle *b = NULL;
    if (bundle_open_untrusted(&b, path, NULL) < 0)
        audit_unseen(a, _("%s: what is sealed in it: a bundle that does not verify is not opened"), name);
    else
        audit_opened_bundle(a, w, name, path, b, p);
    bundle_close(b);
}

static void walk_document(struct audit *a, struct audit_walk *w, const char *name, const char *path,
                          const struct container *c, const char *file)
{
    struct err e = {0};
    struct bundle_document *d = NULL;
    struct certificate *own = NULL;
    const char *at = arena_printf(a->arena, "\"$work\"/%s/bundle.xml", name);
    int r = bundle_document_read(&d, kind.document, c->document, &e);
    if (r == 0)
        r = certificate_read(&own, "certificate.xml", zip_get(c->zip, "certificate.xml"), &e);
    const char *command = arena_printf(
        a->arena,
        "test \"$(cat %s \"$work\"/%s/certificate.xml | wc -l)\" -eq 2 && ! grep -q '<[!?]\\|/>' %s", at,
        name, at);
    if (audit_tell(a, r, &e, command,
                   _("%s: bundle.xml and its certificate are written in their one spelling"), name)) {
        tell_certificate(a, c, name);
        tell_station(a, d, own, name);
        tell_signature(a, c, d, own, name);
        audit_parts(a, name, file, &kind, c, &d->parts);
        const struct audit_package *p = tell_package(a, d, name);
        audit_receipts_look(w->receipts, name, d);
        audit_closings_look(a, w, d);
        open_sealed(a, w, name, path, p);
    }
    certificate_free(own);
    bundle_document_free(d);
}

static void walk_bundle(struct audit *a, struct audit_walk *w, const char *name)
{
    struct container c = {0};
    const char *path = arena_printf(a->arena, "%s/%s.results", a->in->bundles, name);
    const char *file = arena_printf(a->arena, "\"$bundles\"/%s.results", name);
    if (audit_container(a, name, path, file, &kind, &c))
        walk_document(a, w, name, path, &c, file);
    container_close(&c);
}

static void walk_folder(struct audit *a, struct audit_walk *w, const struct file_names *names)
{
    size_t n = 0;
    for (size_t i = 0; i < names->n; i++) {
        const char *name = names->name[i];
        size_t length = strlen(name);
        if (length <= 8 || strcmp(name + length - 8, ".results") != 0)
            continue;
        n++;
        if (path_is_plain_name(name))
            walk_bundle(a, w, arena_strndup(a->arena, name, length - 8));
        else
            audit_unseen(a, _("%s: give it a plain name (A to Z, a to z, 0 to 9, . _ -)"), name);
    }
    if (n == 0)
        audit_unseen(a, _("%s: there are no bundles (FILE.results) in this folder"), a->in->bundles);
}

void audit_bundles(struct audit *a)
{
    struct err e = {0};
    struct file_names names = {0};
    struct audit_walk w = {.receipts = audit_receipts_read(a)};
    if (!a->in->bundles)
        audit_unseen(a, _("the result bundles: --bundles names their folder"));
    else if (file_list(a->in->bundles, &names, &e) < 0)
        audit_tell(a, -ERR_ENV, &e, "ls \"$bundles\"", _("%s: can be read"), a->in->bundles);
    else
        walk_folder(a, &w, &names);
    audit_closings_tell(a, &w);
    audit_receipts_tell(a, w.receipts);
    file_names_free(&names);
}

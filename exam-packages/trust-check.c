/* SPDX-License-Identifier: Apache-2.0 */
/* What a home's trust says of packages and certificates. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "exam-packages/trust-internal.h"

static int need_targets(const struct trust *t, struct err *e)
{
    if (t->targets)
        return 0;
    err_set(e, ERR_ENV, t->folder, _("this home does not know the office's officers yet"));
    return err_hint(e, _("run \"kaochang-client pull\" first"));
}

/* By the officers as they are; else, as one that was listed and accepted. */
static int check_accepted(const struct trust *t, const struct accepted_package *p, const struct signatures *s,
                          struct err *e)
{
    int r = role_verify(&t->targets->role[TARGETS_ROLE_PACKAGE], p->name, p->manifest, p->comment, s, e);
    if (r != -ERR_NO || !trust_accepted(t, p, s))
        return r;
    err_clear(e);
    return 0;
}

int trust_check_package(const struct trust *t, const char *name, struct span manifest, const char *session,
                        int64_t version, const struct signatures *s, struct err *e)
{
    char comment[200];
    int r = need_targets(t, e);
    if (r < 0)
        return r;
    snprintf(comment, sizeof comment, "kaochang/1 role=package session=%s version=%lld", session,
             (long long)version);
    const struct accepted_package p = {name, manifest, session, version, comment, NULL};
    return check_accepted(t, &p, s, e);
}

int trust_check_supplement(const struct trust *t, const char *name, struct span document, const char *session,
                           int64_t number, const uint8_t file[PART_HASH_BYTES], const struct signatures *s,
                           struct err *e)
{
    char comment[200];
    int r = need_targets(t, e);
    if (r < 0)
        return r;
    snprintf(comment, sizeof comment, "kaochang/1 role=supplement session=%s number=%lld", session,
             (long long)number);
    const struct accepted_package p = {name, document, session, number, comment, file};
    return check_accepted(t, &p, s, e);
}

static int verify_with(const struct minisign_public *key, const char *name, const struct certificate *c,
                       struct span document, struct span signature, struct err *e)
{
    char comment[64], *said = NULL;
    int r = minisign_verify(document, signature, key, &said, e);
    if (r < 0)
        err_within(e, name);
    else if (strcmp(said, certificate_comment(c, comment, sizeof comment)) != 0)
        r = err_set(e, ERR_NO, name, _("the signature is for another certificate"));
    free(said);
    return r;
}

static int check_officer(const struct trust *t, const char *name, const struct certificate *c,
                         struct span document, struct span signature, struct err *e)
{
    const struct role *role = &t->targets->role[TARGETS_ROLE_CERTIFICATE];
    uint8_t id[8];
    char text[MINISIGN_ID_TEXT];
    int r = minisign_signature_id(signature, id, e);
    if (r < 0)
        return err_within(e, name);
    for (size_t i = 0; i < role->n; i++)
        if (memcmp(role->key[i].key.id, id, sizeof id) == 0)
            return verify_with(&role->key[i].key, name, c, document, signature, e);
    return err_set(e, ERR_NO, name, _("issued by %s, which is not a key of the role \"%s\""),
                   minisign_id_text(id, text), role->name);
}

/* The entry that revokes it: by its key, or by its serial. */
static const struct revoked *revocation(const struct trust *t, const struct certificate *c)
{
    return revoked_find(t->targets->revoked, t->targets->n_revoked, &c->key, c->serial);
}

static int check_site(const struct trust *t, const struct certificate *c,
                      const struct certificate_chain *chain, const struct revoked **ret_revoked,
                      struct err *e)
{
    struct certificate *site = NULL;
    int r = certificate_read(&site, "issuer.xml", chain->issuer, e);
    if (r == 0)
        r = check_officer(t, "issuer.xml", site, chain->issuer, chain->issuer_signature, e);
    if (r == 0 &&
        (site->kind != CERTIFICATE_SITE || !certificate_is_machine(c) || strcmp(site->site, c->site) != 0 ||
         c->from_ms < site->from_ms || c->until_ms > site->until_ms))
        r = err_set(e, ERR_NO, "issuer.xml",
                    _("may not certify this station: another site, or another time"));
    if (r == 0)
        r = verify_with(&site->key, "certificate.xml", c, chain->certificate, chain->signature, e);
    if (r == 0)
        *ret_revoked = revocation(t, site);
    certificate_free(site);
    return r;
}

int trust_read_certificate(const struct trust *t, const struct certificate_chain *chain,
                           struct certificate **ret, const struct revoked **ret_revoked, struct err *e)
{
    struct certificate *c = NULL;
    *ret_revoked = NULL;
    int r = need_targets(t, e);
    if (r == 0)
        r = certificate_read(&c, "certificate.xml", chain->certificate, e);
    if (r == 0)
        r = chain->issuer.p ? check_site(t, c, chain, ret_revoked, e)
                            : check_officer(t, "certificate.xml", c, chain->certificate, chain->signature, e);
    if (r < 0) {
        certificate_free(c);
        return r;
    }
    if (!*ret_revoked)
        *ret_revoked = revocation(t, c);
    *ret = c;
    return 0;
}

int trust_check_certificate(const struct trust *t, const struct certificate_chain *chain,
                            struct certificate **ret, struct err *e)
{
    struct certificate *c = NULL;
    const struct revoked *revoked = NULL;
    int r = trust_read_certificate(t, chain, &c, &revoked, e);
    if (r < 0)
        return r;
    if (revoked) {
        r = err_set(e, ERR_NO, c->name, _("was revoked by the exam office, since %s: %s"), revoked->since,
                    revoked->reason);
        if (e)
            e->code = TRUST_REVOKED;
        certificate_free(c);
        return r;
    }
    *ret = c;
    return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "exam-packages/decision-file.h"

#include <libgen.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"

static int read_into(struct arena *a, const char *path, size_t max, struct span *ret, struct err *e)
{
    struct bytes data = {0};
    int r = file_read(path, max, &data, e);
    if (r == 0)
        *ret = span_of(arena_copy(a, data.p, data.n), data.n);
    bytes_release(&data);
    return r;
}

static int load_certificate(struct decision_file *f, const char *path, const char *keyid, struct err *e)
{
    struct certificate_chain *c = &f->certificate[f->n_certificates];
    char *name = mem_printf("%s.%s.certificate.xml", path, keyid),
         *signature = mem_printf("%s.minisig", name);
    int r = 0;
    *c = (struct certificate_chain){0};
    if (file_exists(name)) {
        r = read_into(f->decision->arena, name, DECISION_MAX_BYTES, &c->certificate, e);
        if (r == 0)
            r = read_into(f->decision->arena, signature, SIGNATURE_MAX_BYTES, &c->signature, e);
        if (r == 0)
            f->keyid[f->n_certificates++] = arena_strdup(f->decision->arena, keyid);
    }
    free(name);
    free(signature);
    return r;
}

int decision_file_load(struct decision_file *ret, const char *path, struct err *e)
{
    struct decision_file f = {0};
    struct bytes data = {0};
    char *folder = mem_strdup(path);
    int r = file_read(path, DECISION_MAX_BYTES, &data, e);
    if (r == 0)
        r = decision_read(&f.decision, path, bytes_span(&data), e);
    if (r == 0) {
        struct arena *a = f.decision->arena;
        f.document = span_of(arena_copy(a, data.p, data.n), data.n);
        r = signatures_load(&f.signatures, a, dirname(folder), path_base(path), e);
    }
    for (size_t i = 0; r == 0 && i < f.signatures.n; i++)
        r = load_certificate(&f, path, f.signatures.list[i].keyid, e);
    bytes_release(&data);
    free(folder);
    if (r < 0)
        decision_file_release(&f);
    else
        *ret = f;
    return r;
}

void decision_file_release(struct decision_file *f)
{
    decision_free(f->decision);
    *f = (struct decision_file){0};
}

int decision_file_put(const char *path, const struct decision *d, struct err *e)
{
    struct bytes data = {0};
    int r = decision_write(d, &data, e);
    if (r == 0 && file_exists(path))
        r = err_set(e, ERR_USAGE, path, _("is already there; a decision is never written over"));
    if (r == 0)
        r = file_put_new(path, 0644, bytes_span(&data), e);
    bytes_release(&data);
    return r;
}

/* The signature of an officer beside the certificate, "CERTIFICATE.KEYID.minisig". */
static int officer_signature(struct arena *a, const char *certificate, struct span *ret, struct err *e)
{
    struct signatures s = {0};
    char *folder = mem_strdup(certificate);
    int r = signatures_load(&s, a, dirname(folder), path_base(certificate), e);
    if (r == 0 && s.n != 1) {
        err_set(e, ERR_DATA, certificate, _("has no signature of an officer beside it"));
        r = err_hint(e, _("copy CERTIFICATE.KEYID.minisig along with it"));
    }
    if (r == 0)
        *ret = s.list[0].file;
    free(folder);
    return r;
}

static int put_certificate(const char *path, const char *keyid, const struct minisign_public *key,
                           const char *certificate, struct err *e)
{
    struct arena *a = arena_new();
    struct certificate *c = NULL;
    struct span document, signature;
    char *name = mem_printf("%s.%s.certificate.xml", path, keyid), *beside = mem_printf("%s.minisig", name);
    int r = read_into(a, certificate, DECISION_MAX_BYTES, &document, e);
    if (r == 0)
        r = certificate_read(&c, certificate, document, e);
    if (r == 0 && (!certificate_is_person(c) || !minisign_public_equal(&c->key, key)))
        r = err_set(e, ERR_NO, certificate, _("is not the certificate of the person whose key signs"));
    if (r == 0)
        r = officer_signature(a, certificate, &signature, e);
    if (r == 0)
        r = file_put(beside, 0644, signature, e);
    if (r == 0)
        r = file_put(name, 0644, document, e);
    certificate_free(c);
    arena_free(a);
    free(name);
    free(beside);
    return r;
}

int decision_file_sign(const char *path, const struct minisign_secret *key, const char *certificate,
                       struct err *e)
{
    struct decision_file f = {0};
    struct minisign_public public;
    struct bytes file = {0};
    char comment[200], keyid[MINISIGN_ID_TEXT], *name = NULL;
    int r = decision_file_load(&f, path, e);
    if (r < 0)
        return r;
    minisign_secret_public(key, &public);
    minisign_id_text(public.id, keyid);
    name = mem_printf("%s.%s.minisig", path, keyid);
    if (certificate)
        r = put_certificate(path, keyid, &public, certificate, e);
    if (r == 0)
        r = minisign_sign(key, f.document, decision_comment(f.decision->session, comment, sizeof comment),
                          &file, e);
    if (r == 0)
        r = file_put(name, 0644, bytes_span(&file), e);
    decision_file_release(&f);
    bytes_release(&file);
    free(name);
    return r;
}

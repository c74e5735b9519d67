/* SPDX-License-Identifier: Apache-2.0 */
#include "exam-packages/bundle.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "exam-packages/container.h"
#include "exam-packages/derive.h"

static const struct container_kind bundle_kind = {.mimetype = "application/vnd.kaochang.results+zip",
                                                  .document = "bundle.xml"};

struct bundle {
    struct container container;
    struct bundle_document *document;
    struct certificate *certificate;
    uint8_t hash[BUNDLE_HASH_BYTES];
    struct bytes plain; /* of results.age, once unsealed */
    struct zip *inner;
};

/* Part names, in their order; the issuer's two only when a site certified the station. */
enum {
    PART_CERTIFICATE,
    PART_CERTIFICATE_SIGNATURE,
    PART_ISSUER,
    PART_ISSUER_SIGNATURE,
    PART_RESULTS,
    PART_NAMES
};
static const char *const part_name[PART_NAMES] = {"certificate.xml", "certificate.xml.minisig", "issuer.xml",
                                                  "issuer.xml.minisig", "results.age"};

static void comment_of(const struct bundle_document *d, char *buf, size_t size)
{
    snprintf(buf, size, "kaochang/1 role=bundle session=%s station=%s", d->session, d->station);
}

static int inner_container(const struct bundle_file *file, size_t n, struct bytes *ret, struct err *e)
{
    struct zip_writer *w = zip_writer_new(ret);
    int r = 0;
    for (size_t i = 0; i < n && r == 0; i++)
        r = zip_add(w, file[i].name, file[i].data, e);
    if (r < 0) {
        zip_cancel(w);
        return r;
    }
    return zip_finish(w, e);
}

static int seal(const struct bundle_file *file, size_t n, const struct age_recipient *to, size_t n_to,
                struct bytes *ret, struct err *e)
{
    struct bytes inner = {0};
    int r = inner_container(file, n, &inner, e);
    if (r == 0)
        r = age_seal(bytes_span(&inner), to, n_to, ret, e);
    bytes_release(&inner);
    return r;
}

static int sign_and_write(struct bundle_document *d, const struct span data[PART_NAMES],
                          const struct minisign_secret *station, const char *path,
                          uint8_t ret_hash[BUNDLE_HASH_BYTES], struct err *e)
{
    struct bytes document = {0};
    struct signatures s;
    char comment[300];
    comment_of(d, comment, sizeof comment);
    int r = bundle_document_write(d, &document, e);
    if (r == 0)
        r = signatures_make(&s, d->arena, bytes_span(&document), comment, station, 1, e);
    if (r == 0)
        r = container_write(path, 0644, &bundle_kind, bytes_span(&document), &s, &d->parts, data, e);
    if (r == 0)
        blake2b_256(ret_hash, bytes_span(&document));
    bytes_release(&document);
    return r;
}

int bundle_write(struct bundle_document *d, const struct bundle_file *file, size_t n_files,
                 const struct age_recipient *to, size_t n_to, const struct minisign_secret *station,
                 const struct certificate_chain *chain, const char *path, uint8_t ret_hash[BUNDLE_HASH_BYTES],
                 struct err *e)
{
    struct bytes sealed = {0};
    int r = seal(file, n_files, to, n_to, &sealed, e);
    if (r == 0) {
        const struct span given[PART_NAMES] = {chain->certificate, chain->signature, chain->issuer,
                                               chain->issuer_signature, bytes_span(&sealed)};
        struct span data[PART_NAMES];
        d->parts = parts_new(d->arena, PART_NAMES);
        for (size_t i = 0; i < PART_NAMES; i++)
            if (given[i].p) {
                data[d->parts.n] = given[i];
                parts_add(&d->parts, d->arena, part_name[i], given[i]);
            }
        r = sign_and_write(d, data, station, path, ret_hash, e);
    }
    bytes_release(&sealed);
    return r;
}

static int check_parts(const struct bundle *b, struct err *e)
{
    const struct container_parts *parts = &b->document->parts;
    size_t next = 0;
    for (size_t i = 0; i < parts->n; i++) {
        while (next < PART_NAMES && strcmp(part_name[next], parts->part[i].name) != 0)
            next++;
        if (next++ == PART_NAMES)
            return err_set(e, ERR_DATA, parts->part[i].name,
                           _("a bundle has no such part, or not in this place"));
    }
    if (!parts_find(parts, "certificate.xml") || !parts_find(parts, "certificate.xml.minisig") ||
        !parts_find(parts, "results.age") ||
        !parts_find(parts, "issuer.xml") != !parts_find(parts, "issuer.xml.minisig"))
        return err_set(e, ERR_DATA, NULL, _("the bundle lacks a part"));
    return container_check_parts(&b->container, parts, e);
}

static int read_certificate(struct bundle *b, const struct trust *t, struct err *e)
{
    const struct zip *z = b->container.zip;
    struct certificate_chain chain = {.certificate = zip_get(z, "certificate.xml"),
                                      .signature = zip_get(z, "certificate.xml.minisig"),
                                      .issuer = zip_get(z, "issuer.xml"),
                                      .issuer_signature = zip_get(z, "issuer.xml.minisig")};
    if (!t)
        return certificate_read(&b->certificate, "certificate.xml", chain.certificate, e);
    return trust_check_certificate(t, &chain, &b->certificate, e);
}

static int check_certificate(const struct bundle *b, struct err *e)
{
    const struct certificate *c = b->certificate;
    const struct bundle_document *d = b->document;
    if (!certificate_is_machine(c) || strcmp(c->name, d->station) != 0 || strcmp(c->site, d->site) != 0 ||
        strcmp(c->room, d->room) != 0)
        return err_set(e, ERR_NO, "certificate.xml",
                       _("is of another station, site or room than the bundle says"));
    struct role_key key = {.name = c->name, .key = c->key};
    struct role station = {.name = "station", .threshold = 1, .key = &key, .n = 1};
    char comment[300];
    comment_of(d, comment, sizeof comment);
    return role_verify(&station, bundle_kind.document, b->container.document, comment,
                       &b->container.signatures, e);
}

static int open_bundle(struct bundle **ret, const char *path, const struct trust *t, struct err *e)
{
    struct bundle *b = mem_alloc(sizeof *b);
    int r = container_open(&b->container, path, &bundle_kind, e);
    if (r < 0)
        goto done;
    if ((r = bundle_document_read(&b->document, bundle_kind.document, b->container.document, e)) < 0 ||
        (r = check_parts(b, e)) < 0 || (r = read_certificate(b, t, e)) < 0 ||
        (r = check_certificate(b, e)) < 0)
        err_within(e, path);
    blake2b_256(b->hash, b->container.document);
done:
    if (r < 0) {
        bundle_close(b);
        return r;
    }
    *ret = b;
    return 0;
}

int bundle_open(struct bundle **ret, const char *path, const struct trust *t, struct err *e)
{
    return open_bundle(ret, path, t, e);
}

int bundle_open_untrusted(struct bundle **ret, const char *path, struct err *e)
{
    return open_bundle(ret, path, NULL, e);
}

void bundle_close(struct bundle *b)
{
    if (!b)
        return;
    zip_close(b->inner);
    bytes_release(&b->plain);
    container_close(&b->container);
    bundle_document_free(b->document);
    certificate_free(b->certificate);
    free(b);
}

const struct bundle_document *bundle_document_of(const struct bundle *b)
{
    return b->document;
}

const struct certificate *bundle_certificate(const struct bundle *b)
{
    return b->certificate;
}

const uint8_t *bundle_hash(const struct bundle *b)
{
    return b->hash;
}

int bundle_unseal(struct bundle *b, const struct age_identity *id, size_t n_ids, const struct zip **ret,
                  struct err *e)
{
    int r = 0;
    if (!b->inner) {
        r = age_open(zip_get(b->container.zip, "results.age"), id, n_ids, &b->plain, e);
        if (r == 0)
            r = zip_open_span(&b->inner, bytes_span(&b->plain), e);
        if (r < 0)
            return err_within(e, "results.age");
    }
    *ret = b->inner;
    return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include "tests/client/room/room-kit.h"

struct certificate_chain kit_certify(const struct world *w, struct arena *a,
                                     const struct minisign_secret *key, const char *kind, const char *name,
                                     const char *room)
{
    struct err e;
    struct certificate *c = certificate_new();
    struct bytes document = {0}, signature = {0};
    char comment[64];
    assert_true(certificate_kind_parse(kind, &c->kind));
    c->serial = "0123456789abcdef";
    c->name = name;
    c->site = "S1";
    c->room = room;
    c->from = "2026-01-01T00:00:00+08:00";
    c->until = "2027-12-31T00:00:00+08:00";
    minisign_secret_public(key, &c->key);
    assert_done(certificate_write(c, &document, &e), e);
    assert_done(minisign_sign(&w->officer, bytes_span(&document),
                              certificate_comment(c, comment, sizeof comment), &signature, &e),
                e);
    struct certificate_chain chain = {
        .certificate = span_of(arena_copy(a, document.p, document.n), document.n),
        .signature = span_of(arena_copy(a, signature.p, signature.n), signature.n)};
    bytes_release(&document);
    bytes_release(&signature);
    certificate_free(c);
    return chain;
}

struct certificate_chain kit_certificate(const struct world *w, struct arena *a, const char *kind,
                                         const char *name, const char *room)
{
    return kit_certify(w, a, &w->station_key, kind, name, room);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* What is sealed in a bundle, opened with O or R: every journal's chain, its ends against those that the
 * bundle lists, and the stations' signatures of them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "exam-packages/audit/bundles.h"
#include "exam-packages/journal-fold.h"

/* What was found in all journals of a bundle: the first fault of each kind. */
struct found {
    struct err heads, chain, seals;
    size_t unsigned_ends;
    const struct revoked *revoked;
    const char *revoked_name;
    const char *unsigned_ticket;
};

static void fault(struct err *first, enum err_kind kind, const char *where, const char *what)
{
    if (first->kind == ERR_NONE)
        err_set(first, kind, where, "%s", what);
}

static bool heads_fit(const struct journal *j, const struct bundle_sitting *told,
                      const struct bundle_document *d)
{
    bool same = journal_epochs(j) == told->n_epochs;
    for (size_t i = 0; same && i < told->n_epochs; i++) {
        int64_t seq;
        uint8_t hash[32];
        const struct journal_epoch *epoch = journal_epoch(j, i);
        same = journal_epoch_end(j, i, &seq, hash) ? seq == told->epoch[i].seq : told->epoch[i].seq == 0;
        same = same && epoch->epoch == told->epoch[i].number && strcmp(epoch->ticket, told->ticket) == 0 &&
               strcmp(epoch->session, d->session) == 0 && memcmp(epoch->package, d->package, 32) == 0 &&
               (seq == 0 || memcmp(hash, told->epoch[i].head, sizeof hash) == 0);
    }
    return same;
}

static int check_key(const struct journal_epoch *start, const struct certificate *c, struct err *e)
{
    bool same = certificate_is_machine(c) && memcmp(start->station, "Ed", 2) == 0 &&
                memcmp(start->station + 2, c->key.id, sizeof c->key.id) == 0 &&
                memcmp(start->station + 10, c->key.pk, sizeof c->key.pk) == 0;
    return same ? 0 : err_set(e, ERR_NO, start->ticket, _("the end was signed by another station"));
}

static int check_seal(const struct audit *a, const struct journal *j, size_t i,
                      const struct journal_seal *seal, struct found *f, struct err *e)
{
    const struct journal_epoch *start = journal_epoch(j, i);
    const struct certificate_chain chain = {.certificate = seal->certificate,
                                            .signature = seal->certificate_signature,
                                            .issuer = seal->issuer.n ? seal->issuer : (struct span){0},
                                            .issuer_signature = seal->issuer_signature};
    struct certificate *c = NULL;
    struct bytes body = {0};
    int64_t seq = 0;
    uint8_t head[32];
    const struct revoked *revoked = NULL;
    int r = trust_read_certificate(a->trust, &chain, &c, &revoked, e);
    if (revoked) {
        f->revoked = revoked;
        f->revoked_name = arena_strdup(a->arena, c->name);
    }
    if (r == 0)
        r = check_key(start, c, e);
    journal_seal_body(start, seal->seq, seal->head, &body);
    if (r == 0)
        r = minisign_verify(bytes_span(&body), seal->signature, &c->key, NULL, e);
    if (r == 0 &&
        (!journal_epoch_end(j, i, &seq, head) || seq != seal->seq || memcmp(head, seal->head, 32) != 0))
        r = err_set(e, ERR_NO, start->ticket, _("the station signed another end"));
    certificate_free(c);
    bytes_release(&body);
    return r;
}

static void look_at_seals(const struct audit *a, const struct journal *j, const char *ticket, struct found *f)
{
    struct err e = {0};
    struct journal_seal seal;
    for (size_t i = 0; i < journal_epochs(j); i++)
        if (journal_epoch_seal(j, i, &seal)) {
            if (a->trust && check_seal(a, j, i, &seal, f, &e) < 0)
                fault(&f->seals, ERR_NO, ticket, e.what);
        } else if (i + 1 == journal_epochs(j)) {
            f->unsigned_ends++;
            f->unsigned_ticket = ticket;
        }
}

static void look_at(const struct audit *a, const struct bundle_sitting *told, const struct bundle_document *d,
                    const struct zip *inner, struct found *f)
{
    struct err e = {0};
    struct journal *j = NULL;
    struct journal_work work = {0};
    const char *name = arena_printf(a->arena, "journals/%s.journal", told->ticket);
    struct span data = zip_get(inner, name);
    int r = data.p
                ? journal_open_bytes(&j, name, data, &e)
                : err_set(&e, ERR_NO, name, _("is not in the bundle, though bundle.xml lists its sitting"));
    if (r < 0)
        fault(&f->heads, ERR_DATA, told->ticket, e.what);
    if (r < 0 && data.p)
        fault(&f->chain, ERR_DATA, told->ticket, e.what);
    else if (j && !heads_fit(j, told, d))
        fault(&f->heads, ERR_NO, told->ticket, _("is not what bundle.xml says of it"));
    if (j) {
        r = journal_unseal(j, a->in->id, a->in->n_ids, &e);
        if (r == 0)
            r = journal_fold(j, &work, &e);
        if (r < 0)
            fault(&f->chain, ERR_DATA, told->ticket, e.what);
        look_at_seals(a, j, told->ticket, f);
    }
    journal_work_release(&work);
    journal_close(j);
}

static void look_for_others(const struct bundle_document *d, const struct zip *inner, struct found *f)
{
    size_t n = 0;
    for (size_t i = 0; i < zip_count(inner); i++)
        n += strncmp(zip_name(inner, i), "journals/", 9) == 0;
    if (n != d->n_sittings)
        fault(&f->heads, ERR_NO, "journals", _("there are others than bundle.xml lists"));
}

static void tell_heads(struct audit *a, const char *name, const struct found *f, size_t n)
{
    const char *command = arena_printf(
        a->arena,
        "( cd \"$work\"/%s && p=\"%s\" && test \"$(cat bundle.xml | " AUDIT_HEADS
        " | sed \"s/\\$/ $p/\")\" = \"$(for j in"
        " results/journals/*; do sqlite3 -safe -separator ' ' \"file:$j?immutable=1\" \"SELECT e.ticket,"
        " e.epoch, v.seq,"
        " lower(hex(v.hash)), lower(hex(e.package)) FROM epoch e JOIN event v ON v.epoch = e.epoch AND"
        " v.seq ="
        " (SELECT max(seq) FROM event WHERE epoch = e.epoch) ORDER BY e.epoch\"; done)\" )",
        name, audit_attribute(a, "bundle.xml", "package"));
    audit_tell(a, -(int)f->heads.kind, &f->heads, command,
               _("%s: its journals (%zu) end with the events that the station listed"), name, n);
}

static void tell_chain(struct audit *a, const char *name, const struct found *f, size_t n)
{
    const char *command = arena_printf(a->arena,
                                       "python3 \"$work\"/journal-chain.py \"$identity\" \"$work\"/%s/seals"
                                       " \"$work\"/%s/results/journals/*",
                                       name, name);
    audit_tell(a, -(int)f->chain.kind, &f->chain, command,
               _("%s: in its journals (%zu) no event is edited, missing or out of place"), name, n);
}

static void tell_seals(struct audit *a, const char *name, const struct found *f)
{
    if (!a->trust) {
        audit_unseen(a, _("%s: who signed the ends: the list of officers does not verify"), name);
        return;
    }
    const char *folder = arena_printf(a->arena, "\"$work\"/%s/seals", name);
    const char *each =
        " && s=${c%.certificate.xml} && test \"$(key \"$c\")\" = \"$(cat \"$s.key\")\" && minisign -V -H -q -P"
        " \"$(cat \"$s.key\")\" -m \"$s.seal\" -x \"$s.seal.minisig\"";
    audit_tell(a, -(int)f->seals.kind, &f->seals, audit_certified(a, folder, each),
               _("%s: the ends that stations signed are so signed, by stations that the office vouches for"),
               name);
}

static void tell_unsigned(struct audit *a, const char *name, const struct found *f)
{
    struct err e = {0};
    int r = f->unsigned_ends == 0
                ? 0
                : err_set(&e, ERR_NO, f->unsigned_ticket, _("%zu ends nobody signed"), f->unsigned_ends);
    audit_remark(
        a, r, &e,
        arena_printf(
            a->arena,
            "( for j in \"$work\"/%s/results/journals/*; do test \"$(sqlite3 -safe \"file:$j?immutable=1\""
            " 'SELECT count(*) FROM seal WHERE epoch = (SELECT max(epoch) FROM epoch)')\" = 1 || exit 1;"
            " done )",
            name),
        _("%s: the end of every sitting is signed"), name);
}

static void tell_journals(struct audit *a, const char *name, const struct bundle_document *d,
                          const struct zip *inner)
{
    struct found f = {0};
    for (size_t i = 0; i < d->n_sittings; i++)
        look_at(a, &d->sitting[i], d, inner, &f);
    look_for_others(d, inner, &f);
    if (d->n_sittings == 0 && f.heads.kind == ERR_NONE)
        return;
    tell_heads(a, name, &f, d->n_sittings);
    tell_chain(a, name, &f, d->n_sittings);
    tell_seals(a, name, &f);
    tell_unsigned(a, name, &f);
}

void audit_opened_bundle(struct audit *a, struct audit_walk *w, const char *name, const char *path,
                         struct bundle *b, const struct audit_package *p)
{
    struct err e = {0};
    const struct zip *inner;
    int r = a->in->n_ids ? bundle_unseal(b, a->in->id, a->in->n_ids, &inner, &e) : -ERR_NO;
    if (a->in->n_ids == 0 || (r < 0 && e.code == AGE_NO_MATCH)) {
        audit_unseen(a, _("%s: its journals and scores: they open with the results identity O or with R"),
                     name);
        return;
    }
    const char *at = arena_printf(a->arena, "\"$work\"/%s/results", name);
    const char *command = arena_printf(
        a->arena, "age -d -i \"$identity\" -o %s.zip %s.age && unzip -tqq %s.zip && unzip -qqo %s.zip -d %s",
        at, at, at, at, at);
    if (!audit_tell(a, r, &e, command, _("%s: results.age opens"), name))
        return;
    tell_journals(a, name, bundle_document_of(b), inner);
    audit_closing(a, w, name, b, inner);
    audit_scores(a, name, path, bundle_document_of(b), inner, p);
}

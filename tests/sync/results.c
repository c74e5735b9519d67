/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/sync/results.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "exam-packages/close-record.h"
#include "exam-packages/journal-order.h"
#include "scoring/record.h"
#include "tests/check.h"

static struct err e;

void results_open(struct results_room *r)
{
    *r = (struct results_room){0};
    world_new(&r->world, 1);
    assert_done(minisign_new(&r->machine, &e), e);
}

void results_close(struct results_room *r)
{
    for (size_t i = 0; i < r->n; i++) {
        bytes_release(&r->j_age[i]);
        journal_keys_wipe(&r->keys[i]);
    }
    minisign_secret_free(&r->machine);
    world_free(&r->world);
}

static size_t keys_of(struct results_room *r, const char *ticket)
{
    struct secret j = {0};
    struct age_recipient to[2];
    for (size_t i = 0; i < r->n; i++)
        if (strcmp(r->ticket[i], ticket) == 0)
            return i;
    assert_true(r->n < 4);
    assert_done(secret_new(&j, 32, &e), e);
    secret_random(&j);
    age_identity_recipient(&r->world.results, &to[0]);
    age_identity_recipient(&r->world.recovery, &to[1]);
    assert_done(age_seal(secret_span(&j), to, 2, &r->j_age[r->n], &e), e);
    journal_keys_derive(&j, &r->keys[r->n]);
    secret_free(&j);
    r->ticket[r->n] = ticket;
    return r->n++;
}

static struct journal_epoch start_of(struct results_room *r, const struct sat *s, const struct minisign_secret *station)
{
    struct minisign_public pub;
    size_t k = keys_of(r, s->ticket);
    struct journal_epoch start = {.epoch = 1, .session = s->other_session ? "pm" : "am", .ticket = s->ticket, .form = "A",
                                  .j_age = bytes_span(&r->j_age[k])};
    start.package[0] = s->other_package;
    minisign_secret_public(station, &pub);
    memcpy(start.station, "Ed", 2);
    memcpy(start.station + 2, pub.id, sizeof pub.id);
    memcpy(start.station + 10, pub.pk, sizeof pub.pk);
    return start;
}

static void add(struct journal *j, int64_t used_ms, enum journal_kind kind, const char *item, struct span payload)
{
    struct journal_clock at = {.used_ms = used_ms, .mono_ms = 5000 + used_ms, .wall_ms = 1795000000000 + used_ms,
                               .boot = "5c3c9a3e-0000-4000-8000-000000000000"};
    assert_done(journal_append(j, &at, kind, item, payload, &e), e);
}

enum certified { A_STATION, A_SITE, A_ROOM };

/* A certificate for `key`, signed by `issuer`, into the arena. */
static void certify(struct arena *a, const struct minisign_secret *key, enum certified kind,
                    const struct minisign_secret *issuer, struct span *ret, struct span *ret_signature)
{
    static const char *const serial[] = {"00000000000000bb", "00000000000000aa", "00000000000000cc"};
    static const char *const name[] = {"spare", "S1", "room301"};
    struct certificate *c = certificate_new();
    struct bytes document = {0}, signature = {0};
    char comment[64];
    c->kind = kind == A_SITE ? CERTIFICATE_SITE : kind == A_ROOM ? CERTIFICATE_ROOM : CERTIFICATE_STATION;
    c->serial = serial[kind];
    c->name = name[kind];
    c->site = "S1";
    c->room = kind == A_SITE ? "" : "301";
    c->from = "2026-01-01T00:00:00+08:00";
    c->until = "2027-12-31T00:00:00+08:00";
    minisign_secret_public(key, &c->key);
    assert_done(certificate_write(c, &document, &e), e);
    assert_done(minisign_sign(issuer, bytes_span(&document), certificate_comment(c, comment, sizeof comment), &signature, &e), e);
    *ret = span_of(arena_copy(a, document.p, document.n), document.n);
    *ret_signature = span_of(arena_copy(a, signature.p, signature.n), signature.n);
    bytes_release(&document);
    bytes_release(&signature);
    certificate_free(c);
}

/* The world's stranger is the site's key here, the second officer's the spare station's. */
static struct certificate_chain chain_of(const struct results_room *r, const struct sat *s, struct arena *a)
{
    const struct world *w = &r->world;
    struct certificate_chain chain = {0};
    if (s->by_site)
        certify(a, &w->stranger, A_SITE, &w->officer, &chain.certificate, &chain.signature);
    if (!s->by_spare)
        return s->by_site ? chain : world_certificate(w, a);
    certify(a, &w->second, A_STATION, &w->stranger, &chain.certificate, &chain.signature);
    certify(a, &w->stranger, A_SITE, &w->officer, &chain.issuer, &chain.issuer_signature);
    return chain;
}

static struct certificate_chain machine_chain(const struct results_room *r, struct arena *a, bool stranger)
{
    struct certificate_chain chain = {0};
    certify(a, &r->machine, A_ROOM, stranger ? &r->world.stranger : &r->world.officer, &chain.certificate,
            &chain.signature);
    return chain;
}

/* The order of a re-seat to that epoch, packed. */
static void order_of(struct results_room *r, const struct sat *s, const struct journal_epoch *start,
                     struct bytes *ret)
{
    struct arena *a = arena_new();
    struct certificate_chain chain = machine_chain(r, a, s->moved == MOVED_BY_STRANGER);
    struct journal_order order = {.kind = JOURNAL_RESEAT,
                                  .session = start->session,
                                  .ticket = start->ticket,
                                  .serial = "000102030405060708090a0b0c0d0e0f",
                                  .reason = "smoke",
                                  .fork_epoch = start->fork_epoch,
                                  .fork_seq = start->fork_seq};
    memcpy(order.station, start->station, sizeof order.station);
    memcpy(order.fork_hash, start->fork_hash, sizeof order.fork_hash);
    if (s->moved != MOVED_BY_NOBODY)
        assert_done(journal_order_sign(&order, &r->machine, &chain, ret, &e), e);
    arena_free(a);
}

/* Begins epoch 2 at the spare station; the journal is then read to its end. */
static void move(struct results_room *r, const struct sat *s, struct journal *j, struct journal_epoch *start,
                 const struct minisign_secret *station)
{
    struct bytes order = {0}, body = {0}, signature = {0}, payload = {0};
    const struct journal_clock at = {.used_ms = 1500};
    *start = start_of(r, s, station);
    journal_head(j, &start->fork_epoch, &start->fork_seq, start->fork_hash);
    start->epoch = 2;
    order_of(r, s, start, &order);
    const struct journal_act act = {.kind = JOURNAL_RESEAT,
                                    .session = start->session,
                                    .ticket = start->ticket,
                                    .epoch = 2,
                                    .seq = 1,
                                    .reason = "smoke"};
    journal_act_body(&act, &body);
    assert_done(minisign_sign(station, bytes_span(&body), "kaochang/1 role=station act", &signature, &e), e);
    journal_act_payload(bytes_span(&body), bytes_span(&signature), bytes_span(&order), &payload);
    assert_done(journal_begin_epoch(j, start, &r->world.results, &at, bytes_span(&payload), &e), e);
    assert_done(journal_unseal(j, &r->world.results, 1, &e), e);
    assert_done(journal_read(j, NULL, NULL, &e), e);
    bytes_release(&order);
    bytes_release(&body);
    bytes_release(&signature);
    bytes_release(&payload);
}

static void sign_end(struct results_room *r, const struct sat *s, struct journal *j, const struct journal_epoch *start,
                     const struct minisign_secret *station)
{
    struct arena *a = arena_new();
    struct sat spare = {.by_spare = true};
    struct certificate_chain chain = chain_of(r, s->moved ? &spare : s, a);
    struct bytes body = {0}, signature = {0};
    struct journal_seal seal = {.certificate = chain.certificate, .certificate_signature = chain.signature,
                                .issuer = chain.issuer, .issuer_signature = chain.issuer_signature};
    journal_head(j, &seal.epoch, &seal.seq, seal.head);
    journal_seal_body(start, seal.seq, seal.head, &body);
    assert_done(minisign_sign(station, bytes_span(&body), "kaochang/1 role=station", &signature, &e), e);
    seal.signature = bytes_span(&signature);
    assert_done(journal_put_seal(j, &seal, &e), e);
    bytes_release(&body);
    bytes_release(&signature);
    arena_free(a);
}

/* The journal stays in the world's folder: a later, longer one continues it, so that the earlier copy is its prefix. */
static struct bytes journal_of(struct results_room *r, const struct sat *s,
                               const struct minisign_secret *station, struct bundle_epoch ret_epoch[2])
{
    struct journal_epoch start = start_of(r, s, station);
    char *name = mem_printf("%s-%s.journal", s->other_session ? "pm" : "am", s->ticket);
    char *path = world_path(&r->world, name), *copy = world_path(&r->world, "copy.journal");
    struct journal *j = NULL;
    bool fresh = !file_exists(path);
    if (fresh)
        assert_done(journal_create(path, &start, NULL, &e), e);
    assert_done(journal_open(&j, path, &r->keys[keys_of(r, s->ticket)], NULL, &e), e);
    assert_done(journal_read(j, NULL, NULL, &e), e);
    if (fresh)
        add(j, 0, JOURNAL_START, "", span_str("start"));
    int64_t epoch, seq;
    uint8_t head[32];
    for (journal_head(j, &epoch, &seq, head); seq <= s->answers; seq++)
        add(j, seq * 1000, JOURNAL_ANSWER, "k001", span_str("answer"));
    if (s->moved) {
        journal_head(j, &ret_epoch[0].number, &ret_epoch[0].seq, ret_epoch[0].head);
        move(r, s, j, &start, station = &r->world.second);
        add(j, 2000, JOURNAL_ANSWER, "k001", span_str("answer elsewhere"));
        ret_epoch++;
    }
    if (!s->unsigned_end) {
        add(j, seq * 1000, JOURNAL_HAND_IN, "", (struct span){0});
        sign_end(r, s, j, &start, station);
    }
    journal_head(j, &ret_epoch->number, &ret_epoch->seq, ret_epoch->head);
    assert_done(journal_copy(j, copy, &e), e);
    journal_close(j);
    struct bytes data = world_read(copy);
    unlink(copy);
    free(copy);
    free(path);
    free(name);
    return data;
}

static struct bytes record_of(const struct sat *s, const struct bundle_epoch *epoch)
{
    struct score_item item = {.id = "k001", .version = 1, .points = {s->points * 1000}, .maximum = {100000},
                              .rule = "match_correct", .evidence = "answered B; correct B"};
    struct score_record record = {.ruleset = "kaochang-1", .session = "am", .form = "A", .ticket = s->ticket,
                                  .epoch = epoch->number, .seq = epoch->seq + s->other_record, .points = item.points,
                                  .maximum = item.maximum, .item = &item, .n_items = 1};
    struct bytes out = {0};
    memcpy(record.hash, epoch->head, sizeof record.hash);
    assert_done(score_record_write(&record, &out, &e), e);
    return out;
}

/* The CLOSE record of what is in the bundle, and its signature. */
static size_t put_closing(const struct results_room *r, const struct bundle_document *d,
                          const struct minisign_secret *key, struct bundle_file *file, struct bytes data[2])
{
    struct close_sitting sitting[4];
    struct close_record c = {.session = d->session,
                             .site = d->site,
                             .room = r->closed_for,
                             .registered = 4,
                             .count = (int64_t)d->n_sittings,
                             .sitting = sitting,
                             .n = d->n_sittings};
    struct signatures signatures = {0};
    for (size_t i = 0; i < d->n_sittings; i++) {
        const struct bundle_epoch *last = &d->sitting[i].epoch[d->sitting[i].n_epochs - 1];
        sitting[i] = (struct close_sitting){
            .ticket = d->sitting[i].ticket, .epoch = last->number, .seq = last->seq, .status = "handed-in"};
        memcpy(sitting[i].head, last->head, sizeof last->head);
    }
    assert_done(close_record_write(&c, &data[0], &e), e);
    assert_done(signatures_make(&signatures, d->arena, bytes_span(&data[0]),
                                "kaochang/1 role=close session=am room=301",
                                r->closed_by_stranger ? &r->world.stranger : key, 1, &e),
                e);
    bytes_add(&data[1], signatures.list[0].file.p, signatures.list[0].file.n);
    file[0].name = "room/close.xml";
    file[1].name = arena_printf(d->arena, "room/close.xml.%s.minisig", signatures.list[0].keyid);
    return 2;
}

char *results_bundle(struct results_room *r, const char *file, const struct sat *sat, size_t n,
                     const struct minisign_secret *key)
{
    struct bundle_document *d = bundle_document_new();
    struct certificate_chain chain =
        r->by_machine ? machine_chain(r, d->arena, false) : world_certificate(&r->world, d->arena);
    struct bundle_epoch epoch[4][2] = {0};
    struct bundle_sitting sitting[4];
    struct bundle_file files[11];
    struct bytes data[11] = {0};
    struct age_recipient to[2];
    size_t n_files = 0;
    uint8_t hash[32];
    d->session = "am";
    d->station = r->by_machine ? "room301" : "st01";
    d->site = "S1";
    d->room = "301";
    d->sitting = sitting;
    for (size_t i = 0; i < n; i++) {
        const struct world *w = &r->world;
        data[n_files] = journal_of(r, &sat[i],
                                   sat[i].by_spare  ? &w->second
                                   : sat[i].by_site ? &w->stranger
                                                    : &w->station_key,
                                   epoch[i]);
        files[n_files].name = arena_printf(d->arena, "journals/%s.journal", sat[i].ticket);
        if (!sat[i].no_journal)
            n_files++;
        if (sat[i].scored) {
            data[n_files] = record_of(&sat[i], &epoch[i][sat[i].moved ? 1 : 0]);
            files[n_files++].name = arena_printf(d->arena, "scores/%s.xml", sat[i].ticket);
        }
        epoch[i][0].head[0] ^= sat[i].wrong_head;
        if (!sat[i].unlisted)
            sitting[d->n_sittings++] = (struct bundle_sitting){
                .ticket = sat[i].ticket, .epoch = epoch[i], .n_epochs = sat[i].moved ? 2 : 1};
    }
    bytes_str(&data[n_files], "<minutes xmlns=\"urn:kaochang:minutes:1\"></minutes>\n");
    files[n_files++].name = "room/minutes.xml"; /* for people and auditors: the intake passes over it */
    if (r->closed_for)
        n_files += put_closing(r, d, key, &files[n_files], &data[n_files]);
    for (size_t i = 0; i < n_files; i++)
        files[i].data = bytes_span(&data[i]);
    age_identity_recipient(&r->world.results, &to[0]);
    age_identity_recipient(&r->world.recovery, &to[1]);
    char *path = world_path(&r->world, file);
    assert_done(bundle_write(d, files, n_files, to, 2, key, &chain, path, hash, &e), e);
    for (size_t i = 0; i < 11; i++)
        bytes_release(&data[i]);
    bundle_document_free(d);
    return path;
}

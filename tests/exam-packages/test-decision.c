/* SPDX-License-Identifier: Apache-2.0 */
/* Decisions of people: what one says, and who must have signed it. */
#include "tests/check.h"

#include <stdlib.h>

#include "base/file.h"
#include "base/mem.h"
#include "exam-packages/decision-file.h"
#include "tests/exam-packages/world.h"

static struct err e;

enum { CHIEF, E01, E02, E03, AFAR, PEOPLE };
static const char *const names[PEOPLE] = {"chief-wang", "E01", "E02", "E01", "E09"};
static const char *const rooms[PEOPLE] = {"", "301", "301", "301", "302"};

struct state {
    struct world w;
    struct minisign_secret key[PEOPLE];
    char *certificate[PEOPLE];
    char *path;
};

static void certify_until(struct state *s, int i, const char *until)
{
    struct certificate *c = certificate_new();
    struct bytes document = {0};
    struct signatures signatures;
    char comment[64], *name = mem_printf("p%d.certificate.xml", i);
    c->kind = i == CHIEF ? CERTIFICATE_CHIEF : CERTIFICATE_RATER;
    c->serial = arena_printf(c->arena, "%016x", i + 1);
    c->name = names[i];
    c->site = "S1";
    c->room = rooms[i];
    c->from = "2026-01-01T00:00:00+08:00";
    c->until = until;
    minisign_secret_public(&s->key[i], &c->key);
    assert_done(certificate_write(c, &document, &e), e);
    assert_done(signatures_make(&signatures, c->arena, bytes_span(&document),
                                certificate_comment(c, comment, sizeof comment), &s->w.officer, 1, &e),
                e);
    assert_done(signatures_save_document(s->w.dir, name, bytes_span(&document), &signatures, &e), e);
    free(s->certificate[i]);
    s->certificate[i] = world_path(&s->w, name);
    bytes_release(&document);
    certificate_free(c);
    free(name);
}

static int setup(void **state)
{
    struct state *s = mem_alloc(sizeof *s);
    world_new(&s->w, 1);
    for (int i = 0; i < PEOPLE; i++) {
        s->key[i] = (struct minisign_secret){0};
        s->certificate[i] = NULL;
        assert_done(minisign_new(&s->key[i], &e), e);
        certify_until(s, i, "2027-12-31T00:00:00+08:00");
    }
    s->path = NULL;
    *state = s;
    return 0;
}

static int teardown(void **state)
{
    struct state *s = *state;
    for (int i = 0; i < PEOPLE; i++) {
        minisign_secret_free(&s->key[i]);
        free(s->certificate[i]);
    }
    world_free(&s->w);
    free(s->path);
    free(s);
    return 0;
}

static uint8_t seen[2][DECISION_HASH] = {{1}, {2}};
static struct decision_step steps[] = {{3, {2000}, {1000}}, {5, {0}, {500}}};

static struct decision *example(enum decision_kind kind)
{
    struct decision *d = decision_new();
    d->kind = kind;
    d->session = "lab1";
    d->ticket = "20260001";
    d->serial = "00112233445566aa";
    d->date = "2026-11-22";
    d->before_status = "rated";
    d->has_before = true;
    d->before = points_milli(14500);
    d->reason = "The lamp had no spirit; step 3 was rated again <before> the candidate left.\nSeen by all.";
    d->saw = seen;
    d->n_saw = 2;
    if (kind == DECISION_SHEET) {
        d->has_before = false;
        d->before_status = "";
        d->rater = "E01";
        d->rating = span_str("<rating xmlns=\"x\">\n<s/></rating>\n");
        return d;
    }
    if (kind == DECISION_STATUS) {
        d->status = "breach";
        d->article = "5-3";
        return d;
    }
    d->has_total = true;
    d->total = points_milli(kind == DECISION_RECHECK ? 14500 : 14000);
    if (kind == DECISION_CHANGE) {
        d->step = steps;
        d->n_steps = 2;
    }
    return d;
}

/* Writes it to a new file of the world. */
static void put(struct state *s, enum decision_kind kind)
{
    static int number;
    char *name = mem_printf("d%d.xml", number++);
    struct decision *d = example(kind);
    free(s->path);
    s->path = world_path(&s->w, name);
    assert_done(decision_file_put(s->path, d, &e), e);
    decision_free(d);
    free(name);
}

static void sign(struct state *s, int who)
{
    assert_done(decision_file_sign(s->path, &s->key[who], s->certificate[who], &e), e);
}

static int verify(struct state *s)
{
    struct decision_file f = {0};
    struct decision_signer who[DECISION_MAX_SIGNERS];
    size_t n = 0;
    assert_done(decision_file_load(&f, s->path, &e), e);
    int r = decision_verify(f.decision, f.document, &f.signatures, f.certificate, f.n_certificates, s->w.trust,
                            "S1", "301", who, &n, &e);
    decision_file_release(&f);
    return r;
}

static void every_kind_reads_back_as_it_was_written(void **state)
{
    (void)state;
    for (int k = 0; k < DECISION_KINDS; k++) {
        struct decision *d = example((enum decision_kind)k), *back = NULL;
        struct bytes out = {0};
        assert_done(decision_write(d, &out, &e), e);
        assert_done(decision_read(&back, "d.xml", bytes_span(&out), &e), e);
        assert_int_equal(back->kind, k);
        assert_string_equal(back->reason, d->reason);
        assert_int_equal(back->n_saw, 2);
        assert_true(span_equal(back->rating, d->rating));
        assert_int_equal(back->total.milli, d->total.milli);
        decision_free(d);
        decision_free(back);
        bytes_release(&out);
    }
}

static void spoilt(enum decision_kind kind, void (*spoil)(struct decision *), const char *why)
{
    struct decision *d = example(kind);
    spoil(d);
    assert_refused(decision_check(d, &e), ERR_DATA, why, e);
    decision_free(d);
}

static void no_reason(struct decision *d)
{
    d->reason = " \n";
}

static void other_total(struct decision *d)
{
    d->total.milli++;
}

static void no_article(struct decision *d)
{
    d->article = "";
}

static void absent_with_mark(struct decision *d)
{
    d->status = "absent";
}

static void steps_out_of_order(struct decision *d)
{
    d->n_steps = 2;
    d->step = (struct decision_step[]){{5, {0}, {1}}, {3, {0}, {1}}};
    d->step = arena_copy(d->arena, d->step, 2 * sizeof *d->step);
}

static void sheet_with_mark(struct decision *d)
{
    d->has_total = true;
}

static void video_without_hash(struct decision *d)
{
    d->video = "camera3/0915.mp4";
}

static void sees_twice(struct decision *d)
{
    static uint8_t twice[2][DECISION_HASH];
    d->saw = twice;
}

static void what_contradicts_itself_is_refused(void **state)
{
    (void)state;
    spoilt(DECISION_CHANGE, no_reason, "gives its reason");
    spoilt(DECISION_RECHECK, other_total, "the mark stands");
    spoilt(DECISION_STATUS, no_article, "names its article");
    spoilt(DECISION_CHIEF, absent_with_mark, "has none");
    spoilt(DECISION_CHANGE, steps_out_of_order, "in order");
    spoilt(DECISION_SHEET, sheet_with_mark, "decides nothing besides");
    spoilt(DECISION_APPEAL, video_without_hash, "with its BLAKE2b-512");
    spoilt(DECISION_CHANGE, sees_twice, "each once");
}

static void a_changed_score_needs_the_chief_and_two_raters_of_the_room(void **state)
{
    struct state *s = *state;
    put(s, DECISION_CHANGE);
    assert_refused(verify(s), ERR_NO, "the chief and two raters", e);
    sign(s, CHIEF);
    assert_refused(verify(s), ERR_NO, "two raters of the room", e);
    sign(s, E01);
    assert_refused(verify(s), ERR_NO, "signed by: E01, chief-wang", e);
    sign(s, AFAR);
    assert_refused(verify(s), ERR_NO, "two raters of the room", e);
    sign(s, E02);
    assert_done(verify(s), e);
}

static void nobody_counts_twice_under_two_keys(void **state)
{
    struct state *s = *state;
    put(s, DECISION_CHANGE);
    sign(s, CHIEF);
    sign(s, E01);
    sign(s, E03);
    assert_refused(verify(s), ERR_NO, "two raters of the room", e);
}

static void each_kind_has_its_own_signers(void **state)
{
    struct state *s = *state;
    put(s, DECISION_RECHECK);
    sign(s, E01);
    assert_refused(verify(s), ERR_NO, "two raters of the room, or the chief", e);
    sign(s, E02);
    assert_done(verify(s), e);
    put(s, DECISION_STATUS);
    sign(s, E01);
    sign(s, E02);
    assert_refused(verify(s), ERR_NO, "the chief must sign", e);
    put(s, DECISION_CHIEF);
    sign(s, CHIEF);
    assert_refused(verify(s), ERR_NO, "a rater of the room", e);
    put(s, DECISION_APPEAL);
    sign(s, CHIEF);
    assert_refused(verify(s), ERR_NO, "an officer must sign", e);
    assert_done(decision_file_sign(s->path, &s->w.officer, NULL, &e), e);
    assert_done(verify(s), e);
    put(s, DECISION_SHEET);
    sign(s, AFAR);
    assert_refused(verify(s), ERR_NO, "the two who typed", e);
    assert_done(decision_file_sign(s->path, &s->w.officer, NULL, &e), e);
    assert_done(verify(s), e);
}

static void a_signature_for_something_else_refuses_the_decision(void **state)
{
    struct state *s = *state;
    struct minisign_public key;
    struct bytes other = {0};
    char id[MINISIGN_ID_TEXT];
    put(s, DECISION_RECHECK);
    sign(s, CHIEF);
    minisign_secret_public(&s->key[CHIEF], &key);
    assert_done(minisign_sign(&s->key[CHIEF], span_str("other"), "kaochang/1 role=decision session=lab1", &other,
                              &e),
                e);
    char *path = mem_printf("%s.%s.minisig", s->path, minisign_id_text(key.id, id));
    world_write(path, bytes_span(&other));
    assert_true(verify(s) < 0);
    free(path);
    bytes_release(&other);
}

static void a_key_signs_with_its_own_certificate_only(void **state)
{
    struct state *s = *state;
    put(s, DECISION_RECHECK);
    assert_refused(decision_file_sign(s->path, &s->key[E02], s->certificate[E01], &e), ERR_NO,
                   "is not the certificate of the person", e);
}

static void a_certificate_that_had_ended_decides_nothing(void **state)
{
    struct state *s = *state;
    certify_until(s, E02, "2026-11-21T23:59:59+08:00");
    put(s, DECISION_RECHECK);
    sign(s, E01);
    sign(s, E02);
    assert_refused(verify(s), ERR_NO, "of 2026-01-01 to 2026-11-21, and the decision is dated 2026-11-22", e);
}

/* The office revokes the certificate of E02. */
static void revoke_e02(struct state *s, const char *since)
{
    struct targets *next = NULL;
    struct revoked r = {.serial = "0000000000000003", .since = since, .reason = "took a gift"};
    assert_done(trust_copy_targets(s->w.trust, &next, &e), e);
    assert_done(targets_revoke(next, &r, &e), e);
    assert_done(trust_amend(s->w.trust, next, &s->w.officer, 1, &e), e);
    targets_free(next);
}

static void attack_a_revoked_rater_decides_and_what_was_decided_before_stands(void **state)
{
    struct state *s = *state;
    certify_until(s, E02, "2027-12-31T00:00:00+08:00");
    put(s, DECISION_RECHECK);
    sign(s, E01);
    sign(s, E02);
    revoke_e02(s, "2026-11-23T00:00:00+08:00");
    assert_done(verify(s), e);
    struct targets *next = NULL;
    assert_done(trust_copy_targets(s->w.trust, &next, &e), e);
    next->revoked[0].since = "2026-11-22T00:00:00+08:00";
    assert_done(trust_amend(s->w.trust, next, &s->w.officer, 1, &e), e);
    targets_free(next);
    assert_refused(verify(s), ERR_NO, "took a gift", e);
    assert_int_equal(e.code, TRUST_REVOKED);
}

static void a_site_vouches_for_no_person(void **state)
{
    struct state *s = *state;
    struct arena *a = arena_new();
    struct certificate *got = NULL;
    struct bytes person = world_read(s->certificate[E01]), site = {0}, by_site = {0}, by_officer = {0};
    struct certificate *c = certificate_new();
    char comment[64];
    c->kind = CERTIFICATE_SITE;
    c->serial = "00000000000000aa";
    c->name = c->site = "S1";
    c->from = "2026-01-01T00:00:00+08:00";
    c->until = "2027-12-31T00:00:00+08:00";
    minisign_secret_public(&s->w.second, &c->key);
    assert_done(certificate_write(c, &site, &e), e);
    assert_done(minisign_sign(&s->w.officer, bytes_span(&site), certificate_comment(c, comment, sizeof comment),
                              &by_officer, &e),
                e);
    assert_done(minisign_sign(&s->w.second, bytes_span(&person),
                              "kaochang/1 role=certificate serial=0000000000000002", &by_site, &e),
                e);
    struct certificate_chain chain = {bytes_span(&person), bytes_span(&by_site), bytes_span(&site),
                                      bytes_span(&by_officer)};
    assert_refused(trust_check_certificate(s->w.trust, &chain, &got, &e), ERR_NO, "may not certify", e);
    certificate_free(c);
    bytes_release(&person);
    bytes_release(&site);
    bytes_release(&by_site);
    bytes_release(&by_officer);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_reads_back_as_it_was_written),
        cmocka_unit_test(what_contradicts_itself_is_refused),
        cmocka_unit_test(a_changed_score_needs_the_chief_and_two_raters_of_the_room),
        cmocka_unit_test(nobody_counts_twice_under_two_keys),
        cmocka_unit_test(each_kind_has_its_own_signers),
        cmocka_unit_test(a_signature_for_something_else_refuses_the_decision),
        cmocka_unit_test(a_key_signs_with_its_own_certificate_only),
        cmocka_unit_test(a_site_vouches_for_no_person),
        cmocka_unit_test(a_certificate_that_had_ended_decides_nothing),
        /* the last one: the revocation stays */
        cmocka_unit_test(attack_a_revoked_rater_decides_and_what_was_decided_before_stands),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}

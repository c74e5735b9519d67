/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/sync/lab.h"

#include <stdlib.h>

#include "sync/lab.h"
#include "sync/pack.h"
#include "tests/check.h"

static struct err e;

const char made_lab_plan[] =
    "<lab xmlns=\"urn:kaochang:lab:1\" id=\"lab\" title=\"Lab\" interval=\"300\" raters=\"2\" tolerance=\"1\" "
    "round=\"0.5\" dispute=\"third\" recheck=\"2\"><exemption name=\"injury\" points=\"3\">cannot stand</exemption>"
    "<rubric xmlns=\"urn:kaochang:rubric:1\" id=\"P9\" version=\"1\" subject=\"physics\" title=\"Small\" minutes=\"15\" "
    "total=\"5\"><step title=\"wire\" points=\"3\" mode=\"deduct\"><slip code=\"a\" minus=\"2\">switch shut</slip>"
    "<slip code=\"b\" minus=\"1\">wrong range</slip></step><step title=\"read\" points=\"2\" mode=\"all\">"
    "<slip code=\"a\">eye not level</slip></step></rubric></lab>\n";

void made_lab_roster(struct store *s)
{
    struct roster *r = roster_new();
    struct bytes out = {0};
    static const struct {
        const char *id, *room;
        int64_t order;
    } raters[] = {{"A", "301", 1}, {"B", "301", 2}, {"C", "301", 3}, {"Z", "302", 1}};
    r->session = "am1";
    r->site = "";
    r->room = arena_array(r->arena, 2, sizeof *r->room);
    r->room[0] = (struct roster_room){.site = "S01", .id = "301", .name = "301", .seats = 4, .benches = 4};
    r->room[1] = (struct roster_room){.site = "S01", .id = "302", .name = "302", .seats = 4, .benches = 4};
    r->n_rooms = 2;
    r->candidate = arena_array(r->arena, 4, sizeof *r->candidate);
    for (int i = 0; i < 4; i++)
        r->candidate[r->n_candidates++] =
            (struct roster_candidate){.ticket = arena_printf(r->arena, "T%d", i + 1),
                                      .name = "N",
                                      .id_number = "",
                                      .county = "",
                                      .school = "",
                                      .site = "S01",
                                      .room = "301",
                                      .seat = i + 1,
                                      .form = "P9"};
    r->rater = arena_array(r->arena, 4, sizeof *r->rater);
    for (int i = 0; i < 4; i++)
        r->rater[r->n_raters++] = (struct roster_rater){.id = raters[i].id,
                                                        .name = "R",
                                                        .school = "",
                                                        .site = "S01",
                                                        .room = raters[i].room,
                                                        .from = 1,
                                                        .to = 4,
                                                        .order = raters[i].order};
    assert_done(roster_write(r, &out, &e), e);
    assert_done(store_put_roster(s, r, bytes_span(&out), &e), e);
    bytes_release(&out);
    roster_free(r);
}

int made_lab_open(void **state)
{
    struct made_lab *f = calloc(1, sizeof *f);
    f->store = made_store(f->path);
    f->arena = arena_new();
    assert_done(lab_plan_read(&f->plan, "lab.xml", span_str(made_lab_plan), &e), e);
    made_lab_roster(f->store);
    assert_done(store_put_plan(f->store, "am1", span_str(made_lab_plan), &e), e);
    *state = f;
    return 0;
}

int made_lab_close(void **state)
{
    struct made_lab *f = *state;
    made_remove(f->store, f->path);
    lab_plan_free(f->plan);
    arena_free(f->arena);
    free(f);
    return 0;
}

struct rating made_rating(struct made_lab *f, int points)
{
    static const uint32_t first[] = {3, 1, 3, 1, 2, 0}, second[] = {1, 1, 0, 0, 0, 0};
    struct rating x;
    rating_begin(&x, f->plan->rubric[0]);
    x.status = RATING_RATED;
    x.identified = x.confirmed = true;
    x.confirmed_milli = points * 1000;
    x.begun_ms = 1795000000000;
    x.step[0] = (struct rating_step){.mark = RATING_MARKED, .slips = first[points], .wall_ms = 1795000001000};
    x.step[1] =
        (struct rating_step){.mark = RATING_MARKED, .slips = second[points], .wall_ms = 1795000002000};
    return x;
}

struct rating made_status(struct made_lab *f, enum rating_status status, const char *reason)
{
    struct rating x;
    rating_begin(&x, f->plan->rubric[0]);
    x.status = status;
    x.reason = reason;
    return x;
}

struct span made_rating_bytes(struct made_lab *f, const struct rating *x)
{
    struct bytes out = {0};
    assert_done(rating_write(x, &out, &e), e);
    struct span s = span_of(arena_copy(f->arena, out.p, out.n), out.n);
    bytes_release(&out);
    return s;
}

void made_ratings(struct made_lab *f, struct merge_sitting *s, const char *const *ticket,
                  const struct rating *x, size_t n)
{
    struct packed_answer *given = arena_array(f->arena, n + 1, sizeof *given);
    struct bytes packed = {0};
    for (size_t i = 0; i < n; i++)
        given[i] = (struct packed_answer){ticket[i], made_rating_bytes(f, &x[i])};
    answers_pack(given, n, &packed);
    s->form = ROSTER_RATING_FORM;
    s->answers = span_of(arena_copy(f->arena, packed.p, packed.n), packed.n);
    bytes_release(&packed);
}

struct made *made_sheet(struct made_lab *f, const char *rater, const char *ticket, struct rating x)
{
    struct made *m = made_bundle(arena_printf(f->arena, "%s %s %d", rater, ticket, (int)x.confirmed_milli));
    made_ratings(f, made_sitting(m, rater, rater, "abc"), &ticket, &x, 1);
    return m;
}

void made_sheet_merge(struct made_lab *f, struct made *m)
{
    made_merge(f->store, m);
    made_free(m);
}

struct store_result made_result(struct made_lab *f, const char *ticket)
{
    struct store_result *all = NULL;
    size_t n = 0;
    assert_done(store_results(f->store, "am1", "kaochang-1", f->arena, &all, &n, &e), e);
    for (size_t i = 0; i < n; i++)
        if (strcmp(all[i].ticket, ticket) == 0)
            return all[i];
    fail_msg("no result of %s", ticket);
    return (struct store_result){0};
}

void assert_points(struct made_lab *f, const char *ticket, int64_t milli)
{
    struct store_result x = made_result(f, ticket);
    assert_string_equal(x.waits, "");
    assert_int_equal(x.mark, STORE_SCORED);
    assert_int_equal(x.points.milli, milli);
    assert_int_equal(x.maximum.milli, 5000);
}

void assert_waits(struct made_lab *f, const char *ticket, const char *for_what)
{
    struct store_result x = made_result(f, ticket);
    assert_string_equal(x.waits, for_what);
    assert_int_equal(x.mark, strcmp(for_what, "stranger") == 0 ? STORE_QUARANTINED : STORE_PENDING);
}

struct decision *made_decision(struct made_lab *f, enum decision_kind kind, const char *ticket, int64_t milli)
{
    struct decision *d = decision_new();
    struct lab_session *l = NULL;
    d->kind = kind;
    d->session = "am1";
    d->ticket = ticket;
    d->serial = arena_printf(d->arena, "%016llx", (unsigned long long)milli);
    d->date = "2026-11-22";
    d->reason = "as all saw";
    d->has_total = milli >= 0;
    d->total = points_milli(milli);
    assert_int_equal(store_lab(f->store, "am1", &l, &e), 1);
    const struct lab_case *c = lab_session_find(l, ticket);
    d->saw = arena_array(d->arena, c->n_ratings + 1, sizeof *d->saw);
    for (size_t i = 0; i < c->n_ratings; i++)
        memcpy(d->saw[d->n_saw++], c->rating[i].evidence, DECISION_HASH);
    decision_sort_hashes(d->saw, &d->n_saw);
    d->has_before = kind == DECISION_RECHECK;
    d->before = d->total;
    lab_session_free(l);
    return d;
}

struct span made_decision_bytes(struct made_lab *f, const struct decision *d)
{
    struct bytes out = {0};
    assert_done(decision_write(d, &out, &e), e);
    struct span s = span_of(arena_copy(f->arena, out.p, out.n), out.n);
    bytes_release(&out);
    return s;
}

void made_decision_put(struct made_lab *f, struct decision *d)
{
    const struct lab_signature by = {.keyid = "0123456789ABCDEF", .file = span_str("signature")};
    assert_done(store_put_decision(f->store, d, made_decision_bytes(f, d), &by, 1, &e), e);
    decision_free(d);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* For stories: a small lab exam without devices.
 *   lab-ratings plan OUT                              a plan of one rubric of five points, two raters
 *   lab-ratings roster SESSION OUT                    six candidates T1..T6 and raters E01 (first), E02
 * (second), E03 lab-ratings put STORE SESSION RATER START EVENTS TICKET=MARKS… `put` brings the journal of a
 * rater into the store, as a bundle would: START tells devices apart, each letter of EVENTS is an event.
 * MARKS: for each step "-" (full), letters of slips, or "0", with commas; then maybe "@POINTS" (what the
 * candidate confirmed, when it is not the total), "!" (asks the chief), "~H" (the clock is off by H hours);
 * or "absent", "exempt:NAME", "postponed:WHY", "breach:ARTICLE". */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "exam-packages/derive.h"
#include "exam-packages/roster.h"
#include "sync/lab.h"
#include "sync/pack.h"

static const char plan_text[] =
    "<lab xmlns=\"urn:kaochang:lab:1\" id=\"lab\" title=\"Lab\" interval=\"300\" raters=\"2\" tolerance=\"1\" "
    "round=\"0.5\" dispute=\"third\" recheck=\"2\"><exemption name=\"injury\" points=\"3\">cannot stand</exemption>"
    "<rubric xmlns=\"urn:kaochang:rubric:1\" id=\"P9\" version=\"1\" subject=\"physics\" title=\"Small\" minutes=\"15\" "
    "total=\"5\"><step title=\"wire\" points=\"3\" mode=\"deduct\"><slip code=\"a\" minus=\"2\">switch shut</slip>"
    "<slip code=\"b\" minus=\"1\">wrong range</slip></step><step title=\"read\" points=\"2\" mode=\"all\">"
    "<slip code=\"a\">eye not level</slip></step></rubric></lab>\n";

static int write_roster(const char *session, struct bytes *out, struct err *e)
{
    struct roster *r = roster_new();
    r->session = session;
    r->site = "";
    r->room = arena_array(r->arena, 1, sizeof *r->room);
    r->room[r->n_rooms++] =
        (struct roster_room){.site = "S01", .id = "301", .name = "301", .seats = 8, .benches = 4};
    r->candidate = arena_array(r->arena, 6, sizeof *r->candidate);
    for (int i = 1; i <= 6; i++)
        r->candidate[r->n_candidates++] =
            (struct roster_candidate){.ticket = arena_printf(r->arena, "T%d", i),
                                      .name = arena_printf(r->arena, "考生%d", i),
                                      .id_number = "",
                                      .county = "东湖",
                                      .school = "一中",
                                      .site = "S01",
                                      .room = "301",
                                      .seat = i,
                                      .form = "P9"};
    r->rater = arena_array(r->arena, 3, sizeof *r->rater);
    for (int i = 1; i <= 3; i++)
        r->rater[r->n_raters++] = (struct roster_rater){.id = arena_printf(r->arena, "E0%d", i),
                                                        .name = "R",
                                                        .school = "三中",
                                                        .site = "S01",
                                                        .room = "301",
                                                        .from = 1,
                                                        .to = 4,
                                                        .order = i};
    int k = roster_write(r, out, e);
    roster_free(r);
    return k;
}

static bool take_status(struct rating *x, const char *text)
{
    char word[32];
    size_t n = strcspn(text, ":");
    snprintf(word, sizeof word, "%.*s", (int)n, text);
    if (!rating_status_parse(word, &x->status))
        return false;
    x->reason = text[n] ? text + n + 1 : "";
    return true;
}

static const char *take_step(struct rating_step *x, const char *text)
{
    x->mark = *text == '0' ? RATING_ZERO : RATING_MARKED;
    x->wall_ms = 1795000000000;
    for (; *text && !strchr(",@!~", *text); text++)
        if (*text >= 'a' && *text <= 'z')
            x->slips |= 1u << (*text - 'a');
    return text;
}

static void take_marks(struct rating *x, const struct rubric *rubric, const char *text)
{
    struct rating_points p;
    points_t confirmed;
    struct err e;
    x->status = RATING_RATED;
    x->identified = x->confirmed = true;
    x->begun_ms = 1795000000000;
    for (size_t i = 0; i < x->n_steps; i++) {
        text = take_step(&x->step[i], text);
        text += *text == ',';
    }
    rating_points(x, rubric, &p);
    x->confirmed_milli = p.total.milli;
    if (*text == '@' && points_parse(text + 1, &confirmed, &e) == 0)
        x->confirmed_milli = confirmed.milli;
    x->chief = strchr(text, '!') != NULL;
    if (strchr(text, '~'))
        x->begun_ms += 3600000 * strtoll(strchr(text, '~') + 1, NULL, 10);
}

static int make_rating(const struct lab_plan *plan, const char *text, struct bytes *out, struct err *e)
{
    struct rating x;
    rating_begin(&x, plan->rubric[0]);
    if (!take_status(&x, text))
        take_marks(&x, plan->rubric[0], text);
    return rating_write(&x, out, e);
}

static int make_answers(const struct lab_plan *plan, struct arena *a, char **arg, int n, struct bytes *out,
                        struct err *e)
{
    struct packed_answer *given = arena_array(a, (size_t)n + 1, sizeof *given);
    int r = 0;
    for (int i = 0; r == 0 && i < n; i++) {
        struct bytes rating = {0};
        size_t at = strcspn(arg[i], "=");
        if ((r = make_rating(plan, arg[i] + at + (arg[i][at] == '='), &rating, e)) == 0)
            given[i] = (struct packed_answer){arena_strndup(a, arg[i], at),
                                              span_of(arena_copy(a, rating.p, rating.n), rating.n)};
        bytes_release(&rating);
    }
    if (r == 0)
        answers_pack(given, (size_t)n, out);
    return r;
}

static int put(char **arg, int n, struct err *e)
{
    struct arena *a = arena_new();
    struct store *s = NULL;
    struct lab_plan *plan = NULL;
    struct bytes answers = {0};
    struct merge_counts counts;
    size_t events = strlen(arg[4]);
    uint8_t *chain = arena_array(a, events + 1, MERGE_HASH);
    struct merge_epoch epoch = {.epoch = 1, .chain = chain, .n_events = events, .attested = true};
    struct merge_sitting sitting = {.ticket = arg[2],
                                    .epoch = &epoch,
                                    .n_epochs = 1,
                                    .form = ROSTER_RATING_FORM,
                                    .status = "handed-in",
                                    .receipt = "R"};
    struct merge_input in = {.session = arg[1],
                             .station = "st1",
                             .site = "S01",
                             .room = "301",
                             .sitting = &sitting,
                             .n_sittings = 1};
    for (size_t i = 0; i < events; i++)
        blake2b_256(chain + i * MERGE_HASH, span_str(arena_printf(a, "%s %.*s", arg[2], (int)i + 1, arg[4])));
    blake2b_256(epoch.start, span_str(arg[3]));
    blake2b_256(in.bundle, span_str(arena_printf(a, "%s %s %s", arg[2], arg[3], arg[4])));
    int r = lab_plan_read(&plan, "plan", span_str(plan_text), e);
    if (r == 0 && (r = make_answers(plan, a, arg + 5, n - 5, &answers, e)) == 0 &&
        (r = store_open(&s, arg[0], DB_CREATE, e)) == 0) {
        sitting.answers = bytes_span(&answers);
        r = store_merge(s, &in, &counts, e);
    }
    store_close(s);
    lab_plan_free(plan);
    bytes_release(&answers);
    arena_free(a);
    return r;
}

static int run(int argc, char **argv, struct err *e)
{
    struct bytes out = {0};
    int r = -ERR_USAGE;
    if (argc == 3 && strcmp(argv[1], "plan") == 0)
        r = file_put(argv[2], 0644, span_str(plan_text), e);
    else if (argc == 4 && strcmp(argv[1], "roster") == 0 && (r = write_roster(argv[2], &out, e)) == 0)
        r = file_put(argv[3], 0644, bytes_span(&out), e);
    else if (argc >= 8 && strcmp(argv[1], "put") == 0)
        r = put(argv + 2, argc - 2, e);
    bytes_release(&out);
    return r;
}

int main(int argc, char **argv)
{
    struct err e = {0};
    char text[1024];
    i18n_init();
    int r = run(argc, argv, &e);
    if (r < 0)
        fprintf(stderr, "lab-ratings: %s\n", e.what[0] ? err_text(&e, text, sizeof text) : "see the source");
    return r < 0 ? 1 : 0;
}

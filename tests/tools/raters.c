/* SPDX-License-Identifier: Apache-2.0 */
/* raters --home DIR [--stay] [--first N] ID…: each rater signs in at the agent, rates his candidates step by
 * step through the real line and journal, hands in and has the end signed. --stay: does not hand in; --first
 * N: stops after N candidates. Says what is done: "ID: N rated, M there before". */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "client/session/sheet-paper.h"
#include "client/sitting.h"
#include "scoring/lab/plan.h"
#include "scoring/lab/rating.h"

struct run {
    const char *id;
    struct arena *arena;
    struct link *link;
    struct link_candidate me;
    struct link_terms terms;
    struct sitting *sitting;
    struct lab_plan *plan;
    struct clock_reading now;
    bool stay;
    size_t first, rated, before;
};

static int open_sheet(struct run *r, struct err *e)
{
    const char **ticket = mem_grow(NULL, r->terms.n_rated + 1, sizeof *ticket);
    for (size_t i = 0; i < r->terms.n_rated; i++)
        ticket[i] = r->terms.rated[i].ticket;
    struct paper *sheet = session_sheet_paper(r->me.title, ticket, r->terms.n_rated);
    int k = sitting_open_with(&r->sitting, &r->terms, sheet, NULL, &r->now, e);
    free(ticket);
    r->terms.paper_fd = -1;
    return k;
}

static int open_sitting(struct run *r, const char *home, struct err *e)
{
    struct span lab = {0};
    int k = link_open(&r->link, home, e);
    if (k == 0)
        k = link_sign_in_rater(r->link, r->id, "", r->arena, &r->me, e);
    if (k == 0)
        k = link_start(r->link, r->arena, &r->terms, e);
    if (k == 0)
        k = open_sheet(r, e);
    link_terms_wipe_keys(&r->terms);
    if (k == 0)
        k = sitting_part(r->sitting, "lab.xml", &lab, e);
    if (k == 0)
        k = lab_plan_read(&r->plan, "lab.xml", lab, e);
    if (k == 0 && sitting_session(r->sitting)->state == SITTING_NEW)
        k = sitting_start(r->sitting, &r->now, e);
    return k;
}

static int put(struct run *r, size_t i, const struct rating *x, struct err *e)
{
    struct bytes out = {0};
    r->now.mono_ms += 1000;
    r->now.wall_ms += 1000;
    int k = rating_write(x, &out, e);
    if (k == 0)
        k = sitting_rate(r->sitting, i, bytes_span(&out), &r->now, e);
    bytes_release(&out);
    link_stored(r->link);
    return k;
}

/* One event for each step, as keys are. */
static int rate(struct run *r, size_t i, struct err *e)
{
    const struct rubric *rubric = lab_plan_rubric(r->plan, r->terms.rated[i].form);
    struct rating x;
    int k = rubric ? 0 : err_set(e, ERR_DATA, r->terms.rated[i].ticket, "no rubric");
    if (sitting_rating(r->sitting, i).n > 0) {
        r->before++;
        return 0;
    }
    if (k < 0)
        return k;
    rating_begin(&x, rubric);
    x.status = RATING_RATED;
    x.identified = true;
    x.begun_ms = r->now.wall_ms;
    for (size_t s = 0; k == 0 && s < x.n_steps; s++) {
        x.step[s].mark = (i + s) % 3 == 0 ? RATING_ZERO : RATING_MARKED;
        x.step[s].wall_ms = r->now.wall_ms;
        k = put(r, i, &x, e);
    }
    r->rated += k == 0;
    return k;
}

static int end(struct run *r, struct err *e)
{
    char receipt[22];
    int k = sitting_hand_in(r->sitting, &r->now, e);
    return k < 0 ? k : link_seal(r->link, receipt, e);
}

static int rate_all(struct run *r, const char *home, struct err *e)
{
    clock_read(&r->now);
    int k = open_sitting(r, home, e);
    for (size_t i = 0; k == 0 && i < r->terms.n_rated && i < r->first; i++)
        k = rate(r, i, e);
    if (k == 0 && !r->stay)
        k = end(r, e);
    sitting_close(r->sitting);
    link_close(r->link);
    lab_plan_free(r->plan);
    return k;
}

int main(int argc, char **argv)
{
    const char *home = NULL;
    struct run all = {.first = SIZE_MAX};
    int status = 0, i = 1;
    for (; i < argc && argv[i][0] == '-'; i++) {
        if (strcmp(argv[i], "--home") == 0 && i + 1 < argc)
            home = argv[++i];
        else if (strcmp(argv[i], "--first") == 0 && i + 1 < argc)
            all.first = (size_t)strtoul(argv[++i], NULL, 10);
        else if (strcmp(argv[i], "--stay") == 0)
            all.stay = true;
        else
            return ERR_USAGE;
    }
    for (; home && i < argc; i++) {
        struct run r = all;
        struct err e = {0};
        char text[sizeof e];
        r.id = argv[i];
        r.arena = arena_new();
        int k = rate_all(&r, home, &e);
        if (k < 0) {
            fprintf(stderr, "%s: %s\n", r.id, err_text(&e, text, sizeof text));
            status = -k;
        } else
            printf("%s: %zu rated, %zu there before, order %lld\n", r.id, r.rated, r.before,
                   (long long)r.terms.order);
        arena_free(r.arena);
    }
    return status;
}

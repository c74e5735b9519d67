/* SPDX-License-Identifier: Apache-2.0 */
/* examiners --home STATION --plan FILE [--crash] ID…: simulated examiners of a lab exam. Each signs in at the
 * agent, and rates his candidates by keys through the model and the stage of kaochang-rate, as its seat runs
 * them, into the real journal; hands in and has the end signed. The time is simulated. Not installed.
 *
 * A line of the plan: TICKET, a tab, then marks (scoring/lab/marks.h) or "absent", "exempt:NAME",
 * "postponed:MINUTES", "breach:ARTICLE", "void:WHY"; candidates without a line are left out. --crash: each is
 * killed (SIGKILL) in the middle, comes back and goes on. Says "ID: N rated, N keys, N saved". */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "client/rate/rate-update.h"
#include "client/rate/rater.h"
#include "client/screens/proctor-act.h"
#include "client/screens/stage.h"
#include "client/sitting.h"
#include "scoring/lab/marks.h"

enum {
    MAX_PLAN = 64 << 20,
    GROUP_MS = 21 * 60000,
    WATCH_MS = 60000, /* an examiner looks before he presses */
    KEY_MS = 9000,
    MOST_KEYS = 400, /* of a candidate */
};

struct planned {
    const char *ticket, *what;
};
struct plan {
    struct arena *arena;
    struct planned *line;
    size_t n;
};

struct run {
    const struct plan *plan;
    const char *home, *id;
    struct arena *arena;
    struct link *link;
    struct link_candidate me;
    struct rater *rater;
    struct sitting *sitting;
    struct model m;
    struct clock_reading now, began;
    bool crashes, saved_nothing;
    size_t keys, saves, rated;
    struct err err; /* of the first save that failed */
    int failed;
};

/* ---- the plan ---- */

static int compare_lines(const void *a, const void *b)
{
    return strcmp(((const struct planned *)a)->ticket, ((const struct planned *)b)->ticket);
}

static int read_plan(struct plan *p, const char *path, struct err *e)
{
    struct bytes text = {0};
    int r = file_read(path, MAX_PLAN, &text, e);
    p->arena = arena_new();
    for (const char *at = (const char *)text.p; r == 0 && at && *at;) {
        size_t n = strcspn(at, "\n"), ticket = strcspn(at, "\t");
        p->line = mem_grow(p->line, p->n + 1, sizeof *p->line);
        if (ticket < n)
            p->line[p->n++] = (struct planned){arena_strndup(p->arena, at, ticket),
                                               arena_strndup(p->arena, at + ticket + 1, n - ticket - 1)};
        at += n + (at[n] == '\n');
    }
    if (p->n > 0)
        qsort(p->line, p->n, sizeof *p->line, compare_lines);
    bytes_release(&text);
    return r;
}

static const char *planned_of(const struct run *r, const struct book_entry *x)
{
    const struct planned wanted = {.ticket = x->ticket};
    const struct planned *found =
        r->plan->n ? bsearch(&wanted, r->plan->line, r->plan->n, sizeof wanted, compare_lines) : NULL;
    return found ? found->what : NULL;
}

/* ---- what the seat does with the model ---- */

static void perform(struct run *r, const struct effect *x);

static void tell(struct run *r, const struct event *e)
{
    struct effects out = {0};
    model_update(&r->m, e, &out);
    for (int i = 0; i < out.n; i++)
        perform(r, &out.effect[i]);
}

static void fail(struct run *r, const struct err *e, int error)
{
    if (r->failed == 0)
        r->err = *e;
    r->failed = r->failed ? r->failed : error;
}

static void hand_in(struct run *r)
{
    struct err e = {0};
    char receipt[22];
    int k = sitting_hand_in(r->sitting, &r->now, &e);
    if (k == 0)
        k = link_seal(r->link, receipt, &e);
    if (k < 0)
        fail(r, &e, k);
    else
        tell(r, &(struct event){
                    .kind = EVENT_ENDED, .ending = ENDING_HANDED_IN, .text = receipt, .sealed = true});
}

static void perform(struct run *r, const struct effect *x)
{
    struct err e = {0};
    int k = 0;
    if (x->kind == EFFECT_START && (k = sitting_start(r->sitting, &r->now, &e)) == 0)
        tell(r, &(struct event){.kind = EVENT_STARTED});
    if (x->kind == EFFECT_STAGE &&
        (k = rater_stage.perform(r->rater, r->sitting, x->item, &r->now, &e)) == 0) {
        r->saves++;
        link_stored(r->link);
        tell(r, &(struct event){.kind = EVENT_SAVED, .item = x->item, .text = "09:00:00"});
    }
    if (k < 0)
        fail(r, &e, k);
    if (x->kind == EFFECT_HAND_IN)
        hand_in(r);
}

static void pass(struct run *r, int64_t ms)
{
    struct err e = {0};
    enum session_notice notice;
    r->now.mono_ms += ms;
    r->now.wall_ms += ms;
    int k = sitting_clock(r->sitting, &r->now, &notice, &e);
    if (k < 0)
        fail(r, &e, k);
    tell(r, &(struct event){.kind = EVENT_TIME,
                            .passed_ms = ms,
                            .wall_ms = r->now.wall_ms,
                            .remaining_ms = INT64_C(86400000)});
}

static const struct rate_model *screen(const struct run *r)
{
    return rater_model(r->rater);
}

static void press(struct run *r, struct key k)
{
    r->keys++;
    r->now.mono_ms += 200;
    r->now.wall_ms += 200;
    tell(r, &(struct event){.kind = EVENT_KEY, .key = k});
}

static void type(struct run *r, const char *text)
{
    for (; *text; text++)
        press(r, key_char((unsigned char)*text));
}

/* ---- one candidate ---- */

static struct book_entry *chosen(const struct run *r)
{
    return rate_chosen(screen(r));
}

static bool is_status(const char *what)
{
    return *what < '0' || *what > '9';
}

static void go_down_to(struct run *r, size_t row)
{
    while (r->failed == 0 && screen(r)->row < row)
        press(r, key_of(K_DOWN));
    press(r, key_of(K_ENTER));
}

static size_t row_of_status(const struct run *r, enum rating_status status, const char *reason)
{
    struct rate_choice choice[RATE_MAX_STATUS];
    size_t n = rate_choices(screen(r), choice);
    for (size_t i = 0; i < n; i++)
        if (!choice[i].back && !choice[i].present && choice[i].status == status &&
            (!choice[i].exemption || strcmp(choice[i].exemption->name, reason) == 0))
            return i;
    return 0;
}

static size_t row_of_article(enum rating_status status, const char *number)
{
    size_t n;
    const struct proctor_article *list = rate_articles(status, &n);
    for (size_t i = 0; i < n; i++)
        if (strcmp(list[i].number, number) == 0)
            return i;
    return 0;
}

static void give_status(struct run *r, const char *what)
{
    enum rating_status status = RATING_OPEN;
    char word[32];
    size_t n = strcspn(what, ":");
    const char *reason = what[n] ? what + n + 1 : "";
    snprintf(word, sizeof word, "%.*s", (int)n, what);
    if (!rating_status_parse(word, &status))
        return;
    press(r, key_of(K_F6));
    go_down_to(r, row_of_status(r, status, reason));
    if (screen(r)->screen == RATE_ARTICLE)
        go_down_to(r, row_of_article(status, reason));
    if (screen(r)->screen == RATE_DETAIL) {
        type(r, reason);
        press(r, key_of(K_ENTER));
    }
    press(r, key_char('y'));
}

static bool is_so(const struct rating_step *now, const struct rating_step *wanted)
{
    return now->mark == wanted->mark && now->slips == wanted->slips && now->hinted == wanted->hinted;
}

static uint32_t bit(size_t i)
{
    return UINT32_C(1) << i;
}

/* The slips that are missing, each put right where it was. */
static void key_slips(struct run *r, size_t step, const struct rating_step *wanted)
{
    struct book_entry *x = chosen(r);
    for (size_t i = 0; i < x->rubric->step[step].n_slips; i++) {
        if (!(wanted->slips & bit(i)) || x->rating.step[step].slips & bit(i))
            continue;
        press(r, key_char((uint32_t)x->rubric->step[step].slip[i].code));
        if (wanted->hinted & bit(i))
            press(r, key_char('h'));
    }
}

/* Now and then another key first, which is taken back. */
static void slip_of_the_hand(struct run *r)
{
    if (r->keys % 97 == 0 && chosen(r)->rating.begun_ms > 0) {
        press(r, key_char('0'));
        press(r, key_char('u'));
    }
}

static void rate_step(struct run *r, size_t step, const struct rating_step *wanted)
{
    struct book_entry *x = chosen(r);
    const struct rating_step *now = &x->rating.step[step];
    if (wanted->mark == RATING_UNMARKED || is_so(now, wanted) || x->points.ended[step])
        return;
    if (now->mark == RATING_UNMARKED && x->step == step)
        slip_of_the_hand(r);
    if (x->held && x->held - 1 != step)
        press(r, key_of(K_DOWN)); /* letters mean the step before, as long as it is held */
    for (int i = 0; i < RUBRIC_MAX_STEPS && x->step != step; i++)
        press(r, key_of(x->step < step ? K_DOWN : K_UP));
    if (wanted->mark == RATING_ZERO)
        press(r, key_char('0'));
    else if (wanted->slips == 0)
        press(r, key_of(K_ENTER));
    else
        key_slips(r, step, wanted);
}

static void rate_fatals(struct run *r, uint32_t wanted)
{
    for (size_t i = 0; i < chosen(r)->rubric->n_fatals; i++)
        if ((wanted & ~chosen(r)->rating.fatals) & bit(i)) {
            press(r, key_char('f'));
            press(r, key_char('1' + (uint32_t)i));
            press(r, key_char('y'));
        }
}

static void confirm(struct run *r)
{
    const struct book_entry *x = chosen(r);
    size_t n = strlen(x->ticket);
    if (book_state(x) != BOOK_READY)
        return;
    press(r, key_of(K_F9));
    type(r, x->ticket + (n > RATE_CONFIRM_DIGITS ? n - RATE_CONFIRM_DIGITS : 0));
}

/* ---- one group ---- */

static void choose(struct run *r, size_t entry)
{
    size_t n, first;
    if (screen(r)->screen != RATE_SHEETS)
        press(r, key_of(K_ESCAPE));
    first = rate_page(screen(r), &n);
    if (screen(r)->chosen != entry)
        press(r, key_char('1' + (uint32_t)(entry - first)));
}

static void receive(struct run *r, size_t entry)
{
    const struct book_entry *x = &screen(r)->book->entry[entry];
    const char *what = planned_of(r, x);
    if (!what || x->rating.identified || book_is_final(x))
        return;
    if (screen(r)->chosen != entry || screen(r)->screen != RATE_IDENTITY) {
        choose(r, entry);
        press(r, key_of(K_F4));
    }
    if (is_status(what))
        give_status(r, what);
    else
        press(r, key_char('y'));
}

static int read_marks(const struct run *r, size_t entry, struct rating *ret, struct err *e)
{
    const struct book_entry *x = &screen(r)->book->entry[entry];
    const char *what = planned_of(r, x);
    rating_begin(ret, x->rubric);
    if (!what || is_status(what) || book_is_final(x))
        return 0;
    return rating_marks_parse(ret, x->rubric, what, e);
}

static void maybe_crash(const struct run *r)
{
    if (r->crashes && r->saves > 60 && r->saved_nothing)
        raise(SIGKILL);
}

/* Step by step along the benches, then each one's own sheet. */
static int rate_group(struct run *r, size_t first, size_t n, struct err *e)
{
    struct rating wanted[BOOK_PAGE];
    size_t steps = 0;
    int k = 0;
    for (size_t i = 0; i < n; i++)
        receive(r, first + i);
    for (size_t i = 0; k == 0 && i < n; i++) {
        k = read_marks(r, first + i, &wanted[i], e);
        steps = wanted[i].n_steps > steps ? wanted[i].n_steps : steps;
    }
    if (k < 0)
        return k;
    choose(r, first);
    press(r, key_char('S'));
    pass(r, WATCH_MS);
    for (size_t s = 0; s < steps; s++) {
        for (size_t i = 0; i < n; i++) {
            if (s >= wanted[i].n_steps || wanted[i].step[s].mark == RATING_UNMARKED)
                continue;
            choose(r, first + i);
            rate_step(r, s, &wanted[i].step[s]);
            maybe_crash(r);
        }
        pass(r, KEY_MS * (int64_t)n);
    }
    for (size_t i = 0; i < n; i++) {
        if (book_state(&screen(r)->book->entry[first + i]) == BOOK_NEW)
            continue;
        choose(r, first + i);
        rate_fatals(r, wanted[i].fatals);
        confirm(r);
    }
    return r->failed ? r->failed : 0;
}

static int rate_groups(struct run *r, struct err *e)
{
    const struct book *b = screen(r)->book;
    int k = 0;
    for (int64_t g = 1; k == 0 && g <= book_groups(b); g++) {
        size_t n, first = book_group(b, g, &n);
        int64_t late = r->began.mono_ms + (g - 1) * GROUP_MS - r->now.mono_ms;
        if (n == 0 || n > BOOK_PAGE || book_finals(b, first, n) == n)
            continue;
        pass(r, late > 0 ? late : 1);
        if (screen(r)->screen != RATE_GROUPS)
            press(r, key_of(K_F5));
        while (screen(r)->group != g && r->failed == 0)
            press(r, key_of(screen(r)->group < g ? K_DOWN : K_UP));
        press(r, key_of(K_ENTER));
        k = rate_group(r, first, n, e);
    }
    return k;
}

/* ---- one examiner ---- */

static int open_sheets(struct run *r, struct err *e)
{
    int k = link_open(&r->link, r->home, e);
    if (k == 0)
        k = link_sign_in_rater(r->link, r->id, "", r->arena, &r->me, e);
    if (k == 0)
        k = rater_stage.open(r->rater, r->link, &r->me, &r->now, &r->sitting, e);
    if (k < 0)
        return k;
    sitting_simulate(r->sitting, GROUP_MS);
    model_init(&r->m, 80, 24);
    r->m.stage = &rater_stage;
    r->m.on_stage = r->rater;
    snprintf(r->m.person.ticket, sizeof r->m.person.ticket, "%s", r->id);
    const struct session *s = sitting_session(r->sitting);
    r->saved_nothing = s->state == SITTING_NEW;
    tell(r, &(struct event){.kind = EVENT_OPENED,
                            .session = s,
                            .points = "",
                            .text = "",
                            .resumed = s->state != SITTING_NEW,
                            .remaining_ms = INT64_C(86400000)});
    return r->failed;
}

static int finish(struct run *r, struct err *e)
{
    press(r, key_of(K_F10));
    press(r, key_of(K_RIGHT));
    press(r, key_of(K_ENTER));
    type(r, r->id);
    press(r, key_of(K_ENTER));
    if (r->failed == 0 && r->m.screen != SCREEN_ENDED)
        return err_set(e, ERR_BUG, r->id, "the sheets were not handed in: %s", r->m.message);
    return r->failed;
}

static size_t finals(const struct run *r)
{
    return book_finals(screen(r)->book, 0, screen(r)->book->n);
}

static int rate_all(struct run *r, struct err *e)
{
    clock_read(&r->now);
    r->began = r->now;
    int k = open_sheets(r, e);
    if (k == 0)
        k = rate_groups(r, e);
    r->rated = k == 0 ? finals(r) : 0;
    if (k == 0)
        k = finish(r, e);
    if (r->failed)
        *e = r->err;
    sitting_close(r->sitting);
    link_close(r->link);
    return k;
}

static int examine(const struct plan *p, const char *home, const char *id, bool crashes)
{
    struct err e = {0};
    char text[sizeof e];
    struct run r = {.plan = p,
                    .home = home,
                    .id = id,
                    .arena = arena_new(),
                    .rater = rater_new(home),
                    .crashes = crashes};
    int k = rate_all(&r, &e);
    if (k < 0)
        fprintf(stderr, "examiners: %s: %s\n", id, err_text(&e, text, sizeof text));
    else
        printf("%s: %zu rated, %zu keys, %zu saved\n", id, r.rated, r.keys, r.saves);
    rater_free(r.rater);
    arena_free(r.arena);
    return -k;
}

/* In a process of its own; killed, the same one comes again. */
static int examine_and_crash(const struct plan *p, const char *home, const char *id)
{
    int status = 0;
    fflush(stdout);
    pid_t child = fork();
    if (child == 0)
        _exit(examine(p, home, id, true));
    if (waitpid(child, &status, 0) == child && WIFSIGNALED(status)) {
        printf("%s: killed\n", id);
        return examine(p, home, id, false);
    }
    return WEXITSTATUS(status);
}

int main(int argc, char **argv)
{
    const char *home = NULL, *path = NULL;
    struct plan plan = {0};
    struct err e = {0};
    char text[sizeof e];
    bool crash = false;
    int status = 0, i = 1;
    i18n_init();
    for (; i < argc && argv[i][0] == '-'; i++) {
        if (strcmp(argv[i], "--home") == 0 && i + 1 < argc)
            home = argv[++i];
        else if (strcmp(argv[i], "--plan") == 0 && i + 1 < argc)
            path = argv[++i];
        else if (strcmp(argv[i], "--crash") == 0)
            crash = true;
        else
            return ERR_USAGE;
    }
    if (!home || !path)
        return ERR_USAGE;
    if (read_plan(&plan, path, &e) < 0) {
        fprintf(stderr, "examiners: %s\n", err_text(&e, text, sizeof text));
        status = ERR_DATA;
    }
    for (; status == 0 && i < argc; i++)
        status = crash ? examine_and_crash(&plan, home, argv[i]) : examine(&plan, home, argv[i], false);
    arena_free(plan.arena);
    free(plan.line);
    return status;
}

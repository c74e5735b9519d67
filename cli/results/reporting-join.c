/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/results/reporting.h"

#include <stdlib.h>
#include <string.h>

#include "base/ahead.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "office/spare.h"

static int add_session(struct reporting *r, const char *id, bool make_up, struct err *e)
{
    struct office_session *s = &r->session[r->n_sessions];
    for (size_t i = 0; i < r->n_sessions; i++)
        if (strcmp(r->session[i].id, id) == 0)
            return err_set(e, ERR_USAGE, id, _("this session is named twice"));
    int k = office_session_get(r->desk.office, r->arena, id, s, e);
    if (k == 0 && !make_up && r->n_sessions > 0 && strcmp(s->exam, r->session->exam) != 0)
        k = err_set(e, ERR_USAGE, id, _("this is a session of exam %s, and %s of exam %s"), s->exam, r->session->id,
                    r->session->exam);
    r->n_sessions += k == 0;
    r->n_named += k == 0 && !make_up;
    return k;
}

static int add_beside(struct reporting *r, const char *id, struct err *e)
{
    struct office_session s;
    int k = office_session_get(r->desk.office, r->arena, id, &s, e);
    if (k == 0 && !exam_is_lab(r->desk.office, &s))
        k = err_set(e, ERR_USAGE, id,
                    _("is no session of a lab-skills exam, whose decisions tell of cheating"));
    for (size_t i = 0; k == 0 && i < r->n_sessions; i++)
        if (strcmp(r->session[i].id, id) == 0)
            k = err_set(e, ERR_USAGE, id, _("this session is named twice"));
    if (k == 0)
        r->beside[r->n_beside++] = arena_strdup(r->arena, id);
    return k;
}

static int sessions_beside(struct reporting *r, const struct args *a, struct err *e)
{
    const char *id;
    int k = 0, n = 0;
    while (args_each(a, "sitting", n))
        n++;
    r->beside = arena_array(r->arena, (size_t)n + 1, sizeof *r->beside);
    for (int i = 0; k == 0 && (id = args_each(a, "sitting", i)); i++)
        k = add_beside(r, id, e);
    return k;
}

int reporting_sessions(struct reporting *r, const struct args *a, struct err *e)
{
    const char *id;
    int k = 0, n = 0, m = 0;
    while (args_each(a, "session", n))
        n++;
    while (args_each(a, "make-up", m))
        m++;
    r->session = arena_array(r->arena, (size_t)(n + m) + 1, sizeof *r->session);
    for (int i = 0; k == 0 && (id = args_each(a, "session", i)); i++)
        k = add_session(r, id, false, e);
    for (int i = 0; k == 0 && (id = args_each(a, "make-up", i)); i++)
        k = add_session(r, id, true, e);
    if (k == 0)
        r->desk.session = r->session[0];
    return k < 0 ? k : sessions_beside(r, a, e);
}

static int by_room(const void *a, const void *b)
{
    const struct store_result *x = *(const struct store_result *const *)a;
    const struct store_result *y = *(const struct store_result *const *)b;
    int c = strcmp(x->site, y->site);
    return c ? c : strcmp(x->room, y->room);
}

/* Rooms of which nobody has any work: most likely their bundle is still to come, and nobody there is absent.
 */
static int64_t silent_rooms(struct arena *a, const struct store_result *result, size_t n_results)
{
    const struct store_result **all = arena_array(a, n_results + 1, sizeof *all);
    size_t n = 0;
    int64_t silent = 0;
    for (size_t i = 0; i < n_results; i++)
        if (result[i].registered)
            all[n++] = &result[i];
    qsort(all, n, sizeof *all, by_room);
    for (size_t from = 0, to; from < n; from = to) {
        bool heard = false;
        for (to = from; to < n && by_room(&all[from], &all[to]) == 0; to++)
            heard = heard || all[to]->mark != STORE_ABSENT;
        silent += !heard;
    }
    return silent;
}

/* What the store says of one session, here or beside; of the last piece its digest. Each is read through a
 * connection of its own. */
struct piece {
    struct arena *arena; /* of result */
    struct store_result *result;
    size_t n;
    struct lab_session *lab; /* where it is known what each result came from: for the reports on ratings */
    uint8_t digest[32];
    int r;
    struct err e;
};

static int read_session(struct piece *p, struct store *s, const struct reporting *r, size_t i)
{
    const char *session = r->session[i].id;
    int k = r->is_lab ? store_lab(s, session, &p->lab, &p->e) : 0;
    if (k == 0)
        return store_results(s, session, r->paper ? r->paper->ruleset : "", p->arena, &p->result, &p->n,
                             &p->e);
    if (k > 0)
        lab_session_results(p->lab, p->arena, &p->result, &p->n);
    return k < 0 ? k : 0;
}

static void *read_piece(void *context, size_t i)
{
    const struct reporting *r = context;
    struct piece *p = mem_alloc(sizeof *p);
    struct store *s = NULL;
    p->arena = arena_new();
    p->r = store_open(&s, r->store, DB_READ, &p->e);
    if (p->r == 0 && i < r->n_sessions)
        p->r = read_session(p, s, r, i);
    else if (p->r == 0 && i < r->n_sessions + r->n_beside)
        p->r = store_results(s, r->beside[i - r->n_sessions], "", p->arena, &p->result, &p->n, &p->e);
    else if (p->r == 0)
        p->r = store_digest(s, p->digest, &p->e);
    store_close(s);
    return p;
}

static void drop_piece(void *piece)
{
    struct piece *p = piece;
    lab_session_free(p->lab);
    arena_free(p->arena);
    free(p);
}

/* A spare session counts where it was sat; most are not even known to the store. */
static int join_spare(struct reporting *r, struct store *s, const char *id, struct piece *p, struct err *e)
{
    struct store_result *spare = NULL;
    size_t n = 0, counted = 0;
    struct err own;
    int k = store_results(s, id, r->paper->ruleset, p->arena, &spare, &n, &own);
    if (k == -ERR_USAGE)
        return 0;
    if (k < 0) {
        *e = own;
        return k;
    }
    struct store_result *both = arena_array(p->arena, p->n + n + 1, sizeof *both);
    p->n = store_results_join_spare(p->result, p->n, spare, n, both, &counted);
    p->result = both;
    r->from_spares += (int64_t)counted;
    return 0;
}

static int join_spares(struct reporting *r, size_t i, struct piece *p, struct err *e)
{
    struct office_session *spare = NULL;
    struct store *s = NULL;
    size_t n = 0;
    int k = r->is_lab ? 0 : office_spares_of(r->desk.office, r->arena, r->session[i].id, &spare, &n, e);
    if (k == 0 && n)
        k = store_open(&s, r->store, DB_READ, e);
    for (size_t x = 0; x < n && k == 0; x++)
        k = join_spare(r, s, spare[x].id, p, e);
    store_close(s);
    return k;
}

static void join(struct reporting *r, size_t i, struct piece *p)
{
    r->lab[i] = p->lab;
    p->lab = NULL;
    r->silent_rooms += silent_rooms(r->arena, p->result, p->n);
    struct store_result *both = arena_array(r->arena, r->n_results + p->n + 1, sizeof *both);
    r->n_results = store_results_join(r->result, r->n_results, p->result, p->n, both);
    r->result = both;
    arena_join(r->arena, p->arena);
    p->arena = NULL;
}

static int by_ticket(const void *ticket, const void *result)
{
    return strcmp(ticket, ((const struct store_result *)result)->ticket);
}

/* Cheating makes all marks of the sitting invalid. Who was not here, or counts nowhere, stays as he is. */
static void strike(struct reporting *r, const struct piece *p)
{
    for (size_t i = 0; i < p->n; i++) {
        struct store_result *x =
            p->result[i].mark == STORE_CHEATING && r->n_results
                ? bsearch(p->result[i].ticket, r->result, r->n_results, sizeof *x, by_ticket)
                : NULL;
        if (!x || x->mark == STORE_ABSENT || x->mark == STORE_VOID || x->mark == STORE_CHEATING)
            continue;
        x->mark = STORE_CHEATING;
        x->points = points_milli(0);
        x->waits = "";
        r->n_struck++;
    }
}

static int take_piece(void *context, size_t i, void *piece, struct err *e)
{
    struct reporting *r = context;
    struct piece *p = piece;
    int k = p->r;
    if (k < 0)
        *e = p->e;
    else if (i >= r->n_sessions + r->n_beside)
        memcpy(r->report.digest, p->digest, sizeof p->digest);
    else if (i >= r->n_sessions)
        strike(r, p);
    else if ((k = join_spares(r, i, p, e)) == 0)
        join(r, i, p);
    drop_piece(p);
    return k;
}

int reporting_join(struct reporting *r, struct err *e)
{
    const struct ahead a = {.n = r->n_sessions + r->n_beside + 1,
                            .context = r,
                            .make = read_piece,
                            .take = take_piece,
                            .drop = drop_piece};
    r->lab = arena_array(r->arena, r->n_sessions, sizeof(struct lab_session *));
    int k = ahead_run(&a, e);
    return k < 0 ? k : rates_compute(&r->rates, r->result, r->n_results, &r->lines, e);
}

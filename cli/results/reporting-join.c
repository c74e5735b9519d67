/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/results/reporting.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

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
    return k;
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

/* Where it is known what each result came from, that is kept for the reports on ratings. */
static int read_results(struct reporting *r, size_t i, struct store_result **ret, size_t *ret_n, struct err *e)
{
    const char *session = r->session[i].id;
    int k = r->is_lab ? store_lab(r->store, session, &r->lab[i], e) : 0;
    if (k == 0)
        return store_results(r->store, session, r->paper ? r->paper->ruleset : "", r->arena, ret, ret_n, e);
    if (k > 0)
        lab_session_results(r->lab[i], r->arena, ret, ret_n);
    return k < 0 ? k : 0;
}

static int join(struct reporting *r, size_t i, struct err *e)
{
    struct store_result *other = NULL;
    size_t n = 0;
    int k = read_results(r, i, &other, &n, e);
    if (k < 0)
        return k;
    r->silent_rooms += silent_rooms(r->arena, other, n);
    struct store_result *both = arena_array(r->arena, r->n_results + n + 1, sizeof *both);
    r->n_results = store_results_join(r->result, r->n_results, other, n, both);
    r->result = both;
    return 0;
}

int reporting_join(struct reporting *r, struct err *e)
{
    int k = 0;
    r->lab = arena_array(r->arena, r->n_sessions, sizeof(struct lab_session *));
    for (size_t i = 0; k == 0 && i < r->n_sessions; i++)
        k = join(r, i, e);
    return k < 0 ? k : rates_compute(&r->rates, r->result, r->n_results, &r->lines, e);
}

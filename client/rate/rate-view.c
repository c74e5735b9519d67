/* SPDX-License-Identifier: Apache-2.0 */
#include "client/rate/rate-view.h"

#include <string.h>

#include "base/i18n.h"
#include "client/screens/frame.h"
#include "client/screens/view.h"

const char *rate_points(points_t p, char buf[32])
{
    return points_text(p, buf, 32);
}

const char *rate_ticket_end(const char *ticket, size_t n)
{
    size_t all = strlen(ticket);
    return all > n ? ticket + all - n : ticket;
}

const char *rate_status_text(enum rating_status s)
{
    switch (s) {
    case RATING_ABSENT:
        return _("absent");
    case RATING_EXEMPT:
        return _("exempt");
    case RATING_POSTPONED:
        return _("postponed");
    case RATING_BREACH:
        return _("breach");
    case RATING_CHEATING:
        return _("cheating");
    case RATING_VOID:
        return _("void");
    case RATING_RATED:
        return _("rated");
    default:
        return _("open");
    }
}

const char *rate_state_text(const struct book_entry *x, char *buf, size_t size)
{
    char points[32];
    if (x->elsewhere)
        return _("open elsewhere");
    rate_points(x->points.total, points);
    switch (book_state(x)) {
    case BOOK_SETTLED:
        return rate_status_text(x->rating.status);
    case BOOK_CONFIRMED:
        return say(buf, size, _("confirmed %s"), points);
    case BOOK_UNSIGNED:
        return say(buf, size, _("unsigned %s"), points);
    case BOOK_READY:
        return say(buf, size, _("to confirm %s"), points);
    case BOOK_STARTED:
        return say(buf, size, _("open steps %zu"), x->points.open);
    default:
        return x->rating.identified ? _("not begun") : _("not checked");
    }
}

enum look rate_state_look(const struct book_entry *x)
{
    enum book_state s = book_state(x);
    if (x->elsewhere || s == BOOK_UNSIGNED)
        return LOOK_ALARM;
    return s == BOOK_CONFIRMED || s == BOOK_SETTLED ? LOOK_GOOD : s == BOOK_READY ? LOOK_WARN : LOOK_QUIET;
}

/* The step that charged a slip of that name first. */
static size_t charged_at(const struct book_entry *x, const char *same)
{
    for (size_t i = 0; i < x->rating.n_steps; i++)
        for (size_t k = 0; k < x->rubric->step[i].n_slips; k++)
            if ((x->rating.step[i].slips & (UINT32_C(1) << k)) && x->points.cost[i][k] != RATING_SAME &&
                strcmp(x->rubric->step[i].slip[k].same, same) == 0)
                return i;
    return 0;
}

const char *rate_cost_text(const struct book_entry *x, size_t step, size_t slip, char *buf, size_t size)
{
    const struct rubric_step *s = &x->rubric->step[step];
    char points[32];
    bool made = x->rating.step[step].slips & (UINT32_C(1) << slip);
    enum rating_cost cost = made ? x->points.cost[step][slip] : RATING_COSTS;
    if (cost == RATING_HINTED)
        return say(buf, size, _("-%s after a hint"), rate_points(s->hint, points));
    if (cost == RATING_INCLUDED)
        return _("counted with another");
    if (cost == RATING_SAME)
        return say(buf, size, _("charged at step %zu"), charged_at(x, s->slip[slip].same) + 1);
    return say(buf, size, "-%s",
               rate_points(s->mode == RUBRIC_DEDUCT ? s->slip[slip].minus : s->points, points));
}

int rate_foot(const struct model *m, struct grid *g, const char *keys)
{
    int end = g->height - 4 - view_alert_rows(m);
    view_alert(m, g, g->height - 4);
    frame_keys(g, g->height - 4, keys);
    view_save_line(m, g, g->height - 3);
    return end;
}

void rate_buttons(const struct rate_model *r, struct grid *g, int y, const char *safe, const char *other)
{
    int x = frame_button(g, FRAME_LEFT + 6, y, r->button == 0, 0, safe);
    frame_button(g, x + 6, y, r->button != 0, 1, other);
}

static void view_none(const struct model *m, struct grid *g)
{
    frame_begin(g, view_title(m));
    frame_centred(g, g->height / 2 - 2, g->height - 4, LOOK_STRONG,
                  _("Nobody in this room is yours to rate."));
    rate_foot(m, g, "");
}

void rate_draw(const struct rate_model *r, const struct model *m, struct grid *g)
{
    static void (*const view[RATE_SCREENS])(const struct rate_model *, const struct model *,
                                            struct grid *) = {
        [RATE_SHEETS] = rate_view_sheets,     [RATE_GROUPS] = rate_view_groups,
        [RATE_IDENTITY] = rate_view_identity, [RATE_OWN] = rate_view_own,
        [RATE_REASON] = rate_view_reason,     [RATE_STATUS] = rate_view_status,
        [RATE_ARTICLE] = rate_view_status,    [RATE_DETAIL] = rate_view_status,
        [RATE_SURE] = rate_view_status,       [RATE_FINISH] = rate_view_finish,
        [RATE_KEYS] = rate_view_keys,
    };
    if (r->book && r->book->n > 0)
        view[r->screen](r, m, g);
    else
        view_none(m, g);
}

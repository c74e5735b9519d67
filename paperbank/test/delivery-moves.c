/* SPDX-License-Identifier: Apache-2.0 */
/* What the candidate may do now, and why not. */
#include "base/i18n.h"
#include "paperbank/test/delivery-internal.h"

int delivery_refuse(struct err *e, const char *what)
{
    return err_set(e, ERR_NO, NULL, "%s", what);
}

static int unanswered(const struct delivery *d, size_t slot, struct err *e)
{
    const struct delivery_slot *s = &d->slot[slot];
    if (!delivery_individual(d) || delivery_control(d, slot)->allow_skipping || s->attempts > 0 ||
        s->fate != SLOT_OPEN)
        return 0;
    return delivery_refuse(e, _("this item must be answered before going on"));
}

static int may_leave(const struct delivery *d, int64_t now_ms, struct err *e)
{
    int64_t held = delivery_held(d, now_ms);
    if (held > 0)
        return err_set(e, ERR_NO, NULL, _("%lld more seconds must be given to this item"),
                       (long long)((held + 999) / 1000));
    return d->current >= 0 && delivery_linear(d) ? unanswered(d, (size_t)d->current, e) : 0;
}

static int in_part(const struct delivery *d, struct err *e)
{
    return d->state == DELIVERY_IN_PART ? 0 : delivery_refuse(e, _("no part of the test is open"));
}

int delivery_may_respond(const struct delivery *d, struct err *e)
{
    int r = in_part(d, e);
    if (r < 0)
        return r;
    if (d->current < 0)
        return delivery_refuse(e, _("no item is open"));
    const struct delivery_slot *s = &d->slot[d->current];
    int64_t most = delivery_control(d, (size_t)d->current)->max_attempts;
    if (delivery_individual(d) && most > 0 && s->attempts >= most)
        return delivery_refuse(e, _("this item has no attempts left"));
    return s->fate == SLOT_OPEN ? 0 : delivery_refuse(e, _("this item is over"));
}

static bool is_there(const struct delivery *d, size_t slot)
{
    const struct delivery_slot *s = &d->slot[slot];
    if (s->fate == SLOT_ENDED)
        return s->presented && delivery_control(d, slot)->allow_review;
    return s->fate == SLOT_WAITING || s->fate == SLOT_OPEN;
}

int64_t delivery_neighbour(const struct delivery *d, int by)
{
    const struct plan_node *part = d->plan->part[d->part];
    int64_t i = d->current < 0 ? (by > 0 ? (int64_t)part->first - 1 : -1) : d->current;
    do
        i += by;
    while (i >= (int64_t)part->first && i < (int64_t)part->end && !is_there(d, (size_t)i));
    return i >= (int64_t)part->first && i < (int64_t)part->end ? i : -1;
}

static int in_nonlinear(const struct delivery *d, struct err *e)
{
    int r = in_part(d, e);
    if (r == 0 && delivery_linear(d))
        r = delivery_refuse(e, _("this part of the test goes from item to item"));
    return r;
}

int delivery_may_select(const struct delivery *d, size_t slot, struct err *e)
{
    int r = in_nonlinear(d, e);
    if (r < 0)
        return r;
    const struct plan_node *part = d->plan->part[d->part];
    if (slot < part->first || slot >= part->end)
        return delivery_refuse(e, _("there is no such item in this part"));
    return is_there(d, slot) ? 0 : delivery_refuse(e, _("this item is over, and may not be looked at again"));
}

int delivery_may_next(const struct delivery *d, int64_t now_ms, struct err *e)
{
    if (d->state == DELIVERY_BETWEEN)
        return 0;
    int r = in_part(d, e);
    if (r < 0)
        return r;
    if (delivery_linear(d))
        return may_leave(d, now_ms, e);
    return delivery_neighbour(d, 1) < 0 ? delivery_refuse(e, _("this is the last item of the part")) : 0;
}

int delivery_may_back(const struct delivery *d, struct err *e)
{
    int r = in_nonlinear(d, e);
    return r == 0 && delivery_neighbour(d, -1) < 0
               ? delivery_refuse(e, _("this is the first item of the part"))
               : r;
}

int delivery_may_skip(const struct delivery *d, int64_t now_ms, struct err *e)
{
    if (d->state == DELIVERY_IN_PART && d->current >= 0 && delivery_individual(d) &&
        !delivery_control(d, (size_t)d->current)->allow_skipping)
        return delivery_refuse(e, _("this item must not be skipped"));
    return d->state == DELIVERY_BETWEEN ? delivery_refuse(e, _("no item is open"))
                                        : delivery_may_next(d, now_ms, e);
}

int delivery_may_end_part(const struct delivery *d, int64_t now_ms, struct err *e)
{
    int r = in_part(d, e);
    if (r == 0)
        r = may_leave(d, now_ms, e);
    if (r < 0 || delivery_linear(d))
        return r;
    const struct plan_node *part = d->plan->part[d->part];
    for (size_t i = part->first; r == 0 && i < part->end; i++)
        r = unanswered(d, i, e);
    return r;
}

int delivery_may_comment(const struct delivery *d, struct err *e)
{
    int r = in_part(d, e);
    if (r == 0 && (d->current < 0 || !delivery_control(d, (size_t)d->current)->allow_comment))
        r = delivery_refuse(e, _("this item takes no comment"));
    return r;
}

unsigned delivery_moves(const struct delivery *d, int64_t now_ms)
{
    unsigned moves = 0;
    moves |= delivery_may_respond(d, NULL) == 0 ? MAY_RESPOND : 0;
    moves |= delivery_may_next(d, now_ms, NULL) == 0 ? MAY_NEXT : 0;
    moves |= delivery_may_back(d, NULL) == 0 ? MAY_BACK : 0;
    moves |= delivery_may_skip(d, now_ms, NULL) == 0 ? MAY_SKIP : 0;
    moves |= delivery_may_end_part(d, now_ms, NULL) == 0 ? MAY_END_PART : 0;
    moves |= delivery_may_comment(d, NULL) == 0 ? MAY_COMMENT : 0;
    if (d->state == DELIVERY_IN_PART && !delivery_linear(d))
        moves |= MAY_SELECT;
    if (d->state == DELIVERY_IN_PART || d->state == DELIVERY_BETWEEN)
        moves |= MAY_END_TEST;
    return moves;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "office/sheets/sheet-print-internal.h"

#define BOX "\u2610"

/* ---- bags ---- */

static bool is_chosen(const struct sheet_list *l, const struct sheet_place *p, const struct sheet_choice *c)
{
    return (!c->site || strcmp(c->site, p->candidate->site) == 0) &&
           (!c->room || strcmp(c->room, p->candidate->room) == 0) && (!c->group || c->group == p->group) &&
           (c->order ? c->order == p->order : p->order <= l->plan->raters);
}

static int compare_room(const struct sheet_place *x, const struct sheet_place *y)
{
    int c = strcmp(x->candidate->site, y->candidate->site);
    if (c == 0)
        c = strcmp(x->candidate->room, y->candidate->room);
    return c ? c : (x->order > y->order) - (x->order < y->order);
}

static int by_bag(const void *a, const void *b)
{
    const struct sheet_place *x = *(const struct sheet_place *const *)a,
                             *y = *(const struct sheet_place *const *)b;
    int c = compare_room(x, y);
    return c ? c : (x->candidate->seat > y->candidate->seat) - (x->candidate->seat < y->candidate->seat);
}

void sheet_bags(struct sheet_bag **ret, size_t *ret_n, struct arena *a, const struct sheet_list *l,
                const struct sheet_choice *c)
{
    const struct sheet_place **place = arena_array(a, l->n + 1, sizeof *place);
    size_t n = 0, bags = 0;
    for (size_t i = 0; i < l->n; i++)
        if (is_chosen(l, &l->place[i], c))
            place[n++] = &l->place[i];
    qsort(place, n, sizeof *place, by_bag);
    struct sheet_bag *bag = arena_array(a, n + 1, sizeof *bag);
    for (size_t i = 0; i < n; i++) {
        struct sheet_bag *b = bags ? &bag[bags - 1] : NULL;
        bool same_room = b && compare_room(b->place[0], place[i]) == 0;
        if (!same_room || b->n == SHEET_BAG)
            bag[bags++] = (struct sheet_bag){.place = &place[i], .number = same_room ? b->number + 1 : 1};
        bag[bags - 1].n++;
    }
    *ret = bag;
    *ret_n = bags;
}

const char *sheet_bag_name(const struct sheet_bag *b, const struct sheet_list *l, struct arena *a)
{
    const struct sheet_place *p = b->place[0];
    if (l->plan->raters > 1)
        return arena_printf(a, "%s-%s-rater%lld-%zu", p->candidate->site, p->candidate->room,
                            (long long)p->order, b->number);
    return arena_printf(a, "%s-%s-%zu", p->candidate->site, p->candidate->room, b->number);
}

const char *sheet_bag_title(const struct sheet_bag *b, struct arena *a)
{
    const struct sheet_place *p = b->place[0];
    return arena_printf(a, _("Site %s, room %s, rater %lld, bag %zu: %zu sheets"), p->candidate->site,
                        p->room->name, (long long)p->order, b->number, b->n);
}

/* ---- a sheet ---- */

static const char *place_text(const struct sheet_place *p, struct arena *a)
{
    if (!p->group)
        return arena_printf(a, _("room %s, seat %lld"), p->room->name, (long long)p->candidate->seat);
    return arena_printf(a, _("room %s, group %lld, bench %lld"), p->room->name, (long long)p->group,
                        (long long)p->bench);
}

void sheet_facts(const struct sheet_place *p, struct arena *a, const char *ret[SHEET_FACTS][2])
{
    const struct roster_candidate *c = p->candidate;
    const char *rater = p->rater ? arena_printf(a, "%s %s", p->rater->id, p->rater->name) : "__________";
    const char *const fact[SHEET_FACTS][2] = {
        {_("Name"), c->name},
        {_("Ticket no."), c->ticket},
        {_("School"), c->school},
        {_("ID no."), c->id_number},
        {_("Place"), place_text(p, a)},
        {_("Site"), c->site},
        {_("Experiment"), arena_printf(a, "%s %s", p->rubric->id, p->rubric->title)},
        {_("Rater"), arena_printf(a, _("%s (rating %lld)"), rater, (long long)p->order)},
    };
    memcpy(ret, fact, sizeof fact);
}

static const char *points_of(points_t p, struct arena *a)
{
    char text[32];
    return arena_strdup(a, points_text(p, text, sizeof text));
}

static const char *slip_price(const struct rubric_step *step, const struct rubric_slip *slip, struct arena *a)
{
    if (step->mode != RUBRIC_DEDUCT)
        return "";
    if (!step->fix)
        return arena_printf(a, "\u00a0\u2212%s", points_of(slip->minus, a));
    return arena_printf(a, _("\u00a0\u2212%s (%s\u00a0after a hint:\u00a0\u2212%s)"),
                        points_of(slip->minus, a), BOX,
                        points_of(step->hint.milli < slip->minus.milli ? step->hint : slip->minus, a));
}

/* "(contains b, c)": what costs nothing beside it. */
static const char *slip_contains(const struct rubric_step *step, const struct rubric_slip *slip,
                                 struct arena *a)
{
    char codes[RUBRIC_MAX_SLIPS + 1];
    size_t n = 0;
    for (size_t i = 0; i < step->n_slips; i++)
        if (slip->includes >> i & 1)
            codes[n++] = step->slip[i].code;
    codes[n] = '\0';
    return n ? arena_printf(a, _(" (contains %s)"), codes) : "";
}

const char *sheet_step_boxes(const struct rubric_step *step, struct arena *a)
{
    struct bytes out = {0};
    if (step->mode == RUBRIC_ALL && step->n_slips)
        bytes_printf(&out, "%s   ", _("any slip: 0"));
    else if (step->mode == RUBRIC_FATAL)
        bytes_printf(&out, "%s   ", _("any slip: 0, and the experiment ends"));
    for (size_t i = 0; i < step->n_slips; i++) {
        const struct rubric_slip *slip = &step->slip[i];
        bytes_printf(&out, "%s%c\u00a0%s%s%s   ", BOX, slip->code, slip->text, slip_price(step, slip, a),
                     slip_contains(step, slip, a));
    }
    if (step->mode == RUBRIC_DEDUCT && step->cap.milli < step->points.milli)
        bytes_printf(&out, _("at most \u2212%s   "), points_of(step->cap, a));
    bytes_printf(&out, "%s0\u00a0%s", BOX, _("not done"));
    const char *text = arena_strndup(a, (const char *)out.p, out.n);
    bytes_release(&out);
    return text;
}

const char *sheet_step_words(const struct rubric_step *step, struct arena *a)
{
    return step->text[0] ? arena_printf(a, "%s\n%s", step->title, step->text) : step->title;
}

const char *sheet_fatal_boxes(const struct rubric *r, struct arena *a)
{
    struct bytes out = {0};
    if (!r->n_fatals)
        return "";
    bytes_str(&out, _("Ended the experiment:"));
    for (size_t i = 0; i < r->n_fatals; i++)
        bytes_printf(&out, _("  %s%zu\u00a0%s (steps %zu to %zu are 0)"), BOX, i + 1, r->fatal[i].text,
                     r->fatal[i].from + 1, r->fatal[i].to + 1);
    const char *text = arena_strndup(a, (const char *)out.p, out.n);
    bytes_release(&out);
    return text;
}

const char *sheet_status_boxes(const struct lab_plan *plan, struct arena *a)
{
    struct bytes out = {0};
    bytes_printf(&out, _("Not rated:  %s absent"), BOX);
    for (size_t i = 0; i < plan->n_exemptions; i++)
        bytes_printf(&out, _("  %s exempt: %s"), BOX, plan->exemption[i].text);
    bytes_printf(
        &out,
        _("  %s postponed ________  %s breach, article ____  %s cheating, article ____  %s void: ________"),
        BOX, BOX, BOX, BOX);
    const char *text = arena_strndup(a, (const char *)out.p, out.n);
    bytes_release(&out);
    return text;
}

const char *sheet_sum_line(const struct rubric *r, struct arena *a)
{
    return arena_printf(a, _("Sum of the points: ________ of %s        %s a doubt for the chief examiner"),
                        points_of(r->raw, a), BOX);
}

const char *sheet_how_to(void)
{
    return _(
        "Tick each slip and write the points of each step and their sum. Who changes something strikes it out, "
        "writes beside it, and has it signed by the chief examiner and two raters.");
}

const char *sheet_signer(size_t i)
{
    static const char *const signer[SHEET_SIGNERS] = {N_("Rater"), N_("Candidate"), N_("Chief examiner")};
    return _(signer[i]);
}

/* ---- the list of a bag ---- */

const char *sheet_list_title(size_t column)
{
    static const char *const title[SHEET_LIST_COLUMNS] = {
        N_("No."),   N_("Sheet"),      N_("Ticket no."), N_("Name"),
        N_("Place"), N_("Experiment"), N_("Rater"),      N_("Used"),
    };
    return _(title[column]);
}

void sheet_list_row(const struct sheet_bag *b, size_t i, struct arena *a, const char *ret[SHEET_LIST_COLUMNS])
{
    const struct sheet_place *p = b->place[i];
    const char *const cell[SHEET_LIST_COLUMNS] = {
        arena_printf(a, "%lld", (long long)p->candidate->seat),
        p->id,
        p->candidate->ticket,
        p->candidate->name,
        p->group ? arena_printf(a, "%lld-%lld", (long long)p->group, (long long)p->bench) : "",
        p->rubric->id,
        p->rater ? p->rater->id : "",
        BOX,
    };
    memcpy(ret, cell, sizeof cell);
}

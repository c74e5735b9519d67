/* SPDX-License-Identifier: Apache-2.0 */
/* Who needs a hand, and what is to be done about it. */
#include <string.h>

#include "base/i18n.h"
#include "client/screens/proctor.h"
#include "exam-packages/roster.h"

enum { SILENT_MS = 20000, BATTERY_LOW = 15 };

const struct control_candidate *proctor_candidate(const struct proctor *p, const char *ticket)
{
    for (size_t i = 0; i < p->room.n && *ticket; i++)
        if (strcmp(p->room.candidate[i].ticket, ticket) == 0)
            return &p->room.candidate[i];
    return NULL;
}

const struct control_station *proctor_station(const struct proctor *p, const char *name)
{
    for (size_t i = 0; i < p->room.n_stations && *name; i++)
        if (strcmp(p->room.station[i].name, name) == 0)
            return &p->room.station[i];
    return NULL;
}

bool proctor_begun(const struct control_candidate *c)
{
    return c->state != SITTING_NEW;
}

bool proctor_ended(const struct control_candidate *c)
{
    return c->state == SITTING_HANDED_IN || c->state == SITTING_FORCED_END;
}

bool proctor_is_rater(const struct control_candidate *c)
{
    return strcmp(c->form, ROSTER_RATING_FORM) == 0;
}

/* ---- of one ---- */

static bool battery_low(const struct control_station *s)
{
    return s && s->battery >= 0 && s->battery <= BATTERY_LOW && !s->charging;
}

static enum hand_kind kind_of(const struct control_candidate *c, const struct control_station *s)
{
    if (c->kept == CONTROL_AT_RISK && !c->sealed)
        return HAND_AT_RISK;
    if (*c->trouble)
        return HAND_TROUBLE;
    if (c->state == SITTING_ANSWERING && c->silent_ms >= SILENT_MS)
        return HAND_SILENT;
    if (seat_state_of(c) == SEAT_STOPPED)
        return HAND_STOPPED;
    if (c->kept == CONTROL_ROOM_ONLY && !proctor_ended(c))
        return HAND_ROOM_ONLY;
    if (proctor_ended(c) && !c->sealed)
        return HAND_UNSIGNED;
    return battery_low(s) && !proctor_ended(c) ? HAND_BATTERY : HAND_NONE;
}

struct proctor_hand proctor_hand_of(const struct proctor *p, const struct control_candidate *c)
{
    const struct control_station *s = proctor_station(p, c->station);
    return (struct proctor_hand){.kind = kind_of(c, s), .candidate = c, .station = s};
}

static struct proctor_hand of_station(const struct control_station *s)
{
    struct proctor_hand h = {.kind = HAND_NONE, .station = s};
    if (s->state == CONTROL_ASKS)
        h.kind = HAND_ASKS;
    else if (s->disk != CONTROL_DISK_FINE && s->state != CONTROL_SILENT)
        h.kind = HAND_STATION_DISK;
    return h;
}

/* ---- of the room ---- */

static void add(struct proctor_hands *ret, enum hand_kind wanted, struct proctor_hand h)
{
    if (h.kind == wanted && ret->n < PROCTOR_MAX_HANDS)
        ret->hand[ret->n++] = h;
}

void proctor_find_hands(const struct proctor *p, struct proctor_hands *ret)
{
    ret->n = 0;
    for (int kind = 0; kind < HAND_NONE && p->room.state != ROOM_CLOSED; kind++) {
        for (size_t i = 0; i < p->room.n; i++)
            add(ret, (enum hand_kind)kind, proctor_hand_of(p, &p->room.candidate[i]));
        for (size_t i = 0; i < p->room.n_stations; i++)
            if (!*p->room.station[i].ticket)
                add(ret, (enum hand_kind)kind, of_station(&p->room.station[i]));
    }
}

static struct proctor_hand first_hand(const struct proctor *p)
{
    struct proctor_hands all;
    proctor_find_hands(p, &all);
    if (all.n > 0)
        return all.hand[0];
    return p->room.n > 0 ? proctor_hand_of(p, &p->room.candidate[0])
                         : (struct proctor_hand){.kind = HAND_NONE};
}

struct proctor_hand proctor_focus(const struct proctor *p)
{
    const struct control_candidate *c = proctor_candidate(p, p->ticket);
    const struct control_station *s = proctor_station(p, p->station);
    if (p->at == AT_FIRST_HAND || (p->at == AT_STATION ? !s : !c && !s))
        return first_hand(p);
    if (p->at == AT_STATION || !c)
        return of_station(s);
    return proctor_hand_of(p, c);
}

/* ---- what is said ---- */

const char *proctor_hand_title(const struct proctor_hand *h)
{
    static const char *const titles[HAND_KINDS] = {
        [HAND_AT_RISK] = N_("answers in danger"),
        [HAND_TROUBLE] = N_("journal damaged or doubled"),
        [HAND_SILENT] = N_("no signal from the machine"),
        [HAND_STOPPED] = N_("interrupted"),
        [HAND_ROOM_ONLY] = N_("disk of the machine fails"),
        [HAND_UNSIGNED] = N_("ended, not signed yet"),
        [HAND_ASKS] = N_("asks to be admitted"),
        [HAND_STATION_DISK] = N_("disk of the machine fails"),
        [HAND_BATTERY] = N_("battery low"),
        [HAND_NONE] = "",
    };
    bool rater = h->candidate && proctor_is_rater(h->candidate);
    if (rater && h->kind == HAND_AT_RISK)
        return _("ratings in danger");
    if (rater && h->kind == HAND_TROUBLE)
        return _("sheets damaged or doubled");
    return *titles[h->kind] ? _(titles[h->kind]) : "";
}

struct hand_rule {
    const char *alone, *service; /* advice; service NULL: the same */
    enum proctor_act_id step[HAND_STEPS + 1];
};
static const struct hand_rule rules[HAND_KINDS] = {
    [HAND_AT_RISK] =
        {N_("The disk fails; the newest answers are only in memory. Do not switch off; make room "
            "on the disk. It goes on saving by itself."),
         N_("The disk fails and the room has not got all. Do not switch off; look after the "
            "network cable. Move only when the room has all."),
         {ACT_TELL, ACT_INCIDENT, ACT_PAUSE}},
    [HAND_TROUBLE] = {N_("Delete nothing: all is kept as evidence. Note it, and tell the exam office."),
                      NULL,
                      {ACT_INCIDENT, ACT_RESEAT, ACT_CODE}},
    [HAND_SILENT] = {N_("The machine does not answer. All saved answers are on it. Look after power and "
                        "cables."),
                     N_("No answer from the machine. Is it on, is its cable in? It can go on alone and is "
                        "copied later. If broken: other machine."),
                     {ACT_RESEAT, ACT_INCIDENT, ACT_FINISH}},
    [HAND_STOPPED] =
        {N_("The screen is not running; the answers are safe, time stands still. Start the "
            "seat's program again and let the candidate sign in."),
         N_("The program is not running; time stands still. Let the candidate sign in again with "
            "a one-time code, here or elsewhere."),
         {ACT_CODE, ACT_RESEAT, ACT_INCIDENT}},
    [HAND_ROOM_ONLY] =
        {N_("The disk of this machine fails; all answers are in the room. The candidate may go "
            "on; moving to another machine is safer."),
         NULL,
         {ACT_RESEAT, ACT_INCIDENT, ACT_TELL}},
    [HAND_UNSIGNED] =
        {N_("Over, but its signature has not come yet. Leave the machine on."),
         N_("Over, but its signature has not come yet. Leave the machine on and connected; if it "
            "is lost, end from the room's copy."),
         {ACT_INCIDENT, ACT_FINISH}},
    [HAND_ASKS] = {N_("A machine of this site asks for this room. Does this name stand on a machine here? "
                      "Then admit it."),
                   NULL,
                   {ACT_ADMIT, ACT_ADMIT_ALL, ACT_STATIONS}},
    [HAND_STATION_DISK] = {N_("Nobody sits at this machine. Let nobody sit there, and note it."),
                           NULL,
                           {ACT_INCIDENT, ACT_REFUSE, ACT_STATIONS}},
    [HAND_BATTERY] = {N_("Plug this machine in now; it will switch itself off soon."),
                      NULL,
                      {ACT_TELL, ACT_INCIDENT, ACT_RESEAT}},
    [HAND_NONE] = {.step = {MENU_SEAT}},
};

const char *proctor_hand_advice(const struct proctor *p, enum hand_kind k)
{
    const struct hand_rule *r = &rules[k];
    const char *text = p->room.service && r->service ? r->service : r->alone;
    return text ? proctor_says(p, text) : "";
}

void proctor_hand_steps(const struct proctor *p, const struct proctor_hand *h,
                        enum proctor_act_id ret[HAND_STEPS + 1])
{
    size_t n = 0;
    for (const enum proctor_act_id *s = rules[h->kind].step; *s; s++)
        if ((*s != MENU_SEAT || h->candidate) && proctor_act_possible(p, *s))
            ret[n++] = *s;
    ret[n] = ACT_NONE;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Into the sitting: the agent found, the candidate signed in, the paper opened; and back again after a kill.
 */
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "client/screens/frame.h"
#include "client/screens/seat-internal.h"
#include "client/screens/view.h"
#include "paperbank/item/expression/instance.h"

enum { RESUME_TRIES = 50, RESUME_PAUSE_US = 100000 };

bool seat_connect(struct seat *s)
{
    struct err e = {0};
    return s->link || link_open(&s->link, s->home, &e) == 0;
}

void seat_disconnect(struct seat *s)
{
    link_close(s->link);
    s->link = NULL;
    s->greeted = false;
}

/* ---- signing in ---- */

static const char *refusal(const struct seat_words *w, const struct err *e, char *buf, size_t size)
{
    switch (e->code) {
    case ERR_UNKNOWN_TICKET:
        return _(w->unknown);
    case ERR_OTHER_ROOM:
        return _(w->other_room);
    case ERR_MARKED_ABSENT:
        return _(w->absent);
    case ERR_OPEN_ELSEWHERE:
        return _(w->elsewhere);
    case ERR_MOVED:
        return _(w->moved);
    case ERR_LAB:
        return _("This is a lab-skills exam. Candidates have no workstation; raters use kaochang-rate.");
    case ERR_NOT_LAB:
        return _("This is no lab-skills exam: there is nothing to rate. Please tell the proctor.");
    case ERR_ROOM_CLOSED:
        return _(w->closed);
    default:
        return say_error(buf, size, e);
    }
}

/* Four characters at each end stay; of a short number only the last two. */
static void mask(char *out, size_t size, const char *number)
{
    size_t n = strlen(number), head = n >= 12 ? 4 : 0, tail = n >= 12 ? 4 : 2;
    say(out, size, "%s", number);
    for (size_t i = head; i + tail < n && i + 1 < size; i++)
        out[i] = '*';
}

static struct person person_of(const struct link_candidate *c)
{
    struct person p = {.resumes = c->state != SITTING_NEW, .clock_wrong = c->outside_window, .held = c->held};
    say(p.name, sizeof p.name, "%s", c->name);
    say(p.ticket, sizeof p.ticket, "%s", c->ticket);
    mask(p.id_masked, sizeof p.id_masked, c->id_number ? c->id_number : "");
    say(p.school, sizeof p.school, "%s", c->school ? c->school : "");
    say(p.room, sizeof p.room, "%s", c->room ? c->room : "");
    say(p.seat, sizeof p.seat, "%s", c->seat ? c->seat : "");
    return p;
}

static void tell_person(struct seat *s)
{
    struct person p = person_of(&s->candidate);
    seat_send(s, &(struct event){.kind = EVENT_SIGNED_IN, .person = &p, .title = s->candidate.title});
}

static void tell_already_ended(struct seat *s)
{
    tell_person(s);
    enum ending ending = s->candidate.state == SITTING_HANDED_IN ? ENDING_HANDED_IN : ENDING_BEFORE;
    seat_send(s, &(struct event){
                     .kind = EVENT_ENDED, .ending = ending, .text = s->candidate.receipt, .sealed = true});
}

/* `resume_code`: what the proctor gave, or the token of this seat's own sitting. */
static int sign_in(struct seat *s, const char *ticket, const char *resume_code, struct err *e)
{
    arena_free(s->arena);
    s->arena = arena_new();
    s->candidate = (struct link_candidate){0};
    int r = s->m.stage ? link_sign_in_rater(s->link, ticket, resume_code, s->arena, &s->candidate, e)
                       : link_sign_in(s->link, ticket, resume_code, s->arena, &s->candidate, e);
    if (r == 0)
        say(s->token, sizeof s->token, "%s", s->candidate.token);
    return r;
}

static bool agent_is_gone(const struct err *e)
{
    return e->code == ERR_NO_AGENT || e->kind == ERR_ENV;
}

static void ask_code(struct seat *s)
{
    seat_say(
        s, EVENT_CODE_WANTED,
        _("This code does not fit, or was used already. Nothing is lost: ask the proctor for a new one."));
}

/* Signing in was refused, or nobody was there to ask. */
static void tell_refusal(struct seat *s, const struct err *e)
{
    char text[sizeof *e];
    if (e->code == ERR_ALREADY_ENDED)
        tell_already_ended(s);
    else if (e->code == ERR_RESUME_CODE)
        ask_code(s);
    else if (e->code == ERR_NOT_OPEN)
        seat_say(s, EVENT_NOT_OPEN, "");
    else if (!s->link || agent_is_gone(e)) {
        seat_disconnect(s);
        seat_say(s, EVENT_NO_AGENT, "");
    } else
        seat_say(s, EVENT_REFUSED, refusal(model_words(&s->m), e, text, sizeof text));
}

void seat_sign_in(struct seat *s, const char *ticket)
{
    struct err e = {0};
    char code[MODEL_CODE];
    if (seat_connect(s) && sign_in(s, ticket, model_code(&s->m, code), &e) == 0)
        tell_person(s);
    else
        tell_refusal(s, &e);
}

void seat_knock(struct seat *s)
{
    struct err e = {0};
    if (seat_connect(s) && sign_in(s, s->m.ticket.text, "", &e) == 0)
        tell_person(s);
    else if (e.code != ERR_NOT_OPEN)
        tell_refusal(s, &e);
}

static void free_items(struct seat *s)
{
    seat_close_files(s);
    for (size_t i = 0; i < s->n_items; i++)
        item_free(s->item[i]);
    free(s->item);
    s->item = NULL;
    s->n_items = 0;
    work_free(s->work);
    tutorial_free(s->tutorial);
    s->work = s->m.work = s->m.exam_work = s->m.practice_work = NULL;
    s->tutorial = NULL;
    s->m.notes = NULL; /* it lay in the work */
    pictures_free(s->pictures);
    s->pictures = NULL;
    s->m.session = NULL;
    s->m.rule = NULL;
    s->m.n_rules = 0;
}

static void close_work(struct seat *s)
{
    if (s->m.stage)
        s->m.stage->close(s->m.on_stage);
    free_items(s);
    sitting_close(s->sitting);
    s->sitting = NULL;
}

void seat_drop(struct seat *s)
{
    close_work(s);
    seat_disconnect(s);
    s->token[0] = '\0';
    if (s->memory)
        s->memory->ticket[0] = s->memory->token[0] = '\0';
}

/* The connection serves one sitting: another one for the next candidate. */
void seat_sign_out(struct seat *s)
{
    seat_drop(s);
    s->greeted = seat_connect(s);
}

/* ---- opening the paper ---- */

/* The item as this candidate sees it: its numbers drawn, the same on every machine and after every restart.
 */
static int read_drawn(struct item **ret, const char *id, struct span document, struct span seed,
                      struct err *e)
{
    struct item *whole = NULL;
    int r = item_read(&whole, id, document, e);
    if (r < 0 || !item_is_template(whole)) {
        *ret = whole;
        return r;
    }
    r = item_instantiate(ret, whole, seed, e);
    item_free(whole);
    return r;
}

static int load_item(struct seat *s, struct work *w, size_t i, struct err *e)
{
    const struct session_item *x = &sitting_session(s->sitting)->item[i];
    struct span document, seed = item_seed(s->arena, s->candidate.session, s->candidate.ticket, x->ref->id);
    struct response_set answer = {0};
    if (sitting_item_part(s->sitting, i, &document, e) < 0 ||
        read_drawn(&s->item[i], x->ref->id, document, seed, e) < 0 ||
        sitting_response(s->sitting, i, w->arena, &answer, e) < 0)
        return -(int)(e->kind ? e->kind : ERR_BUG);
    work_set(w, i, s->item[i], x->section->title, x->ref->points, seed);
    question_restore(&w->question[i], &answer);
    w->question[i].flagged = x->flagged;
    if (sitting_item_unsaved(s->sitting, i))
        w->question[i].edits = (struct edits){.shown = 1, .given = 1};
    w->question[i].visited = x->state != ATTEMPT_NOT_SEEN;
    return 0;
}

/* Items of a paper name their pictures as the files of the paper part that they are. */
static int find_picture(void *context, const struct item *item, const char *href, struct bytes *ret,
                        struct err *e)
{
    struct seat *s = context;
    struct span png;
    (void)item;
    int r = sitting_part(s->sitting, href, &png, e);
    if (r == 0)
        bytes_add(ret, png.p, png.n);
    sitting_rest_parts(s->sitting);
    return r;
}

static int load_items(struct seat *s, struct work **ret, struct err *e)
{
    s->n_items = sitting_session(s->sitting)->n;
    s->item = mem_grow(NULL, s->n_items + 1, sizeof *s->item);
    memset(s->item, 0, (s->n_items + 1) * sizeof *s->item);
    struct work *w = work_new(s->n_items);
    s->pictures = w->pictures = pictures_new(find_picture, s);
    pictures_later(s->pictures);
    int r = 0;
    for (size_t i = 0; i < s->n_items && r == 0; i++)
        r = load_item(s, w, i, e);
    if (r == 0)
        r = seat_open_files(s, w, e);
    if (r < 0)
        work_free(w);
    else
        *ret = w;
    return r;
}

static int open_sitting(struct seat *s, const struct clock_reading *now, struct err *e)
{
    struct link_terms terms = {0};
    int r = link_start(s->link, s->arena, &terms, e);
    if (r < 0)
        return r;
    r = sitting_open(&s->sitting, &terms, NULL, now, e);
    terms.paper_fd = -1;
    link_terms_wipe(&terms);
    return r;
}

static void tell_opened_stage(struct seat *s)
{
    const struct session *x = sitting_session(s->sitting);
    char saved[16];
    seat_send(s, &(struct event){.kind = EVENT_OPENED,
                                 .session = x,
                                 .allowance_ms = session_allowance_ms(x),
                                 .remaining_ms = session_left_ms(x),
                                 .points = "",
                                 .resumed = x->state != SITTING_NEW,
                                 .text = seat_time_of_day(sitting_saved_wall_ms(s->sitting), saved)});
}

static int open_stage(struct seat *s, const struct clock_reading *now, struct err *e)
{
    int r = s->m.stage->open(s->m.on_stage, s->link, &s->candidate, now, &s->sitting, e);
    if (r == 0)
        tell_opened_stage(s);
    return r;
}

static void tell_opened(struct seat *s, struct work *w)
{
    const struct session *x = sitting_session(s->sitting);
    char points[64], saved[16];
    struct editor *notes = x->paper->notes ? arena_alloc(w->arena, sizeof *notes) : NULL;
    s->work = w;
    s->granted_ms = x->granted_ms;
    if (x->paper->tutorial && x->state == SITTING_NEW)
        s->tutorial = tutorial_new();
    if (notes) {
        editor_init(notes, w->arena, MODEL_NOTES_MAX);
        editor_set(notes, sitting_notes(s->sitting));
    }
    seat_send(s, &(struct event){.kind = EVENT_OPENED,
                                 .work = w,
                                 .practice = tutorial_work(s->tutorial),
                                 .notes = notes,
                                 .on = x->paper->calculator,
                                 .session = x,
                                 .rule = x->paper->notice,
                                 .n_rules = x->paper->n_notices,
                                 .allowance_ms = session_allowance_ms(x),
                                 .remaining_ms = session_left_ms(x),
                                 .points = view_points(x->paper->points, points, sizeof points),
                                 .resumed = x->state != SITTING_NEW,
                                 .item = x->current,
                                 .text = seat_time_of_day(sitting_saved_wall_ms(s->sitting), saved)});
}

static int open_paper(struct seat *s, const struct clock_reading *now, struct err *e)
{
    struct work *w = NULL;
    if (s->m.stage)
        return open_stage(s, now, e);
    int r = open_sitting(s, now, e);
    if (r == 0)
        r = load_items(s, &w, e);
    if (r == 0)
        tell_opened(s, w);
    return r;
}

void seat_open(struct seat *s, const struct clock_reading *now)
{
    struct err e = {0};
    char text[sizeof e];
    if (open_paper(s, now, &e) < 0) {
        close_work(s);
        if (e.kind == ERR_NO && (e.code == ERR_HELD || e.code == ERR_NOT_OPEN))
            seat_say(s, EVENT_HELD, "");
        else
            seat_say(s, EVENT_FAILED, say_error(text, sizeof text, &e));
        return;
    }
    if (s->memory) {
        say(s->memory->ticket, sizeof s->memory->ticket, "%s", s->candidate.ticket);
        say(s->memory->token, sizeof s->memory->token, "%s", s->token);
    }
    if (sitting_unsaved(s->sitting)) /* a program that was killed left it in memory */
        seat_send(s, &(struct event){.kind = EVENT_NOT_SAVED, .item = sitting_session(s->sitting)->current});
    if (sitting_state_ended(sitting_session(s->sitting)->state))
        seat_ended(s, seat_ending(sitting_session(s->sitting)));
    else if (sitting_session(s->sitting)->state == SITTING_PAUSED)
        seat_send(s, &(struct event){.kind = EVENT_PAUSED, .on = true});
}

/* ---- after a kill, and after the agent was gone ---- */

/* The agent may not have seen yet that the killed one is gone. */
static int sign_in_patiently(struct seat *s, const char *ticket, struct err *e)
{
    char token[sizeof s->memory->token];
    say(token, sizeof token, "%s", s->memory->token);
    int r = sign_in(s, ticket, token, e);
    for (int i = 0; i < RESUME_TRIES && r < 0 && e->code == ERR_OPEN_ELSEWHERE; i++) {
        usleep(RESUME_PAUSE_US);
        r = sign_in(s, ticket, token, e);
    }
    return r;
}

void seat_resume(struct seat *s, const struct clock_reading *now)
{
    struct err e = {0};
    char ticket[64];
    say(ticket, sizeof ticket, "%s", s->memory->ticket);
    if (sign_in_patiently(s, ticket, &e) == 0) {
        struct told_list said = s->memory->said;
        tell_person(s);
        s->m.said = said;
        seat_open(s, now);
    } else if (e.code == ERR_ALREADY_ENDED)
        tell_already_ended(s);
    else {
        seat_say(s, EVENT_AGENT, "");
        field_set(&s->m.ticket, ticket);
        tell_refusal(s, &e);
    }
}

void seat_reconnect(struct seat *s, const char *code)
{
    struct err e = {0};
    struct link_terms terms = {.paper_fd = -1};
    char ticket[64], token[sizeof s->token];
    say(ticket, sizeof ticket, "%s", s->m.person.ticket);
    say(token, sizeof token, "%s", *code ? code : s->token);
    if (seat_connect(s) && sign_in(s, ticket, token, &e) == 0 &&
        link_start(s->link, s->arena, &terms, &e) == 0) {
        link_terms_wipe(&terms);
        seat_say(s, EVENT_CODE_TAKEN, "");
        seat_say(s, EVENT_MESSAGE, _("The connection to the session is back."));
    } else if (e.code == ERR_RESUME_CODE) {
        ask_code(s);
    } else if (e.code == ERR_MOVED) {
        seat_drop(s);
        s->greeted = true; /* until the candidate has read it */
        seat_say(s, EVENT_MOVED, "");
    } else
        seat_disconnect(s);
}

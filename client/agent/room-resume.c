/* SPDX-License-Identifier: Apache-2.0 */
/* Who may go on with a sitting that has begun: the program that sat there before, by its token; with one-time
 * codes asked for, anybody else by a code that the proctor gave. What was given and used stands in the
 * minutes. */
#include <string.h>

#include "base/i18n.h"
#include "client/agent/delay.h"
#include "client/agent/line.h"
#include "client/agent/resume-code.h"
#include "exam-packages/secret.h"

void room_new_token(struct seat *seat)
{
    struct secret random = {0};
    seat->token[0] = '\0';
    if (secret_new(&random, (SEAT_TOKEN - 1) / 2, NULL) < 0)
        return;
    secret_random(&random);
    hex_encode(seat->token, random.p, random.n);
    secret_free(&random);
}

bool room_knows_program(const struct seat *seat, const char *token)
{
    return seat->token[0] && secret_text_equal(token, seat->token);
}

static int64_t epoch_of(const struct seat *seat)
{
    int64_t epoch = 0, seq;
    uint8_t head[32];
    if (seat->store)
        journal_head(sitting_store_journal(seat->store), &epoch, &seq, head);
    return epoch;
}

/* The codes that were given for this ticket. */
static int codes_of(struct room *r, const struct seat *seat, struct arena *a, struct minute **ret,
                    size_t *ret_n, struct err *e)
{
    const struct minutes_query q = {.kind = "resume-code", .ticket = seat->who->ticket};
    return minutes_find(r->minutes, &q, a, ret, ret_n, e);
}

static int make_code(const struct room *r, const struct seat *seat, const struct minute *given,
                     char ret_shown[SHORT_CODE_SHOWN], struct err *e)
{
    const struct resume_code c = {.seat = seat->who->seat,
                                  .ticket = seat->who->ticket,
                                  .epoch = epoch_of(seat),
                                  .counter = given->value,
                                  .reason = given->shown.text};
    const struct roster_room *room = roster_find_room(r->roster, seat->who->site, seat->who->room);
    return resume_code_make(&c, room, ret_shown, e);
}

int room_resume_code(struct room *r, struct seat *seat, const char *reason, struct arena *a, const char **ret,
                     struct err *e)
{
    struct minute *given = NULL;
    size_t n = 0;
    char shown[SHORT_CODE_SHOWN];
    int result = room_refresh(r, seat, e);
    if (result == 0)
        result = room_need_reason(reason, e);
    if (result == 0 && (seat->session.state == SITTING_NEW || sitting_state_ended(seat->session.state)))
        result = err_set(e, ERR_NO, seat->who->ticket,
                         _("only a candidate who has begun and not finished can go on with a code"));
    if (result == 0)
        result = codes_of(r, seat, a, &given, &n, e);
    if (result < 0)
        return result;
    room_note_value(r, "resume-code", seat, (int64_t)n + 1, reason);
    result = codes_of(r, seat, a, &given, &n, e); /* the reason as the minutes have it */
    if (result == 0)
        result = make_code(r, seat, &given[n - 1], shown, e);
    if (result == 0)
        *ret = arena_strdup(a, shown);
    return result;
}

static int refuse_code(const char *why, struct err *e)
{
    line_refuse(e, ERR_RESUME_CODE, why);
    return err_hint(e, _("ask the proctor for a one-time code"));
}

/* Number of the minute that gave this code and was not used; 0: none. */
static int64_t find_code(struct room *r, struct seat *seat, const char *shown, struct arena *a)
{
    struct minute *given = NULL;
    size_t n = 0;
    char one[SHORT_CODE_SHOWN];
    if (codes_of(r, seat, a, &given, &n, NULL) < 0)
        return 0;
    int64_t found = 0;
    for (size_t i = 0; i < n && !found; i++)
        if (!given[i].done && make_code(r, seat, &given[i], one, NULL) == 0 && secret_text_equal(one, shown))
            found = given[i].shown.number;
    secret_wipe(one, sizeof one);
    return found;
}

int room_use_resume_code(struct room *r, struct seat *seat, const char *typed, struct err *e)
{
    char shown[SHORT_CODE_SHOWN];
    if (!typed[0] || strlen(typed) == SEAT_TOKEN - 1) /* the token of an agent that is gone */
        return refuse_code(_("going on takes a one-time code"), e);
    if (short_code_read(typed, shown, NULL) < 0) /* mistyped: costs nothing */
        return refuse_code(_("this is no one-time code: eight characters, XXXX-XXXX; one may be mistyped"),
                           e);
    if (r->now.mono_ms < seat->wrong_mono_ms + delay_seconds(seat->wrong_codes) * 1000)
        return refuse_code(_("too soon after a wrong code: wait half a minute"), e);
    struct arena *a = arena_new();
    int64_t number = find_code(r, seat, shown, a);
    arena_free(a);
    if (!number) {
        seat->wrong_codes++;
        seat->wrong_mono_ms = r->now.mono_ms;
        room_note(r, "wrong-resume-code", seat, "%s", "");
        return refuse_code(_("this code is wrong, or has been used"), e);
    }
    seat->wrong_codes = 0;
    minutes_done(r->minutes, number);
    return 0;
}

int room_may_go_on(struct room *r, struct seat *seat, const char *code, struct err *e)
{
    bool going = seat->session.state == SITTING_ANSWERING || seat->session.state == SITTING_PAUSED;
    return r->resume_codes && going ? room_use_resume_code(r, seat, code, e) : 0;
}

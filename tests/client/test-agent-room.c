/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/client/agent-steps.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "client/agent/room.h"
#include "client/agent/wire.h"
#include "tests/failing-vfs.h"

static void who_waits_for_the_start_begins_when_the_proctor_starts_the_exam(void **state)
{
    struct fixture *f = *state;
    struct err e;
    struct link_candidate who;
    unlocks(f, (struct agent_start){.hold = true});
    struct link *l = connects(f);
    assert_done(link_sign_in(l, "T001", "", f->a, &who, &e), e);
    assert_true(who.held);
    assert_false(who.has_room);
    struct control *c = proctor(f);
    assert_int_equal(room_of(f, c).state, ROOM_OPEN);
    assert_int_equal(room_of(f, c).running_ms, -1);
    assert_int_equal(room_of(f, c).duration_ms, 3600000);
    assert_done(control_start_room(c, &e), e);
    hears(l, LINK_STARTED);
    assert_int_equal(room_of(f, c).state, ROOM_RUNNING);
    assert_true(room_of(f, c).running_ms >= 0);
    assert_done(link_sign_in(l, "T001", "", f->a, &who, &e), e);
    assert_false(who.held);
    assert_int_equal(noted(f, c, "started", "", NULL), 1);
    control_close(c);
    link_close(l);
}

static void an_exam_that_was_started_stays_started_when_the_agent_is_started_anew(void **state)
{
    struct fixture *f = *state;
    struct err e;
    unlocks(f, (struct agent_start){.hold = true});
    struct control *c = proctor(f);
    assert_done(control_start_room(c, &e), e);
    assert_done(control_start_room(c, &e), e); /* again is nothing */
    control_close(c);
    hall_kill_agent(&f->hall);
    unlocks(f, (struct agent_start){.hold = true});
    c = proctor(f);
    assert_int_equal(room_of(f, c).state, ROOM_RUNNING);
    assert_int_equal(noted(f, c, "started", "", NULL), 1);
    assert_int_equal(noted(f, c, "opened", "", NULL), 2);
    control_close(c);
}

static void a_locked_station_lets_nobody_in_until_a_proctor_shows_the_code(void **state)
{
    struct fixture *f = *state;
    struct err e;
    struct control *c = NULL;
    char other[CODE_DATA + 1], shown[CODE_SHOWN];
    unlocks(f, (struct agent_start){.waiting = true, .role = ROOM_AT_STATION});
    struct link *l = connects(f);
    assert_int_equal(signs_in(f, l, "T001", &e), -ERR_NO);
    assert_int_equal(e.code, ERR_NOT_OPEN);
    code_new(other);
    assert_int_equal(control_open(&c, f->hall.home, code_show(other, shown), &e), -ERR_NO);
    assert_int_equal(e.code, ERR_WRONG_CODE);
    assert_int_equal(signs_in(f, l, "T001", &e), -ERR_NO);
    c = proctor(f);
    assert_int_equal(room_of(f, c).state, ROOM_RUNNING);
    assert_done(signs_in(f, l, "T001", &e), e);
    assert_int_equal(noted(f, c, "wrong-code", "", NULL), 1);
    control_close(c);
    link_close(l);
}

static void an_act_is_carried_out_at_one_or_at_everybody(void **state)
{
    struct fixture *f = *state;
    struct err e;
    hall_unlock(&f->hall);
    struct link *one = connects(f), *two = connects(f);
    struct sitting *s1 = sits(f, one, "T001"), *s2 = sits(f, two, "T002");
    struct control *c = proctor(f);
    assert_done(control_pause(c, CONTROL_ALL, true, "fire alarm", &e), e);
    hears(one, LINK_CHANGED);
    hears(two, LINK_CHANGED);
    assert_done(sitting_catch_up(s1, NULL, &e), e);
    assert_int_equal(sitting_session(s1)->state, SITTING_PAUSED);
    assert_int_equal(status_of(f, c, "T002").state, SITTING_PAUSED);
    assert_refused(control_pause(c, "T001", true, "again", &e), ERR_NO, "answering", e);
    assert_done(control_pause(c, "T001", false, "came back first", &e), e);
    assert_done(control_pause(c, CONTROL_ALL, false, "all came back", &e), e); /* T001 goes on already */
    assert_int_equal(status_of(f, c, "T002").state, SITTING_ANSWERING);
    assert_refused(control_pause(c, "T001", false, "again", &e), ERR_NO, "not been stopped", e);
    assert_done(control_extra_time(c, CONTROL_ALL, 600, "fire alarm", &e), e);
    assert_int_equal(status_of(f, c, "T001").allowance_ms, 4200000);
    assert_int_equal(status_of(f, c, "T003").allowance_ms, 3600000); /* has not begun */
    assert_refused(control_pause(c, CONTROL_ALL, true, "", &e), ERR_USAGE, "reason", e);
    assert_int_equal(noted(f, c, "pause", "", NULL), 2);
    assert_int_equal(noted(f, c, "continue", "", NULL), 2);
    const char *text = "";
    assert_int_equal(noted(f, c, "extra-time", "T002", &text), 1);
    assert_string_equal(text, "+600 s: fire alarm");
    control_close(c);
    sitting_close(s1);
    sitting_close(s2);
    link_close(one);
    link_close(two);
}

static void an_act_at_everybody_says_when_there_is_nobody(void **state)
{
    struct fixture *f = *state;
    struct err e;
    hall_unlock(&f->hall);
    struct control *c = proctor(f);
    assert_refused(control_pause(c, CONTROL_ALL, true, "fire alarm", &e), ERR_NO, "nobody", e);
    assert_int_equal(control_force_end(c, CONTROL_ALL, "all", &e), -ERR_NO); /* only closing ends all */
    control_close(c);
}

static void a_breach_is_in_the_minutes_and_of_one_who_has_begun_in_the_journal(void **state)
{
    struct fixture *f = *state;
    struct err e;
    const char *text = "";
    hall_unlock(&f->hall);
    struct link *l = connects(f);
    struct sitting *s = sits(f, l, "T001");
    struct control *c = proctor(f);
    assert_done(control_breach(c, "T001", CONTROL_CHEATING, "6.3", "a second telephone", &e), e);
    hears(l, LINK_CHANGED);
    assert_int_equal(status_of(f, c, "T001").breach, CONTROL_CHEATING);
    assert_int_equal(noted(f, c, "cheating", "T001", &text), 1);
    assert_string_equal(text, "6.3 a second telephone");
    assert_done(control_breach(c, "T002", CONTROL_VIOLATION, "5.1", "", &e), e);
    assert_int_equal(status_of(f, c, "T002").breach, CONTROL_VIOLATION);
    assert_int_equal(status_of(f, c, "T002").state, SITTING_NEW);
    assert_refused(control_breach(c, "T002", CONTROL_VIOLATION, "", "", &e), ERR_USAGE, "article", e);
    sitting_close(s);
    link_close(l);
    control_close(c);
    hall_kill_agent(&f->hall);
    hall_unlock(&f->hall);
    c = proctor(f);
    assert_int_equal(status_of(f, c, "T001").breach, CONTROL_CHEATING);
    assert_int_equal(status_of(f, c, "T002").breach, CONTROL_VIOLATION);
    assert_done(control_breach(c, "T001", CONTROL_NO_BREACH, "", "it was a calculator", &e), e);
    assert_int_equal(status_of(f, c, "T001").breach, CONTROL_NO_BREACH);
    assert_int_equal(noted(f, c, "cheating", "T001", NULL), 1);
    assert_int_equal(noted(f, c, "no-breach", "T001", NULL), 1);
    control_close(c);
}

static void one_who_is_late_may_begin_and_is_remembered_as_late(void **state)
{
    struct fixture *f = *state;
    struct err e;
    hall_unlock(&f->hall);
    struct control *c = proctor(f);
    assert_done(control_presence(c, "T003", CONTROL_LATE, &e), e);
    struct link *l = connects(f);
    struct sitting *s = sits(f, l, "T003");
    assert_true(status_of(f, c, "T003").late);
    assert_false(status_of(f, c, "T003").absent);
    assert_int_equal(noted(f, c, "late", "T003", NULL), 1);
    sitting_close(s);
    link_close(l);
    control_close(c);
}

static void a_message_reaches_the_screen_or_waits_for_it(void **state)
{
    struct fixture *f = *state;
    struct err e;
    hall_unlock(&f->hall);
    struct link *one = connects(f);
    struct sitting *s = sits(f, one, "T001");
    struct control *c = proctor(f);
    assert_done(control_tell(c, CONTROL_ALL, "item 2: read \"four\" for \"for\"", &e), e);
    hears(one, LINK_TOLD);
    assert_string_equal(link_told(one), "item 2: read \"four\" for \"for\"");
    assert_done(control_tell(c, "T002", "please sit down", &e), e); /* is not there yet */
    assert_done(control_tell(c, "T002", "and begin", &e), e);
    struct link *two = connects(f);
    struct sitting *s2 = sits(f, two, "T002");
    hears(two, LINK_TOLD); /* what went to all who were there is not told later */
    assert_string_equal(link_told(two), "please sit down\nand begin");
    assert_int_equal(link_poll(two), LINK_NOTHING);
    sitting_close(s2);
    link_close(two);
    two = connects(f);
    s2 = sits(f, two, "T002");
    assert_int_equal(link_poll(two), LINK_NOTHING);
    assert_refused(control_tell(c, "T001", "", &e), ERR_USAGE, "message", e);
    assert_int_equal(noted(f, c, "message", "", NULL), 3);
    sitting_close(s);
    sitting_close(s2);
    link_close(one);
    link_close(two);
    control_close(c);
}

static void the_minutes_tell_the_story_of_the_room(void **state)
{
    struct fixture *f = *state;
    struct err e;
    const char *text = "";
    struct clock_reading later = exam_clock(0);
    hall_unlock(&f->hall);
    struct control *c = proctor(f);
    struct link *l = connects(f);
    struct sitting *s = sits(f, l, "T001");
    sitting_close(s);
    link_close(l);
    l = connects(f);
    s = sits(f, l, "T001");
    for (int i = 0; i < 100; i++) {
        enum session_notice n;
        later.mono_ms += 10000;
        assert_done(sitting_clock(s, &later, &n, &e), e);
    }
    assert_done(sitting_hand_in(s, &later, &e), e);
    char receipt[22];
    assert_done(link_seal(l, receipt, &e), e);
    assert_done(control_incident(c, "", "the lights went out for a moment", &e), e);
    assert_done(control_incident(c, "T002", "has no glasses", &e), e);
    assert_int_equal(noted(f, c, "opened", "", NULL), 1);
    assert_int_equal(noted(f, c, "started", "", NULL), 1);
    assert_int_equal(noted(f, c, "sign-in", "T001", NULL), 1);
    assert_int_equal(noted(f, c, "begun", "T001", NULL), 1);
    assert_int_equal(noted(f, c, "interrupted", "T001", NULL), 1);
    assert_int_equal(noted(f, c, "resumed", "T001", NULL), 1);
    assert_int_equal(noted(f, c, "handed-in", "T001", &text), 1);
    assert_string_equal(text, receipt);
    assert_int_equal(noted(f, c, "incident", "T002", &text), 1);
    assert_string_equal(text, "has no glasses");
    assert_refused(control_incident(c, "", "", &e), ERR_USAGE, "happened", e);
    sitting_close(s);
    link_close(l);
    control_close(c);
}

static void text_that_no_document_can_hold_does_not_keep_the_room_open(void **state)
{
    struct fixture *f = *state;
    struct err e;
    struct control_closing closing;
    hall_unlock(&f->hall);
    struct control *c = proctor(f);
    assert_done(control_incident(c, "", "two\nlines\tand \x01 a bell \xEF\xBF\xBF", &e), e);
    assert_done(control_close_room(c, &closing, &e), e);
    assert_int_equal(closing.stranded, 0);
    control_close(c);
}

static void damaged_minutes_are_put_aside_and_stop_no_exam(void **state)
{
    struct fixture *f = *state;
    struct err e;
    char *path = path_join(f->hall.home, "sessions/am/minutes.db"),
         *folder = path_join(f->hall.home, "sessions/am");
    assert_done(file_mkdirs(folder, true, &e), e);
    world_write(path,
                span_str("these are no minutes, but something long enough that its header is looked at, and "
                         "more than a hundred bytes"));
    hall_unlock(&f->hall);
    struct control *c = proctor(f);
    assert_int_equal(noted(f, c, "minutes-damaged", "", NULL), 1);
    control_close(c);
    free(path);
    free(folder);
}

static const struct control_check_line *line_of(const struct control_check *check, const char *ticket)
{
    for (size_t i = 0; i < check->n; i++)
        if (strcmp(check->line[i].ticket, ticket) == 0)
            return &check->line[i];
    return NULL;
}

static void the_collection_check_counts_against_the_list_and_says_what_to_do(void **state)
{
    struct fixture *f = *state;
    struct err e;
    struct control_check check;
    hall_unlock(&f->hall);
    struct link *one = connects(f), *two = connects(f);
    struct sitting *s1 = sits(f, one, "T001"), *s2 = sits(f, two, "T002");
    struct control *c = proctor(f);
    assert_done(control_force_end(c, "T001", "was ill", &e), e);
    assert_done(control_presence(c, "T003", CONTROL_ABSENT, &e), e);
    char *path = path_join(f->hall.home, "sessions/am/journals/T002.journal");
    assert_done(control_check(c, f->a, &check, &e), e);
    assert_int_equal(check.registered, 4);
    assert_int_equal(check.sat, 2);
    assert_int_equal(check.absent, 1);
    assert_int_equal(check.complete, 1);
    assert_int_equal(check.missing, 1);
    assert_int_equal(check.n, 4);
    assert_true(line_of(&check, "T001")->fine);
    assert_non_null(strstr(line_of(&check, "T001")->what, "signed by st01"));
    assert_false(line_of(&check, "T002")->fine);
    assert_non_null(strstr(line_of(&check, "T002")->what, "has not ended"));
    assert_true(line_of(&check, "T003")->fine);
    assert_false(line_of(&check, "T004")->fine);
    assert_non_null(strstr(line_of(&check, "T004")->what, "not marked as absent"));
    sitting_close(s1);
    sitting_close(s2);
    link_close(one);
    link_close(two);
    unlink(path);
    assert_done(control_check(c, f->a, &check, &e), e); /* it began, and its journal is gone */
    assert_false(line_of(&check, "T002")->fine);
    assert_non_null(strstr(line_of(&check, "T002")->what, "gone"));
    assert_int_equal(check.sat, 2);
    assert_int_equal(check.missing, 1);
    free(path);
    control_close(c);
}

/* ---- keys and lists from a room service ---- */

/* What a service has: U and the room's view of the list, without secrets. */
static void given(struct fixture *f, const struct room *r, struct age_identity *ret_unlock,
                  struct roster **ret_roster)
{
    struct err e;
    struct roster *mine = NULL, *out = roster_new();
    struct age_identity site = {0};
    assert_done(package_unlock(r->package, f->hall.code, ret_unlock, &e), e);
    assert_done(station_site_identity(r->station, &site, &e), e);
    assert_done(package_open_roster(r->package, "S1", &site, &mine, &e), e);
    out->session = arena_strdup(out->arena, mine->session);
    out->site = "S1";
    out->room = arena_array(out->arena, mine->n_rooms, sizeof *out->room);
    out->candidate = arena_array(out->arena, mine->n_candidates, sizeof *out->candidate);
    out->n_rooms = mine->n_rooms;
    out->n_candidates = mine->n_candidates;
    for (size_t i = 0; i < mine->n_rooms; i++) {
        const struct roster_room *x = &mine->room[i];
        out->room[i] = (struct roster_room){.site = arena_strdup(out->arena, x->site),
                                            .id = arena_strdup(out->arena, x->id),
                                            .name = arena_strdup(out->arena, x->name),
                                            .seats = x->seats};
    }
    for (size_t i = 0; i < mine->n_candidates; i++) {
        const struct roster_candidate *x = &mine->candidate[i];
        out->candidate[i] = *x;
        out->candidate[i].ticket = arena_strdup(out->arena, x->ticket);
        out->candidate[i].name = arena_strdup(out->arena, x->name);
        out->candidate[i].id_number = arena_strdup(out->arena, x->id_number);
        out->candidate[i].county = arena_strdup(out->arena, x->county);
        out->candidate[i].school = arena_strdup(out->arena, x->school);
        out->candidate[i].site = arena_strdup(out->arena, x->site);
        out->candidate[i].room = arena_strdup(out->arena, x->room);
        out->candidate[i].form = arena_strdup(out->arena, x->form);
    }
    *ret_roster = out;
    roster_free(mine);
    age_identity_free(&site);
}

static struct room *locked(struct fixture *f)
{
    struct err e;
    struct room *r = NULL;
    struct clock_reading now;
    const struct agent_start s = {
        .home = f->hall.home, .waiting = true, .hold = true, .role = ROOM_AT_STATION};
    clock_read(&now);
    assert_done(room_new(&r, &s, &now, &e), e);
    return r;
}

static void a_room_opens_with_the_sessions_key_and_the_list_alone(void **state)
{
    struct fixture *f = *state;
    struct err e;
    struct age_identity unlock = {0};
    struct roster *roster = NULL;
    struct seat *seat = NULL;
    struct link_candidate who;
    struct link_terms terms;
    struct room *r = locked(f);
    given(f, r, &unlock, &roster);
    assert_done(room_unlock_key(r, &unlock, roster, &e), e);
    assert_int_equal(r->state, ROOM_OPEN);
    assert_done(room_seat(r, "T004", &seat, &e), e);
    assert_done(room_candidate(r, seat, f->a, &who, &e), e);
    assert_true(who.held);
    assert_true(who.has_room);
    assert_string_equal(who.seat, "4");
    assert_done(room_start_exam(r, 12345, &e), e);
    assert_int_equal(r->started_wall_ms, 12345);
    assert_done(room_start(r, seat, &terms, &e), e);
    journal_keys_wipe(&terms.keys);
    seat->moved = true;
    assert_int_equal(room_start(r, seat, &terms, &e), -ERR_NO);
    assert_int_equal(e.code, ERR_MOVED);
    assert_done(room_check_code(r, f->hall.code, &e), e); /* a proctor who comes to this machine */
    room_free(r);
}

static void a_wrong_key_or_list_opens_nothing_and_the_right_one_still_does(void **state)
{
    struct fixture *f = *state;
    struct err e;
    struct age_identity unlock = {0}, other = {0};
    struct roster *roster = NULL, *again = NULL;
    struct room *r = locked(f);
    given(f, r, &unlock, &roster);
    age_identity_free(&unlock);
    assert_done(age_identity_new(&other, &e), e);
    assert_refused(room_unlock_key(r, &other, roster, &e), ERR_NO, "not that of this session", e);
    given(f, r, &unlock, &roster);
    roster->session = "pm";
    assert_refused(room_unlock_key(r, &unlock, roster, &e), ERR_NO, "another session", e);
    given(f, r, &unlock, &roster);
    for (size_t i = 0; i < roster->n_candidates; i++)
        roster->candidate[i].form = "Z";
    assert_int_equal(room_unlock_key(r, &unlock, roster, &e), -ERR_DATA);
    assert_int_equal(r->state, ROOM_LOCKED);
    assert_int_equal(r->n, 0);
    given(f, r, &unlock, &again);
    assert_done(room_unlock_key(r, &unlock, again, &e), e);
    given(f, r, &unlock, &again);
    assert_int_equal(room_unlock_key(r, &unlock, again, &e), -ERR_BUG); /* it is open */
    room_free(r);
}

static void a_station_with_several_packages_waits_for_the_name_of_the_session(void **state)
{
    struct fixture *f = *state;
    struct err e;
    char *from = path_join(f->hall.home, "packages/am.exam"),
         *to = path_join(f->hall.home, "packages/pm.exam");
    assert_done(file_copy(from, to, 0644, &e), e);
    struct room *r = locked(f);
    assert_null(r->package);
    assert_refused(room_check_code(r, f->hall.code, &e), ERR_USAGE, "several", e);
    assert_int_equal(room_choose(r, "../am", &e), -ERR_USAGE);
    assert_int_equal(room_choose(r, "pm", &e), -ERR_DATA); /* the file holds another session */
    assert_null(r->package);
    assert_done(room_choose(r, "am", &e), e);
    assert_done(room_check_code(r, f->hall.code, &e), e);
    assert_done(room_choose(r, "am", &e), e);
    assert_int_equal(room_choose(r, "pm", &e), -ERR_NO);
    room_free(r);
    unlink(to);
    free(from);
    free(to);
}

static void a_jump_of_the_wall_clock_is_noted(void **state)
{
    struct fixture *f = *state;
    struct minute *m = NULL;
    size_t n = 0;
    struct err e;
    struct room *r = locked(f);
    struct clock_reading later = r->now;
    later.mono_ms += 1000;
    later.wall_ms += 1500; /* a correction */
    room_clock(r, &later);
    later.mono_ms += 1000;
    later.wall_ms -= 3600000;
    room_clock(r, &later);
    assert_done(minutes_find(r->minutes, &(struct minutes_query){.kind = "clock-jump"}, f->a, &m, &n, &e), e);
    assert_int_equal(n, 1);
    assert_string_equal(minutes_text(m, f->a), "-3601 s");
    room_free(r);
}

/* ---- who lies, and disks that fail ---- */

static void whoever_begins_before_the_start_is_found_out(void **state)
{
    struct fixture *f = *state;
    unlocks(f, (struct agent_start){.hold = true});
    struct link *l = connects(f);
    struct sitting *s = sits(f, l, "T001"); /* as a changed program would */
    struct control *c = proctor(f);
    assert_int_equal(status_of(f, c, "T001").state, SITTING_ANSWERING);
    assert_int_equal(noted(f, c, "begun-early", "T001", NULL), 1);
    sitting_close(s);
    link_close(l);
    control_close(c);
}

static void no_request_of_a_proctor_stops_the_agent(void **state)
{
    static const int64_t values[] = {INT64_MIN, 1, INT64_MAX};
    struct fixture *f = *state;
    struct err e;
    char *long_text = mem_alloc(4001);
    memset(long_text, 'x', 4000);
    const char *const tickets[] = {"", CONTROL_ALL, "T001", "../T001", long_text};
    const char *const texts[] = {"", "\n", "reason", long_text};
    struct wire w;
    struct span body;
    int fd = -1;
    hall_unlock(&f->hall);
    struct link *l = connects(f);
    struct sitting *s = sits(f, l, "T001");
    assert_done(wire_connect(f->hall.home, &fd, &e), e);
    wire_init(&w, fd);
    const struct request show = {.type = MESSAGE_PROCTOR, .text = f->hall.code};
    assert_done(wire_ask(&w, &show, MESSAGE_DONE, &body, &e), e);
    for (int type = 0; type <= MESSAGE_CLEAR + 2; type++) {
        if (type == MESSAGE_STORED || type == MESSAGE_CLOSE_ROOM || type == MESSAGE_PROCTOR)
            continue;
        for (size_t i = 0; i < 3 * 5 * 4; i++) {
            const struct request r = {.type = (enum message_type)type,
                                      .ticket = tickets[i % 5],
                                      .text = texts[i / 5 % 4],
                                      .value = values[i / 20]};
            if (wire_ask(&w, &r, MESSAGE_RESEAT, &body, &e) == 0)
                fail_msg("a reply of an unknown kind");
            assert_false(w.gone);
        }
    }
    wire_release(&w);
    free(long_text);
    struct control *c = proctor(f);
    assert_int_equal(room_of(f, c).n, 4);
    sitting_close(s);
    link_close(l);
    control_close(c);
}

static void let_files_grow(const struct fixture *f, rlim_t bytes)
{
    const struct rlimit limit = {bytes, RLIM_INFINITY};
    assert_int_equal(prlimit(f->hall.agent, RLIMIT_FSIZE, &limit, NULL), 0);
}

static size_t minutes_of(struct fixture *f, struct room *r, const char *kind)
{
    struct err e;
    struct minute *m;
    size_t n = 0;
    assert_done(minutes_find(r->minutes, &(struct minutes_query){.kind = kind}, f->a, &m, &n, &e), e);
    return n;
}

static void later(struct room *r)
{
    struct clock_reading now = r->now;
    now.mono_ms += 5000;
    now.wall_ms += 5000;
    room_clock(r, &now);
    room_look(r);
}

/* In this process, so that only the databases' disk fails, and not the memory where a spill lies. */
static void acts_are_carried_out_in_memory_while_the_disk_fails(void **state)
{
    struct fixture *f = *state;
    struct err e;
    struct failing_vfs *v = failing_vfs();
    struct seat *seat = NULL;
    struct link_terms terms;
    struct sitting *s = NULL;
    struct control_room status;
    struct control_closing closing;
    *v = (struct failing_vfs){.countdown = -1};
    failing_vfs_for_all(true);
    struct room *r = locked(f);
    assert_done(room_check_code(r, f->hall.code, &e), e);
    assert_done(room_start_exam(r, r->now.wall_ms, &e), e);
    assert_done(room_seat(r, "T001", &seat, &e), e);
    assert_done(room_start(r, seat, &terms, &e), e);
    terms.paper_fd = dup(terms.paper_fd);
    assert_done(sitting_open(&s, &terms, NULL, &r->now, &e), e);
    assert_done(sitting_start(s, &r->now, &e), e);
    *v = (struct failing_vfs){.countdown = 0, .for_good = true};
    assert_done(room_extra_time(r, seat, 300, "the disk is full", &e), e);
    assert_done(room_pause(r, seat, true, "until it is changed", &e), e);
    assert_done(sitting_catch_up(s, NULL, &e), e);
    assert_int_equal(sitting_session(s)->state, SITTING_PAUSED);
    assert_int_equal(session_allowance_ms(sitting_session(s)), 3900000);
    later(r);
    assert_done(room_status(r, f->a, &status, &e), e);
    assert_int_equal(status.candidate[0].kept, CONTROL_AT_RISK);
    assert_int_equal(status.candidate[0].state, SITTING_PAUSED);
    assert_int_equal(minutes_of(f, r, "disk-failed"), 2); /* the journal's, the minutes' own */
    assert_int_equal(room_close(r, &closing, &e), -ERR_ENV);
    assert_int_equal(r->state, ROOM_RUNNING);
    *v = (struct failing_vfs){.countdown = -1};
    later(r);
    later(r);
    assert_done(room_status(r, f->a, &status, &e), e);
    assert_int_equal(status.candidate[0].kept, CONTROL_HERE);
    assert_int_equal(minutes_of(f, r, "disk-back"), 2);
    assert_done(room_close(r, &closing, &e), e);
    assert_true(room_is_signed(seat));
    assert_int_equal(closing.sat, 1);
    journal_keys_wipe(&terms.keys);
    sitting_close(s);
    room_free(r);
    failing_vfs_for_all(false);
}

static void a_full_disk_keeps_the_room_open_until_there_is_space(void **state)
{
    struct fixture *f = *state;
    struct err e;
    struct control_closing closing;
    hall_unlock(&f->hall);
    struct link *l = connects(f);
    struct sitting *s = sits(f, l, "T001");
    struct clock_reading later = exam_clock(1000);
    answers(f, s, 0, "A");
    for (int i = 0; i < 100; i++) {
        enum session_notice n;
        later.mono_ms += 10000;
        assert_done(sitting_clock(s, &later, &n, &e), e);
    }
    struct control *c = proctor(f);
    let_files_grow(f, 1);
    assert_done(control_incident(c, "", "the disk is full", &e), e); /* is remembered all the same */
    assert_int_equal(noted(f, c, "incident", "", NULL), 1);
    assert_done(sitting_hand_in(s, &later, &e), e); /* its own process is not limited */
    assert_int_equal(room_of(f, c).n, 4);           /* the proctor goes on seeing the room */
    assert_int_equal(status_of(f, c, "T001").state, SITTING_HANDED_IN);
    assert_false(status_of(f, c, "T001").sealed && status_of(f, c, "T001").trouble[0]);
    assert_int_equal(control_close_room(c, &closing, &e), -ERR_ENV);
    assert_int_equal(room_of(f, c).state, ROOM_RUNNING);
    let_files_grow(f, RLIM_INFINITY);
    assert_done(control_close_room(c, &closing, &e), e);
    assert_int_equal(closing.sat, 1);
    assert_true(file_exists(closing.path));
    sitting_close(s);
    link_close(l);
    control_close(c);
    char *path = path_join(f->hall.home, "sessions/am/minutes.xml");
    struct bytes data = world_read(path);
    struct minutes_document *d = NULL;
    assert_done(minutes_read(&d, path, bytes_span(&data), &e), e);
    bool told = false;
    for (size_t i = 0; i < d->n; i++)
        told |= strcmp(d->minute[i].shown.text, "the disk is full") == 0;
    assert_true(told);
    minutes_document_free(d);
    bytes_release(&data);
    free(path);
}

static void minutes_that_are_damaged_while_the_room_sits_keep_nobody_from_closing(void **state)
{
    struct fixture *f = *state;
    struct err e;
    struct control_closing closing;
    static const char *const files[] = {"sessions/am/minutes.db", "sessions/am/minutes.db-wal"};
    hall_unlock(&f->hall);
    struct link *l = connects(f);
    struct sitting *s = sits(f, l, "T001");
    for (size_t i = 0; i < 2; i++) {
        char *path = path_join(f->hall.home, files[i]);
        struct stat st;
        int fd = open(path, O_WRONLY);
        assert_true(fd >= 0 && fstat(fd, &st) == 0);
        for (off_t at = 0; at < st.st_size; at += 8)
            assert_int_equal(pwrite(fd, "garbage!", 8, at), 8);
        close(fd);
        free(path);
    }
    struct control *c = proctor(f);
    assert_done(control_incident(c, "", "nobody notices yet", &e), e);
    assert_int_equal(room_of(f, c).n, 4);
    assert_done(control_close_room(c, &closing, &e), e);
    assert_int_equal(closing.forced, 1);
    sitting_close(s);
    link_close(l);
    control_close(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(who_waits_for_the_start_begins_when_the_proctor_starts_the_exam, begin),
        cmocka_unit_test_setup(an_exam_that_was_started_stays_started_when_the_agent_is_started_anew, begin),
        cmocka_unit_test_setup(a_locked_station_lets_nobody_in_until_a_proctor_shows_the_code, begin),
        cmocka_unit_test_setup(an_act_is_carried_out_at_one_or_at_everybody, begin),
        cmocka_unit_test_setup(an_act_at_everybody_says_when_there_is_nobody, begin),
        cmocka_unit_test_setup(a_breach_is_in_the_minutes_and_of_one_who_has_begun_in_the_journal, begin),
        cmocka_unit_test_setup(one_who_is_late_may_begin_and_is_remembered_as_late, begin),
        cmocka_unit_test_setup(a_message_reaches_the_screen_or_waits_for_it, begin),
        cmocka_unit_test_setup(the_minutes_tell_the_story_of_the_room, begin),
        cmocka_unit_test_setup(text_that_no_document_can_hold_does_not_keep_the_room_open, begin),
        cmocka_unit_test_setup(damaged_minutes_are_put_aside_and_stop_no_exam, begin),
        cmocka_unit_test_setup(a_room_opens_with_the_sessions_key_and_the_list_alone, begin),
        cmocka_unit_test_setup(a_wrong_key_or_list_opens_nothing_and_the_right_one_still_does, begin),
        cmocka_unit_test_setup(a_station_with_several_packages_waits_for_the_name_of_the_session, begin),
        cmocka_unit_test_setup(a_jump_of_the_wall_clock_is_noted, begin),
        cmocka_unit_test_setup(whoever_begins_before_the_start_is_found_out, begin),
        cmocka_unit_test_setup(no_request_of_a_proctor_stops_the_agent, begin),
        cmocka_unit_test_setup(acts_are_carried_out_in_memory_while_the_disk_fails, begin),
        cmocka_unit_test_setup(a_full_disk_keeps_the_room_open_until_there_is_space, begin),
        cmocka_unit_test_setup(minutes_that_are_damaged_while_the_room_sits_keep_nobody_from_closing, begin),
        cmocka_unit_test_setup(the_collection_check_counts_against_the_list_and_says_what_to_do, begin),
    };
    return cmocka_run_group_tests_name("agent-room", tests, begin_all, end_all);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "client/screens/proctor-words.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "client/screens/frame.h"

enum seat_state seat_state_of(const struct control_candidate *c)
{
    switch (c->state) {
    case SITTING_NEW:
        return c->absent ? SEAT_ABSENT : c->connected ? SEAT_WAITING : SEAT_NEW;
    case SITTING_ANSWERING:
        return c->connected ? SEAT_WORKING : SEAT_STOPPED;
    case SITTING_PAUSED:
        return SEAT_PAUSED;
    case SITTING_HANDED_IN:
        return SEAT_HANDED_IN;
    default:
        return SEAT_ENDED;
    }
}

/* ---- stable words ---- */

const char *seat_state_word(enum seat_state s)
{
    static const char *const words[SEAT_STATES] = {
        [SEAT_NEW] = "not-begun",       [SEAT_WAITING] = "not-begun", [SEAT_ABSENT] = "absent",
        [SEAT_WORKING] = "working",     [SEAT_STOPPED] = "stopped",   [SEAT_PAUSED] = "paused",
        [SEAT_HANDED_IN] = "handed-in", [SEAT_ENDED] = "ended"};
    return words[s];
}

const char *kept_word(enum control_kept k)
{
    static const char *const words[] = {[CONTROL_NOTHING_YET] = "nothing",
                                        [CONTROL_HERE] = "here",
                                        [CONTROL_BOTH] = "both",
                                        [CONTROL_ROOM_ONLY] = "room-only",
                                        [CONTROL_AT_RISK] = "at-risk"};
    return words[k];
}

const char *breach_word(enum control_breach b)
{
    static const char *const words[] = {
        [CONTROL_NO_BREACH] = "none", [CONTROL_VIOLATION] = "violation", [CONTROL_CHEATING] = "cheating"};
    return words[b];
}

const char *room_state_word(enum room_state s)
{
    static const char *const words[ROOM_STATES] = {
        [ROOM_LOCKED] = "locked", [ROOM_OPEN] = "open", [ROOM_RUNNING] = "running", [ROOM_CLOSED] = "closed"};
    return words[s];
}

const char *station_state_word(enum control_station_state s)
{
    static const char *const words[] = {[CONTROL_ASKS] = "asks",
                                        [CONTROL_ADMITTED] = "admitted",
                                        [CONTROL_OPEN] = "open",
                                        [CONTROL_SILENT] = "silent"};
    return words[s];
}

const char *disk_word(enum control_disk d)
{
    static const char *const words[] = {[CONTROL_DISK_FINE] = "fine",
                                        [CONTROL_DISK_FULL] = "full",
                                        [CONTROL_DISK_READ_ONLY] = "read-only",
                                        [CONTROL_DISK_GONE] = "gone"};
    return words[d];
}

/* ---- translated ---- */

const char *seat_state_text(enum seat_state s, bool rater)
{
    static const char *const texts[SEAT_STATES] = {
        [SEAT_NEW] = N_("not here yet"),    [SEAT_WAITING] = N_("signed in, waits"),
        [SEAT_ABSENT] = N_("absent"),       [SEAT_WORKING] = N_("working"),
        [SEAT_STOPPED] = N_("interrupted"), [SEAT_PAUSED] = N_("paused"),
        [SEAT_HANDED_IN] = N_("handed in"), [SEAT_ENDED] = N_("ended")};
    if (rater && s == SEAT_WORKING)
        return _("rating");
    return rater && s == SEAT_HANDED_IN ? _("has finished rating") : _(texts[s]);
}

const char *seat_state_short(enum seat_state s, bool rater)
{
    static const char *const texts[SEAT_STATES] = {
        [SEAT_NEW] = N_("new"),        [SEAT_WAITING] = N_("here"), [SEAT_ABSENT] = N_("away"),
        [SEAT_WORKING] = N_("work"),   [SEAT_STOPPED] = N_("stop"), [SEAT_PAUSED] = N_("hold"),
        [SEAT_HANDED_IN] = N_("done"), [SEAT_ENDED] = N_("end")};
    if (rater && s == SEAT_WORKING)
        return _("rate");
    return rater && s == SEAT_HANDED_IN ? _("over") : _(texts[s]);
}

const char *kept_text(enum control_kept k)
{
    static const char *const texts[] = {
        [CONTROL_NOTHING_YET] = N_("nothing answered yet"),
        [CONTROL_HERE] = N_("saved on the machine"),
        [CONTROL_BOTH] = N_("saved on the machine and in the room"),
        [CONTROL_ROOM_ONLY] = N_("saved in the room only"),
        [CONTROL_AT_RISK] = N_("NOT SAVED on a disk"),
    };
    return _(texts[k]);
}

const char *room_state_text(const struct control_room *room)
{
    static const char *const texts[ROOM_STATES] = {[ROOM_LOCKED] = N_("locked"),
                                                   [ROOM_OPEN] = N_("open, not begun"),
                                                   [ROOM_RUNNING] = N_("running"),
                                                   [ROOM_CLOSED] = N_("closed")};
    return _(texts[room->state]);
}

const char *station_state_text(enum control_station_state s)
{
    static const char *const texts[] = {
        [CONTROL_ASKS] = N_("asks to be admitted"),
        [CONTROL_ADMITTED] = N_("admitted"),
        [CONTROL_OPEN] = N_("open"),
        [CONTROL_SILENT] = N_("no signal"),
    };
    return _(texts[s]);
}

const char *disk_text(enum control_disk d)
{
    static const char *const texts[] = {
        [CONTROL_DISK_FINE] = N_("disk fine"),
        [CONTROL_DISK_FULL] = N_("disk full"),
        [CONTROL_DISK_READ_ONLY] = N_("disk read-only"),
        [CONTROL_DISK_GONE] = N_("disk gone"),
    };
    return _(texts[d]);
}

/* tests/structure/test-minute-kinds.py compares it with what is noted. */
static const struct {
    const char *kind, *text;
} minute_kinds[] = {
    {"opened", N_("opened")},
    {"wrong-code", N_("wrong unlock code")},
    {"started", N_("exam started")},
    {"sign-in", N_("signed in")},
    {"begun", N_("began")},
    {"begun-early", N_("began before the start")},
    {"resumed", N_("went on")},
    {"interrupted", N_("interrupted")},
    {"handed-in", N_("handed in")},
    {"time-over", N_("time over")},
    {"extra-time", N_("extra time")},
    {"pause", N_("paused")},
    {"continue", N_("continued")},
    {"force-end", N_("ended by the proctor")},
    {"absent", N_("marked absent")},
    {"late", N_("marked late")},
    {"present", N_("present")},
    {"violation", N_("violation")},
    {"cheating", N_("cheating")},
    {"no-breach", N_("mark taken back")},
    {"incident", N_("incident")},
    {"message", N_("message")},
    {"resume-code", N_("one-time code")},
    {"wrong-resume-code", N_("wrong one-time code")},
    {"order", N_("order given")},
    {"ordered", N_("order carried out")},
    {"order-refused", N_("order refused")},
    {"too-late", N_("order came too late")},
    {"reseat", N_("other machine")},
    {"reseat-order", N_("other machine ordered")},
    {"moved", N_("moved")},
    {"finish", N_("ended from the room's copy")},
    {"asks", N_("asks to be admitted")},
    {"admitted", N_("machine admitted")},
    {"sent-away", N_("machine not admitted")},
    {"handed-key", N_("machine opened")},
    {"disk", N_("disk")},
    {"disk-failed", N_("disk failed")},
    {"disk-back", N_("disk is back")},
    {"clock-jump", N_("clock")},
    {"damaged", N_("journal damaged")},
    {"trouble", N_("trouble")},
    {"left-out", N_("left out here")},
    {"time-lags", N_("time lags")},
    {"journal-gone", N_("journal gone")},
    {"spill-aside", N_("answers set aside")},
    {"minutes-damaged", N_("minutes damaged")},
    {"room-reached", N_("room reached")},
    {"room-lost", N_("room lost")},
    {"room-refuses", N_("room takes no more")},
    {"checked", N_("collection check")},
    {"closing", N_("closing")},
    {"silent", N_("machine was silent")},
    {"stranded", N_("machine did not answer")},
    {"not-closed", N_("not closed")},
    {"closed", N_("closed")},
    {"cleared", N_("cleared out")},
    {"kept", N_("not cleared out")},
    {"brought", N_("journal brought in")},
    {"list", N_("newer list of candidates")},
};

const char *minute_kind_text(const char *kind)
{
    for (size_t i = 0; i < sizeof minute_kinds / sizeof *minute_kinds; i++)
        if (strcmp(minute_kinds[i].kind, kind) == 0)
            return _(minute_kinds[i].text);
    return kind;
}

const char *minute_note_text(const char *kind, const char *text, char *buf, size_t size)
{
    long long registered, sat, absent, forced;
    if (strcmp(kind, "order") == 0)
        return strcmp(text, "breach") == 0 ? _("mark of a breach") : minute_kind_text(text);
    if (strcmp(kind, "closed") == 0 && sscanf(text, "registered %lld, sat %lld, absent %lld, forced %lld",
                                              &registered, &sat, &absent, &forced) == 4)
        return say(
            buf, size,
            strstr(text, ", raters")
                ? ngettext("%lld rater on the list, %lld came, %lld absent, %lld ended by the closing",
                           "%lld raters on the list, %lld came, %lld absent, %lld ended by the closing",
                           (unsigned long)registered)
                : _("%lld on the list, %lld sat, %lld absent, %lld ended by the closing"),
            registered, sat, absent, forced);
    return text;
}

const char *minute_whom_text(const char *ticket)
{
    return strcmp(ticket, CONTROL_ALL) == 0 ? _("all candidates") : ticket;
}

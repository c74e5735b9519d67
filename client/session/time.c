/* SPDX-License-Identifier: Apache-2.0 */
#include "client/session/sections.h"

int64_t session_allowance_ms(const struct session *s)
{
    return s->paper->duration_s * 1000 + s->extra_ms + s->granted_ms;
}

int64_t session_left_ms(const struct session *s)
{
    int64_t left = session_allowance_ms(s) - s->used_ms;
    return left > 0 ? left : 0;
}

bool session_time_over(const struct session *s)
{
    return s->used_ms >= session_allowance_ms(s) + SESSION_GRACE_MS;
}

int64_t session_spend(const struct session *s, int64_t elapsed_ms)
{
    if (s->state != SITTING_ANSWERING || elapsed_ms <= 0)
        return s->used_ms;
    return s->used_ms + (elapsed_ms < s->step_ms ? elapsed_ms : s->step_ms);
}

void session_pass(struct session *s, int64_t used_ms)
{
    used_ms = used_ms < SESSION_MAX_USED_MS ? used_ms : SESSION_MAX_USED_MS;
    if (used_ms <= s->used_ms)
        return;
    if (s->here < s->n_sections)
        s->section[s->here].used_ms += used_ms - s->used_ms;
    s->used_ms = used_ms;
}

/* ---- sections ---- */

/* Extra time that the other sections have not taken. */
static int64_t store_for(const struct session *s, size_t section)
{
    int64_t store = s->extra_ms + s->granted_ms;
    for (size_t k = 0; k < s->n_sections; k++) {
        int64_t more = s->section[k].used_ms - s->section[k].ref->time_s * 1000;
        if (k != section && s->section[k].ref->time_s && more > 0)
            store -= more;
    }
    return store > 0 ? store : 0;
}

static int64_t limit_of(const struct session *s, size_t section)
{
    return s->section[section].ref->time_s * 1000 + store_for(s, section);
}

int64_t session_section_left_ms(const struct session *s, size_t section)
{
    if (!s->section[section].ref->time_s)
        return INT64_MAX;
    int64_t left = limit_of(s, section) - s->section[section].used_ms;
    return left > 0 ? left : 0;
}

bool sections_over_at(const struct session *s, size_t section, int64_t used_ms)
{
    int64_t then = used_ms > 0 ? used_ms : 0;
    int64_t since = section == s->here && then < s->used_ms ? s->used_ms - then : 0;
    return s->section[section].ref->time_s &&
           s->section[section].used_ms - since >= limit_of(s, section) + SESSION_GRACE_MS;
}

bool session_section_over(const struct session *s, size_t section)
{
    return sections_over_at(s, section, s->used_ms);
}

struct session_left session_left(const struct session *s)
{
    struct session_left left = {.ms = session_left_ms(s), .whole_ms = session_left_ms(s)};
    int64_t here = s->here < s->n_sections ? session_section_left_ms(s, s->here) : INT64_MAX;
    if (here < left.ms) {
        left.ms = here;
        left.of_section = true;
    }
    return left;
}

/* ---- notices ---- */

static bool passed(int64_t left_ms, int64_t spent_ms, int64_t mark_ms)
{
    return left_ms <= mark_ms && left_ms + spent_ms > mark_ms;
}

/* Once the section has run into its grace it has no time left, and is past its marks. */
static enum session_notice notice_of_section(const struct session *s, int64_t spent_ms)
{
    if (s->here == s->n_sections || !s->section[s->here].ref->time_s)
        return SESSION_NO_NOTICE;
    int64_t left = limit_of(s, s->here) - s->section[s->here].used_ms;
    if (session_section_over(s, s->here))
        return session_next_item(s) < s->n ? SESSION_SECTION_OVER : SESSION_OVER;
    if (passed(left, spent_ms, SESSION_LAST_WARNING_MS))
        return SESSION_SECTION_ONE_MINUTE;
    return passed(left, spent_ms, SESSION_WARNING_MS) ? SESSION_SECTION_FIVE_MINUTES : SESSION_NO_NOTICE;
}

enum session_notice session_notice(const struct session *s, int64_t before_ms)
{
    int64_t left = session_allowance_ms(s) - s->used_ms, spent = s->used_ms - before_ms;
    enum session_notice of_section = notice_of_section(s, spent);
    if (session_time_over(s))
        return SESSION_OVER;
    if (of_section == SESSION_SECTION_OVER || of_section == SESSION_OVER)
        return of_section;
    if (passed(left, spent, SESSION_LAST_WARNING_MS))
        return SESSION_ONE_MINUTE;
    if (passed(left, spent, SESSION_WARNING_MS))
        return SESSION_FIVE_MINUTES;
    return of_section;
}

int64_t session_hand_in_wait_ms(const struct session *s)
{
    int64_t wait = s->paper->earliest_hand_in_s * 1000 - s->used_ms;
    return wait > 0 ? wait : 0;
}

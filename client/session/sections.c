/* SPDX-License-Identifier: Apache-2.0 */
#include "client/session/sections.h"

#include "base/i18n.h"
#include "base/mem.h"

int session_refuse(struct err *e, enum session_error code, const char *why)
{
    err_set(e, ERR_NO, NULL, "%s", why);
    if (e)
        e->code = code;
    return -ERR_NO;
}

void sections_init(struct session *s)
{
    size_t first = 0;
    s->n_sections = s->here = s->form->n_sections;
    s->section = mem_alloc((s->n_sections + 1) * sizeof *s->section);
    for (size_t k = 0; k < s->n_sections; k++) {
        const struct paper_section *ref = &s->form->section[k];
        s->section[k] = (struct session_section){.ref = ref, .first = first, .n = ref->n_items, .at = first};
        for (size_t i = 0; i < ref->n_items; i++)
            s->item[first + i].in = k;
        first += ref->n_items;
    }
}

bool session_has_rules(const struct session *s)
{
    for (size_t k = 0; k < s->n_sections; k++)
        if (paper_section_has_rules(s->section[k].ref))
            return true;
    return false;
}

bool session_section_shut(const struct session *s, size_t section)
{
    return s->section[section].state == SECTION_CLOSED || session_section_over(s, section);
}

static bool is_linear(const struct session *s, size_t section)
{
    return s->section[section].ref->navigation == PAPER_LINEAR;
}

static bool is_gone_through(const struct session *s, size_t section, int64_t used_ms)
{
    const struct session_section *x = &s->section[section];
    return x->state == SECTION_CLOSED || sections_over_at(s, section, used_ms) ||
           (x->state != SECTION_NEW && x->at == x->first + x->n - 1);
}

static int check_linear(const struct session *s, size_t item, int64_t used_ms, struct err *e)
{
    size_t k = s->item[item].in;
    const struct session_section *to = &s->section[k];
    if (!is_linear(s, k))
        return 0;
    if (item != to->at && (to->state == SECTION_NEW || item != to->at + 1))
        return session_refuse(e, ERR_LINEAR,
                              _("in this section only the present item and the next one are open"));
    if (to->state == SECTION_NEW && k > 0 && is_linear(s, k - 1) && !is_gone_through(s, k - 1, used_ms))
        return session_refuse(e, ERR_LINEAR, _("the section before this one comes first"));
    return 0;
}

static int check_open(const struct session *s, size_t section, int64_t used_ms, struct err *e)
{
    if (s->section[section].state == SECTION_CLOSED)
        return session_refuse(e, ERR_SECTION_CLOSED, _("this section is closed; nobody can go back to it"));
    if (sections_over_at(s, section, used_ms))
        return session_refuse(e, ERR_SECTION_TIME, _("the time of this section is over"));
    return 0;
}

int sections_check_visit(const struct session *s, size_t item, int64_t used_ms, struct err *e)
{
    int r = check_open(s, s->item[item].in, used_ms, e);
    return r < 0 ? r : check_linear(s, item, used_ms, e);
}

int sections_check_answer(const struct session *s, size_t item, int64_t used_ms, struct err *e)
{
    size_t k = s->item[item].in;
    if (session_has_rules(s) && used_ms >= session_allowance_ms(s) + SESSION_GRACE_MS)
        return session_refuse(e, ERR_TIME_OVER, _("the time is over"));
    if (!paper_section_has_rules(s->section[k].ref))
        return 0;
    int r = check_open(s, k, used_ms, e);
    if (r == 0 && s->here != k)
        return session_refuse(e, ERR_ELSEWHERE, _("the candidate is in another section"));
    if (r == 0 && is_linear(s, k) && s->section[k].at != item)
        return session_refuse(e, ERR_LINEAR,
                              _("in this section only the present item and the next one are open"));
    return r;
}

int sections_check_collect(const struct session *s, size_t item, struct err *e)
{
    if (s->section[s->item[item].in].state != SECTION_CLOSED)
        return 0;
    return session_refuse(e, ERR_SECTION_CLOSED, _("this section is closed"));
}

static int move_section(struct session_section *x, enum section_state to, struct err *e)
{
    if (!section_may_move(x->state, to))
        return err_set(e, ERR_BUG, x->ref->id, _("a section makes a move that does not exist"));
    x->state = to;
    return 0;
}

int sections_visit(struct session *s, size_t item, int64_t used_ms, struct err *e)
{
    size_t to = s->item[item].in, from = s->here;
    if (from != to) {
        int r = move_section(&s->section[to], SECTION_OPEN, e);
        if (r == 0 && from < s->n_sections) {
            bool closes = s->section[from].ref->once || sections_over_at(s, from, used_ms);
            r = move_section(&s->section[from], closes ? SECTION_CLOSED : SECTION_LEFT, e);
        }
        if (r < 0)
            return r;
        s->here = to;
    }
    s->section[to].at = item;
    return 0;
}

size_t session_next_item(const struct session *s)
{
    for (size_t step = 1; s->here < s->n_sections && step < s->n_sections; step++) {
        const struct session_section *x = &s->section[(s->here + step) % s->n_sections];
        if (x->n && sections_check_visit(s, x->at, s->used_ms, NULL) == 0)
            return x->at;
    }
    return s->n;
}

static size_t unanswered(const struct session *s, size_t from, size_t end)
{
    size_t n = 0;
    for (size_t i = from; i < end; i++)
        n += s->item[i].state != ATTEMPT_ANSWERED;
    return n;
}

struct session_leave session_leaves(const struct session *s, size_t item)
{
    if (item >= s->n || s->here == s->n_sections)
        return (struct session_leave){.section = s->here};
    const struct session_section *x = &s->section[s->here];
    struct session_leave leave = {.section = s->here};
    if (s->item[item].in != s->here && x->ref->once) {
        leave.loss = SESSION_LOSES_SECTION;
        leave.unanswered = unanswered(s, is_linear(s, s->here) ? x->at : x->first, x->first + x->n);
    } else if (s->item[item].in == s->here && is_linear(s, s->here) && item != x->at) {
        leave.loss = SESSION_LOSES_ITEM;
        leave.unanswered = unanswered(s, x->at, x->at + 1);
    }
    return leave;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "client/screens/model.h"

#include "client/screens/stage.h"

void model_init(struct model *m, int width, int height)
{
    *m = (struct model){
        .width = width, .height = height, .function_keys = true, .typed_ms = -1, .notes_typed_ms = -1};
}

const struct seat_words *model_words(const struct model *m)
{
    return m->stage ? m->stage->words : &candidate_words;
}

struct question *model_question(const struct model *m)
{
    return m->work && m->current < m->work->n ? &m->work->question[m->current] : NULL;
}

const char *model_function_key(const struct model *m, int number)
{
    static const char *const plain[] = {"", "F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9", "F10"};
    static const char *const alt[] = {"",      "Alt+1", "Alt+2", "Alt+3", "Alt+4", "Alt+5",
                                      "Alt+6", "Alt+7", "Alt+8", "Alt+9", "Alt+0"};
    return m->function_keys ? plain[number] : alt[number];
}

bool model_closed(const struct model *m, size_t item)
{
    if (!m->session || item >= m->session->n)
        return false;
    size_t k = m->session->item[item].in;
    const struct session_section *x = &m->session->section[k];
    return session_section_shut(m->session, k) ||
           (x->ref->navigation == PAPER_LINEAR && x->state != SECTION_NEW && item < x->at);
}

size_t model_closed_items(const struct model *m)
{
    size_t n = 0;
    for (size_t i = 0; m->work && i < m->work->n; i++)
        n += model_closed(m, i);
    return n;
}

int64_t model_section_left_ms(const struct model *m)
{
    return m->session && m->session->here < m->session->n_sections
               ? session_section_left_ms(m->session, m->session->here)
               : INT64_MAX;
}

/* 0 unanswered, 1 lacks a part, 2 flagged, 3 neither. */
static int open_rank(const struct question *q)
{
    return !question_answered(q) ? 0 : !question_complete(q) ? 1 : q->flagged ? 2 : 3;
}

size_t model_open_items(const struct model *m, size_t *ret, size_t max)
{
    size_t n = 0;
    for (int rank = 0; rank < 3; rank++)
        for (size_t i = 0; m->work && i < m->work->n && n < max; i++)
            if (open_rank(&m->work->question[i]) == rank && !model_closed(m, i))
                ret[n++] = i;
    return n;
}

bool model_in_exam(const struct model *m)
{
    return m->screen == SCREEN_PAPER || m->screen == SCREEN_STAGE || m->screen == SCREEN_PICTURE || m->screen == SCREEN_OVERVIEW ||
           m->screen == SCREEN_HAND_IN || m->screen == SCREEN_LEAVE ||
           (m->screen == SCREEN_CODE && m->code_wanted);
}

bool model_at_risk(const struct model *m)
{
    return m->save == SAVE_FAILED && m->copy != COPY_DONE;
}

enum alert model_alert(const struct model *m)
{
    if (m->message[0])
        return ALERT_MESSAGE; /* the answer to the last key; the save line still says what is not saved */
    if (m->said.unread > 0)
        return ALERT_TOLD;
    if (m->save == SAVE_FAILED)
        return ALERT_NOT_SAVED;
    if (m->code_wanted)
        return ALERT_CODE;
    return m->warning_shown ? ALERT_TIME : ALERT_NONE;
}

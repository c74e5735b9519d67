/* SPDX-License-Identifier: Apache-2.0 */
#include "client/screens/model.h"

void model_init(struct model *m, int width, int height)
{
    *m = (struct model){.width = width, .height = height, .function_keys = true, .typed_ms = -1};
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

size_t model_open_items(const struct model *m, size_t *ret, size_t max)
{
    size_t n = 0;
    for (size_t i = 0; m->work && i < m->work->n; i++)
        if (!question_answered(&m->work->question[i]) && n < max)
            ret[n++] = i;
    for (size_t i = 0; m->work && i < m->work->n; i++)
        if (question_answered(&m->work->question[i]) && !question_complete(&m->work->question[i]) && n < max)
            ret[n++] = i;
    for (size_t i = 0; m->work && i < m->work->n; i++)
        if (m->work->question[i].flagged && question_answered(&m->work->question[i]) &&
            question_complete(&m->work->question[i]) && n < max)
            ret[n++] = i;
    return n;
}

enum alert model_alert(const struct model *m)
{
    if (m->message[0])
        return ALERT_MESSAGE; /* the answer to the last key; the save line still says what is not saved */
    if (m->save == SAVE_FAILED)
        return ALERT_NOT_SAVED;
    return m->warning_shown ? ALERT_TIME : ALERT_NONE;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/office/exam.h"

#include <stdlib.h>

#include "base/file.h"
#include "base/i18n.h"

int desk_open(struct desk *ret, const struct args *a, struct err *e)
{
    const char *id;
    *ret = (struct desk){0};
    int r = args_need(a, "session", &id, e);
    if (r < 0 || (r = office_open(&ret->office, args_home(a), e)) < 0)
        return r;
    ret->arena = arena_new();
    return office_session_get(ret->office, ret->arena, id, &ret->session, e);
}

void desk_close(struct desk *d)
{
    office_close(d->office);
    arena_free(d->arena);
}

int exam_paper(const struct office *o, const struct office_session *s, struct paper **ret, struct err *e)
{
    struct bytes text = {0};
    char *path = office_session_exam_path(o, s, "paper.xml");
    int r = file_read(path, 16u << 20, &text, e);
    if (r == 0)
        r = paper_read(ret, path, bytes_span(&text), e);
    bytes_release(&text);
    free(path);
    return r;
}

int exam_lab_plan(const struct office *o, const struct office_session *s, struct lab_plan **ret,
                  struct err *e)
{
    struct bytes text = {0};
    char *path = office_session_exam_path(o, s, "lab.xml");
    int r = 0;
    if (!file_exists(path)) {
        err_set(e, ERR_USAGE, s->id, _("exam %s is no lab-skills exam: it has no lab.xml"), s->exam);
        r = err_hint(e, _("seats and forms of a computer exam: kaochang roster arrange"));
    }
    if (r == 0)
        r = file_read(path, LAB_MAX_BYTES, &text, e);
    if (r == 0)
        r = lab_plan_read(ret, path, bytes_span(&text), e);
    bytes_release(&text);
    free(path);
    return r;
}

bool exam_is_lab(const struct office *o, const struct office_session *s)
{
    char *path = office_session_exam_path(o, s, "lab.xml");
    bool there = file_exists(path);
    free(path);
    return there;
}

int64_t exam_lab_seconds(const struct lab_plan *plan)
{
    int64_t minutes = 0;
    for (size_t i = 0; i < plan->n_rubrics; i++)
        if (plan->rubric[i]->minutes > minutes)
            minutes = plan->rubric[i]->minutes;
    return 60 * minutes;
}

int exam_lab_turn(const struct office *o, const struct office_session *s, int64_t *ret_ms, struct err *e)
{
    struct lab_plan *plan = NULL;
    *ret_ms = 0;
    if (!exam_is_lab(o, s))
        return 0;
    int r = exam_lab_plan(o, s, &plan, e);
    if (r == 0)
        *ret_ms = 1000 * (exam_lab_seconds(plan) + plan->interval_s);
    lab_plan_free(plan);
    return r;
}

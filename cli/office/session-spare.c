/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/office/session-spare.h"

#include <string.h>

#include "base/i18n.h"
#include "cli/office/exam.h"

static int check_papers(const struct paper *spare, const struct paper *main, const char *where, struct err *e)
{
    if (spare->points.milli != main->points.milli || spare->pass.milli != main->pass.milli ||
        spare->high.milli != main->high.milli || strcmp(spare->ruleset, main->ruleset) != 0)
        return err_set(e, ERR_USAGE, where, _("a spare paper has the same points, lines and rule set"));
    if (spare->duration_s > main->duration_s)
        return err_set(e, ERR_USAGE, where, _("the spare paper allows more time than the session's own"));
    if (spare->n_forms < main->n_forms) {
        err_set(e, ERR_USAGE, where, _("the spare exam has %zu forms, and the session's own %zu"),
                spare->n_forms, main->n_forms);
        return err_hint(e, _("with as many forms neighbours have different questions here too"));
    }
    return 0;
}

static const char *const *forms_of(const struct paper *p, size_t n, struct arena *a)
{
    const char **form = arena_array(a, n + 1, sizeof *form);
    for (size_t i = 0; i < n; i++)
        form[i] = p->form[i].id;
    return form;
}

static int check_main(struct office *o, const struct office_session *s, const struct office_session *main,
                      struct arena *arena, struct err *e)
{
    const char *its_main = NULL;
    int r = office_spare_for(o, arena, main->id, &its_main, e);
    if (r == 0 && its_main)
        r = err_set(e, ERR_USAGE, main->id, _("is itself a spare session, for %s"), its_main);
    if (r == 0 && (exam_is_lab(o, main) || exam_is_lab(o, s)))
        r = err_set(e, ERR_USAGE, main->id, _("a lab-skills exam has make-up sessions, no spare ones"));
    return r;
}

int session_spare_add(struct office *o, struct office_session *s, const char *main_id, struct arena *arena,
                      struct err *e)
{
    struct office_session main = {0};
    struct paper *spare_paper = NULL, *main_paper = NULL;
    int r = office_session_get(o, arena, main_id, &main, e);
    if (r == 0)
        r = check_main(o, s, &main, arena, e);
    if (r == 0 && (r = exam_paper(o, &main, &main_paper, e)) == 0)
        r = exam_paper(o, s, &spare_paper, e);
    if (r == 0)
        r = check_papers(spare_paper, main_paper, s->exam, e);
    if (!s->title)
        s->title = main.title;
    if (r == 0) {
        size_t n = main_paper->n_forms;
        struct office_forms forms = {forms_of(main_paper, n, arena), forms_of(spare_paper, n, arena), n};
        r = office_spare_add(o, s, &main, &forms, e);
    }
    paper_free(spare_paper);
    paper_free(main_paper);
    return r;
}

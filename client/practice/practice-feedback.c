/* SPDX-License-Identifier: Apache-2.0 */
/* testFeedback: while a test runs with the result of a check, at the end of a part or of the test on a screen
 * of its own. */
#include "base/i18n.h"
#include "client/practice/practice-internal.h"
#include "client/screens/body-writer.h"
#include "client/screens/frame.h"

static void write_words(const struct test_feedback *f, struct sheet *s)
{
    const struct question q = {.item = f->words.content};
    struct body_writer w = {.sheet = s, .question = &q, .focus = SIZE_MAX, .look = LOOK_TEXT};
    sheet_blank(s);
    if (*f->title) {
        sheet_text(s, LOOK_STRONG, f->title);
        sheet_end(s, 0, 0, (struct target){0});
    }
    body_nodes(&w, q.item->body);
    body_flush(&w);
}

static void write_all(const struct route_feedback *l, struct sheet *s)
{
    for (size_t i = 0; i < l->n; i++)
        write_words(l->at[i], s);
}

void practice_feedback_during(const struct practice *p, struct sheet *s)
{
    if (!p->route)
        return;
    struct arena *a = arena_new();
    struct route_feedback l = route_feedback_during(p->route, a);
    write_all(&l, s);
    arena_free(a);
}

void practice_feedback_sheet(const struct practice *p, struct sheet *s)
{
    write_all(route_feedback_at_end(p->route), s);
}

void practice_draw_feedback(const struct practice *p, struct grid *g)
{
    char text[MODEL_TEXT];
    bool over = route_current(p->route) < 0;
    const char *keys =
        over ? _("Enter results  arrows scroll  %s end") : _("Enter go on  arrows scroll  %s end");
    frame_head(g, over ? _("The test is over") : _("This part of the test is over"), "");
    practice_draw_sheet(p, g);
    frame_keys(g, g->height - 3, say(text, sizeof text, keys, model_function_key(&p->m, 10)));
}

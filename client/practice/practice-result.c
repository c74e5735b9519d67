/* SPDX-License-Identifier: Apache-2.0 */
/* The result of a check: verdict, points, both answers, what the author says, and the item as it is answered
 * rightly. */
#include "base/i18n.h"
#include "client/practice/practice-internal.h"
#include "client/screens/body-writer.h"
#include "client/screens/frame.h"
#include "client/screens/view.h"

enum { ANSWER_MAX = 2000 };

static void paragraph(struct sheet *s, enum look look, const char *text)
{
    sheet_text(s, look, text);
    sheet_end(s, 0, 0, (struct target){0});
}

static enum look look_of(enum question_mark mark)
{
    return mark == MARK_RIGHT ? LOOK_GOOD : mark == MARK_WRONG ? LOOK_ALARM : LOOK_WARN;
}

static void write_verdict(const struct checked *c, const struct question *q, struct sheet *s)
{
    char text[MODEL_TEXT], points[32], maximum[32];
    if (q->mark == MARK_WAITING) {
        paragraph(s, LOOK_WARN, _("A person marks this item. Compare your answer with what is said here."));
        if (q->item->kind == ITEM_UPLOAD)
            paragraph(s, LOOK_TEXT,
                      _("The files of a practical item are not scored here: a folder is scored with "
                        "\"kaochang-score checks rules.xml FOLDER --start start --text\"."));
        return;
    }
    paragraph(s, look_of(q->mark),
              say(text, sizeof text, _("%s: %s of %s points"), view_mark(q->mark),
                  points_text(c->points, points, sizeof points),
                  points_text(q->points, maximum, sizeof maximum)));
}

static void write_answers(const struct checked *c, const struct question *q, struct sheet *s)
{
    char answer[ANSWER_MAX], text[ANSWER_MAX + 100];
    question_answer_text(q, answer, sizeof answer);
    paragraph(s, LOOK_TEXT, say(text, sizeof text, _("Your answer: %s"), *answer ? answer : _("none")));
    if (c->file)
        paragraph(s, LOOK_TEXT, c->file);
    if (c->correct)
        paragraph(s, LOOK_TEXT,
                  say(text, sizeof text, _("Correct answer: %s"),
                      question_answer_text(&c->correct->question[0], answer, sizeof answer)));
}

struct said {
    const struct verdict *verdict;
    struct body_writer writer;
    bool any;
};

static void say_words(struct said *x, const struct item_node *n)
{
    if (!x->any)
        sheet_blank(x->writer.sheet);
    x->any = true;
    body_nodes(&x->writer, n);
    body_flush(&x->writer);
}

/* Block and inline feedback in the order of the body. */
static void say_feedback(struct said *x, const struct item_node *n)
{
    for (; n; n = n->next) {
        const struct item_condition *c = n->kind == NODE_FEEDBACK ? n->condition : NULL;
        if (c && verdict_shows(x->verdict, c->variable, c->identifier, c->show))
            say_words(x, n->child);
        if (n->kind != NODE_FEEDBACK)
            say_feedback(x, n->child);
        const struct item_interaction *i = n->interaction;
        if (!i)
            continue;
        say_feedback(x, i->prompt);
        say_feedback(x, i->content);
        for (size_t k = 0; k < i->n_choices; k++)
            say_feedback(x, i->choice[k].content);
        for (size_t k = 0; k < i->n_targets; k++)
            say_feedback(x, i->target[k].content);
    }
}

static void write_feedback(const struct practice *p, const struct checked *c, struct sheet *s)
{
    const struct card *card = &p->deck->card[p->m.current];
    struct said x = {
        .verdict = &c->verdict,
        .writer = {.sheet = s, .question = model_question(&p->m), .focus = SIZE_MAX, .look = LOOK_TEXT}};
    say_feedback(&x, card->shown->body);
    for (size_t i = 0; i < card->shown->n_feedbacks; i++)
        if (verdict_shows_modal(&c->verdict, &card->shown->feedback[i]))
            say_words(&x, card->shown->feedback[i].content);
}

static void write_item(const char *title, const struct question *q, struct sheet *s)
{
    struct body_writer w = {.sheet = s, .question = q, .focus = SIZE_MAX, .look = LOOK_TEXT};
    sheet_blank(s);
    paragraph(s, LOOK_STRONG, title);
    sheet_blank(s);
    body_nodes(&w, q->item->body);
    body_flush(&w);
}

void practice_result_sheet(const struct practice *p, struct sheet *s)
{
    const struct question *q = model_question(&p->m);
    const struct checked *c = &p->checked[p->m.current];
    write_verdict(c, q, s);
    write_answers(c, q, s);
    write_feedback(p, c, s);
    practice_feedback_during(p, s);
    if (q->mark == MARK_WAITING)
        write_item(_("-- The item with your answer --"), q, s);
    else if (c->correct && q->mark != MARK_RIGHT)
        write_item(_("-- The item, answered rightly --"), &c->correct->question[0], s);
}

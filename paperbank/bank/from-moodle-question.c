/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "paperbank/bank/from-moodle.h"

const char *moodle_text(const struct moodle_question *q, const struct xml_node *n)
{
    const struct xml_node *text = n ? xml_child(n, "text") : NULL;
    if (!n)
        return "";
    struct arena *a = q->d->arena;
    return markup_clean(a, text_trim(a, xml_content(text ? text : n, a)));
}

const char *moodle_field(const struct moodle_question *q, const char *name)
{
    return moodle_text(q, xml_child(q->n, name));
}

bool moodle_is_true(const char *text)
{
    return strcmp(text, "true") == 0 || strcmp(text, "1") == 0;
}

enum markup_format moodle_format(const struct moodle_question *q, const struct xml_node *n)
{
    const char *format = xml_attr(q->doc, n, "format");
    if (format && (strcmp(format, "plain_text") == 0 || strcmp(format, "2") == 0))
        return MARKUP_PLAIN;
    if (format && (strcmp(format, "markdown") == 0 || strcmp(format, "4") == 0))
        return MARKUP_MARKDOWN;
    if (format && (strcmp(format, "moodle_auto_format") == 0 || strcmp(format, "0") == 0))
        return MARKUP_AUTO;
    return MARKUP_HTML;
}

static const char *xhtml_of(struct moodle_question *q, const struct xml_node *n, enum markup_place place,
                            const char *text)
{
    struct markup m = {.arena = q->d->arena, .image = moodle_image, .mark = q->mark, .context = q};
    q->field = n;
    const char *s = markup_xhtml(&m, moodle_format(q, n), place, text);
    if (m.fault)
        draft_fault(q->d, "%s", m.fault);
    return s;
}

const char *moodle_xhtml(struct moodle_question *q, const struct xml_node *n, enum markup_place place)
{
    const char *s = n ? xhtml_of(q, n, place, moodle_text(q, n)) : "";
    return *s || place == MARKUP_FLOW ? s : NULL;
}

const char *moodle_feedback(struct moodle_question *q, const struct xml_node *answer)
{
    return moodle_xhtml(q, xml_child(answer, "feedback"), MARKUP_BLOCKS);
}

struct fraction moodle_share(struct moodle_question *q, const struct xml_node *answer)
{
    struct fraction f = {0, 1};
    const char *text = xml_attr(q->doc, answer, "fraction");
    if (text && !fraction_of_percent(text_trim(q->d->arena, text), &f))
        draft_fault(q->d, _("\"%.40s\" is no share of the mark"), text);
    return f;
}

static const struct xml_node *first_answer(const struct moodle_question *q)
{
    return xml_child(q->n, "answer");
}

static void multichoice(struct moodle_question *q)
{
    struct draft_part *p = draft_part_new(q->d, DRAFT_CHOICE);
    p->whole = strcmp(q->type, "multichoiceset") == 0;
    p->multiple = p->whole || !moodle_is_true(moodle_field(q, "single"));
    p->shuffle = moodle_is_true(moodle_field(q, "shuffleanswers"));
    for (const struct xml_node *n = first_answer(q); n; n = xml_next_same(n)) {
        struct draft_answer *answer = draft_answer_new(q->d, p);
        answer->content = moodle_xhtml(q, n, MARKUP_FLOW);
        answer->share = moodle_share(q, n);
        answer->feedback = moodle_feedback(q, n);
    }
}

static void truefalse(struct moodle_question *q)
{
    struct draft_part *p = draft_part_new(q->d, DRAFT_CHOICE);
    for (const struct xml_node *n = first_answer(q); n; n = xml_next_same(n)) {
        struct draft_answer *answer = draft_answer_new(q->d, p);
        bool truth = ascii_casecmp(moodle_text(q, n), "true") == 0;
        answer->identifier = truth ? "true" : "false";
        answer->content = draft_truth(q->d, truth);
        answer->share = moodle_share(q, n);
        answer->feedback = moodle_feedback(q, n);
    }
    if (p->n_answers != 2 || strcmp(p->answer[0].identifier, p->answer[1].identifier) == 0)
        draft_fault(q->d, _("a true/false question has the two answers true and false"));
}

static void shortanswer(struct moodle_question *q)
{
    struct draft_part *p = draft_part_new(q->d, DRAFT_TEXT);
    p->case_sensitive = moodle_is_true(moodle_field(q, "usecase"));
    p->wildcards = true;
    for (const struct xml_node *n = first_answer(q); n; n = xml_next_same(n)) {
        struct draft_answer *answer = draft_answer_new(q->d, p);
        answer->text = moodle_text(q, n);
        answer->any = strcmp(answer->text, "*") == 0;
        answer->share = moodle_share(q, n);
        answer->feedback = moodle_feedback(q, n);
        if (!*answer->text)
            draft_fault(q->d, _("an answer is empty"));
    }
}

void moodle_units(struct moodle_question *q, struct draft_part *p)
{
    const struct xml_node *units = xml_child(q->n, "units"), *unit = units ? xml_child(units, "unit") : NULL;
    const char *grading = moodle_field(q, "unitgradingtype"), *show = moodle_field(q, "showunits");
    if (*grading && strcmp(grading, "0") != 0) {
        draft_fault(q->d, _("the unit itself is graded, which QTI cannot express; ask for the number alone"));
        return;
    }
    for (; unit; unit = xml_next_same(unit)) {
        struct decimal factor;
        const char *text = moodle_text(q, xml_child(unit, "multiplier"));
        if (decimal_parse(text, &factor) && factor.digits == 1 && factor.scale == 0 && strcmp(show, "3") != 0)
            p->after = moodle_text(q, xml_child(unit, "unit_name"));
    }
}

static void numerical(struct moodle_question *q)
{
    struct draft_part *p = draft_part_new(q->d, DRAFT_NUMBER);
    for (const struct xml_node *n = first_answer(q); n; n = xml_next_same(n)) {
        struct draft_answer *answer = draft_answer_new(q->d, p);
        const char *text = moodle_text(q, n), *tolerance = moodle_text(q, xml_child(n, "tolerance"));
        struct decimal value, wide = {0}, low = {0}, high = {0};
        answer->share = moodle_share(q, n);
        answer->feedback = moodle_feedback(q, n);
        answer->any = strcmp(text, "*") == 0;
        answer->text = "0";
        if (answer->any)
            continue;
        if (!decimal_parse(text, &value) || (*tolerance && !decimal_parse(tolerance, &wide)) ||
            !decimal_sum(value, wide, wide.digits >= 0, &low) ||
            !decimal_sum(value, wide, wide.digits < 0, &high))
            draft_fault(q->d, _("\"%.40s\" with the tolerance \"%.40s\" is no number"), text, tolerance);
        else
            answer->text = decimal_text(q->d->arena, value);
        answer->low = decimal_text(q->d->arena, low);
        answer->high = decimal_text(q->d->arena, high);
    }
    moodle_units(q, p);
}

static void matching(struct moodle_question *q)
{
    struct draft_part *p = draft_part_new(q->d, DRAFT_MATCH);
    struct markup words = {.arena = q->d->arena};
    p->shuffle = moodle_is_true(moodle_field(q, "shuffleanswers"));
    for (const struct xml_node *n = xml_child(q->n, "subquestion"); n; n = xml_next_same(n)) {
        const struct xml_node *right = xml_child(n, "answer");
        struct draft_answer *answer = draft_answer_new(q->d, p);
        const char *left = moodle_xhtml(q, n, MARKUP_FLOW);
        answer->content = *left ? left : NULL;
        answer->text = strcmp(q->type, "ddmatch") == 0 && right
                           ? markup_words(&words, moodle_format(q, right), moodle_text(q, right))
                           : moodle_text(q, right);
        if (!*answer->text)
            draft_fault(q->d, _("an answer is empty"));
    }
}

static enum draft_order order_credit(struct moodle_question *q)
{
    static const struct {
        const char *name, *number;
        enum draft_order is;
    } types[] = {{"ALL_OR_NOTHING", "-1", ORDER_WHOLE},
                 {"ABSOLUTE_POSITION", "0", ORDER_PLACES},
                 {"RELATIVE_NEXT_EXCLUDE_LAST", "1", ORDER_NEXT},
                 {"RELATIVE_NEXT_INCLUDE_LAST", "2", ORDER_NEXT_AND_LAST}};
    const char *type = moodle_field(q, "gradingtype");
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strcmp(type, types[i].name) == 0 || strcmp(type, types[i].number) == 0)
            return types[i].is;
    if (*type)
        q->d->note =
            arena_printf(q->d->arena, _("its partial credit (%.40s) is not taken: all or nothing"), type);
    return ORDER_WHOLE;
}

static void ordering(struct moodle_question *q)
{
    struct draft_part *p = draft_part_new(q->d, DRAFT_ORDER);
    const char *selects = moodle_field(q, "selecttype");
    p->shuffle = true;
    p->order = order_credit(q);
    if (strcmp(selects, "RANDOM") == 0 || strcmp(selects, "CONTIGUOUS") == 0)
        q->d->note = _("all of its pieces are given, not some of them");
    for (const struct xml_node *n = first_answer(q); n; n = xml_next_same(n))
        draft_answer_new(q->d, p)->content = moodle_xhtml(q, n, MARKUP_FLOW);
}

static void essay(struct moodle_question *q)
{
    const char *format = moodle_field(q, "responseformat"), *lines = moodle_field(q, "responsefieldlines");
    const char *files = moodle_field(q, "attachmentsrequired");
    bool upload_only = strcmp(format, "noinline") == 0;
    struct draft_part *p = draft_part_new(q->d, upload_only ? DRAFT_UPLOAD : DRAFT_ESSAY);
    p->expected_lines = upload_only ? 0 : strtol(lines, NULL, 10);
    if (p->expected_lines < 0 || p->expected_lines > 1000)
        p->expected_lines = 0;
    if (!upload_only && *files && strcmp(files, "0") != 0)
        draft_part_new(q->d, DRAFT_UPLOAD);
    q->d->rubric = moodle_xhtml(q, xml_child(q->n, "graderinfo"), MARKUP_BLOCKS);
}

static void description(struct moodle_question *q)
{
    q->d->material = true;
}

static const struct {
    const char *type;
    void (*read)(struct moodle_question *q);
} types[] = {
    {"multichoice", multichoice},
    {"multichoiceset", multichoice},
    {"truefalse", truefalse},
    {"shortanswer", shortanswer},
    {"numerical", numerical},
    {"matching", matching},
    {"ddmatch", matching},
    {"ordering", ordering},
    {"essay", essay},
    {"description", description},
    {"cloze", moodle_cloze},
    {"multianswer", moodle_cloze},
    {"calculated", moodle_calculated},
    {"calculatedsimple", moodle_calculated},
    {"calculatedmulti", moodle_calculated},
    {"gapselect", moodle_gaps},
    {"ddwtos", moodle_gaps},
};

/* What Moodle puts there by itself is said anyway. */
static bool says_nothing_new(const char *words)
{
    static const char *const usual[] = {"Your answer is correct", "Your answer is partially correct",
                                        "Your answer is incorrect", "您的回答正确", "您的回答部分正确", "您的回答错误",
                                        "您的答案正确", "您的答案部分正确", "您的答案错误", "您的答案不正确",
                                        "回答正确", "部分正确", "回答错误"};
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++) {
        size_t n = strlen(usual[i]);
        if (strncmp(words, usual[i], n) == 0 &&
            (!words[n] || strcmp(words + n, ".") == 0 || strcmp(words + n, "。") == 0))
            return true;
    }
    return false;
}

static void combined_feedback(struct moodle_question *q)
{
    static const char *const fields[DRAFT_RESULTS] = {"correctfeedback", "partiallycorrectfeedback",
                                                      "incorrectfeedback"};
    for (size_t i = 0; i < DRAFT_RESULTS; i++) {
        const struct xml_node *n = xml_child(q->n, fields[i]);
        struct markup words = {.arena = q->d->arena};
        const char *plain = n ? markup_words(&words, moodle_format(q, n), moodle_text(q, n)) : "";
        if (*plain && !says_nothing_new(plain))
            q->d->result[i] = moodle_xhtml(q, n, MARKUP_BLOCKS);
    }
}

void moodle_question(struct moodle_question *q)
{
    const struct xml_node *text = xml_child(q->n, "questiontext");
    size_t i = 0, n = sizeof types / sizeof *types;
    while (i < n && strcmp(types[i].type, q->type) != 0)
        i++;
    if (i == n) {
        draft_fault(q->d, _("questions of the type \"%.40s\" cannot be taken"), q->type);
        return;
    }
    q->d->body =
        text ? moodle_text(q, text) : ""; /* so that true and false get the language of the question */
    types[i].read(q);
    q->d->body = text ? xhtml_of(q, text, MARKUP_BLOCKS, q->body ? q->body : q->d->body) : "";
    if (strcmp(q->type, "essay") == 0 && *moodle_field(q, "responsetemplate")) {
        const char *given = moodle_xhtml(q, xml_child(q->n, "responsetemplate"), MARKUP_BLOCKS);
        if (given)
            q->d->body = arena_printf(q->d->arena, "%s<blockquote>%s</blockquote>", q->d->body, given);
    }
    q->mark = NULL;
    combined_feedback(q);
    q->d->explanation = moodle_xhtml(q, xml_child(q->n, "generalfeedback"), MARKUP_BLOCKS);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/text.h"
#include "paperbank/bank/draft-internal.h"
#include "paperbank/bank/markup.h"

enum { MAX_SCORE = 1000000 };

static bool check_shares(struct draft *d, const struct draft_part *p)
{
    int64_t best = 0, sum = 0, scale = 1;
    for (size_t i = 0; i < p->n_answers; i++)
        scale = fraction_lcm(scale, p->answer[i].share.den);
    if (scale == 0)
        return draft_fault(d, _("the shares of its answers are too uneven to be added up"));
    for (size_t i = 0; i < p->n_answers; i++) {
        int64_t worth = scale / p->answer[i].share.den * p->answer[i].share.num;
        best = worth > best ? worth : best;
        sum += worth > 0 ? worth : 0;
    }
    bool many = p->kind == DRAFT_CHOICE && p->multiple;
    if (best <= 0)
        return draft_fault(d, _("no answer is right"));
    if (!(p->kind == DRAFT_CHOICE && p->whole) && (many ? sum : best) < scale)
        return draft_fault(d, _("no answer earns the whole mark"));
    return true;
}

static bool check_part(struct draft *d, const struct draft_part *p)
{
    if (p->kind == DRAFT_ESSAY || p->kind == DRAFT_UPLOAD)
        return true;
    if (p->n_answers == 0)
        return draft_fault(d, _("it has no answers"));
    if (p->kind == DRAFT_MATCH)
        return draft_n_sources(p) >= 1 || draft_fault(d, _("there is nothing to match"));
    if (p->kind == DRAFT_ORDER)
        return p->n_answers >= 2 || draft_fault(d, _("there is nothing to put into an order"));
    if (p->kind == DRAFT_CHOICE && p->n_answers < 2)
        return draft_fault(d, _("a choice needs at least two options"));
    return check_shares(d, p);
}

/* The smallest whole number that makes every share of every part one. */
static int64_t find_scale(struct draft *d)
{
    int64_t scale = 1;
    for (size_t i = 0; i < d->n_parts; i++) {
        const struct draft_part *p = &d->part[i];
        if (p->kind == DRAFT_MATCH)
            scale = fraction_lcm(scale, (int64_t)draft_n_sources(p));
        if (p->kind == DRAFT_ORDER && scale)
            scale = fraction_lcm(scale, (int64_t)draft_order_pieces(p));
        for (size_t k = 0;
             k < p->n_answers && scale && p->kind != DRAFT_MATCH && p->kind != DRAFT_ORDER && !p->whole; k++)
            scale = fraction_lcm(scale, p->answer[k].share.den);
    }
    return scale;
}

static int64_t max_score(const struct draft *d, int64_t scale)
{
    int64_t sum = 0;
    for (size_t i = 0; i < d->n_parts; i++)
        sum += draft_worth(&d->part[i], (struct fraction){1, 1}, scale);
    return sum;
}

static void write_inline(struct draft_writer *w, size_t i)
{
    const struct draft_part *p = &w->d->part[i];
    if (p->kind != DRAFT_CHOICE) {
        bytes_printf(w->out, "<textEntryInteraction responseIdentifier=\"%s\"", draft_response(w->d, i));
        if (p->expected_length)
            bytes_printf(w->out, " expectedLength=\"%lld\"", (long long)p->expected_length);
        bytes_printf(w->out, "%s/>", p->normalize ? " class=\"kc-normalize\"" : "");
        return;
    }
    bytes_printf(w->out, "<inlineChoiceInteraction responseIdentifier=\"%s\" shuffle=\"%s\">",
                 draft_response(w->d, i), p->shuffle ? "true" : "false");
    for (size_t k = 0; k < p->n_answers; k++) {
        bytes_printf(w->out, "<inlineChoice identifier=\"%s\">", draft_choice_id(w->d, p, k));
        markup_escape(w->out, p->answer[k].text);
        bytes_str(w->out, "</inlineChoice>");
    }
    bytes_str(w->out, "</inlineChoiceInteraction>");
}

static void write_match(struct draft_writer *w, const struct draft_part *p)
{
    bytes_printf(w->out,
                 "<matchInteraction responseIdentifier=\"RESPONSE\" shuffle=\"%s\" "
                 "maxAssociations=\"%zu\"><simpleMatchSet>",
                 p->shuffle ? "true" : "false", draft_n_sources(p));
    for (size_t i = 0; i < p->n_answers; i++)
        if (p->answer[i].content)
            bytes_printf(
                w->out,
                "<simpleAssociableChoice identifier=\"S%zu\" matchMax=\"1\">%s</simpleAssociableChoice>",
                i + 1, p->answer[i].content);
    bytes_str(w->out, "</simpleMatchSet><simpleMatchSet>");
    for (size_t i = 0; i < p->n_answers; i++) {
        if (!draft_first_target(p, i))
            continue;
        bytes_printf(w->out, "<simpleAssociableChoice identifier=\"T%zu\" matchMax=\"%zu\">", i + 1,
                     draft_n_sources(p));
        markup_escape(w->out, p->answer[i].text);
        bytes_str(w->out, "</simpleAssociableChoice>");
    }
    bytes_str(w->out, "</simpleMatchSet></matchInteraction>");
}

static void write_choices(struct draft_writer *w, size_t i)
{
    const struct draft_part *p = &w->d->part[i];
    const char *element = p->kind == DRAFT_ORDER ? "orderInteraction" : "choiceInteraction";
    bytes_printf(w->out, "<%s responseIdentifier=\"%s\" shuffle=\"%s\"", element, draft_response(w->d, i),
                 p->shuffle ? "true" : "false");
    bytes_printf(w->out, p->kind == DRAFT_ORDER ? ">"
                         : p->multiple          ? " maxChoices=\"0\">"
                                                : " maxChoices=\"1\">");
    if (w->d->inside)
        bytes_printf(w->out, "\n<prompt>[%zu]</prompt>", i + 1);
    for (size_t k = 0; k < p->n_answers; k++)
        bytes_printf(w->out, "\n<simpleChoice identifier=\"%s\">%s</simpleChoice>",
                     draft_choice_id(w->d, p, k), p->answer[k].content ? p->answer[k].content : "");
    bytes_printf(w->out, "\n</%s>", element);
}

static void write_interaction(struct draft_writer *w, size_t i)
{
    const struct draft_part *p = &w->d->part[i];
    if (p->kind == DRAFT_MATCH) {
        write_match(w, p);
    } else if (p->kind == DRAFT_CHOICE || p->kind == DRAFT_ORDER) {
        write_choices(w, i);
    } else if (p->kind == DRAFT_ESSAY) {
        bytes_printf(w->out, "<extendedTextInteraction responseIdentifier=\"%s\"", draft_response(w->d, i));
        if (p->expected_lines)
            bytes_printf(w->out, " expectedLines=\"%lld\"", (long long)p->expected_lines);
        bytes_str(w->out, "/>");
    } else if (p->kind == DRAFT_UPLOAD) {
        bytes_printf(w->out, "<uploadInteraction responseIdentifier=\"%s\"/>", draft_response(w->d, i));
    } else {
        bytes_str(w->out, "<p>");
        write_inline(w, i);
        if (p->after) {
            bytes_str(w->out, " ");
            markup_escape(w->out, p->after);
        }
        bytes_str(w->out, "</p>");
    }
    bytes_str(w->out, "\n");
}

/* A multiple choice does not fit into a line: it stands below the text, and a number where it belongs. */
static bool stands_below(const struct draft_part *p)
{
    return p->kind == DRAFT_CHOICE && p->multiple;
}

/* The body with each part in the place of its mark; a part whose mark is gone was inside something that was
 * dropped. */
static bool write_marked_body(struct draft_writer *w)
{
    struct draft *d = w->d;
    size_t placed = 0;
    for (const char *p = d->body, *mark;;) {
        mark = strstr(p, MARKUP_MARK);
        bytes_add(w->out, p, mark ? (size_t)(mark - p) : strlen(p));
        if (!mark)
            break;
        char *end;
        unsigned long i = strtoul(mark + strlen(MARKUP_MARK), &end, 10);
        if (i != placed || i >= d->n_parts || strncmp(end, MARKUP_MARK, strlen(MARKUP_MARK)) != 0)
            return draft_fault(d, _("a gap stands where it cannot be shown"));
        if (stands_below(&d->part[placed]))
            bytes_printf(w->out, "[%zu]", placed + 1);
        else
            write_inline(w, placed);
        placed++;
        p = end + strlen(MARKUP_MARK);
    }
    return placed == d->n_parts || draft_fault(d, _("a gap stands where it cannot be shown"));
}

static bool write_body(struct draft_writer *w)
{
    struct draft *d = w->d;
    bool good = true;
    bytes_str(w->out, "<itemBody>\n");
    if (d->rubric && *d->rubric)
        bytes_printf(w->out, "<rubricBlock view=\"scorer\">%s</rubricBlock>\n", d->rubric);
    if (d->inside)
        good = write_marked_body(w);
    else
        bytes_str(w->out, d->body);
    bytes_str(w->out, "\n");
    for (size_t i = 0; good && i < d->n_parts; i++)
        if (!d->inside || stands_below(&d->part[i]))
            write_interaction(w, i);
    bytes_str(w->out, "</itemBody>\n");
    return good;
}

static bool is_human(const struct draft *d)
{
    return d->n_parts && (d->part[0].kind == DRAFT_ESSAY || d->part[0].kind == DRAFT_UPLOAD);
}

static void declare_score(struct draft_writer *w)
{
    static const char *const zero = "<defaultValue><value>%d</value></defaultValue>";
    bytes_printf(w->out,
                 "<outcomeDeclaration identifier=\"SCORE\" cardinality=\"single\" baseType=\"float\"%s>",
                 is_human(w->d) ? " externalScored=\"human\"" : "");
    bytes_printf(w->out, zero, 0);
    bytes_str(w->out, "</outcomeDeclaration>\n<outcomeDeclaration identifier=\"MAXSCORE\" "
                      "cardinality=\"single\" baseType=\"float\">");
    bytes_printf(w->out, "<defaultValue><value>%lld</value></defaultValue>",
                 (long long)max_score(w->d, w->scale));
    bytes_str(w->out, "</outcomeDeclaration>\n");
}

static void declare_outcomes(struct draft_writer *w)
{
    if (!w->d->material)
        declare_score(w);
    if (w->d->explanation && *w->d->explanation)
        bytes_str(
            w->out,
            "<outcomeDeclaration identifier=\"FEEDBACK\" cardinality=\"single\" baseType=\"identifier\"/>\n");
    if (draft_tells_result(w->d) && !is_human(w->d))
        bytes_str(w->out, "<outcomeDeclaration identifier=\"RESULT\" cardinality=\"single\" "
                          "baseType=\"identifier\"/>\n");
    if (draft_tells(w->d))
        bytes_str(w->out, "<outcomeDeclaration identifier=\"ANSWERS\" cardinality=\"multiple\" "
                          "baseType=\"identifier\"/>\n");
}

static void write_feedback(struct draft_writer *w)
{
    const struct draft *d = w->d;
    if (d->explanation && *d->explanation) /* shown whatever FEEDBACK is, since nothing sets it */
        bytes_printf(w->out,
                     "<modalFeedback outcomeIdentifier=\"FEEDBACK\" identifier=\"none\" "
                     "showHide=\"hide\">%s</modalFeedback>\n",
                     d->explanation);
    for (size_t i = 0; i < DRAFT_RESULTS; i++)
        if (d->result[i] && !is_human(d))
            bytes_printf(w->out,
                         "<modalFeedback outcomeIdentifier=\"RESULT\" identifier=\"%s\" "
                         "showHide=\"show\">%s</modalFeedback>\n",
                         draft_result_name[i], d->result[i]);
    for (size_t i = 0; i < d->n_parts; i++)
        for (size_t k = 0; k < d->part[i].n_answers; k++)
            if (d->part[i].answer[k].feedback)
                bytes_printf(w->out,
                             "<modalFeedback outcomeIdentifier=\"ANSWERS\" identifier=\"F%zu-%zu\" "
                             "showHide=\"show\">%s"
                             "</modalFeedback>\n",
                             i + 1, k + 1, d->part[i].answer[k].feedback);
}

static bool check(struct draft *d)
{
    if (d->fault)
        return false;
    if (!d->identifier || !path_is_plain_name(d->identifier))
        return draft_fault(
            d,
            _("the identifier \"%.100s\" is not a plain name of letters, digits, dot, hyphen and underline"),
            d->identifier ? d->identifier : "");
    if (d->n_parts == 0 && !d->material)
        return draft_fault(d, _("it asks nothing"));
    if (!d->body || !*d->body)
        return draft_fault(d, _("it has no text"));
    for (size_t i = 0; i < d->n_parts; i++)
        if (!check_part(d, &d->part[i]))
            return false;
    int64_t scale = find_scale(d);
    if (scale == 0 || max_score(d, scale) > MAX_SCORE)
        return draft_fault(d, _("the shares of its answers are too uneven to be added up"));
    return true;
}

bool draft_write(struct draft *d, struct bytes *out)
{
    struct draft_writer w = {.d = d, .out = out};
    if (!check(d))
        return false;
    w.scale = find_scale(d);
    bytes_str(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<assessmentItem "
                   "xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p2\"");
    bytes_printf(out, " identifier=\"%s\" title=\"", d->identifier);
    markup_escape(out, d->title && *d->title ? d->title : d->identifier);
    bytes_str(out, "\" adaptive=\"false\" timeDependent=\"false\">\n");
    for (size_t i = 0; i < d->n_parts; i++)
        draft_declare_response(&w, i);
    declare_outcomes(&w);
    if (d->declarations)
        bytes_str(out, d->declarations);
    if (d->processing)
        bytes_printf(out, "<templateProcessing>%s</templateProcessing>\n", d->processing);
    bool good = write_body(&w);
    if (!is_human(d) && !d->material)
        draft_write_rules(d, w.scale, out);
    bytes_str(out, "\n");
    write_feedback(&w);
    bytes_str(out, "</assessmentItem>\n");
    return good;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "paperbank/bank/draft.h"
#include "paperbank/bank/markup.h"

#define VARIABLE "<variable identifier=\"%s\"/>"

static bool is_full(struct fraction f)
{
    return f.num == f.den;
}

const char *const draft_result_name[DRAFT_RESULTS] = {"right", "partly", "wrong"};

size_t draft_order_pieces(const struct draft_part *p)
{
    return p->order == ORDER_WHOLE ? 1 : p->order == ORDER_NEXT ? p->n_answers - 1 : p->n_answers;
}

bool draft_tells_result(const struct draft *d)
{
    for (size_t i = 0; i < DRAFT_RESULTS; i++)
        if (d->result[i])
            return true;
    return false;
}

bool draft_needs_rules(const struct draft_part *p)
{
    if (p->kind == DRAFT_NUMBER || (p->kind == DRAFT_ORDER && p->order != ORDER_WHOLE))
        return true;
    for (size_t i = 0; p->kind == DRAFT_TEXT && i < p->n_answers; i++)
        if (p->answer[i].any || (p->wildcards && strchr(p->answer[i].text, '*')))
            return true;
    return false;
}

static bool tells(const struct draft_part *p)
{
    for (size_t k = 0; k < p->n_answers; k++)
        if (p->answer[k].feedback)
            return true;
    return false;
}

bool draft_tells(const struct draft *d)
{
    for (size_t i = 0; i < d->n_parts; i++)
        if (tells(&d->part[i]))
            return true;
    return false;
}

/* One answer, or the whole set, is right and everything else is worth nothing. */
static bool by_match(const struct draft_part *p)
{
    if (p->kind == DRAFT_ORDER || (p->kind == DRAFT_CHOICE && p->whole))
        return true;
    if (p->kind != DRAFT_CHOICE || p->multiple)
        return false;
    size_t full = 0;
    for (size_t i = 0; i < p->n_answers; i++) {
        if (p->answer[i].share.num && !is_full(p->answer[i].share))
            return false;
        full += is_full(p->answer[i].share);
    }
    return full == 1;
}

bool draft_template(const struct draft *d, const char **ret)
{
    if (d->n_parts != 1 || draft_tells(d) || draft_tells_result(d) || draft_needs_rules(&d->part[0]))
        return false;
    *ret = by_match(&d->part[0]) ? "match_correct" : "map_response";
    return true;
}

int64_t draft_worth(const struct draft_part *p, struct fraction share, int64_t scale)
{
    return (p->weight ? p->weight : 1) * scale / share.den * share.num;
}

/* A number's condition: it lies between two constants, or near the value of a variable. */
static void number_condition(const struct draft_answer *n, const char *response, struct bytes *out)
{
    static const char *const between = "<and><gte>" VARIABLE "%s</gte><lte>" VARIABLE "%s</lte></and>";
    struct arena *a = arena_new();
    if (!n->variable) {
        const char *low = arena_printf(a, "<baseValue baseType=\"float\">%s</baseValue>", n->low);
        const char *high = arena_printf(a, "<baseValue baseType=\"float\">%s</baseValue>", n->high);
        bytes_str(out, arena_printf(a, between, response, low, response, high));
    } else if (n->kind == TOLERANCE_GEOMETRIC) {
        const char *one = "<sum><baseValue baseType=\"float\">1</baseValue><baseValue baseType=\"float\">";
        const char *low = arena_printf(a, "<divide>" VARIABLE "%s%s</baseValue></sum></divide>", n->variable,
                                       one, n->tolerance);
        const char *high = arena_printf(a, "<product>" VARIABLE "%s%s</baseValue></sum></product>",
                                        n->variable, one, n->tolerance);
        bytes_str(out, "<or>");
        bytes_str(out, arena_printf(a, between, response, low, response, high));
        bytes_str(out, arena_printf(a, between, response, high, response,
                                    low)); /* below zero the ends change places */
        bytes_str(out, "</or>");
    } else {
        bytes_printf(out, "<equal toleranceMode=\"%s\" tolerance=\"%s %s\">" VARIABLE VARIABLE "</equal>",
                     n->kind == TOLERANCE_RELATIVE ? "relative" : "absolute", n->tolerance, n->tolerance,
                     response, n->variable);
    }
    arena_free(a);
}

static void pattern_literal(struct bytes *b, char c, bool case_sensitive)
{
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (letter && !case_sensitive)
        bytes_printf(b, "[%c%c]", c | 0x20, c & ~0x20);
    else if (c && strchr("\\.?*+{}()[]|^$-", c))
        bytes_printf(b, c == '^' || c == '$' ? "[\\%c]" : "\\%c", c);
    else
        bytes_add(b, &c, 1);
}

const char *draft_pattern(struct arena *a, const char *text, bool case_sensitive)
{
    struct bytes b = {0};
    for (const char *p = text; *p; p++) {
        if (*p == '*')
            bytes_str(&b, "(.|\\n)*");
        else
            pattern_literal(&b, *p == '\\' && (p[1] == '*' || p[1] == '\\') ? *++p : *p, case_sensitive);
    }
    char *s = arena_strndup(a, (const char *)b.p, b.n);
    bytes_release(&b);
    return s;
}

static void text_condition(const struct draft_part *p, const struct draft_answer *answer,
                           const char *response, struct bytes *out)
{
    struct arena *a = arena_new();
    if (p->wildcards && strchr(answer->text, '*')) {
        bytes_str(out, "<patternMatch pattern=\"");
        markup_escape(out, draft_pattern(a, answer->text, p->case_sensitive));
        bytes_printf(out, "\">" VARIABLE "</patternMatch>", response);
    } else {
        bytes_printf(out, "<stringMatch caseSensitive=\"%s\">" VARIABLE "<baseValue baseType=\"string\">",
                     p->case_sensitive ? "true" : "false", response);
        markup_escape(out, answer->text);
        bytes_str(out, "</baseValue></stringMatch>");
    }
    arena_free(a);
}

static void condition(const struct draft *d, size_t part, size_t answer, struct bytes *out)
{
    const struct draft_part *p = &d->part[part];
    const struct draft_answer *answers = &p->answer[answer];
    const char *response = draft_response(d, part);
    if (answers->any)
        bytes_printf(out, "<not><isNull>" VARIABLE "</isNull></not>", response);
    else if (p->kind == DRAFT_NUMBER)
        number_condition(answers, response, out);
    else if (p->kind == DRAFT_TEXT)
        text_condition(p, answers, response, out);
    else
        bytes_printf(out, "<%s><baseValue baseType=\"identifier\">%s</baseValue>" VARIABLE "</%s>",
                     p->multiple ? "member" : "match", draft_choice_id(d, p, answer), response,
                     p->multiple ? "member" : "match");
}

static void add_score_to(bool sum, int64_t worth, struct bytes *out)
{
    bytes_str(out, "<setOutcomeValue identifier=\"SCORE\">");
    if (sum)
        bytes_str(out, "<sum>"
                       "<variable identifier=\"SCORE\"/>");
    bytes_printf(out, "<baseValue baseType=\"float\">%lld</baseValue>", (long long)worth);
    bytes_printf(out, "%s</setOutcomeValue>", sum ? "</sum>" : "");
}

static void add_score(const struct draft *d, int64_t worth, struct bytes *out)
{
    add_score_to(d->n_parts > 1, worth, out);
}

/* The choice at a place, or two that follow one another: each earns its share by itself. */
static void score_order(const struct draft *d, size_t part, int64_t scale, struct bytes *out)
{
    const struct draft_part *p = &d->part[part];
    const char *response = draft_response(d, part), *id = "<baseValue baseType=\"identifier\">%s</baseValue>";
    size_t pieces = draft_order_pieces(p);
    for (size_t i = 0; i < pieces; i++) {
        bool place = p->order == ORDER_PLACES || i + 1 == p->n_answers;
        bytes_str(out, "<responseCondition><responseIf>");
        if (place)
            bytes_printf(out, "<match><index n=\"%zu\">" VARIABLE "</index>", i + 1, response);
        else
            bytes_printf(out, "<contains>" VARIABLE "<ordered>", response);
        bytes_printf(out, id, draft_choice_id(d, p, i));
        if (!place)
            bytes_printf(out, id, draft_choice_id(d, p, i + 1));
        bytes_str(out, place ? "</match>" : "</ordered></contains>");
        add_score_to(true, draft_worth(p, (struct fraction){1, (int64_t)pieces}, scale), out);
        bytes_str(out, "</responseIf></responseCondition>");
    }
}

/* The answers in turn; the first that holds decides. */
static void chain(const struct draft *d, size_t part, int64_t scale, struct bytes *out)
{
    const struct draft_part *p = &d->part[part];
    bytes_str(out, "<responseCondition>");
    for (size_t i = 0; i < p->n_answers; i++) {
        const char *element = i == 0 ? "responseIf" : "responseElseIf";
        bytes_printf(out, "<%s>", element);
        condition(d, part, i, out);
        add_score(d, draft_worth(p, p->answer[i].share, scale), out);
        bytes_printf(out, "</%s>", element);
    }
    bytes_str(out, "</responseCondition>");
}

static void score_part(const struct draft *d, size_t part, int64_t scale, struct bytes *out)
{
    const struct draft_part *p = &d->part[part];
    const char *response = draft_response(d, part);
    if (p->kind == DRAFT_ORDER && p->order != ORDER_WHOLE) {
        score_order(d, part, scale, out);
    } else if (draft_needs_rules(p)) {
        chain(d, part, scale, out);
    } else if (by_match(p)) {
        bytes_printf(out,
                     "<responseCondition><responseIf><match>" VARIABLE "<correct identifier=\"%s\"/></match>",
                     response, response);
        add_score(d, draft_worth(p, (struct fraction){1, 1}, scale), out);
        bytes_str(out, "</responseIf></responseCondition>");
    } else {
        bytes_str(out, "<setOutcomeValue identifier=\"SCORE\">");
        bytes_printf(out,
                     d->n_parts > 1
                         ? "<sum><variable identifier=\"SCORE\"/><mapResponse identifier=\"%s\"/></sum>"
                         : "<mapResponse identifier=\"%s\"/>",
                     response);
        bytes_str(out, "</setOutcomeValue>");
    }
}

/* ANSWERS holds the names of the feedbacks that fit. */
static void tell_feedback(const struct draft *d, size_t part, struct bytes *out)
{
    const struct draft_part *p = &d->part[part];
    bool in_turn = !(p->kind == DRAFT_CHOICE && p->multiple), first = true;
    for (size_t i = 0; i < p->n_answers; i++) {
        if (!p->answer[i].feedback && !(in_turn && draft_needs_rules(p)))
            continue;
        if (first || !in_turn)
            bytes_str(out, "<responseCondition>");
        const char *element = first || !in_turn ? "responseIf" : "responseElseIf";
        bytes_printf(out, "<%s>", element);
        condition(d, part, i, out);
        if (p->answer[i].feedback)
            bytes_printf(
                out,
                "<setOutcomeValue identifier=\"ANSWERS\"><multiple><variable identifier=\"ANSWERS\"/>"
                "<baseValue baseType=\"identifier\">F%zu-%zu</baseValue></multiple></setOutcomeValue>",
                part + 1, i + 1);
        else
            bytes_str(out, "<setOutcomeValue identifier=\"ANSWERS\"><variable "
                           "identifier=\"ANSWERS\"/></setOutcomeValue>");
        bytes_printf(out, "</%s>", element);
        if (!in_turn)
            bytes_str(out, "</responseCondition>");
        first = false;
    }
    if (!first && in_turn)
        bytes_str(out, "</responseCondition>");
}

/* RESULT names what is said about the whole. */
static void tell_result(struct bytes *out)
{
    static const char *const when[DRAFT_RESULTS] = {
        "<responseIf><gte><variable identifier=\"SCORE\"/><variable identifier=\"MAXSCORE\"/></gte>",
        "<responseElseIf><gt><variable identifier=\"SCORE\"/><baseValue baseType=\"float\">0</baseValue></gt>",
        "<responseElse>"};
    static const char *const end[DRAFT_RESULTS] = {"responseIf", "responseElseIf", "responseElse"};
    bytes_str(out, "<responseCondition>");
    for (size_t i = 0; i < DRAFT_RESULTS; i++)
        bytes_printf(
            out,
            "%s<setOutcomeValue identifier=\"RESULT\"><baseValue baseType=\"identifier\">%s</baseValue>"
            "</setOutcomeValue></%s>",
            when[i], draft_result_name[i], end[i]);
    bytes_str(out, "</responseCondition>");
}

void draft_write_rules(const struct draft *d, int64_t scale, struct bytes *out)
{
    const char *name;
    if (draft_template(d, &name)) {
        bytes_printf(
            out,
            "<responseProcessing template=\"http://www.imsglobal.org/question/qti_v2p2/rptemplates/%s\"/>",
            name);
        return;
    }
    bytes_str(out, "<responseProcessing>");
    for (size_t i = 0; i < d->n_parts; i++)
        score_part(d, i, scale, out);
    for (size_t i = 0; i < d->n_parts; i++)
        if (tells(&d->part[i]))
            tell_feedback(d, i, out);
    if (draft_tells_result(d))
        tell_result(out);
    bytes_str(out, "</responseProcessing>");
}

/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/text.h"
#include "paperbank/bank/draft.h"
#include "paperbank/bank/markup.h"

enum { MAX_SCORE = 1000000 };

struct writer {
    struct draft *d;
    int64_t scale; /* worth of a whole mark of weight 1 */
    struct bytes *out;
};

const char *draft_response(const struct draft *d, size_t part)
{
    return d->n_parts == 1 ? "RESPONSE" : arena_printf(d->arena, "RESPONSE%zu", part + 1);
}

const char *draft_choice_id(const struct draft *d, const struct draft_part *p, size_t i)
{
    if (p->answer[i].identifier)
        return p->answer[i].identifier;
    return i < 26 ? arena_printf(d->arena, "%c", (int)('A' + i)) : arena_printf(d->arena, "A%zu", i + 1);
}

static const char *target_id(const struct draft *d, const struct draft_part *p, size_t i)
{
    size_t k = 0;
    while (strcmp(p->answer[k].text, p->answer[i].text) != 0)
        k++;
    return arena_printf(d->arena, "T%zu", k + 1);
}

static bool first_target(const struct draft_part *p, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (strcmp(p->answer[k].text, p->answer[i].text) == 0)
            return false;
    return true;
}

/* Every answer in its place is worth the same. */
static size_t n_sources(const struct draft_part *p)
{
    size_t n = 0;
    for (size_t i = 0; i < p->n_answers; i++)
        n += p->answer[i].content != NULL;
    return n;
}

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
        return n_sources(p) >= 1 || draft_fault(d, _("there is nothing to match"));
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
            scale = fraction_lcm(scale, (int64_t)n_sources(p));
        for (size_t k = 0; k < p->n_answers && scale && p->kind != DRAFT_MATCH && p->kind != DRAFT_ORDER && !p->whole; k++)
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

static void text_element(struct writer *w, const char *element, const char *text)
{
    bytes_printf(w->out, "<%s>", element);
    markup_escape(w->out, text);
    bytes_printf(w->out, "</%s>", element);
}

/* A wildcard may stand for nothing, so a text without its wildcards fits too. */
static const char *key_text(const struct draft *d, const struct draft_part *p, const struct draft_answer *answer)
{
    char *out = arena_strdup(d->arena, answer->text ? answer->text : ""), *to = out;
    for (const char *q = out; p->wildcards && *q; q++) {
        if (*q == '\\' && (q[1] == '*' || q[1] == '\\'))
            *to++ = *++q;
        else if (*q != '*')
            *to++ = *q;
    }
    if (p->wildcards)
        *to = '\0';
    return out;
}

static void write_correct(struct writer *w, const struct draft_part *p)
{
    const struct draft *d = w->d;
    size_t best = 0;
    for (size_t i = 0; i < p->n_answers; i++)
        if (p->answer[i].share.num * p->answer[best].share.den > p->answer[best].share.num * p->answer[i].share.den)
            best = i;
    bytes_str(w->out, "<correctResponse>");
    for (size_t i = 0; i < p->n_answers; i++) {
        const struct draft_answer *answer = &p->answer[i];
        if (p->kind == DRAFT_MATCH && answer->content)
            bytes_printf(w->out, "<value>S%zu %s</value>", i + 1, target_id(d, p, i));
        else if (p->kind == DRAFT_ORDER || (p->kind == DRAFT_CHOICE && (p->multiple ? answer->share.num > 0 : i == best)))
            bytes_printf(w->out, "<value>%s</value>", draft_choice_id(d, p, i));
        else if (p->kind == DRAFT_TEXT && i == best)
            text_element(w, "value", key_text(d, p, answer));
        else if (p->kind == DRAFT_NUMBER && i == best)
            text_element(w, "value", answer->text);
    }
    bytes_str(w->out, "</correctResponse>");
}

static void map_entry(struct writer *w, const char *key, int64_t worth, const char *case_sensitive)
{
    bytes_str(w->out, "<mapEntry mapKey=\"");
    markup_escape(w->out, key);
    bytes_printf(w->out, "\" mappedValue=\"%lld\"%s/>", (long long)worth, case_sensitive);
}

static bool repeated_text(const struct draft_part *p, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (strcmp(p->answer[k].text, p->answer[i].text) == 0 ||
            (!p->case_sensitive && ascii_casecmp(p->answer[k].text, p->answer[i].text) == 0))
            return true;
    return false;
}

static void write_mapping(struct writer *w, const struct draft_part *p)
{
    int64_t top = draft_worth(p, (struct fraction){1, 1}, w->scale);
    bool many = p->kind == DRAFT_CHOICE && p->multiple;
    bytes_printf(w->out, "<mapping%s upperBound=\"%lld\" defaultValue=\"0\">", many ? " lowerBound=\"0\"" : "", (long long)top);
    for (size_t i = 0; i < p->n_answers; i++) {
        int64_t worth = draft_worth(p, p->answer[i].share, w->scale);
        if (p->kind == DRAFT_MATCH && p->answer[i].content)
            map_entry(w, arena_printf(w->d->arena, "S%zu %s", i + 1, target_id(w->d, p, i)), top / (int64_t)n_sources(p), "");
        else if (p->kind == DRAFT_CHOICE)
            map_entry(w, draft_choice_id(w->d, p, i), worth, "");
        else if (p->kind == DRAFT_TEXT && !repeated_text(p, i))
            map_entry(w, p->wildcards ? key_text(w->d, p, &p->answer[i]) : p->answer[i].text, worth,
                      p->case_sensitive ? " caseSensitive=\"true\"" : " caseSensitive=\"false\"");
    }
    bytes_str(w->out, "</mapping>");
}

static bool has_variable(const struct draft_part *p)
{
    return p->kind == DRAFT_NUMBER && p->n_answers && p->answer[0].variable;
}

static bool uses_mapping(const struct draft *d, const struct draft_part *p)
{
    const char *name;
    if (p->kind == DRAFT_ORDER || draft_needs_rules(p) || p->whole)
        return false;
    if (draft_template(d, &name))
        return strcmp(name, "map_response") == 0;
    return true;
}

static void declare_response(struct writer *w, size_t i)
{
    static const char *const base[] = {"identifier", "string", "float", "directedPair", "identifier", "string", "file"};
    const struct draft_part *p = &w->d->part[i];
    const char *cardinality = p->kind == DRAFT_ORDER                     ? "ordered"
                              : p->kind == DRAFT_MATCH || p->multiple ? "multiple" : "single";
    bytes_printf(w->out, "<responseDeclaration identifier=\"%s\" cardinality=\"%s\" baseType=\"%s\">", draft_response(w->d, i),
                 cardinality, base[p->kind]);
    bool human = p->kind == DRAFT_ESSAY || p->kind == DRAFT_UPLOAD;
    if (!human && !has_variable(p))
        write_correct(w, p);
    if (!human && uses_mapping(w->d, p))
        write_mapping(w, p);
    bytes_str(w->out, "</responseDeclaration>\n");
}

static void write_inline(struct writer *w, size_t i)
{
    const struct draft_part *p = &w->d->part[i];
    if (p->kind != DRAFT_CHOICE) {
        bytes_printf(w->out, "<textEntryInteraction responseIdentifier=\"%s\"", draft_response(w->d, i));
        if (p->expected_length)
            bytes_printf(w->out, " expectedLength=\"%lld\"", (long long)p->expected_length);
        bytes_printf(w->out, "%s/>", p->normalize ? " class=\"kc-normalize\"" : "");
        return;
    }
    bytes_printf(w->out, "<inlineChoiceInteraction responseIdentifier=\"%s\" shuffle=\"%s\">", draft_response(w->d, i),
                 p->shuffle ? "true" : "false");
    for (size_t k = 0; k < p->n_answers; k++) {
        bytes_printf(w->out, "<inlineChoice identifier=\"%s\">", draft_choice_id(w->d, p, k));
        markup_escape(w->out, p->answer[k].text);
        bytes_str(w->out, "</inlineChoice>");
    }
    bytes_str(w->out, "</inlineChoiceInteraction>");
}

static void write_match(struct writer *w, const struct draft_part *p)
{
    bytes_printf(w->out, "<matchInteraction responseIdentifier=\"RESPONSE\" shuffle=\"%s\" maxAssociations=\"%zu\"><simpleMatchSet>",
                 p->shuffle ? "true" : "false", n_sources(p));
    for (size_t i = 0; i < p->n_answers; i++)
        if (p->answer[i].content)
            bytes_printf(w->out, "<simpleAssociableChoice identifier=\"S%zu\" matchMax=\"1\">%s</simpleAssociableChoice>", i + 1,
                         p->answer[i].content);
    bytes_str(w->out, "</simpleMatchSet><simpleMatchSet>");
    for (size_t i = 0; i < p->n_answers; i++) {
        if (!first_target(p, i))
            continue;
        bytes_printf(w->out, "<simpleAssociableChoice identifier=\"T%zu\" matchMax=\"%zu\">", i + 1, n_sources(p));
        markup_escape(w->out, p->answer[i].text);
        bytes_str(w->out, "</simpleAssociableChoice>");
    }
    bytes_str(w->out, "</simpleMatchSet></matchInteraction>");
}

static void write_choices(struct writer *w, size_t i)
{
    const struct draft_part *p = &w->d->part[i];
    const char *element = p->kind == DRAFT_ORDER ? "orderInteraction" : "choiceInteraction";
    bytes_printf(w->out, "<%s responseIdentifier=\"%s\" shuffle=\"%s\"", element, draft_response(w->d, i),
                 p->shuffle ? "true" : "false");
    bytes_printf(w->out, p->kind == DRAFT_ORDER ? ">" : p->multiple ? " maxChoices=\"0\">" : " maxChoices=\"1\">");
    for (size_t k = 0; k < p->n_answers; k++)
        bytes_printf(w->out, "\n<simpleChoice identifier=\"%s\">%s</simpleChoice>", draft_choice_id(w->d, p, k),
                     p->answer[k].content ? p->answer[k].content : "");
    bytes_printf(w->out, "\n</%s>", element);
}

static void write_interaction(struct writer *w, size_t i)
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

/* The body with each part in the place of its mark; a part whose mark is gone was inside something that was dropped. */
static bool write_marked_body(struct writer *w)
{
    struct draft *d = w->d;
    size_t placed = 0;
    for (const char *p = d->body, *mark;; ) {
        mark = strstr(p, MARKUP_MARK);
        bytes_add(w->out, p, mark ? (size_t)(mark - p) : strlen(p));
        if (!mark)
            break;
        char *end;
        unsigned long i = strtoul(mark + strlen(MARKUP_MARK), &end, 10);
        if (i != placed || i >= d->n_parts || strncmp(end, MARKUP_MARK, strlen(MARKUP_MARK)) != 0)
            return draft_fault(d, _("a gap stands where it cannot be shown"));
        write_inline(w, placed++);
        p = end + strlen(MARKUP_MARK);
    }
    return placed == d->n_parts || draft_fault(d, _("a gap stands where it cannot be shown"));
}

static bool write_body(struct writer *w)
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
    for (size_t i = 0; good && !d->inside && i < d->n_parts; i++)
        write_interaction(w, i);
    bytes_str(w->out, "</itemBody>\n");
    return good;
}

static bool is_human(const struct draft *d)
{
    return d->part[0].kind == DRAFT_ESSAY || d->part[0].kind == DRAFT_UPLOAD;
}

static void declare_outcomes(struct writer *w)
{
    static const char *const zero = "<defaultValue><value>%d</value></defaultValue>";
    bytes_printf(w->out, "<outcomeDeclaration identifier=\"SCORE\" cardinality=\"single\" baseType=\"float\"%s>",
                 is_human(w->d) ? " externalScored=\"human\"" : "");
    bytes_printf(w->out, zero, 0);
    bytes_str(w->out, "</outcomeDeclaration>\n<outcomeDeclaration identifier=\"MAXSCORE\" cardinality=\"single\" baseType=\"float\">");
    bytes_printf(w->out, "<defaultValue><value>%lld</value></defaultValue>", (long long)max_score(w->d, w->scale));
    bytes_str(w->out, "</outcomeDeclaration>\n");
    if (w->d->explanation && *w->d->explanation)
        bytes_str(w->out, "<outcomeDeclaration identifier=\"FEEDBACK\" cardinality=\"single\" baseType=\"identifier\"/>\n");
    if (draft_tells(w->d))
        bytes_str(w->out, "<outcomeDeclaration identifier=\"ANSWERS\" cardinality=\"multiple\" baseType=\"identifier\"/>\n");
}

static void write_feedback(struct writer *w)
{
    const struct draft *d = w->d;
    if (d->explanation && *d->explanation) /* shown whatever FEEDBACK is, since nothing sets it */
        bytes_printf(w->out, "<modalFeedback outcomeIdentifier=\"FEEDBACK\" identifier=\"none\" showHide=\"hide\">%s</modalFeedback>\n",
                     d->explanation);
    for (size_t i = 0; i < d->n_parts; i++)
        for (size_t k = 0; k < d->part[i].n_answers; k++)
            if (d->part[i].answer[k].feedback)
                bytes_printf(w->out, "<modalFeedback outcomeIdentifier=\"ANSWERS\" identifier=\"F%zu-%zu\" showHide=\"show\">%s"
                                     "</modalFeedback>\n", i + 1, k + 1, d->part[i].answer[k].feedback);
}

static bool check(struct draft *d)
{
    if (d->fault)
        return false;
    if (!d->identifier || !path_is_plain_name(d->identifier))
        return draft_fault(d, _("the identifier \"%.100s\" is not a plain name of letters, digits, dot, hyphen and underline"),
                           d->identifier ? d->identifier : "");
    if (d->n_parts == 0)
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
    struct writer w = {.d = d, .out = out};
    if (!check(d))
        return false;
    w.scale = find_scale(d);
    bytes_str(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<assessmentItem xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p2\"");
    bytes_printf(out, " identifier=\"%s\" title=\"", d->identifier);
    markup_escape(out, d->title && *d->title ? d->title : d->identifier);
    bytes_str(out, "\" adaptive=\"false\" timeDependent=\"false\">\n");
    for (size_t i = 0; i < d->n_parts; i++)
        declare_response(&w, i);
    declare_outcomes(&w);
    if (d->declarations)
        bytes_str(out, d->declarations);
    if (d->processing)
        bytes_printf(out, "<templateProcessing>%s</templateProcessing>\n", d->processing);
    bool good = write_body(&w);
    if (!is_human(d))
        draft_write_rules(d, w.scale, out);
    bytes_str(out, "\n");
    write_feedback(&w);
    bytes_str(out, "</assessmentItem>\n");
    return good;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* The declarations of responses: keys and mappings in whole numbers. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "paperbank/bank/draft-internal.h"
#include "paperbank/bank/markup.h"

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

const char *draft_target_id(const struct draft *d, const struct draft_part *p, size_t i)
{
    size_t k = 0;
    while (strcmp(p->answer[k].text, p->answer[i].text) != 0)
        k++;
    return arena_printf(d->arena, "T%zu", k + 1);
}

bool draft_first_target(const struct draft_part *p, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (strcmp(p->answer[k].text, p->answer[i].text) == 0)
            return false;
    return true;
}

/* Every answer in its place is worth the same. */
size_t draft_n_sources(const struct draft_part *p)
{
    size_t n = 0;
    for (size_t i = 0; i < p->n_answers; i++)
        n += p->answer[i].content != NULL;
    return n;
}

static void text_element(struct draft_writer *w, const char *element, const char *text)
{
    bytes_printf(w->out, "<%s>", element);
    markup_escape(w->out, text);
    bytes_printf(w->out, "</%s>", element);
}

/* A wildcard may stand for nothing, so a text without its wildcards fits too. */
static const char *key_text(const struct draft *d, const struct draft_part *p,
                            const struct draft_answer *answer)
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

static void write_correct(struct draft_writer *w, const struct draft_part *p)
{
    const struct draft *d = w->d;
    size_t best = 0;
    for (size_t i = 0; i < p->n_answers; i++)
        if (p->answer[i].share.num * p->answer[best].share.den >
            p->answer[best].share.num * p->answer[i].share.den)
            best = i;
    bytes_str(w->out, "<correctResponse>");
    for (size_t i = 0; i < p->n_answers; i++) {
        const struct draft_answer *answer = &p->answer[i];
        if (p->kind == DRAFT_MATCH && answer->content)
            bytes_printf(w->out, "<value>S%zu %s</value>", i + 1, draft_target_id(d, p, i));
        else if (p->kind == DRAFT_ORDER ||
                 (p->kind == DRAFT_CHOICE && (p->multiple ? answer->share.num > 0 : i == best)))
            bytes_printf(w->out, "<value>%s</value>", draft_choice_id(d, p, i));
        else if (p->kind == DRAFT_TEXT && i == best)
            text_element(w, "value", key_text(d, p, answer));
        else if (p->kind == DRAFT_NUMBER && i == best)
            text_element(w, "value", answer->text);
    }
    bytes_str(w->out, "</correctResponse>");
}

static void map_entry(struct draft_writer *w, const char *key, int64_t worth, const char *case_sensitive)
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

static void write_mapping(struct draft_writer *w, const struct draft_part *p)
{
    int64_t top = draft_worth(p, (struct fraction){1, 1}, w->scale);
    bool many = p->kind == DRAFT_CHOICE && p->multiple;
    bytes_printf(w->out, "<mapping%s upperBound=\"%lld\" defaultValue=\"0\">",
                 many ? " lowerBound=\"0\"" : "", (long long)top);
    for (size_t i = 0; i < p->n_answers; i++) {
        int64_t worth = draft_worth(p, p->answer[i].share, w->scale);
        if (p->kind == DRAFT_MATCH && p->answer[i].content)
            map_entry(w, arena_printf(w->d->arena, "S%zu %s", i + 1, draft_target_id(w->d, p, i)),
                      top / (int64_t)draft_n_sources(p), "");
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

void draft_declare_response(struct draft_writer *w, size_t i)
{
    static const char *const base[] = {"identifier", "string", "float", "directedPair",
                                       "identifier", "string", "file"};
    const struct draft_part *p = &w->d->part[i];
    const char *cardinality = p->kind == DRAFT_ORDER                  ? "ordered"
                              : p->kind == DRAFT_MATCH || p->multiple ? "multiple"
                                                                      : "single";
    bytes_printf(w->out, "<responseDeclaration identifier=\"%s\" cardinality=\"%s\" baseType=\"%s\">",
                 draft_response(w->d, i), cardinality, base[p->kind]);
    bool human = p->kind == DRAFT_ESSAY || p->kind == DRAFT_UPLOAD;
    if (!human && !has_variable(p))
        write_correct(w, p);
    if (!human && uses_mapping(w->d, p))
        write_mapping(w, p);
    bytes_str(w->out, "</responseDeclaration>\n");
}

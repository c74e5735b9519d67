/* SPDX-License-Identifier: Apache-2.0 */
/* Cloze: {2:SHORTANSWER:=right#feedback~%50%half} in the text of the question; and the two types whose gaps
 * stand in the text as [[1]]. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "paperbank/bank/from-moodle.h"

static const struct {
    const char *name;
    enum draft_kind kind;
    bool case_sensitive, shuffle, multiple;
} kinds[] = {
    {"SHORTANSWER", DRAFT_TEXT, false, false},
    {"SA", DRAFT_TEXT, false, false},
    {"MW", DRAFT_TEXT, false, false},
    {"SHORTANSWER_C", DRAFT_TEXT, true, false},
    {"SAC", DRAFT_TEXT, true, false},
    {"MWC", DRAFT_TEXT, true, false},
    {"NUMERICAL", DRAFT_NUMBER, false, false},
    {"NM", DRAFT_NUMBER, false, false},
    {"MULTICHOICE", DRAFT_CHOICE, false, false},
    {"MC", DRAFT_CHOICE, false, false},
    {"MULTICHOICE_V", DRAFT_CHOICE, false, false},
    {"MCV", DRAFT_CHOICE, false, false},
    {"MULTICHOICE_H", DRAFT_CHOICE, false, false},
    {"MCH", DRAFT_CHOICE, false, false},
    {"MULTICHOICE_S", DRAFT_CHOICE, false, true},
    {"MCS", DRAFT_CHOICE, false, true},
    {"MULTICHOICE_VS", DRAFT_CHOICE, false, true},
    {"MCVS", DRAFT_CHOICE, false, true},
    {"MULTICHOICE_HS", DRAFT_CHOICE, false, true},
    {"MCHS", DRAFT_CHOICE, false, true},
    {"MULTIRESPONSE", DRAFT_CHOICE, false, false, true},
    {"MR", DRAFT_CHOICE, false, false, true},
    {"MULTIRESPONSE_H", DRAFT_CHOICE, false, false, true},
    {"MRH", DRAFT_CHOICE, false, false, true},
    {"MULTIRESPONSE_S", DRAFT_CHOICE, false, true, true},
    {"MRS", DRAFT_CHOICE, false, true, true},
    {"MULTIRESPONSE_HS", DRAFT_CHOICE, false, true, true},
    {"MRHS", DRAFT_CHOICE, false, true, true},
};

static void keep_mark(struct markup *m, const char *name, struct bytes *out)
{
    (void)m;
    bytes_printf(out, MARKUP_MARK "%s" MARKUP_MARK, name);
}

/* A piece of a gap up to one of `ends`, escapes (\} \# \~ \\ …) resolved; moves on to the end. Of a wildcard
 * "\*" stays. */
static char *piece(struct arena *a, const char **p, const char *ends)
{
    struct bytes b = {0};
    for (; **p && !strchr(ends, **p); ++*p) {
        if (**p == '\\' && (*p)[1] && strchr("}#~=/\"\\%{:", (*p)[1]))
            ++*p;
        bytes_add(&b, *p, 1);
    }
    char *s = arena_strndup(a, b.p ? (const char *)b.p : "", b.n);
    bytes_release(&b);
    return s;
}

static void number(struct moodle_question *q, struct draft_answer *answer, char *text)
{
    char *colon = strchr(text, ':');
    struct decimal value, wide = {0}, low = {0}, high = {0};
    if (colon)
        *colon = '\0';
    text = text_trim(q->d->arena, text);
    answer->any = strcmp(text, "*") == 0;
    answer->text = "0";
    if (answer->any)
        return;
    if (!decimal_parse(text, &value) || (colon && !decimal_parse(text_trim(q->d->arena, colon + 1), &wide)) ||
        wide.digits < 0 || !decimal_sum(value, wide, true, &low) || !decimal_sum(value, wide, false, &high))
        draft_fault(q->d, _("\"%.40s\" is no number with tolerance, like 3.14:0.01 or 3.1..3.2"), text);
    else
        answer->text = decimal_text(q->d->arena, value);
    answer->low = decimal_text(q->d->arena, low);
    answer->high = decimal_text(q->d->arena, high);
}

static void add_answer(struct moodle_question *q, struct draft_part *p, const char **at)
{
    struct arena *a = q->d->arena;
    struct markup words = {.arena = a};
    struct draft_answer *answer = draft_answer_new(q->d, p);
    *at += strspn(*at, " \t\r\n");
    answer->share.num = **at == '=';
    *at += **at == '=';
    if (**at == '%') {
        ++*at;
        const char *percent = piece(a, at, "%}~");
        *at += **at == '%';
        if (!fraction_of_percent(text_trim(a, percent), &answer->share))
            draft_fault(q->d, _("\"%.40s\" is no share of the mark"), percent);
    }
    const char *text = markup_words(&words, MARKUP_HTML, piece(a, at, "#~}"));
    if (**at == '#') {
        ++*at;
        const char *feedback = markup_xhtml(&words, MARKUP_HTML, MARKUP_BLOCKS, piece(a, at, "~}"));
        answer->feedback = *feedback ? feedback : NULL;
    }
    if (p->kind == DRAFT_NUMBER) {
        number(q, answer, arena_strdup(a, text));
        return;
    }
    answer->text = text;
    if (p->multiple)
        answer->content = markup_xhtml(&words, MARKUP_PLAIN, MARKUP_FLOW, text);
    answer->any = p->kind == DRAFT_TEXT && strcmp(text, "*") == 0;
    if (!*text)
        draft_fault(q->d, _("an answer is empty"));
}

/* As Moodle adds them up, the sum ends at the whole mark. */
static void note_full_shares(struct moodle_question *q, const struct draft_part *p)
{
    size_t full = 0;
    for (size_t i = 0; i < p->n_answers; i++)
        full += p->answer[i].share.num == p->answer[i].share.den;
    if (p->multiple && full > 1)
        q->d->note = _("several answers of a gap earn its whole mark each; give them shares like %50%");
}

/* One gap at its "{"; returns where it ends, or NULL if this brace begins no gap. */
static const char *gap(struct moodle_question *q, const char *p)
{
    size_t digits = strspn(p + 1, "0123456789");
    const char *name = p + 1 + digits;
    if (*name != ':' || digits > 4)
        return NULL;
    size_t n = strcspn(++name, ":}"), i = 0;
    while (i < sizeof kinds / sizeof *kinds &&
           !(strlen(kinds[i].name) == n && strncmp(kinds[i].name, name, n) == 0))
        i++;
    if (name[n] != ':')
        return NULL;
    if (i == sizeof kinds / sizeof *kinds) {
        draft_fault(q->d, _("gaps of the type \"%.*s\" cannot be taken"), n < 40 ? (int)n : 40, name);
        return NULL;
    }
    struct draft_part *part = draft_part_new(q->d, kinds[i].kind);
    part->weight = digits ? strtol(p + 1, NULL, 10) : 1;
    part->weight = part->weight ? part->weight : 1;
    part->case_sensitive = kinds[i].case_sensitive;
    part->shuffle = kinds[i].shuffle;
    part->multiple = kinds[i].multiple;
    part->wildcards = part->kind == DRAFT_TEXT;
    p = name + n + 1;
    while (*p && *p != '}') {
        add_answer(q, part, &p);
        p += *p == '~';
    }
    note_full_shares(q, part);
    if (!*p)
        draft_fault(q->d, _("the brace of a gap is not closed"));
    return *p ? p + 1 : p;
}

void moodle_cloze(struct moodle_question *q)
{
    struct bytes body = {0};
    for (const char *p = moodle_field(q, "questiontext"); *p;) {
        size_t place = q->d->n_parts;
        const char *end = *p == '{' ? gap(q, p) : NULL;
        if (!end) {
            bytes_add(&body, p++, 1);
            continue;
        }
        bytes_printf(&body, MARKUP_MARK "%zu" MARKUP_MARK, place);
        p = end;
    }
    q->body = arena_strndup(q->d->arena, body.p ? (const char *)body.p : "", body.n);
    bytes_release(&body);
    q->mark = keep_mark;
    q->d->inside = true;
}

/* The words to choose from, in the group of the right one. */
static void add_words(struct moodle_question *q, const char *element, long right)
{
    struct draft_part *p = draft_part_new(q->d, DRAFT_CHOICE);
    const struct xml_node *first = xml_child(q->n, element), *n = first;
    struct markup words = {.arena = q->d->arena};
    for (long i = 1; n && i < right; i++)
        n = xml_next_same(n);
    if (!n) {
        draft_fault(q->d, _("the gap [[%ld]] has no answer"), right);
        return;
    }
    const char *group = moodle_text(q, xml_child(n, "group"));
    p->shuffle = moodle_is_true(moodle_field(q, "shuffleanswers"));
    for (const struct xml_node *c = first; c; c = xml_next_same(c)) {
        if (strcmp(moodle_text(q, xml_child(c, "group")), group) != 0)
            continue;
        struct draft_answer *answer = draft_answer_new(q->d, p);
        answer->text = markup_words(&words, MARKUP_HTML, moodle_text(q, c));
        answer->share.num = c == n;
    }
}

void moodle_gaps(struct moodle_question *q)
{
    const char *element = strcmp(q->type, "ddwtos") == 0 ? "dragbox" : "selectoption";
    struct bytes body = {0};
    for (const char *p = moodle_field(q, "questiontext"); *p;) {
        char *end = NULL;
        long right = strncmp(p, "[[", 2) == 0 ? strtol(p + 2, &end, 10) : 0;
        if (right < 1 || strncmp(end, "]]", 2) != 0) {
            bytes_add(&body, p++, 1);
            continue;
        }
        bytes_printf(&body, MARKUP_MARK "%zu" MARKUP_MARK, q->d->n_parts);
        add_words(q, element, right);
        p = end + 2;
    }
    q->body = arena_strndup(q->d->arena, body.p ? (const char *)body.p : "", body.n);
    bytes_release(&body);
    q->mark = keep_mark;
    q->d->inside = true;
}

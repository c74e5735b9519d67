/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "paperbank/bank/from-gift.h"

struct block {
    struct draft *d;
    enum markup_format format;
};

char *gift_plain(struct arena *a, const char *text)
{
    static const char signs[] = "~=#{}:\\\n";
    char *out = arena_strdup(a, text);
    for (char *p = out; *p; p++)
        if (*p >= 1 && *p <= 8)
            *p = signs[*p - 1];
    return out;
}

const char *gift_xhtml(struct draft *d, enum markup_format *format, enum markup_place place, const char *text)
{
    static const struct {
        const char *name;
        enum markup_format is;
    } formats[] = {{"[html]", MARKUP_HTML},
                   {"[moodle]", MARKUP_AUTO},
                   {"[plain]", MARKUP_PLAIN},
                   {"[markdown]", MARKUP_MARKDOWN}};
    struct markup m = {.arena = d->arena};
    text = text_trim(d->arena, text);
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strncmp(text, formats[i].name, strlen(formats[i].name)) == 0) {
            *format = formats[i].is;
            text += strlen(formats[i].name);
            break;
        }
    const char *s = markup_xhtml(&m, *format, place, gift_plain(d->arena, text));
    if (m.fault)
        draft_fault(d, "%s", m.fault);
    return s;
}

static const char *content(const struct block *b, const char *text)
{
    enum markup_format format = b->format;
    return gift_xhtml(b->d, &format, MARKUP_FLOW, text);
}

static const char *feedback(const struct block *b, const char *text)
{
    enum markup_format format = b->format;
    const char *s = text ? gift_xhtml(b->d, &format, MARKUP_BLOCKS, text) : NULL;
    return s && *s ? s : NULL;
}

/* Cuts "text#feedback"; NULL without. */
static char *cut_feedback(char *text)
{
    char *hash = strchr(text, '#');
    if (!hash)
        return NULL;
    *hash = '\0';
    return hash + 1;
}

/* "%50%text": the share; the text behind it. */
static const char *share(const struct block *b, const char *text, struct fraction *ret)
{
    const char *end = *text == '%' ? strchr(text + 1, '%') : NULL;
    if (!end)
        return text;
    if (!fraction_of_percent(arena_strndup(b->d->arena, text + 1, (size_t)(end - text) - 1), ret))
        draft_fault(b->d, _("\"%.40s\" is no share of the mark"), text);
    return end + 1;
}

/* The next piece up to one of `signs`; moves on. The sign that began it is *ret_sign, 0 for none. */
static char *piece(struct arena *a, const char **p, const char *signs, char *ret_sign)
{
    *ret_sign = **p && strchr(signs, **p) ? **p : '\0';
    *p += *ret_sign != '\0';
    size_t n = strcspn(*p, signs);
    char *text = arena_strndup(a, *p, n);
    *p += n;
    return text_trim(a, text);
}

static void choices(struct block *b, const char *answers)
{
    struct draft_part *part = draft_part_new(b->d, DRAFT_CHOICE);
    part->multiple = !strchr(answers, '=');
    part->shuffle = true;
    for (const char *p = answers; *p;) {
        char sign;
        char *text = piece(b->d->arena, &p, "~=", &sign);
        if (!sign && !*text)
            continue;
        struct draft_answer *answer = draft_answer_new(b->d, part);
        answer->share.num = sign == '=';
        answer->feedback = feedback(b, cut_feedback(text));
        answer->content = content(b, share(b, text, &answer->share));
    }
}

static void short_answers(struct block *b, const char *answers)
{
    struct draft_part *part = draft_part_new(b->d, DRAFT_TEXT);
    part->wildcards = true;
    for (const char *p = answers; *p;) {
        char sign;
        char *text = piece(b->d->arena, &p, "=", &sign);
        if (!*text)
            continue;
        struct draft_answer *answer = draft_answer_new(b->d, part);
        answer->share.num = 1;
        answer->feedback = feedback(b, cut_feedback(text));
        answer->text = text_trim(b->d->arena, gift_plain(b->d->arena, share(b, text, &answer->share)));
        answer->any = strcmp(answer->text, "*") == 0;
        if (!*answer->text)
            draft_fault(b->d, _("an answer is empty"));
    }
}

static void numbers_one(struct block *b, struct draft_answer *answer, const char *text)
{
    struct arena *a = b->d->arena;
    char *value = text_trim(a, text), *range = strstr(value, ".."), *colon = strchr(value, ':');
    struct decimal center = {0}, wide = {0}, low = {0}, high = {0};
    bool good;
    if (strcmp(value, "*") == 0) {
        answer->any = true;
        answer->text = "0";
        return;
    }
    if (range || colon)
        *(range ? range : colon) = '\0';
    if (range) {
        good = decimal_parse(text_trim(a, value), &low) && decimal_parse(text_trim(a, range + 2), &high) &&
               decimal_compare(low, high) <= 0 && decimal_sum(low, high, false, &center);
        center = decimal_half(center);
    } else {
        good = decimal_parse(text_trim(a, value), &center) &&
               (!colon || decimal_parse(text_trim(a, colon + 1), &wide)) && wide.digits >= 0 &&
               decimal_sum(center, wide, true, &low) && decimal_sum(center, wide, false, &high);
    }
    if (!good)
        draft_fault(b->d, _("\"%.40s\" is no number with tolerance, like 3.14:0.01 or 3.1..3.2"), text);
    answer->low = decimal_text(a, low);
    answer->high = decimal_text(a, high);
    answer->text = decimal_text(a, center);
}

static void numbers(struct block *b, const char *answers)
{
    struct draft_part *part = draft_part_new(b->d, DRAFT_NUMBER);
    for (const char *p = answers; *p;) {
        char sign;
        char *text = piece(b->d->arena, &p, "=~", &sign);
        if (!*text)
            continue;
        struct draft_answer *answer = draft_answer_new(b->d, part);
        answer->share.num = sign != '~';
        answer->feedback = feedback(b, cut_feedback(text));
        const char *value = text_trim(b->d->arena, share(b, text, &answer->share));
        if (!*value) { /* "~#feedback" to whatever else was typed */
            answer->any = true;
            answer->text = "0";
        } else {
            numbers_one(b, answer, value);
        }
    }
}

static void pairs(struct block *b, const char *answers)
{
    struct draft_part *part = draft_part_new(b->d, DRAFT_MATCH);
    part->shuffle = true;
    for (const char *p = answers; *p;) {
        char sign;
        char *text = piece(b->d->arena, &p, "=", &sign), *arrow = strstr(text, "->");
        if (!*text)
            continue;
        struct draft_answer *answer = draft_answer_new(b->d, part);
        if (!arrow) {
            draft_fault(b->d, _("\"%.40s\" has no partner (->)"), text);
            answer->text = "";
            continue;
        }
        *arrow = '\0';
        const char *left = content(b, text);
        answer->content = *left ? left : NULL;
        answer->text = text_trim(b->d->arena, gift_plain(b->d->arena, arrow + 2));
        if (!*answer->text)
            draft_fault(b->d, _("\"%.40s\" has no partner (->)"), text);
    }
}

static int truth(const char *word)
{
    if (ascii_casecmp(word, "t") == 0 || ascii_casecmp(word, "true") == 0)
        return 1;
    return ascii_casecmp(word, "f") == 0 || ascii_casecmp(word, "false") == 0 ? 0 : -1;
}

/* "T#when wrong#when right". */
static bool true_false(struct block *b, const char *answers)
{
    char *text = arena_strdup(b->d->arena, answers), *wrong = cut_feedback(text),
         *right = wrong ? cut_feedback(wrong) : NULL;
    int key = truth(text_trim(b->d->arena, text));
    if (key < 0)
        return false;
    struct draft_part *part = draft_part_new(b->d, DRAFT_CHOICE);
    for (int i = 1; i >= 0; i--) {
        struct draft_answer *answer = draft_answer_new(b->d, part);
        answer->identifier = i ? "true" : "false";
        answer->content = draft_truth(b->d, i);
        answer->share.num = i == key;
        answer->feedback = feedback(b, i == key ? right : wrong);
    }
    return true;
}

void gift_answers(struct draft *d, enum markup_format format, const char *answers)
{
    struct block b = {.d = d, .format = format};
    char *text = text_trim(d->arena, answers), *general = strstr(text, "####");
    if (general) {
        d->explanation = feedback(&b, general + 4);
        *general = '\0';
        text = text_trim(d->arena, text);
    }
    if (!*text) {
        draft_part_new(d, DRAFT_ESSAY)->expected_lines = 10;
    } else if (*text == '#') {
        numbers(&b, text + 1);
    } else if (strchr(text, '~')) {
        choices(&b, text);
    } else if (strchr(text, '=') && strstr(text, "->")) {
        pairs(&b, text);
    } else if (!true_false(&b, text)) {
        short_answers(&b, text);
    }
}

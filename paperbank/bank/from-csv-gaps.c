/* SPDX-License-Identifier: Apache-2.0 */
/* Questions that are answered with a word or a number: gaps in the stem, cloze, numeric. */
#include "paperbank/bank/from-csv-question.h"

#include <string.h>

#include "base/i18n.h"
#include "base/text.h"

/* Accepted answers between "|". */
static void accepted(struct draft *d, struct draft_part *p, const char *texts, size_t n)
{
    for (size_t at = 0; at <= n;) {
        size_t len = 0;
        while (at + len < n && texts[at + len] != '|')
            len++;
        const char *text = text_trim(d->arena, arena_strndup(d->arena, texts + at, len));
        if (*text) {
            struct draft_answer *answer = draft_answer_new(d, p);
            answer->text = text;
            answer->share.num = 1;
        }
        at += len + 1;
    }
    p->normalize = true;
}

/* Full-width marks of the key as the narrow ones that the rest looks for. */
static char *narrow(struct draft *d, const char *key)
{
    char *out = arena_strdup(d->arena, key), *to = out;
    for (const char *p = out; *p;) {
        bool bar = strncmp(p, "｜", 3) == 0, semicolon = strncmp(p, "；", 3) == 0;
        if (bar || semicolon) {
            *to++ = bar ? '|' : ';';
            p += 3;
        } else {
            *to++ = *p++;
        }
    }
    *to = '\0';
    return out;
}

/* The length of a gap at p: two or more underlines, narrow or wide. */
static size_t gap(const char *p)
{
    size_t n = 0, signs = 0;
    for (;; signs++) {
        if (p[n] == '_')
            n++;
        else if (strncmp(p + n, "＿", 3) == 0)
            n += 3;
        else
            break;
    }
    return signs >= 2 ? n : 0;
}

static char *mark(struct draft *d, size_t i)
{
    return arena_printf(d->arena, MARKUP_MARK "%zu" MARKUP_MARK, i);
}

static void keep_mark(struct markup *m, const char *name, struct bytes *out)
{
    (void)m;
    bytes_printf(out, MARKUP_MARK "%s" MARKUP_MARK, name);
}

static const char *marked_xhtml(struct draft *d, struct bytes *stem)
{
    struct markup m = {.arena = d->arena, .mark = keep_mark};
    const char *s = markup_xhtml(&m, MARKUP_PLAIN, MARKUP_BLOCKS, stem->p ? (const char *)stem->p : "");
    bytes_release(stem);
    return s;
}

void table_fill(struct draft *d, const struct table_row *row)
{
    struct bytes stem = {0};
    const char *key = narrow(d, row->cell[COLUMN_KEY]);
    size_t gaps = 0;
    for (const char *p = row->cell[COLUMN_STEM]; *p;) {
        size_t n = gap(p);
        if (n == 0) {
            bytes_add(&stem, p++, 1);
            continue;
        }
        bytes_str(&stem, mark(d, gaps++));
        p += n;
    }
    for (size_t i = 0; i < (gaps ? gaps : 1); i++) {
        size_t len = gaps > 1 ? strcspn(key, ";") : strlen(key);
        struct draft_part *p = draft_part_new(d, DRAFT_TEXT);
        accepted(d, p, key, len);
        if (p->n_answers == 0)
            table_fault(d, COLUMN_KEY,
                        _("give the answer of each gap; between gaps stands ; and between answers that are "
                          "all right |"));
        key += len + (key[len] == ';');
    }
    if (*key)
        table_fault(d, COLUMN_KEY, _("there are more answers than gaps (____) in the stem"));
    d->inside = gaps > 0;
    if (d->inside)
        d->body = marked_xhtml(d, &stem);
    bytes_release(&stem);
}

/* One [[…]]: options with a star at the right one, or accepted texts. */
static void add_gap(struct draft *d, const char *texts, size_t n)
{
    const char *inside = narrow(d, arena_strndup(d->arena, texts, n));
    if (!strchr(inside, '*')) {
        accepted(d, draft_part_new(d, DRAFT_TEXT), inside, strlen(inside));
        return;
    }
    struct draft_part *p = draft_part_new(d, DRAFT_CHOICE);
    for (const char *at = inside; *at;) {
        size_t len = strcspn(at, "|");
        const char *text = text_trim(d->arena, arena_strndup(d->arena, at, len));
        bool right = *text == '*';
        struct draft_answer *answer = draft_answer_new(d, p);
        answer->text = text + right;
        answer->share.num = right;
        at += len + (at[len] == '|');
    }
}

void table_cloze(struct draft *d, const struct table_row *row)
{
    struct bytes stem = {0};
    for (const char *p = row->cell[COLUMN_STEM]; *p;) {
        const char *end = strncmp(p, "[[", 2) == 0 ? strstr(p, "]]") : NULL;
        if (!end) {
            bytes_add(&stem, p++, 1);
            continue;
        }
        bytes_str(&stem, mark(d, d->n_parts));
        add_gap(d, p + 2, (size_t)(end - p) - 2);
        p = end + 2;
    }
    if (d->n_parts == 0)
        table_fault(d, COLUMN_STEM, _("mark the gaps like [[red|*green|blue]], the right one with a star"));
    d->inside = true;
    d->body = marked_xhtml(d, &stem);
}

void table_numeric(struct draft *d, const struct table_row *row)
{
    struct draft_part *p = draft_part_new(d, DRAFT_NUMBER);
    struct draft_answer *answer = draft_answer_new(d, p);
    char *key = table_word(d->arena, row->cell[COLUMN_KEY]);
    const char *tolerance = table_word(d->arena, row->cell[COLUMN_TOLERANCE]);
    char *range = strstr(key, ".."), *about = strstr(key, "±");
    struct decimal value, wide = {0}, low, high;
    bool good = true;
    if (about) {
        *about = '\0';
        tolerance = about + strlen("±");
    }
    if (range) {
        *range = '\0';
        good = decimal_parse(key, &low) && decimal_parse(range + 2, &high) &&
               decimal_compare(low, high) <= 0 && decimal_sum(low, high, false, &value);
        value = good ? decimal_half(value) : value;
    } else {
        good = decimal_parse(key, &value) && (!*tolerance || decimal_parse(tolerance, &wide)) &&
               wide.digits >= 0 && decimal_sum(value, wide, true, &low) &&
               decimal_sum(value, wide, false, &high);
    }
    p->normalize = true;
    p->after = *row->cell[COLUMN_UNIT] ? row->cell[COLUMN_UNIT] : NULL;
    answer->share.num = 1;
    if (!good) {
        table_fault(d, COLUMN_KEY,
                    _("write a number like 3.14, with a tolerance like 0.01, or a range like 3.1..3.2"));
        return;
    }
    answer->low = decimal_text(d->arena, low);
    answer->high = decimal_text(d->arena, high);
    answer->text = decimal_text(d->arena, value);
}

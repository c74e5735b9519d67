/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "paperbank/bank/from-csv.h"
#include "paperbank/bank/markup.h"

enum { PICTURE_MAX = 16 << 20, OPTIONS = COLUMN_OPTION_LAST - COLUMN_OPTION_A + 1 };

static const char *xhtml(struct draft *d, enum markup_place place, const char *text)
{
    struct markup m = {.arena = d->arena};
    const char *s = markup_xhtml(&m, MARKUP_PLAIN, place, text);
    if (m.fault)
        draft_fault(d, "%s", m.fault);
    return s;
}

/* A path inside the table's folder. */
static bool is_inside(const char *path)
{
    if (*path == '/' || strchr(path, '\\') || strchr(path, ':'))
        return false;
    for (const char *p = path; *p; p += strcspn(p, "/"), p += *p == '/')
        if (*p == '.' || *p == '/')
            return false;
    return *path != '\0';
}

static void add_picture(struct draft *d, const struct table_row *row, struct bytes *body)
{
    const char *name = row->cell[COLUMN_PICTURE];
    struct bytes data = {0};
    struct err e = {0};
    if (!*name)
        return;
    char *path = mem_printf("%s%s", row->folder, name);
    if (!is_inside(name)) {
        table_fault(d, COLUMN_PICTURE, _("this is not the name of a file beside the table"));
    } else if (file_read(path, PICTURE_MAX, &data, &e) < 0) {
        table_fault(d, COLUMN_PICTURE, e.what);
    } else {
        d->picture = arena_alloc(d->arena, sizeof *d->picture);
        d->picture[0] = (struct package_file){.name = name,
                                              .bytes = span_of(arena_copy(d->arena, data.p, data.n), data.n)};
        d->n_pictures = 1;
        bytes_str(body, "<p><img src=\"");
        markup_escape(body, name);
        bytes_str(body, "\" alt=\"");
        markup_escape(body, row->cell[COLUMN_PICTURE_WORDS]);
        bytes_str(body, "\"/></p>");
    }
    bytes_release(&data);
    free(path);
}

/* Options into answers; those in `right` (bit 0: A) earn. */
static struct draft_part *add_options(struct draft *d, const struct table_row *row, enum draft_kind kind,
                                      unsigned right)
{
    struct draft_part *p = draft_part_new(d, kind);
    for (size_t i = 0; i < OPTIONS; i++) {
        const char *text = row->cell[COLUMN_OPTION_A + i];
        if (!*text) {
            if (right & (1u << i))
                draft_fault(d, _("column %s: the option %c is empty"), table_column_name(COLUMN_KEY),
                            (char)('A' + i));
            continue;
        }
        struct draft_answer *answer = draft_answer_new(d, p);
        answer->identifier = arena_printf(d->arena, "%c", (char)('A' + i));
        answer->content = xhtml(d, MARKUP_FLOW, text);
        answer->share.num = (right >> i) & 1;
    }
    return p;
}

/* "AC", "A,C", "Ａ、Ｃ" as places, in their order; n 0: no letters. */
static size_t key_letters(struct draft *d, const char *key, size_t *place)
{
    size_t n = 0;
    char *word = table_word(d->arena, key);
    for (const char *p = word; *p; p++) {
        if (strchr(",;/|", *p))
            continue;
        if (strncmp(p, "、", 3) == 0) {
            p += 2;
            continue;
        }
        if (*p < 'a' || *p >= 'a' + OPTIONS || n == OPTIONS)
            return 0;
        place[n++] = (size_t)(*p - 'a');
    }
    return n;
}

static void choice(struct draft *d, const struct table_row *row, bool multiple)
{
    size_t place[OPTIONS], n = key_letters(d, row->cell[COLUMN_KEY], place);
    unsigned right = 0;
    for (size_t i = 0; i < n; i++)
        right |= 1u << place[i];
    if (n == 0 || (!multiple && n != 1))
        table_fault(d, COLUMN_KEY,
                    multiple ? _("give the letters of the right options, like ACD")
                             : _("give the letter of the right option, like B"));
    struct draft_part *p = add_options(d, row, DRAFT_CHOICE, right);
    const char *scoring = table_word(d->arena, row->cell[COLUMN_SCORING]);
    p->multiple = multiple;
    p->shuffle = table_truth_of(d->arena, row->cell[COLUMN_SHUFFLE]) == 1;
    p->whole = multiple;
    if (multiple && (strncmp(scoring, "部分", 6) == 0 || strcmp(scoring, "partial") == 0)) {
        p->whole = false;
        for (size_t i = 0; i < p->n_answers; i++)
            p->answer[i].share = p->answer[i].share.num ? (struct fraction){1, n} : (struct fraction){-1, 1};
    } else if (*scoring && strcmp(scoring, "全对") != 0 && strcmp(scoring, "all") != 0) {
        table_fault(d, COLUMN_SCORING, _("write 全对 (all) or, for a multiple choice, 部分 (partial)"));
    }
}

static void true_false(struct draft *d, const struct table_row *row)
{
    struct draft_part *p = draft_part_new(d, DRAFT_CHOICE);
    int right = table_truth_of(d->arena, row->cell[COLUMN_KEY]);
    if (right < 0)
        table_fault(d, COLUMN_KEY, _("write 对 or 错 (true or false)"));
    for (int i = 1; i >= 0; i--) {
        const char *given = row->cell[COLUMN_OPTION_A + !i];
        struct draft_answer *answer = draft_answer_new(d, p);
        answer->identifier = i ? "true" : "false";
        answer->content = *given ? xhtml(d, MARKUP_FLOW, given) : i ? "正确" : "错误";
        answer->share.num = i == right;
    }
}

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

static void fill(struct draft *d, const struct table_row *row)
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

static void cloze(struct draft *d, const struct table_row *row)
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

static void numeric(struct draft *d, const struct table_row *row)
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

static void order(struct draft *d, const struct table_row *row)
{
    size_t place[OPTIONS], n = key_letters(d, row->cell[COLUMN_KEY], place);
    struct draft_part *given = add_options(d, row, DRAFT_ORDER, 0);
    given->shuffle = true;
    if (!*row->cell[COLUMN_KEY])
        return;
    struct draft_answer *sorted = arena_array(d->arena, OPTIONS, sizeof *sorted);
    unsigned seen = 0;
    bool good = n == given->n_answers;
    for (size_t i = 0; good && i < n; i++) {
        good = place[i] < n && !(seen & (1u << place[i]));
        seen |= 1u << place[i];
        sorted[i] = given->answer[good ? place[i] : 0];
    }
    if (!good)
        table_fault(d, COLUMN_KEY, _("give the letters of all options in the right order, like CABD"));
    given->answer = sorted;
}

static void match(struct draft *d, const struct table_row *row)
{
    struct draft_part *p = draft_part_new(d, DRAFT_MATCH);
    p->shuffle = true;
    for (size_t i = 0; i < OPTIONS; i++) {
        const char *text = row->cell[COLUMN_OPTION_A + i], *arrow = strstr(text, "=>");
        size_t n_arrow = 2;
        if (!*text)
            continue;
        if (!arrow) {
            arrow = strstr(text, "→");
            n_arrow = strlen("→");
        }
        const char *left =
            arrow ? text_trim(d->arena, arena_strndup(d->arena, text, (size_t)(arrow - text))) : "";
        const char *right = arrow ? text_trim(d->arena, arrow + n_arrow) : "";
        struct draft_answer *answer = draft_answer_new(d, p);
        answer->content = *left ? xhtml(d, MARKUP_FLOW, left) : NULL;
        answer->text = right;
        if (!*right)
            table_fault(d, COLUMN_OPTION_A + i, _("write what belongs together like China => Beijing"));
    }
}

static void essay(struct draft *d, const struct table_row *row, enum draft_kind kind)
{
    struct draft_part *p = draft_part_new(d, kind);
    const char *rubric = *row->cell[COLUMN_RUBRIC] ? row->cell[COLUMN_RUBRIC] : row->cell[COLUMN_KEY];
    p->expected_lines = kind == DRAFT_ESSAY ? 10 : 0;
    d->rubric = xhtml(d, MARKUP_BLOCKS, rubric);
}

void table_question(struct draft *d, const struct table_row *row)
{
    struct bytes body = {0};
    switch (table_type_of(d->arena, row->cell[COLUMN_TYPE])) {
    case TYPE_SINGLE:
    case TYPE_MULTIPLE:
        choice(d, row, table_type_of(d->arena, row->cell[COLUMN_TYPE]) == TYPE_MULTIPLE);
        break;
    case TYPE_TRUE_FALSE:
        true_false(d, row);
        break;
    case TYPE_FILL:
        fill(d, row);
        break;
    case TYPE_NUMERIC:
        numeric(d, row);
        break;
    case TYPE_ORDER:
        order(d, row);
        break;
    case TYPE_MATCH:
        match(d, row);
        break;
    case TYPE_CLOZE:
        cloze(d, row);
        break;
    case TYPE_ESSAY:
        essay(d, row, DRAFT_ESSAY);
        break;
    case TYPE_UPLOAD:
        essay(d, row, DRAFT_UPLOAD);
        break;
    default:
        table_fault(d, COLUMN_TYPE, _("write one of 单选 多选 判断 填空 数值 排序 匹配 选词填空 简答 上传"));
    }
    bytes_str(&body, d->body ? d->body : xhtml(d, MARKUP_BLOCKS, row->cell[COLUMN_STEM]));
    if (body.n == 0)
        table_fault(d, COLUMN_STEM, _("it is empty"));
    add_picture(d, row, &body);
    d->body = arena_strndup(d->arena, (const char *)body.p, body.n);
    bytes_release(&body);
    if (*row->cell[COLUMN_EXPLANATION])
        d->explanation = xhtml(d, MARKUP_BLOCKS, row->cell[COLUMN_EXPLANATION]);
}

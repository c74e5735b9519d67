/* SPDX-License-Identifier: Apache-2.0 */
/* Questions with options in columns of their own: choices, true or false, ordering, matching. */
#include "paperbank/bank/from-csv-question.h"

#include <string.h>

#include "base/i18n.h"
#include "base/text.h"

enum { OPTIONS = COLUMN_OPTION_LAST - COLUMN_OPTION_A + 1 };

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
        answer->content = table_xhtml(d, MARKUP_FLOW, text);
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

void table_choice(struct draft *d, const struct table_row *row, bool multiple)
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

void table_true_false(struct draft *d, const struct table_row *row)
{
    struct draft_part *p = draft_part_new(d, DRAFT_CHOICE);
    int right = table_truth_of(d->arena, row->cell[COLUMN_KEY]);
    if (right < 0)
        table_fault(d, COLUMN_KEY, _("write 对 or 错 (true or false)"));
    for (int i = 1; i >= 0; i--) {
        const char *given = row->cell[COLUMN_OPTION_A + !i];
        struct draft_answer *answer = draft_answer_new(d, p);
        answer->identifier = i ? "true" : "false";
        answer->content = *given ? table_xhtml(d, MARKUP_FLOW, given) : i ? "正确" : "错误";
        answer->share.num = i == right;
    }
}

void table_order(struct draft *d, const struct table_row *row)
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

void table_match(struct draft *d, const struct table_row *row)
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
        answer->content = *left ? table_xhtml(d, MARKUP_FLOW, left) : NULL;
        answer->text = right;
        if (!*right)
            table_fault(d, COLUMN_OPTION_A + i, _("write what belongs together like China => Beijing"));
    }
}

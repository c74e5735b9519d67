/* SPDX-License-Identifier: Apache-2.0 */
/* One level of paragraph properties laid over another. */
#include <string.h>

#include "scoring/practical/word/docx-internal.h"

enum { MAX_TABS = 64 };

static void measure(struct word_measure *base, const struct word_measure *over, uint32_t has, uint32_t emu,
                    uint32_t relative)
{
    if (has & emu)
        base->emu = over->emu;
    if (has & relative)
        base->hundredths = over->hundredths;
    if (has & (emu | relative))
        base->from = over->from;
}

static void raw_over(struct word_format *base, const struct word_format *over)
{
    if (over->first_raw)
        base->first_raw = over->first_raw;
    if (over->hanging_raw)
        base->hanging_raw = over->hanging_raw;
    if (over->first_chars_raw)
        base->first_chars_raw = over->first_chars_raw;
}

static void line_over(struct docx_ppr *base, const struct docx_ppr *over)
{
    if (over->has & HAS_LINE) {
        base->line = over->line;
        base->f.line_raw = over->f.line_raw;
        base->f.line_from = over->f.line_from;
    }
    if (over->has & HAS_LINE_RULE) {
        base->f.line_rule = over->f.line_rule;
        base->f.line_rule_raw = over->f.line_rule_raw;
    }
}

static size_t place_of(const struct docx_tab *tab, size_t n, int32_t position)
{
    size_t i = 0;
    while (i < n && tab[i].tab.position < position)
        i++;
    return i;
}

static bool sorted(const struct docx_ppr *p)
{
    for (size_t i = 0; i < p->n_tabs; i++)
        if (p->tab[i].clear || (i > 0 && p->tab[i].tab.position <= p->tab[i - 1].tab.position))
            return false;
    return true;
}

static void tabs_over(struct docx *x, struct docx_ppr *base, const struct docx_ppr *over)
{
    struct docx_tab tab[MAX_TABS];
    size_t n = base->n_tabs;
    if (n == 0 && sorted(over)) {
        base->tab = over->tab;
        base->n_tabs = over->n_tabs;
        return;
    }
    if (n)
        memcpy(tab, base->tab, n * sizeof *tab);
    for (size_t i = 0; i < over->n_tabs; i++) {
        size_t at = place_of(tab, n, over->tab[i].tab.position);
        bool there = at < n && tab[at].tab.position == over->tab[i].tab.position;
        if (over->tab[i].clear) {
            if (there)
                memmove(tab + at, tab + at + 1, (--n - at) * sizeof *tab);
            continue;
        }
        if (!there && n == MAX_TABS)
            continue;
        if (!there)
            memmove(tab + at + 1, tab + at, (n++ - at) * sizeof *tab);
        tab[at] = over->tab[i];
    }
    base->tab = n ? arena_copy(x->scratch, tab, n * sizeof *tab) : NULL;
    base->n_tabs = n;
}

static void flags_over(struct word_format *base, const struct word_format *over, uint32_t has)
{
    if (has & HAS_KEEP_NEXT)
        base->keep_next = over->keep_next;
    if (has & HAS_KEEP_LINES)
        base->keep_lines = over->keep_lines;
    if (has & HAS_PAGE_BREAK)
        base->page_break_before = over->page_break_before;
    if (has & HAS_WIDOW)
        base->widow_control = over->widow_control;
    if (has & HAS_BIDI)
        base->bidi = over->bidi;
    if (has & HAS_CONTEXTUAL)
        base->contextual = over->contextual;
    if (has & HAS_BEFORE_AUTO)
        base->before_auto = over->before_auto;
    if (has & HAS_AFTER_AUTO)
        base->after_auto = over->after_auto;
}

static void look_over(struct word_format *base, const struct word_format *over, uint32_t has)
{
    if (has & HAS_BORDERS) {
        for (int i = 0; i < 4; i++)
            if (over->border[i].kind)
                base->border[i] = over->border[i];
        if (over->between.kind)
            base->between = over->between;
    }
    if (has & HAS_SHADING)
        base->shading = over->shading;
    if (has & HAS_OUTLINE)
        base->outline = over->outline;
    if (has & HAS_ALIGN) {
        base->align_raw = over->align_raw;
        base->align_from = over->align_from;
    }
    if (has & HAS_FRAME) {
        base->drop_cap = over->drop_cap;
        base->drop_lines = over->drop_lines;
        base->drop_distance = over->drop_distance;
    }
}

void docx_ppr_over(struct docx *x, struct docx_ppr *base, const struct docx_ppr *over, bool raw)
{
    uint32_t has = over->has;
    measure(&base->f.left, &over->f.left, has, HAS_LEFT, HAS_LEFT_CHARS);
    measure(&base->f.right, &over->f.right, has, HAS_RIGHT, HAS_RIGHT_CHARS);
    measure(&base->f.first, &over->f.first, has, HAS_FIRST, HAS_FIRST_CHARS);
    measure(&base->f.before, &over->f.before, has, HAS_BEFORE, HAS_BEFORE_LINES);
    measure(&base->f.after, &over->f.after, has, HAS_AFTER, HAS_AFTER_LINES);
    if (raw)
        raw_over(&base->f, &over->f);
    line_over(base, over);
    flags_over(&base->f, &over->f, has);
    look_over(&base->f, &over->f, has);
    if ((has & HAS_TABS) && raw)
        tabs_over(x, base, over);
    if (has & HAS_NUM)
        base->num_id = over->num_id;
    if (has & HAS_LEVEL)
        base->level = over->level;
    base->has |= raw ? has : has & ~(uint32_t)HAS_TABS;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* From levels to what is seen: direct, character style, paragraph style, table style, defaults, and what an
 * office program takes where nobody says anything (ECMA-376 part 1, 17.7.2). */
#include <string.h>

#include "scoring/practical/word/docx-internal.h"

static uint16_t said(const struct docx_rpr *r)
{
    return r ? r->toggle_on & r->toggle_has : 0;
}

/* 17.7.3: the levels of styles are combined by exclusive or, true defaults stay true, direct ones decide. */
static uint16_t toggles(const struct docx_rpr *defaults, const struct docx_rpr *look,
                        const struct docx_rpr *paragraph, const struct docx_rpr *character,
                        const struct docx_rpr *direct)
{
    uint16_t on = (uint16_t)((said(look) ^ said(paragraph) ^ said(character)) | said(defaults));
    if (direct)
        on = (uint16_t)((on & ~direct->toggle_has) | said(direct));
    return on;
}

const struct word_chars *docx_chars(struct docx *x, const struct docx_rpr *look,
                                    const struct docx_rpr *paragraph, const struct docx_style *character,
                                    const struct docx_rpr *direct)
{
    const struct docx_rpr *character_r = character ? docx_style_r(x, character) : NULL;
    struct docx_rpr all = {0};
    word_chars_init(&all.c);
    docx_rpr_over(&all, &x->styles.default_r);
    if (look)
        docx_rpr_over(&all, look);
    docx_rpr_over(&all, paragraph);
    if (character_r)
        docx_rpr_over(&all, character_r);
    if (direct)
        docx_rpr_over(&all, direct);
    all.c.on = toggles(&x->styles.default_r, look, paragraph, character_r, direct);
    all.c.style = character ? character->name : NULL;
    return word_chars_share(x->d, &all.c);
}

static const char *alignment(const struct docx_ppr *p)
{
    const char *jc = p->has & HAS_ALIGN ? p->f.align_raw : "start";
    if (strcmp(jc, "start") == 0)
        return p->f.bidi ? "right" : "left";
    if (strcmp(jc, "end") == 0)
        return p->f.bidi ? "left" : "right";
    if (strcmp(jc, "thaiDistribute") == 0)
        return "distribute";
    return strcmp(jc, "lowKashida") == 0 || strcmp(jc, "mediumKashida") == 0 || strcmp(jc, "highKashida") == 0
               ? "both"
               : jc;
}

static void line_resolve(const struct docx_ppr *p, struct word_format *f)
{
    if (!(p->has & HAS_LINE))
        f->line_rule = WORD_LINE_MULTIPLE;
    if (f->line_rule == WORD_LINE_MULTIPLE)
        f->line = p->has & HAS_LINE ? (int32_t)((p->line * 1000 / 635 + 120) / 240) : 1000;
    else
        f->line = (int32_t)p->line;
}

static void borders_resolve(struct word_format *f, bool told)
{
    for (int i = 0; i < 4; i++)
        if (!told || !f->border[i].kind)
            f->border[i] = (struct word_border){.color = WORD_NO_COLOR};
    if (!told || !f->between.kind)
        f->between = (struct word_border){.color = WORD_NO_COLOR};
}

static void tabs_resolve(struct docx *x, const struct docx_ppr *p, struct word_format *f)
{
    if (p->n_tabs == 0)
        return;
    struct word_tab *tab = arena_array(x->d->arena, p->n_tabs, sizeof *tab);
    size_t n = 0;
    for (size_t i = 0; i < p->n_tabs; i++)
        if (!p->tab[i].clear)
            tab[n++] = p->tab[i].tab;
    f->tab = tab;
    f->n_tabs = n;
}

const struct word_format *docx_format(struct docx *x, const struct docx_ppr *p, const struct docx_style *s)
{
    struct word_format f = p->f;
    f.style = s ? s->name : NULL;
    f.style_id = s ? s->id : NULL;
    f.align = alignment(p);
    line_resolve(p, &f);
    borders_resolve(&f, (p->has & HAS_BORDERS) != 0);
    tabs_resolve(x, p, &f);
    if (f.left.hundredths != 0 && f.first.hundredths < 0)
        f.left.hundredths -= f.first.hundredths;
    f.left.relative = f.left.hundredths != 0;
    f.right.relative = f.right.hundredths != 0;
    f.first.relative = f.first.hundredths != 0;
    f.before.relative = f.before.hundredths != 0;
    f.after.relative = f.after.hundredths != 0;
    if (!(p->has & HAS_SHADING))
        f.shading = WORD_NO_COLOR;
    if (!(p->has & HAS_WIDOW))
        f.widow_control = true;
    if (!f.drop_cap)
        f.drop_cap = "none";
    f.drop_length = strcmp(f.drop_cap, "none") != 0;
    f.numbering_told = (p->has & (HAS_NUM | HAS_LEVEL)) != 0;
    if ((p->has & HAS_NUM) && p->num_id != 0)
        f.list = docx_list(x, p->num_id, p->level);
    return word_format_share(x->d, &f);
}

void docx_styles_list(struct docx *x)
{
    for (size_t i = 0; i < DOCX_STYLE_BUCKETS; i++)
        for (struct docx_style *s = x->styles.bucket[i]; s && !word_full(x->d); s = s->next) {
            struct word_style *l = s->listed;
            if (!l)
                continue;
            const struct docx_style *base = docx_style_find(x, s->type, s->based_on);
            const struct docx_style *following = docx_style_find(x, s->type, s->following);
            bool paragraph = strcmp(s->type, "paragraph") == 0;
            l->based_on = base ? base->name : NULL;
            l->following = following ? following->name : NULL;
            l->chars = docx_chars(x, NULL, docx_style_r(x, s), NULL, NULL);
            struct docx_ppr p = x->styles.default_p;
            docx_ppr_over(x, &p, docx_style_p(x, s), true);
            l->format = paragraph ? docx_format(x, &p, s) : NULL;
        }
}

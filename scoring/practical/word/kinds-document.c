/* SPDX-License-Identifier: Apache-2.0 */
/* The document as a whole (W33–W35, W51, W52). */
#include <string.h>

#include "base/text.h"
#include "scoring/practical/word/kinds.h"

static int64_t count_breaks(const struct word_document *d)
{
    int64_t n = 0;
    for (size_t i = 0; i < d->n_any; i++) {
        const struct word_paragraph *p = d->any_paragraph[i];
        n += p->format->page_break_before + p->format->break_after;
        for (const struct word_run *r = p->first; r; r = r->next)
            n += r->kind == WORD_RUN_PAGE_BREAK;
    }
    return n;
}

static int64_t count_paragraphs(const struct word_document *d)
{
    int64_t n = 0;
    for (size_t i = 0; i < d->n_paragraphs; i++)
        n += d->paragraph[i]->text[0] != '\0';
    return n;
}

static int give_watermark(struct word_ask *q)
{
    const struct word_watermark *w = q->d->watermark;
    if (!w)
        return word_give_absent(q, q->d->part, "there is no watermark");
    if (word_is(q, "word.watermark-color"))
        return word_give(q, FACT_COLOR, w->color, w->part);
    return word_give_text(q, FACT_TEXT, w->text ? w->text : "(picture)", w->part);
}

static int give_property(struct word_ask *q)
{
    const char *name = locator_get(q->at, "property");
    if (!name)
        return word_bad_locator(q, "property");
    for (const struct word_property *p = q->d->property; p; p = p->next)
        if (ascii_casecmp(p->name, name) == 0)
            return word_give_text(q, FACT_TEXT, p->value, q->d->odf ? "meta.xml" : "docProps");
    return word_give_absent(q, q->d->odf ? "meta.xml" : "docProps",
                            arena_printf(q->a, "no %s is given", name));
}

static int32_t page_color(const struct word_document *d)
{
    return d->background >= 0 ? d->background : d->section[0]->background;
}

static int give_integer(struct word_ask *q)
{
    const struct word_document *d = q->d;
    return word_give(q, FACT_INTEGER,
                     word_is(q, "word.page-breaks")   ? count_breaks(d)
                     : word_is(q, "word.sections")    ? (int64_t)d->n_sections
                     : word_is(q, "word.empty-lines") ? (int64_t)d->n_paragraphs - count_paragraphs(d)
                                                      : count_paragraphs(d),
                     d->part);
}

int word_document_kind(const struct check_target *t, const struct locator *at, const char *argument,
                       struct arena *a, struct fact *ret, struct err *e)
{
    struct word_ask q = word_ask_of(t, at, argument, a, ret, e);
    const struct word_document *d = q.d;
    const char *settings = d->odf ? "settings.xml" : "word/settings.xml";
    if (strstr(t->kind->name, "watermark"))
        return give_watermark(&q);
    if (word_is(&q, "word.property"))
        return give_property(&q);
    if (word_is(&q, "word.page-color"))
        return word_give(&q, FACT_COLOR, page_color(d), d->part);
    if (word_is(&q, "word.protection"))
        return word_give_text(&q, FACT_TOKEN, d->protection, settings);
    if (word_is(&q, "word.mail-merge"))
        return word_give_text(&q, FACT_TOKEN, d->mail_merge ? d->mail_merge : "none", settings);
    if (word_is(&q, "word.hyphenation"))
        return word_give(&q, FACT_BOOL, d->hyphenation, settings);
    if (word_is(&q, "word.track-changes"))
        return word_give(&q, FACT_BOOL, d->track_changes, settings);
    return give_integer(&q);
}

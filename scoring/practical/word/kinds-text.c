/* SPDX-License-Identifier: Apache-2.0 */
/* Texts (W1, W2, W49, W50). Words are counted over joined runs, so that one split by formatting counts. */
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "scoring/practical/word/kinds.h"

static int64_t count_in(struct word_ask *q, const char *text, const char *word)
{
    int64_t n = 0;
    const char *nfkc = text_nfkc(q->a, text);
    for (const char *s = strstr(nfkc ? nfkc : text, word); s; s = strstr(s + strlen(word), word))
        n++;
    return n;
}

int word_count_kind(const struct check_target *t, const struct locator *at, const char *argument,
                    struct arena *a, struct fact *ret, struct err *e)
{
    struct word_ask q = word_ask_of(t, at, argument, a, ret, e);
    const struct word_flow *f;
    int64_t n = 0;
    const char *word = argument ? text_nfkc(a, argument) : NULL;
    if (!word || !*word)
        return err_set(e, ERR_DATA, t->kind->name, _("the word to count is missing: of=\"…\""));
    int r = word_find_flow(&q, &f);
    if (r < 1)
        return r;
    if (f != &q.d->body)
        return word_give(&q, FACT_INTEGER, count_in(&q, word_flow_text(f, a), word), word_flow_place(f, a));
    for (size_t i = 0; i < q.d->n_any; i++)
        n += count_in(&q, q.d->any_paragraph[i]->text, word);
    return word_give(&q, FACT_INTEGER, n, q.d->part);
}

struct seen {
    bool upper, lower, full, half;
};

static struct seen look_at(const char *s)
{
    struct seen ret = {0};
    const char *end = s + strlen(s);
    while (s < end) {
        uint32_t c = utf8_next(&s, end);
        bool full = c >= 0xFF01 && c <= 0xFF5E;
        uint32_t plain = full ? c - 0xFEE0 : c;
        bool upper = plain >= 'A' && plain <= 'Z', lower = plain >= 'a' && plain <= 'z';
        bool digit = plain >= '0' && plain <= '9';
        ret.upper |= upper;
        ret.lower |= lower;
        ret.full |= full && (upper || lower || digit);
        ret.half |= !full && (upper || lower || digit);
    }
    return ret;
}

static const char *mix(bool a, bool b, const char *as, const char *bs)
{
    return a && b ? "mixed" : a ? as : b ? bs : "none";
}

/* A break on its own line, at the end of what stands before, or asked of the paragraph itself. */
static bool begins_page(const struct word_document *d, const struct word_paragraph *p)
{
    if (p->format->page_break_before)
        return true;
    for (const struct word_run *r = p->first; r && (r->blank || r->kind != WORD_RUN_TEXT); r = r->next)
        if (r->kind == WORD_RUN_PAGE_BREAK)
            return true;
    for (size_t i = d->n_any; i-- > 0;) {
        const struct word_paragraph *before = d->any_paragraph[i];
        if (before->serial >= p->serial)
            continue;
        if (before->format->break_after)
            return true;
        bool broken = false;
        for (const struct word_run *r = before->first; r; r = r->next)
            broken = r->kind == WORD_RUN_PAGE_BREAK || (broken && r->blank);
        return broken ||
               (before->section != p->section &&
                strcmp(d->section[p->section < d->n_sections ? p->section : 0]->start, "continuous") != 0);
    }
    return false;
}

static int64_t index_in(const struct word_document *d, const struct word_paragraph *p)
{
    for (size_t i = 0; i < d->n_paragraphs; i++)
        if (d->paragraph[i] == p)
            return (int64_t)i + 1;
    return 0;
}

int word_text_kind(const struct check_target *t, const struct locator *at, const char *argument,
                   struct arena *a, struct fact *ret, struct err *e)
{
    struct word_ask q = word_ask_of(t, at, argument, a, ret, e);
    const struct word_paragraph *p;
    int r = word_find_paragraph(&q, &p);
    if (r < 1)
        return r;
    const char *place = word_paragraph_place(p, a);
    struct seen seen = look_at(p->text);
    if (word_is(&q, "word.text"))
        return word_give_text(&q, FACT_TEXT, p->text, place);
    if (word_is(&q, "word.letter-case"))
        return word_give_text(&q, FACT_TOKEN, mix(seen.upper, seen.lower, "upper", "lower"), place);
    if (word_is(&q, "word.letter-width"))
        return word_give_text(&q, FACT_TOKEN, mix(seen.full, seen.half, "full", "half"), place);
    if (word_is(&q, "word.begins-page"))
        return word_give(&q, FACT_BOOL, begins_page(q.d, p), place);
    int64_t i = index_in(q.d, p);
    return i ? word_give(&q, FACT_INTEGER, i, place)
             : word_give_absent(&q, place, "the paragraph stands in a table or beside the text");
}

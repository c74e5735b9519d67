/* SPDX-License-Identifier: Apache-2.0 */
/* Links, bookmarks, notes, comments, tables of contents, fields (W31, W46–W48, W52). */
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "scoring/practical/word/kinds.h"

static int find_link(struct word_ask *q, const struct word_link **ret)
{
    const char *text = locator_get(q->at, "run-text"), *needle = text ? word_squash(q->a, text) : NULL;
    int64_t i = locator_index(q->at, "link", 1);
    if (i < 0)
        return word_bad_locator(q, "link");
    for (const struct word_link *l = q->d->link; l; l = l->next)
        if ((!l->at || !l->at->in_toc) && (!needle || strstr(word_squash(q->a, l->text), needle)) &&
            --i == 0) {
            *ret = l;
            return 1;
        }
    return word_give_absent(q, q->d->part,
                            text ? arena_printf(q->a, "no link reads %s", text) : "no such link");
}

int word_link_kind(const struct check_target *t, const struct locator *at, const char *argument,
                   struct arena *a, struct fact *ret, struct err *e)
{
    struct word_ask q = word_ask_of(t, at, argument, a, ret, e);
    const struct word_link *l = NULL;
    int r = find_link(&q, &l);
    if (r < 1)
        return r;
    const char *place = l->at ? word_paragraph_place(l->at, a) : q.d->part;
    if (word_is(&q, "word.link-text"))
        return word_give_text(&q, FACT_TEXT, l->text, place);
    return word_give_text(&q, FACT_TEXT,
                          l->address && l->anchor ? arena_printf(a, "%s#%s", l->address, l->anchor)
                          : l->anchor             ? arena_printf(a, "#%s", l->anchor)
                                                  : l->address,
                          place);
}

int word_bookmark_kind(const struct check_target *t, const struct locator *at, const char *argument,
                       struct arena *a, struct fact *ret, struct err *e)
{
    struct word_ask q = word_ask_of(t, at, argument, a, ret, e);
    const char *name = locator_get(at, "bookmark");
    if (!name)
        return word_bad_locator(&q, "bookmark");
    for (const struct word_bookmark *b = q.d->bookmark; b; b = b->next)
        if (ascii_casecmp(b->name, name) == 0)
            return word_give_text(&q, FACT_TEXT,
                                  b->text[0] ? b->text
                                  : b->at    ? b->at->text
                                             : "",
                                  b->at ? word_paragraph_place(b->at, a) : q.d->part);
    return word_give_absent(&q, q.d->part, arena_printf(a, "no bookmark is called %s", name));
}

static int give_note(struct word_ask *q, bool endnote)
{
    int64_t i = locator_index(q->at, endnote ? "endnote" : "footnote", 1);
    if (i < 0)
        return word_bad_locator(q, endnote ? "endnote" : "footnote");
    for (const struct word_note *n = q->d->note; n; n = n->next)
        if (n->endnote == endnote && --i == 0)
            return strstr(q->t->kind->name, "-at")
                       ? word_give_text(q, FACT_TEXT, n->at ? n->at->text : NULL,
                                        word_flow_place(n->flow, q->a))
                       : word_give_text(q, FACT_TEXT, word_flow_text(n->flow, q->a),
                                        word_flow_place(n->flow, q->a));
    return word_give_absent(q, q->d->part,
                            endnote ? "there is no such endnote" : "there is no such footnote");
}

static int give_comment(struct word_ask *q)
{
    int64_t i = locator_index(q->at, "comment", 1);
    if (i < 0)
        return word_bad_locator(q, "comment");
    for (const struct word_comment *c = q->d->comment; c; c = c->next) {
        if (--i != 0)
            continue;
        const char *place = word_flow_place(c->flow, q->a);
        return word_give_text(q, FACT_TEXT,
                              word_is(q, "word.comment-author")  ? c->author
                              : word_is(q, "word.comment-about") ? c->about
                                                                 : word_flow_text(c->flow, q->a),
                              place);
    }
    return word_give_absent(q, q->d->part, "there is no such comment");
}

static int64_t count_notes(const struct word_document *d, bool endnote)
{
    int64_t n = 0;
    for (const struct word_note *note = d->note; note; note = note->next)
        n += note->endnote == endnote;
    return n;
}

static int64_t count_comments(const struct word_document *d)
{
    int64_t n = 0;
    for (const struct word_comment *c = d->comment; c; c = c->next)
        n++;
    return n;
}

int word_note_kind(const struct check_target *t, const struct locator *at, const char *argument,
                   struct arena *a, struct fact *ret, struct err *e)
{
    struct word_ask q = word_ask_of(t, at, argument, a, ret, e);
    if (word_is(&q, "word.footnotes"))
        return word_give(&q, FACT_INTEGER, count_notes(q.d, false), q.d->part);
    if (word_is(&q, "word.endnotes"))
        return word_give(&q, FACT_INTEGER, count_notes(q.d, true), q.d->part);
    if (word_is(&q, "word.comments"))
        return word_give(&q, FACT_INTEGER, count_comments(q.d), q.d->part);
    return strstr(t->kind->name, "comment") ? give_comment(&q)
                                            : give_note(&q, strstr(t->kind->name, "endnote"));
}

/* Entries may carry the number of their heading. */
static bool ends_with(const char *s, const char *end)
{
    size_t n = strlen(s), m = strlen(end);
    return n >= m && strcmp(s + n - m, end) == 0;
}

static const struct word_toc_entry *entry_of(struct word_ask *q, const struct word_toc_entry *entry,
                                             const struct word_paragraph *heading)
{
    return entry && ends_with(word_squash(q->a, entry->text), word_squash(q->a, heading->text)) ? entry
                                                                                                : NULL;
}

/* Each heading of its levels has its entry, in order, and there is no other. */
static bool is_current(struct word_ask *q, const struct word_toc *t)
{
    const struct word_toc_entry *entry = t->first;
    for (size_t i = 0; i < q->d->n_any; i++) {
        const struct word_paragraph *p = q->d->any_paragraph[i];
        uint32_t level = p->format->outline;
        if (level < t->from || level > t->to || p->in_toc || !*word_squash(q->a, p->text))
            continue;
        if (!entry_of(q, entry, p))
            return false;
        entry = entry->next;
    }
    return !entry;
}

int word_toc_kind(const struct check_target *t, const struct locator *at, const char *argument,
                  struct arena *a, struct fact *ret, struct err *e)
{
    struct word_ask q = word_ask_of(t, at, argument, a, ret, e);
    const struct word_toc *toc = q.d->toc;
    struct word_items items = {0};
    const char *place = toc ? arena_printf(a, "%s, table of contents", toc->part) : q.d->part;
    if (word_is(&q, "word.toc"))
        return word_give(&q, FACT_BOOL, toc != NULL, place);
    if (!toc)
        return word_give_absent(&q, place, "there is no table of contents that the program made");
    if (word_is(&q, "word.toc-levels"))
        return word_give(&q, FACT_INTEGER, toc->to, place);
    if (word_is(&q, "word.toc-current"))
        return word_give(&q, FACT_BOOL, is_current(&q, toc), place);
    for (const struct word_toc_entry *entry = toc->first; entry; entry = entry->next)
        word_item_add(&items, a, entry->text);
    return word_give_list(&q, items.item, items.n, place);
}

static const char *merge_name(struct word_ask *q, const struct word_field *f)
{
    const char *s = f->instruction + strlen(f->name);
    while (*s == ' ')
        s++;
    return *s == '"' ? arena_strndup(q->a, s + 1, strcspn(s + 1, "\""))
                     : arena_strndup(q->a, s, strcspn(s, " \\"));
}

/* `of` names one kind of field; word.merge-fields gives the names of columns, word.cross-references the
 * marks. */
int word_field_kind(const struct check_target *t, const struct locator *at, const char *argument,
                    struct arena *a, struct fact *ret, struct err *e)
{
    struct word_ask q = word_ask_of(t, at, argument, a, ret, e);
    struct word_items items = {0};
    int64_t n = 0;
    if (word_is(&q, "word.fields") && !argument)
        return err_set(e, ERR_DATA, t->kind->name, _("the name of the field is missing: of=\"DATE\""));
    for (const struct word_field *f = q.d->field; f; f = f->next) {
        bool reference =
            strcmp(f->name, "REF") == 0 || strcmp(f->name, "PAGEREF") == 0 || strcmp(f->name, "NOTEREF") == 0;
        if (f->at && f->at->in_toc)
            continue;
        if (word_is(&q, "word.merge-fields") ? strcmp(f->name, "MERGEFIELD") == 0
                                             : word_is(&q, "word.cross-references") && reference)
            word_item_add(&items, a, merge_name(&q, f));
        n += argument && ascii_casecmp(f->name, argument) == 0;
    }
    return word_is(&q, "word.fields") ? word_give(&q, FACT_INTEGER, n, q.d->part)
                                      : word_give_list(&q, items.item, items.n, q.d->part);
}

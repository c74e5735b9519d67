/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/bank/check.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "paperbank/bank/bank-internal.h"
#include "paperbank/bank/check-internal.h"
#include "paperbank/bank/duplicates.h"
#include "paperbank/bank/review.h"
#include "paperbank/bank/words.h"
#include "paperbank/item/pictures.h"

/* Fewer items than this say nothing about habits. */
enum { ENOUGH_KEYS = 20, ENOUGH_TRUE_FALSE = 10, MAX_DOUBLES = 10000 };
/* Of one item: by how much of its stem others are found, and how many of them are compared. */
enum { STEM_COLUMNS = 40, STEM_LOOKED_AT = 50 };

void check_find(struct check *c, const char *item, const char *code, const char *todo, const char *fmt, ...)
{
    char what[400];
    va_list ap;
    va_start(ap, fmt);
    if (vsnprintf(what, sizeof what, fmt, ap) < 0)
        what[0] = '\0';
    va_end(ap);
    utf8_mend(what, '\0'); /* "%.120s" may cut a character */
    const struct bank_finding f = {item, code, what, todo};
    c->n++;
    c->tell(c->context, &f);
}

static bool has_point(const struct check *c, const char *code)
{
    for (size_t i = 0; i < c->n_points; i++)
        if (strcmp(c->point[i].code, code) == 0)
            return true;
    return false;
}

static const struct bank_item *item_of(const struct check *c, const char *id)
{
    size_t lo = 0, hi = c->n_items;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (strcmp(c->item[mid].id, id) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < c->n_items && strcmp(c->item[lo].id, id) == 0 ? &c->item[lo] : NULL;
}

/* ---- one item ---- */

static const char sql_has_item[] = "SELECT count(*) FROM item WHERE id = ?1";
/* Those of its declared enemies that the bank has, sorted as they are: what item_of looks at. */
static int known_enemies(struct check *c, const struct bank_item *i, struct arena *a, struct err *e)
{
    int r = 0;
    c->item = arena_array(a, i->n_declared + 1, sizeof *c->item);
    for (size_t k = 0; r == 0 && k < i->n_declared; k++) {
        int64_t has = 0;
        r = db_get_int(c->bank->db, &has, 0, e, sql_has_item, "t", i->declared[k]);
        if (has)
            c->item[c->n_items++] = (struct bank_item){.id = i->declared[k]};
    }
    return r;
}

/* Found by the words that it begins with: a look at all stems would read the whole file. */
static int same_stem(struct check *c, const struct bank_item *i, struct arena *a, struct err *e)
{
    struct bank_item *found = NULL;
    size_t n = 0;
    bool more = false;
    const char *beginning = arena_strndup(a, i->stem, text_fit(i->stem, STEM_COLUMNS, NULL));
    const struct bank_filter like = {.text = beginning};
    int r = *beginning ? bank_find(c->bank, &like, 0, STEM_LOOKED_AT, a, &found, &n, &more, e) : 0;
    for (size_t k = 0; r == 0 && k < n; k++)
        if (strcmp(found[k].stem, i->stem) == 0 && strcmp(found[k].id, i->id) != 0) {
            check_find(c, i->id, "duplicate-stem", _("keep one of them, or make them enemies and tell them apart"),
                       _("it asks the same as %s"), found[k].id);
            break;
        }
    return r;
}

static void check_metadata(struct check *c, const struct bank_item *i)
{
    const char *todo = _("add it with: kaochang bank edit, or in the manifest");
    if (c->approval && (strcmp(i->state, "draft") == 0 || strcmp(i->state, "reviewed") == 0))
        check_find(c, i->id, "not-approved", _("review and approve it: kaochang bank review"),
                   _("it is %s, and the assembly takes approved items only"), _(i->state));
    if (!*i->knowledge_point)
        check_find(c, i->id, "no-knowledge-point", todo, _("it has no knowledge point"));
    else if (!has_point(c, i->knowledge_point))
        check_find(c, i->id, "unknown-knowledge-point", _("correct the code, or add the knowledge point to the manifest"),
             _("the bank has no knowledge point %s"), i->knowledge_point);
    if (strcmp(i->kind, item_kind_name(ITEM_MATERIAL)) == 0)
        return; /* nobody answers it */
    if (!*i->level)
        check_find(c, i->id, "no-level", todo, _("it has no cognitive level"));
    if (i->facility == BANK_UNKNOWN)
        check_find(c, i->id, "no-facility", _("estimate it until real sittings calibrate it"), _("it has no facility"));
    if (i->expected_s == BANK_UNKNOWN)
        check_find(c, i->id, "no-expected-time", todo, _("it has no expected time"));
    for (size_t k = 0; k < i->n_declared; k++)
        if (!item_of(c, i->declared[k]))
            check_find(c, i->id, "dangling-enemy", _("correct the id, or import that item"),
                 _("its enemy %s is not in the bank"), i->declared[k]);
}

static void check_choices(struct check *c, const struct bank_item *i, const struct item_interaction *in, struct arena *a)
{
    for (size_t k = 0; k < in->n_choices; k++)
        for (size_t j = 0; j < k; j++) {
            const char *one = item_choice_text(&in->choice[j], a), *other = item_choice_text(&in->choice[k], a);
            if (*one && strcmp(one, other) == 0)
                check_find(c, i->id, "repeated-choice", _("change one of them"), _("choices %s and %s read the same"),
                     in->choice[j].identifier, in->choice[k].identifier);
        }
}

static void count_key(struct check *c, const struct item *item, const struct item_interaction *in, struct arena *a)
{
    const struct item_declaration *d = item_find(item, DECLARED_RESPONSE, in->response);
    size_t key = in->n_choices, longest = 0, width = 0;
    for (size_t k = 0; d && d->n_correct == 1 && k < in->n_choices; k++) {
        size_t w = text_width(item_choice_text(&in->choice[k], a));
        if (strcmp(in->choice[k].identifier, d->correct[0].text) == 0)
            key = k;
        longest = w > width ? k : w == width ? in->n_choices + 1 : longest;
        width = w > width ? w : width;
    }
    if (key >= in->n_choices)
        return;
    if (item->kind == ITEM_TRUE_FALSE) {
        bool is_true = strcmp(in->choice[key].identifier, "true") == 0;
        c->truths += is_true;
        c->falsehoods += !is_true;
    } else if (item->kind == ITEM_SINGLE) {
        c->keys++;
        c->longest += longest == key;
        c->fixed += !in->shuffle;
        if (!in->shuffle && key < CHECK_MAX_PLACES)
            c->place[key]++;
    }
}

static void check_pictures(struct check *c, const struct bank_item *i, const struct item *item, struct arena *a)
{
    struct item_picture *p = NULL;
    size_t n = item_pictures(item, a, &p);
    for (size_t k = 0; k < n; k++) {
        if (!p[k].has_words)
            check_find(c, i->id, "no-alternative-text", _("say in its alt what it shows, without giving the answer away"),
                 _("a picture (line %u) has no alternative text"), p[k].line);
        if (item_picture_is_drawing(p[k].href))
            check_find(c, i->id, "picture-not-shown", _("save it as PNG and import the item again"),
                 _("an SVG picture (line %u) is shown by its words alone"), p[k].line);
        else if (!item_picture_is_kept(p[k].href))
            check_find(c, i->id, "picture-missing", _("import the item again together with its picture"),
                 _("its picture \"%.120s\" is not in the bank"), p[k].href);
    }
}

static int check_content(struct check *c, const struct bank_item *i, struct arena *a, struct err *e)
{
    struct span xml = {0};
    struct item *item = NULL;
    int r = bank_item_xml(c->bank, i->id, i->version, a, &xml, e);
    if (r == 0)
        r = item_read(&item, i->id, xml, e);
    if (r < 0)
        return r;
    for (const struct item_interaction *in = item->interaction; in; in = in->next)
        if (in->kind == INTERACTION_CHOICE) {
            check_choices(c, i, in, a);
            count_key(c, item, in, a);
        }
    check_pictures(c, i, item, a);
    check_wording(c, i->id, item, a);
    check_telling(c, i->id, item, a);
    if (item->n_feedbacks == 0 && item->kind != ITEM_MATERIAL)
        check_find(c, i->id, "no-explanation", _("say in a modalFeedback why the key is right"), _("it has no explanation"));
    item_free(item);
    return 0;
}

static int by_stem(const void *a, const void *b)
{
    const struct bank_item *const *x = a, *const *y = b;
    int r = strcmp((*x)->stem, (*y)->stem);
    return r ? r : strcmp((*x)->id, (*y)->id);
}

static void check_stems(struct check *c, struct arena *a)
{
    const struct bank_item **order = arena_array(a, c->n_items + 1, sizeof *order);
    for (size_t i = 0; i < c->n_items; i++)
        order[i] = &c->item[i];
    qsort(order, c->n_items, sizeof *order, by_stem);
    for (size_t i = 1; i < c->n_items; i++)
        if (*order[i]->stem && strcmp(order[i]->stem, order[i - 1]->stem) == 0)
            check_find(c, order[i]->id, "duplicate-stem", _("keep one of them, or make them enemies and tell them apart"),
                 _("it asks the same as %s"), order[i - 1]->id);
}

static bool are_enemies(const struct bank_item *i, const char *other)
{
    for (size_t k = 0; k < i->n_enemies; k++)
        if (strcmp(i->enemy[k], other) == 0)
            return true;
    return false;
}

/* Enemies may be alike, and the same stem has been told. */
static int check_doubles(struct check *c, struct arena *a, struct err *e)
{
    struct bank_pair *pair = NULL;
    size_t n = 0;
    bool more = false;
    char measure[32];
    int r = bank_duplicates(c->bank, DUPLICATE_THRESHOLD, MAX_DOUBLES, a, &pair, &n, &more, e);
    for (size_t i = 0; r == 0 && i < n; i++) {
        const struct bank_item *x = item_of(c, pair[i].item), *y = item_of(c, pair[i].other);
        if (x && y && !are_enemies(x, y->id) && strcmp(x->stem, y->stem) != 0)
            check_find(c, y->id, "near-duplicate", _("keep one of them, or make them enemies: kaochang bank enemies accept"),
                       _("it nearly repeats %s (%s)"), x->id,
                       points_text(points_milli(pair[i].measure), measure, sizeof measure));
    }
    return r;
}

static void check_habits(struct check *c)
{
    if (c->keys >= ENOUGH_KEYS && 2 * c->longest > c->keys)
        check_find(c, "", "longest-is-key", _("make the wrong choices as long as the right one"),
             _("in %zu of %zu single-choice items the longest choice is the key"), c->longest, c->keys);
    for (size_t k = 0; k < CHECK_MAX_PLACES; k++)
        if (c->fixed >= ENOUGH_KEYS && 5 * c->place[k] > 2 * c->fixed)
            check_find(c, "", "keys-uneven", _("let the choices be shuffled, or move some keys"),
                 _("the key is choice %zu in %zu of %zu single-choice items that are not shuffled"), k + 1, c->place[k],
                 c->fixed);
    size_t all = c->truths + c->falsehoods;
    if (all >= ENOUGH_TRUE_FALSE && (10 * c->truths < 3 * all || 10 * c->truths > 7 * all))
        check_find(c, "", "truths-uneven", _("balance them"), _("%zu of %zu true/false items are true"), c->truths, all);
}

int bank_check(struct bank *b, bank_finding_fn *tell, void *context, size_t *ret_n, struct err *e)
{
    struct check c = {.bank = b, .tell = tell, .context = context};
    struct arena *a = arena_new();
    int r = bank_items(b, NULL, a, &c.item, &c.n_items, e);
    if (r == 0)
        r = bank_knowledge_points(b, a, &c.point, &c.n_points, e);
    if (r == 0)
        r = bank_requires_approval(b, &c.approval, e);
    for (size_t i = 0; r == 0 && i < c.n_items; i++) {
        struct arena *own = arena_new();
        if (strcmp(c.item[i].state, "retired") != 0) {
            check_metadata(&c, &c.item[i]);
            r = check_content(&c, &c.item[i], own, e);
        }
        arena_free(own);
    }
    if (r == 0) {
        check_stems(&c, a);
        r = check_doubles(&c, a, e);
    }
    if (r == 0) {
        check_habits(&c);
        *ret_n = c.n;
    }
    arena_free(a);
    return r;
}

int bank_check_item(struct bank *b, const char *id, bank_finding_fn *tell, void *context, size_t *ret_n, struct err *e)
{
    struct check c = {.bank = b, .tell = tell, .context = context};
    struct bank_item i = {0};
    struct arena *a = arena_new();
    int r = bank_item(b, id, a, &i, e);
    if (r == 0)
        r = bank_knowledge_points(b, a, &c.point, &c.n_points, e);
    if (r == 0)
        r = known_enemies(&c, &i, a, e);
    if (r == 0)
        r = bank_requires_approval(b, &c.approval, e);
    if (r == 0) {
        check_metadata(&c, &i);
        r = check_content(&c, &i, a, e);
    }
    if (r == 0)
        r = same_stem(&c, &i, a, e);
    if (r == 0)
        *ret_n = c.n;
    arena_free(a);
    return r;
}

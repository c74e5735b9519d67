/* SPDX-License-Identifier: Apache-2.0 */
/* The list and what it is filtered by. */
#include <string.h>

#include "base/i18n.h"
#include "cli/bank/browse/browse.h"
#include "client/screens/frame.h"
#include "paperbank/bank/metadata.h"
#include "paperbank/bank/review.h"
#include "paperbank/item/item.h"

struct bank_filter browse_filter(const struct browse *b)
{
    return (struct bank_filter){.knowledge_point = *b->point ? b->point : NULL,
                                .kind = b->kind,
                                .state = b->state,
                                .text = b->find.n > 0 ? b->find.text : NULL};
}

static bool is_loaded(const struct browse *b)
{
    size_t end = b->first + b->n_rows, bottom = b->top + (size_t)browse_list_rows(b);
    return b->top >= b->first && (bottom <= end || !b->more);
}

void browse_move_cursor(struct browse *b, int64_t to)
{
    size_t end = b->first + b->n_rows;
    int64_t last = b->total != BANK_UNKNOWN ? b->total - 1
                   : b->more                ? (int64_t)end
                                            : (int64_t)end - 1;
    to = to > last ? last : to;
    b->cursor = to > 0 ? (size_t)to : 0;
    browse_keep_in_sight(b->cursor, &b->top, browse_list_rows(b));
    if (!is_loaded(b))
        b->wish |= BROWSE_ROWS;
}

void browse_rows_are_here(struct browse *b)
{
    size_t end = b->first + b->n_rows;
    if (!b->more && b->n_rows > 0)
        b->total = (int64_t)end;
    if (!b->more && b->first == 0)
        b->total = (int64_t)b->n_rows;
    if (!b->more && b->cursor >= end)
        browse_move_cursor(b, (int64_t)end - 1);
}

static void filter_changed(struct browse *b)
{
    b->cursor = b->top = 0;
    b->total = BANK_UNKNOWN;
    b->wish |= BROWSE_ROWS | BROWSE_COUNT;
}

static void clear_filter(struct browse *b)
{
    field_clear(&b->find);
    b->point[0] = b->point_title[0] = '\0';
    b->kind = b->state = NULL;
    filter_changed(b);
}

void update_list(struct browse *b, struct key k)
{
    int page = browse_list_rows(b) - 1;
    int by = k.code == K_DOWN        ? 1
             : k.code == K_UP        ? -1
             : k.code == K_PAGE_DOWN ? page
             : k.code == K_PAGE_UP   ? -page
                                     : 0;
    if (by)
        browse_move_cursor(b, (int64_t)b->cursor + by);
    else if (k.code == K_HOME || k.code == K_END)
        browse_move_cursor(b, k.code == K_HOME ? 0 : INT64_MAX);
    else if (k.code == K_ENTER && b->cursor < b->first + b->n_rows) {
        b->looking = BROWSE_PREVIEW;
        b->draw = 0;
        b->wish |= BROWSE_OPEN;
    } else if (k.code == K_F2)
        browse_open_points(b, false);
    else if (k.code == K_F3)
        browse_open_choices(b, CHOOSE_KIND);
    else if (k.code == K_F4)
        browse_open_choices(b, CHOOSE_STATE);
    else if (k.code == K_F10)
        b->done = true;
    else if (k.code == K_ESCAPE)
        clear_filter(b);
    else if (field_key(&b->find, k, NULL))
        filter_changed(b);
}

/* ---- the tree ---- */

void browse_open_points(struct browse *b, bool for_edit)
{
    const char *now = for_edit ? b->value[FIELD_POINT].text : b->point;
    b->for_edit = for_edit;
    b->screen = BROWSE_POINTS;
    b->point_cursor = b->point_top = 0;
    field_clear(&b->point_find);
    for (size_t i = 0; i < b->n_points; i++)
        if (strcmp(b->points[i].code, now) == 0)
            b->point_cursor = i + 1;
    browse_keep_in_sight(b->point_cursor, &b->point_top, browse_point_rows(b));
    b->wish |= BROWSE_TREE;
}

static void choose_point(struct browse *b)
{
    const struct bank_point *p = b->point_cursor ? &b->points[b->point_cursor - 1] : NULL;
    if (b->for_edit) {
        field_set(&b->value[FIELD_POINT], p ? p->code : "");
        b->screen = BROWSE_EDIT;
        return;
    }
    say(b->point, sizeof b->point, "%s", p ? p->code : "");
    say(b->point_title, sizeof b->point_title, "%s", p ? p->title : "");
    b->screen = BROWSE_LIST;
    filter_changed(b);
}

/* To the first point whose code begins with the text or whose title holds it. */
static void jump(struct browse *b)
{
    const char *text = b->point_find.text;
    for (size_t i = 0; i < b->n_points && *text; i++)
        if (strncmp(b->points[i].code, text, b->point_find.n) == 0 ||
            strstr(b->points[i].title, text)) {
            b->point_cursor = i + 1;
            return;
        }
}

void update_points(struct browse *b, struct key k)
{
    int64_t page = browse_point_rows(b) - 1, to = (int64_t)b->point_cursor;
    if (k.code == K_ENTER && b->point_cursor <= b->n_points) {
        choose_point(b);
        return;
    }
    if (k.code == K_ESCAPE)
        b->screen = b->for_edit ? BROWSE_EDIT : BROWSE_LIST;
    to += k.code == K_DOWN        ? 1
          : k.code == K_UP        ? -1
          : k.code == K_PAGE_DOWN ? page
          : k.code == K_PAGE_UP   ? -page
                                  : 0;
    to = k.code == K_HOME ? 0 : k.code == K_END ? (int64_t)b->n_points : to;
    to = to > (int64_t)b->n_points ? (int64_t)b->n_points : to < 0 ? 0 : to;
    if (to == (int64_t)b->point_cursor && k.code != K_HOME && k.code != K_END &&
        field_key(&b->point_find, k, NULL))
        jump(b);
    else
        b->point_cursor = (size_t)to;
    browse_keep_in_sight(b->point_cursor, &b->point_top, browse_point_rows(b));
}

/* ---- kinds, states, levels ---- */

/* The i-th of words with a space between them, as one of the list's own. */
static const char *nth(const char *const *list, size_t n, size_t i)
{
    return i < n ? list[i] : NULL;
}

const char *browse_choice_word(enum browse_choices what, size_t i)
{
    static const char *const state[] = {"draft", "reviewed", "approved", "retired"};
    static const char *const level[] = {"remember", "understand", "apply",
                                        "analyse",  "evaluate",   "create"};
    if (what == CHOOSE_KIND)
        return i < ITEM_KINDS ? item_kind_name((enum item_kind)i) : NULL;
    return what == CHOOSE_STATE ? nth(state, sizeof state / sizeof *state, i)
                                : nth(level, sizeof level / sizeof *level, i);
}

static size_t choices(enum browse_choices what)
{
    size_t n = 0;
    while (browse_choice_word(what, n))
        n++;
    return n;
}

void browse_open_choices(struct browse *b, enum browse_choices what)
{
    const char *now = what == CHOOSE_KIND    ? b->kind
                      : what == CHOOSE_STATE ? b->state
                                             : b->value[FIELD_LEVEL].text;
    b->choosing = what;
    b->screen = BROWSE_CHOICES;
    b->choice = 0;
    for (size_t i = 0; now && i < choices(what); i++)
        if (strcmp(browse_choice_word(what, i), now) == 0)
            b->choice = i + 1;
}

static void choose(struct browse *b)
{
    const char *word = b->choice ? browse_choice_word(b->choosing, b->choice - 1) : NULL;
    if (b->choosing == CHOOSE_LEVEL) {
        field_set(&b->value[FIELD_LEVEL], word ? word : "");
        b->screen = BROWSE_EDIT;
        return;
    }
    *(b->choosing == CHOOSE_KIND ? &b->kind : &b->state) = word;
    b->screen = BROWSE_LIST;
    filter_changed(b);
}

void update_choices(struct browse *b, struct key k)
{
    size_t n = choices(b->choosing);
    if (k.code == K_ENTER && b->choice <= n)
        choose(b);
    else if (k.code == K_ESCAPE)
        b->screen = b->choosing == CHOOSE_LEVEL ? BROWSE_EDIT : BROWSE_LIST;
    else if (k.code == K_HOME || k.code == K_END)
        b->choice = k.code == K_HOME ? 0 : n;
    else if (browse_step(k) > 0)
        b->choice = b->choice < n ? b->choice + 1 : 0;
    else if (browse_step(k) < 0)
        b->choice = b->choice > 0 ? b->choice - 1 : n;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/bank/browse/run.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "cli/bank/browse/browse.h"
#include "cli/bank/browse/load.h"
#include "client/screens/frame.h"
#include "paperbank/bank/edit.h"
#include "paperbank/bank/metadata.h"
#include "paperbank/bank/review.h"
#include "paperbank/item/pictures.h"

struct browsing {
    struct bank *bank;
    struct browse b;
    struct arena *rows, *points;
    struct browse_item *item;
    struct pictures *pictures;
};

/* The bank names a kept picture media/HASH.png. */
static int find_picture(void *context, const struct item *item, const char *href, struct bytes *ret,
                        struct err *e)
{
    struct browsing *x = context;
    char hash[128];
    (void)item;
    if (!item_picture_is_kept(href))
        return err_set(e, ERR_DATA, href, _("this picture is not there"));
    const char *name = strrchr(href, '/') + 1;
    say(hash, sizeof hash, "%.*s", (int)strcspn(name, "."), name);
    return bank_picture_bytes(x->bank, hash, ret, e);
}

/* ---- reading ---- */

static int count(struct browsing *x, struct err *e)
{
    const struct bank_filter f = browse_filter(&x->b);
    return f.text ? 0 : bank_count(x->bank, &f, &x->b.total, e);
}

/* A block around what is shown, so that scrolling seldom reads. */
static int read_rows(struct browsing *x, struct err *e)
{
    struct browse *b = &x->b;
    const struct bank_filter f = browse_filter(b);
    struct bank_item *row = NULL;
    size_t n = 0, before = BROWSE_BLOCK / 4;
    size_t limit = BROWSE_BLOCK + (size_t)browse_list_rows(b),
           first = b->top > before ? b->top - before : 0;
    struct arena *a = arena_new();
    bool more = false;
    int r = bank_find(x->bank, &f, first, limit, a, &row, &n, &more, e);
    if (r < 0) {
        arena_free(a);
        return r;
    }
    arena_free(x->rows);
    x->rows = a;
    b->row = row;
    b->first = first;
    b->n_rows = n;
    b->more = more;
    browse_rows_are_here(b);
    return 0;
}

static int read_points(struct browsing *x, struct err *e)
{
    struct bank_point *p = NULL;
    size_t n = 0;
    int64_t lost = 0;
    struct arena *a = arena_new();
    int r = bank_points(x->bank, a, &p, &n, &lost, e);
    if (r < 0) {
        arena_free(a);
        return r;
    }
    arena_free(x->points);
    x->points = a;
    x->b.points = p;
    x->b.n_points = n;
    x->b.lost = lost;
    if (x->b.point_cursor > n)
        x->b.point_cursor = x->b.point_top = 0;
    return 0;
}

static int open_item(struct browsing *x, const char *id, struct err *e)
{
    struct browse_item *item = NULL;
    int r = browse_load(&item, x->bank, id, x->b.draw, x->pictures, e);
    if (r < 0)
        return r;
    browse_item_is_here(&x->b, item);
    pictures_forget(x->pictures);
    browse_item_free(x->item);
    x->item = item;
    return 0;
}

static int open_at_cursor(struct browsing *x, struct err *e)
{
    const struct browse *b = &x->b;
    if (b->cursor < b->first || b->cursor >= b->first + b->n_rows)
        return 0;
    return open_item(x, b->row[b->cursor - b->first].id, e);
}

static int open_again(struct browsing *x, struct err *e)
{
    char *id = mem_strdup(x->item->about.id);
    int r = open_item(x, id, e);
    free(id);
    return r;
}

/* ---- writing ---- */

/* Enemies that are typed and not in the bank: told, not refused, since they may come later. */
static int look_for_enemies(struct browsing *x, struct err *e)
{
    struct browse *b = &x->b;
    const char *const text = b->value[FIELD_ENEMIES].text;
    const char **id = NULL;
    size_t n = 0, used = 0;
    int r = 0;
    struct arena *a = arena_new();
    b->absent[0] = '\0';
    if (browse_differs(b, FIELD_ENEMIES) && *text &&
        metadata_read_enemies(text, a, &id, &n) != NULL)
        n = 0;
    for (size_t i = 0; r == 0 && i < n; i++) {
        struct bank_item found;
        r = bank_item(x->bank, id[i], a, &found, e);
        if (r == -ERR_DATA) {
            say(b->absent + used, sizeof b->absent - used, "%s%s", used ? " " : "", id[i]);
            used = strlen(b->absent);
            r = 0;
        }
    }
    arena_free(a);
    if (r == 0)
        browse_confirm(b);
    return r;
}

static int refresh(struct browsing *x, struct err *e)
{
    int r = open_again(x, e);
    if (r == 0)
        r = count(x, e);
    return r == 0 ? read_rows(x, e) : r;
}

static int save(struct browsing *x, int64_t now_ms, struct err *e)
{
    struct browse *b = &x->b;
    struct bank_value value[BROWSE_FIELDS];
    size_t n = 0, changed = 0;
    for (size_t i = 0; i < BROWSE_FIELDS; i++)
        if (browse_differs(b, i))
            value[n++] = (struct bank_value){bank_field(i), b->value[i].text};
    int r = bank_edit(x->bank, b->item->about.id, value, n, b->who, now_ms, &changed, e);
    if (r < 0)
        return r;
    browse_was_saved(b, changed);
    return refresh(x, e);
}

static int move(struct browsing *x, int64_t now_ms, struct err *e)
{
    struct browse *b = &x->b;
    int r = bank_review(x->bank, b->item->about.id, b->to, b->who, b->note.text, now_ms, e);
    if (r < 0)
        return r;
    browse_was_moved(b);
    return refresh(x, e);
}

/* ---- the app ---- */

static int fulfil(struct browsing *x, unsigned wish, int64_t now_ms, struct err *e)
{
    int r = wish & BROWSE_COUNT ? count(x, e) : 0;
    if (r == 0 && (wish & BROWSE_ROWS))
        r = read_rows(x, e);
    if (r == 0 && (wish & BROWSE_TREE))
        r = read_points(x, e);
    if (r == 0 && (wish & BROWSE_OPEN))
        r = open_at_cursor(x, e);
    if (r == 0 && (wish & BROWSE_DRAW))
        r = open_again(x, e);
    if (r == 0 && (wish & BROWSE_MORE) && x->item)
        r = browse_load_more(x->item, x->bank, e);
    if (r == 0 && (wish & BROWSE_ENEMIES))
        r = look_for_enemies(x, e);
    if (r == 0 && (wish & BROWSE_SAVE))
        r = save(x, now_ms, e);
    if (r == 0 && (wish & BROWSE_MOVE))
        r = move(x, now_ms, e);
    return r;
}

static void on_resize(void *self, int width, int height, bool function_keys)
{
    struct browsing *x = self;
    browse_resize(&x->b, width, height, function_keys);
}

static void on_key(void *self, struct key k)
{
    struct browsing *x = self;
    browse_key(&x->b, k);
}

static void on_click(void *self, struct target t)
{
    struct browsing *x = self;
    browse_click(&x->b, t);
}

static void on_time(void *self, const struct clock_reading *now)
{
    (void)self;
    (void)now;
}

static void on_hangup(void *self)
{
    (void)self;
}

/* What was read may wish for more: the details of an item that was opened while they are shown. */
static void on_perform(void *self, const struct clock_reading *now)
{
    struct browsing *x = self;
    for (int turns = 0; x->b.wish && turns < 4; turns++) {
        unsigned wish = x->b.wish;
        struct err e = {0};
        x->b.wish = 0;
        if (fulfil(x, wish, now->wall_ms, &e) < 0)
            browse_refuse(&x->b, &e);
    }
}

static void on_draw(void *self, struct grid *g)
{
    struct browsing *x = self;
    browse_draw(&x->b, g);
}

static int on_fd(void *self)
{
    (void)self;
    return -1;
}

static bool on_done(void *self)
{
    struct browsing *x = self;
    return x->b.done;
}

struct browsing *browsing_new(struct bank *bank, const char *who)
{
    struct browsing *x = mem_alloc(sizeof *x);
    x->bank = bank;
    x->pictures = pictures_new(find_picture, x);
    browse_init(&x->b, who);
    return x;
}

void browsing_free(struct browsing *x)
{
    if (!x)
        return;
    pictures_free(x->pictures);
    browse_item_free(x->item);
    arena_free(x->rows);
    arena_free(x->points);
    free(x);
}

struct app browsing_app(struct browsing *x)
{
    return (struct app){.self = x,
                        .resize = on_resize,
                        .key = on_key,
                        .click = on_click,
                        .time = on_time,
                        .hangup = on_hangup,
                        .perform = on_perform,
                        .draw = on_draw,
                        .fd = on_fd,
                        .done = on_done};
}

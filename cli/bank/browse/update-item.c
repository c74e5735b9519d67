/* SPDX-License-Identifier: Apache-2.0 */
/* An item that is open: its preview, what is known of it, and its way through the review. */
#include <string.h>

#include "base/i18n.h"
#include "cli/bank/browse/browse.h"
#include "client/screens/frame.h"
#include "client/screens/sheet.h"

void browse_item_is_here(struct browse *b, const struct browse_item *item)
{
    bool other = !b->item || !item || strcmp(b->item->about.id, item->about.id) != 0;
    b->item = item;
    if (other)
        b->scroll = 0;
    if (item && b->screen == BROWSE_LIST)
        b->screen = b->looking;
    if (!item && b->screen != BROWSE_LIST)
        b->screen = BROWSE_LIST;
    if (item && b->screen == BROWSE_DETAILS && !item->complete)
        b->wish |= BROWSE_MORE;
}

/* ---- preview and details ---- */

static void scroll_by(struct browse *b, int by)
{
    struct sheet s;
    browse_sheet(b, &s);
    int most = (int)s.n_lines - browse_sheet_rows(b);
    sheet_release(&s);
    b->scroll += by;
    b->scroll = b->scroll > most ? most : b->scroll;
    b->scroll = b->scroll < 0 ? 0 : b->scroll;
}

static void go_beside(struct browse *b, int by)
{
    size_t before = b->cursor;
    browse_move_cursor(b, (int64_t)b->cursor + by);
    b->draw = 0;
    if (b->cursor != before)
        b->wish |= BROWSE_OPEN;
    else
        browse_tell(b, by > 0 ? _("This is the last item of the list.")
                              : _("This is the first item of the list."));
}

static void look_at(struct browse *b, enum browse_screen screen)
{
    b->screen = b->looking = screen;
    b->scroll = 0;
    if (screen == BROWSE_DETAILS && !b->item->complete)
        b->wish |= BROWSE_MORE;
}

static void ask_name(struct browse *b, enum browse_screen after)
{
    b->after_name = after;
    if (*b->who) {
        after == BROWSE_EDIT ? browse_open_edit(b) : browse_open_review(b);
        return;
    }
    field_clear(&b->name);
    b->screen = BROWSE_NAME;
}

static void command(struct browse *b, char letter)
{
    if (letter == 'k' && b->screen == BROWSE_PREVIEW)
        b->key_shown = !b->key_shown;
    else if (letter == 'n' && b->screen == BROWSE_PREVIEW && b->item->is_template) {
        b->draw++;
        b->wish |= BROWSE_DRAW;
    } else if (letter == 'd' && b->screen == BROWSE_PREVIEW)
        look_at(b, BROWSE_DETAILS);
    else if (letter == 'p' && b->screen == BROWSE_DETAILS)
        look_at(b, BROWSE_PREVIEW);
    else if (letter == 'e')
        ask_name(b, BROWSE_EDIT);
    else if (letter == 'r')
        ask_name(b, BROWSE_REVIEW);
}

void update_item(struct browse *b, struct key k)
{
    int page = browse_sheet_rows(b) - 1;
    int by = k.code == K_DOWN        ? 1
             : k.code == K_UP        ? -1
             : k.code == K_PAGE_DOWN ? page
             : k.code == K_PAGE_UP   ? -page
                                     : 0;
    if (by)
        scroll_by(b, by);
    else if (k.code == K_LEFT || k.code == K_RIGHT)
        go_beside(b, k.code == K_RIGHT ? 1 : -1);
    else if (k.code == K_ESCAPE)
        b->screen = BROWSE_LIST;
    else
        command(b, browse_letter(k));
    if (!by && b->screen == BROWSE_PREVIEW)
        scroll_by(b, 0);
}

/* ---- the review ---- */

const char *browse_move_to(const struct browse *b, size_t i)
{
    static const char *const way[][4] = {{"draft", "reviewed", "retired", NULL},
                                         {"reviewed", "approved", "draft", "retired"},
                                         {"approved", "draft", "retired", NULL},
                                         {"retired", "draft", NULL, NULL}};
    for (size_t k = 0; k < sizeof way / sizeof *way && i < 3; k++)
        if (strcmp(way[k][0], b->item->about.state) == 0)
            return way[k][i + 1];
    return NULL;
}

void browse_open_review(struct browse *b)
{
    b->screen = BROWSE_REVIEW;
    b->button = 0;
    field_clear(&b->note);
    if (!b->item->complete)
        b->wish |= BROWSE_MORE;
}

static int moves(const struct browse *b)
{
    int n = 0;
    while (browse_move_to(b, (size_t)n))
        n++;
    return n;
}

void update_review(struct browse *b, struct key k)
{
    int n = moves(b) + 1;
    bool through = k.code == K_UP || k.code == K_DOWN || k.code == K_TAB || k.code == K_BACK_TAB;
    if (k.code == K_ESCAPE || (k.code == K_ENTER && b->button == 0)) {
        b->screen = b->looking;
    } else if (k.code == K_ENTER && b->button > 0 && b->button < n) {
        b->to = browse_move_to(b, (size_t)b->button - 1);
        b->wish |= BROWSE_MOVE;
    } else if (through) {
        b->button = (b->button + n + browse_step(k)) % n;
    } else {
        field_key(&b->note, k, NULL);
    }
}

void browse_was_moved(struct browse *b)
{
    char text[200];
    browse_tell(b, say(text, sizeof text, _("It is %s now."), browse_word(b->to)));
    b->screen = b->looking;
}

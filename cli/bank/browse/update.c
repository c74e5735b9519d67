/* SPDX-License-Identifier: Apache-2.0 */
#include "base/i18n.h"
#include "cli/bank/browse/browse.h"
#include "client/screens/frame.h"
#include "paperbank/bank/review.h"

void browse_init(struct browse *b, const char *who)
{
    *b = (struct browse){
        .width = FRAME_MIN_WIDTH, .height = FRAME_MIN_HEIGHT, .function_keys = true};
    b->total = BANK_UNKNOWN;
    b->wish = BROWSE_COUNT | BROWSE_ROWS | BROWSE_TREE;
    if (who)
        say(b->who, sizeof b->who, "%s", who);
}

static bool is_small(const struct browse *b)
{
    return b->width < FRAME_MIN_WIDTH || b->height < FRAME_MIN_HEIGHT;
}

void browse_resize(struct browse *b, int width, int height, bool function_keys)
{
    b->width = width;
    b->height = height;
    b->function_keys = function_keys;
    if (is_small(b))
        return;
    b->scroll = 0;
    browse_keep_in_sight(b->point_cursor, &b->point_top, browse_point_rows(b));
    browse_move_cursor(b, (int64_t)b->cursor);
}

void browse_key(struct browse *b, struct key k)
{
    static void (*const update[BROWSE_SCREENS])(struct browse *, struct key) = {
        [BROWSE_LIST] = update_list,           [BROWSE_POINTS] = update_points,
        [BROWSE_CHOICES] = update_choices,     [BROWSE_PREVIEW] = update_item,
        [BROWSE_DETAILS] = update_item,        [BROWSE_NAME] = update_name,
        [BROWSE_EDIT] = update_edit,           [BROWSE_CONFIRM] = update_edit_button,
        [BROWSE_DISCARD] = update_edit_button, [BROWSE_REVIEW] = update_review,
    };
    if (is_small(b))
        return;
    b->message[0] = '\0';
    b->alarm = false;
    update[b->screen](b, k);
}

static void click_row(struct browse *b, size_t i)
{
    if (b->screen == BROWSE_LIST && i == b->cursor)
        browse_key(b, key_of(K_ENTER));
    else if (b->screen == BROWSE_LIST)
        browse_move_cursor(b, (int64_t)i);
    else if (b->screen == BROWSE_POINTS && i <= b->n_points) {
        b->point_cursor = i;
        browse_key(b, key_of(K_ENTER));
    } else if (b->screen == BROWSE_CHOICES) {
        b->choice = i;
        browse_key(b, key_of(K_ENTER));
    } else if (b->screen == BROWSE_EDIT && i < BROWSE_FIELDS) {
        b->at = i;
    }
}

void browse_click(struct browse *b, struct target t)
{
    if (is_small(b))
        return;
    b->message[0] = '\0';
    b->alarm = false;
    if (t.kind == TARGET_ITEM)
        click_row(b, (size_t)t.index);
    else if (t.kind == TARGET_BUTTON)
        browse_press(b, t.index);
}

void browse_press(struct browse *b, int button)
{
    b->button = button;
    browse_key(b, key_of(K_ENTER));
}

char browse_letter(struct key k)
{
    uint32_t ch = k.code == K_CHAR ? key_plain(k).ch : 0;
    if (ch >= 'A' && ch <= 'Z')
        ch += 'a' - 'A';
    return ch < 0x80 ? (char)ch : 0;
}

int browse_step(struct key k)
{
    if (k.code == K_DOWN || k.code == K_RIGHT || k.code == K_TAB)
        return 1;
    return k.code == K_UP || k.code == K_LEFT || k.code == K_BACK_TAB ? -1 : 0;
}

void browse_keep_in_sight(size_t cursor, size_t *top, int rows)
{
    if (cursor < *top)
        *top = cursor;
    if (rows > 0 && cursor >= *top + (size_t)rows)
        *top = cursor - (size_t)rows + 1;
}

void browse_tell(struct browse *b, const char *text)
{
    say(b->message, sizeof b->message, "%s", text);
    b->alarm = false;
}

void browse_refuse(struct browse *b, const struct err *e)
{
    say_error(b->message, sizeof b->message, e);
    b->alarm = true;
}

/* ---- who ---- */

void update_name(struct browse *b, struct key k)
{
    struct err e = {0};
    if (k.code == K_ESCAPE) {
        b->screen = b->looking;
    } else if (k.code != K_ENTER) {
        field_key(&b->name, k, NULL);
    } else if (bank_check_person(b->name.text, &e) < 0) {
        say(b->message, sizeof b->message, "%s", _("Please type a name of at most 200 bytes."));
        b->alarm = true;
    } else {
        say(b->who, sizeof b->who, "%s", b->name.text);
        b->after_name == BROWSE_EDIT ? browse_open_edit(b) : browse_open_review(b);
    }
}

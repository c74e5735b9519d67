/* SPDX-License-Identifier: Apache-2.0 */
/* The form of an item's metadata. Nothing is saved before the confirmation. */
#include <string.h>

#include "base/i18n.h"
#include "cli/bank/browse/browse.h"
#include "client/screens/frame.h"
#include "paperbank/bank/metadata.h"

/* A list of enemies longer than a field stays as it is. */
static bool is_too_long(const struct browse *b, size_t field)
{
    return strlen(b->item->value[field]) > FIELD_MAX;
}

bool browse_differs(const struct browse *b, size_t field)
{
    return !is_too_long(b, field) && strcmp(b->value[field].text, b->item->value[field]) != 0;
}

static bool differs_at_all(const struct browse *b)
{
    for (size_t i = 0; i < BROWSE_FIELDS; i++)
        if (browse_differs(b, i))
            return true;
    return false;
}

void browse_open_edit(struct browse *b)
{
    b->screen = BROWSE_EDIT;
    b->at = 0;
    for (size_t i = 0; i < BROWSE_FIELDS; i++)
        field_set(&b->value[i], b->item->value[i]);
    b->wish |= BROWSE_TREE;
}

static bool has_point(const struct browse *b, const char *code)
{
    for (size_t i = 0; i < b->n_points; i++)
        if (strcmp(b->points[i].code, code) == 0)
            return true;
    return false;
}

static bool has_enemies(const char *text)
{
    struct arena *a = arena_new();
    const char **list;
    size_t n;
    bool good = metadata_read_enemies(text, a, &list, &n) == NULL;
    arena_free(a);
    return good;
}

static bool fits(const struct browse *b, size_t field)
{
    const char *text = b->value[field].text, *word;
    int64_t v;
    points_t p;
    if (!*text || is_too_long(b, field))
        return true;
    switch ((enum browse_field)field) {
    case FIELD_POINT:
        return has_point(b, text);
    case FIELD_LEVEL:
        return metadata_read_level(text, &word) == NULL;
    case FIELD_FACILITY:
        return metadata_read_facility(text, &v) == NULL;
    case FIELD_DISCRIMINATION:
        return metadata_read_discrimination(text, &v) == NULL;
    case FIELD_POINTS:
        return metadata_read_points(text, &p) == NULL;
    case FIELD_TIME:
        return metadata_read_time(text, &v) == NULL;
    default:
        return has_enemies(text);
    }
}

static bool tell_fault(struct browse *b, size_t field)
{
    char text[200];
    if (fits(b, field))
        return false;
    say(b->message, sizeof b->message, _("%s: \"%s\" does not fit. %s"), browse_field_label(field),
        browse_fit(text, sizeof text, b->value[field].text, 60), browse_field_help(field));
    b->alarm = true;
    return true;
}

static void save(struct browse *b)
{
    for (size_t i = 0; i < BROWSE_FIELDS; i++)
        if (tell_fault(b, i)) {
            b->at = i;
            return;
        }
    if (differs_at_all(b))
        b->wish |= BROWSE_ENEMIES;
    else
        browse_tell(b, _("Nothing was changed, so there is nothing to save."));
}

void browse_confirm(struct browse *b)
{
    b->screen = BROWSE_CONFIRM;
    b->button = 0;
}

static void leave(struct browse *b)
{
    b->button = 0;
    b->screen = differs_at_all(b) ? BROWSE_DISCARD : b->looking;
}

static void go_to(struct browse *b, int by)
{
    tell_fault(b, b->at);
    b->at = (b->at + (size_t)(BROWSE_FIELDS + by)) % BROWSE_FIELDS;
}

/* A level is chosen, not typed. */
static void type(struct browse *b, struct key k)
{
    if (b->at != FIELD_LEVEL)
        field_key(&b->value[b->at], k, NULL);
    else if (k.code == K_BACKSPACE || k.code == K_DELETE)
        field_clear(&b->value[b->at]);
    else if (k.code == K_CHAR)
        browse_open_choices(b, CHOOSE_LEVEL);
}

void update_edit(struct browse *b, struct key k)
{
    if (k.code == K_F9)
        save(b);
    else if (k.code == K_ESCAPE)
        leave(b);
    else if (k.code == K_ENTER && b->at == FIELD_POINT)
        browse_open_points(b, true);
    else if (k.code == K_ENTER && b->at == FIELD_LEVEL)
        browse_open_choices(b, CHOOSE_LEVEL);
    else if (k.code == K_UP || k.code == K_BACK_TAB)
        go_to(b, -1);
    else if (k.code == K_DOWN || k.code == K_TAB || k.code == K_ENTER)
        go_to(b, 1);
    else if (is_too_long(b, b->at))
        browse_tell(b, _("This list is too long for this screen. Change it with: kaochang bank "
                         "edit --enemies"));
    else
        type(b, k);
}

/* Button 0 is the safe one: back to the form. */
void update_edit_button(struct browse *b, struct key k)
{
    if (k.code == K_ESCAPE || (k.code == K_ENTER && b->button == 0))
        b->screen = BROWSE_EDIT;
    else if (k.code == K_ENTER && b->screen == BROWSE_CONFIRM)
        b->wish |= BROWSE_SAVE;
    else if (k.code == K_ENTER)
        b->screen = b->looking;
    else if (browse_step(k))
        b->button = !b->button;
}

void browse_was_saved(struct browse *b, size_t changed)
{
    char text[200];
    browse_tell(b,
                say(text, sizeof text,
                    ngettext("%zu value was saved.", "%zu values were saved.", changed), changed));
    b->screen = b->looking;
}

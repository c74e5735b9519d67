/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "cli/sheets/typing/typing.h"
#include "client/screens/frame.h"

void typing_init(struct typing *t, const struct sheet_list *list, const struct sheet_file *file)
{
    *t = (struct typing){.width = FRAME_MIN_WIDTH, .height = FRAME_MIN_HEIGHT, .function_keys = true};
    t->list = list;
    t->file = file;
    t->clerk = file->clerk;
}

void typing_ask(struct typing *t, struct sheet_finding *asked, size_t n, const char *first,
                const char *second)
{
    t->third = true;
    t->asked = asked;
    t->n_asked = n;
    t->first = first;
    t->second = second;
}

const struct sheet_finding *typing_asked(const struct typing *t, const char *id)
{
    for (size_t i = 0; i < t->n_asked; i++)
        if (strcmp(t->asked[i].place->id, id) == 0)
            return &t->asked[i];
    return NULL;
}

size_t typing_still_asked(const struct typing *t, const struct sheet_finding **ret_next)
{
    size_t n = 0;
    *ret_next = NULL;
    for (size_t i = t->n_asked; i-- > 0;)
        if (!t->asked[i].third) {
            n++;
            *ret_next = &t->asked[i];
        }
    return n;
}

static bool is_small(const struct typing *t)
{
    return t->width < FRAME_MIN_WIDTH || t->height < FRAME_MIN_HEIGHT;
}

void typing_resize(struct typing *t, int width, int height, bool function_keys)
{
    t->width = width;
    t->height = height;
    t->function_keys = function_keys;
}

char typing_letter(struct key k)
{
    uint32_t ch = k.code == K_CHAR ? key_plain(k).ch : 0;
    if (ch >= 'A' && ch <= 'Z')
        ch += 'a' - 'A';
    return ch < 0x80 ? (char)ch : 0;
}

bool typing_is_open(const struct typing *t)
{
    return t->place != NULL;
}

/* ---- the sheet that is typed ---- */

static void own_texts(struct typing *t)
{
    say(t->rater, sizeof t->rater, "%s", t->sheet.rater);
    say(t->reason, sizeof t->reason, "%s", t->sheet.rating.reason);
    say(t->note, sizeof t->note, "%s", t->sheet.rating.note);
    t->sheet.rater = t->rater;
    t->sheet.rating.reason = t->reason;
    t->sheet.rating.note = t->note;
}

static size_t first_step(const struct typing *t)
{
    const struct sheet_finding *f = typing_asked(t, t->place->id);
    size_t i = 0;
    while (f && f->steps && !(f->steps >> i & 1))
        i++;
    return i;
}

static void take(struct typing *t, const struct sheet_place *p)
{
    const struct sheet *before = sheet_file_find(t->file, p->id);
    const struct sheet_finding *f = typing_asked(t, p->id);
    t->place = p;
    t->again = before && (!t->third || (f && f->third));
    if (t->again)
        t->sheet = *before;
    else if (f)
        sheet_common(&t->sheet, f);
    else
        sheet_begin(&t->sheet, p);
    own_texts(t);
    t->n_undo = 0;
    t->slip = 0;
    t->held = 0;
    t->at = first_step(t);
    if (t->again)
        say(t->message, sizeof t->message, "%s", _("This sheet was typed before. What you save now counts."));
    typing_go(t, t->rater[0] ? t->sheet.rating.status == RATING_RATED ? TYPING_MARKS : TYPING_SUM
                             : TYPING_RATER);
}

static void refuse(struct typing *t, const char *text)
{
    say(t->message, sizeof t->message, "%s", text);
    t->alarm = true;
}

static void look_up(struct typing *t)
{
    const struct sheet_place *p;
    struct err e = {0};
    if (!t->input.n)
        return;
    t->proposed = true; /* a number that is refused is corrected, or typed anew */
    if (sheet_list_find(t->list, t->input.text, &p, &e) < 0)
        typing_refuse(t, &e);
    else if (t->third && !typing_asked(t, p->id))
        refuse(t, _("Both typed this sheet in the same way: there is nothing to look at."));
    else
        take(t, p);
}

static void update_id(struct typing *t, struct key k)
{
    const struct sheet_place *last =
        t->file->n ? sheet_list_at(t->list, t->file->sheet[t->file->n - 1].id) : NULL;
    if (k.code == K_ENTER)
        look_up(t);
    else if (k.code == K_ESCAPE && t->input.n)
        field_clear(&t->input);
    else if (k.code == K_ESCAPE)
        t->done = true;
    else if (!t->input.n && (k.code == K_BACKSPACE || typing_letter(k) == 'u') && last)
        take(t, last);
    else
        field_key(&t->input, key_plain(k), NULL);
}

/* ---- who rated ---- */

static void update_rater(struct typing *t, struct key k)
{
    if (k.code == K_ESCAPE) {
        typing_go(t, TYPING_LEAVE);
    } else if (k.code != K_ENTER) {
        field_key(&t->input, key_plain(k), NULL);
    } else if (!path_is_plain_name(t->input.text)) {
        refuse(t, _("Type the rater's number as it stands on the sheet, such as E07."));
    } else {
        say(t->rater, sizeof t->rater, "%s", t->input.text);
        say(t->last_rater, sizeof t->last_rater, "%s", t->rater);
        typing_go(t, t->sheet.rating.status == RATING_RATED ? TYPING_MARKS : TYPING_SUM);
    }
}

/* ---- giving up ---- */

static void update_leave(struct typing *t, struct key k)
{
    if (k.code == K_ESCAPE)
        typing_go(t, t->sheet.rating.status == RATING_RATED ? TYPING_MARKS : TYPING_SUM);
    else if (k.code == K_ENTER)
        typing_go(t, TYPING_ID);
}

/* ---- all ---- */

void typing_go(struct typing *t, enum typing_stage stage)
{
    char text[64];
    bool aside =
        stage == TYPING_NOTE || stage == TYPING_STATUS || stage == TYPING_FATAL || stage == TYPING_LEAVE;
    if (aside && t->stage != TYPING_REASON)
        t->before = t->stage;
    t->stage = stage;
    t->choice = 0;
    field_clear(&t->input);
    if (stage == TYPING_ID)
        t->place = NULL;
    else if (stage == TYPING_NOTE)
        field_set(&t->input, t->note);
    else if (stage == TYPING_REASON)
        field_set(&t->input, t->reason);
    else if (stage == TYPING_RATER)
        field_set(&t->input, t->rater[0] ? t->rater : t->last_rater);
    else if (stage == TYPING_SUM && t->again && t->sheet.has_sum)
        field_set(&t->input, points_text(t->sheet.sum, text, sizeof text));
    t->proposed = t->input.n > 0 && stage != TYPING_NOTE;
}

void typing_key(struct typing *t, struct key k)
{
    static void (*const update[TYPING_STAGES])(struct typing *, struct key) = {
        [TYPING_ID] = update_id,     [TYPING_RATER] = update_rater,   [TYPING_MARKS] = update_marks,
        [TYPING_SUM] = update_sum,   [TYPING_STATUS] = update_status, [TYPING_REASON] = update_reason,
        [TYPING_NOTE] = update_note, [TYPING_FATAL] = update_fatal,   [TYPING_LEAVE] = update_leave,
    };
    if (is_small(t))
        return;
    t->message[0] = '\0';
    t->alarm = false;
    bool replaces = t->stage != TYPING_SUM || (typing_letter(k) >= '0' && typing_letter(k) <= '9');
    if (t->proposed && k.code == K_CHAR && replaces)
        field_clear(&t->input);
    if (k.code != K_CHAR || replaces)
        t->proposed = false;
    update[t->stage](t, k);
}

void typing_click(struct typing *t, struct target target)
{
    if (is_small(t) || t->stage != TYPING_MARKS || target.kind != TARGET_ITEM)
        return;
    if ((size_t)target.index < t->place->rubric->n_steps) {
        t->at = (size_t)target.index;
        t->held = 0;
        t->slip = 0;
    }
}

/* ---- for the runner ---- */

void typing_was_saved(struct typing *t)
{
    struct sheet_finding *f = NULL;
    const struct sheet_place *p = t->place;
    char total[32];
    struct rating_points points;
    sheet_points(&t->sheet, p, &points);
    for (size_t i = 0; i < t->n_asked; i++)
        if (strcmp(t->asked[i].place->id, p->id) == 0)
            f = &t->asked[i];
    if (f)
        f->third = &t->file->sheet[t->file->n - 1];
    if (t->sheet.rating.status == RATING_RATED)
        say(t->message, sizeof t->message, _("Saved: %s %s, %s"), p->id, p->candidate->name,
            points_text(points.total, total, sizeof total));
    else
        say(t->message, sizeof t->message, _("Saved: %s %s, %s"), p->id, p->candidate->name,
            typing_status_word(t->sheet.rating.status));
    typing_go(t, TYPING_ID);
}

void typing_refuse(struct typing *t, const struct err *e)
{
    say_refusal(t->message, sizeof t->message, e);
    t->alarm = true;
}

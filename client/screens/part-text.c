/* SPDX-License-Identifier: Apache-2.0 */
/* textEntryInteraction: a line that is typed, in the middle of a sentence. One place. */
#include "base/i18n.h"
#include "client/screens/body-writer.h"
#include "paperbank/item/operators.h"

static enum item_base base_of(const struct part *p)
{
    const struct item_declaration *d = item_find(p->item, DECLARED_RESPONSE, p->interaction->response);
    return d ? d->base : BASE_NONE;
}

static bool is_number(const struct part *p)
{
    return base_of(p) == BASE_INTEGER || base_of(p) == BASE_FLOAT;
}

/* In a number, full-width digits and the Chinese full stop mean the plain ones. */
static struct key plain_in_number(struct key k)
{
    k = key_plain(k);
    if (k.code == K_CHAR && k.ch == 0x3002)
        k.ch = '.';
    return k;
}

static enum part_result key(struct part *p, struct part_turn *t, struct key k)
{
    (void)t;
    bool used;
    if (is_number(p))
        k = plain_in_number(k);
    if (is_number(p) && part_is_space(k))
        return PART_USED;
    if (field_key(p->field, k, &used))
        return PART_TYPED;
    return used ? PART_USED : PART_IGNORED;
}

static enum part_result click(struct part *p, struct part_turn *t, int sub, int column)
{
    (void)p;
    (void)t;
    (void)sub;
    (void)column;
    return PART_USED;
}

static int columns(const struct item_interaction *i, const struct sheet *s)
{
    int64_t n = i->expected_length > 0 ? i->expected_length * 2 : 20;
    if (n < 6)
        n = 6;
    int most = s->width - 10 < 6 ? s->width - 4 : s->width - 10;
    return n > most ? most : (int)n;
}

/* What does not look as it is asked for; NULL if it does. */
static const char *complaint(const struct part *p)
{
    if (p->field->n == 0)
        return NULL;
    if (is_number(p) && !value_fits(p->field->text, base_of(p)))
        return base_of(p) == BASE_INTEGER ? _("(not a whole number) ") : _("(not a number) ");
    if (!part_pattern_fits(p, p->field->text))
        return _("(not in the form that is asked for) ");
    return NULL;
}

static bool complete(const struct part *p)
{
    return part_line_answered(p) && !complaint(p);
}

static void lay_out(const struct part *p, struct body_writer *w)
{
    struct target target = {.kind = TARGET_PLACE, .index = (int)p->first};
    body_space(w);
    sheet_field(w->sheet, p->field, columns(p->interaction, w->sheet), p->first == w->focus, target);
    sheet_text(w->sheet, w->look, " ");
    if (complaint(p))
        sheet_text(w->sheet, LOOK_WARN, complaint(p));
}

const struct part_kind part_text = {
    .keys = N_("Tab next field  PgUp/PgDn item"),
    .typed = true,
    .init = part_line_init,
    .answered = part_line_answered,
    .complete = complete,
    .response = part_line_response,
    .restore = part_line_restore,
    .words = part_line_words,
    .key = key,
    .click = click,
    .lay_out = lay_out,
};

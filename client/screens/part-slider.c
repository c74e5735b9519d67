/* SPDX-License-Identifier: Apache-2.0 */
/* sliderInteraction: a number that is typed or stepped, and a scale that shows where it lies. One place.
 * Numbers are whole ones in units of the finest decimal that the bounds and the step have. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "client/screens/body-writer.h"
#include "client/screens/frame.h"

enum { MOST_DECIMALS = 6, MOST_DIGITS = 12, SCALE = 40, FIELD_COLUMNS = 8 };

/* "-12.5e1" as digits times 10^exponent. */
struct decimal {
    int64_t digits;
    int exponent;
};

static bool read_decimal(const char *s, struct decimal *ret)
{
    bool minus = *s == '-', any = false;
    int64_t digits = 0;
    int n = 0, exponent = 0;
    bool point = false;
    for (s += *s == '-' || *s == '+'; *s && *s != 'e' && *s != 'E'; s++) {
        if (*s == '.' && !point) {
            point = true;
            continue;
        }
        if (*s < '0' || *s > '9' || n > MOST_DIGITS)
            return false;
        digits = digits * 10 + (*s - '0');
        n += digits > 0;
        any = true;
        exponent -= point;
    }
    if (*s) {
        char *end;
        long e = strtol(s + 1, &end, 10);
        if (*end || end == s + 1 || e < -MOST_DIGITS || e > MOST_DIGITS)
            return false;
        exponent += (int)e;
    }
    while (digits != 0 && digits % 10 == 0 && exponent < 0) {
        digits /= 10;
        exponent++;
    }
    *ret = (struct decimal){.digits = minus ? -digits : digits, .exponent = digits ? exponent : 0};
    return any;
}

struct scale {
    int decimals;
    int64_t lower, upper, step; /* step 0: any value */
};

static bool to_units(struct decimal d, int decimals, int64_t *ret)
{
    int64_t v = d.digits;
    for (int i = d.exponent; i < -decimals; i++)
        v /= 10;
    for (int i = -decimals; i < d.exponent; i++) {
        v *= 10;
        if (v > INT64_C(1000000000000000) || v < -INT64_C(1000000000000000))
            return false;
    }
    *ret = v;
    return true;
}

static bool is_integer(const struct part *p)
{
    const struct item_declaration *d = item_find(p->item, DECLARED_RESPONSE, p->interaction->response);
    return d && d->base == BASE_INTEGER;
}

static int decimals_of(const struct decimal *d, size_t n)
{
    int most = 0;
    for (size_t i = 0; i < n; i++)
        most = -d[i].exponent > most ? -d[i].exponent : most;
    return most < MOST_DECIMALS ? most : MOST_DECIMALS;
}

static bool scale_of(const struct part *p, struct scale *ret)
{
    const struct item_interaction *i = p->interaction;
    struct decimal d[3] = {{0}};
    if (!read_decimal(i->lower ? i->lower : "", &d[0]) || !read_decimal(i->upper ? i->upper : "", &d[1]))
        return false;
    bool stepped = i->step && read_decimal(i->step, &d[2]) && d[2].digits > 0;
    *ret = (struct scale){.decimals = is_integer(p) ? 0
                                      : stepped     ? decimals_of(d, 3)
                                                    : decimals_of(d, 2) + 2};
    if (ret->decimals > MOST_DECIMALS)
        ret->decimals = MOST_DECIMALS;
    if (!to_units(d[0], ret->decimals, &ret->lower) || !to_units(d[1], ret->decimals, &ret->upper) ||
        !to_units(d[2], ret->decimals, &ret->step))
        return false;
    if (ret->step == 0 && is_integer(p))
        ret->step = 1;
    return ret->lower <= ret->upper;
}

/* The nearest value that the slider can have. */
static int64_t nearest(const struct scale *s, int64_t v)
{
    v = v < s->lower ? s->lower : v > s->upper ? s->upper : v;
    if (s->step == 0)
        return v;
    int64_t steps = (v - s->lower + s->step / 2) / s->step, most = (s->upper - s->lower) / s->step;
    return s->lower + (steps < most ? steps : most) * s->step;
}

/* What the typed text counts as. False: nothing is set. */
static bool value_of(const struct part *p, const struct scale *s, int64_t *ret)
{
    struct decimal d;
    int64_t v;
    if (!read_decimal(p->field->text, &d) || !to_units(d, s->decimals, &v))
        return false;
    *ret = nearest(s, v);
    return true;
}

static const char *number_text(const struct scale *s, int64_t v, char *buf, size_t size)
{
    int64_t unit = 1;
    for (int i = 0; i < s->decimals; i++)
        unit *= 10;
    int64_t whole = (v < 0 ? -v : v) / unit, rest = (v < 0 ? -v : v) % unit;
    say(buf, size, "%s%lld", v < 0 ? "-" : "", (long long)whole);
    size_t n = strlen(buf);
    if (rest == 0)
        return buf;
    say(buf + n, size - n, ".%0*lld", s->decimals, (long long)rest);
    for (n = strlen(buf); buf[n - 1] == '0'; n--)
        buf[n - 1] = '\0';
    return buf;
}

static void init(struct part *p, struct span seed, struct arena *a)
{
    (void)seed;
    p->field = arena_alloc(a, sizeof *p->field);
    p->n_places = 1;
}

static bool answered(const struct part *p)
{
    struct scale s;
    int64_t v;
    return scale_of(p, &s) && value_of(p, &s, &v);
}

static void words(const struct part *p, struct bytes *out)
{
    struct scale s;
    int64_t v;
    char text[40];
    if (scale_of(p, &s) && value_of(p, &s, &v))
        bytes_str(out, number_text(&s, v, text, sizeof text));
}

static void response(const struct part *p, struct response *r, struct arena *a)
{
    struct bytes text = {0};
    words(p, &text);
    if (text.n > 0)
        part_add_value(r, a, (const char *)text.p, 1);
    bytes_release(&text);
}

static void restore(struct part *p, const struct response *r)
{
    struct decimal d;
    field_set(p->field,
              r->n > 0 && strlen(r->value[0]) < 40 && read_decimal(r->value[0], &d) ? r->value[0] : "");
}

static void set(struct part *p, const struct scale *s, int64_t v)
{
    char text[40];
    field_set(p->field, number_text(s, nearest(s, v), text, sizeof text));
}

/* From an unset slider a step leads to the lower bound. */
static enum part_result step(struct part *p, int by)
{
    struct scale s;
    int64_t v;
    if (!scale_of(p, &s))
        return PART_USED;
    int64_t one = s.step > 0 ? s.step : (s.upper - s.lower) / 20 > 0 ? (s.upper - s.lower) / 20 : 1;
    set(p, &s, value_of(p, &s, &v) ? v + by * one : s.lower);
    return PART_TYPED;
}

/* A minus begins a negative number where there are any and nothing is typed; else it steps down. */
static bool begins_number(const struct part *p)
{
    struct scale s;
    return p->field->n == 0 && scale_of(p, &s) && s.lower < 0;
}

static enum part_result key(struct part *p, struct part_turn *t, struct key k)
{
    bool used;
    (void)t;
    k = key_plain(k);
    if (k.code == K_CHAR && (k.ch == '+' || k.ch == '='))
        return step(p, 1);
    if (k.code == K_CHAR && k.ch == '-' && !begins_number(p))
        return step(p, -1);
    if (k.code == K_CHAR && !(k.ch < 0x80 && strchr("-.0123456789", (int)k.ch)))
        return PART_IGNORED;
    if (k.code == K_CHAR && p->field->n > MOST_DIGITS)
        return PART_USED;
    if (field_key(p->field, k, &used))
        return PART_TYPED;
    return used ? PART_USED : PART_IGNORED;
}

static enum part_result click(struct part *p, struct part_turn *t, int sub, int column)
{
    struct scale s;
    (void)t;
    if (sub != 1 || !scale_of(p, &s))
        return PART_USED;
    if (p->interaction->reverse)
        column = SCALE - 1 - column;
    set(p, &s, s.lower + (s.upper - s.lower) * column / (SCALE - 1));
    return PART_CHANGED;
}

/* "0 |-----#-----| 100" */
static void lay_out_scale(const struct part *p, struct body_writer *w, const struct scale *s)
{
    char bar[SCALE + 1], left[40], right[40], text[100];
    int64_t v;
    bool set = value_of(p, s, &v), reverse = p->interaction->reverse;
    memset(bar, '-', SCALE);
    bar[SCALE] = '\0';
    if (set && s->upper > s->lower) {
        int at = (int)((v - s->lower) * (SCALE - 1) / (s->upper - s->lower));
        bar[reverse ? SCALE - 1 - at : at] = '#';
    }
    number_text(s, reverse ? s->upper : s->lower, left, sizeof left);
    number_text(s, reverse ? s->lower : s->upper, right, sizeof right);
    body_piece(w, LOOK_TEXT, say(text, sizeof text, "%s |", left), (struct target){0}, false);
    body_piece(w, set ? LOOK_CHOSEN : LOOK_TEXT, bar,
               (struct target){.kind = TARGET_PLACE, .index = (int)p->first, .sub = 1}, false);
    body_piece(w, LOOK_TEXT, say(text, sizeof text, "| %s", right), (struct target){0}, false);
    sheet_end(w->sheet, w->indent + BODY_CHOICE_INDENT, 0, (struct target){0});
}

static void lay_out_value(const struct part *p, struct body_writer *w, const struct scale *s)
{
    char number[40], text[100];
    int64_t v;
    struct target target = {.kind = TARGET_PLACE, .index = (int)p->first};
    bool set = value_of(p, s, &v);
    sheet_field(w->sheet, p->field, FIELD_COLUMNS, p->first == w->focus, target);
    if (!set)
        sheet_text(w->sheet, LOOK_QUIET, _("   not set yet"));
    else if (strcmp(number_text(s, v, number, sizeof number), p->field->text) != 0)
        sheet_text(w->sheet, LOOK_WARN, say(text, sizeof text, _("   counts as %s"), number));
    if (s->step > 0)
        sheet_text(
            w->sheet, LOOK_QUIET,
            say(text, sizeof text, _("   in steps of %s"), number_text(s, s->step, number, sizeof number)));
    sheet_end(w->sheet, w->indent + BODY_CHOICE_INDENT, 0, (struct target){0});
}

static void lay_out(const struct part *p, struct body_writer *w)
{
    struct scale s;
    body_prompt(w, p->interaction);
    if (!scale_of(p, &s))
        return;
    lay_out_value(p, w, &s);
    lay_out_scale(p, w, &s);
}

const struct part_kind part_slider = {
    .keys = N_("+/- step  digits type  Tab next"),
    .typed = true,
    .init = init,
    .answered = answered,
    .response = response,
    .restore = restore,
    .words = words,
    .key = key,
    .click = click,
    .lay_out = lay_out,
};

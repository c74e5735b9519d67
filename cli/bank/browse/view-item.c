/* SPDX-License-Identifier: Apache-2.0 */
/* An item as its candidate sees it, and what the bank knows of it. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "cli/bank/browse/browse.h"
#include "client/screens/body.h"
#include "client/screens/frame.h"
#include "client/screens/view.h"
#include "paperbank/bank/edit.h"

static void paragraph(struct sheet *s, enum look look, int indent, const char *text)
{
    sheet_text(s, look, text);
    sheet_end(s, indent, 0, (struct target){0});
}

static void lines(struct sheet *s, int indent, const char *text)
{
    char line[4096];
    for (const char *p = text; *p;) {
        size_t n = strcspn(p, "\n");
        paragraph(s, LOOK_TEXT, indent, say(line, sizeof line, "%.*s", (int)n, p));
        p += n + (p[n] == '\n');
    }
}

static void heading(struct sheet *s, const char *text)
{
    if (s->n_lines > 0)
        sheet_blank(s);
    paragraph(s, LOOK_STRONG, 0, text);
}

/* ---- the preview ---- */

static void preview_sheet(const struct browse *b, int width, struct sheet *s)
{
    const struct browse_item *x = b->item;
    const struct work *w = b->key_shown && x->solved ? x->solved : x->work;
    if (w && !*x->words)
        body_sheet(&w->question[0], SIZE_MAX, width, s);
    else
        sheet_init(s, width);
    lines(s, 0, x->words);
    if (b->key_shown) {
        heading(s, _("-- Key --"));
        lines(s, 2, *x->key ? x->key : _("(the item names no key)"));
        heading(s, _("-- Explanation --"));
        lines(s, 2, *x->explanation ? x->explanation : _("(there is none)"));
    }
    if (*x->trouble) {
        sheet_blank(s);
        paragraph(s, LOOK_WARN, 0, x->trouble);
    }
}

/* ---- what is known ---- */

static void fact(struct sheet *s, const char *label, const char *value)
{
    char text[1200];
    int pad = 22 - (int)text_width(label);
    paragraph(s, *value ? LOOK_TEXT : LOOK_QUIET, 2,
              say(text, sizeof text, "%s%*s%s", label, pad > 1 ? pad : 1, "",
                  *value ? value : _("not known")));
}

static void say_metadata(const struct browse_item *x, struct sheet *s)
{
    char text[1100], number[32];
    const struct bank_item *i = &x->about;
    heading(s, _("The item"));
    fact(s, _("Title"), i->title);
    fact(s, _("Kind"), browse_word(i->kind));
    fact(s, _("Delivery"), browse_word(i->delivery));
    fact(s, _("Version"), say(text, sizeof text, "%lld", (long long)i->version));
    fact(s, _("State"), browse_word(i->state));
    fact(s, browse_field_label(FIELD_POINT),
         say(text, sizeof text, "%s %s", i->knowledge_point, x->point_title));
    fact(s, browse_field_label(FIELD_LEVEL), browse_word(i->level));
    fact(s, browse_field_label(FIELD_POINTS), points_text(i->points, number, sizeof number));
    say(text, sizeof text, _("%lld s"), (long long)i->expected_s);
    fact(s, browse_field_label(FIELD_TIME), i->expected_s == BANK_UNKNOWN ? "" : text);
    for (size_t k = 0; k < x->n_pictures; k++)
        fact(s, _("Picture"),
             say(text, sizeof text, _("%s, %lldx%lld, %lld bytes"), x->picture[k].href,
                 (long long)x->picture[k].width, (long long)x->picture[k].height,
                 (long long)x->picture[k].size));
}

static void say_statistics(const struct browse_item *x, struct sheet *s)
{
    char text[500], p[32], d[32];
    heading(s, _("Estimates and results"));
    fact(s, _("Facility, estimate"), browse_thousandths(x->about.facility, p, sizeof p));
    fact(s, _("Facility, in use"), browse_thousandths(x->facility_in_use, p, sizeof p));
    fact(s, _("Discrimination"), browse_thousandths(x->about.discrimination, d, sizeof d));
    for (size_t i = 0; i < x->n_statistics; i++) {
        const struct bank_statistic *t = &x->statistic[i];
        paragraph(
            s, LOOK_TEXT, 4,
            say(text, sizeof text,
                _("results of %s, version %lld: facility %s, discrimination %s, %lld candidates"),
                t->exam, (long long)t->version, browse_thousandths(t->facility, p, sizeof p),
                browse_thousandths(t->discrimination, d, sizeof d), (long long)t->n));
    }
}

static void say_use(const struct browse_item *x, struct sheet *s)
{
    char text[300], at[40];
    heading(s, _("Use"));
    if (x->about.exams == 0)
        paragraph(s, LOOK_TEXT, 2, _("No exam has used it yet."));
    else
        paragraph(s, LOOK_TEXT, 2,
                  say(text, sizeof text, _("used in %lld exams, last on %.10s"),
                      (long long)x->about.exams,
                      time_text(x->about.last_use_ms, 0, at, sizeof at)));
}

static void say_enemies(const struct browse_item *x, struct sheet *s)
{
    char text[300];
    heading(s, _("Enemies: items that must not stand in one paper with it"));
    for (size_t i = 0; i < x->about.n_enemies; i++)
        paragraph(s, LOOK_TEXT, 2, say(text, sizeof text, "%s", x->about.enemy[i]));
    if (x->about.n_enemies == 0)
        paragraph(s, LOOK_TEXT, 2, _("It has none."));
}

static void say_findings(const struct browse_item *x, struct sheet *s)
{
    char text[900];
    heading(s, _("Check"));
    for (size_t i = 0; i < x->n_findings; i++)
        paragraph(s, LOOK_WARN, 2,
                  say(text, sizeof text, _("%s: %s"), x->finding[i].what, x->finding[i].todo));
    if (x->n_findings == 0)
        paragraph(s, LOOK_GOOD, 2, _("There is nothing to say against it."));
}

/* The label of a field that is named as bank_field names it. */
static const char *label_of(const char *name)
{
    for (size_t i = 0; bank_field(i); i++)
        if (strcmp(bank_field(i), name) == 0)
            return browse_field_label(i);
    return name;
}

static const char *value_of(const struct bank_event *v, const char *text)
{
    return strcmp(v->what, bank_field(FIELD_LEVEL)) == 0 ? browse_word(text) : text;
}

static const char *event_words(const struct bank_event *v, char *buf, size_t size)
{
    char p[32], d[32];
    switch (v->kind) {
    case EVENT_IMPORT:
        return say(buf, size, _("%s from %s%s%s"),
                   strcmp(v->what, "refused") == 0 ? _("not taken") : browse_word(v->what), v->text,
                   *v->detail ? ": " : "", v->detail);
    case EVENT_REVIEW:
        return say(buf, size, _("%s, was %s%s%s"), browse_word(v->text), browse_word(v->what),
                   *v->detail ? ": " : "", v->detail);
    case EVENT_EDIT:
        return say(buf, size, _("%s: \"%s\" became \"%s\""), label_of(v->what),
                   value_of(v, v->text), value_of(v, v->detail));
    case EVENT_USE:
        return say(buf, size, _("in exam %s%s%s"), v->what, *v->text ? ", " : "", v->text);
    default:
        return say(buf, size, _("results of %s: facility %s, discrimination %s"), v->what,
                   browse_thousandths(v->facility, p, sizeof p),
                   browse_thousandths(v->discrimination, d, sizeof d));
    }
}

static void say_event(const struct bank_event *v, struct sheet *s)
{
    char text[3000], words[2600], at[40], version[60] = "", who[260] = "";
    if (v->version)
        say(version, sizeof version, _("version %lld: "), (long long)v->version);
    if (*v->who)
        say(who, sizeof who, _(", by %s"), v->who);
    paragraph(s, LOOK_TEXT, 2,
              say(text, sizeof text, "%.16s  %s%s%s", time_text(v->at_ms, 0, at, sizeof at),
                  version, event_words(v, words, sizeof words), who));
}

static void details_sheet(const struct browse *b, int width, struct sheet *s)
{
    const struct browse_item *x = b->item;
    sheet_init(s, width);
    say_metadata(x, s);
    if (!x->complete)
        return;
    say_statistics(x, s);
    say_use(x, s);
    say_enemies(x, s);
    say_findings(x, s);
    heading(s, _("History, the newest first"));
    for (size_t i = x->n_events; i-- > 0;)
        say_event(&x->event[i], s);
}

/* ---- both ---- */

void browse_sheet(const struct browse *b, struct sheet *ret)
{
    int width = b->width - 2 * FRAME_LEFT - 2;
    if (b->screen == BROWSE_PREVIEW)
        preview_sheet(b, width, ret);
    else
        details_sheet(b, width, ret);
}

static void draw_head(const struct browse *b, struct grid *g)
{
    const struct bank_item *i = &b->item->about;
    char left[400], id[200], points[64], place[100] = "";
    if (b->total != BANK_UNKNOWN)
        say(place, sizeof place, _("%lld of %lld"), (long long)b->cursor + 1, (long long)b->total);
    browse_fit(id, sizeof id, i->id, 24);
    say(left, sizeof left, _("%s   version %lld   %s   %s   %s"), id, (long long)i->version,
        browse_word(i->kind), view_points(i->points, points, sizeof points), browse_word(i->state));
    int room = frame_columns(g) - (int)text_width(place) - 2;
    char fitted[400];
    frame_head(g, browse_fit(fitted, sizeof fitted, left, room), place);
}

static void draw_sheet(const struct browse *b, struct grid *g)
{
    struct sheet s;
    browse_sheet(b, &s);
    view_lines(g, &s, b->scroll, browse_sheet_rows(b));
    sheet_release(&s);
}

void view_preview(const struct browse *b, struct grid *g)
{
    draw_head(b, g);
    draw_sheet(b, g);
    browse_foot(
        b, g, b->item->about.title,
        b->item->is_template ? _("Each candidate gets other numbers.") : "",
        b->item->is_template
            ? _("k key  n numbers  d details  e edit  r review  Left/Right item  Escape back")
            : _("k key  d details  e edit  r review  Left/Right item  Escape back"));
}

void view_details(const struct browse *b, struct grid *g)
{
    draw_head(b, g);
    draw_sheet(b, g);
    browse_foot(b, g, b->item->about.title, "",
                _("p preview  e edit  r review  arrows scroll, other item  Escape back"));
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "client/screens/frame.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "client/screens/sheet.h"

int frame_columns(const struct grid *g)
{
    return g->width - 2 * FRAME_LEFT;
}

int frame_end(const struct grid *g)
{
    return g->width - FRAME_LEFT;
}

const char *say(char *buf, size_t size, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(buf, size, fmt, ap);
    va_end(ap);
    if (n < 0)
        buf[0] = '\0';
    if (n >= 0 && (size_t)n >= size) {
        size_t keep = size - 1;
        while (keep > 0 && !utf8_valid(buf, keep))
            keep--;
        buf[keep] = '\0';
    }
    return buf;
}

const char *say_of(char *buf, size_t size, const char *msgid, const char *text)
{
    const char *format = _(msgid), *at = strstr(format, "%s");
    return at ? say(buf, size, "%.*s%s%s", (int)(at - format), format, text, at + 2)
              : say(buf, size, "%s", format);
}

const char *say_error(char *buf, size_t size, const struct err *e)
{
    char what[sizeof e->where + sizeof e->what + 8];
    say(what, sizeof what, "%s%s%s", e->where, e->where[0] ? ": " : "", e->what);
    return e->hint[0] ? say(buf, size, _("%s. %s."), what, e->hint) : say(buf, size, _("%s."), what);
}

const char *say_refusal(char *buf, size_t size, const struct err *e)
{
    say_error(buf, size, e);
    if (!e->where[0] && buf[0] >= 'a' && buf[0] <= 'z')
        buf[0] = (char)(buf[0] - 'a' + 'A');
    return buf;
}

static int draw_sheet(const struct sheet *s, struct grid *g, int x, int y, int limit, enum look look)
{
    for (size_t i = 0; i < s->n_lines; i++, y++) {
        if (y >= limit) {
            g->cut++;
            break;
        }
        sheet_draw_line(s, &s->line[i], g, x, y);
        grid_mark(g, x, y, s->line[i].indent + sheet_line_width(s, &s->line[i]), look);
    }
    return y;
}

bool frame_too_small(struct grid *g, bool exam)
{
    if (g->width >= FRAME_MIN_WIDTH && g->height >= FRAME_MIN_HEIGHT)
        return false;
    char text[400];
    say(text, sizeof text, _("This window is %dx%d. Please enlarge it to at least %dx%d."), g->width,
        g->height, FRAME_MIN_WIDTH, FRAME_MIN_HEIGHT);
    struct sheet s;
    sheet_init(&s, g->width - 2);
    sheet_text(&s, LOOK_STRONG, text);
    sheet_end(&s, 0, 0, (struct target){0});
    if (exam) {
        sheet_text(&s, LOOK_TEXT, _("The exam goes on; all that was saved stays saved."));
        sheet_end(&s, 0, 0, (struct target){0});
        sheet_text(&s, LOOK_TEXT, _("If you cannot do this, raise your hand."));
        sheet_end(&s, 0, 0, (struct target){0});
    }
    draw_sheet(&s, g, 1, g->height > 6 ? g->height / 3 : 0, g->height, LOOK_STRONG);
    sheet_release(&s);
    return true;
}

static void border(struct grid *g, int y)
{
    grid_put(g, 0, y, LOOK_FRAME, '+');
    grid_fill(g, 1, y, g->width - 2, LOOK_FRAME, '-');
    grid_put(g, g->width - 1, y, LOOK_FRAME, '+');
}

/* A title is data of the exam: one that is too long ends in "..". */
static void title_text(struct grid *g, const char *title)
{
    int room = g->width - 8;
    bool long_title = (int)text_width(title) > room;
    int cut = g->cut, x = 3 + grid_text(g, 3, 0, long_title ? room - 2 : room, LOOK_TITLE, title);
    g->cut = cut;
    if (long_title)
        x += grid_text(g, x, 0, 2, LOOK_TITLE, "..");
    grid_put(g, 2, 0, LOOK_FRAME, ' ');
    grid_put(g, x, 0, LOOK_FRAME, ' ');
}

void frame_begin(struct grid *g, const char *title)
{
    border(g, 0);
    for (int y = 1; y < g->height - 1; y++) {
        grid_put(g, 0, y, LOOK_FRAME, '|');
        grid_put(g, g->width - 1, y, LOOK_FRAME, '|');
    }
    border(g, g->height - 1);
    title_text(g, title);
}

void frame_rule(struct grid *g, int y)
{
    grid_fill(g, 1, y, g->width - 2, LOOK_FRAME, '-');
}

void frame_head(struct grid *g, const char *left, const char *right)
{
    int end = grid_text_right(g, frame_end(g), 1, LOOK_STRONG, right);
    grid_text(g, FRAME_LEFT, 1, end - FRAME_LEFT - (*right ? 2 : 0), LOOK_TEXT, left);
    frame_rule(g, 2);
}

void frame_keys(struct grid *g, int rule_y, const char *keys)
{
    frame_rule(g, rule_y);
    grid_text(g, FRAME_LEFT, g->height - 2, frame_columns(g), LOOK_QUIET, keys);
}

int frame_paragraph(struct grid *g, int y, int limit, int indent, enum look look, const char *text)
{
    struct sheet s;
    sheet_init(&s, frame_columns(g));
    sheet_text(&s, look, text);
    sheet_end(&s, indent, indent, (struct target){0});
    y = draw_sheet(&s, g, FRAME_LEFT, y, limit, look);
    sheet_release(&s);
    return y;
}

int frame_centred(struct grid *g, int y, int limit, enum look look, const char *text)
{
    int room = frame_columns(g) - (int)text_width(text);
    return frame_paragraph(g, y, limit, room > 8 ? room / 2 : 4, look, text);
}

int frame_button(struct grid *g, int x, int y, bool focus, int index, const char *text)
{
    grid_text(g, x, y, 2, focus ? LOOK_CURSOR : LOOK_TEXT, focus ? "> " : "  ");
    int used = 2 + grid_text(g, x + 2, y, frame_end(g) - x - 2, focus ? LOOK_CURSOR : LOOK_TEXT, text);
    grid_target(g, x, y, used, (struct target){.kind = TARGET_BUTTON, .index = index});
    return x + used;
}

void frame_field(struct grid *g, int x, int y, int columns, const struct field *f)
{
    struct field_window w = field_window(f, columns);
    char shown[FIELD_MAX + 8];
    say(shown, sizeof shown, "%.*s", (int)w.n, f->text + w.first);
    grid_put(g, x, y, LOOK_TEXT, '[');
    grid_fill(g, x + 1, y, columns, LOOK_FIELD, '_');
    grid_text(g, x + 1, y, columns, LOOK_FIELD, shown);
    grid_put(g, x + 1 + columns, y, LOOK_TEXT, ']');
    grid_cursor(g, x + 1 + w.cursor, y);
}

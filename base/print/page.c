/* SPDX-License-Identifier: Apache-2.0 */
#include <cairo-pdf.h>
#include <stdlib.h>
#include <time.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/print/print-internal.h"

static const double a4_short = 595.276, a4_long = 841.89;

static cairo_status_t take(void *self, const unsigned char *data, unsigned n)
{
    bytes_add(&((struct print *)self)->out, data, n);
    return CAIRO_STATUS_SUCCESS;
}

static void set_metadata(struct print *p, const struct print_options *o)
{
    char date[32];
    time_t seconds = (time_t)(o->made_ms / 1000);
    struct tm utc;
    gmtime_r(&seconds, &utc);
    strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%SZ", &utc);
    cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_TITLE, o->title);
    cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_CREATOR, "Kaochang");
    cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_CREATE_DATE, date);
}

struct print *print_new(const struct print_options *o)
{
    struct print *p = mem_alloc(sizeof *p);
    p->width = o->landscape ? a4_long : a4_short;
    p->height = o->landscape ? a4_short : a4_long;
    p->footer = mem_strdup(o->footer ? o->footer : "");
    p->surface = cairo_pdf_surface_create_for_stream(take, p, p->width, p->height);
    p->cairo = cairo_create(p->surface);
    p->fonts = pango_cairo_font_map_new();
    cairo_set_line_width(p->cairo, 0.5);
    set_metadata(p, o);
    p->pages = 1;
    p->y = PRINT_MARGIN;
    return p;
}

void print_free(struct print *p)
{
    if (!p)
        return;
    if (p->page)
        cairo_destroy(p->page);
    cairo_destroy(p->cairo);
    cairo_surface_destroy(p->surface);
    bytes_release(&p->out);
    free(p->footer);
    g_object_unref(p->fonts);
    free(p);
}

double print_width(const struct print *p)
{
    return p->width - 2 * PRINT_MARGIN;
}

/* cairo 1.16 loses signs of fonts with cubic outlines (CFF, such as Noto Sans CJK) on their way into a PDF:
 * "如" is one. So the font with quadratic ones that we name in packages.debian comes first. */
static const char family[] = "WenQuanYi Micro Hei, sans-serif";

PangoLayout *print_layout(struct print *p, const char *text, double size, bool bold, double width)
{
    PangoContext *context = pango_font_map_create_context(p->fonts);
    PangoLayout *layout = pango_layout_new(context);
    PangoFontDescription *font = pango_font_description_from_string(family);
    pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
    pango_font_description_set_weight(font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    if (width > 0)
        pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
    pango_layout_set_text(layout, text, -1);
    g_object_unref(context);
    return layout;
}

double print_layout_height(PangoLayout *layout)
{
    int height = 0;
    pango_layout_get_size(layout, NULL, &height);
    return (double)height / PANGO_SCALE;
}

void print_layout_at(struct print *p, PangoLayout *layout, double x, double y)
{
    cairo_move_to(p->cairo, x, y);
    pango_cairo_show_layout(p->cairo, layout);
}

void print_rule(struct print *p, double x1, double y1, double x2, double y2)
{
    cairo_move_to(p->cairo, x1, y1);
    cairo_line_to(p->cairo, x2, y2);
    cairo_stroke(p->cairo);
}

static void end_page(struct print *p)
{
    double y = p->height - PRINT_MARGIN + PRINT_GAP;
    char *number = mem_printf(_("Page %zu"), p->pages);
    PangoLayout *left = print_layout(p, p->footer, 8, false, print_width(p) * 0.85);
    PangoLayout *right = print_layout(p, number, 8, false, print_width(p));
    pango_layout_set_alignment(right, PANGO_ALIGN_RIGHT);
    print_rule(p, PRINT_MARGIN, y - 2, p->width - PRINT_MARGIN, y - 2);
    print_layout_at(p, left, PRINT_MARGIN, y);
    print_layout_at(p, right, PRINT_MARGIN, y);
    g_object_unref(left);
    g_object_unref(right);
    free(number);
    cairo_show_page(p->cairo);
}

void print_need(struct print *p, double height)
{
    if (p->page || p->y + height <= p->height - PRINT_MARGIN || p->pages > PRINT_MAX_PAGES)
        return;
    end_page(p);
    p->pages++;
    p->y = PRINT_MARGIN;
}

void print_page_break(struct print *p)
{
    if (p->y > PRINT_MARGIN)
        print_need(p, p->height);
}

size_t print_pages(const struct print *p)
{
    return p->pages;
}

int print_finish(struct print *p, struct bytes *ret, struct err *e)
{
    if (p->pages > PRINT_MAX_PAGES)
        return err_set(e, ERR_DATA, NULL, _("the document has more than %d pages"), (int)PRINT_MAX_PAGES);
    if (!p->ended)
        end_page(p);
    p->ended = true;
    cairo_surface_finish(p->surface);
    cairo_status_t status = cairo_surface_status(p->surface);
    if (status != CAIRO_STATUS_SUCCESS)
        return err_set(e, ERR_ENV, NULL, _("cannot make the PDF: %s"), cairo_status_to_string(status));
    bytes_add(ret, p->out.p, p->out.n);
    return 0;
}

/* What fontconfig, pango and cairo keep until the process ends is theirs: taking it down by hand races with
 * pango's own threads. The leak checker of sanitized builds asks here; nobody else does. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libfontconfig\nleak:libpango\nleak:libcairo\nleak:libglib\n";
}

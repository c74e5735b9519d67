/* SPDX-License-Identifier: Apache-2.0 */
/* Texts with marks, pictures, lines to write on, and what must stay together. */
#include "base/picture.h"
#include "base/print/print-internal.h"

enum { LINE_SPACE = 26, PICTURE_PER_INCH = 144, GRID_PAD = 4 };

PangoLayout *print_marked_layout(struct print *p, const char *marked, double size, double width)
{
    PangoAttrList *attributes = NULL;
    char *text = NULL;
    bool good = pango_parse_markup(marked, -1, 0, &attributes, &text, NULL, NULL);
    PangoLayout *layout = print_layout(p, good ? text : marked, size, false, width);
    if (good) {
        pango_layout_set_attributes(layout, attributes);
        pango_attr_list_unref(attributes);
        g_free(text);
    }
    pango_layout_set_spacing(layout, (int)(size * 0.25 * PANGO_SCALE));
    return layout;
}

static void put_line(struct print *p, PangoLayoutIter *at, double x)
{
    PangoRectangle line;
    pango_layout_iter_get_line_extents(at, NULL, &line);
    double height = (double)line.height / PANGO_SCALE;
    double above = (double)(pango_layout_iter_get_baseline(at) - line.y) / PANGO_SCALE;
    print_need(p, height);
    cairo_move_to(p->cairo, x + (double)line.x / PANGO_SCALE, p->y + above);
    pango_cairo_show_layout_line(p->cairo, pango_layout_iter_get_line_readonly(at));
    p->y += height + (double)pango_layout_get_spacing(pango_layout_iter_get_layout(at)) / PANGO_SCALE;
}

static void put_label(struct print *p, double size, double indent, const char *label)
{
    PangoLayout *layout = print_marked_layout(p, label, size, 0);
    print_need(p, print_layout_height(layout));
    print_layout_at(p, layout, PRINT_MARGIN + indent - PRINT_LABEL, p->y);
    g_object_unref(layout);
}

void print_marked(struct print *p, double size, double indent, const char *label, const char *marked)
{
    PangoLayout *layout = print_marked_layout(p, marked, size, print_width(p) - indent);
    PangoLayoutIter *at = pango_layout_get_iter(layout);
    if (label)
        put_label(p, size, indent, label);
    do
        put_line(p, at, PRINT_MARGIN + indent);
    while (pango_layout_iter_next_line(at));
    pango_layout_iter_free(at);
    g_object_unref(layout);
    p->y += size * 0.2;
}

static void put_row(struct print *p, double size, double indent, size_t columns, const char *const *marked,
                    size_t n)
{
    double width = (print_width(p) - indent) / (double)columns, height = 0;
    for (int draw = 0; draw < 2; draw++) {
        for (size_t i = 0; i < n; i++) {
            PangoLayout *layout = print_marked_layout(p, marked[i], size, width - GRID_PAD);
            double own = print_layout_height(layout);
            height = own > height ? own : height;
            if (draw)
                print_layout_at(p, layout, PRINT_MARGIN + indent + width * (double)i, p->y);
            g_object_unref(layout);
        }
        if (!draw)
            print_need(p, height);
    }
    p->y += height + GRID_PAD;
}

void print_grid(struct print *p, double size, double indent, size_t n_columns, const char *const *marked,
                size_t n)
{
    for (size_t i = 0; i < n; i += n_columns)
        put_row(p, size, indent, n_columns, marked + i, n - i < n_columns ? n - i : n_columns);
}

static void fill_surface(cairo_surface_t *to, const struct picture_gray *from)
{
    unsigned char *rows = cairo_image_surface_get_data(to);
    int stride = cairo_image_surface_get_stride(to);
    cairo_surface_flush(to);
    for (uint32_t y = 0; y < from->height; y++)
        for (uint32_t x = 0; x < from->width; x++) {
            uint32_t v = from->pixel[(size_t)y * from->width + x];
            ((uint32_t *)(void *)(rows + (size_t)y * (size_t)stride))[x] = v << 16 | v << 8 | v;
        }
    cairo_surface_mark_dirty(to);
}

void print_picture(struct print *p, double indent, const struct picture_gray *picture)
{
    double scale = 72.0 / PICTURE_PER_INCH, room = print_width(p) - indent,
           page = p->height - 2.0 * PRINT_MARGIN;
    if (picture->width * scale > room)
        scale = room / picture->width;
    if (picture->height * scale > page / 2)
        scale = page / 2 / picture->height;
    cairo_surface_t *image =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)picture->width, (int)picture->height);
    if (cairo_surface_status(image) == CAIRO_STATUS_SUCCESS) {
        fill_surface(image, picture);
        print_need(p, picture->height * scale);
        cairo_save(p->cairo);
        cairo_translate(p->cairo, PRINT_MARGIN + indent, p->y);
        cairo_scale(p->cairo, scale, scale);
        cairo_set_source_surface(p->cairo, image, 0, 0);
        cairo_paint(p->cairo);
        cairo_restore(p->cairo);
        p->y += picture->height * scale + PRINT_GAP;
    }
    cairo_surface_destroy(image);
}

void print_lines(struct print *p, double indent, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        print_need(p, LINE_SPACE);
        p->y += LINE_SPACE;
        print_rule(p, PRINT_MARGIN + indent, p->y - 3, p->width - PRINT_MARGIN, p->y - 3);
    }
}

void print_space(struct print *p, double height)
{
    p->y += height;
}

void print_together(struct print *p)
{
    cairo_surface_t *apart = cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, NULL);
    p->page = p->cairo;
    p->page_y = p->y;
    p->cairo = cairo_create(apart);
    cairo_set_line_width(p->cairo, 0.5);
    cairo_surface_destroy(apart);
    p->y = 0;
}

bool print_together_end(struct print *p)
{
    cairo_t *apart = p->cairo;
    double height = p->y;
    bool fits = height <= p->height - 2.0 * PRINT_MARGIN;
    p->cairo = p->page;
    p->y = p->page_y;
    p->page = NULL;
    if (fits) {
        print_need(p, height);
        cairo_save(p->cairo);
        cairo_set_source_surface(p->cairo, cairo_get_target(apart), 0, p->y);
        cairo_paint(p->cairo);
        cairo_restore(p->cairo);
        p->y += height;
    }
    cairo_destroy(apart);
    return fits;
}

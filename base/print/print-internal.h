/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of printing share; nobody else includes this. Lengths are points: 1/72 inch. */
#ifndef KAOCHANG_BASE_PRINT_PRINT_INTERNAL_H
#define KAOCHANG_BASE_PRINT_PRINT_INTERNAL_H

#include <pango/pangocairo.h>

#include "base/print/print.h"

enum { PRINT_MARGIN = 51, PRINT_FOOT = 24, PRINT_GAP = 6 };

struct print {
    cairo_surface_t *surface;
    cairo_t *cairo;
    PangoFontMap *fonts;
    struct bytes out;
    char *footer;
    double width, height; /* of the page */
    double y;             /* where the next thing stands */
    size_t pages;
    bool ended;
    cairo_t *page;  /* while things are put together: where they will go; else NULL */
    double page_y;
};

/* Width between the margins. */
double print_width(const struct print *p);
/* Begins a new page unless so much height is left on this one. */
void print_need(struct print *p, double height);
/* A text set in this size (points) and width (points; 0: as wide as it is). Caller g_object_unrefs. */
PangoLayout *print_layout(struct print *p, const char *text, double size, bool bold, double width);
double print_layout_height(PangoLayout *layout);
void print_layout_at(struct print *p, PangoLayout *layout, double x, double y);
/* As print_layout, of a text with marks. */
PangoLayout *print_marked_layout(struct print *p, const char *marked, double size, double width);
void print_rule(struct print *p, double x1, double y1, double x2, double y2);

#endif

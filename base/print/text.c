/* SPDX-License-Identifier: Apache-2.0 */
#include "base/print/print-internal.h"

enum { TEXT_SIZE = 10, ROOM_AFTER_HEADING = 60, SIGNATURE_HEIGHT = 40 };

static void put(struct print *p, PangoLayout *layout, double keep)
{
    double height = print_layout_height(layout);
    print_need(p, height + keep);
    print_layout_at(p, layout, PRINT_MARGIN, p->y);
    p->y += height + PRINT_GAP;
    g_object_unref(layout);
}

void print_heading(struct print *p, int level, const char *text)
{
    PangoLayout *layout = print_layout(p, text, level == 1 ? 17 : 12, true, print_width(p));
    if (level == 1)
        pango_layout_set_alignment(layout, PANGO_ALIGN_CENTER);
    else
        p->y += PRINT_GAP;
    put(p, layout, ROOM_AFTER_HEADING);
}

void print_paragraph(struct print *p, const char *text)
{
    put(p, print_layout(p, text, TEXT_SIZE, false, print_width(p)), 0);
}

/* Label and value in half the width; returns the height taken. */
static double put_fact(struct print *p, const char *const fact[2], double x, double y)
{
    double half = print_width(p) / 2, label = half * 0.34;
    PangoLayout *left = print_layout(p, fact[0], TEXT_SIZE, true, label - PRINT_GAP);
    PangoLayout *right = print_layout(p, fact[1], TEXT_SIZE, false, half - label - PRINT_GAP);
    double a = print_layout_height(left), b = print_layout_height(right);
    print_layout_at(p, left, x, y);
    print_layout_at(p, right, x + label, y);
    g_object_unref(left);
    g_object_unref(right);
    return a > b ? a : b;
}

void print_facts(struct print *p, const char *const (*fact)[2], size_t n)
{
    for (size_t i = 0; i < n; i += 2) {
        print_need(p, ROOM_AFTER_HEADING);
        double height = put_fact(p, fact[i], PRINT_MARGIN, p->y);
        double beside = i + 1 < n ? put_fact(p, fact[i + 1], PRINT_MARGIN + print_width(p) / 2, p->y) : 0;
        p->y += (height > beside ? height : beside) + PRINT_GAP / 2;
    }
    p->y += PRINT_GAP;
}

void print_signatures(struct print *p, const char *const *label, size_t n)
{
    double half = print_width(p) / 2;
    print_need(p, (double)((n + 1) / 2) * SIGNATURE_HEIGHT + PRINT_GAP);
    for (size_t i = 0; i < n; i++) {
        double x = PRINT_MARGIN + (i % 2 ? half : 0), y = p->y + SIGNATURE_HEIGHT - 12;
        PangoLayout *layout = print_layout(p, label[i], TEXT_SIZE, false, half * 0.5);
        print_layout_at(p, layout, x, y - print_layout_height(layout));
        print_rule(p, x + half * 0.4, y, x + half - 3 * PRINT_GAP, y);
        g_object_unref(layout);
        if (i % 2 || i + 1 == n)
            p->y += SIGNATURE_HEIGHT;
    }
}

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""draw-office-pictures.py FOLDER: draws the pictures of data/city/office/items: text around a picture (wrap.png), two columns on
an axis that does not begin at zero (axis.png), the layout of a slide (layout.png)."""
import sys

from pictures import BLACK, LIGHT, WHITE, box, digits, frame, page, write_all

BLUE, ORANGE = (70, 130, 180), (210, 120, 60)


def wrap():
    rows = page(240, 192)
    frame(rows, 0, 0, 240, 192, WHITE)
    for y in range(20, 180, 24):
        box(rows, 24, y, 192, 8, BLACK)
    box(rows, 72, 60, 96, 74, WHITE)
    box(rows, 90, 66, 60, 60, BLACK)
    return rows


def axis():
    rows = page(320, 220)
    for number, (mean, colour) in enumerate(((88, BLUE), (84, ORANGE))):
        x, height = 90 + number * 110, (mean - 80) * 16
        box(rows, x, 180 - height, 70, height, colour)
        digits(rows, x + 18, 180 - height - 28, str(mean), 3)
        digits(rows, x + 27, 190, str(number + 1), 3)
    box(rows, 56, 180, 250, 3, BLACK)
    box(rows, 56, 15, 3, 165, BLACK)
    for mean in (80, 84, 88):
        box(rows, 48, 180 - (mean - 80) * 16, 10, 3, BLACK)
        digits(rows, 8, 170 - (mean - 80) * 16, str(mean), 3)
    return rows


def layout():
    rows = page(320, 200)
    frame(rows, 0, 0, 320, 200, WHITE)
    frame(rows, 20, 16, 280, 40, LIGHT)
    frame(rows, 20, 70, 134, 112, LIGHT)
    frame(rows, 166, 70, 134, 112, LIGHT)
    return rows


write_all(sys.argv[1], {'wrap': wrap, 'axis': axis, 'layout': layout})

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""draw-practice-picture.py FILE.png: draws the picture of data/practice/items/p32.xml, a bar chart of four classes."""
import sys

from pictures import BLACK, DIGITS, box, digits, page, write

WIDTH, HEIGHT, BASE, SCALE = 320, 200, 170, 4
BOOKS = (18, 12, 24, 30)
FLAT = {**DIGITS, '3': '11111000100010000010000011000101110'}
COLOURS = ((70, 130, 180), (210, 120, 60), (90, 160, 90), (170, 80, 140))


def draw():
    rows = page(WIDTH, HEIGHT)
    for number, (books, colour) in enumerate(zip(BOOKS, COLOURS)):
        x, height = 50 + number * 64, books * SCALE
        box(rows, x, BASE - height, 40, height, colour)
        digits(rows, x + 9, BASE - height - 18, str(books), 2, FLAT)
        digits(rows, x + 15, BASE + 8, str(number + 1), 2, FLAT)
    box(rows, 30, BASE, 270, 2, BLACK)
    box(rows, 30, 20, 2, BASE - 20, BLACK)
    return rows


write(sys.argv[1], draw())

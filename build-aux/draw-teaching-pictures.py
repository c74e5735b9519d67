#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""draw-teaching-pictures.py FOLDER: draws the pictures of data/city/teaching/items: a disc and the same disc squashed (stretch.png),
a sound with a silent stretch (wave.png), a picture with bars at both sides of the screen (bars.png)."""
import sys

from pictures import BLACK, LIGHT, box, page, write_all


def disc(rows, x, y, across, high):
    for line in range(-high, high):
        half = int(across * (1 - (line / high) ** 2) ** 0.5)
        box(rows, x - half, y + line, 2 * half, 1, BLACK)


def stretch():
    rows = page(360, 160)
    disc(rows, 74, 80, 60, 60)
    disc(rows, 258, 80, 90, 30)
    return rows


def wave():
    rows = page(320, 160)
    box(rows, 0, 78, 320, 4, BLACK)
    heights = (30, 50, 62, 44, 56, 34, 0, 0, 0, 0, 0, 0, 0, 40, 58, 48, 64, 36, 52, 28)
    for number, height in enumerate(heights):
        box(rows, number * 16 + 3, 80 - height, 10, 2 * height, BLACK)
    return rows


def bars():
    rows = page(320, 180)
    box(rows, 0, 0, 320, 180, BLACK)
    box(rows, 40, 0, 240, 180, LIGHT)
    disc(rows, 160, 90, 40, 40)
    return rows


write_all(sys.argv[1], {'stretch': stretch, 'wave': wave, 'bars': bars})

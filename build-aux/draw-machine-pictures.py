#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""draw-machine-pictures.py FOLDER: draws the pictures of data/city/machine/items: how full two disks are (disks.png), four
computers around one device (star.png)."""
import sys

from pictures import BLACK, box, digits, frame, page, write_all


def disks():
    rows = page(320, 140)
    for number, used in enumerate((93, 25)):
        y = 20 + number * 60
        digits(rows, 6, y + 4, str(number + 1), 4)
        frame(rows, 36, y, 272, 40)
        box(rows, 36, y, 272 * used // 100, 40, BLACK)
    return rows


def star():
    rows = page(300, 180)
    box(rows, 146, 44, 8, 92, BLACK)
    box(rows, 60, 87, 180, 6, BLACK)
    box(rows, 114, 68, 72, 44, BLACK)
    for name, x, y in (('1', 138, 0), ('2', 250, 72), ('3', 138, 145), ('4', 24, 72)):
        digits(rows, x, y, name, 5)
    return rows


write_all(sys.argv[1], {'disks': disks, 'star': star})

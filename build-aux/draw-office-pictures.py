#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""draw-office-pictures.py FOLDER: draws the pictures of data/city/office/items: text around a picture (wrap.png), two columns on
an axis that does not begin at zero (axis.png), the layout of a slide (layout.png)."""
import os
import struct
import sys
import zlib

WHITE, BLACK, LIGHT = (255, 255, 255), (40, 40, 40), (215, 225, 240)
BLUE, ORANGE = (70, 130, 180), (210, 120, 60)
DIGITS = {  # five columns of seven rows, row by row
    '0': '01110100011001110101110011000101110', '1': '00100011000010000100001000010001110',
    '2': '01110100010000100010001000100011111', '4': '00010001100101010010111110001000010',
    '8': '01110100011000101110100011000101110', '9': '01110100011000101111000010001001100',
}


def page(width, height):
    return [[WHITE] * width for _ in range(height)]


def box(rows, x, y, width, height, colour):
    for row in rows[y:y + height]:
        row[x:x + width] = [colour] * width


def frame(rows, x, y, width, height, inside):
    box(rows, x, y, width, height, BLACK)
    box(rows, x + 3, y + 3, width - 6, height - 6, inside)


def digits(rows, x, y, text):
    for number, digit in enumerate(text):
        for place, bit in enumerate(DIGITS[digit]):
            if bit == '1':
                box(rows, x + number * 18 + place % 5 * 3, y + place // 5 * 3, 3, 3, BLACK)


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
        digits(rows, x + 18, 180 - height - 28, str(mean))
        digits(rows, x + 27, 190, str(number + 1))
    box(rows, 56, 180, 250, 3, BLACK)
    box(rows, 56, 15, 3, 165, BLACK)
    for mean in (80, 84, 88):
        box(rows, 48, 180 - (mean - 80) * 16, 10, 3, BLACK)
        digits(rows, 8, 170 - (mean - 80) * 16, str(mean))
    return rows


def layout():
    rows = page(320, 200)
    frame(rows, 0, 0, 320, 200, WHITE)
    frame(rows, 20, 16, 280, 40, LIGHT)
    frame(rows, 20, 70, 134, 112, LIGHT)
    frame(rows, 166, 70, 134, 112, LIGHT)
    return rows


def chunk(kind, data):
    return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))


def png(rows):
    lines = b''.join(b'\0' + bytes(value for pixel in row for value in pixel) for row in rows)
    head = struct.pack('>IIBBBBB', len(rows[0]), len(rows), 8, 2, 0, 0, 0)
    return (b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', head) + chunk(b'IDAT', zlib.compress(lines, 9)) + chunk(b'IEND', b''))


for name, draw in (('wrap', wrap), ('axis', axis), ('layout', layout)):
    with open(os.path.join(sys.argv[1], name + '.png'), 'wb') as file:
        file.write(png(draw()))

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""draw-machine-pictures.py FOLDER: draws the pictures of data/city/machine/items: how full two disks are (disks.png), four
computers around one device (star.png)."""
import os
import struct
import sys
import zlib

WHITE, BLACK = (255, 255, 255), (40, 40, 40)
DIGITS = {  # five columns of seven rows, row by row
    '1': '00100011000010000100001000010001110', '2': '01110100010000100010001000100011111',
    '3': '01110100010000100110000011000101110', '4': '00010001100101010010111110001000010',
}


def page(width, height):
    return [[WHITE] * width for _ in range(height)]


def box(rows, x, y, width, height, colour):
    for row in rows[y:y + height]:
        row[x:x + width] = [colour] * width


def frame(rows, x, y, width, height):
    box(rows, x, y, width, height, BLACK)
    box(rows, x + 3, y + 3, width - 6, height - 6, WHITE)


def digit(rows, x, y, name):
    for place, bit in enumerate(DIGITS[name]):
        if bit == '1':
            box(rows, x + place % 5 * 3, y + place // 5 * 3, 3, 3, BLACK)


def disks():
    rows = page(320, 140)
    for number, used in enumerate((93, 25)):
        y = 20 + number * 60
        digit(rows, 6, y + 10, str(number + 1))
        frame(rows, 36, y, 272, 40)
        box(rows, 36, y, 272 * used // 100, 40, BLACK)
    return rows


def star():
    rows = page(300, 220)
    box(rows, 148, 50, 4, 120, BLACK)
    box(rows, 60, 108, 180, 4, BLACK)
    box(rows, 124, 84, 52, 52, BLACK)
    for name, x, y in (('1', 122, 4), ('2', 240, 86), ('3', 122, 168), ('4', 4, 86)):
        frame(rows, x, y, 56, 48)
        digit(rows, x + 20, y + 13, name)
    return rows


def chunk(kind, data):
    return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))


def png(rows):
    lines = b''.join(b'\0' + bytes(value for pixel in row for value in pixel) for row in rows)
    head = struct.pack('>IIBBBBB', len(rows[0]), len(rows), 8, 2, 0, 0, 0)
    return (b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', head) + chunk(b'IDAT', zlib.compress(lines, 9)) + chunk(b'IEND', b''))


for name, draw in (('disks', disks), ('star', star)):
    with open(os.path.join(sys.argv[1], name + '.png'), 'wb') as file:
        file.write(png(draw()))

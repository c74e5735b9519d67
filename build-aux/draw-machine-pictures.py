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


def digit(rows, x, y, name, size):
    for place, bit in enumerate(DIGITS[name]):
        if bit == '1':
            box(rows, x + place % 5 * size, y + place // 5 * size, size, size, BLACK)


def disks():
    rows = page(320, 140)
    for number, used in enumerate((93, 25)):
        y = 20 + number * 60
        digit(rows, 6, y + 4, str(number + 1), 4)
        frame(rows, 36, y, 272, 40)
        box(rows, 36, y, 272 * used // 100, 40, BLACK)
    return rows


def star():
    rows = page(300, 180)
    box(rows, 146, 44, 8, 92, BLACK)
    box(rows, 60, 87, 180, 6, BLACK)
    box(rows, 114, 68, 72, 44, BLACK)
    for name, x, y in (('1', 138, 0), ('2', 250, 72), ('3', 138, 145), ('4', 24, 72)):
        digit(rows, x, y, name, 5)
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

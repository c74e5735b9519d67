#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""draw-practice-picture.py FILE.png: draws the picture of data/practice/items/p32.xml, a bar chart of four classes."""
import struct
import sys
import zlib

WIDTH, HEIGHT, BASE, SCALE = 320, 200, 170, 4
BOOKS = (18, 12, 24, 30)
COLOURS = ((70, 130, 180), (210, 120, 60), (90, 160, 90), (170, 80, 140))
WHITE, BLACK = (255, 255, 255), (40, 40, 40)
DIGITS = {  # five columns of seven rows, row by row
    '0': '01110100011001110101110011000101110', '1': '00100011000010000100001000010001110',
    '2': '01110100010000100010001000100011111', '3': '11111000100010000010000011000101110',
    '4': '00010001100101010010111110001000010', '8': '01110100011000101110100011000101110',
}


def box(rows, x, y, width, height, colour):
    for row in rows[y:y + height]:
        row[x:x + width] = [colour] * width


def digits(rows, x, y, text):
    for number, digit in enumerate(text):
        for place, bit in enumerate(DIGITS[digit]):
            if bit == '1':
                box(rows, x + number * 12 + place % 5 * 2, y + place // 5 * 2, 2, 2, BLACK)


def draw():
    rows = [[WHITE] * WIDTH for _ in range(HEIGHT)]
    for number, (books, colour) in enumerate(zip(BOOKS, COLOURS)):
        x, height = 50 + number * 64, books * SCALE
        box(rows, x, BASE - height, 40, height, colour)
        digits(rows, x + 9, BASE - height - 18, str(books))
        digits(rows, x + 15, BASE + 8, str(number + 1))
    box(rows, 30, BASE, 270, 2, BLACK)
    box(rows, 30, 20, 2, BASE - 20, BLACK)
    return rows


def chunk(kind, data):
    return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))


def png(rows):
    lines = b''.join(b'\0' + bytes(value for pixel in row for value in pixel) for row in rows)
    head = struct.pack('>IIBBBBB', len(rows[0]), len(rows), 8, 2, 0, 0, 0)
    return (b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', head) + chunk(b'IDAT', zlib.compress(lines, 9)) + chunk(b'IEND', b''))


with open(sys.argv[1], 'wb') as file:
    file.write(png(draw()))

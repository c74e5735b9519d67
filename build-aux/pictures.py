# SPDX-License-Identifier: Apache-2.0
"""What the draw-…-pictures.py have in common: rows of pixels, boxes, digits of five columns by seven rows, and the bytes of a PNG."""
import os
import struct
import zlib

WHITE, BLACK, LIGHT = (255, 255, 255), (40, 40, 40), (215, 225, 240)
DIGITS = {  # row by row
    '0': '01110100011001110101110011000101110', '1': '00100011000010000100001000010001110',
    '2': '01110100010000100010001000100011111', '3': '01110100010000100110000011000101110',
    '4': '00010001100101010010111110001000010', '8': '01110100011000101110100011000101110',
    '9': '01110100011000101111000010001001100',
}


def page(width, height):
    return [[WHITE] * width for _ in range(height)]


def box(rows, x, y, width, height, colour):
    for row in rows[y:y + height]:
        row[x:x + width] = [colour] * width


def frame(rows, x, y, width, height, inside=WHITE):
    box(rows, x, y, width, height, BLACK)
    box(rows, x + 3, y + 3, width - 6, height - 6, inside)


def digits(rows, x, y, text, size, shapes=DIGITS):
    """`size` pixels a dot, one dot between two digits."""
    for number, digit in enumerate(text):
        for place, bit in enumerate(shapes[digit]):
            if bit == '1':
                box(rows, x + (number * 6 + place % 5) * size, y + place // 5 * size, size, size, BLACK)


def chunk(kind, data):
    return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))


def write(path, rows):
    lines = b''.join(b'\0' + bytes(value for pixel in row for value in pixel) for row in rows)
    head = struct.pack('>IIBBBBB', len(rows[0]), len(rows), 8, 2, 0, 0, 0)
    with open(path, 'wb') as file:
        file.write(b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', head) + chunk(b'IDAT', zlib.compress(lines, 9)) + chunk(b'IEND', b''))


def write_all(folder, pictures):
    for name, draw in pictures.items():
        write(os.path.join(folder, name + '.png'), draw())

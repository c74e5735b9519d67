#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""embed.py SYMBOL INPUT OUTPUT: turns a file (schema, style sheet) into a C array `SYMBOL[]` with a final zero and
`SYMBOL_size`, so that a program carries it and finds it without a path."""
import sys

symbol, source, target = sys.argv[1:4]
data = open(source, 'rb').read() + b'\0'
with open(target, 'w') as out:
    out.write('#include <stddef.h>\n')
    out.write(f'extern const char {symbol}[];\nextern const size_t {symbol}_size;\n')
    out.write(f'const char {symbol}[] = {{\n')
    for i in range(0, len(data), 24):
        out.write(','.join(str(b if b < 128 else b - 256) for b in data[i:i + 24]) + ',\n')
    out.write(f'}};\nconst size_t {symbol}_size = sizeof {symbol} - 1;\n')

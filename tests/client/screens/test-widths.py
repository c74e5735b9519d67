#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""test-widths.py SOURCE_ROOT: no text of the screens holds a sign of ambiguous width, which breaks columns on real terminals.
Prints TAP."""
import ast
import os
import re
import sys
import unicodedata

SCREENS = re.compile(r'client/screens/(body|frame|model|pairs|part|proctor|seat|update|view|words)|client/rate/')


def entries(path):
    with open(path, encoding='utf-8') as file:
        for block in file.read().split('\n\n'):
            yield block


def ambiguous(text):
    return sorted({c for c in text if unicodedata.east_asian_width(c) == 'A'})


def texts(block):
    lines = [line for line in block.splitlines() if not line.startswith('#')]
    return ''.join(ast.literal_eval(line[line.index('"'):]) for line in lines if '"' in line)


bad = []
seen = 0
for entry in entries(os.path.join(sys.argv[1], 'po/zh_CN.po')):
    if any(line.startswith('#:') and SCREENS.search(line) for line in entry.splitlines()):
        seen += 1
        if ambiguous(texts(entry)):
            bad.append(f'{" ".join(ambiguous(texts(entry)))} in {texts(entry)}')
if seen < 100:
    bad.append(f'only {seen} texts of the screens found in po/zh_CN.po')
print('1..1')
print(f'{"not ok" if bad else "ok"} 1 - no text of the screens has a sign of ambiguous width')
for line in bad:
    print('#', line)
sys.exit(bool(bad))

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the proctor's screens say of candidates and client/screens/proctor-rater-words.c says of raters: every text that is
replaced there is one that the screens have, once, and what replaces it speaks of no candidate. Prints TAP."""
import os
import re
import sys

root = sys.argv[1]
WORDS = 'client/screens/proctor-rater-words.c'
TEXT = r'N_\(\s*((?:"(?:[^"\\]|\\.)*"\s*)+)\)'


def joined(literals):
    return ''.join(re.findall(r'"((?:[^"\\]|\\.)*)"', literals))


def texts(path):
    with open(os.path.join(root, path), encoding='utf-8') as source:
        return [joined(found) for found in re.findall(TEXT, source.read())]


def main():
    folder = 'client/screens'
    said = set()
    for name in sorted(os.listdir(os.path.join(root, folder))):
        path = f'{folder}/{name}'
        if re.fullmatch(r'proctor.*\.c', name) and path != WORDS:
            said.update(texts(path))
    pairs = texts(WORDS)
    left, right = pairs[::2], pairs[1::2]
    results = (
        ('there are words to look at, in pairs', [] if len(left) > 30 and len(left) == len(right) else [str(len(pairs))]),
        ('every text that is replaced is one of the screens', [t for t in left if t not in said]),
        ('none is replaced twice', sorted({t for t in left if left.count(t) > 1})),
        ('what replaces it speaks of no candidate and no answers',
         [t for t in right if re.search(r'candidate|\banswers\b', t)]),
    )
    print(f'1..{len(results)}')
    for number, (name, faults) in enumerate(results, 1):
        print(f'{"not ok" if faults else "ok"} {number} - {name}')
        for fault in faults:
            print('#', fault)


main()

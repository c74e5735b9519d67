#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every kind of minute that the agent or the room's service notes has words on the proctor's screen
(client/screens/proctor-words.c) and stands in the documents, and the screen has no words for a kind
that nobody notes. Prints TAP."""
import os
import re
import sys

root = sys.argv[1]

WORD = r'"([a-z]+(?:-[a-z]+)*)"'
# the argument, or the member, that is a kind
PLACES = (
    r'\b(?:room_note|room_note_value|hall_note|add)\(\s*[^,"()]+,([^,]+),',
    r'\.kind\s*=([^,;}]+)[,;}]',
    r'\bconst kind\[\]\s*=\s*\{([^}]+)\}',
)


def read(path):
    with open(os.path.join(root, path), encoding='utf-8') as text:
        return text.read()


def noted():
    kinds = {}
    for folder in ('client/agent', 'client/room'):
        for name in sorted(os.listdir(os.path.join(root, folder))):
            if name.endswith('.c'):
                for place in PLACES:
                    for found in re.finditer(place, read(f'{folder}/{name}')):
                        for kind in re.findall(WORD, found.group(1)):
                            kinds.setdefault(kind, f'{folder}/{name}')
    return kinds


def shown():
    table = re.search(r'minute_kinds\[\] = .*?\n\};', read('client/screens/proctor-words.c'), re.S).group(0)
    return set(re.findall(r'\{' + WORD + r',', table))


def documented():
    text = read('docs/client.md') + read('docs/room.md')
    return set(re.findall(r'`([a-z]+(?:-[a-z]+)*)`', text))


def main():
    kinds, words, pages = noted(), shown(), documented()
    results = (
        ('there are kinds to look at', [] if len(kinds) > 40 and len(words) > 40 else ['too few were found']),
        ('every kind that is noted has words on the screen',
         [f'{k} of {kinds[k]}' for k in sorted(kinds) if k not in words]),
        ('every kind that the screen has words for is noted by somebody', sorted(words - set(kinds))),
        ('every kind that is noted stands in docs/client.md or docs/room.md',
         [f'{k} of {kinds[k]}' for k in sorted(kinds) if k not in pages]),
    )
    print(f'1..{len(results)}')
    for number, (name, faults) in enumerate(results, 1):
        print(f'{"not ok" if faults else "ok"} {number} - {name}')
        for fault in faults:
            print('#', fault)


main()

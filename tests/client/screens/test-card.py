#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""test-card.py SOURCE_ROOT: what the candidate card quotes stands on a screen, letter for letter. Prints TAP."""
import glob
import os
import re
import sys

SOURCE = sys.argv[1]
CARDS = {'en': 'docs/guides/candidate-card.md', 'zh_CN': 'docs/guides/candidate-card.zh_CN.md'}
NO_QUOTE = {'this', '这样'}  # the word that explains the rule


def read(path):
    with open(path, encoding='utf-8') as file:
        return file.read()


def unbroken(text):
    """A screen as one line: borders gone, so that a sentence that was broken is found; and with single blanks."""
    joined = re.sub(r'\s*\|\n\|\s*', '', text)
    spaced = re.sub(r'\s*\|\n\|\s*', ' ', text)
    return re.sub(r' +', ' ', '\n'.join((text, joined, spaced)))


def screens(language):
    return [unbroken(read(path)) for path in sorted(glob.glob(os.path.join(SOURCE, f'tests/golden/screens/*.{language}.80x24.txt')))]


def quotes(card):
    fenced = [line for block in re.findall(r'^```\n(.*?)^```', card, re.S | re.M) for line in block.splitlines()]
    inline = re.findall(r'`([^`\n]+)`', re.sub(r'^```\n.*?^```', '', card, flags=re.S | re.M))
    return [q for q in fenced + inline if q not in NO_QUOTE]


number = bad = 0
print(f'1..{2 * len(CARDS)}')
for language, name in CARDS.items():
    card, shown = read(os.path.join(SOURCE, name)), screens(language)
    missing = [q for q in quotes(card) if not any(re.sub(r' +', ' ', q) in s for s in shown)]
    for fine, what in ((not missing, f'{name} quotes the screens'), (len(quotes(card)) > 25, f'{name} says what the screens say')):
        number += 1
        bad += not fine
        print(f'{"ok" if fine else "not ok"} {number} - {what}')
    for q in missing:
        print(f'# not on any screen: {q}')
sys.exit(1 if bad else 0)

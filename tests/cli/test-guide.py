#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""test-guide.py [--write] SOURCE_ROOT CLIENT ROOM: the proctor's guide shows screens as they are (tests/golden/screens, named in a comment
before each), and commands that exist with options that exist. --write puts the screens right. Prints TAP."""
import os
import re
import shlex
import subprocess
import sys

WRITE = '--write' in sys.argv
SOURCE, *PROGRAMS = [a for a in sys.argv[1:] if a != '--write']
GUIDES = {'en': 'docs/guides/proctor.md', 'zh_CN': 'docs/guides/proctor.zh_CN.md'}
SCREEN = re.compile(r'<!-- ([a-z-]+) -->\n```\n(.*?)```\n', re.S)
ENVIRONMENT = {**os.environ, 'LC_ALL': 'C.UTF-8', 'LANGUAGE': 'en'}


def read(path):
    with open(os.path.join(SOURCE, path), encoding='utf-8') as file:
        return file.read()


def golden(name, language):
    return read(f'tests/golden/screens/{name}.{language}.80x24.txt').rstrip('\n') + '\n'


def put_right(path, language):
    text = SCREEN.sub(lambda m: f'<!-- {m.group(1)} -->\n```\n{golden(m.group(1), language)}```\n', read(path))
    with open(os.path.join(SOURCE, path), 'w', encoding='utf-8') as file:
        file.write(text)


def wrong_screens(text, language):
    return [name for name, shown in SCREEN.findall(text) if shown != golden(name, language)]


def wrong_commands(text):
    wrong = []
    for line in '\n'.join(re.findall(r'```sh\n(.*?)```', text, re.S)).splitlines():
        if not line.strip():
            continue
        words = shlex.split(line)
        program = {os.path.basename(p): p for p in PROGRAMS}.get(words[0])
        if not program:
            wrong.append(line)
            continue
        run = subprocess.run([program, words[1], '--help'], env=ENVIRONMENT, capture_output=True, text=True, check=False)
        known = set(re.findall(r'(?<![\w-])--?[a-zA-Z][a-z-]*', run.stdout))
        if run.returncode != 0:
            wrong.append(line)
        wrong += [f'{word}: {line}' for word in words[2:] if word.startswith('-') and word not in known]
    return wrong


number = bad = 0
print(f'1..{3 * len(GUIDES)}')
for language, path in GUIDES.items():
    if WRITE:
        put_right(path, language)
    guide = read(path)
    screens, commands = wrong_screens(guide, language), wrong_commands(guide)
    enough = len(SCREEN.findall(guide)) >= 10 and guide.count('```\n+-') == len(SCREEN.findall(guide))
    for faults, what in ((screens, 'shows the screens as they are'), (commands, 'names commands and options that exist'),
                         ([] if enough else ['a screen without the name of its golden file'], 'names the screens it shows')):
        number += 1
        bad += bool(faults)
        print(f'{"not ok" if faults else "ok"} {number} - {path} {what}')
        for fault in faults:
            print('#', fault)
sys.exit(1 if bad else 0)

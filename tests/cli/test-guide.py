#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""test-guide.py [--write] SOURCE_ROOT PROGRAM…: guides show screens as they are (tests/golden/screens, named in a comment before each), and
commands that exist with options that exist; both languages show the same. --write puts the screens right. Prints TAP."""
import itertools
import os
import re
import shlex
import subprocess
import sys

WRITE = '--write' in sys.argv
SOURCE, *PROGRAMS = [a for a in sys.argv[1:] if a != '--write']
GUIDES = {'proctor': 10, 'examiner': 5, 'lab-office': 0, 'typists': 0}  # at least so many screens
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


def commands(text):
    return [line for line in '\n'.join(re.findall(r'```sh\n(.*?)```', text, re.S)).splitlines() if line.strip()]


def wrong_commands(text):
    wrong = []
    for line in commands(text):
        words = shlex.split(line)
        program = {os.path.basename(p): p for p in PROGRAMS}.get(words[0])
        if not program:
            wrong.append(line)
            continue
        verbs = list(itertools.takewhile(lambda word: not word.startswith('-'), words[1:3]))
        run = subprocess.run([program, *verbs, '--help'], env=ENVIRONMENT, capture_output=True, text=True, check=False)
        known = set(re.findall(r'(?<![\w-])--?[a-zA-Z][a-z-]*', run.stdout))
        if run.returncode != 0:
            wrong.append(line)
        wrong += [f'{word}: {line}' for word in words[2:] if re.match('--?[a-z]', word) and word not in known]
    return wrong


def plain(line):  # without what people say
    return re.sub(r'"[^"]*"|[一-鿿]+', '""', line)


def check(name, least, language):
    path = f'docs/guides/{name}.md' if language == 'en' else f'docs/guides/{name}.{language}.md'
    if WRITE:
        put_right(path, language)
    guide, other = read(path), read(f'docs/guides/{name}.md')
    shown = SCREEN.findall(guide)
    named = len(shown) >= least and guide.count('```\n+-') == len(shown)
    yield f'{path} shows the screens as they are', wrong_screens(guide, language)
    yield f'{path} names commands and options that exist', wrong_commands(guide)
    yield f'{path} names the screens it shows', [] if named else ['a screen without the name of its golden file']
    if language != 'en':
        same = ([x[0] for x in shown] == [x[0] for x in SCREEN.findall(other)] and
                [*map(plain, commands(guide))] == [*map(plain, commands(other))])
        yield f'{path} has the screens and commands of the English guide', [] if same else ['it has others']


number = bad = 0
for name, least in GUIDES.items():
    for language in ('en', 'zh_CN'):
        for what, faults in check(name, least, language):
            number += 1
            bad += bool(faults)
            print(f'{"not ok" if faults else "ok"} {number} - {what}')
            for fault in faults:
                print('#', fault)
print(f'1..{number}')
sys.exit(1 if bad else 0)

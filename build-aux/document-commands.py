#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""document-commands.py [--write] DOCS PROGRAM…: the lists of commands in DOCS/cli.md and DOCS/man/PROGRAM.1 against what each
PROGRAM says with --help. Prints TAP; with --write puts the lists right."""
import os
import re
import subprocess
import sys

ENVIRONMENT = {**os.environ, 'LC_ALL': 'C.UTF-8', 'LANGUAGE': 'en', 'ARGP_HELP_FMT': 'rmargin=400'}


class Command:
    """One command as its --help tells it."""

    def __init__(self, program, words):
        run = subprocess.run([program, *words, '--help'], env=ENVIRONMENT, capture_output=True, text=True, check=False)
        self.status = run.returncode
        head, _, rest = run.stdout.partition('\n\n')
        usage, _, self.summary = head.partition('\n')
        self.usage = usage.removeprefix('Usage: ').replace(' [OPTION...]', ' [OPTION…]').strip()
        self.example = ' '.join(rest.partition('Example:\n')[2].replace(' \\\n', ' ').split())
        self.options = re.findall(r'^ {1,6}(-.+?)(?:  +(.*))?$', rest.partition('\nExample:')[0], re.M)
        self.options = [(o.strip(), text) for o, text in self.options if not re.search(r'--(help|usage|home|json)', o)]

    def markdown(self):
        return f'| `{self.usage}` | {self.summary} |'

    def roff(self):
        lines = ['.SS ' + roff(self.usage), roff(self.summary) + '.']
        for option, text in self.options:
            lines += ['.TP', '.B ' + roff(option), roff(text)]
        return lines + ['.PP', 'Example:', '.PP', '.EX', roff(self.example), '.EE']


def roff(text):
    text = text.replace('\\', '\\e').replace('-', '\\-')
    return '\\&' + text if text[:1] in ".'" else text


def commands(program):
    overview = subprocess.run([program, '--help'], env=ENVIRONMENT, capture_output=True, text=True, check=True).stdout
    if overview.startswith('Usage:'):  # the program is one command
        yield Command(program, [])
        return
    for line in re.findall(r'^  (\S.*)$', overview, re.M):
        words = re.match(r'(?:[a-z][a-z-]*(?: |$))+', line).group(0).split()
        yield Command(program, words)


def replaced(text, begin, end, lines):
    head, _, rest = text.partition(begin + '\n')
    _, found, tail = rest.partition(end + '\n')
    if not found:
        raise SystemExit(f'no lines "{begin}" and "{end}"')
    return head + begin + '\n' + '\n'.join(lines) + '\n' + end + '\n' + tail


def main():
    write = sys.argv[1] == '--write'
    docs, *programs = sys.argv[2 if write else 1:]
    number = 0
    print(f'1..{3 * len(programs)}')
    for program in programs:
        name = os.path.basename(program)
        all_of_it = list(commands(program))
        table = ['| command | what it does |', '|---|---|'] + [c.markdown() for c in all_of_it]
        pages = (('cli.md', f'<!-- {name} -->', '<!-- end -->', table),
                 (f'man/{name}.1', '.\\" commands', '.\\" end of commands', sum((c.roff() for c in all_of_it), [])))
        for page, begin, end, lines in pages:
            with open(f'{docs}/{page}', encoding='utf-8') as file:
                old = file.read()
            new = replaced(old, begin, end, lines)
            if write and new != old:
                with open(f'{docs}/{page}', 'w', encoding='utf-8') as file:
                    file.write(new)
            number += 1
            print(f'{"ok" if write or new == old else "not ok"} {number} - docs/{page} says of {name} what --help says')
        bad = [c.usage for c in all_of_it if c.status != 0 or not c.summary or not c.example]
        number += 1
        print(f'{"not ok" if bad else "ok"} {number} - every command of {name} explains itself with an example')
        for usage in bad:
            print('#', usage)


main()

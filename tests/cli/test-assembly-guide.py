#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""test-assembly-guide.py SOURCE_ROOT BUILD_ROOT: the commands of docs/guides/assembly.md work as typed in an office's folder, and say what
the guide shows; so in Chinese. A comment before each block says what it is: "type" (": 1" ends with that status), "shows" what the commands
before it said, where "…" stands for any lines and "for example" for other numbers; "into FILE" lines before the last one of a blueprint;
"hand" what a person does in a spreadsheet or an editor. Prints TAP."""
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

SOURCE, BUILD = sys.argv[1:]
BLOCK = re.compile(r'^<!-- (type|shows|into|hand)([^\n]*) -->\n(?:```\w*\n(.*?)^```\n)?', re.M | re.S)


def blocks(language):
    name = 'assembly.md' if language == 'en' else f'assembly.{language}.md'
    with open(os.path.join(SOURCE, 'docs/guides', name), encoding='utf-8') as file:
        return [(kind, detail.lstrip(':, '), text) for kind, detail, text in BLOCK.findall(file.read())]


def run(commands, office, language):
    env = {**os.environ, 'PATH': f'{BUILD}/cli:{os.environ["PATH"]}', 'DATA': f'{SOURCE}/data', 'LC_ALL': 'C.UTF-8', 'LANGUAGE': language,
           'KAOCHANG_LOCALEDIR': f'{BUILD}/po'}
    return subprocess.run(['bash', '-eu', '-c', commands], cwd=office, env=env, text=True, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)


def matches(shown, said, numbers):
    plain = (lambda line: re.sub(r'[0-9]+(\.[0-9]+)?', '#', line)) if numbers else (lambda line: line)
    pattern = ''.join('(?:.*\n)*?' if line == '…' else re.escape(plain(line)) + '\n' for line in shown.splitlines())
    return re.fullmatch(pattern, '\n'.join(map(plain, said.splitlines())) + '\n') is not None


def into(path, lines):
    with open(path, encoding='utf-8') as file:
        text = file.read()
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text.replace('</blueprint>', lines + '</blueprint>'))


def typed(language, home):
    """What went wrong, of each block that can."""
    office, said = os.path.join(home, 'office'), ''
    run('kaochang new office', home, language)
    for kind, detail, text in blocks(language):
        first = text.split('\n')[0]
        if kind == 'shows':
            yield f'and says: {first}', '' if matches(text, said, detail == 'for example') else said
        elif kind == 'into':
            into(os.path.join(office, detail), text)
        else:
            done = run(detail if kind == 'hand' else text, office, language)
            said = done.stdout
            yield first or detail, '' if done.returncode == (int(detail) if kind == 'type' and detail else 0) else said or 'silence'


def results(language):
    with tempfile.TemporaryDirectory() as home:
        return [(f'{language}: {what}', fault) for what, fault in typed(language, home)]


def commands(language):
    return [block for block in blocks(language) if block[0] in ('type', 'into')]


with ThreadPoolExecutor() as pool:
    told = [result for each in pool.map(results, ('en', 'zh_CN')) for result in each]
told.append(('the Chinese guide has the same commands', '' if commands('en') == commands('zh_CN') else 'it has others'))
for number, (what, fault) in enumerate(told, 1):
    print(f'{"not ok" if fault else "ok"} {number} - {what}')
    for line in fault.splitlines():
        print('#', line)
print(f'1..{len(told)}')

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every #include "folder/…" goes downward as docs/README.md's table of folders allows. Prints TAP."""
import os
import re
import sys

root = sys.argv[1]

# folder -> folders it may include besides itself and base; the longest matching prefix decides
ALLOWED = {
    'base': [],
    'paperbank/item': [],
    'paperbank/test': ['paperbank/item'],
    'paperbank/bank': ['paperbank/item', 'paperbank/test'],
    # the engine: integers first, what proves stands apart from what searches
    'engine/problem': [],
    'engine/proof': ['engine/problem'],
    'engine/search': ['engine/problem', 'engine/proof'],
    'engine/explain': ['engine/problem', 'engine/proof', 'engine/search'],
    'engine/blueprint': ['engine/problem', 'paperbank/item', 'paperbank/bank'],
    'engine/print': ['paperbank/item'],
    'engine/exam': ['engine', 'paperbank/item', 'paperbank/test', 'paperbank/bank'],
    'exam-packages': [],
    'scoring': ['paperbank/item', 'paperbank/test'],
    'scoring/practical': [],
    'scoring/lab': [],
    'client/rate': ['paperbank/item', 'exam-packages', 'client', 'scoring/lab'],
    'cli/rate': ['cli/command.h', 'cli/playing.h', 'cli/password.h', 'exam-packages', 'client', 'scoring/lab'],
    'client': ['paperbank/item', 'paperbank/test', 'exam-packages'],
    'office': ['exam-packages', 'scoring/record.h', 'scoring/lab'],
    'sync': ['exam-packages', 'scoring/record.h', 'scoring/lab'],
    'statistics': ['sync', 'scoring/lab'],
    # the programs stand above everything; only the candidate's is held away from keys
    'cli/client': ['cli/command.h', 'cli/fetching.h', 'cli/opening.h', 'cli/playing.h', 'cli/password.h', 'paperbank/item', 'paperbank/test', 'exam-packages', 'client'],
    'cli/score': ['cli/command.h', 'cli/identities.h', 'cli/password.h', 'paperbank/item', 'paperbank/test', 'exam-packages', 'scoring', 'sync', 'office'],
    # the bank's screens stand on the candidate's
    'cli/bank': ['cli/command.h', 'cli/playing.h', 'cli/password.h', 'paperbank', 'engine', 'exam-packages', 'scoring', 'office', 'sync', 'statistics', 'client/screens'],
    # so does the typing of paper sheets
    'cli/sheets': ['cli/command.h', 'cli/playing.h', 'cli/keys', 'cli/office', 'exam-packages', 'scoring/lab', 'office', 'client/screens'],
    'cli/room': ['cli/command.h', 'cli/opening.h', 'client/room'],
    # what proctors give to either of these two programs goes to the agent as the agent says
    'cli/opening.c': ['cli/command.h', 'cli/opening.h', 'cli/password.h', 'exam-packages', 'client/agent/opening.h'],
    'cli/playing.c': ['cli/command.h', 'cli/playing.h', 'client/screens'],
    'cli/playing.h': ['cli/command.h', 'client/screens'],
    'cli': ['paperbank', 'engine', 'exam-packages', 'scoring', 'office', 'sync', 'statistics'],
}


def owner(path):
    fits = [f for f in ALLOWED if path == f or path.startswith(f + '/')]
    return max(fits, key=len) if fits else None


def edges():
    for folder in sorted({f.split('/')[0] for f in ALLOWED}):
        for where, _, names in sorted(os.walk(os.path.join(root, folder))):
            for name in sorted(names):
                if name.endswith(('.c', '.h')):
                    path = os.path.relpath(os.path.join(where, name), root)
                    with open(os.path.join(root, path), encoding='utf-8') as text:
                        for number, line in enumerate(text, 1):
                            found = re.match(r'\s*#\s*include\s+"([^"]+)"', line)
                            if found:
                                yield path, number, found.group(1)


def may(path, target):
    here = owner(path)
    allowed = ['base', here] + ALLOWED[here]
    return any(target == a or target.startswith(a + '/') for a in allowed)


def main():
    bad, doors, seen = [], [], 0
    for path, number, target in edges():
        seen += 1
        networked = target.startswith('client/room/net/') and not path.startswith(('client/room/net/', 'cli/room/'))
        if networked or not may(path, target):
            bad.append(f'{path}:{number} includes {target}')
    for header, allowed in (('sqlite3.h', r'base/db\.c|exam-packages/journal.*\.c|client/store/.*\.c|scoring/practical/database/.*'),
                            ('libxml/', r'base/xml.*|bench/.*'), ('curses.h', r'client/screens/term\.c|bench/.*'), ('chafa.h', r'client/screens/picture\.c'),
                            ('png.h', r'base/picture.*'), ('jpeglib.h', r'base/picture-jpeg\.c'),
                            ('pango', r'base/print/.*'), ('cairo', r'base/print/.*'),
                            ('microhttpd.h', r'client/room/net/https\.c'), ('curl/', r'client/room/net/courier\.c|exam-packages/http/http\.c'),
                            ('gnutls/', r'client/room/net/.*')):
        for where, _, names in sorted(os.walk(root)):
            if '/tests' in where or '/build' in where or '/.' in where:
                continue
            for name in sorted(names):
                path = os.path.relpath(os.path.join(where, name), root)
                if name.endswith(('.c', '.h')) and not re.fullmatch(allowed, path):
                    with open(os.path.join(root, path), encoding='utf-8') as text:
                        if re.search(r'#\s*include\s+<[^>]*' + re.escape(header), text.read()):
                            doors.append(f'{path} includes {header}')
    print('1..3')
    print('ok 1 - there is something to look at' if seen > 20 else 'not ok 1 - there is something to look at')
    for number, name, faults in ((2, 'every include goes downward', bad),
                                 (3, 'SQLite, XML, pictures, printing, the network and the terminal have one door each', doors)):
        print(f'{"not ok" if faults else "ok"} {number} - {name}')
        for fault in faults:
            print('#', fault)


main()

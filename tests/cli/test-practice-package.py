#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""test-practice-package.py SOURCE_ROOT KAOCHANG KAOCHANG_SCORE: the practice package imports clean, each key earns all, each
wrong answer what it should. Prints TAP."""
import glob
import json
import os
import subprocess
import sys
import tempfile

root, kaochang, score = sys.argv[1:]
HUMAN = {'p21', 'p22', 'p27', 'p28'}

# answers that are not the key, and what they earn
OTHER = {
    'p01': [(['shift'], 0), (['alt'], 0), (['tab'], 0), ([], 0)],
    'p02': [(['A'], 0), (['B'], 0), (['D'], 0)],
    'p03': [(['A', 'B'], 2), (['A', 'B', 'D', 'C'], 2), (['A', 'B', 'C', 'D', 'E'], 1), (['C', 'E'], 0)],
    'p04': [(['B'], 1), (['A', 'B', 'D'], 1), (['A', 'C'], 0)],
    'p05': [(['true'], 0)],
    'p06': [(['false'], 0)],
    'p07': [(['GB', 'MB', 'KB', 'B'], 0), (['B', 'MB', 'KB', 'GB'], 0), (['B', 'KB', 'MB'], 0)],
    'p08': [(['main', 'source', 'merge', 'field'], 2), (['source', 'main', 'field', 'merge'], 2),
            (['merge', 'field', 'source', 'main'], 0), (['main'], 1)],
    'p09': [(['keyboard mouse', 'printer screen'], 0), (['keyboard printer', 'mouse screen', 'usb disk'], 0)],
    'p10': [(['unzip zip', 'decrypt encrypt'], 2), (['zip undo', 'unzip redo'], 0)],
    'p11': [(['c copy', 'v paste', 'x undo', 'z cut'], 2), (['c paste'], 0)],
    'p12': [(['mp3 sound', 'wav sound', 'mp4 video', 'png video'], 0), (['mp3 sound'], 0)],
    'p13': [(['cpu G1', 'disk G2', 'ram G3'], 1), (['screen G1'], 0)],
    'p14': [(['relative G1', 'mixed G2', 'absolute G3'], 0)],
    'p15': [({'R1': ['n8'], 'R2': ['n1000']}, 1), ({'R1': ['n4'], 'R2': ['n2048']}, 0), ({'R1': [], 'R2': ['n1024']}, 1)],
    'p16': [({'R1': ['enter'], 'R2': ['shift']}, 1), ({'R1': ['ctrl'], 'R2': ['enter']}, 0)],
    'p17': [(['url'], 1), (['\uff35\uff32\uff2c '], 1), (['uri'], 0)],
    'p18': [(['max'], 2), ([' Max'], 2), (['MIN'], 0), (['MAX()'], 0)],
    'p19': [(['5.94'], 2), (['5.92'], 2), (['5.95'], 0), (['6'], 0)],
    'p20': [(['50'], 2), (['50.3'], 2), (['46'], 2), (['45'], 0), (['6'], 0)],
    'p23': [(['scheme'], 0), (['folder'], 0), (['file'], 0)],
    'p24': [(['id'], 1), (['id', 'phone', 'place'], 1), (['time', 'place'], 0)],
    'p25': [(['70'], 0), (['80'], 0)],
    'p26': [(['7'], 0), (['16'], 0)],
    'p29': [(['1'], 0)],
    'p30': [(['1'], 0)],
    'p31': [(['A'], 0), (['C'], 0), (['D'], 0)],
    'p32': [(['A'], 0), (['B'], 0), (['C'], 0)],
    'p33': [(['A'], 0), (['C'], 0)],
    'p34': [(['A'], 0), (['B'], 0), (['D'], 0)],
}


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, check=False)


def result(number, name, bad):
    print(f'{"not ok" if bad else "ok"} {number} - {name}')
    for line in bad:
        print('#', line)


def feedback(folder, item, responses, seed='1'):
    name = os.path.join(folder, 'responses.json')
    with open(name, 'w', encoding='utf-8') as file:
        json.dump(responses, file)
    done = run(score, 'item', f'{root}/data/practice/items/{item}.xml', '--responses', name, '--feedback', '--seed', seed)
    return json.loads(done.stdout) if done.returncode == 0 else {'error': done.stderr, 'correct': {}}


def keys(folder, items):
    for item in items:
        for seed in ('1', '2', '3'):
            correct = feedback(folder, item, {}, seed)['correct']
            found = feedback(folder, item, correct, seed)
            if item in HUMAN:
                fine = found.get('status') == 'pending' and not correct
            else:
                fine = correct and found.get('points') == found.get('maximum') and found.get('status') == 'auto'
            if not fine:
                yield f'{item}, seed {seed}: {found}'


def others(folder, items):
    for item in sorted(set(items) - HUMAN - set(OTHER)):
        yield f'{item} has no wrong answer here'
    for item, cases in OTHER.items():
        for responses, points in cases:
            given = responses if isinstance(responses, dict) else {'RESPONSE': responses}
            found = feedback(folder, item, given)
            if found.get('points') != str(points):
                yield f'{item}: {given} earns {found.get("points", found)}, not {points}'


def numbers(folder):
    """A parametrised item draws other numbers for other seeds, and the same for the same."""
    for item in ('p29', 'p30'):
        drawn = [feedback(folder, item, {}, str(seed))['correct']['RESPONSE'][0] for seed in range(12)]
        again = [feedback(folder, item, {}, str(seed))['correct']['RESPONSE'][0] for seed in range(12)]
        if drawn != again or len(set(drawn)) < 4:
            yield f'{item}: {drawn}, then {again}'


def main():
    items = sorted(os.path.basename(path)[:-4] for path in glob.glob(f'{root}/data/practice/items/*.xml'))
    print('1..5')
    with tempfile.TemporaryDirectory() as folder:
        office = os.path.join(folder, 'office')
        run(kaochang, 'new', office)
        imported = run(kaochang, '-C', office, 'bank', 'import', f'{root}/data/practice/imsmanifest.xml')
        clean = imported.returncode == 0 and len(items) == 34
        result(1, 'the whole package imports', [] if clean else (imported.stdout + imported.stderr).splitlines())
        checked = run(kaochang, '-C', office, 'bank', 'check')
        result(2, 'the check of the bank finds nothing', [] if checked.returncode == 0 else checked.stdout.splitlines())
        result(3, 'the key of every item earns its maximum, or a marker is waited for', list(keys(folder, items)))
        result(4, 'other answers earn what they should', list(others(folder, items)))
        result(5, 'parametrised items draw by the seed', list(numbers(folder)))


main()

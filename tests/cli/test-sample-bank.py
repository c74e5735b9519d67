#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""test-sample-bank.py SOURCE_ROOT KAOCHANG KAOCHANG_SCORE: the sample bank imports clean, and every key earns full points.
Prints TAP."""
import glob
import json
import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml

root, kaochang, score = sys.argv[1:]
QTI = '{http://www.imsglobal.org/xsd/imsqti_v2p2}'


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, check=False)


def result(number, name, bad):
    print(f'{"not ok" if bad else "ok"} {number} - {name}')
    for line in bad:
        print('#', line)


def keys(path):
    """Responses of the key: by response identifier, the correct values."""
    declared = xml.parse(path).getroot().iter(QTI + 'responseDeclaration')
    return {d.get('identifier'): [v.text for v in d.iter(QTI + 'value')] for d in declared}


def alternatives(path):
    """Every accepted spelling, as a response each."""
    for declared in xml.parse(path).getroot().iter(QTI + 'responseDeclaration'):
        for entry in declared.iter(QTI + 'mapEntry'):
            yield {**keys(path), declared.get('identifier'): [entry.get('mapKey')]}


def distractors(path):
    """For single choice and true/false, every other choice."""
    item = xml.parse(path).getroot()
    key = keys(path).get('RESPONSE', [])
    if item.find(f'.//{QTI}choiceInteraction[@maxChoices="1"]') is not None:
        for choice in item.iter(QTI + 'simpleChoice'):
            if choice.get('identifier') not in key:
                yield {'RESPONSE': [choice.get('identifier')]}


def outcomes(cases, folder):
    name = os.path.join(folder, 'cases.jsonl')
    with open(name, 'w', encoding='utf-8') as file:
        for number, (path, responses) in enumerate(cases):
            file.write(json.dumps({'id': str(number), 'item_xml_path': path, 'responses': responses}) + '\n')
    lines = run(score, 'cases', name).stdout.splitlines()
    return [json.loads(line).get('outcomes', {}) for line in lines]


def wrong(cases, folder, points):
    found = outcomes(cases, folder)
    if len(found) != len(cases):
        return [f'{len(found)} outcomes for {len(cases)} cases']
    return [f'{path}: {responses} scores {o.get("SCORE")}' for (path, responses), o in zip(cases, found)
            if o.get('SCORE') != points(o)]


def main():
    items = sorted(glob.glob(f'{root}/data/bank/items/*.xml'))
    print('1..6')
    with tempfile.TemporaryDirectory() as folder:
        office = os.path.join(folder, 'office')
        run(kaochang, 'new', office)
        imported = run(kaochang, '-C', office, 'bank', 'import', f'{root}/data/bank/imsmanifest.xml')
        clean = imported.returncode == 0 and len(items) == 60 and 'refused 0' in imported.stdout
        result(1, 'all sixty items import', [] if clean else (imported.stdout + imported.stderr).splitlines())
        checked = run(kaochang, '-C', office, 'bank', 'check')
        result(2, 'the check of the bank finds nothing', [] if checked.returncode == 0 else checked.stdout.splitlines())
        result(3, 'the key of every item earns its maximum',
               wrong([(i, keys(i)) for i in items], folder, lambda o: o.get('MAXSCORE')))
        result(4, 'every accepted spelling earns it too',
               wrong([(i, r) for i in items for r in alternatives(i)], folder, lambda o: o.get('MAXSCORE')))
        result(5, 'no answer earns nothing',
               wrong([(i, {r: [] for r in keys(i)}) for i in items], folder, lambda o: 0))
        result(6, 'no other choice earns anything',
               wrong([(i, r) for i in items for r in distractors(i)], folder, lambda o: 0))


main()

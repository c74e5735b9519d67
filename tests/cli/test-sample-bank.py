#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""test-sample-bank.py SOURCE_ROOT KAOCHANG KAOCHANG_SCORE: the sample bank and the packages of the city import clean, alone the
one and together with it the others, and every key earns full points. Prints TAP."""
import glob
import json
import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml

root, kaochang, score = sys.argv[1:]
QTI = '{http://www.imsglobal.org/xsd/imsqti_v2p2}'
IMSCP = '{http://www.imsglobal.org/xsd/imscp_v1p1}'


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
    for declared in xml.parse(path).getroot().iterfind(f'{QTI}responseDeclaration[@baseType="string"]'):
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


def packages():
    """The sample bank, and the packages of the city: manifest, items that it names."""
    for manifest in [f'{root}/data/bank/imsmanifest.xml', *sorted(glob.glob(f'{root}/data/city/*/imsmanifest.xml'))]:
        names = [r.get('href') for r in xml.parse(manifest).getroot().iter(IMSCP + 'resource')]
        yield manifest, [os.path.join(os.path.dirname(manifest), n) for n in names]


def comes_in(office, manifest, items):
    """What is wrong with an import: not everything came in, or an item lies in the folder that the manifest does not name."""
    imported = run(kaochang, '-C', office, 'bank', 'import', manifest)
    lying = sorted(glob.glob(os.path.join(os.path.dirname(manifest), 'items', '*.xml')))
    clean = imported.returncode == 0 and 'refused 0' in imported.stdout and lying == sorted(items)
    return [] if clean else [manifest, *(imported.stdout + imported.stderr).splitlines()]


def main():
    everything = list(packages())
    items = [item for _, names in everything for item in names]
    print('1..7')
    with tempfile.TemporaryDirectory() as folder:
        office = os.path.join(folder, 'office')
        run(kaochang, 'new', office)
        bad = comes_in(office, *everything[0])
        result(1, 'all sixty items import', bad if len(everything[0][1]) == 60 else [*bad, 'not sixty'])
        checked = run(kaochang, '-C', office, 'bank', 'check')
        bad = [] if checked.returncode == 0 else checked.stdout.splitlines()
        result(2, 'the check of the bank finds nothing', bad)
        bad = [line for package in everything[1:] for line in comes_in(office, *package)]
        result(3, 'the packages of the city import beside it', bad)
        checked = run(kaochang, '-C', office, 'bank', 'check')
        bad = [] if checked.returncode == 0 else checked.stdout.splitlines()
        result(4, 'and the check of all finds nothing', bad)
        result(5, 'the key of every item earns its maximum, every accepted spelling too',
               wrong([(i, keys(i)) for i in items], folder, lambda o: o.get('MAXSCORE'))
               + wrong([(i, r) for i in items for r in alternatives(i)], folder, lambda o: o.get('MAXSCORE')))
        result(6, 'no answer earns nothing',
               wrong([(i, {r: [] for r in keys(i)}) for i in items], folder, lambda o: 0))
        result(7, 'no other choice earns anything',
               wrong([(i, r) for i in items for r in distractors(i)], folder, lambda o: 0))


main()

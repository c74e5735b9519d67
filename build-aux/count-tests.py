#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""count-tests.py BUILD…: adds up the test cases of meson runs from their JUnit logs; prints the runner's closing line. A test that
the builds know and none of them ran has failed."""
import json
import sys
import xml.etree.ElementTree as xml

passed = failed = skipped = 0
known, ran = set(), set()
for build in sys.argv[1:]:
    for case in xml.parse(f'{build}/meson-logs/testlog.junit.xml').iter('testcase'):
        kinds = {child.tag for child in case}
        if kinds & {'failure', 'error'}:
            failed += 1
            print(f'failed: {case.get("classname")}: {case.get("name")} ({build})')
        elif 'skipped' in kinds:
            skipped += 1
        else:
            passed += 1
    with open(f'{build}/meson-info/intro-tests.json', encoding='utf-8') as file:
        known.update(test['name'] for test in json.load(file))
    with open(f'{build}/meson-logs/testlog.json', encoding='utf-8') as file:
        ran.update(json.loads(line)['name'].split(' / ', 1)[1] for line in file)
for name in sorted(known - ran):
    failed += 1
    print(f'failed: {name}: no build ran it')
print(f'{passed} passed, {failed} failed, {skipped} skipped')
sys.exit(1 if failed or not passed else 0)

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""count-tests.py BUILD…: adds up the test cases of meson runs from their JUnit logs; prints the runner's closing line."""
import sys
import xml.etree.ElementTree as xml

passed = failed = skipped = 0
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
print(f'{passed} passed, {failed} failed, {skipped} skipped')
sys.exit(1 if failed or not passed else 0)

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What ten-tasks.sh knows of data/tasks. ten-tasks.py COMMAND TASKS …: `names`; `blueprint FILE`: the blueprint with all tasks of each
section; `pairs best|middle`: TASK=CANDIDATE of the one that was judged highest, or nearest to half; `compare RECORD PAIR…`: each item of
a score record that earns something else than was judged."""
import json
import os
import sys
import xml.etree.ElementTree as xml
from fractions import Fraction

COMMAND, TASKS, *REST = sys.argv[1:]
BLUEPRINT = '{urn:kaochang:blueprint:1}'
KC = '{urn:kaochang:metadata:1}'
CP = '{http://www.imsglobal.org/xsd/imscp_v1p1}'


def resources():
    """{task: its knowledge point}"""
    root = xml.parse(os.path.join(TASKS, 'imsmanifest.xml')).getroot()
    return {os.path.dirname(r.get('href')): r.find(f'{CP}metadata/{KC}item').get('knowledgePoint') for r in root.iter(CP + 'resource')}


def judged(task):
    with open(os.path.join(TASKS, task, 'expected.json'), encoding='utf-8') as file:
        return json.load(file)


def maximum(task):
    return Fraction(xml.parse(os.path.join(TASKS, task, 'rules.xml')).getroot().get('points'))


def blueprint(path):
    tree = xml.parse(path)
    root, total = tree.getroot(), 0
    xml.register_namespace('', BLUEPRINT[1:-1])
    for section in root.findall(BLUEPRINT + 'section'):
        areas = section.get('knowledgePoints').split()
        count = sum(point.split('.')[0] in areas for point in resources().values())
        if not count:
            root.remove(section)
        section.set('count', str(count))
        total += count * int(section.get('points'))
    for found in root.findall(BLUEPRINT + 'meanFacility'):
        root.remove(found)
    root.set('points', str(total))
    root.set('forms', '1')
    for name in ('maxOverlap', 'tutorial'):
        root.attrib.pop(name, None)
    tree.write(sys.stdout, encoding='unicode')


def pairs(which):
    for task in sorted(resources()):
        most, results = maximum(task), judged(task)
        away = {'best': lambda r: most - Fraction(str(r['total'])), 'middle': lambda r: abs(most / 2 - Fraction(str(r['total'])))}[which]
        print(f'{task}={min(sorted(results), key=lambda name: away(results[name]))}', end=' ')


def compare(path, *chosen):
    earned = {}
    for item in xml.parse(path).getroot().iter():
        if item.tag.endswith('}item'):
            earned[item.get('id')] = item
    for pair in chosen:
        task, name = pair.split('=')
        item = earned[task]
        right = Fraction(item.get('maximum')) * Fraction(str(judged(task)[name]['total'])) / maximum(task)
        if abs(Fraction(item.get('points')) - right) > Fraction(1, 1000):
            print(f'{pair}: {item.get("points")} of {item.get("maximum")}, {float(right)} is right')


{'names': lambda: print(*sorted(resources())), 'blueprint': blueprint, 'pairs': pairs, 'compare': compare}[COMMAND](*REST)

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""test-tasks.py SOURCE_ROOT KAOCHANG KAOCHANG_SCORE: each practical task of data/tasks has valid rules; what is given earns nothing, the model
solution everything, each candidate what expected.json says. With KAOCHANG_TEST_LONG LibreOffice opens and re-saves all office files
in both families, and the solutions still earn everything. Prints TAP."""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml

ROOT, KAOCHANG, SCORE = sys.argv[1:]
TASKS = os.path.join(ROOT, 'data/tasks')
LONG = bool(os.environ.get('KAOCHANG_TEST_LONG'))
QTI = '{http://www.imsglobal.org/xsd/imsqti_v2p2}'
CP = '{http://www.imsglobal.org/xsd/imscp_v1p1}'
KC = '{urn:kaochang:metadata:1}'
RULES = '{urn:kaochang:practical:1}'
FAMILIES = {'.docx': ('docx', 'odt'), '.xlsx': ('xlsx', 'ods'), '.pptx': ('pptx', 'odp')}
FAMILIES.update({f'.{odf}': (ooxml, odf) for ooxml, odf in list(FAMILIES.values())})
TOTAL = ''  # no check is called so
MOST_BYTES = 40 << 10
WORK = tempfile.mkdtemp(prefix='tasks-')


def run(*command, timeout=60):
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=timeout)


def task_names():
    return sorted(name for name in os.listdir(TASKS) if os.path.isdir(os.path.join(TASKS, name)))


def below(folder):
    for path, _, names in os.walk(folder):
        yield from (os.path.join(path, name) for name in names)


def copy_into(target, *folders):
    os.makedirs(target, exist_ok=True)
    for folder in folders:
        if os.path.isdir(folder):
            shutil.copytree(folder, target, dirs_exist_ok=True)
    return target


def given(task):
    """What the candidate gets: start/ and material/ in one folder."""
    target = os.path.join(WORK, 'given', task)
    return target if os.path.isdir(target) else copy_into(target, *(os.path.join(TASKS, task, f) for f in ('start', 'material')))


def score(task, folder, start=None):
    """The lines of checks by their id, and the last one under TOTAL."""
    done = run(SCORE, 'checks', os.path.join(TASKS, task, 'rules.xml'), folder, '--start', start or given(task))
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr
    return {line.get('id', TOTAL): line for line in map(json.loads, done.stdout.splitlines())}


def losses(found):
    return [f'{c["id"]} {c["status"]}: {c["points"]} of {c["maximum"]}, {c.get("kind")} expected {c.get("expected")}, found {c.get("found")}, '
            f'{c.get("place")}' for c in found.values() if 'id' in c and c['points'] != c['maximum']]


def gains(found):
    return [f'{c["id"]}: {c["points"]}, found {c.get("found")}' for c in found.values() if 'id' in c and c['points'] > 0]


def maximum(task):
    return float(xml.parse(os.path.join(TASKS, task, 'rules.xml')).getroot().get('points'))


def is_full(task, found):
    assert found[TOTAL]['total'] == found[TOTAL]['maximum'] == maximum(task), '\n'.join(losses(found))


def the_item_asks_for_files_and_is_worth_what_its_rules_are(task):
    item = xml.parse(os.path.join(TASKS, task, 'item.xml')).getroot()
    assert item.get('identifier') == task, item.get('identifier')
    assert len(list(item.iter(QTI + 'uploadInteraction'))) == 1
    values = {o.get('identifier'): o.findtext(f'{QTI}defaultValue/{QTI}value') for o in item.iter(QTI + 'outcomeDeclaration')}
    assert float(values['MAXSCORE']) == maximum(task), (values, maximum(task))


def its_files_are_small(task):
    big = [path for path in below(os.path.join(TASKS, task)) if os.path.getsize(path) > MOST_BYTES]
    assert not big, big


def what_is_given_earns_nothing_and_the_model_everything(task):
    model = os.path.join(TASKS, task, 'model')
    done = run(SCORE, 'rules', os.path.join(TASKS, task, 'rules.xml'), '--start', given(task), '--model', model)
    assert done.returncode == 0, done.stdout + done.stderr
    is_full(task, score(task, model))
    assert score(task, given(task))[TOTAL]['total'] == 0


def each_candidate_earns_what_a_person_judged(task):
    with open(os.path.join(TASKS, task, 'expected.json'), encoding='utf-8') as file:
        judged = json.load(file)
    folders = sorted(os.listdir(os.path.join(TASKS, task, 'candidates')))
    assert sorted(judged) == folders and len(folders) >= 4, (sorted(judged), folders)
    wrong = []
    for name in folders:
        found = score(task, os.path.join(TASKS, task, 'candidates', name))
        for check, points in judged[name].get('checks', {}).items():
            if found[check]['points'] != points:
                wrong.append(f'{name}: {check} earns {found[check]["points"]}, {points} is right: {found[check]}')
        if found[TOTAL]['total'] != judged[name]['total']:
            wrong += [f'{name} earns {found["total"]["total"]}, {judged[name]["total"]} is right; it lost:', *losses(found)]
    assert not wrong, '\n'.join(wrong)


def the_manifest_names_every_file_of_every_task():
    manifest = xml.parse(os.path.join(TASKS, 'imsmanifest.xml')).getroot()
    resources = {os.path.dirname(r.get('href')): r for r in manifest.iter(CP + 'resource')}
    assert sorted(resources) == task_names(), (sorted(resources), task_names())
    for task, resource in resources.items():
        about = resource.find(f'{CP}metadata/{KC}item')
        assert float(about.get('points')) == maximum(task), task
        assert all(about.get(name) for name in ('knowledgePoint', 'cognitiveLevel', 'facility', 'expectedTime')), task
        named = {f.get('href') for f in resource.iter(CP + 'file')}
        there = {os.path.relpath(path, TASKS) for part in ('start', 'material', 'model') for path in below(os.path.join(TASKS, task, part))}
        there |= {f'{task}/item.xml', f'{task}/rules.xml'}
        assert named == there, (task, sorted(named ^ there))


def a_bank_takes_them_all_and_gives_them_back():
    home, out = os.path.join(WORK, 'office'), os.path.join(WORK, 'exported')
    for command in (('new', home), ('-C', home, 'bank', 'import', f'{TASKS}/imsmanifest.xml'), ('-C', home, 'bank', 'export', '-o', out)):
        done = run(KAOCHANG, *command)
        assert done.returncode == 0, done.stdout + done.stderr
    for task in task_names():
        for part in ('start', 'material', 'model'):
            here, there = os.path.join(TASKS, task, part), os.path.join(out, 'tasks', task, part)
            assert sorted(os.path.relpath(p, here) for p in below(here)) == sorted(os.path.relpath(p, there) for p in below(there)), there


# ---- LibreOffice ----

def office_files(folder):
    return sorted(path for path in below(folder) if os.path.splitext(path)[1] in FAMILIES)


def copied_under_numbers(task, part):
    """Office files of a folder, under names that no other has: {path inside the folder: copy}."""
    folder = os.path.join(TASKS, task, part)
    copies = {}
    for number, path in enumerate(office_files(folder)):
        copy = os.path.join(WORK, 'in', f'{task}-{part}-{number}{os.path.splitext(path)[1]}')
        os.makedirs(os.path.dirname(copy), exist_ok=True)
        shutil.copyfile(path, copy)
        copies[os.path.relpath(path, folder)] = copy
    return copies


def convert(copies, target):
    """All files that become this format, in one run of LibreOffice; files of the result by the copy."""
    mine = [copy for copy in copies if target in FAMILIES[os.path.splitext(copy)[1]]]
    out = os.path.join(WORK, 'out')
    if mine:
        done = run('soffice', f'-env:UserInstallation=file://{WORK}/profile', '--headless', '--convert-to', target, '--outdir', out, *mine,
                   timeout=600)
        assert done.returncode == 0, done.stdout + done.stderr
    return {copy: os.path.join(out, os.path.splitext(os.path.basename(copy))[0] + '.' + target) for copy in mine}


class Resaved:
    """All office files of start/ and model/, re-saved in both families."""

    def __init__(self):
        self.copies = {(task, part): copied_under_numbers(task, part) for task in task_names() for part in ('start', 'model')}
        everything = [copy for copies in self.copies.values() for copy in copies.values()]
        self.made = {target: convert(everything, target) for pair in set(FAMILIES.values()) for target in pair}

    def folder(self, task, part, family):
        """The folder with its office files in their other form; None where it has none."""
        copies = self.copies[task, part]
        target = copy_into(os.path.join(WORK, 'resaved', task, part, str(family)), os.path.join(TASKS, task, part))
        for path, copy in copies.items():
            form = FAMILIES[os.path.splitext(path)[1]][family]
            result = self.made[form][copy]
            assert os.path.exists(result), f'LibreOffice does not open {path}'
            os.remove(os.path.join(target, path))
            shutil.copyfile(result, os.path.join(target, os.path.splitext(path)[0] + '.' + form))
        return target if copies else None


def kept_points(task):
    """What checks give that count although the start file has it so."""
    checks = xml.parse(os.path.join(TASKS, task, 'rules.xml')).getroot().iter(RULES + 'check')
    return sum(float(c.get('points') or 0) for c in checks if c.get('unchanged'))


def resaved_cases(resaved, task):
    for family, name in enumerate(('OOXML', 'ODF')):
        def start_case(family=family):
            folder = resaved.folder(task, 'start', family)
            if folder:
                found = score(task, folder)
                assert found[TOTAL]['total'] <= kept_points(task), '\n'.join(gains(found))

        def model_case(family=family):
            folder = resaved.folder(task, 'model', family)
            if folder:
                is_full(task, score(task, folder))
        yield f'{task}: LibreOffice opens the start files; saved as {name} they earn nothing', start_case
        yield f'{task}: the model solution, saved by LibreOffice as {name}, earns everything', model_case


def cases():
    yield 'the manifest names every file of every task', the_manifest_names_every_file_of_every_task
    yield 'a bank takes them all and gives them back', a_bank_takes_them_all_and_gives_them_back
    for task in task_names():
        for case in (the_item_asks_for_files_and_is_worth_what_its_rules_are, its_files_are_small,
                     what_is_given_earns_nothing_and_the_model_everything, each_candidate_earns_what_a_person_judged):
            yield f'{task}: {case.__name__.replace("_", " ")}', lambda task=task, case=case: case(task)
    if LONG and shutil.which('soffice'):
        resaved = Resaved()
        for task in task_names():
            yield from resaved_cases(resaved, task)


def main():
    number = 0
    for number, (name, case) in enumerate(cases(), 1):
        try:
            case()
            print(f'ok {number} - {name}', flush=True)
        except (AssertionError, KeyError, ValueError, OSError, subprocess.TimeoutExpired) as fault:
            print(f'not ok {number} - {name}')
            print('\n'.join(f'# {line}' for line in f'{type(fault).__name__}: {fault}'.splitlines()[:60]), flush=True)
    if not (LONG and shutil.which('soffice')):
        number += 1
        print(f'ok {number} - re-saved by LibreOffice # SKIP {"soffice is not installed" if LONG else "runs with ./test --long"}')
    print(f'1..{number}')
    shutil.rmtree(WORK)


main()

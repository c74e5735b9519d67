#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`kaochang assemble --problem`: tiny random problems against trying everything, wrong files refused. Usage: test-problem-files.py SOURCE_ROOT
KAOCHANG [ROUNDS [SEED]]. Prints TAP."""
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time

SOURCE, KAOCHANG = sys.argv[1:3]
ROUNDS, SEED = (int(v) for v in (sys.argv[3:] + ['1', '1'][len(sys.argv) - 3:])[:2])
sys.path[:0] = [os.path.join(SOURCE, 'bench/assembly'), os.path.join(SOURCE, 'tests/cli')]
import generate  # noqa: E402
import problem_files as files  # noqa: E402
from reference import JUDGES, Problem  # noqa: E402

number = 0


def case(faults, name):
    global number
    number += 1
    print(f'{"not ok" if faults else "ok"} {number} - {name}', *(f'# {line}' for fault in faults for line in str(fault).splitlines()), sep='\n', flush=True)


def assemble(folder, *more, **environment):
    return subprocess.run([KAOCHANG, 'assemble', '--problem', folder, '--json', '--seconds', '5', *more], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                          env={**os.environ, 'LC_ALL': 'C', **environment})


def near(a, b):
    return a is not None and abs(a - float(b)) <= 1e-6 * (1 + abs(float(b)))


def faults_of_answer(problem, done):
    best = files.best_of(problem, JUDGES)
    answer = json.loads(done.stdout)
    if (best is None) != (answer['status'] == 'infeasible') or done.returncode != (best is None):
        return f'{answer["status"]}, exit status {done.returncode}; the best is {best}'
    if best is None:
        return faults_of_conflict(problem, answer)
    broken, value = problem.judge(answer['forms'])
    if broken:
        return f'broken: {broken}'
    if answer['status'] != 'optimal' or value != best or not near(answer['objective'], best) or answer['bound'] != answer['objective'] or 'proven' not in answer:
        return f'{answer["status"]} {float(value)}, told {answer["objective"]}, bound {answer["bound"]}; the best is {float(best)}'
    return None


def faults_of_conflict(problem, answer):
    conflict = set(answer['conflict'])
    if files.best_of(problem, JUDGES, conflict):
        return f'these do not conflict: {conflict}'
    if answer['smallest'] and not all(files.best_of(problem, JUDGES, conflict - {one}) for one in conflict):
        return f'not all of these are needed: {conflict}'
    return None


def small_problems(folder):
    faults, n = [], 0
    for round_ in range(ROUNDS):
        for k, kind in enumerate(files.KINDS):
            for o, objective in enumerate(files.OBJECTIVES):
                r = random.Random(f'{SEED} {round_} {kind} {objective}')
                place = os.path.join(folder, f'{round_}-{kind}-{objective}')
                files.random_problem(r, place, kind, objective, 1 + (k + o + round_) % 3)
                done, n = assemble(place), n + 1
                fault = faults_of_answer(Problem(place), done) if done.stdout else done.stderr
                if fault:
                    faults.append(f'{place}: {fault}')
                    with open(os.path.join(place, 'problem.json'), encoding='utf-8') as file:
                        faults.append(file.read())
    case(faults, f'{n} small problems as files: the best there is, or what conflicts')


ITEMS = [{'id': f'i{k}', 'kind': 'ab'[k % 2], 'minutes': str(k), 'about': 'p', 'stimulus': '', 'info_0': f'0.{k + 1}'} for k in range(6)]


def good():
    return {'forms': 1, 'objective': {'type': 'maximin', 'theta': [0], 'weights': [1]},
            'constraints': [{'id': 'C1', 'kind': 'count', 'where': [], 'lo': 2, 'hi': 2}]}


def changed(**more):
    return {**good(), **more}


def rule(**words):
    return changed(constraints=good()['constraints'] + [{'id': 'C2', **words}])


def objective(**words):
    return changed(objective={**good()['objective'], **words})


WRONG = [  # name, problem, words of the message
    ('0 forms', changed(forms=0), 'forms'), ('-3 forms', changed(forms=-3), 'forms'), ('two and a half forms', changed(forms=2.5), 'forms'),
    ('forms as text', changed(forms='2'), 'forms'), ('very many forms', changed(forms=10**12), 'forms'), ('a list in place of an object', [], 'forms'),
    ('constraints that are no list', changed(constraints={}), 'constraints'), ('a constraint that is no object', changed(constraints=['C1']), 'kind'),
    ('no constraints said', {'forms': 1, 'objective': good()['objective']}, 'constraints'),
    ('a kind that nobody knows', rule(kind='exactly'), 'C2: this kind'), ('an attribute that no item has', rule(kind='sum', attr='colour', lo=1), 'C2: items.csv has no column'),
    ('a condition on an attribute that no item has', rule(kind='count', where=[['colour', 'in', ['a']]], lo=1), 'C2: items.csv has no column'),
    ('a condition with an operator that nobody knows', rule(kind='count', where=[['kind', 'like', 'a']], lo=1), 'C2: a term of where'),
    ('a comparison with text', rule(kind='count', where=[['minutes', 'ge', 'many']], lo=1), 'C2: a term of where'),
    ('in, without a list', rule(kind='count', where=[['kind', 'in', 'a']], lo=1), 'C2: a term of where'),
    ('a bound as text', rule(kind='count', where=[], lo='2'), 'C2: a bound'), ('a bound beyond all numbers', rule(kind='sum', attr='minutes', where=[], hi=1e300), 'C2: a bound'),
    ('an item that is not there', rule(kind='enemy', items=['i1', 'nobody']), 'C2: names an item'), ('an item twice among enemies', rule(kind='enemy', items=['i1', 'i1']), 'C2: names an item twice'),
    ('enemies that are no list', rule(kind='enemy', items='i1'), 'C2: items'), ('no enemies said', rule(kind='enemy'), 'C2: items'),
    ('use below zero', rule(kind='max_use', value=-1), 'C2: value'), ('use as a fraction', rule(kind='max_use', value=1.5), 'C2: value'),
    ('an overlap that is not said', rule(kind='max_overlap'), 'C2: value'), ('coverage by text', rule(kind='cover', attr='about', values=['p'], min_covered='all'), 'C2: min_covered'),
    ('coverage of what no list says', rule(kind='cover', attr='about', values='p', min_covered=1), 'C2: cover'),
    ('no objective', {'forms': 1, 'constraints': []}, 'objective'), ('an objective that nobody knows', objective(type='best'), 'objective: this type'),
    ('a theta without information', objective(theta=[3]), 'objective: items.csv has no column'), ('a weight of zero', objective(weights=[0]), 'objective: weights'),
    ('a weight below zero', objective(weights=[-1]), 'objective: weights'), ('fewer weights than thetas', objective(theta=[0, 0], weights=[1]), 'objective: weights'),
    ('no target', objective(type='minimax_dev'), 'objective: target'), ('fewer targets than thetas', objective(type='minimax_dev', theta=[0, 0], weights=[1, 1], target=[1]), 'objective: target'),
]
CELLS = [('a value that is missing', 'info_0', '', 'line 3: info_0'), ('a value that is no number', 'info_0', 'nan', 'line 3: info_0'), ('a value that has no end', 'info_0', 'inf', 'line 3: info_0'),
         ('a value beyond all numbers', 'info_0', '1e300', 'line 3: info_0'), ('a value with words behind it', 'info_0', '1 or so', 'line 3: info_0'), ('an id twice', 'id', 'i0', 'i0'),
         ('an id that is empty', 'id', '', 'line 3')]
TEXTS = [('problem.json', 'a text that is not JSON', '{"forms": 1,', 'JSON'), ('problem.json', 'an empty problem.json', '', 'JSON'), ('problem.json', 'braces without end', '[' * 100000, 'JSON'),
         ('problem.json', 'forms twice', '{"forms": 1, "forms": 2}', 'JSON'), ('items.csv', 'no items', 'id,info_0\n', 'no items'), ('items.csv', 'an empty items.csv', '', 'no header line'),
         ('items.csv', 'no ids', 'name,info_0\na,1\n', 'no column id'), ('items.csv', 'a line that is too short', 'id,info_0\ni0,1\ni1\n', 'csv:3: 1 fields'),
         ('items.csv', 'a quote without end', 'id,info_0\n"i0,1\n', 'not closed')]


def refused(folder, name, words):
    done = assemble(folder)
    said = done.stderr.strip()
    if done.returncode != 3 or words not in said or done.stdout:
        return [f'{name}: exit status {done.returncode}: {said or done.stdout}']
    return []


def wrong_files(folder):
    faults = []
    for k, (name, problem, words) in enumerate(WRONG):
        place = os.path.join(folder, f'wrong-{k}')
        files.write(place, ITEMS, problem)
        faults += refused(place, name, words)
    for k, (name, column, value, words) in enumerate(CELLS):
        place = os.path.join(folder, f'cell-{k}')
        files.write(place, [ITEMS[0], {**ITEMS[1], column: value}, *ITEMS[2:]], good())
        faults += refused(place, name, words)
    for k, (which, name, text, words) in enumerate(TEXTS):
        place = os.path.join(folder, f'text-{k}')
        files.write(place, ITEMS, good())
        with open(os.path.join(place, which), 'w', encoding='utf-8') as file:
            file.write(text)
        faults += refused(place, name, words)
    case(faults, f'{len(WRONG) + len(CELLS) + len(TEXTS)} wrong problems: each is refused, and where it is wrong is said')


IMPOSSIBLE = [('more items than there are', [{'id': 'many', 'kind': 'count', 'where': [], 'lo': 7, 'hi': None}], {'many'}),
              ('contradicting bounds', [{'id': 'none', 'kind': 'count', 'where': [['kind', 'in', ['a']]], 'lo': 2, 'hi': 1}], {'none'}),
              ('fewer than none', [{'id': 'less', 'kind': 'count', 'where': [], 'lo': None, 'hi': -1}], {'less'}),
              ('half an item less than none', [{'id': 'less', 'kind': 'count', 'where': [], 'lo': None, 'hi': -0.5}], {'less'}),
              ('between two whole numbers', [{'id': 'between', 'kind': 'count', 'where': [], 'lo': 1.2, 'hi': 1.8}], {'between'}),
              ('a sum that no two items have', [{'id': 'long', 'kind': 'sum', 'attr': 'minutes', 'where': [], 'lo': 10, 'hi': None}], {'C1', 'long'}),
              ('parts that make more than the whole', [{'id': 'a', 'kind': 'count', 'where': [['kind', 'in', ['a']]], 'lo': 2, 'hi': None},
                                                       {'id': 'b', 'kind': 'count', 'where': [['kind', 'in', ['b']]], 'lo': 1, 'hi': None}], {'C1', 'a', 'b'}),
              ('coverage of more than is listed', [{'id': 'all', 'kind': 'cover', 'attr': 'about', 'values': ['p'], 'min_covered': 2}], {'all'}),
              ('in every form and in none', [{'id': 'in', 'kind': 'include', 'where': [['id', 'in', ['i1']]]}, {'id': 'out', 'kind': 'exclude', 'where': [['id', 'in', ['i1']]]}],
               {'in', 'out'})]


def impossible(folder):
    faults = []
    for k, (name, rules, conflict) in enumerate(IMPOSSIBLE):
        place = os.path.join(folder, f'impossible-{k}')
        files.write(place, ITEMS, changed(constraints=good()['constraints'] + rules))
        done = assemble(place)
        answer = json.loads(done.stdout or '{}')
        if done.returncode != 1 or answer.get('status') != 'infeasible' or set(answer.get('conflict', [])) != conflict:
            faults.append(f'{name}: exit status {done.returncode}: {done.stdout}{done.stderr}')
    case(faults, f'{len(IMPOSSIBLE)} impossible problems: those rules are named that contradict each other, and no others')


def left_to_the_solver(folder):
    """Forms that exist on average, but not one by one: it is told that nobody but the solver says so."""
    place = os.path.join(folder, 'on-average')
    items = [{**one, 'minutes': str(1 + 2 * (k % 2))} for k, one in enumerate(ITEMS)]
    files.write(place, items, changed(forms=2, constraints=[{'id': 'n', 'kind': 'count', 'where': [], 'lo': 1, 'hi': 1},
                                                            {'id': 'm', 'kind': 'sum', 'attr': 'minutes', 'where': [], 'lo': 2, 'hi': 2}]))
    done = assemble(place)
    answer = json.loads(done.stdout)
    text = subprocess.run([KAOCHANG, 'assemble', '--problem', place, '--explain'], stdout=subprocess.PIPE, text=True, env={**os.environ, 'LC_ALL': 'C'}).stdout
    right = answer['status'] == 'infeasible' and answer['proven'] is False and done.returncode == 1 and 'not proven by us' in text
    case([] if right else [done.stdout, text], 'what only the solver says is not called proven')


def without_time(text):
    return {name: value for name, value in json.loads(text).items() if name != 'seconds'}


def same_bytes(folder):
    place = os.path.join(folder, 'same')
    r = random.Random(f'{SEED} same')
    items = files.random_items(r, 24)
    files.write(place, items, {'forms': 2, 'objective': {'type': 'maximin', 'theta': files.THETA, 'weights': [1, 1, 1]}, 'constraints': [
        {'id': 'length', 'kind': 'count', 'where': [], 'lo': 6, 'hi': 6}, {'id': 'a', 'kind': 'count', 'where': [['kind', 'in', ['a']]], 'lo': 1, 'hi': 3},
        {'id': 'time', 'kind': 'sum', 'attr': 'time', 'where': [], 'lo': None, 'hi': 40}, {'id': 'use', 'kind': 'max_use', 'value': 1}]})
    seen = [without_time(assemble(place, '--seed', '5', **environment).stdout) for environment in (
        {}, {}, {'LC_ALL': '', 'LANG': 'C.UTF-8', 'LANGUAGE': 'zh_CN', 'TZ': 'Asia/Shanghai'}, {'TZ': 'America/New_York', 'OMP_NUM_THREADS': '2'})]
    case([str(one) for one in seen[1:] if one != seen[0]], 'the same problem and seed give the same forms, in another language and time zone too')


def interrupted(folder):
    """Ctrl-C in the middle: the best papers so far, or that there were none yet."""
    place, faults, forms = generate.write('target_320_4f', folder, SEED), [], []
    for seconds in (0.7, 2, 5):
        child = subprocess.Popen([KAOCHANG, 'assemble', '--problem', place, '--json'], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        time.sleep(seconds)
        child.send_signal(signal.SIGINT)
        said, complained = child.communicate()
        answer = json.loads(said or '{}')
        forms = answer.get('forms', [])
        broken = Problem(place).judge(forms)[0] if forms else []
        if broken or not answer.get('interrupted') or child.returncode != (0 if forms else 1) or answer['status'] != ('feasible' if forms else 'budget'):
            faults.append(f'after {seconds} s: exit status {child.returncode}: {broken} {said[-200:]}{complained}')
        if forms or faults:
            break
    case(faults + ([] if forms else ['no papers in five seconds']), 'an interrupt keeps the best papers so far, and says so')


print('1..6')
with tempfile.TemporaryDirectory() as scratch:
    small_problems(scratch)
    wrong_files(scratch)
    impossible(scratch)
    left_to_the_solver(scratch)
    same_bytes(scratch)
    interrupted(scratch)

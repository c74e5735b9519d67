#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""test-stats.py KAOCHANG: statistics of any score matrix, from the command. With FIXTURES the published and computed
reference values, to their printed digits. Prints TAP."""
import json
import os
import subprocess
import sys
import tempfile

kaochang = sys.argv[1]
fixtures = os.path.join(os.environ.get('FIXTURES', ''), 'stats')
number = 0


def run(*args):
    return subprocess.run([kaochang, 'stats', *args], capture_output=True, text=True, check=False)


def result(name, bad):
    global number
    number += 1
    print(f'{"not ok" if bad else "ok"} {number} - {name}')
    for line in bad:
        print('#', line)


def skip(name, why):
    global number
    number += 1
    print(f'ok {number} - {name} # SKIP {why}')


def differences(expected, found, near, where=''):
    if isinstance(expected, dict):
        for key, value in expected.items():
            yield from differences(value, found.get(key, 'missing') if isinstance(found, dict) else 'missing', near, f'{where}/{key}')
    elif isinstance(expected, list):
        if not isinstance(found, list) or len(found) != len(expected):
            yield f'{where}: another length'
            return
        for i, (a, b) in enumerate(zip(expected, found)):
            yield from differences(a, b, near, f'{where}[{i}]')
    elif isinstance(expected, float) or isinstance(found, float):
        if not isinstance(found, (int, float)) or not isinstance(expected, (int, float)) or abs(expected - found) > near * max(1, abs(expected)):
            yield f'{where}: {expected} expected, {found} found'
    elif expected != found:
        yield f'{where}: {expected} expected, {found} found'


def classical_by_hand(folder):
    path = os.path.join(folder, 'scores.csv')
    with open(path, 'w', encoding='utf-8') as out:
        out.write('candidate,A,B,C\nx,1,1,2\ny,1,1,0\nz,1,0,0\nw,0,0,0\n')
    found = run('classical', path, '--max', '1,1,2', '--json')
    bad = [found.stderr] if found.returncode else []
    want = {'n': 4, 'k': 3, 'items': ['A', 'B', 'C'], 'p': [0.75, 0.5, 0.25], 'mean': 1.75,
            'upper_lower_27': {'group_n': 1, 'PH': [1, 1, 1], 'PL': [0, 0, 0], 'D': [1, 1, 1]},
            'moodle': {'per_slot': {'facility': [0.75, 0.5, 0.25]}, 'quiz_level': {'median': 1.5}}}
    result('items and test of a small matrix', bad or list(differences(want, json.loads(found.stdout), 1e-12)))
    found = run('classical', path)
    result('the same for people', [] if found.returncode == 0 and 'A ' in found.stdout and '0.750' in found.stdout else [found.stdout, found.stderr])


def bad_input(folder):
    bad = []
    path = os.path.join(folder, 'bad.csv')
    cases = [('A,B\n1,x\n', [], 3, 'line 2, column B'), ('A,B\n1,\n0,1\n', [], 3, 'person 1'),
             ('A,B\n1,1\n', ['--max', '1,2,3'], 2, '--max'), ('A,B\n1,1\n', ['--id', 'who'], 2, 'no column who')]
    for text, options, status, what in cases:
        with open(path, 'w', encoding='utf-8') as out:
            out.write(text)
        found = run('classical', path, *options)
        if found.returncode != status or what not in found.stderr:
            bad.append(f'{text!r}: {found.returncode} {found.stderr}')
    found = run('irt', path, '--model', '5pl')
    if found.returncode != 2 or '5pl' not in found.stderr:
        bad.append(f'{found.returncode} {found.stderr}')
    result('what is no score matrix is refused with line and column', bad)


def reference():
    names = ['classical analysis of LSAT6 as psych has it', 'item statistics as Moodle publishes them',
             'Rasch, one and two parameters of LSAT6 as ltm has them', 'equating of ACT mathematics as R has it',
             'intraclass correlations of Shrout and Fleiss', 'a cut score by Angoff']
    if not os.path.isdir(fixtures):
        for name in names:
            skip(name, 'FIXTURES has no stats')
        return
    with open(os.path.join(fixtures, 'expected.json'), encoding='utf-8') as text:
        expected = json.load(text)
    lsat = os.path.join(fixtures, 'lsat6.csv')
    found = json.loads(run('classical', lsat, '--json').stdout)
    result(names[0], list(differences(expected['LSAT6']['ctt_computed'], found, 1e-10)))
    moodle = expected['moodle_qstats']
    found = json.loads(run('classical', os.path.join(fixtures, 'moodle_qstats_matrix.csv'), '--json', '--max',
                           ','.join(map(str, moodle['maxmark']))).stdout)['moodle']
    result(names[1], list(differences(moodle['expected_per_slot_published'], found['per_slot'], 1e-9)) +
           list(differences(moodle['quiz_level_computed_only'], found['quiz_level'], 1e-9)))
    irt, bad = expected['LSAT6']['irt_computed_ltm_1.2_0'], []
    for model, key in (('rasch', 'rasch_a1_61q'), ('1pl', 'rasch_common_a_61q'), ('2pl', 'twopl_61q')):
        found = json.loads(run('irt', lsat, '--model', model, '--json').stdout)
        # ltm stops where the likelihood hardly rises: its parameters are those of the top to six digits
        bad += differences(irt[key]['logLik'], found['logLik'], 1e-10, model + ' logLik')
        bad += differences(irt[key]['coef'], found['coef'], 1e-6, model)
    result(names[2], bad)
    more_reference(expected)


def more_reference(expected):
    act = expected['ACTmath']
    found = json.loads(run('equate', os.path.join(fixtures, 'actmath.csv'), '--smooth', '6', '--json').stdout)
    for side in ('summary_x', 'summary_y'):
        act[side][0].pop('_row')
    for line in ('mean_coef', 'linear_coef'):
        act[line] = {key: act[line][key] for key in ('intercept', 'slope')}
    bad = [d for key in ('summary_x', 'summary_y', 'mean_coef', 'linear_coef', 'linear')
           for d in differences(json.loads(json.dumps(act[key]), parse_int=float), json.loads(json.dumps(found[key]), parse_int=float), 2e-9, key)]
    # R's equate rounds shares of persons to ten decimals, its glm stops a millionth before the top
    plain = json.loads(json.dumps(found['equipercentile']), parse_int=float)
    bad += differences(json.loads(json.dumps(act['equipercentile']), parse_int=float), plain, 2e-7, 'equipercentile')
    smoothed = json.loads(json.dumps(found['equip_loglinear6']), parse_int=float)
    bad += differences(json.loads(json.dumps(act['equip_loglinear6']), parse_int=float), smoothed, 1e-5, 'smoothed')
    result('equating of ACT mathematics as R has it', bad)
    found = json.loads(run('agree', os.path.join(fixtures, 'shrout_fleiss_1979.csv'), '--json').stdout)
    for row in expected['shrout_fleiss']['icc']:
        row.pop('_row')
    result('intraclass correlations of Shrout and Fleiss', list(differences(expected['shrout_fleiss']['icc'], found['icc'], 1e-10)))
    found = json.loads(run('angoff', os.path.join(fixtures, 'angoff_constructed.csv'), '--json').stdout)
    wanted = {key: value for key, value in expected['angoff_constructed'].items() if key not in ('kind', 'data')}
    result('a cut score by Angoff', list(differences(wanted, found, 1e-10)))


def agreement(folder):
    table, weights = os.path.join(folder, 'table.csv'), os.path.join(folder, 'weights.csv')
    with open(table, 'w', encoding='utf-8') as out:
        out.write('a,b,c\n.44,.05,.01\n.07,.2,.03\n.09,.05,.06\n')
    with open(weights, 'w', encoding='utf-8') as out:
        out.write('a,b,c\n0,1,3\n1,0,6\n3,6,0\n')
    found = json.loads(run('agree', '--table', table, weights, '--json').stdout)
    want = {'kappa': 0.49152542373, 'weighted_kappa': 0.34782608696, 'weighted_kappa_quadratic': 0.45454545455}
    result("kappa of Cohen's table of 1968", list(differences(want, found, 1e-10)))


def anchored(folder):
    """By hand: both forms the same, the second group better by its anchor: no adjustment is left."""
    path = os.path.join(folder, 'x.csv')
    with open(path, 'w', encoding='utf-8') as out:
        out.write('score,anchor\n' + ''.join(f'{2 * v + w},{v}\n' for v in range(5) for w in (0, 1, 2)))
    found = json.loads(run('equate', path, path, '--json').stdout)
    want = {'tucker_coef': {'intercept': 0.0, 'slope': 1.0}, 'levine_coef': {'intercept': 0.0, 'slope': 1.0},
            'linear_coef': {'intercept': 0.0, 'slope': 1.0}}
    other = os.path.join(folder, 'y.csv')
    with open(other, 'w', encoding='utf-8') as out:
        out.write('score,anchor\n' + ''.join(f'{2 * v + w},{v}\n' for v in range(2, 7) for w in (0, 1, 2)))
    shifted = json.loads(run('equate', path, other, '--json').stdout)
    same = {'tucker_coef': {'intercept': 0.0, 'slope': 1.0}, 'linear_coef': {'intercept': 4.0, 'slope': 1.0}}
    result('equal forms stay equal, whoever sat them', list(differences(want, found, 1e-12)) + list(differences(same, shifted, 1e-12)))


print('1..11')
with tempfile.TemporaryDirectory() as home:
    classical_by_hand(home)
    bad_input(home)
    agreement(home)
    anchored(home)
reference()

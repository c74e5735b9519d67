#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""measure.py [BUILD] [--fast]: assembles made-up problems, and with FIXTURES set those of its ata/problems, with `kaochang assemble --problem` and
with Debian's cbc and glpsol (packages coinor-cbc, glpk-utils) in the same run, one after the other, one thread each; every answer is checked
exactly against the problem. Prints one Markdown table: the bound and the gap are what the solver itself claims, "from best" is the distance to
the best objective of the row's problem. --fast: a few small problems, ten seconds each."""
import argparse
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import generate  # noqa: E402
import solvers  # noqa: E402
from mps import Program  # noqa: E402
from reference import Problem  # noqa: E402

HEAD = '| problem | size | solver | status | objective | bound | gap | from best | s | MiB | checked |\n|---|---|---|---|---|---|---|---|---|---|---|'
LARGEST = 700000  # binaries of a model that others are asked about


def shown(value, places=6):
    return '–' if value is None else f'{float(value):.{places}f}'


def distance(a, b):
    """In percent of b; absolute where b is next to nothing."""
    if a is None or b is None:
        return '–'
    off = abs(float(a) - float(b))
    return f'{off:.4f} abs.' if abs(float(b)) < 1e-6 < off else f'{100 * off / max(abs(float(b)), 1e-6):.3f} %'


def checked(problem, run, judge_of_others):
    """Words for the table, and the exact objective."""
    if not run.forms:
        return '–', None
    broken, value = problem.judge(run.forms)
    if broken:
        return f'BROKEN: {broken[0]}', None
    return 'yes' + judge_of_others(problem, run.forms), value


def fixtures_judge(problem, forms):
    """What FIXTURES' own checker says, where it is there and the problem is one of its folder."""
    script = os.path.join(os.environ.get('FIXTURES', '/nonexistent'), 'ata/ata.py')
    above = os.path.dirname(os.path.dirname(os.path.abspath(problem.folder)))
    if not os.path.exists(script) or os.path.basename(os.path.dirname(os.path.abspath(problem.folder))) != 'problems':
        return ''
    with tempfile.NamedTemporaryFile('w', suffix='.json') as file:
        file.write(str(forms).replace("'", '"'))
        file.flush()
        said = subprocess.run([sys.executable, script, 'check', problem.name, file.name], env={**os.environ, 'ATA_ROOT': above},
                              stdout=subprocess.PIPE, text=True).stdout
    return ', twice' if said.startswith('FEASIBLE') else f'; NOT by ata.py: {said.strip()}'


def rows_of(problem, runs):
    kept = [(run, *checked(problem, run, fixtures_judge)) for run in runs]
    values = [value for _, _, value in kept if value is not None]
    best = (max if problem.upwards() else min)(values) if values else None
    for run, words, value in kept:
        status = run.status if run.conflict is None else f'{run.status}: {len(run.conflict)} rules'
        yield (f'| {problem.name} {"↑" if problem.upwards() else "↓"} | {len(problem.id)} × {problem.forms} | {run.solver} | {status} | {shown(value)} | '
               f'{shown(run.bound)} | {distance(run.bound, value)} | {distance(value, best)} | {run.seconds:.2f} | {run.mebibytes:.0f} | {words} |')


def run_all(folder, options, scratch):
    problem = Problem(folder)
    runs = []
    if 'kaochang' in options.solvers:
        runs.append(solvers.kaochang(os.path.join(options.build, 'cli/kaochang'), problem, options.seconds, scratch))
    others = [name for name in options.solvers if name in solvers.there()]
    if others:
        program = Program(problem)
        if program.size()[0] > LARGEST:
            runs += [solvers.Run(name, 'not tried: %d binaries' % program.size()[0]) for name in others]
        else:
            model = os.path.join(scratch, 'model.mps')
            names = program.write(model)
            runs += [solvers.OTHERS[name](problem, names, model, options.seconds, scratch) for name in others]
    for row in rows_of(problem, runs):
        print(row, flush=True)


def folders(options, scratch):
    for root in options.problems:
        found = sorted(os.path.join(root, name) for name in os.listdir(root) if os.path.exists(os.path.join(root, name, 'problem.json')))
        yield from found or [root]
    if not options.problems:
        for name in generate.FAST if options.fast else generate.PROBLEMS:
            if not options.only or name in options.only:
                yield generate.write(name, options.keep or scratch, options.seed)
        fixtures = os.path.join(os.environ.get('FIXTURES', '/nonexistent'), 'ata/problems')
        if os.path.isdir(fixtures) and not options.fast:
            yield from (os.path.join(fixtures, name) for name in sorted(os.listdir(fixtures)))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('build', nargs='?', default='build')
    parser.add_argument('--fast', action='store_true')
    parser.add_argument('--seconds', type=int, help='limit of each run; 60, or 10 with --fast')
    parser.add_argument('--seed', type=int, default=1, help='of the made-up problems')
    parser.add_argument('--solvers', default='kaochang,cbc,glpsol', type=lambda names: names.split(','))
    parser.add_argument('--problems', action='append', default=[], metavar='DIR', help='these problems in place of those: a problem, or a folder of them')
    parser.add_argument('--only', action='append', default=[], metavar='NAME')
    parser.add_argument('--keep', metavar='DIR', help='made-up problems are written there and stay')
    options = parser.parse_args()
    options.seconds = options.seconds or (10 if options.fast else 60)
    missing = set(options.solvers) - {'kaochang'} - set(solvers.there())
    if missing:
        print('not installed, left out:', ' '.join(sorted(missing)), file=sys.stderr)
    with tempfile.TemporaryDirectory() as scratch:
        print(HEAD, flush=True)
        for folder in folders(options, scratch):
            if not options.only or os.path.basename(os.path.normpath(folder)) in options.only:
                run_all(folder, options, scratch)


main()

# SPDX-License-Identifier: Apache-2.0
"""One run of a solver over a problem: what it found, claims and used. Times are of the whole process, on the clock; memory is its peak."""
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field

GRACE = 30  # seconds over the limit until a solver is ended


@dataclass
class Run:
    solver: str
    status: str = ''
    bound: float | None = None
    seconds: float = 0.0
    mebibytes: float = 0.0
    forms: list = field(default_factory=list)
    conflict: list | None = None


def measured(words, limit, log):
    """Exit status, seconds, MiB. The output goes to the file `log`."""
    command = [sys.executable, '-S', os.path.join(os.path.dirname(os.path.abspath(__file__)), 'run.py'), str(limit + GRACE), log, *words]
    status, seconds, kibibytes = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    return status, seconds, kibibytes / 1024


def kaochang(program, problem, limit, folder):
    log = os.path.join(folder, 'kaochang.out')
    status, seconds, mebibytes = measured([program, 'assemble', '--problem', problem.folder, '--json', '--seconds', str(limit)], limit, log)
    run = Run('kaochang', f'exit status {status}', seconds=seconds, mebibytes=mebibytes)
    with open(log, encoding='utf-8') as file:
        told = next((line for line in file if line.startswith('{')), None)
    if told:
        answer = json.loads(told)
        run.status, run.bound, run.forms, run.conflict = answer['status'], answer['bound'], answer['forms'], answer.get('conflict')
    return run


def forms_of(names, problem, chosen):
    forms = [[] for _ in range(problem.forms)]
    for name, form in (names[k] for k in chosen):
        if form >= 0 and name[0] == 'x':
            forms[form].append(problem.id[int(name[1:])])
    return forms


def own_sign(problem, value):
    return None if value is None else -value if problem.upwards() else value


def last(pattern, text):
    found = re.findall(pattern, text)
    return float(found[-1]) if found else None


def cbc(problem, names, model, limit, folder):
    solution, log = os.path.join(folder, 'cbc.sol'), os.path.join(folder, 'cbc.out')
    if os.path.exists(solution):
        os.remove(solution)
    _, seconds, mebibytes = measured(['cbc', model, 'sec', str(limit), 'timeMode', 'elapsed', 'threads', '0', 'solve', 'solution', solution], limit, log)
    run = Run('cbc', 'no answer', seconds=seconds, mebibytes=mebibytes)
    with open(log, encoding='utf-8', errors='replace') as file:
        text = file.read()
    bound = last(r'Lower bound:\s+(\S+)', text)
    chosen, first = [], ''
    if os.path.exists(solution):
        index = {f'{name}f{form}': k for k, (name, form) in enumerate(names) if form >= 0}
        with open(solution, encoding='ascii') as file:
            first = next(file, '')
            chosen = [index[cells[1]] for cells in (line.replace('**', ' ').split() for line in file) if cells[1] in index and float(cells[2]) > .5]
    if 'nfeasible' in first:
        run.status, chosen = 'infeasible', []
    elif first.startswith('Optimal'):
        run.status, bound = 'optimal', last(r'Objective value:\s+(\S+)', text) if bound is None else bound
    elif chosen:
        run.status = 'feasible'
    run.bound = own_sign(problem, bound)
    run.forms = forms_of(names, problem, chosen) if chosen else []
    return run


def glpsol(problem, names, model, limit, folder):
    solution, log = os.path.join(folder, 'glpsol.sol'), os.path.join(folder, 'glpsol.out')
    if os.path.exists(solution):
        os.remove(solution)
    _, seconds, mebibytes = measured(['glpsol', '--freemps', model, '--tmlim', str(limit), '--write', solution], limit, log)
    run = Run('glpsol', 'no answer', seconds=seconds, mebibytes=mebibytes)
    with open(log, encoding='utf-8', errors='replace') as file:
        text = file.read()
    lines, state = [], ''
    if os.path.exists(solution):
        with open(solution, encoding='ascii') as file:
            lines = [line.split() for line in file]
        state = next((line[4] for line in lines if line[:2] == ['s', 'mip']), '')
    bound = last(r'mip =\s+\S+ >=\s+([-+.e0-9]+)', text)
    if 'NO PRIMAL FEASIBLE' in text or 'NO FEASIBLE SOLUTION' in text or 'NO INTEGER FEASIBLE' in text or state == 'n':
        run.status = 'infeasible'
    elif state in ('o', 'f'):
        chosen = [int(line[1]) - 1 for line in lines if line[:1] == ['j'] and float(line[2]) > .5]
        run.forms = forms_of(names, problem, chosen)
        run.status = 'optimal' if state == 'o' else 'feasible'
        if state == 'o':
            bound = next(float(line[5]) for line in lines if line[:2] == ['s', 'mip'])
    run.bound = own_sign(problem, bound)
    return run


OTHERS = {'cbc': cbc, 'glpsol': glpsol}


def there():
    return [name for name in OTHERS if shutil.which(name)]

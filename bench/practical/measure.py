#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""measure.py [BUILD] [--keep DIR] [--candidates 3487]: practical work read and scored, in one table: each value beside what a plain program
with python-docx and openpyxl (Debian: python3-docx, python3-openpyxl) needs for the same files in the same run, in processor time and on
the clock; resident memory of each file. BUILD is the build folder, `build` if not said. Office files are made first; --keep leaves them in
DIR for the next time. FIXTURES, where it is set, adds the files in office/real and office/hostile."""
import argparse
import glob
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as xml

HERE = os.path.dirname(os.path.abspath(__file__))
PYTHON = '/usr/bin/python3'  # Debian's, that has Debian's packages
RULES = '{urn:kaochang:practical:1}'
ROW = '{:<44} {:>22} {:>28} {:>17}  {}'
ROUNDS, PROCESSES, CHECKS = 5, 2, 20


def row(what, value, peer, ratio, aim='', good=True):
    print(ROW.format(what, value, peer, ratio, f'{aim}: {"yes" if good else "NO"}' if aim else ''), flush=True)


def run(words):
    """What a program printed, with the processor time that it took (user and system) and the time on the clock."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    out = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True).stdout
    clock, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return out, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, clock


def best(words):
    """The least of some rounds: what other programs on the machine take away is not counted."""
    rounds = [run(words) for _ in range(ROUNDS)]
    return rounds[0][0], min(r[1] for r in rounds), min(r[2] for r in rounds)


def values(out):
    return {words[0]: words[1:] for words in (line.split() for line in out.splitlines()) if words}


def same_seen(ours, theirs, what):
    a, b = values(ours), values(theirs)
    for name in ('paragraphs', 'runs', 'cells', 'formulas', 'characters'):
        if a[name] != b[name]:
            sys.exit(f'{what}: {name} {a[name][0]}, the other program saw {b[name][0]}')


def compare(what, ours, theirs, files, aim, same=True):
    """One row: milliseconds a file, processor (clock)."""
    (out, cpu, clock), (peer_out, peer_cpu, peer_clock) = best(ours), best(theirs)
    if same:
        same_seen(out, peer_out, what)
    each = 1000 / files
    row(what, f'{cpu * each:.2f} ({clock * each:.2f}) ms', f'{peer_cpu * each:.1f} ({peer_clock * each:.1f}) ms',
        f'{peer_cpu / cpu:.0f} ({peer_clock / clock:.0f}) x', f'at least {aim} x' if aim else '', peer_cpu >= aim * cpu)


# ---- questions: what peer.py reads, asked of `kaochang-score facts` ----
def questions_of(path, asks):
    with open(asks, 'w', encoding='utf-8') as f:
        def ask(check, locator):
            f.write(json.dumps({'check': check, 'locator': locator}, ensure_ascii=False) + '\n')
        if path.endswith('.xlsx'):
            for column in 'ABCDEFG':
                for r in range(2, 43):
                    ask('xlsx.value', f'成绩表!{column}{r}')
                    ask('xlsx.number_format', f'成绩表!{column}{r}')
        else:
            for p in range(25):
                for check in ('docx.paragraph_text', 'docx.run_size_halfpt', 'docx.run_bold', 'docx.alignment', 'docx.font_eastAsia'):
                    ask(check, {'p': p})
    return asks


def measure_reading(build, made):
    score, bench, peer = os.path.join(build, 'cli/score/kaochang-score'), os.path.join(build, 'bench/bench-practical'), \
        [PYTHON, os.path.join(HERE, 'peer.py')]
    for name, what in (('notice.docx', 'document, 25 paragraphs'), ('score.xlsx', 'sheet, 290 cells')):
        one, many = os.path.join(made, 'small/1', name), sorted(glob.glob(os.path.join(made, 'small/*', name))) * 5
        asks = questions_of(one, os.path.join(made, 'asks.jsonl'))
        compare(f'{what}: facts, a process', [score, 'facts', one, '--ask', asks], [*peer, one], 1, 20, same=False)
        compare(f'{what}: {len(many)} in a process', [bench, 'read', *many], [*peer, *many], len(many), 50)
    for name in ('paragraphs-2500.docx', 'rows-2500.xlsx'):
        one = os.path.join(made, 'large', name)
        compare(f'{name}: 5 in a process', [bench, 'read', *[one] * 5], [*peer, *[one] * 5], 5, 50)


def measure_real(build, fixtures):
    """Files of all kinds of programs; the peer cannot open some of them, which are then left out."""
    bench, peer = os.path.join(build, 'bench/bench-practical'), [PYTHON, os.path.join(HERE, 'peer.py')]
    for kind in ('docx', 'xlsx'):
        files = [f for f in sorted(glob.glob(os.path.join(fixtures, 'office/real', '*.' + kind)))
                 if subprocess.run([*peer, f], capture_output=True, check=False).returncode == 0]
        compare(f'{len(files)} real .{kind}, 5 times in a process', [bench, 'read', *files * 5], [*peer, *files * 5], len(files) * 5, 50,
                same=False)


# ---- a session ----
def make_rules(build, made):
    """The checks that a model solution proposes, about twenty of each file, spread over it, a point each."""
    path = os.path.join(made, 'rules.xml')
    run([os.path.join(build, 'cli/score/kaochang-score'), 'propose', os.path.join(made, 'start'), os.path.join(made, 'small/1'), '-o', path])
    xml.register_namespace('', RULES[1:-1])
    tree = xml.parse(path)
    root = tree.getroot()
    checks = {}
    for check in root.iter(RULES + 'check'):
        checks.setdefault(check.get('file'), []).append(check)
    for group in root.findall(RULES + 'group') + root.findall(RULES + 'check'):
        root.remove(group)
    chosen = [one for many in checks.values() for one in many[::max(1, len(many) // CHECKS)][:CHECKS]]
    for check in chosen:
        check.set('points', '1')
        root.append(check)
    root.set('points', str(len(chosen)))
    tree.write(path, encoding='utf-8', xml_declaration=True)
    return path, len(chosen)


def make_candidates(made, count):
    folder = os.path.join(made, f'candidates-{count}')
    given = sorted(os.listdir(os.path.join(made, 'small')), key=int)
    for i in range(count):
        to = os.path.join(folder, f'{i:05}')
        if not os.path.isdir(to):
            shutil.copytree(os.path.join(made, 'small', given[i % len(given)]), to)
    return [os.path.join(folder, f'{i:05}') for i in range(count)]


def measure_session(build, made, count):
    rules, checks = make_rules(build, made)
    candidates = make_candidates(made, count)
    words = [os.path.join(build, 'bench/bench-practical'), 'score', rules, os.path.join(made, 'start')]
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    share = -(-count // PROCESSES)
    running = [subprocess.Popen(words + candidates[k:k + share], stdout=subprocess.PIPE, text=True) for k in range(0, count, share)]
    outs = [p.communicate()[0] for p in running]
    clock, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if any(p.returncode for p in running):
        sys.exit('scoring failed')
    scored = [line for out in outs for line in out.splitlines() if line.startswith('score ')]
    peak = max(int(values(out)['peak_kib'][0]) for out in outs)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    if len(scored) != count:
        sys.exit(f'{len(scored)} of {count} candidates were scored')
    row(f'{count} × 4 files, {checks} checks, {PROCESSES} processes', f'{clock:.1f} s, processor {cpu:.1f} s', f'peak {peak / 1024:.1f} MiB each',
        f'{cpu / count * 1000:.1f} ms each', 'under 120 s', clock < 120)
    again = run(words + candidates[:40])[0].splitlines()
    same = [line for line in again if line.startswith('score ')] == scored[:40]
    row('the same points and statuses from one process', 'yes' if same else 'NO', '', '')


# ---- memory ----
def peak_of(words):
    out = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False).stdout
    v = values(out)
    return int(v.get('peak_kib', [0])[0]) / 1024, v.get('fault', ['read'])[0]


def measure_memory(build, made, fixtures):
    """Each file as a candidate's, alone in its folder: opened, and every fact in it asked."""
    files = sorted(glob.glob(os.path.join(made, 'large', '*')))
    files += [f for f in sorted(glob.glob(os.path.join(fixtures, 'office/hostile', '*.*'))) if not f.endswith('.csv')] if fixtures else []
    worst = (0, '')
    for path in files:
        with tempfile.TemporaryDirectory() as alone:
            copy = shutil.copy(path, alone)
            peak, end = peak_of([os.path.join(build, 'bench/bench-practical'), 'facts', copy])
        hostile = fixtures and path.startswith(fixtures)
        worst = max(worst, (peak, path)) if hostile else worst
        if not hostile or not 0 < peak < 64:
            row(f'resident: {os.path.basename(path)}', f'{peak:.1f} MiB', end, '', 'under 64 MiB', 0 < peak < 64)
    if worst[1]:
        row(f'resident: most of {len(files)} hostile and large files', f'{worst[0]:.1f} MiB', os.path.basename(worst[1]), '', 'under 64 MiB',
            worst[0] < 64)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('build', nargs='?', default='build')
    parser.add_argument('--keep', metavar='DIR', help='the office files go here and stay')
    parser.add_argument('--candidates', type=int, default=3487)
    options = parser.parse_args()
    if subprocess.run([PYTHON, '-c', 'import docx, openpyxl'], stderr=subprocess.DEVNULL, check=False).returncode:
        sys.exit('python-docx and openpyxl are missing: apt-get install python3-docx python3-openpyxl')
    with tempfile.TemporaryDirectory() as temporary:
        made = options.keep or temporary
        if not os.path.isdir(os.path.join(made, 'large')):
            run([PYTHON, os.path.join(HERE, 'generate.py'), made])
        print(f'load {os.getloadavg()[0]:.1f}; processor time (clock) a file; the best of {ROUNDS}')
        print(ROW.format('what', 'value', 'beside', 'ratio', 'aim'))
        fixtures = os.environ.get('FIXTURES')
        measure_reading(options.build, made)
        if fixtures:
            measure_real(options.build, fixtures)
        measure_session(options.build, made, options.candidates)
        measure_memory(options.build, made, fixtures)


if __name__ == '__main__':
    main()

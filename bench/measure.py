#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""measure.py [BUILD] [--items 10000,100000] [--keep DIR]: all measurements of the item bank and of scoring in one table, each with its aim
and beside what a plain program does on the same machine in the same run. BUILD is the build folder, `build` if not said."""
import argparse
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROW = '{:<44} {:>14} {:>26} {:>14}  {}'


def run(*words):
    return subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()


def values(lines):
    """"name number number…" as name: [number…]; of texts only the slowest first search counts."""
    found = {}
    for line in lines:
        name, *rest = line.split(' ')
        found.setdefault(name, []).append(rest)
    return found


def number(found, name, k=0):
    return float(found[name][0][k])


def row(what, value, peer, ratio, aim, good):
    print(ROW.format(what, value, peer, ratio, f'{aim}: {"yes" if good else "NO"}' if aim else ''), flush=True)


def measure_import(program, folder, count):
    package, bank = os.path.join(folder, f'items-{count}'), os.path.join(folder, f'bank-{count}.db')
    if not os.path.exists(os.path.join(package, 'imsmanifest.xml')):
        os.makedirs(package, exist_ok=True)
        run(sys.executable, os.path.join(HERE, 'bank', 'generate.py'), str(count), package)
    if os.path.exists(bank):
        os.remove(bank)
    v = values(run(program, 'import', package, bank))
    parse = number(v, 'parse_s')
    peer = f'libxml2 parse {parse:.2f} s'
    for name, what, aim in (('read_s', 'read as items', 0), ('import_s', 'import', 8), ('again_s', 'import again', 0)):
        ratio = number(v, name) / parse
        row(f'{what}, {count} items', f'{number(v, name):.2f} s', peer, f'{ratio:.1f} x', f'at most {aim} x' if aim else '', ratio <= aim)
    if number(v, 'imported') != count or number(v, 'unchanged') != count:
        sys.exit(f'of {count} items not all came in')
    return bank, number(v, 'peak_kib')


def measure_search(program, bank, count):
    v = values(run(program, 'search', bank))
    peer = f'look into all {number(v, "scan_ms"):.0f} ms'
    for name, what in (('p50_ms', 'p50'), ('p99_ms', 'p99'), ('max_ms', 'longest')):
        clock, cpu = number(v, name), number(v, name, 1)
        row(f'search {what}, {count} items', f'{clock:.1f} ({cpu:.1f}) ms', peer, f'{clock / number(v, "scan_ms"):.2f} x', 'under 50 ms',
            clock < 50)


def measure_evaluation(program):
    lines = run(program, '0.3')[1:]
    for line in lines:
        rate, _, ratio = line[42:].split()[:3]
        simple = 'match_correct, one' in line or 'map_response, one' in line or 'rules: match' in line
        row(f'evaluate {line[:42].strip()}'[:44], f'{float(rate) / 1e6:.1f} M/s', 'strcmp', f'{ratio} x',
            'at least 1 M/s' if simple else '', float(rate) >= 1e6)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('build', nargs='?', default='build')
    parser.add_argument('--items', default='10000,100000')
    parser.add_argument('--keep', metavar='DIR', help='items and banks go here and stay')
    options = parser.parse_args()
    bank_program, evaluate = (os.path.join(options.build, 'bench', name) for name in ('bench-bank', 'bench-evaluate'))
    print(ROW.format('what', 'value', 'beside', 'ratio', 'aim'))
    with tempfile.TemporaryDirectory() as made:
        folder, peaks = options.keep or made, []
        for count in (int(word) for word in options.items.split(',')):
            bank, peak = measure_import(bank_program, folder, count)
            ratio = peak / peaks[0] if peaks else 1
            row(f'peak memory, {count} items', f'{peak / 1024:.1f} MiB', f'of the first {(peaks or [peak])[0] / 1024:.1f} MiB', f'{ratio:.2f} x',
                'at most 1.5 x', ratio <= 1.5)
            peaks.append(peak)
            measure_search(bank_program, bank, count)
    measure_evaluation(evaluate)


main()

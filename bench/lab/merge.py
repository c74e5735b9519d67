#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Merging and reporting a lab-skills exam, beside what nobody can be spared. docs/bench.md, "Merging a city's ratings".

    bench/lab/merge.py BUILD CITY      CITY: a folder that ./demo --lab --city --keep left
"""
import glob
import os
import resource
import subprocess
import sys
import tempfile
import time


def processor():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main():
    build, city = (os.path.abspath(path) for path in sys.argv[1:3])
    office, bundles = os.path.join(city, 'office'), sorted(glob.glob(os.path.join(city, 'inbox/*.results')))
    identity = os.path.join(office, 'keys/results.identity')
    sessions = sorted({os.path.basename(b).split('-')[0] for b in bundles})
    joined = [word for s in sessions for word in ('--session', s)]
    total = {}
    with tempfile.TemporaryDirectory(dir=city) as folder:
        store = ['--store', os.path.join(folder, 'store.db')]
        kaochang = os.path.join(build, 'cli/kaochang')
        page = ['--format', 'html', '-o', os.path.join(folder, 'report.html')]
        for what, *words in [('bound', os.path.join(build, 'bench/bench-bundles'), identity, *bundles),
                             ('merge', kaochang, 'merge', '-i', identity, *store, *bundles),
                             ('rates', kaochang, 'report', 'rates', *joined, *store, *page),
                             ('quality', kaochang, 'report', 'quality', *joined, *store, *page)]:
            before, began = processor(), time.monotonic()
            said = subprocess.run(words, cwd=office, capture_output=True, text=True, check=True).stdout
            total[what] = processor() - before
            print(f'{what:8} processor {total[what]:6.2f} s, clock {time.monotonic() - began:6.2f} s', flush=True)
            if what == 'bound':
                print(said, end='')
    ours = total['merge'] + total['rates'] + total['quality']
    print(f'together {ours:.2f} s of the processor, {ours / total["bound"]:.1f} x the bound')


if __name__ == '__main__':
    main()

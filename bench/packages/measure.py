#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""measure.py [BUILD] [--rounds 7] [--mib 256] [--sites 1300] [--dir DIR]: seal, open, sign and verify beside Debian's age and minisign, in turn
and in one run; a package with many sites' lists; a city's package from its forms. One table with its aims. Files are made in DIR, /dev/shm if
not said: on a disk the others do not wait until their file is on it, ours do."""
import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.dirname(os.path.dirname(HERE))
ROW = '{:<56} {:>18} {:>26} {:>16}  {}'


def row(what, value, peer='', ratio='', aim='', good=True):
    print(ROW.format(what, value, peer, ratio, f'{aim}: {"yes" if good else "NO"}' if aim else ''), flush=True)


def run(*words, **more):
    done = subprocess.run(words, stdout=subprocess.PIPE, text=True, **more)
    if done.returncode:
        sys.exit(f'{words}: ended with {done.returncode}')
    return done.stdout


class Programs:
    """What is measured, in a folder with a large file, keys, and a package of that size."""

    def __init__(self, build, folder, mib):
        self.build, self.folder = build, folder
        with open(self.at('plain'), 'wb') as plain, open('/dev/urandom', 'rb') as random:
            for _ in range(mib):
                plain.write(random.read(1 << 20))
        run('age-keygen', '-o', self.at('id'), stderr=subprocess.DEVNULL)
        self.recipient = run('age-keygen', '-y', self.at('id')).strip()
        run('minisign', '-G', '-W', '-p', self.at('pub'), '-s', self.at('key'))
        run(self.program('bench/bench-packages'), 'make', self.at('home'), str(mib))

    def at(self, name):
        return os.path.join(self.folder, name)

    def program(self, name):
        return os.path.join(self.build, name)

    def usage(self, words):
        """Seconds on the clock, of the processor; KiB."""
        return tuple(float(word) for word in run(self.program('bench/bench-usage'), *words).split())

    def pairs(self):
        kaochang = self.program('cli/kaochang')
        return {
            'seal': (['age', '-r', self.recipient, '-o', self.at('their.age'), self.at('plain')],
                     [kaochang, 'seal', '-r', self.recipient, self.at('plain'), '-o', self.at('our.age'), '--force']),
            'open': (['age', '-d', '-i', self.at('id'), '-o', self.at('their.out'), self.at('our.age')],
                     [kaochang, 'open', '-i', self.at('id'), self.at('their.age'), '-o', self.at('our.out'), '--force']),
            'sign': (['minisign', '-S', '-H', '-s', self.at('key'), '-m', self.at('plain'), '-x', self.at('their.sig')],
                     [kaochang, 'sign', '-s', self.at('key'), self.at('plain'), '-o', self.at('our.sig'), '--force', '--no-password']),
            'verify (ours: a package)': (['minisign', '-V', '-H', '-p', self.at('pub'), '-m', self.at('plain'), '-x', self.at('our.sig')],
                                         [kaochang, 'verify', '-C', self.at('home'), self.at('home/large.exam')]),
        }


def measure_pair(programs, name, theirs, ours, rounds):
    values = ([], [])
    for _ in range(rounds):
        for k, words in enumerate((theirs, ours)):
            values[k].append(programs.usage(words))
    peer = theirs[0]
    for part, what, choose in ((0, 'clock, median', statistics.median), (0, 'clock, least', min), (1, 'processor, least', min)):
        their, our = (choose(value[part] for value in side) for side in values)
        aim = 'at most 1 x' if what == 'clock, median' else ''
        row(f'{name}: {what}', f'{our:.3f} s', f'{peer} {their:.3f} s', f'{our / their:.2f} x', aim, our <= their)
    resident = max(value[2] for value in values[1]) / 1024
    row(f'{name}: resident', f'{resident:.1f} MiB', f'{peer} {max(value[2] for value in values[0]) / 1024:.1f} MiB', '', 'under 16 MiB', resident < 16)


def measure_rosters(programs, sites):
    steps = dict(line.split() for line in run(programs.program('bench/bench-packages'), 'rosters', programs.at('rosters'), str(sites)).splitlines())
    build, verify, rosters = (float(steps[name]) for name in ('build', 'verify', 'rosters'))
    row(f'package of {sites} sites: build, processor', f'{build:.2f} s', f'{build / sites * 1000:.2f} ms a site', '', 'under 1 s', build < 1)
    row('  verify; each site opens its list', f'{verify:.3f}; {rosters:.2f} s', f'{rosters / sites * 1000:.2f} ms a site')
    row('  resident, with all lists in the clear', f'{float(steps["resident"]) / 1024:.1f} MiB')


def measure_city(programs, candidates, sites):
    office = programs.at(f'office-{sites}')
    run(sys.executable, os.path.join(HERE, 'make-city.py'), programs.program('cli/kaochang'), SOURCE, office, str(candidates), str(sites),
        stderr=subprocess.DEVNULL)
    kaochang = programs.program('cli/kaochang')
    for name, practice in (('without codes', ['--practice']), ('with codes, 4 derivations', [])):
        words = [kaochang, 'pack', 'city', '-C', office, '--session', 'am1', '-o', programs.at('city.exam'), '--no-password', *practice]
        values = [programs.usage(words) for _ in range(3)]
        clock, cpu = min(value[0] for value in values), min(value[1] for value in values)
        row(f'{candidates} at {sites} sites, {name}: processor', f'{cpu:.2f} s', f'on the clock {clock:.2f} s',
            f'{max(value[2] for value in values) / 1024:.0f} MiB', 'under 1 s' if practice and sites < 100 else '', cpu < 1)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('build', nargs='?', default='build')
    parser.add_argument('--rounds', type=int, default=7)
    parser.add_argument('--mib', type=int, default=256)
    parser.add_argument('--sites', type=int, default=1300)
    parser.add_argument('--candidates', type=int, default=50000)
    parser.add_argument('--dir', default='/dev/shm' if os.access('/dev/shm', os.W_OK) else None)
    options = parser.parse_args()
    folder = tempfile.mkdtemp(dir=options.dir)
    try:
        row('what', 'ours', 'beside', 'ratio', 'aim')
        programs = Programs(os.path.abspath(options.build), folder, options.mib)
        for name, (theirs, ours) in programs.pairs().items():
            measure_pair(programs, f'{name} {options.mib} MiB', theirs, ours, options.rounds)
        measure_rosters(programs, options.sites)
        measure_city(programs, options.candidates, 23)
        measure_city(programs, options.candidates, options.sites)
    finally:
        shutil.rmtree(folder)


main()

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""measure.py [BUILD] [--saves 2000] [--dir DIR]: the examiner's program: a key until it is saved beside 4 KiB appended and synced to the same
disk in the same run, screens with ncurses on a terminal. A station of a lab exam is made in DIR (a temporary folder if not said; on a disk,
not in memory, or saving costs nothing)."""
import argparse
import importlib.util
import os
import subprocess
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.dirname(os.path.dirname(HERE))


def seat():
    spec = importlib.util.spec_from_file_location('seat', os.path.join(SOURCE, 'bench/seat/measure.py'))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('build', nargs='?', default='build')
    parser.add_argument('--saves', type=int, default=2000)
    parser.add_argument('--dir')
    options = parser.parse_args()
    build = os.path.abspath(options.build)
    bench, client = os.path.join(build, 'bench/bench-rate'), os.path.join(build, 'cli/client/kaochang-client')
    shared = seat()
    with tempfile.TemporaryDirectory(dir=options.dir) as folder:
        made = os.path.join(folder, 'made')
        environment = {**os.environ, 'KAOCHANG': os.path.join(build, 'cli/kaochang'), 'KAOCHANG_CLIENT': client}
        subprocess.run(['sh', os.path.join(SOURCE, 'tests/stories/make-lab.sh'), made], env=environment, check=True)
        station, code = os.path.join(made, 'station'), os.path.join(made, 'unlock-code')
        print(shared.ROW.format('what', 'value', 'beside', 'ratio', 'aim'))
        proctor = [client, 'proctor', '-C', station, '--code-file', code]
        subprocess.run([*proctor, '--open'], check=True, stdout=subprocess.DEVNULL)
        out = os.path.join(folder, 'out')
        for rater, (width, height) in (('E01', (80, 24)), ('E02', (200, 60))):
            shared.Terminal(bench, station, rater, str(options.saves), out, width=width, height=height).end()
            found = shared.values_of(out)
            if width == 80:
                shared.measure_save(found)
            shared.measure_screens(found)
        subprocess.run([*proctor, '--close'], check=True, stdout=subprocess.DEVNULL)


main()

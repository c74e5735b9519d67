#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""make-city.py KAOCHANG SOURCE OFFICE CANDIDATES SITES: an office with the exam "city" (./demo's paper of two forms with its practical tasks'
blueprint, data/blueprints/teacher.xml), session am1, that many candidates at that many sites, and all keys without password."""
import os
import subprocess
import sys

kaochang, source, office, candidates, sites = sys.argv[1:4] + [int(word) for word in sys.argv[4:6]]
SEATS = 40


def k(*words):
    done = subprocess.run([kaochang, '-C', office, *words], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(f'{words}: {done.stderr}')


def write_roster(path):
    with open(path, 'w', encoding='utf-8') as out:
        out.write('准考证号,姓名,证件号,区县,学校,考点,考场\n')
        for i in range(candidates):
            site, room = i % sites, i // sites // SEATS
            out.write(f'{420100000000 + i},王芳,42010619900101{i % 10000:04d},东湖区,第{site % 184 + 1}中学,S{site:05d},R{room:03d}\n')


subprocess.run([kaochang, 'new', office, '--name', '江城考试办'], check=True, stdout=subprocess.DEVNULL)
k('bank', 'import', os.path.join(source, 'data/bank'))
k('assemble', os.path.join(source, 'data/blueprints/teacher.xml'), '--seed', '7', '-o', 'city')
k('session', 'new', 'am1', '--exam', 'city', '--start', '2030-11-22T09:00:00+08:00', '--end', '2030-11-22T11:00:00+08:00')
roster = os.path.join(office, 'list.csv')
write_roster(roster)
k('roster', 'import', roster, '--session', 'am1')
k('roster', 'arrange', '--session', 'am1', '--seed', '1', '--seats', str(SEATS))
for name, kind in (('root', 'root'), ('officer', 'officer')):
    k('keys', 'new', name, '--kind', kind, '--no-password')
for name, kind in [('recovery', 'recovery'), ('results', 'results')] + [(f'S{i:05d}', 'site') for i in range(sites)]:
    k('keys', 'new', name, '--kind', kind)
k('keys', 'root', '--no-password')

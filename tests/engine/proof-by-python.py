#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Our verifier and the auditor's (verify_exam.py) say the same of every proof. Usage: proof-by-python.py SAMPLES; prints TAP."""
import subprocess
import sys
from fractions import Fraction

sys.dont_write_bytecode = True
from verify_exam import Problem, Refused, bound_of, proofs_of

parts = subprocess.run([sys.argv[1], '250'], capture_output=True, check=True, text=True).stdout.split('=\n')[:-1]
faults, kinds = [], set()
for number, (problem, proofs, *ours) in enumerate(zip(*[iter(parts)] * 4)):
    reached = []
    for k, ((incumbent, nodes), said) in enumerate(zip(proofs_of(proofs), map(str.strip, ours))):
        try:
            found = bound_of(Problem(problem).stage(k, reached), nodes, incumbent)
        except Refused:
            found = 'refused'
        reached.append(incumbent)
        kinds.add(said if said.isalpha() else 'bound')
        if found != (said if said.isalpha() else Fraction(said)):
            faults.append(f'sample {number}, objective {k}: we say {said}, the auditor {found}')
print('1..2')
print('ok' if not faults else 'not ok', '1 - two verifiers say the same of every proof')
for fault in faults[:10]:
    print('#', fault)
print('ok' if {'bound', 'infeasible'} <= kinds else 'not ok', '2 - there are bounds and infeasible problems among them')

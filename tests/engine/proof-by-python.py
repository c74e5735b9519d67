#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Our verifier and the auditor's (verify_exam.py) say the same of every proof. Usage: proof-by-python.py SAMPLES; prints TAP."""
import subprocess
import sys
from fractions import Fraction

sys.dont_write_bytecode = True
from verify_exam import Problem, Refused, bound_of, proofs_of

parts = subprocess.run([sys.argv[1], '400'], capture_output=True, check=True, text=True).stdout.split('=\n')[:-1]
faults, kinds = [], set()
for number, (problem, proof, said) in enumerate(zip(parts[::3], parts[1::3], parts[2::3])):
    try:
        (incumbent, nodes), = proofs_of(proof)
        found = bound_of(Problem(problem).stage(0, []), nodes, incumbent)
    except Refused:
        found = 'refused'
    said = said.strip()
    kinds.add(said if said.isalpha() else 'bound')
    if found != (said if said.isalpha() else Fraction(said)):
        faults.append(f'sample {number}: we say {said}, the auditor {found}')
print('1..2')
print('ok' if not faults else 'not ok', '1 - two verifiers say the same of every proof')
for fault in faults[:10]:
    print('#', fault)
print('ok' if {'bound', 'infeasible'} <= kinds else 'not ok', '2 - there are bounds and infeasible problems among them')

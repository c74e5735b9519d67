#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""rate-all.py PLACES.csv RUBRICS [RATER]: the keys with which a rater (default: the first drawn) rates everybody at his benches in
kaochang-rate, group by group: faces, time, full marks and a slip for the second of each group, the candidates' digits."""
import csv
import os
import re
import sys

places, rubrics = sys.argv[1:3]
with open(places, encoding='utf-8') as file:
    rows = list(csv.DictReader(file))
rater = next(r for r in rows if r['kind'] == 'rater' and (len(sys.argv) < 4 or r['id'] == sys.argv[3]))
here = sorted((int(r['group']), int(r['bench']), r['id'], r['experiment']) for r in rows if r['kind'] == 'candidate' and
              all(r[k] == rater[k] for k in ('session', 'site', 'room')) and
              int(rater['bench']) <= int(r['bench']) <= int(rater['to'] or rater['bench']))


def steps(rubric):
    with open(os.path.join(rubrics, rubric + '.xml'), encoding='utf-8') as file:
        return len(re.findall('<step ', file.read()))


print(f'wait "Type your examiner"\n"{rater["id"]}" Enter\nwait "Is this you"\nRight Enter\nwait "Find by the end"\nEnter')
for group in sorted({c[0] for c in here}):
    sheets = [c for c in here if c[0] == group]
    if group != here[0][0]:
        print('PageDown')
    for c in sheets:
        print(f'expect "{c[2]}"\ny')
    print('wait "[1] "\nS')
    for place, c in enumerate(sheets, 1):
        print(place)
        print(f'a\nEnter*{steps(c[3]) - 1}' if place == 2 else f'Enter*{steps(c[3])}')
        print(f'wait "All steps are rated"\nEnter\n"{c[2][-4:]}"\nwait "saved here"')

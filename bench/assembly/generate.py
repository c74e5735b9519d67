#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""generate.py DIR [--seed 1] [NAME ...]: made-up assembly problems (items.csv, problem.json) in DIR, one folder each; all of them without NAME.
The same seed gives the same bytes. Sizes stand in the names: items, forms."""
import argparse
import csv
import json
import math
import os
import random

LEVELS, KINDS = ['remember', 'apply', 'analyse'], ['single', 'multiple', 'fill', 'essay']
SHARE = dict(zip(KINDS, [.5, .2, .2, .1]))
SECONDS, GUESS = dict(zip(KINDS, [60, 90, 100, 300])), dict(single=.2, multiple=.1)
MIDDLE, WIDE = [-1, 0, 1], [-2, -1, 0, 1, 2]


def information(a, b, c, theta):
    p = c + (1 - c) / (1 + math.exp(-a * (theta - b)))
    return a * a * (1 - p) / p * ((p - c) / (1 - c)) ** 2


def with_information(item, r, thetas, guess=0.0):
    a, b = r.lognormvariate(0, .3), r.gauss(0, 1)
    item['b'] = b
    for theta in thetas:
        item['info_%g' % theta] = information(a, b, guess, theta)
    return item


def count(name, low, high, **where):
    return dict(id=name, kind='count', where=[[attribute, 'in', values if isinstance(values, list) else [values]]
                                              for attribute, values in where.items()], lo=low, hi=high)


def pool(r, n, points):
    items = []
    for k in range(n):
        kind = r.choices(KINDS, list(SHARE.values()))[0]
        item = dict(id=f'A{k + 1:06d}', point=f'P{r.randrange(points) + 1:02d}', level=r.choices(LEVELS, [4, 4, 2])[0], kind=kind,
                    seconds=max(15, int(r.lognormvariate(math.log(SECONDS[kind]), .3))), stimulus='')
        items.append(with_information(item, r, WIDE, GUESS.get(kind, 0.0)))
        items[-1]['band'] = 'easy' if item['b'] < -.6 else 'hard' if item['b'] > .6 else 'middle'
    return items


def two_way_table(length, points):
    """knowledge point x cognitive level, each cell within one of its share; kinds and bands; time."""
    yield count('length', length, length)
    for k in range(points):
        name = f'P{k + 1:02d}'
        yield count(name, math.floor(length / points), math.ceil(length / points), point=name)
        for level, share in zip(LEVELS, [.4, .4, .2]):
            t = length * share / points
            yield count(f'{name} {level}', max(0, math.floor(t - .5)), math.ceil(t + .5), point=name, level=level)
    for kind, share in SHARE.items():
        yield count(kind, round(length * share), round(length * share), kind=kind)
    for band, share in zip(['easy', 'middle', 'hard'], [.3, .4, .3]):
        yield count(band, math.floor(length * share) - 1, math.ceil(length * share) + 1, band=band)
    yield dict(id='time', kind='sum', attr='seconds', where=[], lo=None, hi=length * 100)


def enemies(r, items, groups, size=3):
    for k in range(groups):
        yield dict(id=f'enemies {k + 1}', kind='enemy', items=[item['id'] for item in r.sample(items, size)])


def maximin(thetas=MIDDLE):
    return dict(type='maximin', theta=thetas, weights=[1] * len(thetas))


def gather_sets(r, items, share, size=5):
    """Part of the items in sets of one knowledge point."""
    places = r.sample(range(len(items)), int(len(items) * share) // size * size)
    for k in range(0, len(places), size):
        for place in places[k:k + size]:
            items[place].update(stimulus=f'S{k // size + 1:05d}', point=items[places[k]]['point'])


SETS = [dict(id='stimuli', kind='n_stimuli', lo=2, hi=3), dict(id='items of a stimulus', kind='items_per_stimulus', lo=3, hi=5)]
ONCE, STIMULUS_ONCE = dict(id='use', kind='max_use', value=1), dict(id='stimulus use', kind='max_stimulus_use', value=1)


def table(n, forms, length, points, groups):
    def make(r):
        items = pool(r, n, points)
        rules = [*two_way_table(length, points), *enemies(r, items, groups)]
        return items, forms, maximin(), rules + ([ONCE] if forms > 1 else [])
    return make


def overlapping(r):
    items = pool(r, 500, 10)
    return items, 10, maximin(), [*two_way_table(40, 10), dict(id='use', kind='max_use', value=4), dict(id='overlap', kind='max_overlap', value=10)]


def sets_2k(r):
    items = pool(r, 2000, 10)
    gather_sets(r, items, .3)
    return items, 5, maximin(), [*SETS, *two_way_table(60, 10), *enemies(r, items, 200), ONCE, STIMULUS_ONCE]


def target_10k(r):
    items = pool(r, 10000, 10)
    gather_sets(r, items, .2)
    objective = dict(type='minimax_dev', theta=WIDE, target=[3.6, 8.4, 10.8, 8.4, 3.6])
    return items, 10, objective, [*SETS, *two_way_table(60, 10), *enemies(r, items, 500), ONCE, STIMULUS_ONCE]


def reading(r):
    """Passages with all their items: 35 of them, three forms of six passages each."""
    items = []
    for k in range(35):
        kind = 1 + k % 2
        for _ in range(r.choice([7, 8, 8, 9, 10, 10])):
            item = dict(id=f'R{len(items) + 1:04d}', stimulus=f'T{k + 1:03d}', content=kind, part=r.randrange(12) + 1, dok=r.choice([1, 2, 2, 3, 3]),
                        form=r.choice(['choice', 'choice', 'hot text', 'two parts']))
            items.append(with_information(item, r, MIDDLE, .2 if item['form'] == 'choice' else 0.0))
    rules = [count('length', 30, 30), dict(id='passages', kind='n_stimuli', lo=6, hi=6), dict(id='of a passage', kind='items_per_stimulus', lo=4, hi=6),
             count('literary', 15, 15, content='1'), count('informational', 15, 15, content='2')]
    rules += [count(f'part {k + 1}', 1, 5, part=str(k + 1)) for k in range(12)]
    rules += [count('dok 1', 3, 8, dok='1'), count('dok 2', 10, 16, dok='2'), count('dok 3', 8, 15, dok='3'), count('choice', 12, 18, form='choice')]
    return items, 3, maximin(), rules + [ONCE, STIMULUS_ONCE]


def target_320(r):
    """Four forms to one curve, from a pool that has little to spare."""
    items = [with_information(dict(id=f'B{k + 1:03d}', content=1 + r.choices(range(5), [8, 7, 6, 6, 5])[0], key=r.choice('ABCD')), r, WIDE, .2)
             for k in range(320)]
    rules = [count('length', 40, 40)] + [count(f'content {k + 1}', n, n + 2, content=str(k + 1)) for k, n in enumerate([9, 8, 6, 6, 5])]
    rules += [count(f'key {key}', 7, 13, key=key) for key in 'ABCD']
    target = [round(40 / 320 * sum(item['info_%g' % theta] for item in items) * 1.02, 3) for theta in WIDE]
    return items, 4, dict(type='minimax_dev', theta=WIDE, target=target), rules + [ONCE]


def booklets(r):
    """A pool of 80 units that 14 booklets use up, equally long; a division that meets all rules is drawn first."""
    units = [dict(id=f'U{k + 1:02d}', domain=r.choice(['reading', 'listening', 'writing']), minutes='%.1f' % (r.randrange(10, 41) / 2),
                  format=r.choice(['choice', 'short', 'long']), language=r.choice(['a', 'b', 'b'])) for k in range(80)]
    order = r.sample(units, 80)
    parts = [order[k::14] for k in range(14)]
    rules = [count('length', 5, 6), dict(id='use', kind='exact_use', value=1)]
    for attribute in ('domain', 'format', 'language'):
        for value in sorted({unit[attribute] for unit in units}):
            counts = [sum(unit[attribute] == value for unit in part) for part in parts]
            rules.append(count(value, min(counts), max(counts), **{attribute: value}))
    part_of = {unit['id']: k for k, part in enumerate(parts) for unit in part}
    pairs = [r.sample(units, 2) for _ in range(60)]
    rules += [dict(id=f'apart {k + 1}', kind='enemy', items=[a['id'], b['id']])
              for k, (a, b) in enumerate(pair for pair in pairs if part_of[pair[0]['id']] != part_of[pair[1]['id']])]
    rules += [dict(id=f'together {k + 1}', kind='all_or_none', items=[parts[k][0]['id'], parts[k][1]['id']]) for k in range(6)]
    mean = sum(float(unit['minutes']) for unit in units) / 14
    return units, 14, dict(type='minimax_attr', attr='minutes', target=math.floor(mean * 2) / 2), rules


def categories(r):
    items = [with_information(dict(id=f'D{k + 1:03d}', category=1 + r.choices(range(6), [7, 8, 7, 9, 9, 11])[0]), r, MIDDLE) for k in range(165)]
    have = [sum(item['category'] == k + 1 for item in items) for k in range(6)]
    rules = [count('length', 55, 55)] + [count(f'category {k + 1}', n * 55 // 165 - 1, n * 55 // 165 + 1, category=str(k + 1)) for k, n in enumerate(have)]
    return items, 2, maximin(), rules + [ONCE]


def levels(forms, spoil=None):
    """A school subject: three levels, four standards with their parts, kinds, depth. `spoil` makes rules that contradict each other: at once, or
    only in several forms."""
    def make(r):
        items = []
        for k in range(1000):
            standard = r.choices([1, 2, 3, 4], [55, 15, 18, 12])[0]
            item = dict(id=f'C{k + 1:04d}', level=3 + k % 3, standard=standard, part=f'{standard}{r.choice("ABCDEF")}', depth=r.choices([1, 2, 3], [4, 4, 2])[0],
                        kind=r.choices(['response', 'match', 'equation'], [5, 2, 3])[0], correlation='%.3f' % r.uniform(.1, .6))
            items.append(with_information(item, r, MIDDLE, .2 if item['kind'] == 'match' else 0.0))
        few = [item for item in items if item['part'] == '3F']
        rules = [count('length', 30, 30), *(count(f'level {k}', 10, 10, level=str(k)) for k in (3, 4, 5)),
                 count('standard 1', 15, 20, standard='1'), count('standards 2 and 4', 6, 9, standard=['2', '4']), count('standard 3', 3, 6, standard='3'),
                 *(count(f'part 1{k}', 2, 5, part=f'1{k}') for k in 'ABCDEF'), count('parts 3A to 3E', 1, 6, part=['3A', '3B', '3C', '3D', '3E']),
                 count('response', 12, 17, kind='response'), count('match', 3, 8, kind='match'), count('equation', 7, 12, kind='equation'),
                 count('depth 3', 4, 9, depth='3'), dict(id='weak items', kind='exclude', where=[['correlation', 'lt', .15]]), *enemies(r, items, 20, 2)]
        if spoil == 'at once':
            rules += [count('response in standard 1', 12, 20, standard='1', kind='response'), count('match, depth 3', 4, 8, kind='match', depth='3'),
                      count('equation, higher', 15, 30, kind='equation')]
        if spoil == 'together':
            rules.append(count('part 3F', len(few) // forms + 1, 6 + len(few) // forms, part='3F'))
            rules[6]['hi'] = 12 + len(few) // forms
        return items, forms, maximin() if forms > 1 else dict(type='max_sum', theta=[-1, 1], weights=[1, 1]), rules + ([ONCE] if forms > 1 else [])
    return make


def cover(r):
    kinds = ['single', 'multiple', 'truefalse', 'fill', 'essay']
    points = dict(zip(kinds, [1, 2, 1, 2, 5]))
    items = []
    for k in range(5000):
        kind, facility = r.choice(kinds), r.randint(30, 100)
        items.append(dict(id=f'Z{k + 1:04d}', kind=kind, points=points[kind], facility='%.2f' % (facility / 100), expected='%.2f' % (points[kind] * facility / 100),
                          about=' '.join(f'P{n}' for n in sorted(r.sample(range(1, 101), r.randint(1, 4))))))
    rules = [count(kind, n, n, kind=kind) for kind, n in zip(kinds, [20, 5, 10, 7, 9])]
    rules += [dict(id='points', kind='sum', attr='points', where=[], lo=99, hi=99),
              dict(id='covered', kind='cover', attr='about', values=[f'P{n}' for n in range(1, 82)], min_covered=81)]
    return items, 1, dict(type='minimax_attr', attr='expected', target=71.28), rules


def many_enemies(r):
    items = [with_information(dict(id=f'F{k + 1:02d}', domain=r.choice(['impact', 'experience']), scale=r.choice(['intensity', 'frequency']), stratum=1 + k % 3), r, MIDDLE)
             for k in range(95)]
    rules = [count('length', 12, 12), count('impact', 6, 6, domain='impact'), count('intensity', 6, 6, scale='intensity'),
             *(count(f'stratum {k}', 4, 4, stratum=str(k)) for k in (1, 2, 3)), *enemies(r, items, 99, 2)]
    return items, 1, maximin(), rules


PROBLEMS = {
    'enemies_95_1f': many_enemies, 'levels_1000_1f': levels(1), 'cover_5000_1f': cover, 'table_10k_1f': table(10000, 1, 100, 20, 500),
    'table_100k_1f': table(100000, 1, 100, 30, 2000), 'categories_165_2f': categories, 'reading_35_3f': reading, 'target_320_4f': target_320,
    'booklets_80_14f': booklets, 'levels_1000_6f': levels(6), 'overlap_500_10f': overlapping, 'sets_2k_5f': sets_2k, 'target_10k_10f': target_10k,
    'table_10k_50f': table(10000, 50, 60, 10, 500), 'table_100k_50f': table(100000, 50, 60, 10, 2000),
    'contradiction_1000_1f': levels(1, 'at once'), 'contradiction_1000_6f': levels(6, 'together'),
}
FAST = ['enemies_95_1f', 'levels_1000_1f', 'cover_5000_1f', 'categories_165_2f', 'booklets_80_14f', 'contradiction_1000_6f']


def write(name, folder, seed):
    items, forms, objective, rules = PROBLEMS[name](random.Random(f'{name} {seed}'))
    os.makedirs(os.path.join(folder, name), exist_ok=True)
    with open(os.path.join(folder, name, 'items.csv'), 'w', encoding='utf-8', newline='') as file:
        rows = csv.writer(file, lineterminator='\n')
        rows.writerow(items[0])
        rows.writerows(['%.6f' % v if isinstance(v, float) else v for v in item.values()] for item in items)
    with open(os.path.join(folder, name, 'problem.json'), 'w', encoding='utf-8') as file:
        json.dump(dict(name=name, forms=forms, objective=objective, constraints=rules, n_items=len(items)), file, indent=1)
    return os.path.join(folder, name)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('folder')
    parser.add_argument('names', nargs='*', metavar='NAME', help=' '.join(PROBLEMS))
    parser.add_argument('--seed', type=int, default=1)
    options = parser.parse_args()
    for name in options.names or PROBLEMS:
        print(write(name, options.folder, options.seed))


if __name__ == '__main__':
    main()

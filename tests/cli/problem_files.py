# SPDX-License-Identifier: Apache-2.0
"""Random tiny problems as files, and what trying everything finds for them."""
import itertools
import json
import os

THETA = [-1, 0, 1]
ACROSS = ('max_use', 'exact_use', 'max_stimulus_use', 'max_overlap')
KINDS = ['count', 'sum', 'enemy', 'all_or_none', 'include', 'exclude', 'n_stimuli', 'items_per_stimulus', 'cover', *ACROSS]
OBJECTIVES = ['max_sum', 'maximin', 'minimax_dev', 'minimax_attr']


def random_items(r, n):
    return [{'id': f'i{k}', 'kind': r.choice('abc'), 'level': r.choice(['1', '2', '', 'NA']), 'time': f'{r.randrange(0, 40) / 4:g}', 'stimulus': r.choice(['s1', 's2', '']),
             'about': ' '.join(sorted(r.sample(['p', 'q', 'pq', 't'], r.randrange(3)))), **{f'info_{t}': f'{r.randrange(-50, 400) / 1000:.6f}' for t in THETA}} for k in range(n)]


def random_where(r):
    return r.choice([[], [['kind', 'in', ['a']]], [['kind', 'in', ['a', 'b']], ['time', 'le', 6]], [['level', 'notna', None]], [['level', 'ge', 2]], [['time', 'gt', 2.5]],
                     [['info_0', 'lt', 0.2]]])


def random_constraint(r, kind, items, forms):
    few = r.sample([item['id'] for item in items], 2)
    low = r.choice([None, 0, 1])
    high = r.choice([None, (low or 0) + r.randrange(3)])
    return {'kind': kind, 'id': f'{kind} {r.randrange(100)}', **{
        'count': lambda: dict(where=random_where(r), lo=low, hi=high), 'sum': lambda: dict(where=random_where(r), attr='time', lo=low, hi=r.choice([None, 7.25, 14])),
        'enemy': lambda: dict(items=few), 'all_or_none': lambda: dict(items=few), 'include': lambda: dict(where=[['id', 'in', few[:1]]]),
        'exclude': lambda: dict(where=[['id', 'in', few[:1]]]), 'n_stimuli': lambda: dict(lo=low, hi=r.choice([1, 2])),
        'items_per_stimulus': lambda: dict(lo=1, hi=r.choice([1, 2, 3])), 'cover': lambda: dict(attr='about', values=['p', 'q', 't'], min_covered=r.randrange(1, 4)),
        'max_use': lambda: dict(value=r.randrange(1, forms + 1)), 'exact_use': lambda: dict(value=r.randrange(1, forms + 1)),
        'max_stimulus_use': lambda: dict(value=r.randrange(1, forms + 1)), 'max_overlap': lambda: dict(value=r.randrange(3))}[kind]()}


def random_objective(r, kind):
    return {'type': kind, **{'max_sum': lambda: dict(theta=THETA[:2], weights=[1, 0.5]), 'maximin': lambda: dict(theta=THETA, weights=[r.choice([0.5, 1, 2]) for _ in THETA]),
                             'minimax_dev': lambda: dict(theta=THETA[1:], target=[0.4, 0.625]), 'minimax_attr': lambda: dict(attr='time', target=9.5)}[kind]()}


def write(folder, items, problem):
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, 'items.csv'), 'w', encoding='utf-8') as file:
        file.write(','.join(items[0]) + '\n' + ''.join(','.join(item.values()) + '\n' for item in items))
    with open(os.path.join(folder, 'problem.json'), 'w', encoding='utf-8') as file:
        json.dump(problem, file)


def random_problem(r, folder, kind, objective, forms):
    items = random_items(r, r.randrange(4, 9 if forms == 1 else 7 if forms == 2 else 6))
    size = r.randrange(1, len(items) // 2 + 1)
    rules = [{'kind': 'count', 'id': 'size', 'where': [], 'lo': size, 'hi': size}, random_constraint(r, kind, items, forms)]
    rules += [random_constraint(r, r.choice(KINDS), items, forms) for _ in range(r.randrange(3))]
    for number, rule in enumerate(rules):
        rule['id'] += f' no. {number}'
    write(folder, items, {'forms': forms, 'objective': random_objective(r, objective), 'constraints': rules})


def best_of(problem, judges, kept=None):
    """(best objective or None where nothing is allowed), of the constraints with these ids, or all. A problem as of bench/assembly/reference.py."""
    rules = [c for c in problem.constraints if kept is None or c['id'] in kept]
    everything = range(len(problem.id))
    alone = [set(form) for n in range(len(problem.id) + 1) for form in itertools.combinations(everything, n)]
    alone = [form for form in alone if not any(any(judges[c['kind']](problem, c, [form])) for c in rules if c['kind'] not in ACROSS)]
    best = None
    for forms in itertools.combinations_with_replacement(alone, problem.forms):
        if any(any(judges[c['kind']](problem, c, forms)) for c in rules if c['kind'] in ACROSS):
            continue
        if kept is not None:
            return True
        value = problem.value_of(forms)
        if best is None or (value > best if problem.upwards() else value < best):
            best = value
    return best

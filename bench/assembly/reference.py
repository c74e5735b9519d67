# SPDX-License-Identifier: Apache-2.0
"""Reference problems (docs/engine.md, "Reference problems") and a checker of answers, written from that definition alone: it shares nothing
with the engine. Everything is exact: decimals are fractions."""
import csv
import json
import os
from decimal import Decimal, InvalidOperation
from fractions import Fraction


def number(text):
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return Fraction(value) if value.is_finite() else None


class Problem:
    def __init__(self, folder):
        self.folder = folder
        self.name = os.path.basename(os.path.normpath(folder))
        with open(os.path.join(folder, 'problem.json'), encoding='utf-8') as file:
            stated = json.load(file, parse_float=Decimal)
        with open(os.path.join(folder, 'items.csv'), encoding='utf-8', newline='') as file:
            rows = csv.reader(file)
            self.columns = {name: k for k, name in enumerate(next(rows))}
            self.rows = list(rows)
        self.forms, self.objective, self.constraints = stated['forms'], stated['objective'], stated['constraints']
        self.id = [row[self.columns['id']] for row in self.rows]
        self.item = {name: k for k, name in enumerate(self.id)}
        self.indexes, self.values = {}, {}

    def cell(self, item, attribute):
        column = self.columns.get(attribute)
        return '' if column is None else self.rows[item][column]

    def value(self, item, attribute):
        key = (item, attribute)
        if key not in self.values:
            self.values[key] = number(self.cell(item, attribute))
        return self.values[key]

    def index(self, attribute):
        """Items by what stands in an attribute."""
        if attribute not in self.indexes:
            found = self.indexes[attribute] = {}
            for item in range(len(self.rows)):
                found.setdefault(self.cell(item, attribute), []).append(item)
        return self.indexes[attribute]

    def term(self, item, attribute, operator, wanted):
        if operator == 'in':
            return self.cell(item, attribute) in wanted
        if operator == 'notna':
            return self.cell(item, attribute) not in ('', 'NA')
        value = self.value(item, attribute)
        return value is not None and {'ge': value >= wanted, 'le': value <= wanted, 'gt': value > wanted, 'lt': value < wanted}[operator]

    def matches(self, item, where):
        return all(self.term(item, *term) for term in where)

    def matching(self, constraint):
        """All items that a constraint is about."""
        where = constraint.get('where', [])
        listed = [term for term in where if term[1] == 'in']
        if not listed:
            return [item for item in range(len(self.rows)) if self.matches(item, where)]
        index = self.index(listed[0][0])
        candidates = sorted(item for value in set(listed[0][2]) for item in index.get(value, []))
        return [item for item in candidates if self.matches(item, where)]

    def stimuli(self):
        return {name: items for name, items in self.index('stimulus').items() if name}

    def objective_rows(self):
        """[(attribute or [(attribute, weight)], weight, target)], one for each row."""
        o = self.objective
        if o['type'] == 'minimax_attr':
            return [([(o['attr'], 1)], 1, o['target'])]
        columns = ['info_%g' % theta for theta in o['theta']]
        weights = o.get('weights', [1] * len(columns))
        if o['type'] == 'max_sum':
            return [(list(zip(columns, weights)), 1, 0)]
        targets = o.get('target', [0] * len(columns))
        return [([(column, 1)], weight, target) for column, weight, target in zip(columns, weights, targets)]

    def worth(self, item, parts):
        return sum(self.value(item, attribute) * Fraction(weight) for attribute, weight in parts)

    def upwards(self):
        return self.objective['type'] in ('maximin', 'max_sum')

    def judge(self, forms):
        """forms: lists of ids. Returns what is broken (a list of words) and the objective, a fraction (None without any form)."""
        unknown = [name for form in forms for name in form if name not in self.item]
        if unknown:
            return ['unknown items: ' + ' '.join(unknown[:5])], None
        chosen = [[self.item[name] for name in form] for form in forms]
        broken = [] if len(forms) == self.forms else [f'{len(forms)} forms in place of {self.forms}']
        broken += [f'form {f + 1} has an item twice' for f, form in enumerate(chosen) if len(set(form)) < len(form)]
        sets = [set(form) for form in chosen]
        for constraint in self.constraints:
            broken += [f'{constraint.get("id", "?")}: {words}' for words in JUDGES[constraint['kind']](self, constraint, sets)]
        return broken, self.value_of(sets) if sets else None

    def value_of(self, sets):
        rows = self.objective_rows()
        sums = [[sum(self.worth(item, parts) for item in form) for parts, _, _ in rows] for form in sets]
        if self.objective['type'] == 'max_sum':
            return sum((form[0] for form in sums), Fraction(0))
        if self.objective['type'] == 'maximin':
            return min(value / Fraction(weight) for form in sums for value, (_, weight, _) in zip(form, rows))
        return max(abs(value - Fraction(target)) for form in sums for value, (_, _, target) in zip(form, rows))


def outside(constraint, value):
    low, high = constraint.get('lo'), constraint.get('hi')
    return (low is not None and value < low) or (high is not None and value > high)


def judge_sum(p, c, sets):
    for f, form in enumerate(sets):
        value = sum(p.value(item, c['attr']) if c['kind'] == 'sum' else 1 for item in form if p.matches(item, c.get('where', [])))
        if outside(c, value):
            yield f'form {f + 1} has {float(value):g}'


def judge_listed(p, c, sets):
    listed = {p.item[name] for name in c['items']}
    allowed = (0, 1) if c['kind'] == 'enemy' else (0, len(listed))
    for f, form in enumerate(sets):
        if len(form & listed) not in allowed:
            yield f'form {f + 1} has {len(form & listed)}'


def judge_include(p, c, sets):
    wanted = set(p.matching(c))
    yield from (f'form {f + 1} lacks one' for f, form in enumerate(sets) if not wanted <= form)


def judge_exclude(p, c, sets):
    yield from (f'form {f + 1} has one' for f, form in enumerate(sets) if any(p.matches(item, c['where']) for item in form))


def per_stimulus(p, form):
    counts = {}
    for item in form:
        name = p.cell(item, 'stimulus')
        if name:
            counts[name] = counts.get(name, 0) + 1
    return counts


def judge_stimuli(p, c, sets):
    yield from (f'form {f + 1} has another number' for f, form in enumerate(sets) if outside(c, len(per_stimulus(p, form))))


def judge_per_stimulus(p, c, sets):
    for f, form in enumerate(sets):
        yield from (f'form {f + 1} has {n} of {name}' for name, n in per_stimulus(p, form).items() if outside(c, n))


def judge_cover(p, c, sets):
    for f, form in enumerate(sets):
        covered = {word for item in form for word in p.cell(item, c['attr']).split(' ')}
        if sum(value in covered for value in c['values']) < c['min_covered']:
            yield f'form {f + 1} covers too few'


def judge_use(p, c, sets):
    uses = {}
    for form in sets:
        for item in form:
            uses[item] = uses.get(item, 0) + 1
    if c['kind'] == 'max_use':
        yield from (f'{p.id[item]} stands in {n} forms' for item, n in uses.items() if n > c['value'])
    else:
        yield from (f'{p.id[item]} stands in {uses.get(item, 0)} forms' for item in range(len(p.id)) if uses.get(item, 0) != c['value'])


def judge_stimulus_use(p, c, sets):
    uses = {}
    for form in sets:
        for name in per_stimulus(p, form):
            uses[name] = uses.get(name, 0) + 1
    yield from (f'{name} stands in {n} forms' for name, n in uses.items() if n > c['value'])


def judge_overlap(p, c, sets):
    yield from (f'forms {f + 1} and {g + 1} share {len(sets[f] & sets[g])}' for f in range(len(sets)) for g in range(f + 1, len(sets))
                if len(sets[f] & sets[g]) > c['value'])


JUDGES = {'count': judge_sum, 'sum': judge_sum, 'enemy': judge_listed, 'all_or_none': judge_listed, 'include': judge_include,
          'exclude': judge_exclude, 'n_stimuli': judge_stimuli, 'items_per_stimulus': judge_per_stimulus, 'cover': judge_cover,
          'max_use': judge_use, 'exact_use': judge_use, 'max_stimulus_use': judge_stimulus_use, 'max_overlap': judge_overlap}

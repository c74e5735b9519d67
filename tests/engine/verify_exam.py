#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""An auditor's verifier, written from docs/engine.md ("Proofs") alone: reads problem.txt, proof.txt and certificate.json of an
exam's folder and computes with Python's integers whether the papers meet every requirement, what they are worth, and what is
proven. Slow and short on purpose. Usage: verify_exam.py FOLDER; prints what it found; exit status 1: refused."""
import hashlib
import json
import sys
from fractions import Fraction
from math import ceil, comb, floor, gcd


class Refused(Exception):
    pass


def need(so, what):
    if not so:
        raise Refused(what)


def numbers(words):
    return [int(w) for w in words]


def members(words):
    for w in words:
        lo, _, hi = w.partition('-')
        yield from range(int(lo), int(hi or lo) + 1)


def decoded(word):
    return '' if word == '%-' else bytes.fromhex(''.join(
        (word[i + 1:i + 3] if word[i] == '%' else word[i].encode().hex()) for i in starts(word))).decode()


def starts(word):
    i = 0
    while i < len(word):
        yield i
        i += 3 if word[i] == '%' else 1


class Requirement:
    coef = group = None
    n_groups = 0

    def __init__(self, kind, lo, hi, weight, item, coef=None):
        self.kind, self.lo, self.hi, self.weight, self.item, self.coef = kind, lo, hi, weight, item, coef

    def pairs(self):
        return zip(self.item, self.coef or [1] * len(self.item))


class Problem:
    def __init__(self, text):
        lines = iter(text.split('\n'))

        def line(head):
            words = next(lines).split(' ')
            need(words[0] == head, f'no {head}')
            return words[1:]
        need(line('kaochang-problem') == ['1'], 'no problem of version 1')
        line('name')
        self.forms, self.stimuli, n = (int(line(h)[0]) for h in ('forms', 'stimuli', 'items'))
        rows = [next(lines).split(' ') for _ in range(n)]
        self.id = [decoded(r[0]) for r in rows]
        self.stimulus = [None if r[1] == '-' else int(r[1]) for r in rows]
        self.requirements, self.objectives = [], []
        lines = list(lines)
        at = 0

        def take():
            nonlocal at
            at += 1
            return lines[at - 1].split(' ')
        for _ in range(int(take()[1])):
            w = take()
            v = dict(zip(w[2::2], w[3::2]))
            need(w[2::2] == ['lo', 'hi', 'unit', 'weight', 'with', 'line'], 'not a requirement')
            lo, hi = (None if v[x] == '-' else int(v[x]) for x in ('lo', 'hi'))
            r = Requirement(w[0], lo, hi, int(v['weight']), list(members(take()[2:])))
            if lines[at].startswith('coefs'):
                r.coef = numbers(take()[1:])
            if r.kind == 'cover':
                w = take()
                r.n_groups, r.group = int(w[1]), numbers(w[2:])
            self.requirements.append(r)
        for _ in range(int(take()[1])):
            w = take()
            o = {'kind': w[0], **dict(zip(w[1::2], numbers(w[2::2]))), 'row': []}
            for _ in range(o['rows']):
                w = take()
                o['row'].append({'target': int(w[1]), 'weight': int(w[3]), 'coef': numbers(take()[1:])})
            self.objectives.append(o)
        need(lines[at:] == [''], 'something after the end')

    # ---- papers ----

    def values(self, r, papers):
        """One per form, or one in all."""
        sums = [sum(c for i, c in r.pairs() if i in form) for form in papers]
        uses = [sum(i in form for form in papers) for i in range(len(self.id))]
        sets = [[self.stimulus[i] for i in form if self.stimulus[i] is not None] for form in papers]
        if r.kind in ('linear', 'at-most-one', 'all-or-none', 'include', 'exclude'):
            return sums
        if r.kind == 'cover':
            return [len({g for i, g in zip(r.item, r.group) if i in form}) for form in papers]
        if r.kind == 'stimuli':
            return [len(set(s)) for s in sets]
        if r.kind == 'per-stimulus':
            return [s.count(t) for s in sets for t in set(s)]
        if r.kind == 'total':
            return [sum(sums)]
        if r.kind == 'use':
            return [uses[i] for i in r.item]
        if r.kind == 'stimulus-use':
            return [sum(t in s for s in sets) for t in range(self.stimuli)]
        if r.kind == 'overlap':
            return [len(f & g & set(r.item)) for k, f in enumerate(papers) for g in papers[k + 1:]]
        if r.kind == 'range':
            return [max(sums) - min(sums)]
        need(r.kind == 'penalty', 'unknown requirement')
        return [self.penalty(papers)]

    def penalty(self, papers):
        return sum(r.weight * (max(r.lo - v, 0) if r.lo is not None and v < r.lo else
                               max(v - r.hi, 0) if r.hi is not None else 0)
                   for r in self.requirements if r.weight for v in self.values(r, papers))

    def check(self, papers):
        need(len(papers) == self.forms, 'another number of forms')
        for k, r in enumerate(self.requirements):
            n = len(r.item)
            limits = {'at-most-one': (None, 1), 'include': (n, n), 'exclude': (0, 0), 'cover': (r.lo, None)}
            lo, hi = limits.get(r.kind, (r.lo, r.hi))
            if r.kind in ('stimulus-use', 'overlap', 'range', 'penalty'):
                lo = None
            for v in [] if r.weight else self.values(r, papers):
                good = v in (0, n) if r.kind == 'all-or-none' else (lo is None or v >= lo) and (hi is None or v <= hi)
                need(good, f'requirement {k}: {v}')

    def value(self, o, papers):
        sums = [[sum(row['coef'][i] for i in form) for form in papers] for row in o['row']]
        if o['kind'] == 'max-sum':
            return Fraction(sum(map(sum, sums)))
        if o['kind'] == 'maximin':
            return min(Fraction(1000 * v, row['weight']) for row, s in zip(o['row'], sums) for v in s)
        if o['kind'] == 'minimax-dev':
            return Fraction(max(abs(v - row['target']) for row, s in zip(o['row'], sums) for v in s))
        if o['kind'] == 'min-range':
            return Fraction(max(max(s) - min(s) for s in sums))
        return Fraction(self.penalty(papers) if o['kind'] == 'min-penalty' else 0)

    def stage(self, k, reached):
        """Objective k alone; requirements hold what earlier ones reached."""
        p = object.__new__(Problem)
        p.__dict__.update(self.__dict__)
        p.requirements = list(self.requirements)
        for o, v in zip(self.objectives[:k], reached):
            every, add = list(range(len(self.id))), p.requirements.append
            worst = max(floor(v), o['indifferent']) + o['give']
            if o['kind'] == 'max-sum':
                add(Requirement('total', ceil(v) - o['give'], None, 0, every, [sum(c) for c in zip(*(r['coef'] for r in o['row']))]))
            for r in o['row']:
                if o['kind'] == 'maximin':
                    add(Requirement('linear', ceil((v - o['give']) * r['weight'] / 1000), None, 0, every, r['coef']))
                if o['kind'] == 'minimax-dev':
                    add(Requirement('linear', r['target'] - worst, r['target'] + worst, 0, every, r['coef']))
                if o['kind'] == 'min-range':
                    add(Requirement('range', None, worst, 0, every, r['coef']))
            if o['kind'] == 'min-penalty':
                add(Requirement('penalty', None, floor(v) + o['give'], 0, []))
        p.objective = self.objectives[k]
        return p


# ---- the relaxation ----

def rows_of(p):
    """{(requirement, sub): (low, high, {variable: coefficient}, pairs)}; variables ('u', j), ('s', t), ('w', k, g)."""
    rows, f = {}, p.forms
    times = lambda v, n: None if v is None else v * n
    for k, r in enumerate(p.requirements):
        def add(sub, lo, hi, entries, pairs=False, k=k):
            row = {}
            for v, c in entries:
                row[v] = row.get(v, 0) + c
            rows[k, sub] = lo, hi, row, pairs
        u = [(('u', i), c) for i, c in r.pairs()]

        def per_stimulus(first, lo, hi):
            of = [[(('u', j), 1) for j, t in enumerate(p.stimulus) if t == s] for s in range(p.stimuli)]
            for t in range(p.stimuli):
                add(first + 2 * t, 0, None, of[t] + [(('s', t), -(lo or 0))])
                if hi is not None:
                    add(first + 2 * t + 1, None, 0, of[t] + [(('s', t), -hi)])
            for j, t in enumerate(p.stimulus):
                if t is not None:
                    add(first + 2 * p.stimuli + j, None, 0, [(('u', j), 1), (('s', t), -1)])
        if r.kind == 'linear':
            add(0, times(r.lo, f), times(r.hi, f), u)
        elif r.kind == 'total':
            add(0, r.lo, r.hi, u)
        elif r.weight:
            continue
        elif r.kind == 'at-most-one':
            add(0, None, f, [(v, 1) for v, _ in u])
        elif r.kind == 'all-or-none':
            for i in range(1, len(r.item)):
                add(i, 0, 0, [(u[0][0], 1), (u[i][0], -1)])
        elif r.kind == 'cover':
            w = [('w', k, g) for g in range(r.n_groups)]
            for g in range(r.n_groups):
                add(g, 0, None, [(('u', i), 1) for i, h in zip(r.item, r.group) if h == g] + [(w[g], -1)])
            add(r.n_groups, times(r.lo, f), None, [(v, 1) for v in w])
        elif r.kind == 'stimuli':
            add(0, times(r.lo, f), times(r.hi, f), [(('s', t), 1) for t in range(p.stimuli)])
            per_stimulus(1, 1, None)
        elif r.kind == 'per-stimulus':
            per_stimulus(0, r.lo, r.hi)
        elif r.kind == 'stimulus-use':
            per_stimulus(0, 1, None)
        elif r.kind == 'overlap':
            add(0, None, r.hi * comb(f, 2), [(v, 1) for v, _ in u], True)
        elif r.kind == 'penalty':
            add(0, None, r.hi, [])
    for k, row in enumerate(p.objective['row']):
        u = {('u', j): c for j, c in enumerate(row['coef'])}
        at = len(p.requirements)
        if p.objective['kind'] == 'maximin':
            rows[at, k] = 0, None, {v: 1000 * c for v, c in u.items()}, False
        if p.objective['kind'] == 'minimax-dev':
            rows[at, 2 * k] = None, f * row['target'], u, False
            rows[at, 2 * k + 1] = None, -f * row['target'], {v: -c for v, c in u.items()}, False
    return rows


def domains_of(p):
    may = {('u', j): [0, p.forms] for j in range(len(p.id))}
    may.update({('s', t): [0, p.forms] for t in range(p.stimuli)})
    for k, r in enumerate(p.requirements):
        if r.weight:
            continue
        may.update({('w', k, g): [0, p.forms] for g in range(r.n_groups)})
        limits = {'include': (p.forms, p.forms), 'exclude': (0, 0), 'use': (r.lo, r.hi),
                  'overlap': (None, 1 if r.hi == 0 else None)}.get(r.kind, (None, None))
        over = [('u', i) for i in r.item]
        if r.kind == 'stimulus-use':
            limits, over = (None, r.hi), [('s', t) for t in range(p.stimuli)]
        for v in over:
            lo, hi = may[v]
            may[v] = [lo if limits[0] is None else max(lo, limits[0]), hi if limits[1] is None else min(hi, limits[1])]
    return may


class Objective:
    """Maximised; what is minimised counts negative."""

    def __init__(self, p, incumbent):
        o = self.o = p.objective
        self.p, self.up = p, o['kind'] in ('max-sum', 'maximin')
        self.incumbent = None if incumbent is None else incumbent if self.up else -incumbent
        self.classes = []  # (step, offset, denominator)
        if o['kind'] == 'max-sum':
            self.classes = [(gcd(*(sum(c) for c in zip(*(r['coef'] for r in o['row'])))) or 1, 0, 1)]
        elif o['kind'] == 'maximin':
            self.classes = [(1000 * gcd(*r['coef']) or 1, 0, r['weight']) for r in o['row']]
        elif o['kind'] == 'minimax-dev':
            self.classes = [(gcd(*r['coef']) or 1, s * r['target'], 1) for r in o['row'] for s in (1, -1)]
        elif o['kind'] == 'min-penalty':
            step = 0
            for r in p.requirements:
                sums = r.kind in ('linear', 'total')
                step = gcd(step, r.weight * gcd(*(r.coef or [1]), r.lo or 0, r.hi or 0) if sums else r.weight)
            self.classes = [(step or 1, 0, 1)]

    def down_to(self, v):
        """The largest value that it can have <= v."""
        best = max((Fraction(s * floor((v * d - o) / s) + o, d) for s, o, d in self.classes), default=Fraction(0))
        return best if self.up else min(best, Fraction(0))

    def above(self, v):
        return min((Fraction(s * (floor((v * d - o) / s) + 1) + o, d) for s, o, d in self.classes), default=Fraction(1))

    def is_closed(self, bound, times):
        """Nothing better than the incumbent is left, or nothing at all."""
        if times == 0:
            return bound < 0
        return self.incumbent is not None and bound < times * self.above(self.incumbent)


def multipliers(p, rows, may, branches, goal, times, terms):
    """(D, bound of D times the objective, profit per variable, price per variable)."""
    n, kind, y = len(p.requirements), p.objective['kind'], {}
    for k, sub, t in terms:
        if k > n:
            need(k - n - 1 < len(branches) and sub == 0, 'no such branch')
        y[k, sub] = y.get((k, sub), 0) + t
    all_rows = {(n + 1 + d, 0): (None, at, row, False) if not right else (at + 1, None, row, False)
                for d, (row, at, right) in enumerate(branches)}
    for key, t in y.items():
        r = p.requirements[key[0]] if key[0] < n else None
        made = r is not None and r.kind in ('all-or-none', 'per-stimulus', 'stimulus-use', 'stimuli') and not r.weight
        need(key in rows or key in all_rows or made, f'no row {key}')  # a row of no entries, or with both sides open
        lo, hi = rows.get(key, all_rows.get(key, (None, None)))[:2]
        y[key] = 0 if (t > 0 and hi is None) or (t < 0 and lo is None) else t
    if kind in ('maximin', 'minimax-dev'):
        weight = lambda sub: p.objective['row'][sub]['weight'] if kind == 'maximin' else 1
        times = p.forms * sum(abs(t) * weight(sub) for (k, sub), t in y.items() if k == n)
    elif kind not in ('max-sum', 'min-penalty'):
        times = 0
    price_of_wish = (times if kind == 'min-penalty' else 0) + sum(
        t for (k, _), t in y.items() if k < n and p.requirements[k].kind == 'penalty')
    bound, profit, price = 0, {v: 0 for v in may}, {v: 0 for v in may}
    for key, t in y.items():
        if key[0] < n and p.requirements[key[0]].weight:
            most = p.requirements[key[0]].weight * price_of_wish
            t = max(-most, min(most, t))
        if t == 0:
            continue
        lo, hi, row, pairs = rows.get(key) or all_rows[key]
        bound += t * (hi if t > 0 else lo)
        for v, c in row.items():
            if pairs:
                price[v] += t
            else:
                profit[v] -= t * c
    if kind == 'max-sum':
        for row in p.objective['row']:
            for j, c in enumerate(row['coef']):
                profit['u', j] += times * c
    worth = lambda v, x: profit[v] * x - price[v] * comb(x, 2)
    best = {v: max(worth(v, x) for x in range(lo, hi + 1)) for v, (lo, hi) in may.items()}
    return times, bound + sum(best.values()), best, worth


def narrowed(may, row, at, right):
    if list(row.values()) != [1]:
        return may
    v = next(iter(row))
    lo, hi = may[v]
    return {**may, v: [max(lo, at + 1), hi] if right else [lo, min(hi, at)]}


def bound_of(p, nodes, incumbent):
    """The proven bound of p.objective, or 'infeasible'."""
    goal, rows, found = Objective(p, incumbent), rows_of(p), []
    if not nodes:
        need(not goal.up, 'no proof')
        return Fraction(0)
    nodes = iter(nodes)

    def walk(may, branches):
        node = next(nodes, None)
        need(node, 'the tree is not whole')
        empty = any(lo > hi for lo, hi in may.values())
        if node[0] == 'branch':
            _, kind, at, row = node
            row = {(kind, i): c for i, c in row}
            need(all(v in may for v in row), 'a branch over what does not exist')
            for right in (False, True):
                walk(narrowed(may, row, at, right), branches + [(row, at, right)])
            return
        if not empty:
            times, bound, best, worth = multipliers(p, rows, may, branches, goal, *node[1:])
        if node[0] == 'reduce':
            if not empty:
                may = {v: [x for x in range(lo, hi + 1) if not goal.is_closed(bound - best[v] + worth(v, x), times)]
                       for v, (lo, hi) in may.items()}
                may = {v: [min(x), max(x)] if x else [1, 0] for v, x in may.items()}
            walk(may, branches)
        elif not empty and not goal.is_closed(bound, times):
            need(times > 0 or not goal.classes, 'a leaf that proves nothing')
            found.append(goal.down_to(Fraction(bound, times)) if times else Fraction(0))
    sys.setrecursionlimit(100000)
    walk(domains_of(p), [])
    need(next(nodes, None) is None, 'a node after the end')
    if goal.incumbent is not None:
        found.append(goal.incumbent)
    return 'infeasible' if not found else max(found) if goal.up else -max(found)


def proofs_of(text):
    lines = text.split('\n')
    need(lines[0] == 'kaochang-proof 1', 'no proof of version 1')
    at = 2
    for _ in range(int(lines[1].split(' ')[1])):
        _, incumbent, _, n = lines[at].split(' ')
        nodes = []
        for line in lines[at + 1:at + 1 + int(n)]:
            w = line.split(' ')
            if w[0] == 'branch':
                nodes.append(('branch', w[1][0] if w[1] == 'stimuli' else 'u', int(w[2]), [numbers(x.split(':')) for x in w[3:]]))
            else:
                nodes.append((w[0], int(w[1]), [numbers(x.replace('/', ':').split(':')) for x in w[2:]]))
        at += 1 + int(n)
        yield None if incumbent == '-' else Fraction(incumbent), nodes
    need(lines[at:] == [''], 'something after the end')


def verify(folder):
    read = lambda name: open(f'{folder}/{name}', encoding='utf-8', newline='').read()
    p, proofs, said = Problem(read('problem.txt')), list(proofs_of(read('proof.txt'))), json.loads(read('certificate.json'))
    for name, digest in said['digests'].items():
        need(name in ('pool', 'items') or hashlib.blake2b(open(f'{folder}/{name}', 'rb').read()).hexdigest() == digest, f'another {name}')
    need(said['format'] == 2, 'no certificate of format 2')
    if 'exam' in said:
        lines = ''.join(f'{i}.xml {hashlib.blake2b(open(f"{folder}/items/{i}.xml", "rb").read()).hexdigest()}\n'
                        for i in sorted({i for form in said['forms'] for i in form['items']}))
        need(hashlib.blake2b(lines.encode()).hexdigest() == said['digests']['items'], 'other items')
    number = {item: i for i, item in enumerate(p.id)}
    papers = [{number[i] for i in form['items']} for form in said['forms']]
    need([len(f) for f in papers] == [len(form['items']) for form in said['forms']], 'an item twice')
    p.check(papers)
    reached = []
    for k, o in enumerate(p.objectives):
        value, bound = p.value(o, papers), None
        if k < len(proofs) and (k == 0 or proofs[k - 1][0] is not None) and proofs[k][1]:
            bound = bound_of(p.stage(k, reached), proofs[k][1], proofs[k][0])
            need(bound != 'infeasible' and (value <= bound if o['kind'] in ('max-sum', 'maximin') else value >= bound),
                 'papers better than their bound')
        elif o['kind'] not in ('max-sum', 'maximin'):
            bound = Fraction(0)
        reached.append(proofs[k][0] if k < len(proofs) and proofs[k][0] is not None else value)
        claim = said['objectives'][k]
        need(Fraction(claim['exactValue']) == value, 'another value')
        need((None if claim['exactBound'] is None else Fraction(claim['exactBound'])) == bound, 'another bound')
        print(o['kind'], value, bound)
    p.stage(len(p.objectives) - 1, reached).check(papers)


if __name__ == '__main__':
    try:
        verify(sys.argv[1])
    except (Refused, ValueError, KeyError, IndexError, StopIteration) as fault:
        print('refused:', fault)
        sys.exit(1)

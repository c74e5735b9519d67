# SPDX-License-Identifier: Apache-2.0
"""A reference problem as one mixed-integer program in free MPS, for solvers of others: x (item in form), z (stimulus in form), v (value
covered in form), w (item shared by two forms), y (the objective's level). Minimised; what is maximised is negated. Forms look alike, so
that rows and columns are kept once and written for each form."""


def text(value):
    return repr(value) if isinstance(value, (int, float)) else str(value)


class Form:
    """What every form has: rows (low, high) and columns name -> [(row, value)]."""

    def __init__(self):
        self.rows, self.columns, self.cost, self.fixed = [], {}, {}, {}

    def row(self, cells, low, high):
        for name, value in cells:
            self.columns[name].append((len(self.rows), text(value)))
        self.rows.append((low, high))


class Program:
    def __init__(self, problem):
        self.p, self.form = problem, Form()
        self.excluded = {i for c in problem.constraints if c['kind'] == 'exclude' for i in problem.matching(c)}
        self.live = [i for i in range(len(problem.id)) if i not in self.excluded]
        for item in self.live:
            self.form.columns[f'x{item}'] = []
        self.uses, self.overlap = [], None  # (columns, low, high) over all forms
        self.level = []                     # y's cells in the rows of a form
        kinds = {c['kind'] for c in problem.constraints}
        self.sets = {}
        if kinds & {'n_stimuli', 'items_per_stimulus', 'max_stimulus_use'}:
            self.sets = {k: [i for i in items if i not in self.excluded] for k, items in enumerate(problem.stimuli().values())}
        for k, items in self.sets.items():
            self.form.columns[f'z{k}'] = []
        for k, items in self.sets.items():
            for item in items:
                self.form.row([(f'x{item}', 1), (f'z{k}', -1)], None, 0)
            self.form.row([(f'x{item}', 1) for item in items] + [(f'z{k}', -1)], 0, None)
        self.objective()
        for number, constraint in enumerate(problem.constraints):
            getattr(self, constraint['kind'])(constraint, number)

    def x(self, items):
        return [(f'x{item}', 1) for item in items if item not in self.excluded]

    def objective(self):
        kind = self.p.objective['type']
        for parts, weight, target in self.p.objective_rows():
            cells = [(f'x{item}', float(self.p.worth(item, parts))) for item in self.live]
            cells = [cell for cell in cells if cell[1]]
            if kind == 'max_sum':
                self.form.cost = {name: -value for name, value in cells}
            elif kind == 'maximin':
                self.level.append((len(self.form.rows), -float(weight)))
                self.form.row(cells, 0, None)
            else:
                self.level.append((len(self.form.rows), -1))
                self.form.row(cells, None, target)
                self.level.append((len(self.form.rows), 1))
                self.form.row(cells, target, None)

    def count(self, c, _):
        self.form.row(self.x(self.p.matching(c)), c.get('lo'), c.get('hi'))

    def sum(self, c, _):
        cells = [(f'x{item}', self.p.cell(item, c['attr'])) for item in self.p.matching(c) if item not in self.excluded]
        self.form.row(cells, c.get('lo'), c.get('hi'))

    def enemy(self, c, _):
        self.form.row(self.x({self.p.item[name] for name in c['items']}), None, 1)

    def all_or_none(self, c, _):
        first, *rest = sorted({self.p.item[name] for name in c['items']})
        for item in rest:
            self.form.row(self.x([first]) + [(name, -1) for name, _ in self.x([item])], 0, 0)

    def include(self, c, _):
        self.form.fixed.update({f'x{item}': 1 for item in self.p.matching(c)})

    def exclude(self, c, _):
        pass

    def n_stimuli(self, c, _):
        self.form.row([(f'z{k}', 1) for k in self.sets], c.get('lo'), c.get('hi'))

    def items_per_stimulus(self, c, _):
        for k, items in self.sets.items():
            for bound, low, high in ((c.get('lo'), 0, None), (c.get('hi'), None, 0)):
                if bound is not None:
                    self.form.row(self.x(items) + [(f'z{k}', -bound)], low, high)

    def cover(self, c, number):
        columns = []
        words = {}
        for item in self.live:
            for word in set(self.p.cell(item, c['attr']).split(' ')):
                words.setdefault(word, []).append(item)
        for k, value in enumerate(c['values']):
            name = f'v{number}_{k}'
            self.form.columns[name] = []
            self.form.row(self.x(words.get(value, [])) + [(name, -1)], 0, None)
            columns.append((name, 1))
        self.form.row(columns, c['min_covered'], None)

    def max_use(self, c, _):
        if c['value'] < self.p.forms:
            self.uses += [([f'x{item}'], None, c['value']) for item in self.live]

    def exact_use(self, c, _):
        self.uses += [([f'x{item}'], c['value'], c['value']) for item in self.live]

    def max_stimulus_use(self, c, _):
        self.uses += [([f'z{k}'], None, c['value']) for k in self.sets]

    def max_overlap(self, c, _):
        self.overlap = c['value']

    def pairs(self):
        return [(f, g) for f in range(self.p.forms) for g in range(f + 1, self.p.forms)] if self.overlap is not None else []

    def size(self):
        """Binaries, rows."""
        shared = len(self.pairs()) * len(self.live)
        return len(self.form.columns) * self.p.forms, len(self.form.rows) * self.p.forms + len(self.uses) + shared + len(self.pairs())

    def write(self, path):
        """Returns the names of the columns in their order: name of the form's column, form."""
        with open(path, 'w', encoding='ascii') as out:
            out.write('NAME ATA FREE\nROWS\n N o\n')
            bounds = self.write_rows(out)
            out.write('COLUMNS\n')
            names = self.write_columns(out)
            out.write('RHS\n')
            for name, low, high in bounds:
                value = high if low is None else low
                if value:
                    out.write(f' r {name} {text(value)}\n')
            out.write('RANGES\n')
            for name, low, high in bounds:
                if low is not None and high is not None and low != high:
                    out.write(f' g {name} {text(high - low)}\n')
            out.write('BOUNDS\n')
            for name, form in names:
                if form >= 0:
                    kind, value = ('FX', self.form.fixed[name]) if name in self.form.fixed else ('UP', 1)
                    out.write(f' {kind} b {name}f{form} {value}\n')
            if self.p.objective['type'] == 'maximin':
                out.write(' FR b y\n')
            out.write('ENDATA\n')
        return names

    def write_rows(self, out):
        bounds = [(f'r{k}f{f}', *row) for f in range(self.p.forms) for k, row in enumerate(self.form.rows)]
        bounds += [(f'u{k}', low, high) for k, (_, low, high) in enumerate(self.uses)]
        for f, g in self.pairs():
            bounds += [(f's{item}f{f}g{g}', None, 1) for item in self.live] + [(f'p{f}g{g}', None, self.overlap)]
        for name, low, high in bounds:
            sense = 'E' if low is not None and low == high else 'L' if low is None else 'G'
            out.write(f' {sense} {name}\n' if low is not None or high is not None else f' N {name}\n')
        return bounds

    def write_columns(self, out):
        across = {}
        for k, (columns, _, _) in enumerate(self.uses):
            for name in columns:
                across.setdefault(name, []).append(f'u{k}')
        names = []
        out.write(" m1 'MARKER' 'INTORG'\n")
        for f in range(self.p.forms):
            for name, cells in self.form.columns.items():
                out.write(f' {name}f{f} o {text(self.form.cost.get(name, 0))}\n')
                out.writelines(f' {name}f{f} r{row}f{f} {value}\n' for row, value in cells)
                out.writelines(f' {name}f{f} {row} 1\n' for row in across.get(name, []))
                if name[0] == 'x':
                    out.writelines(f' {name}f{f} s{name[1:]}f{a}g{b} 1\n' for a, b in self.pairs() if f in (a, b))
                names.append((name, f))
        out.write(" m2 'MARKER' 'INTEND'\n")
        for f, g in self.pairs():
            for item in self.live:
                out.write(f' w{item}f{f}g{g} s{item}f{f}g{g} -1 p{f}g{g} 1\n')
                names.append((f'w{item}f{f}g{g}', -1))
        if self.level:
            out.write(f' y o {-1 if self.p.objective["type"] == "maximin" else 1}\n')
            out.writelines(f' y r{row}f{f} {text(value)}\n' for f in range(self.p.forms) for row, value in self.level)
            names.append(('y', -1))
        return names

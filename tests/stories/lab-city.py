#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A city's lab-skills exam on this machine with the real programs: drawn, packed, rated at the examiners' own screens' model by
simulated hands, closed, handed on, merged, reported; and counted again here from what was planned (docs/lab.md, "A city,
simulated").

    lab-city.py SOURCE BUILD [--size small|county|city] [--seed N] [--jobs N] [--lang en|zh] [--keep DIR] [--tap]
"""
import argparse
import csv
import datetime
import json
import math
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from concurrent.futures import ThreadPoolExecutor

# candidates, sites, rooms of a site, benches of a room, groups, half-days, examiners, severe ones, stations of a room
SIZES = {
    'small': (340, 1, 2, 24, 4, 2, 12, 1, 2),
    'county': (4096, 2, 2, 24, 9, 5, 24, 2, 2),
    'city': (50078, 24, 2, 24, 9, 5, 300, 6, 2),
}
WATCH = 4
ABSENT = (50078 - 47732) / 50078
UNITS = [('P1', 'P2', 'C1'), ('P3', 'C2', 'B1')]
NAMESPACE = '{urn:kaochang:rubric:1}'
COLUMNS = ('Registered', 'Sat', 'Absent', 'Postponed', 'Violation', 'Exempt', 'Not scored', 'Passed', 'High', 'Full marks')
STATUSES = {'absent': 'Absent', 'postponed': 'Postponed', 'breach': 'Violation', 'exempt': 'Exempt'}
RATES = {'Pass rate %': 'Passed', 'High rate %': 'High', 'Full rate %': 'Full marks'}
SURNAMES = '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗'
GIVEN = ['子轩', '梓涵', '浩宇', '欣怡', '思远', '雨桐', '一鸣', '若曦', '宇航', '佳宁', '静', '晨', '敏', '磊', '昊然', '诗涵']


def milli(text):
    return round(float(text) * 1000)


class Rubric:
    """What a rubric's file says, read without any code of Kaochang, and its arithmetic as docs/lab.md tells it."""

    def __init__(self, path):
        root = ElementTree.parse(path).getroot()
        self.id, self.total = root.get('id'), milli(root.get('total'))
        self.steps = []
        for step in root.findall(NAMESPACE + 'step'):
            slips = {slip.get('code'): slip for slip in step.findall(NAMESPACE + 'slip')}
            points = milli(step.get('points'))
            self.steps.append({'mode': step.get('mode'), 'points': points, 'slips': slips,
                               'cap': milli(step.get('cap')) if step.get('cap') else points,
                               'hint': milli(step.get('hint')) if step.get('hint') else None})
        self.fatals = [(int(f.get('from')) - 1, int(f.get('to')) - 1) for f in root.findall(NAMESPACE + 'fatal')]

    @staticmethod
    def contained(step, made):
        found, look = set(), list(made)
        while look:
            for code in step['slips'][look.pop()].get('includes') or '':
                if code not in found:
                    found.add(code)
                    look.append(code)
        return found

    def points(self, marks, fatals):
        """`marks`: for each step None (zero), or a list of (code, hinted)."""
        total, used, dead = [], set(), set()
        for i, (step, made) in enumerate(zip(self.steps, marks)):
            if made is None:
                total.append(0)
                continue
            inner, cost = self.contained(step, [code for code, _ in made]), 0
            for code, hinted in sorted(made):
                slip = step['slips'][code]
                same = slip.get('same')
                if code in inner or (same and same in used):
                    continue
                if same:
                    used.add(same)
                price = milli(slip.get('minus')) if step['mode'] == 'deduct' else step['points']
                cost += min(price, step['hint']) if hinted else price
            total.append(max(0, step['points'] - min(cost, step['cap'])))
            if step['mode'] == 'fatal' and made:
                dead.update(range(i + 1, len(self.steps)))
        for fatal in fatals:
            first, last = self.fatals[fatal]
            dead.update(range(first, last + 1))
        return sum(p for i, p in enumerate(total) if i not in dead)


class Failed(Exception):
    pass


class City:
    def __init__(self, o):
        self.source, self.build, self.jobs, self.lang = os.path.abspath(o.source), os.path.abspath(o.build), o.jobs, o.lang
        (self.n, self.sites, self.rooms, self.benches, self.groups, self.half_days, self.examiners, self.severe,
         self.stations) = SIZES[o.size]
        self.random = random.Random(o.seed)
        self.work = os.path.abspath(o.keep) if o.keep else tempfile.mkdtemp(prefix='lab-city-')
        self.keep = o.keep
        os.makedirs(self.work, exist_ok=True)
        self.office = os.path.join(self.work, 'office')
        self.tap, self.number, self.bad, self.began = o.tap, 0, 0, time.monotonic()
        self.offset = 0
        self.day = datetime.datetime(2026, 12, 5, 8, 0, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))
        self.sessions = [f'{"am" if i % 2 == 0 else "pm"}{i // 2 + 1}' for i in range(self.half_days)]
        self.starts = {s: self.day + datetime.timedelta(days=i // 2, hours=6 * (i % 2)) for i, s in enumerate(self.sessions)}
        self.units = {s: UNITS[i % 2] for i, s in enumerate(self.sessions)}
        self.rubrics = {name: Rubric(os.path.join(self.source, 'data/rubrics', name + '.xml')) for unit in UNITS for name in unit}
        path = [os.path.join(self.build, folder) for folder in ('cli', 'cli/client', 'tests/tools')]
        self.environment = {**os.environ, 'PATH': ':'.join([*path, os.environ['PATH']]), 'LANG': 'C.UTF-8', 'LC_ALL': 'C.UTF-8',
                            'LANGUAGE': 'en'}
        self.keys = self.saves = 0

    # ---- telling ----
    def say(self, chinese, english):
        text = chinese if self.lang == 'zh' else english
        line = f'[{time.monotonic() - self.began:6.1f} s] {text}'
        print('# ' + line if self.tap else line, flush=True)

    def must(self, chinese, english, good, *facts):
        self.number += 1
        self.bad += not good
        if self.tap:
            print(f'{"ok" if good else "not ok"} {self.number} - {english}', flush=True)
        elif good:
            self.say('✓ ' + chinese, '✓ ' + english)
        else:
            self.say('✗ 不成立：' + chinese, '✗ NOT SO: ' + english)
        if not good:
            print('\n'.join(f'#   {fact}' for fact in facts), flush=True)

    def no(self, english, status, what, *words):
        """A refusal, for the story: its exit status and a part of what it says."""
        environment = {**self.environment, 'KAOCHANG_CLOCK_OFFSET_MS': str(self.offset)}
        done = subprocess.run(words, capture_output=True, text=True, env=environment, cwd=self.office, check=False)
        self.must(english, english, done.returncode == status and what in done.stderr, done.returncode, done.stderr)

    # ---- programs ----
    def at(self, moment):
        """The clock of the programs: `moment` is now."""
        self.offset = int((moment.timestamp() - time.time()) * 1000)

    def run(self, *words, home=None):
        environment = {**self.environment, 'KAOCHANG_CLOCK_OFFSET_MS': str(self.offset)}
        done = subprocess.run([str(w) for w in words], capture_output=True, text=True, env=environment, cwd=home or self.work,
                              check=False)
        if done.returncode != 0:
            raise Failed(f'{" ".join(str(w) for w in words)}: {done.returncode}\n{done.stdout[-600:]}{done.stderr[-1500:]}')
        return done.stdout

    def k(self, *words):
        return self.run('kaochang', *words, home=self.office)

    def each(self, what, items, chinese, english):
        """In parallel; says how far it is."""
        items, last = list(items), time.monotonic()
        with ThreadPoolExecutor(self.jobs) as pool:
            for i, _ in enumerate(pool.map(what, items)):
                if time.monotonic() - last > 10:
                    last = time.monotonic()
                    self.say(f'{chinese} {i + 1}/{len(items)}', f'{english} {i + 1}/{len(items)}')

    # ---- the office ----
    def write(self, name, head, rows):
        with open(os.path.join(self.work, name), 'w', newline='', encoding='utf-8') as f:
            csv.writer(f).writerows([head, *rows])
        return os.path.join(self.work, name)

    def people(self):
        per_site = 8
        self.schools = [(f'第{i + 1}中学', f'{chr(ord("A") + i // (2 * per_site))}区', f'S{i // per_site + 1:02d}')
                        for i in range(self.sites * per_site)]
        self.candidates = {}
        for i in range(self.n):
            school, county, site = self.schools[i * len(self.schools) // self.n]
            name = self.random.choice(SURNAMES) + self.random.choice(GIVEN)
            ticket = f'26{site[1:]}{i:06d}'
            self.candidates[ticket] = (ticket, name, f'4201{i:014d}', county, school, site)
        self.ability = {ticket: self.random.gauss(0, 1) for ticket in self.candidates}
        self.level = {school: self.random.gauss(0, 0.4) for school, _, _ in self.schools}
        ids = [f'E{i + 1:03d}' for i in range(self.examiners)]
        odd = self.random.sample(ids, self.severe + 2)
        self.planted = {**{who: 'severe' for who in odd[2:]}, odd[0]: 'lenient', odd[1]: 'drifts'}
        self.raters = [(who, self.random.choice(SURNAMES) + '老师', self.random.choice(self.schools)[0]) for who in ids]

    def make_office(self):
        self.at(self.day - datetime.timedelta(days=7))
        self.run('kaochang', 'new', self.office, '--name', '江城考试院')
        for kind in ('root', 'officer'):
            self.k('keys', 'new', kind, '--kind', kind, '--no-password')
        for kind in ('recovery', 'results'):
            self.k('keys', 'new', kind, '--kind', kind)
        for site in range(self.sites):
            self.k('keys', 'new', f'S{site + 1:02d}', '--kind', 'site')
        self.k('keys', 'root', '--no-password')
        files = [os.path.join(self.source, 'data/rubrics', name + '.xml') for name in self.rubrics]
        self.k('lab', 'new', *files, '--interval', '1', '--exempt', 'injury=9:手部受伤，持医院证明', '-o', 'lab')
        for s, start in self.starts.items():
            end = start + datetime.timedelta(hours=4)
            self.k('session', 'new', s, '--exam', 'lab', '--start', start.isoformat(), '--end', end.isoformat())
        rows = self.write('candidates.csv', ['ticket', 'name', 'id_number', 'county', 'school', 'site'], self.candidates.values())
        self.k('roster', 'import', rows, '--session', self.sessions[0])

    def draw(self):
        rooms = [(f'S{s + 1:02d}', f'L{r + 1}', self.benches, self.groups, 4) for s in range(self.sites) for r in range(self.rooms)]
        given = ['--rooms', self.write('rooms.csv', ['site', 'room', 'benches', 'groups', 'columns'], rooms),
                 '--raters', self.write('raters.csv', ['id', 'name', 'school'], self.raters)]
        for s in self.sessions:
            given += ['--unit', f'{s}={",".join(self.units[s])}']
        both = [word for s in self.sessions for word in ('--session', s)]
        self.k('roster', 'draw', '--commit', *both, *given, '--no-password')
        self.k('roster', 'draw', *both, '--no-password')
        folder = os.path.join(self.office, 'draws', self.sessions[0], '1')
        published = [os.path.join(folder, name) for name in ('draw.xml', 'list.csv', 'commitment.xml', 'places.csv')]
        self.run('kaochang', 'roster', 'draw', '--verify', published[0], '--list', published[1], '--commitment', published[2],
                 '--places', published[3])
        again = self.run(os.path.join(self.source, 'build-aux/verify-draw.py'), *published[:3]).encode()
        with open(published[3], 'rb') as f:
            places = f.read()
        self.must('任何人用公布的种子都抽出同一名单，换一个程序也一样',
                  'anybody draws the same list from the published seed, also with another program',
                  again.replace(b'\r\n', b'\n') == places.replace(b'\r\n', b'\n'))

    # ---- what is going to happen ----
    def plan(self):
        """Of everybody what his examiner will say, and what it comes to."""
        self.read_rosters()
        self.planned = {}
        for ticket in sorted(self.candidates):
            self.planned[ticket] = self.plan_one(ticket)
        with open(os.path.join(self.work, 'plan.tsv'), 'w', encoding='utf-8') as f:
            f.writelines(f'{ticket}\t{p["say"]}\n' for ticket, p in self.planned.items())
        self.write('planned.csv', ['ticket', 'session', 'examiner', 'rubric', 'status', 'points'],
                   [(t, p['session'], p['rater'], p['form'], p['status'], p['points']) for t, p in self.planned.items()])

    def read_rosters(self):
        self.seat, self.team = {}, {}
        for s in self.sessions:
            root = ElementTree.parse(os.path.join(self.office, 'sessions', s, 'roster.xml')).getroot()
            benches = {}
            for x in root:
                tag = x.tag.split('}')[1]
                place = (s, x.get('site'), x.get('room'))
                if tag == 'rater':
                    self.team.setdefault(place, []).append(x.get('id'))
                    for bench in range(int(x.get('from')), int(x.get('to')) + 1):
                        benches[(*place, bench)] = x.get('id')
            for x in root:
                if x.tag.split('}')[1] == 'candidate':
                    seat = int(x.get('seat')) - 1
                    self.seat[x.get('ticket')] = (s, benches[(s, x.get('site'), x.get('room'), seat % self.benches + 1)],
                                                  x.get('form'), seat // self.benches)

    def plan_one(self, ticket):
        session, rater, form, group = self.seat[ticket]
        p = {'session': session, 'rater': rater, 'form': form, 'status': 'rated', 'points': ''}
        lot = self.random.random()
        for status, share, say in (('absent', ABSENT, 'absent'), ('exempt', 0.003, 'exempt:injury'),
                                   ('postponed', 0.001, 'postponed:10'), ('breach', 0.0005, 'breach:5.4')):
            if lot < share:
                return {**p, 'status': status, 'say': say, 'points': 9000 if status == 'exempt' else ''}
            lot -= share
        return {**p, **self.plan_marks(ticket, rater, form, group)}

    def plan_marks(self, ticket, rater, form, group):
        rubric, school = self.rubrics[form], self.candidates[ticket][4]
        chance = 1 / (1 + math.exp(1.3 + self.ability[ticket] * 0.8 + self.level[school]))
        kind, harder, milder = self.planted.get(rater), 0, 0
        if kind == 'severe':
            harder = 0.55 if self.examiners < 20 else 0.3  # few candidates each: the lot must not hide it
        elif kind == 'lenient':
            milder = 0.9
        elif kind == 'drifts':
            late = group / max(1, self.groups - 1)
            harder, milder = max(0, late - 0.4) * 1.4, max(0, 0.4 - late) * 2.5
        return self.draw_marks(rubric, chance, harder, milder, kind)

    def draw_marks(self, rubric, chance, harder, milder, kind):
        marks, words, ended = [], [], False
        for i, step in enumerate(rubric.steps):
            if ended:
                marks.append([])
                continue
            made = []
            if self.random.random() < chance and self.random.random() >= milder:
                made = self.random.sample(sorted(step['slips']), 1 + (self.random.random() < 0.2 and len(step['slips']) > 1))
            if self.random.random() < harder and len(made) < len(step['slips']):
                made.append(self.random.choice(sorted(set(step['slips']) - set(made))))
            made = sorted((code, step['hint'] is not None and self.random.random() < 0.3) for code in made)
            if not kind and self.random.random() < 0.004:
                made = None
            marks.append(made)
            said = '0' if made is None else ''.join(c + ('+' if h else '') for c, h in made) or 'full'
            words.append(f'{i + 1}:{said}')
            ended = step['mode'] == 'fatal' and made != []
        fatals = [0] if rubric.fatals and not kind and self.random.random() < 0.003 else []
        words += [f'fatal:{f + 1}' for f in fatals]
        return {'say': ' '.join(words), 'points': rubric.points(marks, fatals)}

    # ---- packages, stations ----
    def pack(self):
        self.codes = {}
        for s in self.sessions:
            sheet = os.path.join(self.work, s + '.sheet')
            package = os.path.join(self.work, s + '.exam')
            self.k('pack', 'lab', '--session', s, '--no-password', '--unlock-sheet', sheet, '-o', package)
            self.k('publish', package, '--no-password', '--repo', os.path.join(self.work, 'repo'))
            with open(sheet, encoding='utf-8') as f:
                code = re.search(r'[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]', f.read()).group(0)
            self.codes[s] = os.path.join(self.work, s + '.code')
            with open(self.codes[s], 'w', encoding='utf-8') as f:
                f.write(code + '\n')

    def enrol(self, station):
        home, name, site, room = self.station[station]
        root = self.fingerprint
        self.run('kaochang-client', 'enrol', '-C', home, '--repo', os.path.join(self.work, 'repo'), '--root', root, '--name', name,
                 '--site', site, '--room', room, '--site-identity', os.path.join(self.office, 'keys', site + '.identity'))
        certificate = os.path.join(self.work, name + '.certificate.xml')
        self.k('keys', 'certify', os.path.join(home, 'keys/station.pub'), '--kind', 'station', '--site', site, '--room', room,
               '--name', name, '--no-password', '-o', certificate)
        self.run('kaochang-client', 'enrol', '-C', home, '--certificate', certificate)
        self.run('kaochang-client', 'pull', '-C', home, '--from', os.path.join(self.work, 'repo'))

    def enrol_all(self):
        self.fingerprint = self.k('keys', 'root', '--fingerprint').strip()
        self.station = {}
        for site in range(self.sites):
            for room in range(self.rooms):
                for i in range(self.stations):
                    name = f's{site + 1:02d}l{room + 1}{chr(ord("a") + i)}'
                    self.station[name] = (os.path.join(self.work, 'stations', name), name, f'S{site + 1:02d}', f'L{room + 1}')
        os.makedirs(os.path.join(self.work, 'stations'))
        self.each(self.enrol, self.station, '考试机', 'stations')

    # ---- half-days ----
    def sit(self, station):
        home, name, site, room = self.station[station]
        team = sorted(self.team.get((self.now, site, room), []))
        mine = team[ord(name[-1]) - ord('a')::self.stations]
        if not mine:
            return
        code = ['--session', self.now, '--code-file', self.codes[self.now]]
        self.run('kaochang-client', 'proctor', '-C', home, *code, '--open')
        words = ['examiners', '--home', home, '--plan', os.path.join(self.work, 'plan.tsv')]
        said = self.run(*words, *(['--crash'] if station == min(self.station) else []), *mine)
        for keys, saves in re.findall(r'(\d+) keys, (\d+) saved', said):
            self.keys += int(keys)
            self.saves += int(saves)
        self.killed += said.count('killed')
        self.run('kaochang-client', 'proctor', '-C', home, *code, '--close')
        self.run('kaochang-client', 'export', '-C', home, '--session', self.now, '-o', os.path.join(self.work, 'inbox'))

    def sit_all(self):
        os.makedirs(os.path.join(self.work, 'inbox'))
        self.killed = 0
        for self.now in self.sessions:
            self.at(self.starts[self.now])
            self.each(self.sit, self.station, f'{self.now} 考试机', f'{self.now} stations')
            self.say(f'{self.now}：{len(os.listdir(os.path.join(self.work, "inbox")))} 个成绩包',
                     f'{self.now}: {len(os.listdir(os.path.join(self.work, "inbox")))} bundles so far')
        self.must('评分程序被 kill -9，重新登录后接着评',
                  'an examiner who was killed goes on where he was', self.killed > 0)

    # ---- the office again ----
    def bundles(self):
        folder = os.path.join(self.work, 'inbox')
        return [os.path.join(folder, name) for name in sorted(os.listdir(folder)) if name.endswith('.results')]

    def merge(self):
        self.at(self.day + datetime.timedelta(days=7))
        identity = os.path.join(self.office, 'keys/results.identity')
        all_of_them = self.bundles()
        began = time.monotonic()
        self.k('merge', '-i', identity, *all_of_them)
        self.merging = time.monotonic() - began
        digest = self.k('digest')
        self.random.shuffle(all_of_them)
        other = os.path.join(self.work, 'other.db')
        half = len(all_of_them) // 2
        self.k('merge', '-i', identity, '--store', other, *all_of_them[half:])
        self.k('merge', '-i', identity, '--store', other, *all_of_them[:half + 1])
        self.must('成绩包换一个次序合并、有的合并两次，摘要值相同',
                  'the bundles in another order, some of them twice: the same digest', self.k('digest', '--store', other) == digest)

    def report(self):
        began = time.monotonic()
        joined = [word for s in self.sessions for word in ('--session', s)]
        self.k('report', 'rates', *joined, '--format', 'csv,html', '-o', os.path.join(self.work, 'reports'))
        self.k('report', 'quality', *joined, '--format', 'csv,html,json', '-o', os.path.join(self.work, 'reports'))
        self.reporting = time.monotonic() - began
        with open(os.path.join(self.work, 'reports/rates.csv'), encoding='utf-8-sig', newline='') as f:
            self.rates = list(csv.DictReader(f))

    def count(self):
        """The same figures from the plan alone, in whole numbers: by level and unit."""
        where = {'city': lambda c: '', 'county': lambda c: c[3], 'school': lambda c: c[4]}
        counted = {}
        for ticket, p in self.planned.items():
            for level, unit in where.items():
                c = counted.setdefault((level, unit(self.candidates[ticket])), dict.fromkeys([*COLUMNS, 'scored', 'sum'], 0))
                c['Registered'] += 1
                c['Sat'] += p['status'] not in ('absent', 'postponed')
                if p['status'] in STATUSES:
                    c[STATUSES[p['status']]] += 1
                if p['points'] != '':
                    for column, line in (('Passed', 12000), ('High', 17000), ('Full marks', 20000)):
                        c[column] += p['points'] >= line
                    c['scored'] += 1
                    c['sum'] += p['points']
        return counted

    def check_rates(self):
        counted, wrong = self.count(), []
        for row in self.rates:
            unit = {'city': '', 'county': row['County'], 'school': row['School']}[row['Level']]
            c = counted.pop((row['Level'], unit), None)
            told = {column: int(row[column]) for column in COLUMNS}
            if not c or told != {column: c[column] for column in COLUMNS} or row['Mean'] != hundredths(c['sum'], 1000 * c['scored']):
                wrong.append(f'{row["Level"]} {unit}: report {told} {row["Mean"]}, counted {c}')
            elif any(row[rate] != hundredths(100 * c[of], c['Sat']) for rate, of in RATES.items()):
                wrong.append(f'{row["Level"]} {unit}: rates of {c}: {row}')
        self.must('全市、各区、各校的登记、参考、缺考、及格、优秀、满分和平均分，与预设逐一相同',
                  'registered, sat, absent, passed, high, full and means of the city, each county and each school are those planned',
                  not wrong and not counted, *wrong[:5], *list(counted)[:5])
        return next(row for row in self.rates if row['Level'] == 'city')

    def check_quality(self):
        with open(os.path.join(self.work, 'reports/quality.json'), encoding='utf-8') as f:
            findings = json.load(f)['findings']
        found = {kind: {x['examiner'] for x in findings if x['finding'] == name}
                 for kind, name in (('severe', 'severe'), ('lenient', 'lenient'), ('drifts', 'drift'))}
        for kind, chinese, words in (('severe', '偏严的教师', 'severe examiners'), ('lenient', '偏松的教师', 'lenient examiner'),
                                     ('drifts', '越评越严的教师', 'one who becomes stricter')):
            planted = {who for who, what in self.planted.items() if what == kind}
            self.must(f'报告找出了预设的{chinese}', f'the report finds the planted {words}', planted <= found[kind], f'planted {planted}, found {found[kind]}')
        others = (found['severe'] | found['lenient'] | found['drifts']) - set(self.planted)
        self.must('此外几乎没有别人',
                  'and hardly anybody else', len(others) <= max(1, self.examiners // 100), f'named as well: {sorted(others)}')
        return found, others

    def end(self):
        if self.tap:
            print(f'1..{self.number}')
        if self.keep:
            self.say(f'全部文件在 {self.work}', f'everything lies in {self.work}')
        else:
            shutil.rmtree(self.work, ignore_errors=True)
        return self.bad

    def close_all(self):
        for s in getattr(self, 'codes', {}):
            for home, *_ in getattr(self, 'station', {}).values():
                if os.path.exists(os.path.join(home, 'run/agent.sock')):
                    subprocess.run(['kaochang-client', 'proctor', '-C', home, '--session', s, '--code-file', self.codes[s], '--close'],
                                   env=self.environment, capture_output=True, check=False)


def hundredths(numerator, denominator):
    """Half up, as reports print it; '' where there is nothing to divide by."""
    if not denominator:
        return ''
    value = (200 * numerator + denominator) // (2 * denominator)
    return f'{value // 100}.{value % 100:02d}'


def tell_end(c, city, found, others):
    severe = sorted(w for w, what in c.planted.items() if what == 'severe')
    c.say(f'全市：登记 {city["Registered"]}，参考 {city["Sat"]}，缺考 {city["Absent"]}，及格率 {city["Pass rate %"]}%，'
          f'优秀率 {city["High rate %"]}%，满分率 {city["Full rate %"]}%，平均 {city["Mean"]}',
          f'the city: {city["Registered"]} registered, {city["Sat"]} sat, {city["Absent"]} absent, passed {city["Pass rate %"]} %, '
          f'high {city["High rate %"]} %, full {city["Full rate %"]} %, mean {city["Mean"]}')
    c.say(f'偏严（预设）{" ".join(severe)}；报告发现 {" ".join(sorted(found["severe"]))}；另有 {" ".join(sorted(others)) or "无"}',
          f'severe, planted: {" ".join(severe)}; found: {" ".join(sorted(found["severe"]))}; besides: {" ".join(sorted(others)) or "none"}')
    c.say(f'按键 {c.keys}，保存 {c.saves} 次；合并 {c.merging:.1f} 秒，报表 {c.reporting:.1f} 秒',
          f'{c.keys} keys, {c.saves} saved; merging {c.merging:.1f} s, reports {c.reporting:.1f} s')


def show_rates(c):
    c.environment['LANGUAGE'] = {'zh': 'zh_CN'}.get(c.lang, c.lang)
    print(c.k('report', 'rates', *(word for s in c.sessions for word in ('--session', s)), '--level', 'city,county'))


def live(c):
    c.people()
    c.say(f'{c.n} 名考生，{c.examiners} 名评分教师，{c.sites} 个考点，{c.half_days} 个半天',
          f'{c.n} candidates, {c.examiners} examiners, {c.sites} sites, {c.half_days} half-days')
    c.make_office()
    c.draw()
    c.say('抽签：先公布种子的哈希值，后公布种子，两个程序各重算一遍', 'drawn: committed, revealed, drawn again by two programs')
    c.plan()
    c.pack()
    c.say('考试包已签名发布', 'packages signed and published')
    c.enrol_all()
    c.say(f'{len(c.station)} 台考试机已登记并取来考试包', f'{len(c.station)} stations enrolled; they have their packages')
    c.sit_all()
    c.merge()
    c.say(f'已合并 {len(c.bundles())} 个成绩包，用时 {c.merging:.1f} 秒', f'{len(c.bundles())} bundles merged in {c.merging:.1f} s')
    c.report()
    city = c.check_rates()
    if c.tap:
        twice = [word for s in (c.sessions[0], c.sessions[0]) for word in ('--session', s)]
        c.no('a session named twice is refused', 2, 'named twice', 'kaochang', 'report', 'quality', *twice)
    tell_end(c, city, *c.check_quality())
    if not c.tap:
        show_rates(c)


def main():
    p = argparse.ArgumentParser()
    p.add_argument('source')
    p.add_argument('build')
    p.add_argument('--size', choices=SIZES, default='small')
    p.add_argument('--seed', type=int, default=20261122)
    p.add_argument('--jobs', type=int, default=2 * (os.cpu_count() or 1))
    p.add_argument('--lang', default='en')
    p.add_argument('--keep', metavar='DIR')
    p.add_argument('--tap', action='store_true')
    c = City(p.parse_args())
    try:
        live(c)
    except Failed as failed:
        c.must('每个程序都正常结束',
                  'every program did its work', False, *str(failed).splitlines())
    finally:
        c.close_all()
    return 1 if c.end() else 0


if __name__ == '__main__':
    sys.exit(main())

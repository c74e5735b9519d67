#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Draws again what DRAW.xml says, from LIST.csv and the seed, with nothing of Kaochang: docs/lab.md, "The draw".

    verify-draw.py DRAW.xml LIST.csv [COMMITMENT.xml]       says where it differs (exit 1), or writes places.csv
"""
import csv
import hashlib
import io
import re
import sys
from itertools import groupby

sys.setrecursionlimit(100000)


def attribute(xml, name):
    return re.search(rf' {name}="([^"]*)"', xml).group(1)


def b2(data):
    return hashlib.blake2b(data, digest_size=32).hexdigest()


class Stream:
    def __init__(self, seed, label):
        self.seed, self.label, self.block, self.numbers = seed, label.encode() + b'\0', 0, []

    def below(self, n):
        while True:
            if not self.numbers:
                h = hashlib.blake2b(self.label + self.block.to_bytes(8, 'little'), key=self.seed).digest()
                self.numbers = [int.from_bytes(h[i:i + 8], 'little') for i in range(0, 64, 8)]
                self.block += 1
            x = self.numbers.pop(0)
            if x < 2**64 - 2**64 % n:
                return x % n

    def shuffle(self, what):
        for i in range(len(what) - 1, 0, -1):
            j = self.below(i + 1)
            what[i], what[j] = what[j], what[i]
        return what


def bag(stream, n, columns, kinds):
    """Experiments of benches 0 to n-1, as numbers."""
    count = [n // kinds] * kinds
    for x in stream.shuffle(list(range(kinds)))[:n % kinds]:
        count[x] += 1
    for attempt in range(1000):
        left, at = count[:], []
        for b in range(n):
            near = {at[b - 1]} if b % columns else set()
            near |= {at[b - columns]} if b >= columns else set()
            may = [x for x in range(kinds) if x not in near]
            if not sum(left[x] for x in may):
                if attempt < 999:
                    break
                may = range(kinds)
            may = [x for x in may for _ in range(left[x])]
            at.append(may[stream.below(len(may))])
            left[at[b]] -= 1
        if len(at) == n:
            return at


def fill(seed, rooms, site, people):
    """Stage 1 for one site; rooms: [session, id, benches, groups, columns, queue] in the list's order."""
    left = [room[2] * room[3] for room in rooms]
    schools = [(s, [c['id'] for c in g]) for s, g in groupby(people, key=lambda c: c['school'])]
    for school, who in Stream(seed, f'schools/{site}').shuffle(schools):
        Stream(seed, f'candidates/{site}/{school}').shuffle(who)
        choice = [i for i in range(len(rooms)) if left[i] >= len(who)][:1]
        for session in sorted({room[0] for room in rooms}):
            mine = [i for i in range(len(rooms)) if rooms[i][0] == session]
            if not choice and sum(left[i] for i in mine) >= len(who):
                choice = mine
        while who:
            whole = [i for i in choice or range(len(rooms)) if left[i] >= len(who)]
            i = whole[0] if whole else max(choice or range(len(rooms)), key=lambda i: left[i])
            rooms[i][5] += who[:left[i]]
            who, left[i] = who[left[i]:], left[i] - len(who[:left[i]])


def staff(seed, session, slots, raters):
    """slots: [site, room, from, to, order, schools]; returns the slot of each rater who has one."""
    order = Stream(seed, f'raters/{session}').shuffle(raters[:])
    owner = {}

    def may(slot, x):
        return x['site'] in ('', slot[0]) and not (x['school'] and x['school'] in slot[5])

    def find(i, visited):
        for x in order:
            if x['id'] not in owner and may(slots[i], x):
                owner[x['id']] = i
                return True
        for x in order:
            if x['id'] not in visited and may(slots[i], x):
                visited.add(x['id'])
                if find(owner[x['id']], visited):
                    owner[x['id']] = i
                    return True
        return False

    for i in range(len(slots)):
        if not find(i, set()):
            sys.exit(f'no rater is left for {slots[i]}')
    return owner


def draw(seed, table):
    rule = {r['id']: int(r['value']) for r in table if r['kind'] == 'rule'}
    experiments = {r['id']: r['value'].split() for r in table if r['kind'] == 'session'}
    school = {r['id']: r['school'] for r in table if r['kind'] == 'candidate'}
    places, raters = [], []
    rooms = [(r['site'], [r['session'], r['id'], int(r['benches']), int(r['groups']), int(r['columns']), []])
             for r in table if r['kind'] == 'room']
    for site, people in groupby((r for r in table if r['kind'] == 'candidate'), key=lambda r: r['site']):
        fill(seed, [room for s, room in rooms if s == site], site, list(people))
    slots = {}
    for site, (session, room, benches, _, columns, queue) in rooms:
        schools = {}
        for g in range(0, len(queue), benches):
            label = f'{session}/{site}/{room}/{g // benches + 1}'
            who = Stream(seed, f'benches/{label}').shuffle(queue[g:g + benches])
            sheets = bag(Stream(seed, f'experiments/{label}'), len(who), columns, len(experiments[session]))
            for b, (ticket, x) in enumerate(zip(who, sheets)):
                places.append(['candidate', ticket, session, site, room, g // benches + 1, b + 1, '', '',
                               experiments[session][x]])
                schools.setdefault(b // rule['watch'], set()).add(school[ticket])
        for block in range(len(schools)):
            for order in range(1, rule['ratings'] + 1):
                to = min((block + 1) * rule['watch'], benches)
                slots.setdefault(session, []).append([site, room, block * rule['watch'] + 1, to, order, schools[block]])
    for session in sorted(experiments):
        mine = [r for r in table if r['kind'] == 'rater' and r['session'] == session]
        owner = staff(seed, session, slots.get(session, []) if mine else [], mine)
        for x in mine:
            if x['id'] in owner:
                site, room, first, last, order, _ = slots[session][owner[x['id']]]
                raters.append(['rater', x['id'], session, site, room, '', first, last, order, ''])
            else:
                raters.append(['reserve', x['id'], session, x['site'], '', '', '', '', '', ''])
    return sorted(places, key=lambda p: p[1].encode()) + raters


def main():
    xml, data = open(sys.argv[1], encoding='utf-8').read(), open(sys.argv[2], 'rb').read()
    seed = bytes.fromhex(attribute(xml, 'seed'))
    if b2(data) != attribute(xml, 'list'):
        sys.exit('the list is another one')
    if len(sys.argv) > 3:
        commitment = open(sys.argv[3], 'rb').read()
        if b2(commitment) != attribute(xml, 'commitment') or b2(seed) != attribute(commitment.decode(), 'seed'):
            sys.exit('the commitment is another one')
        if b2(data) != attribute(commitment.decode(), 'list') and '<amendment ' not in xml:
            sys.exit('the list is not the committed one')
    out = io.StringIO(newline='')
    writer = csv.writer(out, lineterminator='\r\n')
    writer.writerow('kind,id,session,site,room,group,bench,to,order,experiment'.split(','))
    writer.writerows(draw(seed, list(csv.DictReader(io.StringIO(data.decode(), newline='')))))
    if b2(out.getvalue().encode()) != attribute(xml, 'places'):
        sys.exit('the seed gives other places')
    sys.stdout.write(out.getvalue())


main()

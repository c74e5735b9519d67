#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""disasters.py SOURCE_ROOT BUILD_ROOT [SEED]: a room of candidates at pseudo-terminals with a real room service, in which something
breaks every few seconds. At the end everything that a screen acknowledged is in the bundle, byte for byte. Short as it is; ten
minutes and forty candidates with KAOCHANG_TEST_LONG. SEED repeats what broke. STORY_SCREENS=DIR keeps screens. Prints TAP."""
import asyncio
import collections
import contextlib
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree

from candidates import HERE, ROOM, Candidate
from machines import World, kill
from room import Failed, children

LONG = bool(os.environ.get('KAOCHANG_TEST_LONG'))
CANDIDATES = int(os.environ.get('STORY_CANDIDATES', '40' if LONG else '24'))
SECONDS = int(os.environ.get('STORY_SECONDS', '600' if LONG else '75'))
SPARES = 4 if LONG else 2
EVERY = (1.5, 4.0)  # seconds from one disaster to the next
PATIENCE = 240 if LONG else 120  # seconds until all is well again


class Story:
    def __init__(self, world, seed):
        self.world, self.seed = world, seed
        self.random = random.Random(seed)
        self.people, self.spares, self.lost = [], [], []
        self.mending, self.happened = set(), collections.Counter()
        self.told = collections.Counter()  # acts of the proctor that were accepted
        self.moves, self.interrupted = [], set()
        self.tasks = []
        self.began = time.monotonic()

    def say(self, text):
        print(f'# {time.monotonic() - self.began:6.1f} {text}', flush=True)

    def later(self, seconds, what):
        async def wait():
            await asyncio.sleep(seconds)
            await what()
        task = asyncio.ensure_future(wait())
        self.mending.add(task)

    # ---- disasters: each returns what it did, or nothing when it could not ----

    def whose(self, fit=lambda machine: True):
        """A candidate at a machine of whom nothing else is broken at present."""
        free = [c for c in self.people if c.working and c.machine.on and not c.receipt and fit(c.machine)]
        return self.random.choice(free) if free else None

    async def kill_seat(self):
        who = self.whose()
        seats = children(who.at.pid) if who and who.at else []
        for pid in seats[:1]:
            kill(pid)
            self.interrupted.add(who.ticket)
            return f'seat of {who.ticket} at {who.machine.name}'

    async def kill_supervisor(self):
        who = self.whose()
        if who and who.at:
            kill(who.at.pid)
            return f'supervisor of {who.ticket} at {who.machine.name}'

    async def kill_agent(self):
        who = self.whose()
        if who and who.machine.agent():
            kill(who.machine.agent())
            return f'agent of {who.machine.name}'

    async def kill_courier(self):
        who = self.whose()
        if who and who.machine.courier():
            kill(who.machine.courier())
            return f'courier of {who.machine.name}'

    async def kill_service(self):
        if not self.world.service or not (await self.status())['state']:
            return None  # not up again yet: its opening would not be in the minutes
        self.world.kill_service()
        self.later(self.random.uniform(0.5, 6), self.start_service)
        return 'service'

    async def start_service(self):
        self.world.serve()

    async def break_disk(self):
        who = self.whose(lambda machine: machine.disk_is == 'fine')
        how = self.random.choice(['full', 'full', 'read-only', 'gone'])
        seconds = self.random.uniform(3, 10)
        if not who:
            return None
        machine = who.machine
        machine.break_disk(how)
        self.later(seconds, lambda: self.mend_disk(machine, how))
        return f'disk of {machine.name}: {how} for {seconds:.0f} s'

    async def mend_disk(self, machine, how):
        if machine.on and machine.disk_is == how:
            machine.mend_disk()

    async def cut_network(self):
        number = self.random.choice([1, 1, 1, 3, len(self.people)])
        seconds = self.random.uniform(2, 12)
        machines = [c.machine for c in self.random.sample(self.people, min(number, len(self.people)))]
        for machine in machines:
            if machine.on and not machine.cut:
                machine.network(False)
                self.later(seconds, lambda m=machine: self.mend_network(m))
        return f'network of {" ".join(m.name for m in machines)} for {seconds:.0f} s'

    async def mend_network(self, machine):
        if machine.on and machine.cut:
            machine.network(True)

    async def cut_power(self):
        """Off, and on again with a clock that may be wrong."""
        who = self.whose()
        clock = self.random.choice([0, 0, -3600_000, 86_400_000, 7_000])
        seconds = self.random.uniform(1, 5)
        if not who:
            return None
        machine = who.machine
        who.leave()
        machine.power_off()
        machine.clock_ms = clock
        self.later(seconds, machine.power_on)
        return f'power of {machine.name} for {seconds:.0f} s; its clock is {clock // 1000} s off'

    async def swap_machine(self):
        """A machine is gone; its candidate goes on at a spare one. It comes back later, as a spare."""
        who = self.whose()
        if not who or not self.spares:
            return None
        old, new = who.machine, self.spares.pop(0)
        who.leave()
        old.power_off()
        new.on = False  # nobody signs in before the proctor has said so
        who.moved_to(new)
        self.later(0, lambda: self.reseat(who, old, new))
        return f'{who.ticket} goes from {old.name} to {new.name}'

    async def reseat(self, who, old, new):
        await self.world.insist('--reseat', who.ticket, '--to', new.name, '--reason', f'{old.name} 坏了', seconds=60)
        self.told['reseat'] += 1
        self.moves.append((who.ticket, new.name))
        new.sleep()
        new.on = True
        await asyncio.sleep(self.random.uniform(3, 10))
        await old.power_on()
        old.wake()
        self.spares.append(old)

    async def act(self, kind, *words):
        status, _, err = await self.world.proctor(*words)
        if status == 0:
            self.told[kind] += 1
            return f'proctor {" ".join(words)}'
        return f'proctor {" ".join(words)}: refused: {err.strip()}'

    async def extra_time(self):
        who = self.whose()
        return who and await self.act('extra-time', '--extra', who.ticket, '--minutes', '1', '--reason', '机器故障')

    async def message(self):
        return await self.act('message', '--tell', f'请继续作答 {self.random.randrange(1000)}')

    async def incident(self):
        return await self.act('incident', '--incident', '窗外施工')

    async def pause(self):
        said = await self.act('pause', '--pause', 'all', '--reason', '火警')
        await asyncio.sleep(self.random.uniform(0.5, 2))
        await self.wait_for(self.all_go_on, lambda: 'nobody is paused any more')
        return said

    async def all_go_on(self):
        """A pause that was refused, since the service is away, may have reached some all the same."""
        await self.world.proctor('--continue', 'all', '--reason', '解除')
        rows = (await self.status())['candidates']
        return rows and not any(c['state'] == 'paused' for c in rows)

    async def break_something(self):
        kinds = [self.kill_seat] * 5 + [self.kill_supervisor] * 2 + [self.kill_agent] * 3 + [self.kill_courier] * 3 + \
            [self.kill_service] * 3 + [self.break_disk] * 4 + [self.cut_network] * 4 + [self.cut_power] * 2 + [self.swap_machine] * 2 + \
            [self.extra_time] * 2 + [self.message, self.incident, self.pause]
        what = self.random.choice(kinds)
        done = await what()
        if done:
            self.happened[what.__name__] += 1
            self.say(f'{what.__name__.replace("_", " ")}: {done}')

    # ---- the exam ----

    async def wait_for(self, look, what, seconds=PATIENCE):
        end = time.monotonic() + seconds
        while True:
            found = look()
            if asyncio.iscoroutine(found):
                found = await found
            if found:
                return found
            for task in self.tasks:
                if task.done() and task.exception():
                    raise task.exception()
            if time.monotonic() > end:
                raise Failed(f'not within {seconds} s: {what()}')
            await asyncio.sleep(0.25)

    async def status(self):
        status, out, _ = await self.world.proctor('--status', '--json')
        return json.loads(out) if status == 0 else {'candidates': [], 'stations': [], 'state': ''}

    def screens(self):
        folder = os.environ.get('STORY_SCREENS')
        if folder:
            os.makedirs(folder, exist_ok=True)
            for who in self.people:
                with open(os.path.join(folder, who.ticket), 'w', encoding='utf-8') as file:
                    file.write('\n\n'.join(f'== {name}\n{text}' for name, text in who.screens.items()) + f'\n\n== at last\n{who.seen}\n')

    def not_working(self):
        return '\n'.join(f'{c.ticket} at {c.machine.name} (on {c.machine.on}, disk {c.machine.disk_is}, cut {c.machine.cut}):\n{c.seen}'
                         for c in self.people if not c.working and not c.receipt)

    async def begin(self):
        self.world.serve()
        await self.wait_for(self.opened, lambda: 'the room is open')
        tickets = [c['ticket'] for c in (await self.status())['candidates']]
        machines = self.world.machines
        for ticket, machine in zip(tickets, machines[:CANDIDATES]):
            self.people.append(Candidate(self.world, ticket, machine, self.seed))
        self.spares = machines[CANDIDATES:]
        for machine in self.spares:
            machine.wake()
        absent = tickets[CANDIDATES:]
        for ticket in absent:
            await self.world.insist('--absent', ticket)
        self.tasks += [asyncio.ensure_future(c.live()) for c in self.people]
        await self.wait_for(lambda: sum('考试尚未开始' in c.seen for c in self.people) >= len(self.people) // 2,
                            lambda: 'half of them wait for the start')
        await self.world.insist('--start')
        await self.wait_for(lambda: all(c.working for c in self.people), self.not_working)

    async def opened(self):
        return (await self.status())['state'] in ('open', 'running')

    async def suffer(self):
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            await self.break_something()
            await asyncio.sleep(self.random.uniform(*EVERY))
        self.say('nothing breaks any more')

    async def recover(self):
        for task in list(self.mending):
            await asyncio.wait_for(task, 120)
        answers = {c: len([a for a in c.answers if ROOM in a.levels]) for c in self.people}
        await self.wait_for(lambda: all(c.receipt or c.working and len([a for a in c.answers if ROOM in a.levels]) > n
                                        for c, n in answers.items()),
                            lambda: 'everybody answers and it is in the room:\n' + '\n'.join(
                                f'{c.ticket} at {c.machine.name} {c.troubles[-1:]}\n{c.seen}' for c, n in answers.items()
                                if not c.receipt and len([a for a in c.answers if ROOM in a.levels]) <= n))

    async def hand_in(self):
        half = self.people[::2]
        for who in half:
            who.hands_in = True
        await self.wait_for(lambda: all(c.receipt for c in half),
                            lambda: 'receipts:\n' + '\n'.join(c.seen for c in half if not c.receipt))

    async def kept(self):
        rows = {c['ticket']: c for c in (await self.status())['candidates']}
        return rows and all(rows[c.ticket]['kept'] == 'both' and not rows[c.ticket]['pending'] for c in self.people)

    async def close(self):
        await self.wait_for(self.kept, lambda: 'everything is in the room')
        status, out, err = await self.world.proctor('--close', seconds=200)
        if status != 0:
            raise Failed(f'closing: {status} {out} {err}')
        await self.wait_for(lambda: all(c.receipt for c in self.people),
                            lambda: 'receipts after closing:\n' + '\n'.join(c.seen for c in self.people if not c.receipt))
        for who in self.people:
            who.stop = True
        for task in self.tasks:
            await asyncio.wait_for(task, 60)

    # ---- what the office gets ----

    async def bundle(self):
        self.bundle_file = os.path.join(self.world.folder, 'room.results')
        for words in ([self.world.client, 'export', '-C', self.world.room, '-o', self.bundle_file],
                      [self.world.kaochang, '-C', self.office(), 'merge', '--identity', self.office('keys/results.identity'),
                       self.bundle_file]):
            status, out, err = await self.world.command(*words, seconds=120)
            if status != 0:
                raise Failed(f'{words}: {status} {out} {err}')
        status, out, err = await self.world.command(self.world.kaochang, '-C', self.office(), 'quarantine', LANGUAGE='en')
        if out.strip() and 'nothing' not in out.lower():
            raise Failed(f'in quarantine: {out}')
        status, out, err = await self.world.command(os.path.join(self.world.build, 'tests/tools/bundle-answers'), self.bundle_file,
                                                    self.office('keys/results.identity'), self.world.folder)
        if status != 0:
            raise Failed(f'bundle-answers: {err}')
        self.lines = [json.loads(line) for line in out.splitlines()]

    def office(self, path=''):
        return os.path.join(self.world.folder, 'made/office', path)

    async def answers_are_there(self):
        found = {c.ticket: collections.defaultdict(list) for c in self.people}
        final = {c.ticket: {} for c in self.people}
        wrong = []
        for line in self.lines:
            if line.get('event') == 'answer':
                found[line['ticket']][line['item']].append((value_of(line), line['superseded']))
            elif 'final' in line:
                final[line['ticket']][line['final']] = value_of(line)
        for who in self.people:
            wrong += [f'{who.ticket} {text}' for text in compare(who, found[who.ticket], final[who.ticket])]
        if wrong:
            raise Failed('\n'.join(wrong[:40]))

    async def receipts_are_equal(self):
        got = {line['ticket']: line['receipt'] for line in self.lines if 'receipt' in line}
        wrong = [f'{c.ticket}: {c.receipt} on the screen, {got.get(c.ticket)} in the bundle' for c in self.people
                 if c.receipt != got.get(c.ticket)]
        if wrong or len(got) != len(self.people):
            raise Failed('\n'.join(wrong) or f'{len(got)} sittings')

    async def the_minutes_tell(self):
        minutes = ElementTree.parse(os.path.join(self.world.folder, 'minutes.xml')).getroot()
        kinds = collections.Counter(m.get('kind') for m in minutes)
        self.say('minutes: ' + ', '.join(f'{kind} {n}' for kind, n in sorted(kinds.items())))
        wrong = [f'{kind}: {kinds[kind]} in the minutes, {n} told' for kind, n in
                 (('opened', self.world.services), ('message', self.told['message']), ('incident', self.told['incident']),
                  ('pause', self.told['pause']), ('extra-time', self.told['extra-time'])) if kinds[kind] < n]
        moved = {(m.get('ticket'), m.get('station')) for m in minutes if m.get('kind') == 'moved'}
        wrong += [f'{ticket} went to {station}: not in the minutes' for ticket, station in self.moves if (ticket, station) not in moved]
        noted = {m.get('ticket') for m in minutes if m.get('kind') == 'interrupted'}
        wrong += [f'{ticket} was interrupted: not in the minutes' for ticket in self.interrupted - noted]
        wrong += [f'no {kind}' for kind in ('started', 'closing', 'closed') if not kinds[kind]]
        if sum(c.codes for c in self.people) > kinds['resume-code']:
            wrong.append(f'{kinds["resume-code"]} codes in the minutes, {sum(c.codes for c in self.people)} were given')
        if wrong:
            raise Failed('\n'.join(wrong))


def value_of(line):
    return (line['answer'].get('RESPONSE') or [''])[0]


def compare(who, found, final):
    """What of this candidate's answers is not as it was acknowledged."""
    for item, events in found.items():
        typed = [a.value for a in who.answers if a.item == item]
        for value, _ in events:
            if value and not any(t == value or item[0] == 'f' and leads_to(value, t) for t in typed):
                yield f'{item}: "{value}" was never typed'
    for item in {a.item for a in who.answers}:
        typed = [a for a in who.answers if a.item == item]
        values = [value for value, _ in found.get(item, [])]
        at = 0
        for answer in typed:
            if not answer.levels:
                continue
            if answer.lost and ROOM not in answer.levels:
                continue
            if answer.value not in values[at:]:
                yield f'{item}: answer {answer.number} "{answer.value}", {" and ".join(sorted(answer.levels))} at {answer.machine.name}, ' \
                      f'is not in the bundle after event {at}: {values}'
                continue
            at += values[at:].index(answer.value)
        needed = [i for i, a in enumerate(typed) if a.levels and not (a.lost and ROOM not in a.levels)]
        last = needed[-1] if needed else None
        allowed = {a.value for a in (typed if last is None else typed[last:])} | ({''} if last is None else set())
        got = final.get(item, '')
        if got not in allowed and not any(leads_to(got, t.value) for t in typed[last or 0:] if not t.levels and item[0] == 'f'):
            yield f'{item}: "{got}" at the end, not one of {allowed}'


def leads_to(value, typed):
    """What may be saved while it is typed: its beginning, or what was there before, cut."""
    return typed.startswith(value)


STEPS = ['begin', 'suffer', 'recover', 'hand_in', 'close', 'bundle', 'answers_are_there', 'receipts_are_equal', 'the_minutes_tell']
NAMES = {'begin': 'everybody sits down and begins', 'suffer': 'much breaks', 'recover': 'everybody goes on',
         'hand_in': 'half of them hand in', 'close': 'the room is closed', 'bundle': 'the office merges one bundle of the room',
         'answers_are_there': 'every answer acknowledged is in the bundle, byte for byte, and nothing that nobody typed',
         'receipts_are_equal': 'receipts are those on the screens', 'the_minutes_tell': 'the minutes tell what happened'}


async def tell(story):
    print(f'1..{len(STEPS)}')
    failed = False
    for number, step in enumerate(STEPS, 1):
        if failed and step in ('suffer', 'recover', 'hand_in', 'close'):
            print(f'not ok {number} - {NAMES[step]}: not tried')
            continue
        try:
            await getattr(story, step)()
            print(f'ok {number} - {NAMES[step]}', flush=True)
        except (Failed, OSError, AttributeError, asyncio.TimeoutError, ElementTree.ParseError) as failure:
            failed = True
            print(f'not ok {number} - {NAMES[step]}')
            print('\n'.join(f'# {line}' for line in f'{type(failure).__name__}: {failure}'.splitlines()), flush=True)
    story.screens()
    answers = [a for c in story.people for a in c.answers]
    story.say(f'{len(story.people)} candidates, {len(answers)} answers typed, {sum(HERE in a.levels for a in answers)} saved here, '
              f'{sum(ROOM in a.levels for a in answers)} in the room, {sum(a.lost for a in answers)} here only on a machine that was lost')
    story.say('happened: ' + ', '.join(f'{n} {kind.replace("_", " ")}' for kind, n in sorted(story.happened.items())))
    troubles = collections.Counter(re.sub(r'[0-9]{6,}', 'N', t) for c in story.people for t in c.troubles)
    for text, n in troubles.most_common(12):
        story.say(f'{n} × {" ".join(text.split())[:200]}')
    return failed


async def main(source, build, seed, folder, root):
    world = World(source, build, folder, root, 20000 + os.getpid() % 20000 if not root else 8443)
    world.pause = 1.5
    try:
        subprocess.run([sys.executable, os.path.join(source, 'tests/stories/make-disaster-bank.py'), folder], check=True)
        names = [f's{i + 1:02}' for i in range(CANDIDATES + SPARES)]
        began = time.monotonic()
        world.make(os.path.join(folder, 'bank'), os.path.join(folder, 'blueprint.xml'), names)
        print(f'# seed {seed}; {len(names)} machines made in {time.monotonic() - began:.0f} s', flush=True)
        story = Story(world, seed)
        failed = await tell(story)
        if failed:
            with open(os.path.join(folder, 'service.log'), encoding='utf-8', errors='replace') as file:
                for line in file.read().splitlines()[-20:]:
                    print('# service:', line)
        return failed
    finally:
        world.close()


def in_namespaces():
    """As root: mounts, network and processes of our own, so that nothing stays behind."""
    if os.geteuid() != 0 or not all(shutil.which(program) for program in ('ip', 'mkfs.ext4', 'unshare', 'nsenter')):
        return False
    if 'KAOCHANG_OWN_NAMESPACES' not in os.environ:
        tried = subprocess.run(['unshare', '-mnpf', '--mount-proc', 'true'], capture_output=True, check=False)
        if tried.returncode != 0:
            return False
        os.environ['KAOCHANG_OWN_NAMESPACES'] = '1'
        os.execvp('unshare', ['unshare', '-mnpf', '--mount-proc', '--kill-child', sys.executable, *sys.argv])
    subprocess.run(['mount', '-t', 'tmpfs', 'tmpfs', '/dev/shm'], check=True)
    return True


def start():
    source, build = (os.path.realpath(path) for path in sys.argv[1:3])
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else int.from_bytes(os.urandom(3), 'big') if LONG else 1
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    root = in_namespaces()
    if root:
        tempfile.tempdir = '/dev/shm'
    else:
        print('# not root, or no namespaces: disks fill only, the network is cut by stopping couriers')
    folder = tempfile.mkdtemp(prefix='disasters-')
    try:
        return 1 if asyncio.run(main(source, build, seed, folder, root)) else 0
    finally:
        with contextlib.suppress(OSError):
            shutil.rmtree(folder, True)


if __name__ == '__main__':
    sys.exit(start())

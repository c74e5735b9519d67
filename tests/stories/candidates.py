# SPDX-License-Identifier: Apache-2.0
"""Candidates at pseudo-terminals who answer by what they read, and write down what the screen acknowledged."""
import asyncio
import random
import re
import unicodedata

from screen import Pty

ITEM = re.compile(r'第 (\d+) 题 / 共 (\d+) 题')
NAME = re.compile(r'题号 ([fc]\d\d)')
RECEIPT = re.compile(r'[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}-[0-9A-Z]')
FIELD = re.compile(r'\[([^\[\]]*)\]')
HERE, ROOM = 'saved here', 'saved in the room'


def levels(text):
    """What the line at the bottom acknowledges, read as a candidate reads it."""
    line = (text.split('\n') + [''] * 24)[21]
    if '本机未保存' in line and '监考机已保存' in line:
        return {ROOM}
    if '本机已保存' not in line:
        return set()
    return {HERE, ROOM} if '监考机已保存' in line else {HERE}


class Answer:
    """Something typed: an answer of an item, and what was said of it."""

    def __init__(self, number, item, value, machine):
        self.number, self.item, self.value, self.machine = number, item, value, machine
        self.levels = set()
        self.lost = False  # was here only, and its machine was taken away


class Candidate:
    def __init__(self, world, ticket, machine, seed):
        self.world, self.ticket, self.machine = world, ticket, machine
        self.random = random.Random(f'{seed}-{ticket}')
        self.answers, self.receipt, self.troubles = [], '', []
        self.at = None
        self.hands_in = self.stop = self.working = False
        self.seen, self.screens = '', {}
        self.codes = 0

    # ---- what was acknowledged ----

    def acknowledge(self, answer, text):
        """The screen shows this answer and speaks of all that is saved."""
        told = levels(text)
        answer.levels |= told
        if ROOM in told:
            for earlier in self.answers:
                if earlier.levels and not earlier.lost:
                    earlier.levels.add(ROOM)
        return told

    def moved_to(self, machine):
        """What only the old machine had does not come along."""
        for answer in self.answers:
            if ROOM not in answer.levels:
                answer.lost = True
        self.leave()
        self.machine = machine

    # ---- the terminal ----

    def leave(self):
        self.working = False
        if self.at:
            self.at.close()
        self.at = None

    def sit_down(self):
        words = self.machine.command('sit', '-C', self.machine.home)
        self.at = Pty(words, self.machine.environment())

    def look(self, text):
        """Keeps the last screen of each kind, for people to look at."""
        self.seen = text
        self.screens[text.split('\n')[1][:24] if ITEM.search(text) is None else levels_name(text)] = text

    async def live(self):
        while not self.stop and not self.receipt:
            if not self.machine.on:
                self.leave()
                await asyncio.sleep(0.1)
                continue
            if not self.at or self.at.ended:
                self.leave()
                self.sit_down()
            try:
                await self.step(self.at)
            except OSError:  # the terminal has gone meanwhile
                continue

    async def step(self, at):
        text = await at.settled()
        if at is not self.at:
            return
        self.look(text)
        receipt = RECEIPT.search(text)
        self.working = bool(ITEM.search(text)) and not receipt
        if receipt and '凭证' in text:
            self.receipt = receipt.group(0)
        elif '已转到另一台机器' in text:
            self.troubles.append(f'moved away from {self.machine.name}')
            await asyncio.sleep(1)
            self.leave()
        elif '考生须知' in text and ('[ ]' in text or '[x]' in text):
            at.keys(*(['Space'] if '[ ]' in text else []), 'Enter')
            await self.change(at, text)
        elif '是本人，继续' in text:
            at.keys('Right', 'Enter')
            await self.change(at, text)
        elif '续考码  ' in text or '续考码 [' in text:
            await self.type_code(at, text)
        elif '请输入准考证号' in text:
            await self.sign_in(at, text)
        elif '监考员的消息' in text and not ITEM.search(text):
            at.keys('Enter')
            await self.change(at, text)
        elif '交卷前检查' in text:
            await self.confirm(at, text)
        elif '无法继续考试' in text:
            self.troubles.append(text)
            await asyncio.sleep(1)
            at.keys('Enter')
            await self.change(at, text)
        elif ITEM.search(text):
            await self.work(at, text)
        else:
            await self.change(at, text, 1)

    async def change(self, at, text, seconds=5):
        await at.until(lambda now: now != text, seconds)

    async def sign_in(self, at, text):
        at.type('\x7f' * 24)
        at.type(self.ticket)
        filled = await at.until(lambda now: f'[{self.ticket}' in now, 5)
        if filled:
            at.keys('Enter')
            after = await at.until(lambda now: '请输入准考证号' not in now or now.split('\n')[8:] != filled.split('\n')[8:], 15)
            if after and '请输入准考证号' in after:
                self.troubles.append(said(after))
                await asyncio.sleep(self.random.uniform(0.5, 1.5))

    async def type_code(self, at, text):
        status, out, _ = await self.world.proctor('--resume-code', self.ticket, '--reason', '机器重新启动')
        code = re.search(r'[0-9A-Z]{4}-[0-9A-Z]{4}', out)
        if status != 0 or not code:
            await asyncio.sleep(1)
            return
        self.codes += 1
        at.type('\x7f' * 10 + code.group(0))
        await asyncio.sleep(0.2)
        at.keys('Enter')
        await self.change(at, await at.settled(), 5)
        await at.until(lambda now: '续考码' not in now, 5)

    # ---- answering ----

    async def work(self, at, text):
        if '续考码' in text:
            at.keys('F8')
            if await at.until(lambda now: '续考码 [' in now or '续考码  ' in now, 3):
                await self.type_code(at, at.text())
            return
        if 'F2' in text and '监考员的消息' in text:
            at.keys('F2')
            await at.until(lambda now: not ITEM.search(now), 3)
            return
        if self.hands_in:
            at.keys('F9')
            await at.until(lambda now: '交卷前检查' in now, 5)
            return
        name = NAME.search(text)
        if name:
            await self.answer(at, text, name.group(1))
        await asyncio.sleep(self.random.uniform(0.2, self.world.pause))
        if self.at is at and not at.ended:
            before = at.text()
            at.keys(self.random.choice(['Right', 'Right', 'Right', 'Left', 'Home', 'End']) if name else 'Right')
            await at.until(lambda now: now != before, 2)

    async def answer(self, at, text, name):
        value = self.choice(text, name) if name[0] == 'c' else self.words(name)
        if not value:
            return
        entry = Answer(len(self.answers) + 1, name, value, self.machine)
        self.answers.append(entry)
        if name[0] == 'c':
            at.type(value.lower())
        else:
            at.type('\x7f' * 40 + '\x1b[3~' * 40 + value)
        shown = await at.until(lambda now: shows(now, name, value) and levels(now), 4)
        if not shown or at is not self.at:
            return
        self.look(shown)
        if ROOM not in self.acknowledge(entry, shown):
            both = await at.until(lambda now: not shows(now, name, value) or ROOM in levels(now), 1.5)
            if both and at is self.at and shows(both, name, value):
                self.look(both)
                self.acknowledge(entry, both)

    def choice(self, text, name):
        taken = [line.split()[-2] for line in text.split('\n') if '[已选]' in line and '选项' in line]
        return self.random.choice([letter for letter in 'ABCD' if not taken or letter not in taken[0]])

    def words(self, name):
        return f'{name}答{self.ticket[-3:]}-{len(self.answers) + 1}{self.random.choice("甲乙丙丁戊")}{self.random.randrange(1000)}'

    async def confirm(self, at, text):
        if not self.hands_in:
            at.type('\x1b')
            await self.change(at, text, 3)
            return
        at.keys('Right', 'Right', 'Enter')
        asked = await at.until(lambda now: '后四位' in now or '四位' in now, 3)
        if asked:
            at.type(self.ticket[-4:])
            at.keys('Enter')
            await at.until(lambda now: RECEIPT.search(now) or '交卷前检查' not in now, 10)


def levels_name(text):
    return 'item, ' + ' and '.join(sorted(levels(text))) if levels(text) else 'item, not saved'


def said(text):
    """The line that a refusal adds to the sign-in."""
    return ' '.join(line.strip('| ') for line in text.split('\n')[8:20] if line.strip('| '))


def plain(text):
    return unicodedata.normalize('NFC', text)


def shows(text, name, value):
    if f'题号 {name}' not in text:
        return False
    if name[0] == 'c':
        return any('[已选]' in line and f'选项 {name}{value}' in line for line in text.split('\n'))
    return any(field.rstrip('_') == value for field in FIELD.findall(text))

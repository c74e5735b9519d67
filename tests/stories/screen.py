# SPDX-License-Identifier: Apache-2.0
"""A program on a pseudo-terminal of its own, and a reader of its screen: as much of a terminal as ncurses asks of TERM=screen."""
import asyncio
import codecs
import fcntl
import os
import pty
import re
import signal
import struct
import termios
import unicodedata

QUIET = 0.03  # seconds without output: what was drawn is whole
CONTROL = re.compile(r'\x1b(?:\[([?>]?)([0-9;]*)([@-~])|([()])[0-9A-B]|([^\[()]))')


def columns_of(sign):
    return 0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in 'WF' else 1


class Cells:
    """The screen as cells; the second of a wide sign is ''."""

    def __init__(self, width, height):
        self.width, self.height = width, height
        self.rows = [self.blank() for _ in range(height)]
        self.x = self.y = 0
        self.top, self.bottom = 0, height - 1
        self.kept = (0, 0)
        self.rest = ''
        self.last = ' '

    def blank(self):
        return [' '] * self.width

    def text(self):
        return '\n'.join(''.join(row).rstrip() for row in self.rows)

    def feed(self, text):
        text, self.rest = self.rest + text, ''
        at = 0
        while at < len(text):
            if text[at] != '\x1b':
                self.put(text[at])
                at += 1
                continue
            match = CONTROL.match(text, at)
            if not match:  # the rest of it comes later
                self.rest = text[at:] if len(text) - at < 40 else ''
                return
            self.control(match)
            at = match.end()

    def put(self, sign):
        if sign == '\r':
            self.x = 0
        elif sign == '\n':
            self.down()
        elif sign == '\b':
            self.x = max(0, self.x - 1)
        elif sign == '\t':
            self.x = min(self.width - 1, self.x // 8 * 8 + 8)
        elif sign >= ' ':
            self.draw(sign)

    def draw(self, sign):
        columns = columns_of(sign)
        if columns == 0:
            return
        if self.x + columns > self.width:
            self.x = 0
            self.down()
        self.rows[self.y][self.x] = sign
        if columns == 2:
            self.rows[self.y][self.x + 1] = ''
        self.x += columns
        self.last = sign

    def down(self):
        if self.y == self.bottom:
            self.scroll(self.top, 1)
        else:
            self.y = min(self.height - 1, self.y + 1)

    def scroll(self, top, lines):
        part = self.rows[top:self.bottom + 1]
        lines = max(-len(part), min(len(part), lines))
        empty = [self.blank() for _ in range(abs(lines))]
        self.rows[top:self.bottom + 1] = part[lines:] + empty if lines > 0 else empty + part[:lines]

    def control(self, match):
        private, numbers, final, _, plain = match.groups()
        if plain:
            self.plain(plain)
        elif final and not private:
            values = [int(n) if n else 0 for n in numbers.split(';')]
            self.sequence(final, values[0], values[1] if len(values) > 1 else 0)

    def plain(self, sign):
        if sign == 'M':
            if self.y == self.top:
                self.scroll(self.top, -1)
            else:
                self.y = max(0, self.y - 1)
        elif sign == '7':
            self.kept = (self.x, self.y)
        elif sign == '8':
            self.x, self.y = self.kept
        elif sign == 'c':
            self.__init__(self.width, self.height)

    def sequence(self, final, n, m):
        count = n or 1
        row = self.rows[self.y]
        if final in 'Hf':
            self.y, self.x = min(self.height, count) - 1, min(self.width, m or 1) - 1
        elif final == 'A':
            self.y = max(0, self.y - count)
        elif final == 'B':
            self.y = min(self.height - 1, self.y + count)
        elif final == 'C':
            self.x = min(self.width - 1, self.x + count)
        elif final == 'D':
            self.x = max(0, self.x - count)
        elif final == 'G':
            self.x = min(self.width, count) - 1
        elif final == 'd':
            self.y = min(self.height, count) - 1
        elif final == 'K':
            first, last = ((self.x, self.width), (0, self.x + 1), (0, self.width))[n]
            row[first:last] = [' '] * (last - first)
        elif final == 'J':
            self.erase(n)
        elif final == 'X':
            last = min(self.width, self.x + count)
            row[self.x:last] = [' '] * (last - self.x)
        elif final == 'P':
            row[self.x:] = (row[self.x + count:] + self.blank())[:self.width - self.x]
        elif final == '@':
            row[self.x:] = ([' '] * count + row[self.x:])[:self.width - self.x]
        elif final == 'L':
            self.scroll(self.y, -count)
        elif final == 'M':
            self.scroll(self.y, count)
        elif final == 'r':
            self.top, self.bottom = count - 1, (m or self.height) - 1
            self.x = self.y = 0
        elif final == 'b':
            for _ in range(count):
                self.draw(self.last)

    def erase(self, which):
        first, last = ((self.y + 1, self.height), (0, self.y), (0, self.height))[min(which, 2)]
        if which < 2:
            self.sequence('K', which, 0)
        for y in range(first, last):
            self.rows[y] = self.blank()


KEYS = {'Enter': '\r', 'Up': '\x1b[A', 'Down': '\x1b[B', 'Right': '\x1b[C', 'Left': '\x1b[D', 'Home': '\x1b[1~', 'End': '\x1b[4~',
        'Backspace': '\x7f', 'Space': ' ', 'F2': '\x1bOQ', 'F3': '\x1bOR', 'F5': '\x1b[15~', 'F8': '\x1b[19~', 'F9': '\x1b[20~',
        'F10': '\x1b[21~'}
# the application's keypad, as terminfo names it
APPLICATION = {'Up': '\x1bOA', 'Down': '\x1bOB', 'Right': '\x1bOC', 'Left': '\x1bOD'}


class Pty:
    """The program at its terminal; what it draws is read as it comes."""

    def __init__(self, command, environment, width=80, height=24):
        self.cells = Cells(width, height)
        self.decoder = codecs.getincrementaldecoder('utf-8')('replace')
        self.changed = asyncio.Event()
        self.drawn_at = asyncio.get_running_loop().time()
        self.ended = False
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.execvpe(command[0], command, environment)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack('HHHH', height, width, 0, 0))
        os.set_blocking(self.fd, False)
        asyncio.get_running_loop().add_reader(self.fd, self.read)

    def read(self):
        try:
            data = os.read(self.fd, 65536)
        except BlockingIOError:
            return
        except OSError:
            data = b''
        if data:
            self.cells.feed(self.decoder.decode(data))
            self.drawn_at = asyncio.get_running_loop().time()
        else:
            self.ended = True
            asyncio.get_running_loop().remove_reader(self.fd)
        self.changed.set()

    def text(self):
        return self.cells.text()

    def type(self, text):
        try:
            os.write(self.fd, text.encode())
        except OSError:
            self.ended = True

    def keys(self, *names):
        self.type(''.join(APPLICATION.get(name) or KEYS.get(name, name) for name in names))

    async def settled(self, seconds=10):
        """The screen when nothing was drawn for a moment; the last one when it never rests."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while not self.ended and loop.time() < end:
            left = self.drawn_at + QUIET - loop.time()
            if left <= 0:
                break
            await asyncio.sleep(left)
        return self.text()

    async def until(self, look, seconds=20):
        """The first settled screen of which look() says yes, or None."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while True:
            self.changed.clear()
            text = await self.settled()
            if look(text):
                return text
            left = end - loop.time()
            if left <= 0 or self.ended:
                return None
            try:
                await asyncio.wait_for(self.changed.wait(), left)
            except asyncio.TimeoutError:
                pass

    def close(self):
        if not self.ended:
            asyncio.get_running_loop().remove_reader(self.fd)
            self.ended = True
        if self.fd >= 0:
            os.close(self.fd)
            self.fd = -1
        if self.pid > 0:
            try:
                os.kill(self.pid, signal.SIGKILL)
                os.waitpid(self.pid, 0)
            except (ProcessLookupError, ChildProcessError):
                pass
            self.pid = 0

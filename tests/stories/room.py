# SPDX-License-Identifier: Apache-2.0
"""A room to tell stories about: a station with a package, candidates at terminals of tmux, a proctor."""
import atexit
import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time


class Failed(Exception):
    pass


def wait_until(look, what, seconds=40):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = look()
        if found:
            return found
        time.sleep(0.05)
    raise Failed(f'not within {seconds} s: {what()}')


def children(pid):
    run = subprocess.run(['pgrep', '-P', str(pid)], capture_output=True, text=True, check=False)
    return [int(line) for line in run.stdout.split()]


class Terminal:
    """A program in a terminal of its own; its screen is read as text."""

    def __init__(self, command, environment, width=80, height=24):
        self.folder = tempfile.mkdtemp(prefix='tmux-')
        self.tmux = ['tmux', '-S', os.path.join(self.folder, 'socket'), '-f', '/dev/null']
        settings = [f'{name}={value}' for name, value in environment.items()]
        outer = {**os.environ, 'LC_ALL': 'C.UTF-8'}
        subprocess.run([*self.tmux, 'new-session', '-d', '-x', str(width), '-y', str(height), '--', 'env', *settings, 'sh', '-c',
                        f'{command}; echo "ended with $?"; sleep 60'], env=outer, check=True)

    def do(self, *words):
        return subprocess.run([*self.tmux, *words], capture_output=True, text=True, check=True).stdout

    def screen(self):
        return self.do('capture-pane', '-p')

    def keys(self, *names):
        for name in names:
            self.do('send-keys', name)

    def type(self, text):
        self.do('send-keys', '-l', text)

    def wait(self, *texts, seconds=40):
        """Until all of it stands on one screen: what was typed and "saved" are two things."""
        def all_there():
            screen = self.screen()
            return all(text in screen for text in texts)
        wait_until(all_there, lambda: f'{texts} on\n{self.screen()}', seconds)

    def find(self, text, key, times):
        """Presses the key until the text is on the screen."""
        for _ in range(times):
            if text in self.screen():
                return
            before = self.screen()
            self.keys(key)
            wait_until(lambda b=before: self.screen() != b, lambda b=before: f'a change of\n{b}')
        raise Failed(f'no "{text}" on\n{self.screen()}')

    def resize(self, width, height):
        self.do('resize-window', '-x', str(width), '-y', str(height))

    def program(self):
        """Process of the program: the supervisor, where it has one."""
        shell = int(self.do('list-panes', '-F', '#{pane_pid}'))
        return wait_until(lambda: children(shell), lambda: 'the program')[0]

    def seat(self):
        """Process of the seat, the supervisor's child."""
        return wait_until(lambda: children(self.program()), lambda: 'the seat')[0]

    def kill_seat(self):
        seat = self.seat()
        os.kill(seat, signal.SIGKILL)
        wait_until(lambda: seat not in children(self.program()), lambda: 'the end of the seat')

    def close(self):
        subprocess.run([*self.tmux, 'kill-server'], capture_output=True, check=False)
        shutil.rmtree(self.folder, True)


MADE = {}


def made_station(source, build, seconds, **other):
    """Folder of a station just made: once for each length of the paper, since rooms are copies. BANK and BLUEPRINT name
    other items than the sample's."""
    if seconds not in MADE:
        folder = tempfile.mkdtemp(prefix='station-')
        atexit.register(shutil.rmtree, folder, True)
        subprocess.run([os.path.join(source, 'tests/stories/make-station.sh'), folder], check=True,
                       env={**os.environ, 'KAOCHANG': os.path.join(build, 'cli/kaochang'),
                            'KAOCHANG_CLIENT': os.path.join(build, 'cli/client/kaochang-client'), 'SOURCE_ROOT': source,
                            'SECONDS_ALLOWED': str(seconds), 'LANGUAGE': 'en', 'LC_ALL': 'C.UTF-8', **other})
        MADE[seconds] = folder
    return MADE[seconds]


class Room:
    def __init__(self, source, build, language='zh_CN', seconds=2400, **other):
        self.folder = tempfile.mkdtemp(prefix='room-')
        shutil.copytree(made_station(source, build, seconds, **other), self.folder, dirs_exist_ok=True)
        self.client = os.path.join(build, 'cli/client/kaochang-client')
        self.station = os.path.join(self.folder, 'station')
        self.code_file = os.path.join(self.folder, 'unlock-code')
        self.environment = {'LC_ALL': 'C.UTF-8', 'LANGUAGE': language, 'KAOCHANG_LOCALEDIR': os.path.join(build, 'po'),
                            'PATH': os.environ['PATH'], 'TZ': 'Asia/Shanghai',
                            # a leak check at the exit of a program whose terminal has gone can wait for ever
                            'ASAN_OPTIONS': 'detect_leaks=0'}
        self.terminals = []
        with open(self.code_file, encoding='ascii') as file:
            self.code = file.read().strip()

    def run(self, *words):
        return subprocess.run([self.client, '-C', self.station, *words], env={**os.environ, **self.environment},
                              capture_output=True, text=True, check=False)

    def proctor(self, *words):
        run = self.run('proctor', '--code-file', self.code_file, *words)
        if run.returncode != 0:
            raise Failed(f'proctor {words}: {run.returncode} {run.stderr}')
        return run.stdout

    def agent(self):
        """Process of the agent that --open started; it keeps that command line."""
        for pid in filter(str.isdigit, os.listdir('/proc')):
            with contextlib.suppress(OSError), open(f'/proc/{pid}/cmdline', 'rb') as file:
                words = file.read().decode('utf-8', 'replace').split('\0')
                if self.station in words and '--open' in words:
                    return int(pid)
        raise Failed('no agent')

    def open(self):
        self.proctor('--open')

    def candidate(self, ticket):
        room = json.loads(self.proctor('--status', '--json'))
        return next(c for c in room['candidates'] if c['ticket'] == ticket)

    def terminal(self, words, width=80, height=24, **environment):
        at = Terminal(f'{self.client} -C {self.station} {words}', {**self.environment, **environment}, width, height)
        self.terminals.append(at)
        return at

    def sit(self, ticket, **environment):
        """Signs in and begins; returns with the first item on the screen."""
        seat = self.terminal('sit', **environment)
        sign_in(seat, ticket)
        seat.wait('[ ]')
        seat.keys('Space', 'Enter')
        seat.wait('[1.]')
        return seat

    def script(self, text):
        """Plays a script; returns exit status, screens by name, messages."""
        path, dump = os.path.join(self.folder, 'script'), os.path.join(self.folder, 'dump')
        with open(path, 'w', encoding='utf-8') as file:
            file.write(text)
        run = self.run('sit', '--script', path, '--dump', dump)
        with open(dump, encoding='utf-8') as file:
            screens = dict(re.findall(r'^== (\S+) \d+x\d+ ==\n(.*?)\n\n(?===|\Z)', file.read() + '\n', re.S | re.M))
        return run.returncode, screens, run.stderr

    def close(self):
        for at in self.terminals:
            at.close()
        subprocess.run([self.client, '-C', self.station, 'proctor', '--close', '--code-file', self.code_file],
                       env={**os.environ, **self.environment}, capture_output=True, check=False)
        shutil.rmtree(self.folder, True)


def sign_in(seat, ticket):
    seat.wait('准考证号')
    seat.type(ticket)
    seat.keys('Enter')
    seat.wait('是本人')
    seat.keys('Right', 'Enter')


def receipt(screen):
    return re.search(r'[0-9A-Z]{4}(-[0-9A-Z]{4}){3}-[0-9A-Z]', screen).group(0)


def tell(stories):
    """Runs the stories; prints TAP."""
    print(f'1..{len(stories)}')
    bad = 0
    for number, story in enumerate(stories, 1):
        name = story.__name__.replace('_', ' ')
        try:
            story()
            print(f'ok {number} - {name}', flush=True)
        except (Failed, AssertionError, OSError, subprocess.CalledProcessError) as failure:
            bad += 1
            print(f'not ok {number} - {name}')
            for line in f'{type(failure).__name__}: {failure}'.splitlines():
                print('#', line)
    return 1 if bad else 0

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""measure.py [BUILD] [--saves 2000] [--dir DIR]: what the candidate's program takes, in one table with its aims: a key until it is saved beside 4 KiB
appended and synced to the same disk in the same run, screens with ncurses on a terminal, the start, memory. An office and a station with
100 items are made in DIR (a temporary folder if not said; on a disk, not in memory, or saving costs nothing)."""
import argparse
import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import tempfile
import termios
import time

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.dirname(os.path.dirname(HERE))
ROW = '{:<44} {:>16} {:>30} {:>9}  {}'


def row(what, value, peer='', ratio='', aim='', good=True):
    print(ROW.format(what, value, peer, ratio, f'{aim}: {"yes" if good else "NO"}' if aim else ''), flush=True)


def quantile(values, part):
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


class Terminal:
    """A program on a terminal of its own; what it writes is read and kept."""

    def __init__(self, *words, width=80, height=24):
        self.seen = b''
        self.start = time.monotonic()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack('HHHH', height, width, 0, 0))
            os.environ.update(TERM='xterm-256color', LC_ALL='C.UTF-8', LANGUAGE='en')
            os.execvp(words[0], words)

    def read(self, seconds):
        """What came within that time; False at the end."""
        ready, _, _ = select.select([self.fd], [], [], seconds)
        if not ready:
            return True
        try:
            data = os.read(self.fd, 65536)
        except OSError:
            return False
        self.seen = (self.seen + data)[-65536:]
        return bool(data)

    def wait(self, text, seconds=20):
        end = time.monotonic() + seconds
        while text not in self.seen:
            if time.monotonic() > end or not self.read(0.2):
                sys.exit(f'{text} does not come: {self.seen[-2000:]}')
        return (time.monotonic() - self.start) * 1000

    def rest(self, seconds=0.4):
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.read(0.05):
            pass

    def type(self, text, pause=0.3):
        self.seen = b''
        os.write(self.fd, text)
        self.rest(pause)

    def end(self):
        """Until it ends; the milliseconds since its start."""
        while self.read(20):
            pass
        took = (time.monotonic() - self.start) * 1000
        os.close(self.fd)
        _, status = os.waitpid(self.pid, 0)
        if status:
            sys.exit(f'ended with {status}: {self.seen[-500:]}')
        return took

    def kill(self):
        os.close(self.fd)
        os.waitpid(self.pid, 0)


def make_station(build, folder):
    made = os.path.join(folder, 'made')
    subprocess.run([sys.executable, os.path.join(HERE, 'make-items.py'), folder], check=True)
    environment = {**os.environ, 'SOURCE_ROOT': SOURCE, 'KAOCHANG': os.path.join(build, 'cli/kaochang'), 'BANK': os.path.join(folder, 'bank'),
                   'KAOCHANG_CLIENT': os.path.join(build, 'cli/client/kaochang-client'), 'BLUEPRINT': os.path.join(folder, 'blueprint.xml')}
    subprocess.run(['sh', os.path.join(SOURCE, 'tests/stories/make-station.sh'), made], env=environment, check=True)
    return os.path.join(made, 'station'), os.path.join(made, 'unlock-code')


def values_of(path):
    found = {}
    with open(path, encoding='utf-8') as file:
        for line in file:
            name, value = line.split()
            found.setdefault(name, []).append(float(value))
    return found


def measure_save(found):
    commit = [quantile(found['commit'], part) / 1000 for part in (0.5, 0.99)]
    row('  of which the commit, p50 / p99', f'{commit[0]:.3f} / {commit[1]:.3f} ms')
    cpu = [quantile(found[name], 0.5) / 1000 for name in ('cpu-save', 'cpu-append')]
    row('  of the processor, p50', f'{cpu[0]:.3f} ms', f'4 KiB appended {cpu[1]:.3f} ms')
    for part, name, most in ((0.5, 'p50', 1.5), (0.99, 'p99', 3)):
        save, append = quantile(found['save'], part) / 1000, quantile(found['append'], part) / 1000
        row(f'key until "saved here", {name} of {len(found["save"])}', f'{save:.3f} ms', f'4 KiB appended {append:.3f} ms', f'{save / append:.2f} x',
            f'at most {most} x', save / append <= most)


def measure_screens(found):
    for name, values in found.items():
        if name.startswith('screen-'):
            p50, p99 = quantile(values, 0.5) / 1000, quantile(values, 0.99) / 1000
            aim = 'p99 under 5 ms'
            cpu = quantile(found[name.replace('screen', 'cpu')], 0.99) / 1000
            row(f'{name.replace("-", " ", 1)}, p50 / p99 of {len(values)}', f'{p50:.2f} / {p99:.2f} ms', f'p99 of the processor {cpu:.2f} ms', aim=aim, good=p99 < 5)
        elif name.startswith('whole-'):
            row(f'{name.replace("-", " ", 1)}: with its picture, p50 / longest', f'{quantile(values, 0.5) / 1000:.2f} / {max(values) / 1000:.2f} ms')


def measure_start(client, hello, station):
    def median(make, times=21):
        return quantile([make() for _ in range(times)], 0.5)

    def until_sign_in():
        terminal = Terminal(client, 'sit', '-C', station)
        took = terminal.wait(b'Ticket number')
        terminal.kill()
        return took

    none = median(lambda: Terminal('/bin/true').end())
    small = median(lambda: Terminal(hello).wait(b'Ticket number'))
    start = median(until_sign_in)
    row('start to the sign-in screen, p50 of 21', f'{start:.0f} ms', f'true {none:.1f}, hello {small:.1f} ms', f'{start / small:.1f} x', 'under 150 ms',
        start < 150)


def memory(pid):
    with open(f'/proc/{pid}/smaps_rollup', encoding='utf-8') as file:
        text = file.read()
    return [int(re.search(rf'^{name}: *(\d+)', text, re.M)[1]) / 1024 for name in ('Rss', 'Pss')]


def children(pid):
    run = subprocess.run(['pgrep', '-P', str(pid)], stdout=subprocess.PIPE, text=True, check=False)
    return [int(word) for word in run.stdout.split()]


def measure_memory(client, station, ticket, width, height):
    sit = Terminal(client, 'sit', '-C', station, width=width, height=height)
    size = f'{width}x{height}'

    def stage(what):
        rss, pss = memory(children(sit.pid)[0])
        row(f'memory {size}: {what}', f'{rss:.1f} MiB', f'shared parts counted {pss:.1f} MiB', '', 'resident under 24 MiB', rss < 24)

    sit.wait(b'Ticket number')
    stage('sign-in')
    sit.type(ticket + b'\r', 1)
    for _ in range(8):
        if b'[1.]' in sit.seen:
            break
        sit.type(b'\x1bOC' if b'this is me' in sit.seen else b' ')
        sit.type(b'\r', 0.6)
    if b'[1.]' not in sit.seen:
        sys.exit(f'the paper does not come: {sit.seen[-3000:]}')
    stage('paper open')
    for _ in range(99):
        sit.type(b'a', 0.03)
        sit.type(b'\x1bOC', 0.06)
    sit.rest(1)
    stage('all 100 seen, 97 answered')
    sit.type(b'\x1b[15~', 0.5)
    sit.type(b'\x1b[15~', 0.5)
    sit.type(b'\x1bOH', 0.5)
    sit.type(b'\x1bOS', 0.5)
    stage('a picture alone')
    rss, pss = memory(sit.pid)
    row(f'  its supervisor', f'{rss:.1f} MiB', f'shared parts counted {pss:.1f} MiB')
    sit.kill()


def agent_of(station):
    for entry in os.listdir('/proc'):
        try:
            if entry.isdigit() and any(os.readlink(f'/proc/{entry}/fd/{fd}').startswith(os.path.realpath(station) + '/run/agent.lock')
                                       for fd in os.listdir(f'/proc/{entry}/fd')):
                return int(entry)
        except OSError:
            pass
    sys.exit('no agent')


def open_room(client, station, code):
    """Opens the session; the largest resident memory of any process below it is the child that derives keys."""
    opening = subprocess.Popen([client, 'proctor', '-C', station, '--code-file', code, '--open'], stdout=subprocess.DEVNULL)
    most = 0
    while opening.poll() is None:
        run = subprocess.run(['ps', '-eo', 'rss,args'], stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()
        most = max([most] + [int(line.split()[0]) / 1024 for line in run if 'proctor' in line and station in line])
        time.sleep(0.02)
    if opening.returncode:
        sys.exit('the room did not open')
    row('  child that derives the key, while opening', f'{most:.0f} MiB')


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('build', nargs='?', default='build')
    parser.add_argument('--saves', type=int, default=2000)
    parser.add_argument('--dir')
    options = parser.parse_args()
    build = os.path.abspath(options.build)
    client, bench = os.path.join(build, 'cli/client/kaochang-client'), os.path.join(build, 'bench/bench-seat')
    with tempfile.TemporaryDirectory(dir=options.dir) as folder:
        station, code = make_station(build, folder)
        print(ROW.format('what', 'value', 'beside', 'ratio', 'aim'))
        open_room(client, station, code)
        out = os.path.join(folder, 'out')
        for ticket, (width, height) in (('420108030201', (80, 24)), ('420108030202', (200, 60))):
            Terminal(bench, station, ticket, str(options.saves), out, width=width, height=height).end()
            found = values_of(out)
            if width == 80:
                measure_save(found)
            measure_screens(found)
        measure_start(client, os.path.join(build, 'bench/bench-hello'), station)
        measure_memory(client, station, b'420108030203', 80, 24)
        measure_memory(client, station, b'420108030204', 200, 60)
        rss, pss = memory(agent_of(station))
        row('memory: the agent, with the paper', f'{rss:.1f} MiB', f'shared parts counted {pss:.1f} MiB')
        subprocess.run([client, 'proctor', '-C', station, '--code-file', code, '--close'], check=True, stdout=subprocess.DEVNULL)


if __name__ == '__main__':
    main()

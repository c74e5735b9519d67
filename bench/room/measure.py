#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""measure.py [BUILD] [--stations 60,120,240] [--seconds 30] [--dir DIR]: how soon the room has what a station has saved. One room service, pinned to
one core, its copies in DIR (on a disk); so many stations, each a home with its own agent, courier, TLS and journal (in memory: they
would be as many disks), on the other cores. Their candidates are one program, bench-stations, that answers twice a second at each."""
import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.dirname(os.path.dirname(HERE))
ROW = '{:>8} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9}  {}'
TICKS = os.sysconf('SC_CLK_TCK')


def processor_time(pid):
    with open(f'/proc/{pid}/stat', encoding='ascii') as file:
        words = file.read().rpartition(')')[2].split()
    return (int(words[11]) + int(words[12])) / TICKS


def resident(pid):
    with open(f'/proc/{pid}/statm', encoding='ascii') as file:
        return int(file.read().split()[1]) * os.sysconf('SC_PAGE_SIZE') / (1 << 20)


class Bench:
    def __init__(self, build, folder, stations, rate):
        self.build, self.folder, self.n, self.rate = build, folder, stations, rate
        self.memory = tempfile.mkdtemp(prefix='bench-room-', dir='/dev/shm')
        self.client = os.path.join(build, 'cli/client/kaochang-client')
        self.made = os.path.join(folder, 'made')
        self.code = os.path.join(self.made, 'unlock-code')
        self.port = 30000 + os.getpid() % 20000
        self.service = None
        self.agents = []
        self.env = {**os.environ, 'KAOCHANG': os.path.join(build, 'cli/kaochang'), 'KAOCHANG_CLIENT': self.client, 'SOURCE_ROOT': SOURCE, 'SEATS': str(max(stations, 40)),
                    'LC_ALL': 'C.UTF-8', 'LANGUAGE': 'en', 'BANK': os.path.join(folder, 'bank'), 'BLUEPRINT': os.path.join(folder, 'blueprint.xml'),
                    'ROSTER': os.path.join(folder, 'roster.csv'), 'PATH': f'{build}/cli/room:{os.environ["PATH"]}'}
        self.service_core = '0'
        self.others = '1-' + str(os.cpu_count() - 1) if os.cpu_count() > 1 else '0'

    def run(self, *words, **how):
        return subprocess.run(words, env=self.env, check=True, stdout=subprocess.PIPE, text=True, **how).stdout

    def proctor(self, *words):
        return self.run(self.client, 'proctor', '-C', os.path.join(self.made, 'room'), '--code-file', self.code, *words)

    def names(self):
        return [f's{i:04}' for i in range(self.n)]

    def make(self):
        subprocess.run([sys.executable, os.path.join(SOURCE, 'tests/stories/make-disaster-bank.py'), self.folder], check=True)
        with open(self.env['ROSTER'], 'w', encoding='utf-8') as file:
            file.write('准考证号,姓名,证件号,区县,学校,考点,考场\n')
            for i in range(self.n):
                file.write(f'42010803{i:04},考生{i},9900011976{i:08},东湖区,东湖区实验小学,S01,R301\n')
        self.run('sh', os.path.join(SOURCE, 'tests/stories/make-station.sh'), self.made)
        self.run('sh', os.path.join(SOURCE, 'tests/stories/make-room.sh'), self.made, str(self.port), *self.names())
        for name in self.names():
            shutil.move(os.path.join(self.made, name), os.path.join(self.memory, name))

    def open(self):
        self.service = subprocess.Popen(['taskset', '-c', self.service_core, self.client, 'room', '-C', os.path.join(self.made, 'room'), '--listen',
                                         f'127.0.0.1:{self.port}', '--foreground', '--code-file', self.code], env=self.env,
                                        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        script = os.path.join(self.folder, 'script')
        with open(script, 'w', encoding='ascii') as file:
            file.write('Escape\n')
        for name in self.names():  # sit starts the station's agent, which stays
            self.run('taskset', '-c', self.others, self.client, 'sit', '-C', os.path.join(self.memory, name), '--script', script)
        for _ in range(600):
            try:
                room = json.loads(self.proctor('--status', '--json'))
            except subprocess.CalledProcessError:
                room = {'stations': []}
            if sum(s['state'] == 'open' for s in room['stations']) == self.n:
                break
            time.sleep(0.5)
        self.proctor('--start')
        tickets = [c['ticket'] for c in room['candidates']]
        for name, lines in (('homes', [os.path.join(self.memory, name) for name in self.names()]), ('tickets', tickets)):
            with open(os.path.join(self.folder, name), 'w', encoding='ascii') as file:
                file.write(''.join(f'{line}\n' for line in lines))

    def measure(self, seconds):
        used = processor_time(self.service.pid)
        out = self.run('taskset', '-c', self.others, os.path.join(self.build, 'bench/bench-stations'), os.path.join(self.folder, 'homes'),
                       os.path.join(self.folder, 'tickets'), str(seconds), str(self.rate))
        answers, kept, p50, p90, p99, longest, took = out.split()
        busy = 100 * (processor_time(self.service.pid) - used) / float(took)
        print(ROW.format(self.n, answers, f'{float(answers) / seconds:.0f}', kept, p50, p90, p99, longest, f'{busy:.0f} %',
                         f'{resident(self.service.pid):.0f} MiB', 'yes' if float(p99) < 200 and answers == kept else 'NO'), flush=True)

    def close(self):
        if self.service:
            self.service.kill()
            self.service.wait()
        for pid in filter(str.isdigit, os.listdir('/proc')):
            try:
                with open(f'/proc/{pid}/cmdline', 'rb') as file:
                    ours = self.memory.encode() in file.read()
            except OSError:
                continue
            if ours:
                os.kill(int(pid), signal.SIGKILL)
        shutil.rmtree(self.memory, True)
        shutil.rmtree(self.made, True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('build', nargs='?', default=os.path.join(SOURCE, 'build'))
    parser.add_argument('--stations', default='60,120,240')
    parser.add_argument('--seconds', type=int, default=30)
    parser.add_argument('--rate', type=float, default=2)
    parser.add_argument('--dir', default=None)
    given = parser.parse_args()
    print(ROW.format('stations', 'answers', '1/s', 'kept', 'p50 ms', 'p90 ms', 'p99 ms', 'longest', 'core', 'memory', 'p99 < 200 ms'))
    for n in map(int, given.stations.split(',')):
        with tempfile.TemporaryDirectory(prefix='bench-room-', dir=given.dir) as folder:
            bench = Bench(os.path.abspath(given.build), folder, n, given.rate)
            try:
                bench.make()
                bench.open()
                bench.measure(given.seconds)
            finally:
                bench.close()


main()

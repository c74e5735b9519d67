#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Merging and reporting a lab-skills exam, beside what nobody can be spared. docs/bench.md, "Merging a city's ratings".

    bench/lab/merge.py BUILD CITY [PROCESSORS]      CITY: a folder that ./demo --lab --city --keep left

Of each command: time on the clock, of the processor, and of its critical path: what one thread does alone, and of what several do
beside each other the larger one of the first thread's part and an even share of each processor. A quiet machine with a disk that
keeps up takes that long on the clock; on a busy one only the processor's times tell anything.
"""
import glob
import os
import resource
import subprocess
import sys
import tempfile
import time


def processor():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class Threads:
    """Processor seconds of each thread of a process, looked at while it runs."""

    def __init__(self):
        self.of, self.alone, self.beside = {}, 0.0, 0.0

    def look(self, pid):
        others = False
        before = self.of.get(pid, 0)
        for tid in map(int, os.listdir(f'/proc/{pid}/task')):
            with open(f'/proc/{pid}/task/{tid}/schedstat', encoding='ascii') as f:
                self.of[tid] = int(f.read().split()[0]) / 1e9
            others = others or tid != pid
        more = self.of.get(pid, 0) - before
        self.alone += 0 if others else more
        self.beside += more if others else 0

    def watch(self, child):
        while child.poll() is None:
            try:
                self.look(child.pid)
            except (OSError, IndexError):
                pass
            time.sleep(0.005)
        self.others = sorted((used for tid, used in self.of.items() if tid != child.pid), reverse=True)

    def path(self, processors):
        return self.alone + max(self.beside, (self.beside + sum(self.others)) / processors)


def run(words, office):
    threads = Threads()
    with tempfile.TemporaryFile('w+') as out:
        before, began = processor(), time.monotonic()
        with subprocess.Popen(words, cwd=office, stdout=out, stderr=subprocess.STDOUT) as child:
            threads.watch(child)
        clock = time.monotonic() - began
        out.seek(0)
        said = out.read()
    if child.returncode:
        sys.exit(f'{words[0]}: {child.returncode}\n{said}')
    return said, clock, processor() - before, threads


def main():
    build, city = (os.path.abspath(path) for path in sys.argv[1:3])
    processors = int(sys.argv[3]) if len(sys.argv) > 3 else len(os.sched_getaffinity(0))
    office, bundles = os.path.join(city, 'office'), sorted(glob.glob(os.path.join(city, 'inbox/*.results')))
    identity = os.path.join(office, 'keys/results.identity')
    sessions = sorted({os.path.basename(b).split('-')[0] for b in bundles})
    joined = [word for s in sessions for word in ('--session', s)]
    total = []
    with tempfile.TemporaryDirectory(dir=city) as folder:
        store = ['--store', os.path.join(folder, 'store.db')]
        kaochang = os.path.join(build, 'cli/kaochang')
        page = ['--format', 'html', '-o', os.path.join(folder, 'report.html')]
        for what, *words in [('bound', os.path.join(build, 'bench/bench-bundles'), identity, *bundles),
                             ('merge', kaochang, 'merge', '-i', identity, '--threads', str(processors), *store, *bundles),
                             ('rates', kaochang, 'report', 'rates', *joined, *store, *page),
                             ('quality', kaochang, 'report', 'quality', *joined, *store, *page)]:
            said, clock, used, threads = run(words, office)
            print(f'{what:8} clock {clock:6.2f} s, processor {used:6.2f} s, critical path {threads.path(processors):6.2f} s: '
                  f'alone {threads.alone:.2f}; beside the others {threads.beside:.2f}, they '
                  f'{" + ".join(f"{t:.2f}" for t in threads.others) or "0"}', flush=True)
            if what == 'bound':
                print(said, end='')
            else:
                total.append((clock, used, threads.path(processors)))
    clock, used, path = (sum(column) for column in zip(*total))
    print(f'merge and reports: clock {clock:.2f} s, processor {used:.2f} s, critical path of {processors} processors {path:.2f} s; '
          f'load {os.getloadavg()[0]:.1f}')


if __name__ == '__main__':
    main()

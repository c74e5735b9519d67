# SPDX-License-Identifier: Apache-2.0
"""Machines of a room whose programs can be killed, whose disk, network and power can fail. As root each has an ext4 of its own and a
network namespace; else disks fill by the preloaded full-disk, and the network is cut by stopping the courier."""
import asyncio
import contextlib
import hashlib
import os
import shutil
import signal
import subprocess

from disk import Disk
from room import Failed, children
from screen import Pty

PORT = 8443


def run(*words, **how):
    done = subprocess.run(words, capture_output=True, text=True, check=False, **how)
    if done.returncode != 0:
        raise Failed(f'{" ".join(words)}: {done.returncode}: {done.stdout}{done.stderr}')
    return done.stdout


def kill(pid):
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def command_line(pid):
    with contextlib.suppress(OSError), open(f'/proc/{pid}/cmdline', 'rb') as file:
        return file.read().decode('utf-8', 'replace').split('\0')
    return []


def with_word(word):
    """Processes that have it in their command line."""
    return [int(pid) for pid in os.listdir('/proc') if pid.isdigit() and word in command_line(pid)]


def holder(path):
    """The process that holds the lock of a file: an agent."""
    with contextlib.suppress(OSError):
        status = os.stat(path)
        wanted = f'{os.major(status.st_dev):02x}:{os.minor(status.st_dev):02x}:{status.st_ino}'
        with open('/proc/locks', encoding='ascii') as file:
            for line in file:
                words = line.split()
                if words[1] == 'FLOCK' and words[5] == wanted and int(words[4]) > 0:
                    return int(words[4])
    return 0


class Machine:
    def __init__(self, world, name, number):
        self.world, self.name, self.number = world, name, number
        self.home = os.path.join(world.folder, 'made', name)
        self.on, self.cut, self.disk_is, self.lost = True, False, 'fine', False
        self.clock_ms = 0
        self.disk = self.idle = None
        self.full = os.path.join(world.folder, name + '.full')

    # ---- what it is made of ----

    def furnish(self):
        """A disk and a line of its own; nothing runs yet."""
        if not self.world.root:
            return
        away = self.home + '.made'
        os.rename(self.home, away)
        self.disk = Disk(24, self.home)
        shutil.copytree(away, self.home, dirs_exist_ok=True)
        shutil.rmtree(away)
        net = f'10.9.{self.number}'
        for words in (f'netns add {self.name}', f'link add v{self.name} type veth peer name eth0 netns {self.name}',
                      f'addr add {net}.1/30 dev v{self.name}', f'link set v{self.name} up',
                      f'-n {self.name} addr add {net}.2/30 dev eth0', f'-n {self.name} link set eth0 up',
                      f'-n {self.name} link set lo up'):
            run('ip', *words.split())

    def address(self):
        return f'https://10.9.{self.number}.1:{PORT}' if self.world.root else f'https://127.0.0.1:{self.world.port}'

    def command(self, *words):
        inside = ['nsenter', f'--net=/run/netns/{self.name}'] if self.world.root else []
        return [*inside, self.world.client, *words]

    def environment(self):
        own = {'KAOCHANG_CLOCK_OFFSET_MS': str(self.clock_ms)} if self.clock_ms else {}
        if not self.world.root:
            own.update(LD_PRELOAD=os.path.join(self.world.build, 'tests/tools/libfull-disk.so'), FULL_DISK_WHILE=self.full)
        return {**self.world.environment, **own}

    # ---- its processes ----

    def agent(self):
        return holder(os.path.join(self.home, 'run/agent.lock'))

    def courier(self):
        agent = self.agent()
        return next((pid for pid in children(agent) if 'carry' in command_line(pid)), 0) if agent else 0

    def processes(self):
        found = with_word(self.home)
        return found + [child for pid in found for child in children(pid)]

    def wake(self):
        """A spare machine: on, at its sign-in."""
        self.idle = Pty(self.command('sit', '-C', self.home), self.environment())

    def sleep(self):
        """Its terminal is for somebody else; its agent stays."""
        if self.idle:
            self.idle.close()
        self.idle = None

    # ---- what can happen to it ----

    def network(self, works):
        self.cut = not works
        if self.world.root:
            run('ip', 'link', 'set', f'v{self.name}', 'up' if works else 'down')
        elif self.courier():
            os.kill(self.courier(), signal.SIGCONT if works else signal.SIGSTOP)

    def break_disk(self, how):
        """full, read-only or gone; without root always full."""
        self.disk_is = how
        if not self.disk:
            open(self.full, 'w', encoding='ascii').close()
        elif how == 'full':
            self.disk.fill()
        elif how == 'read-only':
            self.disk.become_read_only()
        else:
            self.disk.fall_off()

    def mend_disk(self):
        if not self.disk:
            os.unlink(self.full)
        elif self.disk_is == 'full':
            self.disk.make_room()
        else:
            self.disk.come_back()
        self.disk_is = 'fine'

    def power_off(self):
        """What was not synced, and what was in memory, is lost."""
        self.on = False
        if self.disk and self.disk_is != 'gone':
            self.disk.fall_off()
        for pid in self.processes():
            kill(pid)
        if self.disk:
            folder = hashlib.blake2b(os.path.join(self.home, 'sessions/am1/journals').encode(), digest_size=32).hexdigest()[:32]
            shutil.rmtree(f'/dev/shm/kaochang-{os.geteuid()}/{folder}', True)

    async def power_on(self):
        for _ in range(100):
            if not self.processes():
                break
            await asyncio.sleep(0.1)
        if self.disk:
            self.disk.come_back()
            self.disk_is = 'fine'
            if os.path.exists(os.path.join(self.home, 'others')):
                self.disk.make_room()
        if self.cut:
            self.network(True)
        self.on = True

    def close(self):
        self.sleep()
        if self.disk:
            self.disk.close()


class World:
    """The office, the room's machine with its service, and the stations."""

    def __init__(self, source, build, folder, root, port=PORT):
        self.source, self.build, self.folder, self.root, self.port = source, build, folder, root, port
        self.client = os.path.join(build, 'cli/client/kaochang-client')
        self.kaochang = os.path.join(build, 'cli/kaochang')
        self.room, self.code_file = os.path.join(folder, 'made/room'), os.path.join(folder, 'made/unlock-code')
        self.environment = {'PATH': f'{build}/cli/room:{build}/cli/client:{build}/cli:{os.environ["PATH"]}', 'HOME': folder,
                            'LC_ALL': 'C.UTF-8', 'LANGUAGE': 'zh_CN', 'KAOCHANG_LOCALEDIR': os.path.join(build, 'po'), 'TERM': 'screen',
                            'TZ': 'Asia/Shanghai', 'ASAN_OPTIONS': 'detect_leaks=0:verify_asan_link_order=0'}
        self.service = None
        self.services = 0
        self.machines = []
        if root:
            run('ip', 'link', 'set', 'lo', 'up')
            os.makedirs('/run/netns', exist_ok=True)
            run('mount', '-t', 'tmpfs', 'tmpfs', '/run/netns')

    def make(self, bank, blueprint, names):
        env = {**self.environment, 'KAOCHANG': self.kaochang, 'KAOCHANG_CLIENT': self.client, 'SOURCE_ROOT': self.source, 'LANGUAGE': 'en',
               'BANK': bank, 'BLUEPRINT': blueprint}
        made = os.path.join(self.folder, 'made')
        run('sh', os.path.join(self.source, 'tests/stories/make-station.sh'), made, env=env)
        run('sh', os.path.join(self.source, 'tests/stories/make-room.sh'), made, str(self.port), *names, env=env)
        self.machines = [Machine(self, name, i + 1) for i, name in enumerate(names)]
        for machine in self.machines:
            run(self.client, 'enrol', '-C', machine.home, '--room-service', machine.address(), env=env)
            machine.furnish()
        os.sync()

    def serve(self):
        """Starts the service, with the code; it answers a moment later."""
        self.services += 1
        at = f'0.0.0.0:{PORT}' if self.root else f'127.0.0.1:{self.port}'
        with open(os.path.join(self.folder, 'service.log'), 'ab') as log:
            self.service = subprocess.Popen([self.client, 'room', '-C', self.room, '--listen', at, '--foreground', '--code-file',
                                             self.code_file], env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def kill_service(self):
        self.service.kill()
        self.service.wait()
        self.service = None

    async def command(self, *words, seconds=60, **environment):
        """Exit status and what it said."""
        child = await asyncio.create_subprocess_exec(*words, env={**self.environment, **environment}, stdin=asyncio.subprocess.DEVNULL,
                                                     stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE)
        try:
            out, err = await asyncio.wait_for(child.communicate(), seconds)
        except asyncio.TimeoutError:
            child.kill()
            await child.wait()
            return -1, '', f'not within {seconds} s'
        return child.returncode, out.decode(), err.decode()

    async def proctor(self, *words, seconds=60):
        return await self.command(self.client, 'proctor', '-C', self.room, '--code-file', self.code_file, *words, seconds=seconds)

    async def insist(self, *words, seconds=60):
        """The same, as often as it takes."""
        end = asyncio.get_running_loop().time() + seconds
        while True:
            status, out, err = await self.proctor(*words)
            if status == 0:
                return out
            if asyncio.get_running_loop().time() > end:
                raise Failed(f'proctor {" ".join(words)}: {status}: {err}')
            await asyncio.sleep(0.5)

    def close(self):
        if self.service:
            self.kill_service()
        for pid in with_word(self.room):
            kill(pid)
        for machine in self.machines:
            for pid in machine.processes():
                kill(pid)
        for machine in self.machines:
            machine.close()

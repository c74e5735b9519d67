#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""failing-disks.py SOURCE_ROOT BUILD_ROOT: a candidate at a real terminal, on a disk of its own (ext4 in a file) that becomes full, read-only, or
is gone while the exam runs. Needs root, mounts in a namespace of its own, and loop devices; skipped, saying so, without them. Prints TAP."""
import contextlib
import os
import shutil
import signal
import subprocess
import sys

from disk import Disk
from room import Failed, Room, receipt, tell, wait_until

SOURCE, BUILD = sys.argv[1:3]
TICKET, OTHER = '420108030217', '420108030218'
SAVED, NOT_SAVED = '本机已保存', '未保存'


@contextlib.contextmanager
def a_room_on_a_disk():
    disk = Disk()
    room = Room(SOURCE, BUILD)
    try:
        room.station = shutil.move(room.station, os.path.join(disk.path, 'station'))
        room.open()
        os.sync()  # what lay there before the exam is on the disk
        yield room, disk
    finally:
        with contextlib.suppress(Failed, OSError):
            os.kill(room.agent(), signal.SIGKILL)
        room.close()
        disk.close()


def answered(room, ticket=TICKET):
    return room.candidate(ticket)['answered']


def opened_again(room):
    """The agent's socket was on the disk that failed: the proctor opens the room once more."""
    with contextlib.suppress(Failed, OSError):
        os.kill(room.agent(), signal.SIGKILL)
    room.open()


def hands_in(room, seat):
    seat.keys('F9')
    seat.wait('未答')
    seat.keys('Right', 'Right', 'Enter')
    seat.type('0217')
    seat.keys('Enter')
    seat.wait('交卷成功')
    candidate = room.candidate(TICKET)
    assert candidate['receipt'].replace('-', '') == receipt(seat.screen()).replace('-', ''), candidate


def sits_and_answers(room):
    seat = room.sit(TICKET)
    seat.keys('b')
    seat.wait(SAVED)
    return seat


def on_a_full_disk_answers_go_on_and_are_saved_when_there_is_room():
    with a_room_on_a_disk() as (room, disk):
        seat = sits_and_answers(room)
        disk.fill()
        for _ in range(12):  # a file may still have blocks of its own
            seat.keys('Right', 'c')
            if NOT_SAVED in seat.screen():
                break
        seat.wait(NOT_SAVED)
        assert '举手' in seat.screen(), seat.screen()
        seat.keys('Right', 'd')
        seat.wait('[已选]')
        at_risk = int(seat.screen().split('已答 ')[1].split()[0])
        disk.make_room()
        seat.wait(SAVED)
        wait_until(lambda: answered(room) == at_risk, lambda: f'{at_risk} answers: {answered(room)}')
        hands_in(room, seat)


def comes_back(room, disk, seat, n):
    """What waited is on the disk then: n answers."""
    disk.come_back()
    seat.wait(SAVED)
    opened_again(room)
    wait_until(lambda: answered(room) == n, lambda: f'{n} answers: {answered(room)}')
    hands_in(room, seat)


def goes_on_unsaved(seat):
    seat.keys('Right', 'c')
    seat.wait(NOT_SAVED)
    assert '举手' in seat.screen(), seat.screen()
    seat.keys('Right', 'd')
    seat.wait('已答 3')
    assert NOT_SAVED in seat.screen(), seat.screen()


def a_disk_that_became_read_only_is_told_and_taken_up_again():
    with a_room_on_a_disk() as (room, disk):
        seat = sits_and_answers(room)
        disk.become_read_only()
        goes_on_unsaved(seat)
        comes_back(room, disk, seat, 3)


def a_disk_that_is_gone_is_told_and_taken_up_again():
    with a_room_on_a_disk() as (room, disk):
        seat = sits_and_answers(room)
        disk.fall_off()
        goes_on_unsaved(seat)
        comes_back(room, disk, seat, 3)


def killed_while_the_disk_fails_everything_is_there_again():
    with a_room_on_a_disk() as (room, disk):
        seat = sits_and_answers(room)
        disk.become_read_only()
        goes_on_unsaved(seat)
        seat.kill_seat()
        seat.wait('已答 3')
        seat.wait(NOT_SAVED)
        seat.keys('Right', 'a')
        seat.wait('已答 4')
        comes_back(room, disk, seat, 4)


STORIES = [
    on_a_full_disk_answers_go_on_and_are_saved_when_there_is_room,
    a_disk_that_became_read_only_is_told_and_taken_up_again,
    a_disk_that_is_gone_is_told_and_taken_up_again,
    killed_while_the_disk_fails_everything_is_there_again,
]


def why_not():
    if os.geteuid() != 0:
        return 'only root can mount disks'
    if not shutil.which('mkfs.ext4') or not shutil.which('unshare'):
        return 'mkfs.ext4 or unshare is not installed'
    if subprocess.run(['unshare', '-m', 'true'], check=False, stderr=subprocess.DEVNULL).returncode != 0:
        return 'no mounts of its own are allowed here (a container, a chroot)'
    try:
        Disk().close()
    except (OSError, subprocess.CalledProcessError) as failure:
        return f'disks cannot be mounted here ({failure})'
    return ''


def main():
    if os.geteuid() == 0 and 'KAOCHANG_OWN_MOUNTS' not in os.environ:
        os.environ['KAOCHANG_OWN_MOUNTS'] = '1'
        if shutil.which('unshare') and subprocess.run(['unshare', '-m', 'true'], check=False, stderr=subprocess.DEVNULL).returncode == 0:
            os.execvp('unshare', ['unshare', '-m', sys.executable, *sys.argv])
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that rooms are closed
    why = why_not()
    if why:
        print(f'1..0 # SKIP {why}')
        print(f'SKIPPED: failing disks: {why}', file=sys.stderr)
        return 0
    return tell(STORIES)


sys.exit(main())

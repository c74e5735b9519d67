#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""sitting-by-hand.py SOURCE_ROOT BUILD_ROOT: candidates and a proctor at real terminals, in Chinese. Prints TAP."""
import contextlib
import os
import signal
import subprocess
import sys

from room import Room, receipt, sign_in, tell, wait_until

SOURCE, BUILD = sys.argv[1:3]
signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that rooms are closed
TICKET, OTHER = '420108030217', '420108030218'


@contextlib.contextmanager
def a_room(**how):
    room = Room(SOURCE, BUILD, **how)
    try:
        yield room
    finally:
        room.close()


def a_sitting_by_hand_survives_two_kills_and_is_handed_in():
    with a_room() as room:
        room.open()
        seat = room.sit(TICKET)
        seat.keys('b', 'Right', 'c', 'F3')
        seat.wait('标疑 1', '已答 2', '本机已保存')
        seat.kill_seat()
        seat.wait('[2?]')
        assert '已答 2' in seat.screen() and '[已选]' in seat.screen(), seat.screen()
        seat.keys('End')
        seat.wait('[20.]')
        seat.type('工作表')
        seat.wait('工作表', '已答 3', '本机已保存')
        seat.kill_seat()
        seat.wait('[20*]')
        assert '工作表' in seat.screen(), seat.screen()
        seat.keys('F9')
        seat.wait('未答 17 题')
        seat.keys('Right', 'Right', 'Enter')
        seat.type('0217')
        seat.keys('Enter')
        seat.wait('交卷成功')
        code = receipt(seat.screen())
        candidate = room.candidate(TICKET)
        assert candidate['state'] == 'handed-in' and candidate['signed'], candidate
        assert candidate['answered'] == 3 and candidate['interruptions'] == 2, candidate
        assert candidate['receipt'].replace('-', '') == code.replace('-', ''), candidate
        seat.keys('F10')
        seat.wait('ended with 0')


def a_killed_supervisor_is_started_again_and_goes_on():
    with a_room() as room:
        room.open()
        seat = room.sit(TICKET)
        seat.keys('d')
        seat.wait('已答 1', '本机已保存')
        program, child = seat.program(), seat.seat()
        os.kill(program, signal.SIGKILL)
        wait_until(lambda: not os.path.exists(f'/proc/{child}'), lambda: 'the end of the seat')
        again = room.terminal('sit')
        sign_in(again, TICKET)
        again.wait('[1*]')
        assert '[已选]' in again.screen(), again.screen()


def a_candidate_who_waits_goes_on_when_the_proctor_opens():
    with a_room() as room:
        seat = room.terminal('sit')
        seat.wait('请等待监考员打开')
        desk = room.terminal('proctor')
        desk.wait('开考码')
        desk.type(room.code)
        desk.wait('校验位正确')
        desk.keys('Enter')
        desk.wait('应到 40')
        seat.wait('准考证号')


def a_small_window_says_so_and_the_sitting_goes_on():
    with a_room() as room:
        room.open()
        seat = room.sit(TICKET)
        seat.resize(60, 15)
        seat.wait('请放大到至少 80x24')
        seat.keys('a')
        seat.resize(100, 30)
        seat.wait('[1.]')
        seat.keys('a')
        seat.wait('[已选]')
        seat.wait('本机已保存')


def on_a_full_disk_the_candidate_is_told_and_nothing_saved_is_harmed():
    with a_room() as room:
        flag = os.path.join(room.folder, 'full')
        room.open()
        seat = room.sit(TICKET, LD_PRELOAD=os.path.join(BUILD, 'tests/tools/libfull-disk.so'), FULL_DISK_WHILE=flag,
                        ASAN_OPTIONS='verify_asan_link_order=0')
        seat.keys('b')
        seat.wait('已答 1', '本机已保存')
        open(flag, 'w', encoding='ascii').close()
        seat.keys('Right', 'c')
        seat.wait('未保存')
        assert '本机磁盘已满' in seat.screen() and '举手' in seat.screen(), seat.screen()
        assert room.candidate(TICKET)['kept'] == 'at-risk', room.candidate(TICKET)
        seat.keys('F9', 'Right', 'Right', 'Enter')
        seat.type('0217')
        seat.keys('Enter')
        seat.wait('暂不能交卷')
        assert room.candidate(TICKET)['state'] == 'working'
        os.unlink(flag)
        seat.wait('本机已保存')
        wait_until(lambda: room.candidate(TICKET)['kept'] == 'here', lambda: room.candidate(TICKET))
        assert room.candidate(TICKET)['answered'] == 2


def closing_the_terminal_saves_what_was_typed():
    with a_room() as room:
        room.open()
        seat = room.sit(TICKET)
        program = seat.program()
        seat.keys('End')
        seat.wait('[20.]')
        seat.type('x')
        seat.wait('[x')
        seat.do('kill-server')
        wait_until(lambda: not os.path.exists(f'/proc/{program}'), lambda: 'the end of the program')
        assert room.candidate(TICKET)['answered'] == 1


def an_agent_that_ends_and_comes_back_loses_nothing():
    with a_room() as room:
        room.open()
        seat = room.sit(TICKET)
        seat.keys('b')
        seat.wait('已答 1', '本机已保存')
        os.kill(room.agent(), signal.SIGTERM)
        seat.wait('连接中断')
        seat.keys('Right', 'c')
        seat.wait('已答 2', '本机已保存')
        room.open()
        seat.wait('已恢复')
        seat.keys('F9', 'Right', 'Right', 'Enter')
        seat.type('0217')
        seat.keys('Enter')
        seat.wait('交卷成功')
        seat.wait('已保存并签名')
        assert room.candidate(TICKET)['answered'] == 2


def a_wrong_code_opens_nothing_and_says_so():
    with a_room() as room, a_room(seconds=4) as other:
        desk = room.terminal('proctor')
        for _ in range(3):
            desk.wait('开考码')
            desk.type(other.code)
            desk.wait('校验位正确')
            desk.keys('Enter')
            desk.wait('不是该场次的开考码')
            desk.keys(*['BSpace'] * 16)
        desk.type(other.code)
        desk.keys('Enter')
        desk.wait('秒')
        assert not os.path.exists(os.path.join(room.station, 'run/agent.sock'))


def the_proctor_gives_time_ends_and_closes():
    with a_room() as room:
        room.open()
        seat = room.sit(TICKET)
        seat.keys('b')
        desk = room.terminal('proctor', width=120, height=40)
        desk.wait('开考码')
        desk.type(room.code)
        desk.keys('Enter')
        desk.wait('作答 1 ')
        desk.find('号  朱思远', 'Right', 45)
        desk.keys('F3')
        desk.wait('给谁')
        desk.keys('Enter')
        desk.wait('多少分钟')
        desk.keys('Enter')
        desk.wait('原因')
        desk.type('插头松动')
        desk.keys('Enter')
        desk.wait('不能收回')
        desk.keys('Right', 'Enter')
        desk.wait('朱思远：已加时')
        seat.wait('加时 5 分')
        seat.wait('剩余时间 00:44')
        desk.keys('F8')
        desk.find('> 结束考场', 'Down', 5)
        desk.keys('Enter')
        desk.wait('将立即收卷')
        desk.keys('Right', 'Enter')
        desk.wait('已结束')
        seat.wait('监考员已结束你的考试')
        assert receipt(seat.screen())


def the_time_over_ends_the_exam_by_itself():
    with a_room(seconds=4) as room:
        room.open()
        seat = room.sit(TICKET)
        seat.keys('b')
        seat.wait('考试时间到')
        assert receipt(seat.screen())
        assert room.candidate(TICKET)['state'] == 'ended'


def a_terminal_without_utf8_is_refused():
    with a_room() as room:
        seat = room.terminal('sit', LC_ALL='POSIX')
        seat.wait('UTF-8')
        seat.wait('ended with 4')


def a_folder_that_is_no_station_is_refused():
    with a_room() as room:
        run = subprocess.run([room.client, 'sit', '-C', room.folder], env={**os.environ, 'LANGUAGE': 'en'},
                             capture_output=True, text=True, check=False)
        assert run.returncode == 4 and 'no station' in run.stderr, run


def a_script_sits_without_any_terminal():
    with a_room() as room:
        room.open()
        status, screens, messages = room.script(
            f'"{OTHER}" Enter\nexpect "马雨欣"\nRight Enter\nSpace Enter\nexpect "[1.]"\nb\nwait "本机已保存"\ndump answered\n'
            'F9 Right Right Enter "8218" Enter\nexpect "不符"\n"0218" Enter\nwait "交卷成功"\n')
        assert status == 0, messages
        assert '[1*]' in screens['answered'] and receipt(screens['end']), screens
        assert room.candidate(OTHER)['state'] == 'handed-in'


def an_expectation_of_a_script_that_fails_is_the_answer_no():
    with a_room() as room:
        room.open()
        status, screens, messages = room.script('"1"\nexpect "交卷成功"\n')
        assert status == 1 and ':2' in messages and 'unexpected' in screens, (status, messages)


try:
    subprocess.run(['tmux', '-V'], capture_output=True, check=True)
except (OSError, subprocess.CalledProcessError) as missing:
    raise SystemExit(f'Bail out! tmux is needed: {missing}')
sys.exit(tell([story for name, story in list(globals().items())
               if callable(story) and getattr(story, '__module__', '') == '__main__' and name != 'a_room']))

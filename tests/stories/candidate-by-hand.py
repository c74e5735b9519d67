#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""candidate-by-hand.py SOURCE_ROOT BUILD_ROOT: what a candidate sees of room and proctor, of sections, notes and calculator, and of a
terminal that is not as it should be; in Chinese, at real terminals. Prints TAP."""
import contextlib
import os
import re
import signal
import subprocess
import sys
import tempfile
import time

from room import Room, made_station, receipt, sign_in, tell, wait_until

SOURCE, BUILD = sys.argv[1:3]
signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that rooms are closed
TICKET, OTHER = '420108030217', '420108030218'


@contextlib.contextmanager
def a_room(*how, **other):
    room = Room(SOURCE, BUILD, **other)
    try:
        if how:
            room.proctor(*how)
        yield room
    finally:
        room.close()


@contextlib.contextmanager
def a_room_with(flags, sections=None):
    """A room whose paper has these attributes."""
    with open(os.path.join(SOURCE, 'data/blueprints/sample.xml'), encoding='utf-8') as file:
        blueprint = file.read()
    blueprint = re.sub(r'<blueprint ', f'<blueprint {flags} ', blueprint, count=1)
    for section, rules in (sections or {}).items():
        blueprint = re.sub(rf'(<section id="{section}") ', rf'\1 {rules} ', blueprint, count=1)
    with tempfile.NamedTemporaryFile('w', suffix='.xml', encoding='utf-8') as changed:
        changed.write(blueprint)
        changed.flush()
        seconds = 2400 + len(flags) + len(str(sections))  # a station of its own: made_station keeps them by the paper's time
        made_station(SOURCE, BUILD, seconds, BLUEPRINT=changed.name)
    with a_room('--open', seconds=seconds) as room:
        yield room


def a_held_exam_waits_for_the_proctors_start():
    with a_room('--open', '--hold') as room:
        seat = room.terminal('sit')
        sign_in(seat, TICKET)
        seat.wait('[ ]')
        seat.keys('Space')
        seat.wait('监考员宣布开考后开始')
        seat.keys('Enter')
        seat.wait('考试尚未开始')
        assert room.candidate(TICKET)['answered'] == 0
        room.proctor('--start')
        seat.wait('[1.]')
        seat.keys('b')
        seat.wait('本机已保存')


def a_pause_hides_the_paper_and_the_time_stands_still():
    with a_room('--open') as room:
        seat = room.sit(TICKET)
        seat.keys('b', 'Right', 'F5')
        seat.wait('下一未答题')
        room.proctor('--pause', 'all', '--reason', '火警')
        seat.wait('监考员已暂停考试')
        seat.keys('Enter', 'b')
        left = re.search(r'剩余时间 (\S+)', seat.screen()).group(1)
        used = room.candidate(TICKET)['usedMs'] if 'usedMs' in room.candidate(TICKET) else None
        room.proctor('--continue', 'all', '--reason', '火警解除')
        seat.wait('下一未答题')
        assert room.candidate(TICKET)['answered'] == 1
        assert used is None or room.candidate(TICKET)['usedMs'] - used < 5000
        assert left <= '00:40:00', left


def the_proctors_words_stay_until_they_are_confirmed():
    with a_room('--open') as room:
        seat = room.sit(TICKET)
        room.proctor('--tell', '第 12 题的“大于”应为“大于等于”。')
        seat.wait('监考员的消息')
        seat.keys('b', 'Right')
        seat.wait('[2.]')
        assert '监考员的消息' in seat.screen(), seat.screen()
        seat.keys('F2')
        seat.wait('新消息')
        seat.keys('Enter')
        wait_until(lambda: '监考员的消息' not in seat.screen(), seat.screen)
        seat.kill_seat()
        seat.wait('[2.]')
        seat.keys('F2')
        seat.wait('大于等于')


def going_on_elsewhere_takes_the_code_that_the_proctor_reads_out():
    with a_room('--open', '--resume-codes') as room:
        seat = room.sit(TICKET)
        seat.keys('b')
        seat.wait('已答 1', '本机已保存')
        seat.kill_seat()
        seat.wait('[1*]')  # a seat that its supervisor starts again needs none
        os.kill(seat.program(), signal.SIGKILL)
        again = room.terminal('sit')
        again.wait('准考证号')
        again.type(TICKET)
        again.keys('Enter')
        wait_until(lambda: '续考码' in again.screen() or '另一座位' in again.screen(), again.screen)
        if '续考码' not in again.screen():  # asked before the agent saw the other program end: asked once more
            again.keys('Enter')
        again.wait('续考码')
        again.type('0000-0000')
        again.keys('Enter')
        again.wait('此码不对')
        code = re.search(r'[0-9A-Z]{4}-[0-9A-Z]{4}', room.proctor('--resume-code', TICKET, '--reason', '死机')).group(0)
        again.type(code.lower().replace('-', '').replace('0', 'o').replace('1', 'l'))
        again.keys('Enter')
        again.wait('是本人')
        again.keys('Right', 'Enter')
        again.wait('[1*]')


def an_agent_started_anew_asks_for_a_code_and_the_paper_stays():
    with a_room('--open', '--resume-codes') as room:
        seat = room.sit(TICKET)
        os.kill(room.agent(), signal.SIGTERM)
        seat.wait('连接中断')
        room.proctor('--open', '--resume-codes')
        seat.wait('续考码')
        seat.keys('b', 'Right', 'c')
        seat.wait('已答 2')
        seat.wait('本机已保存')
        code = re.search(r'[0-9A-Z]{4}-[0-9A-Z]{4}', room.proctor('--resume-code', TICKET, '--reason', '断电')).group(0)
        seat.keys('F8')
        seat.wait('Esc返回试卷')
        seat.type(code)
        seat.keys('Enter')
        seat.wait('已恢复')
        assert room.candidate(TICKET)['answered'] == 2


def before_the_start_the_keys_can_be_tried():
    with a_room_with('tutorial="yes"') as room:
        seat = room.terminal('sit')
        sign_in(seat, TICKET)
        seat.wait('[ ]')
        seat.keys('Space', 'Enter')
        seat.wait('考前练习')
        seat.keys('b')
        seat.wait('[已选]')
        seat.keys('Right')
        seat.type('江城三中')
        seat.wait('江城三中')
        seat.keys('NPage')
        seat.wait('练习 3/3')
        seat.keys('F3')
        seat.wait('[3?]')
        assert room.candidate(TICKET)['state'] in ('new', 'not begun', 'not-begun'), room.candidate(TICKET)
        seat.keys('F9', 'Right', 'Right', 'Enter')
        seat.type('0217')
        seat.keys('Enter')
        seat.wait('[1.]')
        assert '考前练习' not in seat.screen()


def notes_survive_a_crash_and_the_calculator_is_exact():
    with a_room_with('notes="yes" calculator="yes"') as room:
        seat = room.sit(TICKET)
        seat.keys('F7')
        seat.wait('计算器   +')
        seat.type('0.1+0.2')
        seat.keys('Enter')
        seat.wait('0.1+0.2 = 0.3')
        seat.keys('F6')
        seat.wait('不计分')
        seat.type('第 3 题再看')
        seat.wait('第 3 题再看', '本机已保存')
        seat.kill_seat()
        seat.wait('[1.]')
        seat.keys('F6')
        seat.wait('第 3 题再看')


def a_terminal_that_cannot_show_the_screens_says_what_to_do():
    with a_room('--open') as room:
        for settings in ({'TERM': 'no-such-terminal'}, {'TERM': 'dumb'}, {'TERM': ''}):
            seat = room.terminal('sit', **settings)
            seat.wait('TERM=')
            seat.wait('ended with 4')
        seat = room.terminal('sit', LC_ALL='POSIX')
        seat.wait('LANG=C.UTF-8')
        seat.wait('ended with 4')


def a_storm_of_resizes_and_keys_leaves_the_paper_as_it_is():
    with a_room('--open') as room:
        seat = room.sit(TICKET)
        for i in range(40):
            seat.resize(60 + i * 7 % 90, 10 + i * 5 % 40)
            seat.keys('Down', 'Up')
        seat.resize(132, 43)
        wait_until(lambda: len(seat.screen().splitlines()[0]) > 100 and '[1.]' in seat.screen(), seat.screen)
        seat.keys('b')
        seat.wait('[已选]')
        seat.wait('本机已保存')


def a_ticket_sits_at_one_place_only():
    with a_room('--open') as room:
        room.sit(TICKET)
        other = room.terminal('sit')
        other.wait('准考证号')
        other.type(TICKET)
        other.keys('Enter')
        other.wait('正在另一座位使用')


def colours_can_be_strong_or_none():
    colour = re.compile(r'\x1b\[[0-9;]*(3[0-7]|4[0-7]|38;5|48;5)[0-9;]*m')
    with a_room('--open') as room:
        for words, environment, any_colour in (('sit', {}, True), ('sit --contrast', {}, True), ('sit --no-colour', {}, False),
                                               ('sit', {'NO_COLOR': '1'}, False)):
            seat = room.terminal(words, TERM='xterm-256color', **environment)
            seat.wait('准考证号')
            shown = seat.do('capture-pane', '-e', '-p')
            assert bool(colour.search(shown)) == any_colour, (words, shown)
            if words == 'sit' and not environment:
                seat.keys('F8')
                seat.wait('颜色：高对比度')
                seat.keys('F8')
                seat.wait('颜色：无')
                assert not colour.search(seat.do('capture-pane', '-e', '-p'))
            seat.close()


def a_key_that_the_terminal_sends_differently_is_nobodys_answer():
    with a_room('--open') as room:
        seat = room.sit(TICKET)
        seat.keys('b')
        seat.wait('本机已保存')
        # Ctrl+Up, a click, keys of another TERM: none of their letters chooses A or C, or leaves the item
        for sequence in ('1b 5b 31 3b 35 41', '1b 5b 3c 30 3b 31 30 3b 31 30 4d', '1b 5b 4d 20 21 22', '1b 5b 35 37 33 36 31 75',
                         '1b 4f 61', '1b 5b 32 30 30 7e', '1b 5b 43', '1b 4f 44'):
            seat.do('send-keys', '-H', *sequence.split())
        seat.do('send-keys', '-H', *'1b 5b 31 33 7e'.split())  # F3, as rxvt has it
        seat.wait('标疑 1')
        assert re.search(r'B .*\[已选\]', seat.screen()) and '[1?]' in seat.screen(), seat.screen()
        assert room.candidate(TICKET)['answered'] == 1


def a_character_that_comes_in_two_pieces_is_typed_whole():
    with a_room('--open') as room:
        seat = room.sit(TICKET)
        seat.keys('End')
        seat.wait('[20.]')
        for piece in ('e6', '98 a5', 'e7 9c', 'a0', 'e4', 'b8', '8d', 'a5 ff e8', 'a7 89'):
            seat.do('send-keys', '-H', *piece.split())
            time.sleep(0.3)  # so that it is read before the next one comes
        seat.type('晓')
        seat.wait('[春眠不觉晓')


def escape_is_no_alt_for_who_goes_on_typing():
    with a_room('--open') as room:
        seat = room.terminal('sit')
        seat.wait('准考证号')
        seat.type(TICKET)
        seat.keys('Enter')
        seat.wait('是本人')
        seat.keys('Enter')
        seat.wait('请举手，等待监考员处理')
        seat.keys('Escape')
        seat.wait('请输入准考证号')
        seat.type(OTHER)
        seat.keys('Enter')
        seat.wait('马雨欣')


def what_ended_before_is_not_called_an_act_of_the_proctor():
    with a_room('--open', seconds=4) as room:
        seat = room.sit(TICKET)
        seat.wait('考试时间到')
        os.kill(seat.seat(), signal.SIGKILL)
        seat.wait('你的考试已结束，试卷已收取')
        assert receipt(seat.screen())


def hanging_up_saves_notes_and_text():
    with a_room('--open') as room:
        seat = room.sit(TICKET)
        program = seat.program()
        seat.keys('End')
        seat.wait('[20.]')
        seat.type('x')
        seat.wait('[x')
        os.kill(program, signal.SIGHUP)
        seat.wait('ended with')
        assert room.candidate(TICKET)['answered'] == 1


try:
    subprocess.run(['tmux', '-V'], capture_output=True, check=True)
except (OSError, subprocess.CalledProcessError) as missing:
    raise SystemExit(f'Bail out! tmux is needed: {missing}')
STORIES = [story for name, story in list(globals().items())
           if callable(story) and getattr(story, '__module__', '') == '__main__' and not name.startswith('a_room')]
chosen = os.environ.get('STORY')
sys.exit(tell([s for s in STORIES if not chosen or chosen in s.__name__]))

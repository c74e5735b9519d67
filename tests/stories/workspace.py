#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""workspace.py SOURCE_ROOT BUILD_ROOT: a practical item at a real terminal, in Chinese: files saved as office programs save them are
collected, also at the last moment. Prints TAP."""
import asyncio
import os
import shutil
import signal
import sys
import tempfile

from screen import Pty

SOURCE, BUILD = (os.path.abspath(path) for path in sys.argv[1:3])
SEAT = f'{BUILD}/tests/client/screens/practical-seat'
OFFICE = '''#!/bin/sh
echo locked > "$(dirname "$1")/.~lock.$(basename "$1")#"
printf 'half' > "$1.tmp"; sleep 0.3
printf 'saved by the office program' > "$1.tmp"; mv "$1.tmp" "$1"
rm "$(dirname "$1")/.~lock.$(basename "$1")#"
'''


class Seat:
    def __init__(self, seconds, office=OFFICE, path=''):
        self.dir = tempfile.mkdtemp(prefix='workspace-')
        self.office = f'{self.dir}/office'
        with open(self.office, 'w') as f:
            f.write(office)
        os.chmod(self.office, 0o755)
        environment = dict(os.environ, TERM='screen', LC_ALL='C.UTF-8', LANGUAGE='zh_CN', SOURCE_ROOT=SOURCE,
                           KAOCHANG_LOCALEDIR=f'{BUILD}/po', PATH=path or os.environ['PATH'])
        self.pty = Pty([SEAT, f'{self.dir}/work', str(seconds), self.office, '/usr/bin/env'], environment, 100, 32)

    def path(self, name):
        return f'{self.dir}/work/T001/02-practical/{name}'

    def write(self, name, text):
        with open(self.path(name), 'w') as f:
            f.write(text)

    async def shows(self, *words, seconds=20):
        text = await self.pty.until(lambda screen: all(word in screen for word in words), seconds)
        assert text, f'{words} not in\n{self.pty.text()}'
        return text

    async def at_the_item(self):
        await self.shows('第 1 题')
        self.pty.keys('Right')
        await self.shows('请在此文件夹中操作', '成绩.csv', '[原始文件]')

    async def collected(self):
        """What a scorer gets, once the program has ended."""
        os.kill(self.pty.pid, signal.SIGTERM)
        for _ in range(100):
            if os.path.exists(f'{self.dir}/work.collected'):
                with open(f'{self.dir}/work.collected') as f:
                    text = f.read()
                if text:
                    return text
            await asyncio.sleep(0.1)
        raise AssertionError('the program does not end')

    def close(self):
        self.pty.close()
        shutil.rmtree(self.dir)


async def what_an_office_program_saves_is_collected_and_handed_in():
    seat = Seat(600)
    await seat.at_the_item()
    seat.pty.keys('Down', 'o')
    await seat.shows('正在打开 成绩.csv')
    await seat.shows('[已收取]', '本机已保存')
    assert '.~lock' not in seat.pty.text() and '.tmp' not in seat.pty.text(), seat.pty.text()
    os.symlink('/etc/passwd', seat.path('链接'))
    await seat.shows('链接', '[不收取]')
    seat.pty.keys('F9')
    await seat.shows('未答 2', '未答完')  # the link makes it incomplete
    os.unlink(seat.path('链接'))
    seat.write('成绩.csv', 'saved at the last moment')
    seat.pty.keys('Right', 'Right', 'Enter')
    await seat.shows('后四位')
    seat.pty.type('0017')
    seat.pty.keys('Enter')
    await seat.shows('交卷成功')
    text = await seat.collected()
    assert 'final 1 worked 1' in text and '成绩.csv 24 saved at the last moment' in text, text
    assert '素材/说明.txt 13' in text and '链接' not in text, text
    seat.close()


async def what_is_on_the_disk_when_the_time_ends_is_collected():
    seat = Seat(9)
    await seat.at_the_item()
    await seat.shows('剩余时间 00:00:0')
    for i in range(60):  # saved again and again, over the end
        seat.write('新.txt', f'version {i}' if i < 10 else 'the last one')
        await asyncio.sleep(0.1)
    await seat.shows('凭证号', seconds=30)
    text = await seat.collected()
    assert 'final 1 worked 1' in text and '新.txt 12 the last one' in text, text
    seat.close()


async def starting_again_brings_the_given_files_back():
    seat = Seat(600)
    await seat.at_the_item()
    seat.write('成绩.csv', 'a mess')
    await seat.shows('6 字节', '[已收取]')
    seat.pty.keys('r')
    await seat.shows('重新开始吗')
    seat.pty.keys('n')
    await asyncio.sleep(1)
    with open(seat.path('成绩.csv')) as f:
        assert f.read() == 'a mess'
    seat.pty.keys('r')
    await seat.shows('重新开始吗')
    seat.pty.keys('y')
    await seat.shows('正在恢复原始文件', '34 字节')
    with open(seat.path('成绩.csv')) as f:
        assert '李明' in f.read()
    seat.close()


async def a_program_that_fails_is_told_and_costs_nothing():
    seat = Seat(600, '#!/bin/sh\nexit 3\n')
    await seat.at_the_item()
    seat.pty.keys('Down', 'o')
    await seat.shows('出错退出')
    os.unlink(seat.office)
    seat.pty.keys('o')
    await seat.shows('无法启动程序')
    seat.close()


async def a_shell_is_closed_in_by_bubblewrap_or_not_there():
    tools = tempfile.mkdtemp(prefix='workspace-tools-')
    seat = Seat(600, path=tools)
    await seat.at_the_item()
    await seat.shows('S 打开')
    seat.pty.keys('s')
    await seat.shows('本机没有命令行', 'bubblewrap')
    with open(f'{tools}/bwrap', 'w') as f:
        f.write(f'#!/bin/sh\necho "$@" > {tools}/asked\n')
    os.chmod(f'{tools}/bwrap', 0o755)
    seat.pty.keys('s')
    for _ in range(50):
        if os.path.exists(f'{tools}/asked'):
            break
        await asyncio.sleep(0.1)
    with open(f'{tools}/asked') as f:
        words = f.read().split()
    folder = os.path.dirname(seat.path('x'))
    assert '--unshare-all' in words and '--share-net' not in words, words
    assert words[words.index('--bind') + 1:] == [folder, folder, '--chdir', folder, '/bin/sh'], words
    seat.close()
    shutil.rmtree(tools)


STORIES = [what_an_office_program_saves_is_collected_and_handed_in, what_is_on_the_disk_when_the_time_ends_is_collected,
           starting_again_brings_the_given_files_back, a_program_that_fails_is_told_and_costs_nothing,
           a_shell_is_closed_in_by_bubblewrap_or_not_there]
failed = 0
print(f'1..{len(STORIES)}')
for number, story in enumerate(STORIES, 1):
    try:
        asyncio.run(story())
        print(f'ok {number} - {story.__name__}', flush=True)
    except Exception as problem:  # each story tells its own
        failed += 1
        print(f'not ok {number} - {story.__name__}\n# ' + f'{type(problem).__name__}: {problem}'.replace('\n', '\n# '), flush=True)
sys.exit(failed > 0)

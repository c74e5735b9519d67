#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""practice.py SOURCE_ROOT BUILD_ROOT: the practice package walked through in Chinese, each item answered wrongly and rightly,
and everything that can go wrong with programs and packages. Prints TAP."""
import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile
import zipfile

SOURCE, BUILD = (os.path.abspath(path) for path in sys.argv[1:3])
CLIENT, SCORE = f'{BUILD}/cli/client/kaochang-client', f'{BUILD}/cli/score'
KAOCHANG = f'{BUILD}/cli/kaochang'
PACKAGE = f'{SOURCE}/data/practice'
WORK = tempfile.mkdtemp(prefix='practice-')

# Item: keys of an answer that is not right and what is said of it, keys that make it right (the first answer taken back), words
# of its explanation. "@text" is the letter of the choice that reads so; everything else is a word of a script.
ITEMS = {
    1: ('@Shift', '错误：得 0 分，满分 1 分', '@Ctrl', 'Ctrl 键逐个增减'),
    2: ('A', '错误：得 0 分', 'C', '隐藏的幻灯片留在文稿里'),
    3: ('A B', '部分正确：得 2 分，满分 3 分', 'D', '.mp3 是声音'),
    4: ('A', '错误：得 0 分，满分 2 分', 'A B D', '横向纸张'),
    5: ('A', '错误：得 0 分', 'B', '内存里'),
    6: ('B', '错误：得 0 分', 'A', '图表自动更新'),
    7: ('A B C D', '错误：得 0 分', 'Backspace*4 B D C A', '1 KB = 1024 B'),
    8: ('@写好通知书 @选择保存 @预览结果 @在正文中', '部分正确：得 2 分，满分 4 分',
        'Backspace*4 @写好通知书 @选择保存 @在正文中 @预览结果', '先有主文档'),
    9: ('A B C D', '错误：得 0 分', 'Backspace Down*2 Backspace Down*2 Backspace Up*4 A D B F C E', '输入设备'),
    10: ('@解压缩 @压缩', '部分正确：得 1 分，满分 3 分', '@加密 @解密 @撤销 @恢复', '互为相反'),
    11: ('B Down D Down C Down A', '部分正确：得 2 分，满分 4 分', 'Down*2 Backspace Down C Up A', 'Ctrl+X 剪切'),
    12: ('A', '错误：得 0 分', 'Backspace B Down C Down A Down B', '.wav 是声音'),
    13: ('B Down A Down D', '部分正确：得 1 分，满分 3 分', 'Down Backspace Down A Up D', '内存断电即失'),
    14: ('@混合引用', '错误：得 0 分', '@相对引用 Down @绝对引用 Down @混合引用', '只有一个是混合引用'),
    15: ('B Down A', '部分正确：得 1 分，满分 2 分', 'Down B', '1 字节 = 8 位'),
    16: ('A Down B', '错误：得 0 分，满分 2 分', 'B Down A', 'Shift+Enter 只在段内换行'),
    17: ('"http"', '错误：得 0 分', 'Backspace*4 "ｕｒｌ"', 'Uniform Resource Locator'),
    18: ('"SUM"', '错误：得 0 分', 'Backspace*3 "max"', 'MIN 返回最小的数'),
    19: ('"6"', '错误：得 0 分', 'Backspace "5.94"', '6220800'),
    20: ('"6"', '错误：得 0 分', 'Backspace "50"', '4800÷100'),
    21: ('"注明作者"', '本题由人工评阅', None, '写出其中两点即可'),
    22: ('', '本题由人工评阅', None, '由教师评阅'),
    23: ('A', '错误：得 0 分', 'B', '是域名'),
    24: ('C', '部分正确：得 1 分，满分 2 分', 'D', '时间和地点正是通知要说的'),
    25: ('"70"', '错误：得 0 分', 'Backspace*2 "75"', '30÷40'),
    26: ('"7"', '错误：得 0 分', '+', '256'),
    27: (f'"{WORK}/表.xlsx"', '本题由人工评阅', None, '表头完整'),
    28: ('', '本题由人工评阅', None, '用 UTF-8 编码'),
    29: ('"1"', '错误：得 0 分', None, '张数乘每张的大小'),
    30: ('"1"', '错误：得 0 分', None, 'B 到 D 是 3 列'),
    31: ('A', '错误：得 0 分', 'B', '共 2 个'),
    32: ('A', '错误：得 0 分', 'D', '相差 18 本'),
    33: ('A', '错误：得 0 分', 'B', '弹出时系统把缓存中的数据写完'),
    34: ('A', '错误：得 0 分', 'C', '听不到别人'),
}


def client(*args, path=SCORE, **env):
    return subprocess.run([CLIENT, 'practice', *args], capture_output=True, text=True, check=False, timeout=120, cwd=WORK,
                          env={'PATH': f'{path}:/usr/bin:/bin', 'LC_ALL': 'C.UTF-8', 'LANGUAGE': 'zh_CN', 'TERM': 'xterm-256color',
                               'KAOCHANG_LOCALEDIR': f'{BUILD}/po', **env})


def play(script, *paths, **how):
    """Plays a script; returns the screens by name."""
    with open(f'{WORK}/script', 'w', encoding='utf-8') as file:
        file.write(script)
    done = client('--seed', '1', '--script', f'{WORK}/script', '--dump', f'{WORK}/dump', *paths, **how)
    with open(f'{WORK}/dump', encoding='utf-8') as file:
        text = file.read()
    screens = dict(re.findall(r'^== (\S+) \S+ ==\n(.*?)\n\n(?=== |\Z)', text + '\n', re.S | re.M))
    assert done.returncode == 0, f'{done.stderr}\n{screens.get("unexpected", text[-3000:])}'
    return screens


def keys(words, screen):
    for word in words.split():
        if word.startswith('@'):
            found = re.search(rf'\b([A-Z])  ?{re.escape(word[1:])}', screen)
            assert found, f'{word} is not on\n{screen}'
            word = found.group(1)
        yield word


def go_to(number):
    return f'F5 Home Right*{number - 1} Enter ' if number > 1 else 'F5 Home Enter '


def every_item_is_answered_wrongly_and_rightly_with_feedback():
    with open(f'{WORK}/表.xlsx', 'w', encoding='utf-8') as file:
        file.write('x' * 1234)
    seen = play('Enter\n' + ''.join(f'{go_to(n)} dump q{n}\n' for n in ITEMS), PACKAGE)
    script = 'Enter\n'
    for number, (wrong, verdict, right, why) in ITEMS.items():
        screen = seen[f'q{number}']
        script += f'{go_to(number)}\n{" ".join(keys(wrong, screen))} F2 dump w{number}\nexpect "{verdict}"\nexpect "{why}"\n'
        if right is not None:
            script += f'Escape {" ".join(keys(right, screen))} F2 dump r{number}\nexpect "|  正确：得"\nexpect "{why}"\n'
            script += 'Escape\n'
    script += 'F5 dump list F10 dump results\nexpect "正确 28 题，部分正确 0 题，错误 2 题"\nexpect "4 题须人工评阅"\n'
    screens = play(script, PACKAGE)
    for number, (_, _, right, _) in ITEMS.items():
        if right is not None:
            assert '部分正确：得' not in screens[f'r{number}'], screens[f'r{number}']
    assert '1,234' in screens['w27'] or '1234' in screens['w27'], screens['w27']
    assert '窗口关闭时，数据可能还在缓存里' in screens['w33'] and '再想一想' in screens['w33'], screens['w33']
    assert '再想一想' not in screens['r33'], screens['r33']
    assert '摄像头只传图像' in screens['w34'] and '摄像头只传图像' not in screens['r34'], screens['w34']
    assert '你的作答：' in screens['w1'] and '正确答案：' in screens['w1'], screens['w1']
    for name in ('q33', 'q1', 'q34'):
        assert '再想一想' not in seen[name] and '缓存里' not in seen[name], seen[name]


def numbers_are_drawn_anew_and_the_right_one_is_right():
    for seed in ('1', '2', '3'):
        with open(f'{WORK}/script', 'w', encoding='utf-8') as file:
            file.write('Enter dump q F2 dump r')
        done = client('--seed', seed, '--script', f'{WORK}/script', '--dump', f'{WORK}/dump', f'{PACKAGE}/items/p29.xml')
        assert done.returncode == 0, done.stderr
        with open(f'{WORK}/dump', encoding='utf-8') as file:
            text = file.read()
        drawn = [int(n) for n in re.search(r'有 (\d+) 张照片，每张 (\d+) MB', text).groups()]
        right = drawn[0] * drawn[1]
        assert f'正确答案：{right}' in text, text
        with open(f'{WORK}/script', 'w', encoding='utf-8') as file:
            file.write(f'Enter "{right}" F2 expect "正确：得 1 分"')
        done = client('--seed', seed, '--script', f'{WORK}/script', f'{PACKAGE}/items/p29.xml')
        assert done.returncode == 0, done.stderr


def starting_again_empties_answers():
    screens = play('Enter B F2 Escape F10 dump before Down Enter dump start Enter dump again', f'{PACKAGE}/items/p02.xml')
    assert '错误 1 题' in screens['before'], screens['before']
    assert '共 1 题可练习' in screens['start'], screens['start']
    assert '已答 0' in screens['again'] and '[已选]' not in screens['again'], screens['again']


def a_test_goes_its_way_by_what_was_answered():
    seen = play('Enter dump q', '--test', PACKAGE)['q']
    right, wrong = list(keys('@Ctrl', seen))[0], list(keys('@Shift', seen))[0]
    all_right = play(f'Enter {right} F2 expect "正确：得" Enter B Enter wait "从小到大" B D C A F2 Enter dump next', '--test', PACKAGE)
    assert '张照片' in all_right['next'], all_right['next']
    one_wrong = play(f'Enter {wrong} Enter wait "剪贴板" Left dump back B Enter wait "从小到大" B D C A Enter dump next '
                     'B Enter wait "张照片" "1" PageDown dump end', '--test', PACKAGE)
    assert '剪贴板' in one_wrong['back'], one_wrong['back']
    assert '取下优盘' in one_wrong['next'], one_wrong['next']
    assert 'SCORE 3' in one_wrong['end'], one_wrong['end']
    open_still = play(f'Enter {right} F2 Enter A Left dump back B F2 expect "|  正确：得"', '--test', PACKAGE)['back']
    assert '按顺序逐题' in open_still, open_still
    closed = play(f'Enter {wrong} F2 Escape {right} dump closed', '--test', PACKAGE)['closed']
    assert '本题已结束' in closed, closed
    assert re.search(rf'{wrong}  Shift 键 +\[已选\]', closed), closed


def a_test_says_what_its_outcomes_call_for():
    folder = f'{WORK}/saying'
    os.makedirs(folder)
    for name in ('p02.xml', 'p05.xml'):
        shutil.copy(f'{PACKAGE}/items/{name}', folder)

    def feedback(access, show, words):
        return (f'<testFeedback access="{access}" outcomeIdentifier="SAYS" showHide="{show}" identifier="well" title="评语">'
                f'<p>{words}</p></testFeedback>')

    def part(name, item, words=''):
        return (f'<testPart identifier="{name}" navigationMode="linear" submissionMode="individual"><assessmentSection '
                f'identifier="S{name}" title="s" visible="true"><assessmentItemRef identifier="I{name}" href="{item}"/>'
                f'</assessmentSection>{words}</testPart>')
    with open(f'{folder}/test.xml', 'w', encoding='utf-8') as file:
        file.write('<assessmentTest xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2" identifier="t" title="T"><outcomeDeclaration '
                   'identifier="SAYS" cardinality="single" baseType="identifier"/>'
                   + part('P', 'p02.xml', feedback('atEnd', 'hide', '第一部分还要复习。')) + part('Q', 'p05.xml')
                   + '<outcomeProcessing><outcomeCondition><outcomeIf><gt><sum><testVariables variableIdentifier="SCORE"/></sum>'
                     '<baseValue baseType="float">0</baseValue></gt><setOutcomeValue identifier="SAYS"><baseValue '
                     'baseType="identifier">well</baseValue></setOutcomeValue></outcomeIf></outcomeCondition></outcomeProcessing>'
                   + feedback('during', 'show', '已有答对的题。') + feedback('atEnd', 'show', '掌握得不错。')
                   + '</assessmentTest>')
    screens = play('Enter A F2 dump wrong Enter dump part Enter B F2 dump right Enter dump over Enter dump results',
                   f'{folder}/test.xml')
    assert '答对的题' not in screens['wrong'], screens['wrong']
    assert '本部分已结束' in screens['part'] and '第一部分还要复习。' in screens['part'], screens['part']
    assert '已有答对的题。' in screens['right'], screens['right']
    assert '测验已结束' in screens['over'] and '掌握得不错。' in screens['over'], screens['over']
    assert '第一部分' not in screens['over'], screens['over']
    assert '结果' in screens['results'], screens['results']


def packages_of_all_kinds_are_practised():
    with zipfile.ZipFile(f'{WORK}/practice.zip', 'w', zipfile.ZIP_DEFLATED) as archive:
        for folder, _, names in os.walk(PACKAGE):
            for name in names:
                path = os.path.join(folder, name)
                archive.write(path, os.path.relpath(path, PACKAGE))
    for path in (f'{WORK}/practice.zip', f'{PACKAGE}/imsmanifest.xml', PACKAGE):
        screens = play('dump start Enter ' + go_to(32) + 'dump picture', path)
        assert '共 34 题可练习' in screens['start'], screens['start']
        assert '$@@@' in screens['picture'], screens['picture']
    screens = play('dump start', f'{PACKAGE}/items')
    assert '共 34 题可练习' in screens['start'], screens['start']
    screens = play('dump test Enter wait "不连续的文件"', f'{PACKAGE}/tests/practice.xml')
    assert '计算机基础练习' in screens['test'], screens['test']


def a_practice_exam_is_practised_and_a_sealed_one_is_refused():
    made, env = f'{WORK}/made', {**os.environ, 'SOURCE_ROOT': SOURCE, 'KAOCHANG': KAOCHANG, 'KAOCHANG_CLIENT': CLIENT,
                                 'LC_ALL': 'C.UTF-8', 'LANGUAGE': 'en'}
    done = subprocess.run(['sh', f'{SOURCE}/tests/stories/make-station.sh', made], env=env, capture_output=True, text=True,
                          check=False)
    assert done.returncode == 0, done.stderr
    done = subprocess.run([KAOCHANG, '-C', f'{made}/office', 'pack', 'teachers', '--session', 'am1', '--practice', '--no-password',
                           '-o', f'{made}/try.exam'], env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    screens = play('dump start Enter A F2 dump result', '-C', f'{made}/station', f'{made}/try.exam')
    assert '共 20 题可练习' in screens['start'] and '练习：' in screens['start'], screens['start']
    assert '满分' in screens['result'] and '正确答案' in screens['result'], screens['result']
    refused(f'{made}/try.exam', 4, '-C')
    refused(f'{made}/am1.exam', 1, 'pack --practice', '-C', f'{made}/station')
    with open(f'{made}/try.exam', 'rb') as file:
        data = bytearray(file.read())
    data[len(data) // 2] ^= 1
    with open(f'{made}/edited.exam', 'wb') as file:
        file.write(data)
    done = client('-C', f'{made}/station', '--script', '/dev/null', f'{made}/edited.exam')
    assert done.returncode in (1, 3), done


def a_practical_item_is_shown_and_says_how_it_is_scored():
    screens = play('Enter dump item F2 wait "人工评阅" dump result\n', f'{SOURCE}/data/tasks/notice/item.xml')
    assert 'kaochang-score checks' in screens['result'].replace('\n', ''), screens['result']


def without_kaochang_score_items_are_shown_and_answered():
    screens = play('dump start Enter B F2 dump item', f'{PACKAGE}/items/p02.xml', path='/nowhere')
    assert '不能核对' in screens['start'] and '[已选]' in screens['item'], screens['start'] + screens['item']
    assert '没有 kaochang-score' in screens['item'], screens['item']


def fake_score(body):
    folder = tempfile.mkdtemp(dir=WORK)
    path = os.path.join(folder, 'kaochang-score')
    with open(path, 'w', encoding='utf-8') as file:
        file.write(f'#!/bin/sh\n{body}\n')
    os.chmod(path, os.stat(path).st_mode | stat.S_IXUSR)
    return folder


def whatever_kaochang_score_does_practice_goes_on():
    for body, said in (('kill -9 $$', '强行终止'), ('head -c 5000 /dev/urandom', '无法理解'), ('exec cat /dev/zero', '未核对'),
                       ('exec sleep 60', '5 秒'), ('echo no such item >&2; exit 3', 'no such item')):
        screens = play('Enter B F2 dump item Right C dump on', f'{PACKAGE}/items/p02.xml', path=fake_score(body))
        assert '未核对' in screens['item'] and said in screens['item'], body + screens['item']
        assert '[已选]' in screens['on'], screens['on']


def a_test_goes_on_though_nothing_scores():
    killed = play('Enter A Enter wait "剪贴板" dump next', '--test', PACKAGE, path=fake_score('kill -9 $$'))
    assert '强行终止' in killed['next'], killed['next']
    play('Enter A Enter wait "剪贴板" A Enter wait "从小到大" Right wait "优盘"', '--test', PACKAGE, path='/nowhere')


def a_terminal_that_is_not_utf8_is_refused():
    done = subprocess.run(['script', '-qec', f'LC_ALL=C {CLIENT} practice {PACKAGE}', '/dev/null'], capture_output=True,
                          text=True, check=False, timeout=60, stdin=subprocess.DEVNULL)
    assert done.returncode == 4 and 'UTF-8' in done.stdout, done


def refused(path, status, words, *options):
    done = client(*options, '--script', '/dev/null', path)
    assert done.returncode == status and words in done.stderr, (path, done)


def hostile_packages_do_no_harm():
    with zipfile.ZipFile(f'{WORK}/evil.zip', 'w') as archive:
        archive.writestr('../evil.xml', 'x')
    refused(f'{WORK}/evil.zip', 3, 'evil.xml')
    with zipfile.ZipFile(f'{WORK}/bomb.zip', 'w', zipfile.ZIP_DEFLATED) as archive:
        archive.writestr('bomb.xml', b' ' * (64 << 20))
    refused(f'{WORK}/bomb.zip', 3, 'bomb.xml')
    with open(f'{WORK}/broken.zip', 'wb') as file:
        file.write(b'PK\x03\x04' + os.urandom(500))
    refused(f'{WORK}/broken.zip', 3, 'broken.zip')
    with open(f'{WORK}/entities.xml', 'w', encoding='utf-8') as file:
        file.write('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><assessmentItem>&x;</assessmentItem>')
    refused(f'{WORK}/entities.xml', 3, 'DOCTYPE')
    refused(f'{WORK}/missing.xml', 4, 'missing.xml')
    refused('/dev/zero', 3, '/dev/zero')
    with open(f'{WORK}/fake.exam', 'wb') as file:
        file.write(b'no package')
    refused(f'{WORK}/fake.exam', 4, '-C')


def main():
    stories = [every_item_is_answered_wrongly_and_rightly_with_feedback, numbers_are_drawn_anew_and_the_right_one_is_right,
               starting_again_empties_answers, a_test_goes_its_way_by_what_was_answered,
               a_test_says_what_its_outcomes_call_for, packages_of_all_kinds_are_practised,
               a_practice_exam_is_practised_and_a_sealed_one_is_refused,
               a_practical_item_is_shown_and_says_how_it_is_scored,
               without_kaochang_score_items_are_shown_and_answered, whatever_kaochang_score_does_practice_goes_on,
               a_test_goes_on_though_nothing_scores, a_terminal_that_is_not_utf8_is_refused, hostile_packages_do_no_harm]
    print(f'1..{len(stories)}')
    try:
        for number, story in enumerate(stories, 1):
            try:
                story()
                print(f'ok {number} - {story.__name__}', flush=True)
            except (AssertionError, KeyError, AttributeError, OSError, subprocess.SubprocessError) as fault:
                print(f'not ok {number} - {story.__name__}')
                print('# ' + f'{type(fault).__name__}: {fault}'.replace('\n', '\n# '), flush=True)
    finally:
        shutil.rmtree(WORK, ignore_errors=True)


main()

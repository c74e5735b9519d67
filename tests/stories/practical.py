#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""practical.py SOURCE_ROOT BUILD_ROOT: an author makes rules from a start file and a model solution, tests and prunes them;
candidates' folders are scored and explained; their files are compared. Prints TAP."""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile

SOURCE, BUILD = (os.path.abspath(path) for path in sys.argv[1:3])
SCORE = f'{BUILD}/cli/score/kaochang-score'
WORK = tempfile.mkdtemp(prefix='practical-')
NS = 'http://schemas.openxmlformats.org/'
W = f'xmlns:w="{NS}wordprocessingml/2006/main"'


def run(*args, language='en'):
    return subprocess.run([SCORE, *args], capture_output=True, text=True, check=False, timeout=60, cwd=WORK,
                          env={'PATH': '/usr/bin:/bin', 'LC_ALL': 'C.UTF-8', 'LANGUAGE': language, 'KAOCHANG_LOCALEDIR': f'{BUILD}/po'})


def lines(done):
    return [json.loads(line) for line in done.stdout.splitlines()]


def put(path, text):
    path = f'{WORK}/{path}'
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text)


def docx(path, body, creator='老师'):
    path = f'{WORK}/{path}'
    os.makedirs(os.path.dirname(path), exist_ok=True)
    relations = f'{NS}officeDocument/2006/relationships'
    with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as file:
        file.writestr('[Content_Types].xml', f'<Types xmlns="{NS}package/2006/content-types">'
                      '<Default Extension="xml" ContentType="application/xml"/></Types>')
        file.writestr('_rels/.rels', f'<Relationships xmlns="{NS}package/2006/relationships">'
                      f'<Relationship Id="r1" Type="{relations}/officeDocument" Target="word/document.xml"/></Relationships>')
        file.writestr('docProps/core.xml', f'<p xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>{creator}</dc:creator></p>')
        file.writestr('word/document.xml', f'<w:document {W}><w:body>{body}</w:body></w:document>')


def paragraph(text, run='', how=''):
    return f'<w:p><w:pPr>{how}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>'


CENTRED = '<w:jc w:val="center"/>'
TITLE = '<w:b/><w:sz w:val="44"/>'
BODY = paragraph('各位同学：五月一日至五日放假。')


def make_folders():
    docx('start/通知.docx', paragraph('关于放假的通知') + BODY)
    put('start/清单.txt', '一班\n')
    docx('model/通知.docx', paragraph('关于放假的通知', TITLE, CENTRED) + BODY)
    put('model/备份/清单.txt', '一班\n')
    put('model/清单.txt', '一班\n二班\n')
    docx('half/通知.docx', paragraph('') + paragraph('关于放假的通知', TITLE) + BODY, '小王')
    put('half/清单.txt', '一班\n')
    docx('copy/通知.docx', paragraph('关于放假的通知', TITLE, CENTRED) + BODY, '小王')
    put('broken/通知.docx', 'PK this is no document')
    put('broken/清单.txt', '一班\n二班\n')


RULES = '''<rules xmlns="urn:kaochang:practical:1" id="notice" title="放假通知" points="10">
  <file id="f" path="通知.docx|通知.odt"/>
  <file id="l" path="清单.txt"/>
  <group title="标题" points="6">
    <check id="size" title="标题字号" kind="word.size" file="f" paragraph-text="关于放假" expect="二号" points="2"/>
    <check id="bold" title="标题加粗" kind="word.bold" file="f" paragraph-text="关于放假" expect="是" points="2"/>
    <check id="centre" title="标题居中" kind="word.align" file="f" paragraph-text="关于放假" expect="居中" points="2"/>
  </group>
  <group title="清单" mode="all" points="4">
    <check id="two" kind="file.text" file="l" expect="contains:二班"/>
    <check id="one" kind="file.text" file="l" expect="contains:一班" unchanged="counts"/>
  </group>
</rules>
'''


def by_id(done):
    return {line.get('id', 'total'): line for line in lines(done)}


def rules_are_proposed_from_start_and_model():
    done = run('propose', 'start', 'model', '--points', '20', '-o', 'proposed.xml')
    assert done.returncode == 0, done.stderr
    with open(f'{WORK}/proposed.xml', encoding='utf-8') as file:
        text = file.read()
    assert 'word.size' in text and 'word.bold' in text and '备份/清单.txt' in text, text


def proposed_rules_give_the_model_all_and_the_start_nothing():
    done = run('rules', 'proposed.xml', '--start', 'start', '--model', 'model')
    assert done.returncode == 0, done.stdout + done.stderr
    assert 'model: 20 points, as they should be' in done.stdout and 'start: 0 points' in done.stdout, done.stdout


def a_rule_test_says_which_check_is_wrong():
    put('rules.xml', RULES)
    done = run('rules', 'rules.xml', '--start', 'start', '--model', 'model', '--case', 'half=4', '--case', 'copy=9')
    assert done.returncode == 1 and 'half: 4 points, as they should be' in done.stdout, done.stdout + done.stderr
    assert 'copy: 6 points, but 9 are right' in done.stdout and 'two (line 10)' in done.stdout, done.stdout


def each_check_tells_points_found_expected_and_place():
    checks = by_id(run('checks', 'rules.xml', 'half', '--start', 'start'))
    assert checks['size']['status'] == 'pass' and checks['size']['points'] == 2, checks
    assert '22 pt' in checks['size']['found'] and checks['size']['expected'] == '二号', checks
    assert 'word/document.xml' in checks['size']['place'], checks
    assert checks['centre']['status'] == 'fail' and checks['two']['status'] == 'not-attempted', checks
    assert checks['total']['total'] == 4 and checks['total']['maximum'] == 10, checks


def a_broken_file_costs_its_own_points_only():
    checks = by_id(run('checks', 'rules.xml', 'broken', '--start', 'start'))
    assert checks['size']['status'] == 'unreadable' and checks['size']['points'] == 0, checks
    assert checks['two']['points'] == 2 and checks['total']['total'] == 4, checks
    assert [f['state'] for f in checks['total']['files']] == ['unreadable', 'read'], checks


def an_empty_folder_and_the_start_folder_earn_nothing():
    os.makedirs(f'{WORK}/empty')
    for folder in ('empty', 'start'):
        checks = by_id(run('checks', 'rules.xml', folder, '--start', 'start'))
        assert checks.pop('total')['total'] == 0
        assert {c['status'] for c in checks.values()} == {'not-attempted'}, checks


def an_explanation_reads_in_Chinese():
    text = run('checks', 'rules.xml', 'half', '--start', 'start', '--text', language='zh_CN').stdout
    assert '放假通知：得 4 分，满分 10 分' in text and 'size 标题字号：符合，得 2 分' in text, text
    assert '应为：居中' in text, text


def bad_rules_are_refused_with_every_line():
    put('bad.xml', RULES.replace('word.bold', 'word.blod').replace('二号', '很大').replace('points="10"', 'points="9"'))
    done = run('checks', 'bad.xml', 'half')
    assert done.returncode == 3 and done.stdout == '', done
    assert 'did you mean "word.bold"' in done.stderr and 'bad.xml:5' in done.stderr, done.stderr


def scoring_twice_gives_the_same_bytes():
    assert run('checks', 'rules.xml', 'half', '--start', 'start').stdout == run('checks', 'rules.xml', 'half', '--start', 'start').stdout


def files_of_one_origin_are_listed():
    found = lines(run('traces', 'half', 'copy', 'broken', '--start', 'start'))
    assert {'trace': 'creator', 'value': 'creator 小王', 'files': ['copy/通知.docx', 'half/通知.docx']} in found, found


CASES = [rules_are_proposed_from_start_and_model, proposed_rules_give_the_model_all_and_the_start_nothing,
         a_rule_test_says_which_check_is_wrong, each_check_tells_points_found_expected_and_place,
         a_broken_file_costs_its_own_points_only, an_empty_folder_and_the_start_folder_earn_nothing,
         an_explanation_reads_in_Chinese, bad_rules_are_refused_with_every_line, scoring_twice_gives_the_same_bytes,
         files_of_one_origin_are_listed]


def main():
    make_folders()
    print(f'1..{len(CASES)}')
    for number, case in enumerate(CASES, 1):
        try:
            case()
            print(f'ok {number} - {case.__name__}', flush=True)
        except (AssertionError, KeyError, ValueError, OSError) as fault:
            print(f'not ok {number} - {case.__name__}')
            print('\n'.join(f'# {line}' for line in str(fault).splitlines()[:60]), flush=True)
    shutil.rmtree(WORK)


main()

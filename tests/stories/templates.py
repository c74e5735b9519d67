#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""templates.py SOURCE_ROOT BUILD_ROOT: an exam whose items draw numbers. Two candidates at terminals get different ones, and
each is scored by the own ones at the station and at the office. Prints TAP."""
import atexit
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

from room import Failed, Room, tell

SOURCE, BUILD = sys.argv[1:3]
TICKETS = ['420108030217', '420108030218']
WORK = tempfile.mkdtemp(prefix='templates-')
atexit.register(shutil.rmtree, WORK, True)

ITEM = '''<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2" identifier="{name}" title="{name}" adaptive="false"
    timeDependent="false">
<responseDeclaration identifier="RESPONSE" cardinality="single" baseType="integer"/>
<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>
<templateDeclaration identifier="A" cardinality="single" baseType="integer"/>
<templateDeclaration identifier="B" cardinality="single" baseType="integer"/>
<templateDeclaration identifier="SIZE" cardinality="single" baseType="identifier"><defaultValue><value>small</value></defaultValue>
</templateDeclaration>
<templateProcessing>
<setTemplateValue identifier="A"><randomInteger min="100" max="999"/></setTemplateValue>
<setTemplateValue identifier="B"><randomInteger min="100" max="999"/></setTemplateValue>
<templateConstraint><gt><variable identifier="A"/><variable identifier="B"/></gt></templateConstraint>
<templateCondition><templateIf><gt><variable identifier="A"/><baseValue baseType="integer">500</baseValue></gt>
<setTemplateValue identifier="SIZE"><baseValue baseType="identifier">big</baseValue></setTemplateValue></templateIf>
</templateCondition>
<setCorrectResponse identifier="RESPONSE"><{sign}><variable identifier="A"/><variable identifier="B"/></{sign}></setCorrectResponse>
</templateProcessing>
<itemBody><p>计算 <printedVariable identifier="A"/> {shown} <printedVariable identifier="B"/> 等于
<templateInline templateIdentifier="SIZE" identifier="big" showHide="show">（大数）</templateInline>
<textEntryInteraction responseIdentifier="RESPONSE" expectedLength="8"/></p></itemBody>
<responseProcessing template="http://www.imsglobal.org/question/qti_v2p2/rptemplates/match_correct"/>
</assessmentItem>
'''
MANIFEST = '''<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:kc="urn:kaochang:metadata:1" identifier="templates">
<metadata><schema>QTIv2.2 Package</schema><schemaversion>1.0.0</schemaversion><kc:knowledgePoints>
<kc:knowledgePoint code="1" title="算术"/></kc:knowledgePoints></metadata><organizations/><resources>{resources}</resources>
</manifest>
'''
RESOURCE = '''<resource identifier="R-{name}" type="imsqti_item_xmlv2p2" href="{name}.xml"><metadata><kc:item knowledgePoint="1"
cognitiveLevel="apply" facility="0.7" expectedTime="60" points="10"/></metadata><file href="{name}.xml"/></resource>
'''
BLUEPRINT = '''<blueprint xmlns="urn:kaochang:blueprint:1" id="templates" title="算术" duration="2400" earliestHandIn="600" points="20"
    pass="10" high="15" forms="1"><section id="s1" title="一、计算" kinds="fill number" count="2" points="10"/></blueprint>
'''


def put(name, text):
    path = os.path.join(WORK, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text)
    return path


def run(*words, **how):
    done = subprocess.run(words, capture_output=True, text=True, check=False,
                          env={**os.environ, 'LANGUAGE': 'en', 'LC_ALL': 'C.UTF-8', **how})
    if done.returncode != 0:
        raise Failed(f'{words}: {done.returncode} {done.stdout} {done.stderr}')
    return done.stdout


def make_bank():
    put('bank/plus.xml', ITEM.format(name='plus', sign='sum', shown='+'))
    put('bank/minus.xml', ITEM.format(name='minus', sign='subtract', shown='-'))
    put('bank/imsmanifest.xml', MANIFEST.format(resources=''.join(RESOURCE.format(name=n) for n in ('plus', 'minus'))))
    return {'BANK': os.path.join(WORK, 'bank'), 'BLUEPRINT': put('blueprint.xml', BLUEPRINT)}


def task(screen):
    a, sign, b = re.search(r'计算\s*(\d+)\s*([+-])\s*(\d+)', screen).groups()
    assert int(a) > int(b), screen
    assert ('（大数）' in screen) == (int(a) > 500), screen
    return int(a), sign, int(b)


def answer(seat, place, shift):
    """Answers the item on the screen; returns the task."""
    seat.wait(f'[{place}.]')
    a, sign, b = task(seat.screen())
    seat.type(str((a + b if sign == '+' else a - b) + shift))
    seat.wait(f'[{place}*]')
    seat.wait('本机已保存')
    return a, sign, b


def sit(room, ticket, wrong):
    seat = room.sit(ticket)
    tasks = [answer(seat, 1, 0)]
    seat.keys('PageDown')
    tasks.append(answer(seat, 2, 1 if wrong else 0))
    seat.kill_seat()
    seat.wait('[2*]')
    assert task(seat.screen()) == tasks[1], 'other numbers after a restart'
    seat.keys('F9')
    seat.wait('交卷')
    seat.keys('Right', 'Right', 'Enter')
    seat.type(ticket[-4:])
    seat.keys('Enter')
    seat.wait('交卷成功')
    return tasks


def points(room, office, where):
    people = json.loads(run(os.path.join(BUILD, 'cli/kaochang'), '-C', office, 'report', 'candidates', '--session', 'am1',
                            '--json'))['rows']
    found = [next(p for p in people if p['ticket'] == t) for t in TICKETS]
    assert all(p['status'] == 'scored' for p in found), (where, found)
    return [p['points'] for p in found]


def numbers_differ_and_each_candidate_is_scored_by_the_own_ones_at_station_and_office():
    room = Room(SOURCE, BUILD, **make_bank())
    office = os.path.join(room.folder, 'office')
    kaochang, score = os.path.join(BUILD, 'cli/kaochang'), os.path.join(BUILD, 'cli/score/kaochang-score')
    try:
        room.open()
        first, second = sit(room, TICKETS[0], False), sit(room, TICKETS[1], True)
        assert first != second, (first, second)
    finally:
        for at in room.terminals:
            at.close()
        room.proctor('--close')
    code, recovery = os.path.join(room.folder, 'close-code'), os.path.join(office, 'keys/recovery.identity')
    run(kaochang, '-C', office, 'session', 'release-close', 'am1', '--identity', recovery, '--out', code, '--anyway', 'a story',
        KAOCHANG_CLOCK_OFFSET_MS='604800000')
    bundle, plain = os.path.join(room.folder, 'scored.results'), os.path.join(room.folder, 'plain.results')
    run(score, 'session', room.station, '-o', plain)
    run(score, 'session', room.station, '--code-file', code, '-o', bundle)
    results = os.path.join(office, 'keys/results.identity')
    run(kaochang, '-C', office, 'merge', '--identity', results, plain)
    run(score, 'store', '-C', office, '--package', os.path.join(room.folder, 'am1.exam'), '--identity', recovery)
    assert points(room, office, 'office') == [20, 10], points(room, office, 'office')
    run(kaochang, '-C', office, 'merge', '--identity', results, bundle)
    assert 'nothing' in run(kaochang, '-C', office, 'quarantine').lower()
    assert points(room, office, 'station') == [20, 10]
    room.close()


def an_item_that_shows_its_key_is_refused_when_the_exam_is_packed():
    bank = os.path.join(WORK, 'leaky')
    leaky = ITEM.format(name='plus', sign='sum', shown='+')
    leaky = leaky.replace('<sum><variable identifier="A"/><variable identifier="B"/></sum>', '<variable identifier="A"/>')
    put('leaky/plus.xml', leaky)
    put('leaky/imsmanifest.xml', MANIFEST.format(resources=RESOURCE.format(name='plus')))
    office = os.path.join(WORK, 'office')
    kaochang = os.path.join(BUILD, 'cli/kaochang')
    run(kaochang, 'new', office)
    said = subprocess.run([kaochang, '-C', office, 'bank', 'import', bank], capture_output=True, text=True, check=False,
                          env={**os.environ, 'LANGUAGE': 'en', 'LC_ALL': 'C.UTF-8'})
    put('one.xml', BLUEPRINT.replace('count="2" points="10"', 'count="1" points="20"'))
    made = subprocess.run([kaochang, '-C', office, 'assemble', os.path.join(WORK, 'one.xml'), '-o', 'leaky'], check=False,
                          capture_output=True, text=True, env={**os.environ, 'LANGUAGE': 'en', 'LC_ALL': 'C.UTF-8'})
    words = said.stdout + said.stderr + made.stdout + made.stderr
    assert made.returncode != 0 and 'variable A would give the key away' in words, words


sys.exit(tell([numbers_differ_and_each_candidate_is_scored_by_the_own_ones_at_station_and_office,
               an_item_that_shows_its_key_is_refused_when_the_exam_is_packed]))

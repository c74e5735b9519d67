#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""make-items.py DIR: a content package of 100 items in DIR/bank for measurements of the candidate's screen, 97 with a picture each (noise, so that it
does not shrink; one of 2400 x 1800) and three tables, and DIR/blueprint.xml for an exam of all of them."""
import os
import random
import struct
import sys
import zlib

folder = sys.argv[1]
package = os.path.join(folder, 'bank')
draw = random.Random(9)
HEAD = ('<?xml version="1.0" encoding="UTF-8"?>\n<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2" identifier="{name}" '
        'title="{name}" adaptive="false" timeDependent="false">\n')


def put(name, data):
    path = os.path.join(package, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'wb') as file:
        file.write(data if isinstance(data, bytes) else data.encode())


def chunk(kind, data):
    return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))


def png(width, height):
    pixels = b''.join(b'\0' + draw.randbytes(width) for _ in range(height))
    return (b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', width, height, 8, 0, 0, 0, 0)) +
            chunk(b'IDAT', zlib.compress(pixels, 1)) + chunk(b'IEND', b''))


def picture_item(name):
    choices = ''.join(f'<simpleChoice identifier="{letter}">第 {letter} 项：从这张图可以看出的结论之一，写得有一行那么长</simpleChoice>'
                      for letter in 'ABCD')
    return HEAD.format(name=name) + f'''<responseDeclaration identifier="RESPONSE" cardinality="single" baseType="identifier">
<correctResponse><value>A</value></correctResponse></responseDeclaration>
<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>
<itemBody><p>看图 {name}，下面哪一项是对的？</p><p><img src="images/{name}.png" alt="第 {name} 张图"/></p>
<choiceInteraction responseIdentifier="RESPONSE" shuffle="false" maxChoices="1">{choices}</choiceInteraction></itemBody>
<responseProcessing template="http://www.imsglobal.org/question/qti_v2p2/rptemplates/match_correct"/>
</assessmentItem>
'''


def table_item(name):
    rows = ''.join(f'<tr><td>第 {i} 组</td><td>{60 + i}</td><td>{70 + i}</td><td>{80 + i}</td></tr>' for i in range(8))
    return HEAD.format(name=name) + f'''<responseDeclaration identifier="RESPONSE" cardinality="single" baseType="string">
<correctResponse><value>80</value></correctResponse></responseDeclaration>
<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>
<itemBody><p>根据表中的数据填空：</p><table><tr><th>姓名</th><th>语文</th><th>数学</th><th>英语</th></tr>{rows}</table>
<p>英语最低分是 <textEntryInteraction responseIdentifier="RESPONSE" expectedLength="5"/></p></itemBody>
<responseProcessing template="http://www.imsglobal.org/question/qti_v2p2/rptemplates/match_correct"/>
</assessmentItem>
'''


items = [(f'p{i:02}', picture_item) for i in range(97)] + [(f't{i}', table_item) for i in range(3)]
for name, make in items:
    put(f'items/{name}.xml', make(name))
    if make is picture_item:
        put(f'items/images/{name}.png', png(2400, 1800) if name == 'p50' else png(480, 300))
resources = ''.join(f'<resource identifier="R{name}" type="imsqti_item_xmlv2p2" href="items/{name}.xml"><metadata>'
                    f'<kc:item knowledgePoint="1" cognitiveLevel="apply" facility="0.7" expectedTime="60" points="1"/>'
                    f'</metadata><file href="items/{name}.xml"/></resource>\n' for name, _ in items)
put('imsmanifest.xml', f'''<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:kc="urn:kaochang:metadata:1"
    identifier="seat"><metadata><schema>QTIv2.2 Package</schema><schemaversion>1.0.0</schemaversion>
<kc:knowledgePoints><kc:knowledgePoint code="1" title="图"/></kc:knowledgePoints></metadata><organizations/>
<resources>{resources}</resources></manifest>
''')
with open(os.path.join(folder, 'blueprint.xml'), 'w', encoding='utf-8') as file:
    file.write('''<?xml version="1.0" encoding="UTF-8"?>
<blueprint xmlns="urn:kaochang:blueprint:1" id="seat" title="看图与填表" duration="7200" earliestHandIn="600" points="100" pass="60"
    high="85" forms="1">
  <notice>本卷共 100 题。</notice>
  <section id="s1" title="一、看图" kinds="single" count="97" points="1"/>
  <section id="s2" title="二、填表" kinds="fill" count="3" points="1"/>
</blueprint>
''')

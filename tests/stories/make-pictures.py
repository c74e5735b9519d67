#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""make-pictures.py DIR PHOTO.jpg: a content package in DIR/package whose items have pictures, right ones and wrong ones, the same
as DIR/package.zip; DIR/blueprint.xml for an exam of the four that are right; DIR/moodle.xml with a picture inside."""
import base64
import os
import struct
import sys
import zipfile
import zlib

folder, photo = sys.argv[1:]
package = os.path.join(folder, 'package')


def put(name, data):
    path = os.path.join(package, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'wb') as file:
        file.write(data if isinstance(data, bytes) else data.encode())


def chunk(kind, data):
    return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))


def png(width, height, black, rows=None):
    pixels = b''.join(b'\0' + bytes(0 if black(x, y) else 255 for x in range(width)) for y in range(rows or height))
    return (b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', width, height, 8, 0, 0, 0, 0)) +
            chunk(b'tEXt', b'Author\0somebody') + chunk(b'IDAT', zlib.compress(pixels)) + chunk(b'IEND', b''))


def item(name, href, words, where='items', listed=True):
    put(f'{where}/{name}.xml', f'''<?xml version="1.0" encoding="UTF-8"?>
<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2" identifier="{name}" title="{name}"
    adaptive="false" timeDependent="false">
  <!-- {name}: kept -->
  <responseDeclaration identifier="RESPONSE" cardinality="single" baseType="identifier">
    <correctResponse><value>A</value></correctResponse>
  </responseDeclaration>
  <outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>
  <itemBody>
    <p>看图 {name}：</p>
    <p><img src="{href}" alt="{words}"/></p>
    <choiceInteraction responseIdentifier="RESPONSE" shuffle="false" maxChoices="1">
      <simpleChoice identifier="A">对</simpleChoice>
      <simpleChoice identifier="B">错</simpleChoice>
    </choiceInteraction>
  </itemBody>
  <responseProcessing template="http://www.imsglobal.org/question/qti_v2p2/rptemplates/match_correct"/>
</assessmentItem>
''')
    if listed:
        items.append(f'{where}/{name}.xml')


items = []


def frame(x, y):
    return x < 4 or y < 4 or x >= 156 or y >= 92


def cross(x, y):
    return abs(x - 80) < 4 or abs(y - 48) < 4


good = png(160, 96, frame)
put('items/images/figure.png', good)
put('other/images/figure.png', png(160, 96, cross))
with open(photo, 'rb') as file:
    jpeg = file.read()
put('items/images/photo.jpg', jpeg)
frame_header = jpeg.index(b'\xff\xc2')
put('items/images/bomb.jpg', jpeg[:frame_header + 5] + b'\xff\x00\xff\x00' + jpeg[frame_header + 9:])
put('items/images/cut.png', good[:-30])
put('items/images/lying.png', png(160, 9000, frame, rows=1))
put('items/images/short.png', png(160, 96, frame, rows=50))
put('items/images/moving.gif', b'GIF89a\x01\x00\x01\x00\x00\x00\x00;')
put('items/images/drawing.svg', b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
with open(os.path.join(folder, 'outside.png'), 'wb') as file:
    file.write(good)
os.symlink('../../../outside.png', os.path.join(package, 'items/images/link.png'))

item('frame', 'images/figure.png', '一个方框')
item('cross', 'images/figure.png', '一个十字', where='other')
item('photo', './images/../images/photo.jpg', '一个圆')
item('svg', 'images/drawing.svg', '一张图纸')
item('svg-mute', 'images/drawing.svg', '')
item('bomb', 'images/bomb.jpg', '炸弹')
item('cut', 'images/cut.png', '截断')
item('lying', 'images/lying.png', '谎报')
item('short', 'images/short.png', '不足')
item('gif', 'images/moving.gif', '动画')
item('missing', 'images/none.png', '没有')
item('outside', '../../outside.png', '外面')
item('encoded', '%2e%2e/%2e%2e/outside.png', '外面')
item('link', 'images/link.png', '链接')
item('mute', 'images/figure.png', '', listed=False)
item('web', 'https://example.org/a.png', '网上')

resources = ''.join(f'<resource identifier="R{i}" type="imsqti_item_xmlv2p2" href="{href}"><metadata>'
                    f'<kc:item knowledgePoint="1" cognitiveLevel="apply" facility="0.7" expectedTime="60" points="10"/>'
                    f'</metadata><file href="{href}"/></resource>\n' for i, href in enumerate(items))
put('imsmanifest.xml', f'''<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:kc="urn:kaochang:metadata:1"
    identifier="pictures"><metadata><schema>QTIv2.2 Package</schema><schemaversion>1.0.0</schemaversion>
<kc:knowledgePoints><kc:knowledgePoint code="1" title="图"/></kc:knowledgePoints></metadata><organizations/>
<resources>{resources}</resources></manifest>
''')
with open(os.path.join(folder, 'moodle.xml'), 'w', encoding='utf-8') as file:
    file.write(f'''<?xml version="1.0" encoding="UTF-8"?>
<quiz><question type="truefalse"><name><text>图</text></name><questiontext format="html">
<text><![CDATA[<p>这是圆吗？<img src="@@PLUGINFILE@@/photo.jpg" alt="一个圆"/></p>]]></text>
<file name="photo.jpg" path="/" encoding="base64">{base64.b64encode(jpeg).decode()}</file></questiontext>
<answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer></question></quiz>
''')
with zipfile.ZipFile(os.path.join(folder, 'package.zip'), 'w', zipfile.ZIP_DEFLATED) as archive:
    for where, _, names in sorted(os.walk(package)):
        for name in sorted(names):
            path = os.path.join(where, name)
            if not os.path.islink(path):
                archive.write(path, os.path.relpath(path, package))
with open(os.path.join(folder, 'blueprint.xml'), 'w', encoding='utf-8') as file:
    file.write('''<?xml version="1.0" encoding="UTF-8"?>
<blueprint xmlns="urn:kaochang:blueprint:1" id="pictures" title="看图" duration="2400" earliestHandIn="600" points="40"
    pass="20" high="30" forms="1">
  <section id="s1" title="一、看图" kinds="single truefalse" count="4" points="10"/>
</blueprint>
''')

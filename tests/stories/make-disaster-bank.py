#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""make-disaster-bank.py DIR: a bank in DIR/bank of ten texts to type and six choices, each saying its number in its text, so that who answers by
the screen knows the item; DIR/blueprint.xml takes all of them."""
import os
import sys

folder = sys.argv[1]
TEXT = '<p>题号 {name}：输入 <textEntryInteraction responseIdentifier="RESPONSE" expectedLength="30"/></p>'
CHOICE = '''<choiceInteraction responseIdentifier="RESPONSE" shuffle="false" maxChoices="1"><prompt>题号 {name}：</prompt>
      {choices}</choiceInteraction>'''


def item(name, kind, key, body):
    return f'''<?xml version="1.0" encoding="UTF-8"?>
<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2" identifier="{name}" title="{name}" adaptive="false" timeDependent="false">
  <responseDeclaration identifier="RESPONSE" cardinality="single" baseType="{kind}">
    <correctResponse><value>{key}</value></correctResponse>
  </responseDeclaration>
  <outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>
  <itemBody>{body}</itemBody>
  <responseProcessing template="http://www.imsglobal.org/question/qti_v2p2/rptemplates/match_correct"/>
</assessmentItem>
'''


def text(name):
    return item(name, 'string', f'{name}答', TEXT.format(name=name))


def choice(name):
    choices = ''.join(f'<simpleChoice identifier="{letter}">选项 {name}{letter}</simpleChoice>' for letter in 'ABCD')
    return item(name, 'identifier', 'A', CHOICE.format(name=name, choices=choices))


items = {f'f{i:02}': text(f'f{i:02}') for i in range(1, 11)} | {f'c{i:02}': choice(f'c{i:02}') for i in range(1, 7)}
os.makedirs(os.path.join(folder, 'bank/items'))
for name, xml in items.items():
    with open(os.path.join(folder, f'bank/items/{name}.xml'), 'w', encoding='utf-8') as file:
        file.write(xml)
resources = ''.join(f'<resource identifier="R{name}" type="imsqti_item_xmlv2p2" href="items/{name}.xml"><metadata>'
                    f'<kc:item knowledgePoint="1" cognitiveLevel="apply" facility="0.7" expectedTime="60" points="1"/></metadata><file href="items/{name}.xml"/></resource>'
                    for name in items)
with open(os.path.join(folder, 'bank/imsmanifest.xml'), 'w', encoding='utf-8') as file:
    file.write(f'''<?xml version="1.0" encoding="UTF-8"?>
<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:kc="urn:kaochang:metadata:1" identifier="disasters">
  <metadata><schema>QTIv2.2 Package</schema><schemaversion>1.0.0</schemaversion>
    <kc:knowledgePoints><kc:knowledgePoint code="1" title="灾难"/></kc:knowledgePoints></metadata>
  <organizations/>
  <resources>{resources}</resources>
</manifest>
''')
with open(os.path.join(folder, 'blueprint.xml'), 'w', encoding='utf-8') as file:
    file.write('''<?xml version="1.0" encoding="UTF-8"?>
<blueprint xmlns="urn:kaochang:blueprint:1" id="disasters" title="灾难考场" duration="7200" earliestHandIn="0" points="16"
    pass="8" high="12" forms="1">
  <section id="s1" title="一、填空题" kinds="fill" count="10" points="1"/>
  <section id="s2" title="二、单项选择题" kinds="single" count="6" points="1"/>
</blueprint>
''')

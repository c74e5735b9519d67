#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""make-tasks.py DIR: a bank in DIR/bank with three choices and one practical item (a notice to set and a report to move), a blueprint that
takes them all, and in DIR/works what candidates save who do half of it. For the stories."""
import os
import sys
import zipfile

TYPES = '''<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
</Types>'''
RELS = '''<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>
</Relationships>'''
W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'


def document(title='', body=''):
    return (f'<?xml version="1.0"?><w:document xmlns:w="{W}"><w:body>'
            f'<w:p><w:pPr>{body}</w:pPr><w:r><w:rPr>{title}</w:rPr><w:t>关于开展教师培训的通知</w:t></w:r></w:p>'
            '<w:p><w:r><w:t>各校：现将有关事项通知如下。</w:t></w:r></w:p></w:body></w:document>')


def notice(path, title='', body=''):
    text = document(title, body)
    with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as z:
        for name, data in (('[Content_Types].xml', TYPES), ('_rels/.rels', RELS), ('word/document.xml', text)):
            z.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), data)


def put(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text)


BIG, CENTRED = '<w:sz w:val="32"/>', '<w:jc w:val="center"/>'
CHOICE = '''<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2" identifier="q{n}" title="选择 {n}" adaptive="false" timeDependent="false">
<responseDeclaration identifier="RESPONSE" cardinality="single" baseType="identifier"><correctResponse><value>B</value></correctResponse></responseDeclaration>
<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>
<itemBody><choiceInteraction responseIdentifier="RESPONSE" shuffle="false" maxChoices="1"><prompt>第 {n} 题选乙。</prompt>
<simpleChoice identifier="A">甲</simpleChoice><simpleChoice identifier="B">乙</simpleChoice></choiceInteraction></itemBody>
<responseProcessing template="http://www.imsglobal.org/question/qti_v2p2/rptemplates/match_correct"/></assessmentItem>
'''
TASK = '''<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2" identifier="notice" title="通知排版" adaptive="false" timeDependent="false">
<responseDeclaration identifier="FILES" cardinality="single" baseType="file"/>
<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>
<outcomeDeclaration identifier="MAXSCORE" cardinality="single" baseType="float"><defaultValue><value>10</value></defaultValue></outcomeDeclaration>
<itemBody><p>打开文件夹中的“通知.docx”：标题设为三号，居中。再把“旧稿.txt”移到文件夹“归档”里。</p><uploadInteraction responseIdentifier="FILES"/></itemBody></assessmentItem>
'''
RULES = '''<rules xmlns="urn:kaochang:practical:1" id="notice" title="通知排版" points="10">
  <file id="notice" path="通知.docx"/>
  <group title="标题">
    <check id="size" kind="word.size" file="notice" paragraph-text="关于开展" expect="三号" points="4"/>
    <check id="centred" title="标题居中" kind="word.align" file="notice" paragraph-text="关于开展" expect="center" points="3"/>
  </group>
  <check id="moved" kind="file.moved" path="归档/旧稿.txt" from="旧稿.txt" expect="yes" points="3"/>
</rules>
'''
BLUEPRINT = '''<blueprint xmlns="urn:kaochang:blueprint:1" id="tasks" title="教师计算机等级考试（操作题）" duration="2400" points="16" pass="9" high="14" forms="1">
  <section id="s1" title="一、单项选择题" kinds="single" count="3" points="2"/>
  <section id="s2" title="二、操作题" kinds="upload" count="1" points="10"/>
</blueprint>
'''


def main():
    folder = sys.argv[1]
    bank, task = os.path.join(folder, 'bank'), os.path.join(folder, 'bank/tasks/notice')
    resources = ''
    for n in (1, 2, 3):
        put(os.path.join(bank, f'items/q{n}.xml'), CHOICE.format(n=n))
        resources += f'<resource identifier="R{n}" type="imsqti_item_xmlv2p2" href="items/q{n}.xml"><file href="items/q{n}.xml"/></resource>\n'
    resources += '<resource identifier="RT" type="imsqti_item_xmlv2p2" href="tasks/notice/item.xml"><file href="tasks/notice/item.xml"/></resource>\n'
    put(os.path.join(bank, 'imsmanifest.xml'), '<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier="tasks">'
        f'<metadata/><organizations/><resources>\n{resources}</resources></manifest>\n')
    put(os.path.join(task, 'item.xml'), TASK)
    put(os.path.join(task, 'rules.xml'), RULES)
    put(os.path.join(task, 'start/旧稿.txt'), '去年的稿子\n')
    put(os.path.join(task, 'model/归档/旧稿.txt'), '去年的稿子\n')
    put(os.path.join(folder, 'works/旧稿.txt'), '去年的稿子\n')
    put(os.path.join(folder, 'blueprint.xml'), BLUEPRINT)
    notice(os.path.join(task, 'start/通知.docx'))
    notice(os.path.join(task, 'model/通知.docx'), BIG, CENTRED)
    put(os.path.join(folder, 'works/document.xml'), document(BIG, ''))
    notice(os.path.join(folder, 'works/通知.docx'), BIG)


main()

# SPDX-License-Identifier: Apache-2.0
"""Content packages as other programs write them, into the current folder."""
import struct
import zipfile
import zlib


def chunk(name, data):
    return struct.pack('>I', len(data)) + name + data + struct.pack('>I', zlib.crc32(name + data))


def png(red, green, blue):
    return b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', 1, 1, 8, 2, 0, 0, 0)) + \
        chunk(b'IDAT', zlib.compress(bytes([0, red, green, blue]))) + chunk(b'IEND', b'')


def item(identifier, question='Which?', stimulus='', namespace='http://www.imsglobal.org/xsd/imsqti_v2p2', picture=''):
    image = f'<img src="{picture}" alt="a picture"/>' if picture else ''
    return f'''<assessmentItem xmlns="{namespace}" identifier="{identifier}" title="{identifier}" adaptive="false" timeDependent="false">
<responseDeclaration identifier="RESPONSE" cardinality="single" baseType="identifier"><correctResponse><value>A</value></correctResponse></responseDeclaration>
<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>{stimulus}
<itemBody><p>{question}{image}</p><choiceInteraction responseIdentifier="RESPONSE" shuffle="false" maxChoices="1">
<simpleChoice identifier="A">one</simpleChoice><simpleChoice identifier="B">two</simpleChoice></choiceInteraction></itemBody>
<responseProcessing template="http://www.imsglobal.org/question/qti_v2p2/rptemplates/match_correct"/></assessmentItem>'''


def item3(identifier, question, stimulus):
    return f'''<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="{identifier}" title="{identifier}" adaptive="false" time-dependent="false">
<qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="identifier"><qti-correct-response><qti-value>A</qti-value></qti-correct-response></qti-response-declaration>
<qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float"/>
<qti-assessment-stimulus-ref identifier="tide" href="{stimulus}" title="Tide"/>
<qti-item-body><p>{question}</p><qti-choice-interaction response-identifier="RESPONSE" max-choices="1"><qti-simple-choice identifier="A">one</qti-simple-choice>
<qti-simple-choice identifier="B">two</qti-simple-choice></qti-choice-interaction></qti-item-body>
<qti-response-processing template="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct.xml"/></qti-assessment-item>'''


STIMULUS = '''<qti-assessment-stimulus xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="tide" title="Tide">
<qti-stimulus-body><h2>Tide</h2><p>The tide rises. <img src="pictures/my%20tide.png" alt="a high tide"/></p></qti-stimulus-body></qti-assessment-stimulus>'''
CP = 'http://www.imsglobal.org/xsd/imscp_v1p1'


def manifest(resources, namespace=CP, base=''):
    return f'<manifest xmlns="{namespace}" identifier="m"><organizations/><resources{base}>{resources}</resources></manifest>'


def pack(name, files):
    with zipfile.ZipFile(name, 'w', zipfile.ZIP_DEFLATED) as z:
        for path, data in files.items():
            z.writestr(path, data)


pack('tao.zip', {
    'i1/qti.xml': item('tao-1', picture='assets/p.png'), 'i1/assets/p.png': png(255, 0, 0),
    'i2/qti.xml': item('tao-2', picture='assets/p.png'), 'i2/assets/p.png': png(0, 255, 0),
    'imsmanifest.xml': manifest(''.join(
        f'<resource identifier="i{n}" type="imsqti_item_xmlv2p1" href="i{n}/qti.xml"><metadata/><file href="i{n}/qti.xml"/>'
        f'<file href="i{n}/assets/p.png"/></resource>' for n in (1, 2)))})
pack('base.zip', {
    'content/items/b1.xml': item('b1', picture='../shared/p.png'), 'content/items/b2.xml': item('b2'), 'content/b3.xml': item('b3'),
    'content/shared/p.png': png(0, 0, 255),
    'content/tests/t.xml': '''<assessmentTest xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="bt1" title="Test">
<testPart identifier="p" navigationMode="linear" submissionMode="individual"><assessmentSection identifier="s" title="S" visible="true">
<assessmentItemRef identifier="r1" href="../items/b1.xml"/><assessmentItemRef identifier="r2" href="../items/b2.xml"/>
</assessmentSection></testPart></assessmentTest>''',
    'imsmanifest.xml': manifest(
        '<resource identifier="R1" type="imsqti_item_xmlv2p2" xml:base="items/" href="b1.xml"><file href="b1.xml"/>'
        '<dependency identifierref="P"/></resource>'
        '<resource identifier="R2" type="imsqti_item_xmlv2p2" xml:base="items/"><file href="b2.xml"/></resource>'
        '<resource identifier="R3" type="imsqti_item_xmlv2p2" href="./b3.xml"><file href="./b3.xml"/></resource>'
        '<resource identifier="T" type="imsqti_test_xmlv2p1" href="tests/t.xml"><file href="tests/t.xml"/></resource>'
        '<resource identifier="P" type="webcontent" href="shared/p.png"><file href="shared/p.png"/></resource>',
        base=' xml:base="content/"')})
pack('three.zip', {
    'items/s3-1.xml': item3('s3-1', 'How high?', '../stimuli/tide.xml'), 'items/s3-2.xml': item3('s3-2', 'How long?', '../stimuli/tide.xml'),
    'stimuli/tide.xml': STIMULUS, 'stimuli/pictures/my tide.png': png(1, 2, 3),
    'imsmanifest.xml': manifest(
        ''.join(f'<resource identifier="I{n}" type="imsqti_item_xmlv3p0" href="items/s3-{n}.xml"><file href="items/s3-{n}.xml"/>'
                '<dependency identifierref="S"/></resource>' for n in (1, 2)) +
        '<resource identifier="S" type="imsqti_stimulus_xmlv3p0" href="stimuli/tide.xml"><file href="stimuli/tide.xml"/>'
        '<file href="stimuli/pictures/my%20tide.png"/></resource>',
        namespace='http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1')})


def reference(href):
    return f'\n<assessmentStimulusRef identifier="s" href="{href}"/>'


def two_items(name, href):
    pack(name, {
        'items/s2-1.xml': item('s2-1'), 'items/s2-2.xml': item('s2-2', stimulus=reference(href)),
        'imsmanifest.xml': manifest(''.join(
            f'<resource identifier="I{n}" type="imsqti_item_xmlv2p2" href="items/s2-{n}.xml"><file href="items/s2-{n}.xml"/></resource>'
            for n in (1, 2)))})


two_items('missing.zip', '../stimuli/none.xml')
two_items('outside.zip', '../../../etc/passwd')
pack('cartridge.zip', {
    'a/assessment.xml': '<questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2"/>',
    'imsmanifest.xml': manifest('<resource identifier="A" type="imsqti_xmlv1p2/imscc_xmlv1p1/assessment"><file href="a/assessment.xml"/></resource>',
                                namespace='http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1')})
pack('nothing.zip', {'a.html': '<p/>', 'imsmanifest.xml': manifest('<resource identifier="A" type="webcontent" href="a.html"/>')})

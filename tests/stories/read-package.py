# SPDX-License-Identifier: Apache-2.0
"""Reads a content package as strictly as other systems do (IMS CP 1.1.4 with the QTI 2.2 profile); complains and fails, or says nothing."""
import posixpath
import re
import sys
import urllib.parse
import xml.etree.ElementTree as tree
import zipfile

CP = '{http://www.imsglobal.org/xsd/imscp_v1p1}'
QTI = '{http://www.imsglobal.org/xsd/imsqti_v2p2}'
NAME = re.compile(r'[^\W\d][\w.-]*\Z')
faults = []


def wanted(holds, what):
    if not holds:
        faults.append(what)


z = zipfile.ZipFile(sys.argv[1])
names = z.namelist()
wanted(z.testzip() is None, 'a checksum is wrong')
wanted(names[0] == 'imsmanifest.xml', 'the manifest is not the first file')
wanted(len(names) == len({n.lower() for n in names}), 'names repeat')
for n in names:
    wanted(not n.startswith('/') and '..' not in n.split('/') and '\\' not in n, f'{n}: no path inside')
manifest = tree.fromstring(z.read('imsmanifest.xml'))
wanted(manifest.tag == CP + 'manifest', 'the root is no manifest')
wanted([c.tag for c in manifest] == [CP + 'metadata', CP + 'organizations', CP + 'resources'], 'parts of the manifest out of order')
wanted(manifest.findtext(f'{CP}metadata/{CP}schema') == 'QTIv2.2 Package', 'schema')
wanted(manifest.findtext(f'{CP}metadata/{CP}schemaversion') == '1.0.0', 'schemaversion')
resources = manifest.findall(f'{CP}resources/{CP}resource')
identifiers = [manifest.get('identifier')] + [r.get('identifier') for r in resources]
wanted(len(identifiers) == len(set(identifiers)), 'identifiers repeat')
for i in identifiers:
    wanted(NAME.match(i), f'{i}: no xs:ID')
listed = set()
for r in resources:
    files = [f.get('href') for f in r.findall(CP + 'file')]
    wanted(r.get('type') in ('imsqti_item_xmlv2p2', 'imsqti_test_xmlv2p2', 'webcontent'), f'type {r.get("type")}')
    wanted(files and files[0] == r.get('href'), f'{r.get("href")} is not the first file of its resource')
    listed |= {urllib.parse.unquote(f) for f in files}
    for d in r.findall(CP + 'dependency'):
        wanted(d.get('identifierref') in identifiers, f'dependency on {d.get("identifierref")}')
    if r.get('type') == 'webcontent':
        continue
    document = tree.fromstring(z.read(urllib.parse.unquote(r.get('href'))))
    wanted(document.tag in (QTI + 'assessmentItem', QTI + 'assessmentTest'), f'{r.get("href")}: {document.tag}')
    for e in document.iter():
        address = e.get('src') or (e.get('data') if e.tag.endswith('object') else None)
        if address:
            place = posixpath.normpath(posixpath.join(posixpath.dirname(r.get('href')), urllib.parse.unquote(address)))
            wanted(place in {urllib.parse.unquote(f) for f in files}, f'{r.get("href")}: {address} is not among its files')
    if document.tag == QTI + 'assessmentTest':
        needs = {d.get('identifierref') for d in r.findall(CP + 'dependency')}
        by_file = {x.get('href'): x.get('identifier') for x in resources}
        for e in document.iter(QTI + 'assessmentItemRef'):
            place = posixpath.normpath(posixpath.join(posixpath.dirname(r.get('href')), urllib.parse.unquote(e.get('href'))))
            wanted(by_file.get(place) in needs, f'{r.get("href")}: no dependency on {place}')
wanted(listed == set(names) - {'imsmanifest.xml'}, f'files and list differ: {sorted(listed ^ (set(names) - {"imsmanifest.xml"}))}')
print('\n'.join(faults), file=sys.stderr)
sys.exit(1 if faults else 0)

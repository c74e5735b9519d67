#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""An exam is audited: honest, and tampered with in every way that the guide names. What `kaochang audit` says of each check, the
script that it wrote says too, with minisign, age, unzip, b2sum and sqlite3. Usage: audit.py SOURCE_ROOT BUILD_ROOT. Prints TAP."""
import hashlib
import json
import os
import re
import shutil
import sqlite3
import struct
import subprocess
import sys
import tempfile
import zipfile
import zlib

SOURCE, BUILD = sys.argv[1:3]
PROGRAMS = ['cli', 'cli/client', 'cli/score', 'tests/tools']
os.environ['PATH'] = ':'.join([f'{BUILD}/{p}' for p in PROGRAMS] + [os.environ['PATH']])
os.environ.update(SOURCE_ROOT=SOURCE, KAOCHANG=f'{BUILD}/cli/kaochang', KAOCHANG_CLIENT=f'{BUILD}/cli/client/kaochang-client', LC_ALL='C')
for tool in ('minisign', 'age', 'unzip', 'b2sum', 'sqlite3'):
    if not shutil.which(tool):
        print(f'1..0 # SKIP needs {tool} (see packages.debian)')
        sys.exit(0)
number = 0


def case(holds, name, said=''):
    global number
    number += 1
    print(f'{"ok" if holds else "not ok"} {number} - {name}')
    if not holds:
        print('\n'.join('# ' + line for line in str(said).splitlines()), flush=True)


def run(*words, **more):
    return subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **more)


def must(*words, **more):
    done = run(*words, **more)
    if done.returncode:
        raise SystemExit(f'Bail out! {" ".join(words)}: {done.stdout}')
    return done.stdout


# ---- containers, as they are written (docs/formats.md) ----

def read(path):
    with zipfile.ZipFile(path) as z:
        return {name: z.read(name) for name in z.namelist()}


def packed(parts):
    local, central = b'', b''
    for name, data in parts.items():
        common = struct.pack('<HHHHHIIIHH', 10, 0, 0, 0, 33, zlib.crc32(data), len(data), len(data), len(name), 0)
        central += b'PK\1\2' + struct.pack('<H', 10) + common + struct.pack('<HHHII', 0, 0, 0, 0, len(local)) + name.encode()
        local += b'PK\3\4' + common + name.encode() + data
    return local + central + b'PK\5\6' + struct.pack('<HHHHIIH', 0, 0, len(parts), len(parts), len(central), len(local), 0)


def put(path, data):
    with open(path, 'wb') as file:
        file.write(data)


def got(path):
    with open(path, 'rb') as file:
        return file.read()


def sign(data, key, comment):
    put('signed', data)
    must('kaochang', 'sign', '-s', key, '--no-password', '--force', '--comment', comment, '-o', 'signed.minisig', 'signed')
    return got('signed.minisig')


def sealed(data, recipients):
    put('plain', data)
    must('age', '-e', *[word for r in recipients for word in ('-r', r)], '-o', 'sealed', 'plain')
    return got('sealed')


def opened(data, identity):
    put('sealed', data)
    must('age', '-d', '-i', identity, '-o', 'plain', 'sealed')
    return read('plain')


def attribute(data, name):
    return re.search(f' {name}="([^"]*)"', data.decode()).group(1)


def listed(document, name, data):
    """The list of parts, with that part's new size and hash."""
    return re.sub(f'<part name="{name}" size="[0-9]*" blake2b512="[0-9a-f]*">',
                  f'<part name="{name}" size="{len(data)}" blake2b512="{hashlib.blake2b(data).hexdigest()}">',
                  document.decode()).encode()


class Bundle:
    """A bundle in the hands of somebody who has the station's key."""

    def __init__(self):
        self.parts = read('bundles/st01.results')
        self.inner = opened(self.parts['results.age'], RECOVERY)
        self.to = re.findall('<recipient role="[RO]" key="([^"]*)"', read('repo/packages/am1.1.exam')['manifest.xml'].decode())
        self.tickets = [name[9:-8] for name in self.inner if name.startswith('journals/')]

    def write(self, path):
        document = self.parts['bundle.xml']
        self.parts['results.age'] = sealed(packed(self.inner), self.to)
        for name, data in self.parts.items():
            document = listed(document, name, data)
        signature = next(name for name in self.parts if name.startswith('bundle.xml.'))
        self.parts['bundle.xml'] = document
        self.parts[signature] = sign(document, 'keys/station.key', 'kaochang/1 role=bundle session=am1 station=st01')
        put(path, packed(self.parts))

    def change(self, ticket, sql):
        put('journal', self.inner[f'journals/{ticket}.journal'])
        db = sqlite3.connect('journal')
        db.executescript('DROP TRIGGER event_stays; DROP TRIGGER event_remains;' + sql)
        db.close()
        self.inner[f'journals/{ticket}.journal'] = got('journal')


# ---- auditing ----

def audit(*more, identity=True, bundles=True, receipts=True):
    words = ['kaochang', 'audit', '--root', FINGERPRINT, '--repo', 'repo', '--json', '--script', 'audit.sh']
    words += ['--bundles', 'bundles'] if bundles else []
    words += ['--identity', RECOVERY] if identity else []
    words += ['--receipts', 'receipts.txt'] if receipts else []
    done = subprocess.run(words + list(more), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        return done.returncode, json.loads(done.stdout)
    except ValueError:
        return done.returncode, {'checks': [], 'no': -1, 'said': done.stdout + done.stderr}


def verdicts(report):
    return [(c['number'], c['result']) for c in report['checks'] if c['number']]


def script(name='audit.sh', **more):
    done = run('sh', name, **more)
    said = [(int(n), result.lower()) for n, result in re.findall(r'^(\d+) (yes|NO|remark): ', done.stdout, re.M)]
    return done, said


def differences(report, done):
    lines = re.findall(r'^\d+ (?:yes|NO|remark): .*(?:\n    .*)*', done.stdout, re.M)
    ours = [c for c in report['checks'] if c['number']]
    return '\n'.join(f'{json.dumps(c, indent=1)}\nscript: {line}' for c, line in zip(ours, lines)
                     if c['result'] != line.split(': ')[0].split()[1].lower()) or f'{len(ours)} checks, {len(lines)} lines\n{done.stdout}'


def agree(wanted, **options):
    """For each (name, words) the audit says no, about `words`; and its script says the same of every check."""
    status, report = audit(**options)
    noes = [c for c in report['checks'] if c['result'] == 'no']
    for name, words in wanted:
        case(status == 1 and any(words in c['what'] for c in noes), f'{name}: no', json.dumps(noes or report, indent=1))
    done, said = script()
    case(done.returncode == 1 and said == verdicts(report), f'{", ".join(name for name, _ in wanted)}: the script says the same', differences(report, done))


REPOSITORY = {'identity': False, 'bundles': False, 'receipts': False}


class tampered:
    """A copy of the honest exam, to be changed."""

    def __enter__(self):
        self.back = os.getcwd()
        self.folder = tempfile.mkdtemp(dir=WORK)
        for name in ('repo', 'bundles', 'keys'):
            shutil.copytree(f'{HONEST}/{name}', f'{self.folder}/{name}')
        shutil.copy(f'{HONEST}/receipts.txt', self.folder)
        os.chdir(self.folder)

    def __exit__(self, *_):
        os.chdir(self.back)
        shutil.rmtree(self.folder)


def edit(path, old, new):
    data = got(path)
    assert old in data, f'{path} holds no {old}'
    put(path, data.replace(old, new, 1))


def make():
    must('sh', f'{SOURCE}/tests/stories/make-station.sh', WORK)
    proctor = ['kaochang-client', 'proctor', '-C', f'{WORK}/station', '--code-file', f'{WORK}/unlock-code']
    must(*proctor, '--open')
    must('responders', '--home', f'{WORK}/station', '--session', 'am1', '--tickets', 'all', '--exam', f'{WORK}/office/exams/teachers',
         '--seed', '11', '--absent', '37')
    seats = json.loads(must(*proctor, '--status', '--json'))['candidates']
    must(*proctor, '--close')
    week = dict(os.environ, KAOCHANG_CLOCK_OFFSET_MS='604800000')
    must('kaochang', '-C', f'{WORK}/office', 'session', 'release-close', 'am1', '--identity', RECOVERY, '--out', f'{WORK}/code',
         '--anyway', 'a story', env=week)
    for folder in ('bundles', 'keys'):
        os.makedirs(f'{HONEST}/{folder}')
    must('kaochang-score', 'session', f'{WORK}/station', '--code-file', f'{WORK}/code', '-o', f'{HONEST}/bundles/st01.results')
    shutil.copytree(f'{WORK}/repo', f'{HONEST}/repo')
    shutil.copy(f'{WORK}/station/keys/station.key', f'{HONEST}/keys')
    shutil.copy(f'{WORK}/office/keys/officer.key', f'{HONEST}/keys')
    with open(f'{HONEST}/receipts.txt', 'w', encoding='utf-8') as file:
        file.writelines(f'{seat["ticket"]} {seat["receipt"]}\n' for seat in seats if seat['receipt'])


# ---- the cases ----

def honest():
    status, report = audit()
    case(status == 0 and report['no'] == 0 and report['unseen'] == 0, 'an honest exam: every answer is yes', json.dumps(report, indent=1))
    case(report['count'] > 50, 'of some fifty checks', report['count'])
    done, said = script()
    case(done.returncode == 0 and said == verdicts(report), 'the script says yes to each', differences(report, done))
    case(done.stdout.rstrip().endswith(f'{report["count"]} checks, 0 no'), 'and ends with their count', done.stdout)
    for tool in ('minisign', 'age -d', 'unzip', 'b2sum', 'sqlite3'):
        case(any(tool in c['command'] for c in report['checks']), f'commands use {tool}')
    done = run('kaochang', 'audit', '--root', '0' * 32, '--repo', 'repo', '--script', 'audit.sh')
    case(done.returncode == 1 and script()[0].returncode == 1, 'another fingerprint: no, from both', done.stdout)
    status, report = audit(identity=False)
    case(status == 0 and report['unseen'] == 2 and '$identity' not in str(report), 'who has no identity opens nothing, and is told so', json.dumps(report, indent=1))


def edited_documents():
    for name, path, old, new, words in (
            ('an edited root', 'repo/1.root.xml', b'expiry="20', b'expiry="21', 'fingerprint'),
            ('edited targets', 'repo/2.targets.xml', b'session="am1"', b'session="am2"', 'signed by'),
            ('targets of another snapshot', 'repo/1.snapshot.xml', b'name="targets" version="2"', b'name="targets" version="1"', '1.targets.xml')):
        with tampered():
            edit(path, old, new)
            agree([(name, words)], **REPOSITORY)
    with tampered():
        for path in os.listdir('repo'):
            if path.startswith('1.snapshot.xml.'):
                os.remove(f'repo/{path}')
        name = next(n for n in os.listdir('repo') if n.startswith('2.targets.xml.'))
        put(f'repo/{name}', sign(got('repo/2.targets.xml'), 'keys/officer.key', 'kaochang/1 role=targets version=3'))
        agree([('a missing signature', '1.snapshot.xml: as many signatures'), ('a signature for another version', '2.targets.xml: signed by')], **REPOSITORY)


def edited_packages():
    path = 'repo/packages/am1.1.exam'
    data = got(f'{HONEST}/{path}')
    with tampered():
        middle = len(data) // 2
        put(path, data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1:])
        put('repo/packages/am1.7.exam', data + b'hidden')
        parts = read(f'{HONEST}/{path}')
        parts['paper.age'] = sealed(packed({'paper.xml': b'<paper/>'}), re.findall('role="[UR]" key="([^"]*)"', parts['manifest.xml'].decode()))
        put('repo/packages/am1.8.exam', packed(parts))
        agree([('a package with one byte changed', 'am1.1: the file that'),
               ('a package with something behind its end', 'am1.7: a container with nothing before, between or behind'),
               ('a package under another name', 'am1.8: manifest.xml is written')], **REPOSITORY)
    with tampered():
        put(path, packed(parts))
        agree([('a package with another paper', 'those that were signed for')], **REPOSITORY)


def leaking_officer():
    """An officer signs and publishes a package whose paper shows a key: who opens it sees that."""
    with tampered():
        path = 'repo/packages/am1.1.exam'
        parts = read(path)
        paper = opened(parts['paper.age'], RECOVERY)
        item = next(name for name in paper if name.startswith('items/'))
        paper[item] += b'<correctResponse></correctResponse>'
        parts['paper.age'] = sealed(packed(paper), re.findall('role="[UR]" key="([^"]*)"', parts['manifest.xml'].decode()))
        parts['manifest.xml'] = listed(parts['manifest.xml'], 'paper.age', parts['paper.age']).replace(b' version="1"', b' version="2"')
        signature = next(name for name in parts if name.startswith('manifest.xml.'))
        parts[signature] = sign(parts['manifest.xml'], 'keys/officer.key', 'kaochang/1 role=package session=am1 version=2')
        put('am1.exam', packed(parts))
        shutil.copytree(f'{WORK}/office', 'office')
        must('kaochang', '-C', 'office', 'publish', 'am1.exam', '--no-password', '--repo', 'repo')
        agree([('a paper that shows a key, signed by an officer', 'am1.2: the paper holds no correct response')], bundles=False, receipts=False)


def leave_out(b):
    del b.inner[f'journals/{b.tickets[0]}.journal']


def leave_out_silently(b):
    """From the list as well: the station's own closing tells."""
    leave_out(b)
    del b.inner[f'scores/{b.tickets[0]}.xml']
    b.parts['bundle.xml'] = re.sub(f'<sitting ticket="{b.tickets[0]}">.*?</sitting>', '', b.parts['bundle.xml'].decode()).encode()


def raise_points(b):
    path = f'scores/{b.tickets[0]}.xml'
    text = b.inner[path].decode()
    item = re.search('(<item [^>]*) points="0" maximum="([0-9]+)"', text)
    gained = int(item.group(2))
    text = text.replace(item.group(0), f'{item.group(1)} points="{gained}" maximum="{gained}"')
    text = re.sub('(<score [^>]*) points="([0-9]+)"', lambda m: f'{m.group(1)} points="{int(m.group(2)) + gained}"', text)
    b.inner[path] = text.encode()


def other_package(b):
    b.parts['bundle.xml'] = re.sub(b' package="[0-9a-f]*"', b' package="' + b'0' * 64 + b'"', b.parts['bundle.xml'])


def runs_commands(b):
    """The shell of sqlite3 calls edit() when it reads such a view, unless it is told not to."""
    b.change(b.tickets[0], 'ALTER TABLE event RENAME TO kept;'
             f"CREATE VIEW event AS SELECT epoch, seq, edit(hash, 'touch {WORK}/hit; true') AS hash FROM kept;")


def leads_out(b):
    """What the script lays out for minisign is named after the ticket."""
    b.change(b.tickets[0], f"DROP TRIGGER epoch_stays; DROP TRIGGER epoch_remains; UPDATE epoch SET ticket = '{WORK}/hit';")


def bundles():
    """Cut and edited ones, and what somebody signs who has the key of a certified station; the honest one is not here."""
    lies = (('left', 'a journal left out', 'end with the events', leave_out),
            ('answer', 'an edited answer', 'no event is edited', lambda b: b.change(b.tickets[0], 'UPDATE event SET payload = zeroblob(50) WHERE seq = 3')),
            ('view', 'a journal with a view that runs commands', 'end with the events', runs_commands),
            ('name', 'a journal of a ticket that is a path', 'no event is edited', leads_out),
            ('event', 'a removed event', 'no event is edited', lambda b: b.change(b.tickets[0], 'DELETE FROM event WHERE seq = 3')),
            ('points', 'raised points', 'scored again', raise_points),
            ('package', 'work on a package that nobody published', 'package of this repository', other_package))
    with tampered():
        data = got('bundles/st01.results')
        put('bundles/cut.results', data[:5000])
        put('bundles/before.results', b'hidden' + data)
        parts = read('bundles/st01.results')
        parts['certificate.xml'] = parts['certificate.xml'].replace(b'name="st01"', b'name="st02"')
        put('bundles/certificate.results', packed(parts))
        for file, _, _, change in lies:
            b = Bundle()
            change(b)
            b.write(f'bundles/{file}.results')
        with open('receipts.txt', encoding='utf-8') as file:
            first, second = file.read().splitlines()[:2]
        put('receipts.txt', f'{first.split()[0]} {second.split()[1]}\n'.encode())
        agree([('a cut bundle', 'cut: a container with nothing before'), ('something before a bundle', 'before: a container with nothing before'),
               ('an edited certificate', 'certificate: the office, or a site'), ('a receipt of somebody else', 'receipt ')] +
              [(name, words) for _, name, words, _ in lies])
        noes = {c['what'].split(':')[0] for c in audit()[1]['checks'] if c['result'] == 'no' and not c['what'].startswith('receipt')}
        case(not [name for name in os.listdir(WORK) if name.startswith('hit')], 'no journal made the script run or write anything')
        case(noes == {'cut', 'before', 'certificate'} | {file for file, _, _, _ in lies}, 'and of the honest one: yes', noes)
    with tampered():
        b = Bundle()
        leave_out_silently(b)
        b.write('bundles/st01.results')
        agree([('a journal left out of the list too', 'every sitting that the closing counts'), ('its receipt', 'receipt ')])


class Office:
    """The office goes on working: keys without passwords."""

    def __init__(self):
        shutil.copytree(f'{WORK}/office', 'office')

    def does(self, *words):
        return must('kaochang', '-C', f'{os.getcwd()}/office', *words)

    def rotates(self):
        """A new holder and a new officer in the place of the old ones."""
        self.does('keys', 'new', 'holder', '--kind', 'root', '--no-password')
        self.does('keys', 'new', 'sun', '--kind', 'officer', '--no-password')
        self.does('keys', 'rotate', '--add-root', 'holder', '--remove-root', 'root', '--add-officer', 'sun', '--remove-officer', 'officer',
                  '-o', f'{os.getcwd()}/2.root.xml')
        self.signs('holder')

    def signs(self, holder):
        self.does('keys', 'root', '--sign', f'{os.getcwd()}/2.root.xml', '--key', holder, '--no-password')


def changes():
    """Of the root, of officers, of what a station is worth."""
    with tampered():
        office = Office()
        office.rotates()
        for name in os.listdir('.'):
            if name.startswith('2.root.xml'):
                shutil.copy(name, 'repo')
        agree([('a root that the old holders did not sign', 'as many signatures as the role "root" in 1.root.xml')], **REPOSITORY)
        for name in os.listdir('repo'):
            if name.startswith('2.root.xml'):
                os.remove(f'repo/{name}')
        office.signs('root')
        office.does('keys', 'root', '--install', f'{os.getcwd()}/2.root.xml', '--officer', 'sun', '--no-password')
        office.does('publish', '--officer', 'sun', '--no-password', '--repo', f'{os.getcwd()}/repo')
        status, report = audit()
        case(status == 0 and any('2.root.xml: signed by root' in c['what'] for c in report['checks']) and
             any('"former"' in c['what'] for c in report['checks']), 'the root was rotated, the officer left: yes', json.dumps(report, indent=1))
        done, said = script()
        case(said == verdicts(report), 'the script follows', differences(report, done))
    with tampered():
        office = Office()
        office.does('keys', 'revoke', f'{WORK}/st01.certificate.xml', '--reason', 'stolen', '--no-password')
        office.does('publish', '--no-password', '--repo', f'{os.getcwd()}/repo')
        status, report = audit()
        case(status == 0 and any(c['result'] == 'remark' and 'stolen' in c['why'] for c in report['checks']), 'a revoked station: a remark', json.dumps(report, indent=1))
        done, said = script()
        case(said == verdicts(report) and 'stolen' in done.stdout, 'the script remarks on it too', differences(report, done))


def site():
    """A station that its site certified on the spot; and one that another site did. O and C do as much as R for results."""
    with tampered():
        office = Office()
        here = os.getcwd()
        for name, place in (('honest', 'S01'), ('other', 'S02')):
            office.does('keys', 'new', name, '--kind', 'site-signing', '--no-password')
            office.does('keys', 'certify', f'{here}/office/keys/{name}.pub', '--kind', 'site', '--site', place, '--until', '2040-01-01T00:00:00+08:00',
                        '--no-password', '-o', f'{here}/{name}.xml')
            office.does('keys', 'certify', f'{WORK}/station/keys/station.pub', '--kind', 'station', '--site', place, '--room', 'R301', '--name', 'st01',
                        '--issuer', f'{here}/office/keys/{name}.key', '--until', '2031-01-01T00:00:00+08:00', '--no-password', '-o', f'{here}/station.{name}.xml')
            b = Bundle()
            files = {'certificate.xml': f'station.{name}.xml', 'issuer.xml': f'{name}.xml'}
            results, parts = b.parts.pop('results.age'), ''
            for part, path in files.items():
                b.parts[part] = got(path)
                b.parts[f'{part}.minisig'] = got(next(p for p in os.listdir('.') if re.fullmatch(rf'{path}\.[0-9A-F]*\.minisig', p)))
                parts += f'<part name="{part}" size="0" blake2b512="0"></part><part name="{part}.minisig" size="0" blake2b512="0"></part>'
            b.parts['results.age'] = results
            document = b.parts['bundle.xml'].decode()
            b.parts['bundle.xml'] = re.sub('<part name="certificate.*(?=<part name="results.age")', parts, document).encode()
            b.write(f'bundles/{name}.results')
        parts = read('bundles/other.results')
        parts['certificate.xml'] = read('bundles/honest.results')['certificate.xml']
        put('bundles/other.results', packed(parts))
        both = f'{here}/both.identity'
        put('escrow', read('repo/packages/am1.1.exam')['escrow.age'])
        must('age', '-d', '-i', RECOVERY, '-o', both, 'escrow')
        words = ['--identity', f'{WORK}/office/keys/results.identity', '--identity', both]
        os.rename('bundles/other.results', 'other.results')
        status, report = audit(*words, identity=False)
        case(status == 0 and sum('scored again' in c['what'] for c in report['checks']) == 2, 'a station of a site: yes; O and C score again', json.dumps(report, indent=1))
        done, said = script()
        case(said == verdicts(report), 'and so says the script, with two identities', differences(report, done))
        os.rename('other.results', 'bundles/other.results')
        agree([('a certificate that another site gave', 'other: the office, or a site')])


def supplements():
    """A newer list and a withdrawal are walked as packages are."""
    with tampered():
        office = Office()
        package = read('repo/packages/am1.1.exam')
        to = re.findall('<recipient role="R" key="([^"]*)"', package['manifest.xml'].decode())
        put('roster', package['roster/S01.age'])
        must('age', '-d', '-i', RECOVERY, '-o', 'roster.xml', 'roster')
        expiry = attribute(package['manifest.xml'], 'expiry')
        head = hashlib.blake2b(package['manifest.xml'], digest_size=32).hexdigest()
        for kind, supplement, inside, roster in (('roster', 1, '<reason></reason>', sealed(got('roster.xml'), to)), ('withdrawal', 2, '<reason>leaked</reason>', None)):
            part = {'roster/S01.age': roster} if roster else {}
            for name, data in part.items():
                inside += f'<part name="{name}" size="{len(data)}" blake2b512="{hashlib.blake2b(data).hexdigest()}"></part>'
            manifest = (f'<manifest xmlns="urn:kaochang:manifest:1" kind="{kind}" session="am1" number="{supplement}" for="{head}"'
                        f' date="2026-11-22T09:00:00+00:00" expiry="{expiry}">{inside}</manifest>\n').encode()
            signature = next(name for name in package if name.startswith('manifest.xml.'))
            by = sign(manifest, 'keys/officer.key', f'kaochang/1 role=supplement session=am1 number={supplement}')
            put('supplement.exam', packed({'mimetype': package['mimetype'], 'manifest.xml': manifest, signature: by, **part}))
            office.does('publish', f'{os.getcwd()}/supplement.exam', '--no-password', '--repo', f'{os.getcwd()}/repo')
        status, report = audit(bundles=False, receipts=False)
        told = [c['what'] + c['why'] for c in report['checks'] if c['result'] == 'remark']
        case(status == 0 and any('the lists open' in c['what'] for c in report['checks']) and any('leaked' in what for what in told),
             'a newer list: yes; a withdrawal: a remark', json.dumps(report, indent=1))
        done, said = script()
        case(said == verdicts(report), 'and so says the script', differences(report, done))
        edit('repo/packages/am1.2.withdrawal.exam', b'leaked', b'nobody')
        agree([('an edited withdrawal', 'am1.2.withdrawal: the file that')], **REPOSITORY)


def blocks(name):
    with open(f'{SOURCE}/docs/guides/{name}', encoding='utf-8') as file:
        return re.findall(r'^```sh\n(.*?)^```', file.read(), re.M | re.S)


def guide():
    """The commands of the auditor's guide, typed as they stand."""
    typed = blocks('auditor.md')
    case(typed and typed == blocks('auditor.zh_CN.md'), 'the guide types the same in both languages')
    with tampered():
        os.rename('bundles', 'results')
        shutil.copy(RECOVERY, 'recovery.identity')
        done = run('bash', '-euo', 'pipefail', '-c', ''.join(typed), input=FINGERPRINT + '\n')
        counts = re.findall(r'^(\d+) checks[:,] 0 no', done.stdout, re.M | re.I)
        case(done.returncode == 0 and len(counts) == 3 and counts[1] == counts[2], 'what the guide types says yes', done.stdout)
        with open('receipts.txt', encoding='utf-8') as file:
            ticket, receipt = file.readline().split()
        head = re.search(rf'^{ticket}\|1\|\d+\|([0-9A-F]{{20}})', done.stdout, re.M)
        digits = ''.join(f'{"0123456789ABCDEFGHJKMNPQRSTVWXYZ".index(c):05b}' for c in receipt.replace('-', '')[:16])
        case(head and int(head.group(1), 16) == int(digits, 2), 'and shows the hash that a receipt begins', head)
        case(not os.path.exists('package') and not os.path.exists('bundle'), 'and leaves nothing open')


WORK = tempfile.mkdtemp()
HONEST = f'{WORK}/stick'
RECOVERY = f'{WORK}/office/keys/recovery.identity'
try:
    make()
    FINGERPRINT = must('kaochang', '-C', f'{WORK}/office', 'keys', 'root', '--fingerprint').split()[-1]
    os.chdir(HONEST)
    for cases in (honest, guide, edited_documents, edited_packages, leaking_officer, bundles, changes, site, supplements):
        cases()
    print(f'1..{number}')
finally:
    os.chdir('/')
    shutil.rmtree(WORK)

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""pull-attacks.py SOURCE_ROOT BUILD_ROOT: what a server or a mirror can do to a station that pulls from it, one case for each; the
station's old state stays usable after all of them. Prints TAP."""
import http.server
import os
import re
import shutil
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from mirrors import CLIENT, KAOCHANG, PACKAGE, REPO, STATION, WORK, Served, expect, fresh, here, is_whole, make, office, parts, play, pull, run  # noqa: E402


class Misbehaving(http.server.BaseHTTPRequestHandler):
    """Serves Misbehaving.root as any server would, but for the paths that `does` names: a function of this handler each."""
    protocol_version, root, does, asked = 'HTTP/1.1', REPO, {}, []

    def do_GET(self):
        name = self.path.lstrip('/')
        type(self).asked.append(name)
        for pattern, act in type(self).does.items():
            if re.fullmatch(pattern, name):
                self.close_connection = True
                act(self)
                return
        self.honest(name)

    def content(self, name):
        path = os.path.join(type(self).root, name)
        if not os.path.isfile(path):
            return None
        with open(path, 'rb') as file:
            return file.read()

    def honest(self, name):
        data, wanted = self.content(name), self.headers.get('Range')
        if data is None:
            self.tell(404, b'')
        elif wanted:
            first = int(re.fullmatch(r'bytes=(\d+)-', wanted).group(1))
            self.tell(206, data[first:], ('Content-Range', f'bytes {first}-{len(data) - 1}/{len(data)}'))
        else:
            self.tell(200, data)

    def tell(self, status, body, *headers, length=None):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header('Content-Length', str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def handle_one_request(self):
        try:
            super().handle_one_request()
        except OSError:  # the client has had enough
            self.close_connection = True

    def log_message(self, *_):
        pass


TIMESTAMP, ANY, THE_PACKAGE = r'timestamp\.xml', r'.*', r'packages/.*'


def serves(does=None, root=REPO, begin='fresh'):
    Misbehaving.does, Misbehaving.root = does or {}, root
    Misbehaving.asked.clear()
    fresh(begin)


def attacked(*options, **environment):
    return pull(server.address, options=['--timeout', '1', *options], **environment)


def nothing_was_taken():
    assert not os.path.exists(here()) and not parts(), os.listdir(f'{STATION}/packages')
    expect(pull(REPO), 0, 'verified and taken')


def forever(self, piece):
    self.send_response(200)
    self.end_headers()
    while True:
        self.wfile.write(piece)


def drip(self, seconds=0.2):
    self.send_response(200)
    self.send_header('Content-Length', '100000')
    self.end_headers()
    for _ in range(100):
        self.wfile.write(b'<')
        time.sleep(seconds)


def attack_endless_document():
    serves({TIMESTAMP: lambda self: forever(self, b' ' * 4096)})
    expect(attacked(), 3, 'larger than the limit')
    nothing_was_taken()


def attack_endless_package():
    serves({THE_PACKAGE: lambda self: forever(self, b'x' * 65536)})
    expect(attacked(), 1, 'has another length')
    nothing_was_taken()


def attack_endless_headers():
    def headers(self):
        self.wfile.write(b'HTTP/1.1 200 OK\r\n')
        while True:
            self.wfile.write(b'X-Filler: ' + b'x' * 1000 + b'\r\n')
    serves({TIMESTAMP: headers})
    expect(attacked(), 3, 'headers do not end')
    nothing_was_taken()


def attack_endless_drip():
    serves({TIMESTAMP: drip})
    begun = time.monotonic()
    expect(attacked(), 4, 'too slowly')
    assert time.monotonic() - begun < 10
    nothing_was_taken()


def attack_silence():
    serves({TIMESTAMP: lambda self: time.sleep(5)})
    expect(attacked(), 4, 'says nothing')
    nothing_was_taken()


def attack_a_line_cut_again_and_again():
    serves({THE_PACKAGE: lambda self: self.tell(206 if self.headers.get('Range') else 200, b'', length=100000)})
    expect(attacked(), 4, '')
    assert Misbehaving.asked.count(PACKAGE) <= 3, Misbehaving.asked
    nothing_was_taken()


def attack_a_shorter_package():
    serves({THE_PACKAGE: lambda self: self.tell(200, self.content(PACKAGE)[:-1])})
    expect(attacked(), 4, 'the line broke')
    assert not os.path.exists(here())


def attack_a_longer_package():
    serves({THE_PACKAGE: lambda self: self.tell(200, self.content(PACKAGE) + b'x')})
    expect(attacked(), 1, 'has another length')
    nothing_was_taken()


def attack_another_package_of_the_same_length():
    serves({THE_PACKAGE: lambda self: self.tell(200, bytes([self.content(PACKAGE)[0] ^ 1]) + self.content(PACKAGE)[1:])})
    expect(attacked(), 1, 'length or hash differ')
    nothing_was_taken()


def begun(n):
    """A part of the package from an earlier pull, its first half wrong or right."""
    with open(f'{REPO}/{PACKAGE}', 'rb') as package:
        data = package.read()
    serves({THE_PACKAGE: lambda self: self.tell(200, data[:n], length=len(data))})
    attacked()
    assert len(parts()) == 1
    return data


def attack_the_wrong_range():
    data = begun(1000)
    Misbehaving.does = {THE_PACKAGE: lambda self: self.tell(206, data[:-1000], ('Content-Range', f'bytes 0-{len(data) - 1001}/{len(data)}'))
                        if self.headers.get('Range') else self.honest(PACKAGE)}
    expect(attacked(), 0, 'verified and taken')
    assert is_whole()


def attack_a_range_that_is_a_lie():
    data = begun(1000)
    Misbehaving.does = {THE_PACKAGE: lambda self: self.tell(206, b'x' * (len(data) - 1000),
                                                            ('Content-Range', f'bytes 1000-{len(data) - 1}/{len(data)}'))
                        if self.headers.get('Range') else self.tell(200, b'x' * len(data))}
    expect(attacked(), 1, 'length or hash differ')
    nothing_was_taken()


def attack_a_range_that_is_ignored():
    data = begun(1000)
    Misbehaving.does = {THE_PACKAGE: lambda self: self.tell(200, data)}
    expect(attacked(), 0, 'verified and taken')
    assert is_whole()


def attack_a_beginning_that_another_mirror_would_complete():
    data = begun(1000)
    with open(parts()[0], 'r+b') as part:
        part.write(b'wrong')
    Misbehaving.does = {}
    expect(attacked(), 0, 'verified and taken')
    assert is_whole() and len(data) > 1000


def attack_redirect():
    elsewhere = Served(type('Other', (Misbehaving,), {'asked': []}))
    serves({ANY: lambda self: self.tell(302, b'', ('Location', f'{elsewhere.address}/{self.path}'))})
    expect(attacked(), 4, 'sends elsewhere')
    assert not elsewhere.server.RequestHandlerClass.asked
    elsewhere.stop()
    nothing_was_taken()


def attack_redirect_to_a_file_of_this_machine():
    serves({ANY: lambda self: self.tell(301, b'', ('Location', f'file://{REPO}/{self.path}'))})
    expect(attacked(), 4, 'sends elsewhere')
    nothing_was_taken()


def attack_garbage_for_an_answer():
    serves({ANY: lambda self: self.wfile.write(os.urandom(5000))})
    expect(attacked(), 4)
    nothing_was_taken()


def attack_a_web_page_for_every_document():
    serves({ANY: lambda self: self.tell(200, b'<html><body>Welcome! Please sign in to the network.</body></html>\n')})
    expect(attacked(), 3)
    nothing_was_taken()


def attack_rollback():
    serves(root=f'{WORK}/old', begin='pulled')
    expect(attacked(), 1, 'already seen here')
    assert is_whole()


def attack_freeze():
    serves()
    done = attacked(KAOCHANG_CLOCK_OFFSET_MS=str(400 * 86400 * 1000))
    expect(done, 1, 'expired at')
    assert 'this machine\'s clock says' in done.stderr and 'one of them is wrong' in done.stderr, done.stderr
    nothing_was_taken()


def attack_a_clock_set_back_is_told():
    serves()
    done = attacked(KAOCHANG_CLOCK_OFFSET_MS=str(-400 * 86400 * 1000))
    assert 'one of them is wrong' in done.stderr and 'it was set back' in done.stderr, done.stderr


def attack_mix_and_match():
    serves({r'2\.snapshot\.xml': lambda self: self.tell(200, self.content('1.snapshot.xml'))})
    expect(attacked(), 1, 'length or hash differ')
    serves({r'3\.targets\.xml': lambda self: self.tell(200, self.content('2.targets.xml'))})
    expect(attacked(), 1, 'length or hash differ')
    nothing_was_taken()


def attack_the_threshold_is_missing():
    serves({r'.*\.minisig': lambda self: self.tell(404, b'')})
    expect(attacked(), 1, 'has 0 of the 1 signatures')
    nothing_was_taken()


def attack_a_signature_of_another_document():
    def another(self):
        name = next(name for name in os.listdir(REPO) if re.fullmatch(r'3\.targets\.xml\..*\.minisig', name))
        self.tell(200, self.content(name))
    serves({r'2\.timestamp\.xml\..*\.minisig': another})
    expect(attacked(), 1)
    nothing_was_taken()


def attack_a_signature_without_an_end():
    serves({r'.*\.minisig': lambda self: forever(self, b'R' * 4096)})
    expect(attacked(), 3, 'larger than the limit')
    nothing_was_taken()


def attack_another_office_with_keys_of_its_own():
    serves(root=f'{WORK}/stranger/repo')
    expect(attacked(), 1, 'signatures')
    nothing_was_taken()


def attack_another_office_at_enrolment():
    serves(root=f'{WORK}/stranger/repo')
    typed = office('keys', 'root', '--fingerprint').strip()
    expect(run(CLIENT, 'enrol', '-C', f'{WORK}/new', '--repo', server.address, '--root', typed, '--name', 'a', '--site', 'S01', '--room', 'R'),
           1, 'fingerprint')
    assert not os.path.exists(f'{WORK}/new/station.xml')


def attack_a_root_of_his_own_for_the_next_one():
    def forged(self):
        self.tell(200, self.content('1.root.xml').replace(b'version="1"', b'version="2"', 1))
    serves({r'2\.root\.xml': forged})
    expect(attacked(), 1, 'has 0 of the 1 signatures')
    nothing_was_taken()


def attack_a_mirror_that_lies_does_not_stop_an_honest_one():
    serves({r'2\.timestamp\.xml\..*\.minisig': lambda self: self.tell(200, b'nothing')})
    done = pull(server.address, REPO)
    expect(done, 0, 'verified and taken')
    assert f'note: {server.address}' in done.stderr
    assert is_whole()


def attack_a_package_is_missing_the_old_one_stays():
    serves({THE_PACKAGE: lambda self: self.tell(404, b'')}, root=f'{WORK}/second', begin='pulled')
    expect(attacked(), 4, 'no such file (404)')
    assert is_whole()
    Misbehaving.does = {}
    expect(attacked(), 0, 'am1 version 2: verified and taken')


def main():
    global server
    make()
    shutil.copytree(REPO, f'{WORK}/old')
    office('publish', '--no-password', '--repo', REPO)
    fresh('pulled')
    expect(pull(REPO), 0)
    shutil.rmtree(f'{WORK}/pulled')
    shutil.copytree(STATION, f'{WORK}/pulled')
    shutil.copytree(REPO, f'{WORK}/second')
    office('pack', 'teachers', '--session', 'am1', '--no-password', '--unlock-sheet', f'{WORK}/sheet', '-o', f'{WORK}/am1.2.exam')
    office('publish', f'{WORK}/am1.2.exam', '--no-password', '--repo', f'{WORK}/second')
    stranger = f'{WORK}/stranger'
    for words in (['new', stranger], *[['-C', stranger, 'keys', 'new', key, '--kind', key, '--no-password'] for key in ('root', 'officer')],
                  *[['-C', stranger, 'keys', 'new', key, '--kind', key] for key in ('recovery', 'results')],
                  ['-C', stranger, 'keys', 'root', '--no-password'],
                  ['-C', stranger, 'publish', '--no-password', '--repo', f'{stranger}/repo']):
        expect(run(KAOCHANG, *words), 0)
    server = Served(Misbehaving)
    play([case for name, case in globals().items() if name.startswith('attack_')])
    server.stop()


if __name__ == '__main__':
    main()

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""kaochang-room carry against servers that mean harm: it believes one pinned key, follows nothing, takes nothing endless,
and ends with its agent. Usage: test-courier.py KAOCHANG_ROOM MAKE_TLS_CERTIFICATE. Prints TAP."""
import http.server
import os
import socket
import ssl
import struct
import subprocess
import sys
import tempfile
import threading
import time

ROOM, MAKE = sys.argv[1:3]
WHO, REQUEST, CANCEL, REPLY = 1, 2, 3, 4
API_MAX = 8 << 20
seen = []
number = 0


def ok(name, fine, detail=''):
    global number
    number += 1
    print(f'{"ok" if fine else "not ok"} {number} - {name}')
    if not fine and detail:
        print('#', str(detail)[:300])
    sys.stdout.flush()


def blob(data):
    data = data.encode() if isinstance(data, str) else data
    return struct.pack('<I', len(data)) + data


def integer(value):
    return struct.pack('<q', value)


class Courier:
    """The agent's end."""

    def __init__(self, certificate, key, env=None):
        ours, theirs = socket.socketpair()
        self.socket = ours
        self.process = subprocess.Popen(
            [ROOM, 'carry'], env={'PATH': '/usr/bin:/bin', **(env or {})}, pass_fds=(3,) if theirs.fileno() == 3 else (),
            preexec_fn=lambda: os.dup2(theirs.fileno(), 3), close_fds=False)
        theirs.close()
        self.last = 0
        self.send(WHO, blob(certificate) + blob(key))

    def send(self, kind, body):
        self.socket.sendall(struct.pack('<IB', len(body) + 1, kind) + body)

    def ask(self, url, pin, post=False, body=b'', wait_ms=5000):
        self.last += 1
        self.send(REQUEST, integer(self.last) + blob(url) + blob(pin) + integer(post) + integer(wait_ms) + blob(body))
        return self.last

    def read(self, n):
        data = b''
        while len(data) < n:
            piece = self.socket.recv(n - len(data))
            if not piece:
                raise EOFError
            data += piece
        return data

    def reply(self, timeout=20):
        """id, status, error, body"""
        self.socket.settimeout(timeout)
        size, kind = struct.unpack('<IB', self.read(5))
        body = self.read(size - 1)
        assert kind == REPLY
        answered, status, n = struct.unpack_from('<qqI', body)
        error = body[20:20 + n].decode()
        return answered, status, error, body[24 + n:]

    def fetch(self, url, pin, **more):
        asked = self.ask(url, pin, **more)
        answered, *rest = self.reply()
        assert asked == answered
        return rest


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def answer(self, status, body, **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        seen.append(self.path)
        if self.path == '/redirect':
            self.answer(302, b'elsewhere', Location='/secret')
        elif self.path == '/slow':
            time.sleep(3)
            self.answer(200, b'late')
        elif self.path == '/endless':
            self.send_response(200)
            self.end_headers()
            try:
                for _ in range(400):
                    self.wfile.write(bytes(1 << 16))
            except OSError:
                pass
            self.close_connection = True
        else:
            self.answer(200, b'got ' + self.path.encode())

    def do_POST(self):
        seen.append(self.path)
        self.answer(200, self.rfile.read(int(self.headers['Content-Length']))[::-1])

    def log_message(self, *_):
        pass


def certificate(folder, name, digit):
    pem, key = f'{folder}/{name}.pem', f'{folder}/{name}.key'
    pin = subprocess.run([MAKE, name, digit, pem, key], check=True, capture_output=True, text=True).stdout.strip()
    return pem, key, pin


def serve(pem, key, newest):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, key)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.maximum_version = newest
    server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f'https://127.0.0.1:{server.server_address[1]}'


def main():
    print('1..13')
    with tempfile.TemporaryDirectory() as folder:
        pem, key, pin = certificate(folder, 'desk', '1')
        own_pem, own_key, other_pin = certificate(folder, 'st01', '2')
        room = serve(pem, key, ssl.TLSVersion.TLSv1_3)
        old = serve(pem, key, ssl.TLSVersion.TLSv1_2)
        with open(own_pem, 'rb') as a, open(own_key, 'rb') as b:
            identity = a.read(), b.read()
        trap = socket.socket()
        trap.bind(('127.0.0.1', 0))
        trap.listen()
        proxy = f'http://127.0.0.1:{trap.getsockname()[1]}'
        c = Courier(*identity, env={'https_proxy': proxy, 'HTTPS_PROXY': proxy, 'ALL_PROXY': proxy, 'HOME': folder,
                                    'SSLKEYLOGFILE': f'{folder}/keys'})

        got = c.fetch(room + '/1/news', pin, post=True, body=b'abc')
        ok('a request is carried to the pinned key, and the reply back', got == [200, '', b'cba'], got)
        trap.settimeout(0.2)
        try:
            trap.accept()
            ok('no variable of the environment sends it elsewhere', False)
        except TimeoutError:
            ok('no variable of the environment sends it elsewhere', not os.path.exists(f'{folder}/keys'))
        got = c.fetch(room + '/1/rows', other_pin)
        ok('another key than the pinned one gets nothing', got[0] == 0 and got[1] and '/1/rows' not in seen, got)
        got = c.fetch(room + '/1/introduction', '')
        ok('a stranger is asked for an introduction', got[0] == 200, got)
        got = c.fetch(room + '/1/claim', '', post=True)
        ok('and for nothing else', got[0] == 0 and '/1/claim' not in seen, got)
        got = c.fetch(room + '/redirect', pin)
        ok('a redirect is not followed', got[0] == 302 and '/secret' not in seen, got)
        got = c.fetch(room + '/endless', pin)
        ok('an endless body is cut off', got[0] == 0 and got[1], got[:2])
        got = c.fetch(old + '/1/news', pin)
        ok('TLS 1.2 is not spoken', got[0] == 0, got)
        got = c.fetch(room.replace('https', 'http') + '/1/introduction', '')
        ok('nothing goes out without TLS', got[0] == 0, got)
        start = time.monotonic()
        got = c.fetch(room + '/slow', pin, wait_ms=300)
        ok('nobody is waited for longer than was said', got[0] == 0 and time.monotonic() - start < 2, got)
        slow, fast = c.ask(room + '/slow', pin), c.ask(room + '/1/kept', pin)
        first = c.reply()[0]
        c.send(CANCEL, integer(slow))
        again = c.fetch(room + '/1/kept', pin)
        ok('several at once, each as it comes; a cancelled one not at all', first == fast and again[0] == 200, again)
        big = os.urandom(API_MAX)
        got = c.fetch(room + '/1/rows', pin, post=True, body=big)
        ok('a body of the agreed size goes through whole', got[0] == 200 and got[2] == big[::-1], got[:2])
        c.socket.close()
        try:
            ok('it ends with its agent', c.process.wait(5) == 0)
        except subprocess.TimeoutExpired:
            c.process.kill()
            ok('it ends with its agent', False)


main()

# SPDX-License-Identifier: Apache-2.0
"""For stories of pulling: an office, a station, its repository served by nginx or by a server that misbehaves, and a line that
can be cut. Ports are free ones of the loopback; everything lies in one folder that goes away."""
import os
import shutil
import socket
import socketserver
import subprocess
import sys
import tempfile
import threading
import time

SOURCE, BUILD = (os.path.abspath(path) for path in sys.argv[1:3])
KAOCHANG, CLIENT = f'{BUILD}/cli/kaochang', f'{BUILD}/cli/client/kaochang-client'
ENVIRONMENT = {**os.environ, 'LC_ALL': 'C.UTF-8', 'LANGUAGE': 'en', 'KAOCHANG': KAOCHANG, 'KAOCHANG_CLIENT': CLIENT,
               'SOURCE_ROOT': SOURCE}
WORK = tempfile.mkdtemp(prefix='pull-')
REPO, STATION, OFFICE = (f'{WORK}/{name}' for name in ('repo', 'station', 'office'))
PACKAGE = 'packages/am1.1.exam'


def run(*words, **environment):
    return subprocess.run(words, env={**ENVIRONMENT, **environment}, capture_output=True, text=True, timeout=120, check=False)


def office(*words):
    done = run(KAOCHANG, '-C', OFFICE, *words)
    assert done.returncode == 0, done.stderr
    return done.stdout


def make():
    """An office that has published one package; the station is enrolled, certified, and has pulled it. Keeps a fresh station, without
    a package, to begin each case with."""
    made = run('sh', f'{SOURCE}/tests/stories/make-station.sh', WORK)
    assert made.returncode == 0, made.stderr
    shutil.copytree(STATION, f'{WORK}/pulled')
    os.unlink(here())
    shutil.copytree(STATION, f'{WORK}/fresh')


def fresh(kind='fresh'):
    shutil.rmtree(STATION)
    shutil.copytree(f'{WORK}/{kind}', STATION)


def here():
    return f'{STATION}/packages/am1.exam'


def parts():
    return [f'{STATION}/packages/{name}' for name in os.listdir(f'{STATION}/packages') if name.endswith('.part')]


def is_whole():
    with open(here(), 'rb') as mine, open(f'{REPO}/{PACKAGE}', 'rb') as theirs:
        return mine.read() == theirs.read()


def pull(*addresses, options=(), **environment):
    words = [word for address in addresses for word in ('--from', address)]
    return run(CLIENT, 'pull', '-C', STATION, *words, *options, **environment)


def expect(done, status, words=''):
    assert done.returncode == status, f'exit {done.returncode}: {done.stdout}{done.stderr}'
    assert words in done.stdout + done.stderr, f'not about "{words}": {done.stdout}{done.stderr}'


def free_port():
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        return s.getsockname()[1]


class Nginx:
    """Debian's nginx over a folder, as a child of this test. `requests` are lines "path status bytes range"."""
    CONFIG = '''daemon off; master_process off; pid {work}/pid; error_log {work}/errors;
events {{ worker_connections 64; }}
http {{
    log_format asked "$uri $status $body_bytes_sent $http_range";
    access_log {work}/log asked;
    client_body_temp_path {work}/1; proxy_temp_path {work}/2; fastcgi_temp_path {work}/3; uwsgi_temp_path {work}/4; scgi_temp_path {work}/5;
    server {{ listen 127.0.0.1:{port}; root {root}; }}
}}
'''

    def __init__(self, root, name):
        self.port, self.folder = free_port(), f'{WORK}/nginx-{name}'
        os.mkdir(self.folder)
        with open(f'{self.folder}/conf', 'w', encoding='utf-8') as config:
            config.write(self.CONFIG.format(work=self.folder, port=self.port, root=root))
        path = shutil.which('nginx', path=os.environ.get('PATH', '') + ':/usr/sbin')
        self.process = subprocess.Popen([path, '-e', f'{self.folder}/errors', '-p', self.folder, '-c', f'{self.folder}/conf'])
        self.address = f'http://127.0.0.1:{self.port}'
        wait_for(self.port)

    def requests(self):
        with open(f'{self.folder}/log', encoding='utf-8') as log:
            return log.read().splitlines()

    def forget(self):
        with open(f'{self.folder}/log', 'w', encoding='utf-8'):
            pass

    def stop(self):
        self.process.terminate()
        self.process.wait()


def wait_for(port):
    for _ in range(200):
        with socket.socket() as s:
            if s.connect_ex(('127.0.0.1', port)) == 0:
                return
        time.sleep(0.02)
    raise AssertionError('the server does not answer')


class Served:
    """A server in a thread of this test; a handler class does the talking."""

    def __init__(self, handler):
        class Server(socketserver.ThreadingTCPServer):
            daemon_threads, allow_reuse_address = True, True
        self.server = Server(('127.0.0.1', 0), handler)
        self.address = f'http://127.0.0.1:{self.server.server_address[1]}'
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


class Line(Served):
    """A line to a server on which a package's answer is cut after so many bytes of its body, `cuts` times (-1: each time); while
    `dead`, nothing goes through."""

    def __init__(self, port):
        self.port, self.after, self.cuts, self.dead = port, 0, 0, False
        line = self

        class Carry(socketserver.BaseRequestHandler):
            def handle(self):
                if not line.dead:
                    line.carry(self.request)
        super().__init__(Carry)

    def carry(self, client):
        with socket.create_connection(('127.0.0.1', self.port)) as server:
            while request := client.recv(65536):
                server.sendall(request)
                if not self.answer(client, server, b' /packages/' in request):
                    return

    def answer(self, client, server, is_package):
        head, gap, body = b'', b'', b''
        while not gap:
            head += server.recv(65536)
            head, gap, body = head.partition(b'\r\n\r\n')
        length = int(next(line for line in head.split(b'\r\n') if line.lower().startswith(b'content-length:')).split(b':')[1])
        cut = is_package and self.cuts != 0 and self.after < length
        if cut:
            self.cuts -= 1
        client.sendall(head + gap)
        left = self.after if cut else length
        while left > 0:
            body = body or server.recv(65536)
            client.sendall(body[:left])
            left -= min(left, len(body))
            body = b''
        return not cut


def play(cases):
    """Runs the cases and prints TAP; a case's name is its rule."""
    print(f'1..{len(cases)}')
    for number, case in enumerate(cases, 1):
        try:
            case()
            print(f'ok {number} - {case.__name__.replace("_", " ")}', flush=True)
        except Exception as fault:  # an assertion, or what a broken program makes of a case
            print(f'not ok {number} - {case.__name__.replace("_", " ")}', flush=True)
            for line in f'{type(fault).__name__}: {fault}'.splitlines():
                print('#', line)
    shutil.rmtree(WORK)

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""package-attacks.py SOURCE_ROOT BUILD_ROOT: what files can do to those who handle packages at the office, at an audit and with
sticks: names that are commands, links, pipes, devices, huge files; an old copy without a withdrawal; clocks that are years off. A case
for each. Prints TAP."""
import os
import pty
import shutil
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from mirrors import CLIENT, ENVIRONMENT, KAOCHANG, OFFICE, REPO, STATION, WORK, expect, fresh, make, office, play, pull, run  # noqa: E402

RESULTS, RECOVERY, TEN_YEARS = f'{OFFICE}/keys/results.identity', f'{OFFICE}/keys/recovery.identity', 3650 * 86400 * 1000


def folder(name):
    path = f'{WORK}/{name}'
    shutil.rmtree(path, ignore_errors=True)
    os.mkdir(path)
    return path


def audit(bundles):
    """Of these bundles, and its script after it."""
    script, root = f'{WORK}/audit.sh', office('keys', 'root', '--fingerprint').strip()
    said = run(KAOCHANG, 'audit', '--root', root, '--repo', REPO, '--bundles', bundles, '--script', script)
    return said, run('sh', '-c', f'cd {WORK} && timeout 20 sh {script}')


def attack_a_bundle_whose_name_is_a_command():
    bundles = folder('bundles')
    for name in ('x\ntouch done\n.results', '$(touch done).results', "';touch done;'.results", '-C ;touch done.results'):
        shutil.copy(f'{WORK}/am1.exam', f'{bundles}/{name}')
    said, script = audit(bundles)
    expect(script, 0)
    assert not os.path.exists(f'{WORK}/done')
    assert said.stdout.count('give it a plain name') == 4


def attack_a_name_that_speaks_to_the_terminal():
    name = 'x\x1b]0;all is well\x07\x1b[2J\u202e.results'
    bundles = folder('bundles')
    shutil.copy(f'{WORK}/am1.exam', f'{bundles}/{name}')
    for done in (audit(bundles)[0], run(KAOCHANG, 'merge', '-C', OFFICE, '--identity', RESULTS, f'{bundles}/{name}'),
                 run(CLIENT, 'pull', '-C', STATION, '--from', f'{bundles}/{name}')):
        assert not set('\x1b\x07\u202e') & set(done.stdout + done.stderr), done.stdout + done.stderr


def attack_pipes_devices_and_endless_files_among_the_bundles():
    bundles = folder('bundles')
    os.mkfifo(f'{bundles}/a.results')
    os.symlink('/dev/zero', f'{bundles}/b.results')
    os.symlink('c.results', f'{bundles}/c.results')
    with open(f'{bundles}/d.results', 'wb') as file:
        file.truncate(1 << 40)
    os.mkdir(f'{bundles}/e.results')
    said, script = audit(bundles)
    expect(said, 1, '5 of 33 checks say no')
    expect(script, 1, '33 checks, 5 no')
    done = run('timeout', '20', KAOCHANG, 'merge', '-C', OFFICE, '--identity', RESULTS, *(f'{bundles}/{x}.results' for x in 'abcde'))
    expect(done, 4, '5 files were refused')


def attack_a_stick_whose_folder_is_a_link():
    stick, victim = folder('stick'), folder('victim')
    shutil.copy(f'{WORK}/am1.exam', f'{victim}/other.7.exam')
    os.symlink('../victim', f'{stick}/packages')
    for words in (('mirror', REPO, stick, '--prune'), ('publish', '--repo', stick, '--no-password')):
        expect(run(KAOCHANG, '-C', OFFICE, *words), 1, 'would come out elsewhere')
    assert os.listdir(victim) == ['other.7.exam']


def attack_a_stick_whose_documents_are_links_and_devices():
    for name, target in (('timestamp.xml', '/dev/null'), ('1.root.xml', '../victim'), ('packages/am1.1.exam', '/dev/null')):
        stick = folder('stick')
        os.mkdir(f'{stick}/packages')
        os.symlink(target, f'{stick}/{name}')
        expect(run(KAOCHANG, '-C', OFFICE, 'mirror', REPO, stick), 1, 'would come out elsewhere')


def attack_a_repository_of_pipes_and_devices():
    for name in ('timestamp.xml', 'packages/am1.1.exam'):
        for kind in ('pipe', 'device', 'folder', 'endless'):
            copy = f'{WORK}/copy'
            shutil.rmtree(copy, ignore_errors=True)
            shutil.copytree(REPO, copy)
            os.unlink(f'{copy}/{name}')
            if kind == 'pipe':
                os.mkfifo(f'{copy}/{name}')
            elif kind == 'device':
                os.symlink('/dev/zero', f'{copy}/{name}')
            elif kind == 'folder':
                os.mkdir(f'{copy}/{name}')
            else:
                with open(f'{copy}/{name}', 'wb') as file:
                    file.truncate(1 << 40)
            fresh()
            done = pull(copy)
            assert done.returncode in (1, 3), (name, kind, done.returncode, done.stderr)
    expect(pull(copy, REPO), 0, 'verified and taken')


def attack_a_withdrawal_is_kept_back_by_an_old_copy():
    old = f'{WORK}/old'
    shutil.copytree(REPO, old)
    office('session', 'withdraw', 'am1', '--reason', 'question 3 leaked', '--no-password', '-o', f'{WORK}/withdrawn.exam')
    office('publish', f'{WORK}/withdrawn.exam', '--no-password', '--repo', REPO)
    fresh('pulled')
    expect(pull(old), 0)  # it cannot know better
    expect(pull(old, REPO), 0, 'question 3 leaked')
    expect(pull(old), 1, 'already seen here')
    with open(f'{WORK}/unlock-code', encoding='ascii') as code:
        assert code.read().strip()
    expect(run(CLIENT, 'proctor', '-C', STATION, '--code-file', f'{WORK}/unlock-code', '--open'), 1, 'question 3 leaked')
    supplements = [os.path.join(path, name) for path, _, names in os.walk(STATION) for name in names if 'withdrawal' in name]
    assert supplements
    for path in supplements:
        os.unlink(path)
    done = run(CLIENT, 'proctor', '-C', STATION, '--code-file', f'{WORK}/unlock-code', '--open')
    assert done.returncode != 0, 'the withdrawal was removed from the disk, and the package opens'


def bad_luck_a_clock_years_ahead_at_the_office():
    home, repo = f'{WORK}/office-2', f'{WORK}/repo-2'
    shutil.copytree(OFFICE, home)
    shutil.copytree(REPO, repo)
    done = run(KAOCHANG, '-C', home, 'publish', '--repo', repo, '--no-password', KAOCHANG_CLOCK_OFFSET_MS=str(TEN_YEARS))
    expect(done, 0, 'session am1 left the index')
    expect(run(KAOCHANG, '-C', home, 'publish', f'{WORK}/am1.exam', '--repo', repo, '--no-password'), 0, '1 packages')


def attack_the_close_code_before_the_end():
    done = run(KAOCHANG, '-C', OFFICE, 'session', 'release-close', 'am1', '--identity', RECOVERY, '--no-password', '--anyway', 'now')
    expect(done, 1)
    behind = run(KAOCHANG, '-C', OFFICE, 'session', 'release-close', 'am1', '--identity', RECOVERY, '--no-password', '--anyway', 'now',
                 KAOCHANG_CLOCK_OFFSET_MS=str(-TEN_YEARS))
    expect(behind, 1)
    assert not [name for name in os.listdir(f'{OFFICE}/sessions/am1') if name.startswith('release-')]


def attack_a_core_dump_of_what_holds_a_key():
    child, terminal = pty.fork()
    if child == 0:
        os.execve('/bin/sh', ['sh', '-c', f'ulimit -c unlimited; exec {KAOCHANG} -C {OFFICE} keys new x --kind officer'], ENVIRONMENT)
    said = b''
    while b':' not in said:
        said += os.read(terminal, 1000)
    with open(f'/proc/{child}/limits', encoding='ascii') as limits:
        core = next(line for line in limits if line.startswith('Max core file size')).split()[4:6]
    os.write(terminal, b'\x03')
    for _ in range(200):
        if os.waitpid(child, os.WNOHANG)[0]:
            break
        time.sleep(0.02)
    assert core == ['1', '1'], core
    assert not os.path.exists(f'{OFFICE}/keys/x.key')


make()
play([case for name, case in list(globals().items()) if name.startswith(('attack_', 'bad_luck_'))])

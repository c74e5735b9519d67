#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""pull.py SOURCE_ROOT BUILD_ROOT: a station pulls from a real nginx over a line that is cut, from several mirrors, on a full disk,
killed on the way; enrolment over http; copies of the repository. Prints TAP."""
import json
import os
import pty
import shutil
import signal
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from mirrors import (BUILD, CLIENT, ENVIRONMENT, KAOCHANG, OFFICE, PACKAGE, REPO, STATION, WORK, Line, Nginx, expect, free_port, fresh, here,  # noqa: E402
                     is_whole, make, office, parts, play, pull, run)


def size():
    return os.path.getsize(f'{REPO}/{PACKAGE}')


def package_requests():
    return [line for line in nginx.requests() if line.startswith(f'/{PACKAGE} ')]


def a_package_is_pulled_over_http():
    fresh()
    expect(pull(nginx.address + '/'), 0, 'am1 version 1: verified and taken')
    assert is_whole() and not parts()
    expect(pull(nginx.address), 0, 'am1 version 1: already here')


def cut_at_each_tenth_what_came_is_kept_and_the_next_pull_brings_only_the_rest():
    for tenth in range(1, 10):
        fresh()
        line.after, line.cuts, line.dead = size() * tenth // 10, -1, False
        cut_once(line)
        expect(pull(line.address), 4, 'the line broke after')
        assert [os.path.getsize(part) for part in parts()] == [line.after], parts()
        assert not os.path.exists(here())
        line.cuts, line.dead = 0, False
        nginx.forget()
        expect(pull(line.address), 0, 'verified and taken')
        assert is_whole() and not parts()
        assert package_requests() == [f'/{PACKAGE} 206 {size() - line.after} bytes={line.after}-'], package_requests()


def cut_once(the_line):
    """After the first cut the line is dead."""
    carry = type(the_line).answer

    def answer(client, server, is_package):
        goes_on = carry(the_line, client, server, is_package)
        the_line.dead = not goes_on
        return goes_on
    the_line.answer = answer


def a_line_that_breaks_at_each_tenth_still_brings_the_package_in_one_pull():
    fresh()
    line.__dict__.pop('answer', None)
    line.after, line.cuts, line.dead = size() // 10, -1, False
    nginx.forget()
    expect(pull(line.address), 0, 'verified and taken')
    assert is_whole()
    assert 10 <= len(package_requests()) <= 11, package_requests()
    line.cuts = 0


def what_one_mirror_began_another_ends():
    fresh()
    line.after, line.cuts, line.dead = size() // 2, -1, False
    cut_once(line)
    nginx.forget()
    done = pull(line.address, nginx.address)
    expect(done, 0, 'verified and taken')
    assert f'note: {line.address}' in done.stderr, done.stderr
    assert package_requests()[-1].endswith(f' 206 {size() - line.after} bytes={line.after}-'), package_requests()
    assert is_whole()


def a_mirror_that_is_not_there_is_passed_over():
    fresh()
    dead = f'http://127.0.0.1:{free_port()}'
    expect(pull(dead, f'{WORK}/nowhere', nginx.address), 0, 'verified and taken')
    expect(pull(dead), 4, 'cannot be fetched')
    expect(pull(f'{nginx.address}/nowhere'), 4, 'kaochang publish')


def of_several_mirrors_the_newest_counts():
    fresh()
    expect(pull(f'{WORK}/older', nginx.address), 0, 'verified and taken')
    expect(pull(f'{WORK}/older'), 1, 'already seen here')


def a_pull_is_held_to_its_rate():
    fresh()
    begun = time.monotonic()
    expect(pull(nginx.address, options=['--rate-limit', '250k']), 0)
    assert time.monotonic() - begun > size() / 250000 * 0.8, time.monotonic() - begun
    expect(pull(nginx.address, options=['--rate-limit', '0']), 2, 'no number of bytes')


def programs_are_told_in_lines_of_json():
    fresh()
    done = pull(f'http://127.0.0.1:{free_port()}', nginx.address, options=['--json'])
    expect(done, 0)
    lines = [json.loads(text) for text in done.stdout.splitlines()]
    assert 'note' in lines[0] and lines[0]['from'].startswith('http:'), lines
    assert {'file': PACKAGE, 'have': size(), 'size': size()} in lines
    assert lines[-2:] == [{'session': 'am1', 'version': 1, 'new': True}, {'index': 2, 'packages': 1}], lines


def people_see_how_far_it_is():
    fresh()
    ours, theirs = pty.openpty()
    with subprocess.Popen([CLIENT, 'pull', '-C', STATION, '--from', nginx.address, '--rate-limit', '300k'], env=ENVIRONMENT,
                          stdout=subprocess.DEVNULL, stderr=theirs) as child:
        child.wait()
    seen = os.read(ours, 65536).decode()
    assert f'{PACKAGE} {size()} / {size()}' in seen, seen
    os.close(ours)
    os.close(theirs)


def one_pulls_at_a_time_and_killed_on_the_way_the_old_state_is_usable_and_pulling_again_completes_it():
    fresh()
    with subprocess.Popen([CLIENT, 'pull', '-C', STATION, '--from', nginx.address, '--rate-limit', '100k'], env=ENVIRONMENT) as child:
        for _ in range(500):
            if parts() and os.path.getsize(parts()[0]) > 0:
                break
            time.sleep(0.01)
        expect(pull(nginx.address), 4, 'another command is changing')
        child.send_signal(signal.SIGKILL)
    had = os.path.getsize(parts()[0])
    assert 0 < had < size() and not os.path.exists(here())
    nginx.forget()
    expect(pull(nginx.address), 0, 'verified and taken')
    assert package_requests()[-1].endswith(f' bytes={had}-') and is_whole() and not parts()


def on_a_full_disk_it_says_so_and_leaves_the_old_package_and_no_part():
    fresh('pulled')
    with open(f'{STATION}/packages/am1.exam', 'rb') as package:
        old = package.read()
    full = f'{WORK}/full'
    with open(full, 'w', encoding='utf-8'):
        pass
    done = pull(second.address, LD_PRELOAD=f'{BUILD}/tests/tools/libfull-disk.so', FULL_DISK_WHILE=full, FULL_DISK_OF='/packages/',
                ASAN_OPTIONS='verify_asan_link_order=0')
    expect(done, 4, 'free some space')
    with open(here(), 'rb') as package:
        assert package.read() == old
    assert not parts()
    expect(pull(second.address), 0, 'am1 version 2: verified and taken')


def a_station_is_enrolled_over_http_with_the_fingerprint_typed():
    home = f'{WORK}/far'
    enrol = [CLIENT, 'enrol', '-C', home, '--repo', nginx.address, '--name', 'st09', '--site', 'S01', '--room', 'R301', '--root']
    expect(run(*enrol, '0000-' * 7 + '0000'), 1, 'fingerprint')
    assert not os.path.exists(f'{home}/station.xml')
    expect(run(*enrol, office('keys', 'root', '--fingerprint').strip()), 0, 'st09')
    expect(run(CLIENT, 'pull', '-C', home, '--from', nginx.address), 0, 'verified and taken')


def a_copy_is_made_of_what_is_missing_and_is_the_same():
    copy, county = f'{WORK}/copy', f'{WORK}/county'
    typed = office('keys', 'root', '--fingerprint').strip()
    expect(run(KAOCHANG, 'mirror', '-C', county, '--root', '0000-' * 7 + '0000', nginx.address, copy), 1, 'fingerprint')
    expect(run(KAOCHANG, 'mirror', '-C', county, '--root', typed, nginx.address, copy), 0, f'{PACKAGE}: verified and copied')
    os.unlink(f'{copy}/timestamp.xml')
    nginx.forget()
    expect(run(KAOCHANG, 'mirror', '-C', county, nginx.address, copy), 0, f'{PACKAGE}: already there')
    assert not package_requests()
    fresh()
    expect(pull(copy), 0, 'verified and taken')
    assert not [name for name in os.listdir(f'{copy}/packages') if name.endswith('.part')]


def a_copy_is_not_set_back_and_drops_what_is_published_no_more():
    copy = f'{WORK}/copy'
    expect(run(KAOCHANG, 'mirror', '-C', f'{WORK}/county', second.address, copy, '--prune'), 0, 'am1.2.exam: verified and copied')
    assert os.listdir(f'{copy}/packages') == ['am1.2.exam']
    expect(run(KAOCHANG, 'mirror', '-C', f'{WORK}/county', nginx.address, copy), 1, 'already seen here')
    expect(run(KAOCHANG, 'mirror', '-C', OFFICE, nginx.address, 'http://127.0.0.1:1/x'), 2, 'in a folder')


def main():
    global nginx, second, line
    make()
    shutil.copytree(REPO, f'{WORK}/older')
    office('publish', '--no-password', '--repo', REPO)
    shutil.copytree(REPO, f'{WORK}/second')
    nginx, second = Nginx(REPO, 'first'), Nginx(f'{WORK}/second', 'second')
    office('pack', 'teachers', '--session', 'am1', '--no-password', '--unlock-sheet', f'{WORK}/sheet', '-o', f'{WORK}/am1.2.exam')
    office('publish', f'{WORK}/am1.2.exam', '--no-password', '--repo', f'{WORK}/second')
    line = Line(nginx.port)
    try:
        play([a_package_is_pulled_over_http,
              cut_at_each_tenth_what_came_is_kept_and_the_next_pull_brings_only_the_rest,
              a_line_that_breaks_at_each_tenth_still_brings_the_package_in_one_pull,
              what_one_mirror_began_another_ends,
              a_mirror_that_is_not_there_is_passed_over,
              of_several_mirrors_the_newest_counts,
              a_pull_is_held_to_its_rate,
              programs_are_told_in_lines_of_json,
              people_see_how_far_it_is,
              one_pulls_at_a_time_and_killed_on_the_way_the_old_state_is_usable_and_pulling_again_completes_it,
              on_a_full_disk_it_says_so_and_leaves_the_old_package_and_no_part,
              a_station_is_enrolled_over_http_with_the_fingerprint_typed,
              a_copy_is_made_of_what_is_missing_and_is_the_same,
              a_copy_is_not_set_back_and_drops_what_is_published_no_more])
    finally:
        nginx.stop()
        second.stop()


if __name__ == '__main__':
    main()

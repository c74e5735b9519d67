#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Whatever number of an assembled exam's folder is changed, the exam no longer verifies; and whoever makes the digests fit
again is found out by what problem, papers and proof give. The auditor's verifier (tests/engine/verify_exam.py) sees the
same. Usage: exam-tampering.py SOURCE BUILD; prints TAP."""
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile

SOURCE, BUILD = sys.argv[1:3]
KAOCHANG, AUDITOR = f'{BUILD}/cli/kaochang', f'{SOURCE}/tests/engine/verify_exam.py'
CHANGED_PAPER = [('other points', r'points="2"', 'points="2.0001"'), ('more time', r'duration="\d+"', 'duration="60"'),
                 ('another version', r'version="1"', 'version="2"'), ('another title', r'title="', 'title="x')]
FILES = ['problem.txt', 'proof.txt', 'certificate.json', 'blueprint.xml', 'paper.xml']
count = 0


def result(so, name, *notes):
    global count
    count += 1
    print('ok' if so else 'not ok', count, '-', name)
    for note in notes if not so else ():
        print('#', str(note).replace('\n', '\n# '))


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, check=False)


def kaochang(*args):
    return run(KAOCHANG, *args)


def audit(exam):
    return run(sys.executable, '-B', AUDITOR, exam)


def digest(text):
    return hashlib.blake2b(text.encode()).hexdigest()


class Exam:
    """A copy of the exam's folder to be tampered with."""

    def __init__(self, original, folder):
        self.original, self.folder = original, folder
        shutil.copytree(f'{original}/items', f'{folder}/items')
        self.restore()

    def restore(self):
        for name in FILES:
            shutil.copy(f'{self.original}/{name}', self.folder)

    def read(self, name):
        with open(f'{self.folder}/{name}', encoding='utf-8', newline='') as file:
            return file.read()

    def write(self, name, text):
        with open(f'{self.folder}/{name}', 'w', encoding='utf-8', newline='') as file:
            file.write(text)

    def seal(self):
        """Digests that fit what is there now."""
        text = self.read('certificate.json')
        for name in ['problem.txt', 'proof.txt', 'blueprint.xml', 'paper.xml']:
            text = re.sub(rf'("{re.escape(name)}": ")\w+', rf'\g<1>{digest(self.read(name))}', text)
        plain = re.sub(r',\n "digest": "\w+"\n}\n$', '\n}\n', text)
        self.write('certificate.json', plain[:-3] + f',\n "digest": "{digest(plain)}"\n}}\n')


def changes(text, most):
    """The text with one of its numbers changed, for a number here and there."""
    found = [m for m in re.finditer(r'(?<![\w.%])\d+(?!\w)', text)]
    for m in found[::max(1, len(found) // most)]:
        yield text[:m.start()] + str(int(m.group()) + 1) + text[m.end():]


def main():
    home = tempfile.mkdtemp(prefix='story.')
    office = f'{home}/office'
    kaochang('new', office)
    kaochang('bank', 'import', '-C', office, f'{SOURCE}/data/bank')
    made = kaochang('assemble', '-C', office, f'{SOURCE}/data/blueprints/sample.xml', '-o', 'spring')
    result(made.returncode == 0, 'an exam is assembled', made.stderr)
    original = f'{office}/exams/spring'
    told = kaochang('verify', original)
    result(told.returncode == 0 and 'verifies' in told.stdout, 'it verifies from its folder alone', told.stdout, told.stderr)
    told = kaochang('verify', '-C', office, '--bank', original)
    result(told.returncode == 0, 'and is what blueprint and bank give', told.stdout, told.stderr)
    told = audit(original)
    result(told.returncode == 0, 'the auditor finds the same', told.stdout, told.stderr)

    exam = Exam(original, f'{home}/tampered')
    for name in FILES:
        passed = []
        for text in changes(exam.read(name), 5):
            exam.write(name, text)
            if kaochang('verify', exam.folder).returncode not in (1, 3):
                passed.append(text)
            exam.restore()
        result(not passed, f'no number of {name} is changed unseen', *(p[:300] for p in passed[:2]))

    items = re.findall(r'^(\w+) -$', exam.read('problem.txt'), flags=re.M)
    other = next(i for i in items if f'"{i}"' not in exam.read('certificate.json'))
    for name, pattern, put in [
            ('a better value', r'("exactValue": ")(\d+)', lambda m: m[1] + str(int(m[2]) // 2 + 1)),
            ('a better bound', r'("exactBound": ")(\d+)', lambda m: m[1] + str(int(m[2]) + 1)),
            ('proven best', r'"best": \w+', lambda m: '"best": ' + ('false' if 'true' in m[0] else 'true')),
            ('the first goal in short', r'("what": "the first objective",\s*"value": )[\d.]+', lambda m: m[1] + '7.5'),
            ('that all is proven', r'"proven": \w+', lambda m: '"proven": ' + ('false' if 'true' in m[0] else 'true')),
            ('another format', r'"format": 2', lambda m: '"format": 3'),
            ('what a form has', r'("met": \[\s*)(\d+)', lambda m: m[1] + str(int(m[2]) + 1)),
            ('what forms share', r'("overlap": \[\s*\[\s*)(\d+)', lambda m: m[1] + str(int(m[2]) + 1)),
            ('an item of a form', r'("items": \[\s*)"[^"]+"', lambda m: f'{m[1]}"{other}"')]:
        text = exam.read('certificate.json')
        exam.write('certificate.json', re.sub(pattern, put, text, count=1))
        exam.seal()
        told = kaochang('verify', exam.folder)
        result(told.returncode == 1 and 'digest' not in told.stdout, f'sealed again, it is found out: {name}', told.stdout)
        exam.restore()

    different = []
    for text in changes(exam.read('proof.txt'), 10):
        exam.write('proof.txt', text)
        exam.seal()
        ours, theirs = kaochang('verify', exam.folder), audit(exam.folder)
        if (ours.returncode == 0) != (theirs.returncode == 0):
            different.append(ours.stdout + theirs.stdout + theirs.stderr)
        exam.restore()
    result(not different, 'sealed again with another proof, the auditor says the same of it', *different[:2])

    text = exam.read('problem.txt')
    exam.write('problem.txt', re.sub(r'^(linear .* hi )(\d+)', lambda m: m[1] + str(int(m[2]) + 1), text, count=1, flags=re.M))
    exam.seal()
    told = kaochang('verify', '-C', office, '--bank', exam.folder)
    result(told.returncode == 1, 'requirements that the blueprint does not ask for are found out by the bank', told.stdout)
    exam.restore()

    passed = []
    for name, pattern, put in CHANGED_PAPER:
        exam.write('paper.xml', re.sub(pattern, put, exam.read('paper.xml'), count=1))
        exam.seal()
        if kaochang('verify', '-C', office, '--bank', exam.folder).returncode not in (1, 3):
            passed.append(name)
        exam.restore()
    result(not passed, 'a paper that blueprint and bank do not give is found out by the bank', *passed)

    item = 'items/' + sorted(os.listdir(f'{exam.folder}/items'))[0]
    exam.write(item, exam.read(item).replace('<p>', '<p>x', 1))
    result(kaochang('verify', exam.folder).returncode == 1 and audit(exam.folder).returncode == 1,
           'an item exchanged after the assembly is found out')
    os.unlink(f'{exam.folder}/{item}')
    result(kaochang('verify', exam.folder).returncode == 1, 'one that is missing too')
    os.mkfifo(f'{exam.folder}/{item}')
    result(kaochang('verify', exam.folder).returncode != 0, 'a pipe in its place holds nobody up')
    shutil.rmtree(home)
    print(f'1..{count}')


main()

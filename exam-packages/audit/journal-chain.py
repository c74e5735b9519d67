#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Recomputes every hash of journals with Python's own library; `age` opens their keys. b2sum knows no keyed BLAKE2b,
which is all that this is needed for. It also lays out what each station signed, for minisign.
Usage: journal-chain.py IDENTITY FOLDER JOURNAL…"""
import base64
import hashlib
import os
import re
import sqlite3
import struct
import subprocess
import sys


def body(domain, *fields):
    """Canonical bytes: a number is 8 bytes, a text or blob its length and itself, little-endian."""
    out = b''
    for field in (domain,) + fields:
        if isinstance(field, int):
            out += struct.pack('<q', field)
        else:
            data = field.encode() if isinstance(field, str) else field
            out += struct.pack('<I', len(data)) + data
    return out


def keyed(key, data):
    return hashlib.blake2b(data, digest_size=32, key=key).digest()


def put(name, data):
    with open(name, 'wb') as file:
        file.write(data)


def check(path, identity, folder):
    db = sqlite3.connect(f'file:{path}?immutable=1', uri=True)
    db.execute('PRAGMA trusted_schema = OFF')
    known = {}
    for epoch, session, ticket, form, package, station, *fork, j_age in db.execute('SELECT * FROM epoch ORDER BY epoch'):
        if type(epoch) is not int or not re.fullmatch('[A-Za-z0-9_][A-Za-z0-9._-]*', str(ticket)):
            return 'an epoch that is no number, or a ticket that is no name'
        if epoch > 1 and fork[1] > 0 and known.get((fork[0], fork[1])) != fork[2]:
            return f'epoch {epoch} goes on from an event that is not there'
        j = subprocess.run(['age', '-d', '-i', identity], input=j_age, stdout=subprocess.PIPE, check=True).stdout
        chain = keyed(j, b'kaochang/1 chain')
        last = keyed(chain, body('kaochang/1 journal epoch', package, form, session, ticket, epoch, station, *fork))
        seq = 0
        for *columns, payload, prev, hash_ in db.execute('SELECT * FROM event WHERE epoch = ? ORDER BY seq', (epoch,)):
            seq += 1
            if columns[1] != seq or prev != last:
                return f'epoch {epoch}: event {seq} is missing or out of place'
            if keyed(chain, body('kaochang/1 journal event', *columns, payload, prev)) != hash_:
                return f'epoch {epoch}: event {seq} was edited'
            known[epoch, seq] = last = hash_
        for end, head, *signed in db.execute('SELECT seq, head, signature, certificate, certificate_signature, issuer, '
                                             'issuer_signature FROM seal WHERE epoch = ?', (epoch,)):
            if (end, head) != (seq, last):
                return f'epoch {epoch}: the station signed another end'
            name = os.path.join(folder, f'{ticket}.{epoch}')
            put(name + '.seal', body('kaochang/1 journal seal', package, session, ticket, epoch, end, head))
            put(name + '.key', base64.b64encode(station))
            for suffix, data in zip(('.seal.minisig', '.certificate.xml', '.certificate.xml.minisig', '.issuer.xml',
                                     '.issuer.xml.minisig'), signed):
                if data:
                    put(name + suffix, data)
    left = db.execute('SELECT count(*) FROM event WHERE epoch NOT IN (SELECT epoch FROM epoch)').fetchone()[0]
    return 'there are events that belong to no epoch' if left else ''


def main():
    identity, folder, *journals = sys.argv[1:]
    os.makedirs(folder, exist_ok=True)
    bad = 0
    for path in journals:
        try:
            fault = check(path, identity, folder)
        except (sqlite3.Error, subprocess.CalledProcessError) as error:
            fault = error
        if fault:
            bad += 1
            print(f'{path}: {fault}')
    sys.exit(bad > 0)


main()

#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A hurried clerk: misspelt words, wrong folders, outputs that cannot be written. Each has one clear message and its exit status,
# and leaves nothing half-done. Usage: test-bad-usage.sh SOURCE_ROOT BUILD_ROOT. Prints TAP.
set -uo pipefail
root=$1 build=$2
export PATH="$build/cli:$build/cli/client:$build/cli/score:$PATH"
work=$(mktemp -d "${TMPDIR:-/tmp}/usage.XXXXXX")
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1

number=0
ok() { # name, command…: the command succeeds
    local name=$1
    shift
    number=$((number + 1))
    if "$@" >out 2>err; then
        echo "ok $number - $name"
    else
        echo "not ok $number - $name"
        sed 's/^/# /' out err
    fi
}
no() { # name, exit status, words, command…: the command is refused so
    local name=$1 status=$2 words=$3 got
    shift 3
    number=$((number + 1))
    "$@" >out 2>err
    got=$?
    if [[ $got == "$status" ]] && grep -qF -- "$words" err; then
        echo "ok $number - $name"
    else
        echo "not ok $number - $name (exit $got)"
        sed 's/^/# /' out err
    fi
}
full() { "$@" >/dev/full; }

ok "an office" kaochang new office
ok "its items" kaochang bank import -C office "$root/data/bank/imsmanifest.xml"

# Words and numbers
no "a kind of item that there is not is no empty bank" 2 "one of: single" kaochang bank list -C office --kind choice
no "nor is a level" 2 "one of: remember" kaochang bank list -C office --level hard
no "a seed beyond every number is refused" 2 "not a whole number" \
    kaochang assemble -C office "$root/data/blueprints/sample.xml" --seed 99999999999999999999 -o x
no "JSON from a command that has none is refused before anything happens" 2 "no --json" kaochang new other --json
ok "and nothing happened" test ! -e other

no "the first word of commands alone shows them" 2 "bank import FILE" kaochang bank
no "with a wrong second word too" 2 'kaochang bank: there is no command "lst"' kaochang bank lst
ok "and as help" kaochang bank --help

# Places
no "a key is not made in a folder that a slip of the finger named" 2 "no such folder" \
    kaochang keys new officer -C ofice --kind officer --no-password
ok "which is not made either" test ! -e ofice
no "a recipient's file that is not there is named" 2 "nothere: neither" kaochang seal -r nothere "$root/LICENSE" -o sealed.age
for name in root officer; do ok "a key: $name" kaochang keys new -C office $name --kind $name --no-password; done
no "the hint names the right kind of key" 4 "keys new recovery --kind recovery" kaochang keys root -C office
no "a certificate that cannot be written stops before the exam" 4 "nowhere/c.json" \
    kaochang assemble -C office "$root/data/blueprints/sample.xml" --certificate nowhere/c.json -o x
ok "and leaves its name free" kaochang assemble -C office "$root/data/blueprints/sample.xml" --certificate c.json -o x
ok "the copy is the exam's certificate" cmp c.json office/exams/x/certificate.json
ok "a station" cp office/keys/officer.pub one.pub
ok "and another of the same name" cp office/keys/root.pub two.pub
for key in one two; do sed -i '1s/.*/untrusted comment: kaochang station st01 site=S01/' $key.pub; done
no "two stations of one name do not write one certificate" 2 "the same name" \
    kaochang keys certify -C office one.pub two.pub --kind station --site S01 --room R301 -o certificates --no-password

# A disk that is full
for command in 'kaochang --help' 'kaochang --version' 'kaochang bank list -C office' 'kaochang keys list -C office --json'; do
    no "$command: output that did not get out is a failure" 4 "cannot write the output" full $command
done
no "a device is not replaced by a file" 4 "/dev/full" kaochang sign one.pub -s office/keys/officer.key --force -o /dev/full
ok "it is still a device" test -c /dev/full

# A bank that is not one any more
cp office/bank.db whole.db
for damage in 'echo this is no database at all, it is a text' 'head -c 30000 whole.db'; do
    rm -f office/bank.db*
    $damage >office/bank.db
    no "what to do with a damaged bank ($damage)" 3 "put back the last copy" kaochang bank list -C office
done
rm -f office/bank.db* && mv whole.db office/bank.db

# An exam that somebody tidied up
for kind in recovery results; do ok "a key: $kind" kaochang keys new -C office $kind --kind $kind; done
ok "a site" kaochang keys new -C office S01 --kind site
ok "a root" kaochang keys root -C office --no-password
ok "a session" kaochang session new -C office am1 --exam x --start 2031-03-01T09:00:00+08:00 --end 2031-03-01T11:00:00+08:00
ok "candidates" kaochang roster import -C office "$root/data/rosters/demo.csv" --session am1
ok "seats" kaochang roster arrange -C office --session am1 --seed 7
items=(office/exams/x/items/*)
cp "${items[0]}" first.xml
cp "${items[1]}" "${items[0]}"
no "an item under another's name is not packed" 3 "holds the item" \
    kaochang pack -C office x --session am1 -o am1.exam --unlock-sheet sheet --no-password
cp first.xml "${items[0]}"
ok "put back, it is" kaochang pack -C office x --session am1 -o am1.exam --unlock-sheet sheet --no-password
rm office/office.db*
no "an office whose sessions are gone does not look new" 3 "put back the last copy" kaochang session list -C office
echo "1..$number"

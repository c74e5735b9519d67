#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Any two of three proctors open a session with their keys: at a room service, at a station whose service is dead, and again after
# each was killed; and Debian's age opens what they open. Usage: proctors.sh SOURCE_ROOT BUILD_ROOT. Prints TAP.
set -uo pipefail
. "$1/tests/stories/station.sh"
. "$source/tests/stories/room-service.sh"
export PROCTORS="li-na wang-wei zhang-min"
k() { kaochang -C made/office "$@"; }
key() { echo "made/office/keys/$1.identity"; }
keys() { for name; do echo "--key"; key "$name"; done; }
proctor() { kaochang-client proctor -C "$room" --key "$(key "${ONE:-li-na}")" "$@"; }
serve() { kaochang-client room -C "$room" --listen "127.0.0.1:$port" $(keys "$@"); }
alone() { kaochang-client proctor -C made/a --open --hold $(keys "$@"); }

ok "an office packs for three proctors, of whom two open" sh "$source/tests/stories/make-station.sh" made
is "and says who they are" "1 li-na  2 wang-wei  3 zhang-min" "$(grep -o '1 li-na.*' made/make.log)"
no "there is no unlock code for a sheet" 2 "there is no unlock code" \
    k pack teachers --session am1 --no-password --proctor li-na --needed 1 --unlock-sheet sheet -o x.exam
no "three of two cannot be" 3 "cannot open" k pack teachers --session am1 --no-password --proctor li-na --proctor wang-wei --needed 3 -o x.exam
no "nor a proctor without a key" 4 "chen" k pack teachers --session am1 --no-password --proctor chen --needed 1 -o x.exam
ok "the escrow sheet is printed" k keys escrow --session am1
is "and says that there is none" "none: proctors open this session" "$(grep -o "none: proctors open this session" out)"
ok "a room and a station" sh "$source/tests/stories/make-room.sh" made "$port" a

# what Debian's tools make of it
unzip -q made/am1.exam -d parts
ok "age opens the nested parts" sh -c "age -d -i $(key li-na) parts/unlock/1-3.age | age -d -i $(key zhang-min) >U.identity"
ok "with what comes out, the paper" age -d -i U.identity -o paper.zip parts/paper.age
ok "which is the paper" unzip -tqq paper.zip
no "in the other order they do not open" 1 "no identity matched" age -d -i "$(key zhang-min)" parts/unlock/1-3.age

# opening
ok "a stranger has a key too" k keys new chen --kind proctor --no-password
no "one proctor alone does not open it" 1 "1 of the 2 keys" serve li-na
is "and is told whose key is missing" "1 more of: wang-wei, zhang-min" "$(grep -o "1 more of.*" err)"
no "nor does the same key twice" 1 "1 of the 2 keys" serve li-na li-na
no "nor a stranger's with his" 1 "1 of the 2 keys" serve li-na chen
echo 0000-0000-0000-0 >code
no "nor any code" 2 "no code opens this session" kaochang-client room -C "$room" --listen "127.0.0.1:$port" --code-file code
ok "two do" serve zhang-min li-na
no "a stranger's key gives no orders" 1 "no proctor of this session" env ONE=chen bash -c "$(declare -f proctor key); room=$room; proctor --status"
ONE=wang-wei ok "the third proctor's key does" proctor --start
opened() { proctor --minutes-list | grep -o "opened.*keys.*" | sed 's/.*keys: //'; }
is "the minutes name who opened it" "li-na, zhang-min" "$(opened)"
one=$(status | python3 -c 'import json, sys; print(json.load(sys.stdin)["candidates"][0]["ticket"])')
ok "a candidate sits at a station, which the room has opened" sit_now a "$one" 'Space Enter
b Right c Right
wait "saved in the room"'

# after a reboot: a station alone, and the room
kill_agent "$room"
kill_agent made/a
cp made/office/keys/S01.identity made/a/keys/site.identity
no "after a reboot one is too few again" 1 "1 of the 2 keys" alone wang-wei
ok "another two open the station on the spot" alone wang-wei zhang-min
ok "and the candidate goes on with what was answered" sit_now a "$one" 'wait "Time left"
F5 wait "answered 2"'
ok "two open the room again" serve li-na wang-wei
is "the minutes name these too" "li-na, zhang-min
li-na, wang-wei" "$(opened)"
ok "the candidate is there with both answers" until_is 20 2 candidate "$one" answered
ONE=zhang-min ok "one proctor closes the room" proctor --close
echo "1..$number"

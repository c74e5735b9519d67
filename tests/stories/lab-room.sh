#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A lab exam in its room: packed, opened with the code, rated by two examiners through the real line and journal, one killed and
# back; closed; handed on. Then with the room's machine: copies, a device lost, its rater at a spare one.
# Usage: lab-room.sh SOURCE_ROOT BUILD_ROOT. Prints TAP.
set -uo pipefail
export SOURCE_ROOT=$1 KAOCHANG=$2/cli/kaochang KAOCHANG_CLIENT=$2/cli/client/kaochang-client
export PATH="$2/cli:$2/cli/client:$2/cli/room:$2/tests/tools:$PATH"
work=$(mktemp -d)
mkdir -p "$work/said"
cd "$work/said" || exit 1
. "$1/tests/stories/verbs.sh"
st=$work/station
at() { kaochang-client proctor -C "$work/$1" --code-file "$work/unlock-code" "${@:2}"; }
k() { kaochang -C "$work/office" "$@"; }
end() {
    for home in station room one spare; do at "$home" --close >/dev/null 2>&1; done
    rm -rf "$work"
}
trap end EXIT

ok "an office makes a lab exam, a station pulls it" sh "$1/tests/stories/make-lab.sh" "$work"

# ---- what is refused before it reaches a room ----
pack() { k pack lab --session lab2 --no-password -o "$work/lab2.exam"; }
take() { printf '%s\n' "id,name,school,site,room,from,to,order" "$@" >"$work/some.csv" && k roster raters "$work/some.csv" --session lab2 --benches 4; }
k session new lab2 --exam lab --start "$(date -u +%FT%TZ)" --end "$(date -u -d +1day +%FT%TZ)" >out 2>err
k roster import "$work/candidates.csv" --session lab2 >out 2>err
no "a lab exam without raters" 3 "candidate 420101 is in room R301, which has no benches" pack
no "a table of raters: the bad rows are told, the good ones go in" 3 "some.csv:4: E03: benches 3 to 5 are not in room R301" \
    take "E01,周老师,三中,S01,R301,1,2,1" "E02,吴老师,二中,S01,R301,3,4,1" "E03,郑老师,,S01,R301,3,5,1" "E04,冯老师,,S01,R999,1,2,1"
is "a rater of the candidates' own school" 1 "$(grep -c 'some.csv:3: E02: the rater is of the same school as candidate' err)"
is "a room that is not there" 1 "$(grep -c 'some.csv:5: E04: there is no room R999' err)"
no "a candidate without a rater at his bench" 3 "candidate 420103 has no rater of order 1: room R301, group 1, bench 3" pack
is "each of them" 6 "$(grep -c 'has no rater' err)"

# ---- a station alone ----
sit_down() {
    printf '"420101" Enter\nwait "Candidates have no workstation"\n' >"$work/sit.script"
    kaochang-client sit -C "$st" --script "$work/sit.script" --dump "$work/sit.screens" || cat "$work/sit.screens"
}
ok "the proctor opens the session" at station --open
ok "candidates have no workstation in a lab exam, and are told so" sit_down
no "a candidate's number is no rater's" 1 "this is a candidate's ticket" raters --home "$st" 420101
ok "an examiner rates two of four, and is cut off" raters --home "$st" --stay --first 2 E01
is "two" "E01: 2 rated, 0 there before, order 1" "$(cat out)"
ok "he goes on, and another rates" raters --home "$st" E01 E02
is "where he was" "E01: 2 rated, 2 there before, order 1 E02: 4 rated, 0 there before, order 1" "$(tr '\n' ' ' <out | sed 's/ $//')"
no "an examiner of another room" 1 "the room is R302" raters --home "$st" E03
ok "the collection check" at station --check
is "is of raters" "2 raters on the list, 2 came, 0 absent: 2 complete, 0 missing" "$(head -1 out)"
ok "the room is closed" at station --close
ok "the bundle is made" kaochang-client export -C "$st" -o "$work"
ok "the office verifies it" k verify "$work"/lab1-st01-1.results
ok "the room record is printed" kaochang-room record -C "$st" -o "$work/record.pdf"
is "and counts raters" "2 raters expected, 2 came" "$(grep -o '2 raters expected, 2 came' out)"

# ---- with the room's machine ----
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
room=$work/room
proctor() { at room "$@"; }
rater() { # id, field of the proctor's status
    proctor --status --json 2>/dev/null | python3 -c 'import json, sys
for c in json.load(sys.stdin)["candidates"]:
    if c["ticket"] == sys.argv[1]: print(c.get(sys.argv[2]))' "$1" "$2"
}
until_is() { # wanted, command…
    for _ in {1..150}; do
        [[ $("${@:2}") == "$1" ]] && return 0
        sleep 0.2
    done
    echo "\"$("${@:2}")\", not \"$1\""
    return 1
}
agent() { # home: an agent that waits for its room, in the background
    echo 'wait 1' >"$work/$1.script"
    kaochang-client sit -C "$work/$1" --script "$work/$1.script" --dump /dev/null >/dev/null 2>&1
    for _ in {1..100}; do
        proctor --status --json | grep -q "\"name\":\"$1\",\"ticket\":\"[^\"]*\",\"state\":\"open\"" && return 0
        sleep 0.2
    done
    proctor --status --json
    return 1
}
both_kept() { echo "$(rater E01 kept) $(rater E02 kept)"; }
ok "a room with its machine and two devices" sh "$1/tests/stories/make-room.sh" "$work" "$port" one spare
ok "the proctor opens the room" kaochang-client room -C "$room" --listen "127.0.0.1:$port" --code-file "$work/unlock-code"
ok "and starts the exam" proctor --start
ok "a device comes into the room" agent one
ok "and another" agent spare
ok "an examiner rates at the first" raters --home "$work/one" --stay --first 3 E01
ok "the room has it, key by key" until_is both rater E01 kept
ok "his device is lost: he is seated at the spare one" proctor --reseat E01 --to spare --reason "the tablet fell"
no "at the lost device nothing goes on" 1 "another machine" raters --home "$work/one" E01
ok "at the spare one he goes on" raters --home "$work/spare" E01
is "where he was" "E01: 1 rated, 3 there before, order 1" "$(cat out)"
ok "the second examiner rates" raters --home "$work/one" E02
ok "the room has all of it" until_is "both both" both_kept
ok "the collection check" proctor --check
ok "the room is closed" proctor --close
ok "the bundle of the room is made" kaochang-client export -C "$room" -o "$work"
ok "the office verifies it" k verify "$work"/lab1-room-1.results
is "with both sheets" 1 "$(grep -c 'sittings 2' out)"
echo "1..$number"

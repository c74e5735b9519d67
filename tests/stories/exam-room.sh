#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A room of forty: opened with the code, sat by simulated candidates through the real line and journal, some
# absent, some killed in the middle; closed; and handed on. Usage: exam-room.sh SOURCE_ROOT BUILD_ROOT. Prints TAP.
set -uo pipefail
export SOURCE_ROOT=$1 KAOCHANG=$2/cli/kaochang KAOCHANG_CLIENT=$2/cli/client/kaochang-client
export PATH="$2/cli:$2/cli/client:$2/cli/room:$2/tests/tools:$PATH"
work=$(mktemp -d)
station=$work/station
proctor() { kaochang-client proctor -C "$station" --code-file "$work/unlock-code" "$@"; }
trap 'proctor --close >/dev/null 2>&1; rm -rf "$work"' EXIT

number=0
say() { # passed?, name
    number=$((number + 1))
    [[ $1 == 0 ]] && echo "ok $number - $2" && return
    echo "not ok $number - $2"
    sed 's/^/# /' "$work/out" "$work/err"
}
ok() { # name, command…
    local name=$1
    shift
    "$@" >"$work/out" 2>"$work/err"
    say $? "$name"
}
no() { # name, exit status, words, command…
    local name=$1 status=$2 words=$3
    shift 3
    "$@" >"$work/out" 2>"$work/err"
    [[ $? == "$status" ]] && grep -qF -- "$words" "$work/out" "$work/err"
    say $? "$name"
}
is() { # name, expected, got
    [[ $2 == "$3" ]]
    say $? "$1: $3"
}

ok "an office makes an exam, a station pulls it" sh "$1/tests/stories/make-station.sh" "$work"
no "nothing to hand on before anybody sat" 4 "no sitting" kaochang-client export -C "$station"
no "a station is no room's machine" 1 "certified as a station" kaochang-client room -C "$station" --code-file "$work/unlock-code" --listen 127.0.0.1:0
no "nobody sits before the code" 1 "not open" responders --home "$station" --session am1 --tickets all \
    --exam "$work/office/exams/teachers"
ok "the proctor opens the session" proctor --open
ok "opening it again changes nothing" proctor --open
ok "forty sit: two absent, one leaves early, three are killed and go on" responders --home "$station" \
    --session am1 --tickets all --exam "$work/office/exams/teachers" --seed 5 --absent 2 --quit-early 1 --crash 3
came="responders: 40 registered, 38 sat, 2 absent, 3 killed and resumed, 0 failed"
is "who came" "$came" "$(cat "$work/out")"
proctor --status --json >"$work/status.json" 2>"$work/err"
is "all are handed in and signed" 38 "$(grep -o '"signed": *true' "$work/status.json" | wc -l)"
is "three were interrupted once" 3 "$(grep -o '"interruptions": *1' "$work/status.json" | wc -l)"
is "a journal shows no answer to who has no key" "" "$(grep -l RESPONSE "$station"/sessions/am1/journals/* | head -1)"
ok "the room is closed" proctor --close
no "a closed room stays closed" 1 "has been closed" proctor --open
ok "the bundle is made" kaochang-client export -C "$station" -o "$work"
cp "$work"/am1-st01-1.results "$work/first"
ok "and made again" kaochang-client export -C "$station" -o "$work"
ok "it is the same, byte for byte" cmp "$work/first" "$work"/am1-st01-1.results
ok "the office verifies it" kaochang -C "$work/office" verify "$work"/am1-st01-1.results
is "minisign verifies the closing" "Signature and comment signature verified" \
    "$(minisign -V -H -P "$(tail -1 "$station/keys/station.pub")" -m "$station/sessions/am1/close.xml" \
        -x "$station"/sessions/am1/close.xml.*.minisig 2>&1 | head -1)"
echo "1..$number"

#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A station of a room whose service is dead: the proctor opens it with the code on the spot, candidates sit; the service comes,
# and has everything; it is killed, and comes back. Usage: room-station.sh SOURCE_ROOT BUILD_ROOT. Prints TAP.
set -uo pipefail
export SOURCE_ROOT=$1 KAOCHANG=$2/cli/kaochang KAOCHANG_CLIENT=$2/cli/client/kaochang-client
export PATH="$2/cli:$2/cli/client:$2/cli/room:$2/tests/tools:$PATH"
work=$(mktemp -d)
mkdir -p "$work/said"
cd "$work/said" || exit 1
. "$1/tests/stories/verbs.sh"
st=$work/st11 desk=$work/desk
at() { kaochang-client proctor -C "$1" --code-file "$work/unlock-code" "${@:2}"; }
end() {
    at "$st" --close >/dev/null 2>&1
    kill_service
    rm -rf "$work"
}
trap end EXIT

fingerprint() { kaochang -C "$work/office" keys root --fingerprint 2>/dev/null | tr -d '\n'; }
machine() { # name, certify option, enrol options…: enrolled, certified, with the package
    kaochang-client enrol -C "$work/$1" --repo "$work/repo" --root "$(fingerprint)" --name "$1" --site S01 --room R301 "${@:3}" &&
        kaochang -C "$work/office" keys certify "$work/$1/keys/station.pub" $2 --site S01 --room R301 --name "$1" \
            --no-password -o "$work/$1.certificate.xml" &&
        kaochang-client enrol -C "$work/$1" --certificate "$work/$1.certificate.xml" &&
        kaochang-client pull -C "$work/$1" --from "$work/repo"
}
address=127.0.0.1:$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
serve() { kaochang-room serve -C "$desk" --listen "$address" --code-file "$work/unlock-code"; }
kill_service() {
    pkill -9 -f "kaochang-room serve -C $desk "
    while pgrep -f -r D,I,R,S,T "kaochang-room serve -C $desk " >/dev/null; do sleep 0.05; done
}
copied() { # tickets: the room has that many sittings, whole
    for _ in {1..150}; do
        [[ $(at "$desk" --status 2>/dev/null | grep -c ' both') == "$1" ]] && return 0
        sleep 0.2
    done
    at "$desk" --status
    return 1
}
events() { sqlite3 -readonly "$1/sessions/am1/journals/$2.journal" 'SELECT epoch, seq, hex(hash) FROM event ORDER BY 1, 2'; }
same_events() {
    local journal ticket
    for journal in "$st"/sessions/am1/journals/*.journal; do
        ticket=$(basename "$journal" .journal)
        [[ "$(events "$st" "$ticket")" == "$(events "$desk" "$ticket")" ]] || return 1
    done
}
ok "an office makes an exam" sh "$1/tests/stories/make-station.sh" "$work"
ok "the proctor's machine is certified for the room" machine desk --for-room --site-identity "$work/office/keys/S01.identity"
no "an address that is none is refused" 2 "is not the address of a room service" \
    kaochang-client enrol -C "$work/station" --room-service "http://desk/x"
ok "a station is enrolled with an address of its service" machine st11 "--kind station" \
    --room-service https://127.0.0.1:9 --site-identity "$work/office/keys/S01.identity"
ok "the service is dead: the code opens the station on the spot" at "$st" --open
ok "nobody starts before the proctor says so" at "$st" --start
printf '%s\n' 420108030209 420108030229 420108030219 420108030231 420108030214 >"$work/five"
printf '%s\n' 420108030203 420108030205 420108030236 >"$work/three"
sit() { responders --home "$st" --tickets "$1" --exam "$work/office/exams/teachers" --seed 5 "${@:2}"; }
ok "five sit; one is killed and goes on" sit "$work/five" --crash 1
is "all were handed in" "responders: 5 registered, 5 sat, 0 absent, 1 killed and resumed, 0 failed" "$(cat out)"
no "the room's machine without kaochang-room is not opened alone" 4 \
    "open each station with the code by itself" \
    env PATH=/usr/bin:/bin "$KAOCHANG_CLIENT" proctor -C "$desk" --code-file "$work/unlock-code" --open
echo 7WM5-TPG7-44N8-2 >"$work/mistyped"
no "a mistyped code is the service's to refuse" 3 "check character" \
    kaochang-client proctor -C "$desk" --code-file "$work/mistyped" --open --listen "$address"
ok "the proctor's code on the room's machine starts the service" at "$desk" --open --listen "$address"
is "which holds the exam, and never was a station alone" '"state":"open" "service":true' \
    "$(at "$desk" --status --json | grep -oE '"(state":"open|service":true)"?' | head -2 | sort -r | xargs -d '\n')"
is "its code is no argument" "" "$(pgrep -af "kaochang-room serve -C $desk " | grep -f "$work/unlock-code")"
ok "the station is told its address" kaochang-client enrol -C "$st" --room-service "$address"
ok "the room gets everything" copied 5
ok "event for event" same_events
kill_service
ok "the service is killed; three more sit" sit "$work/three"
is "and hand in" "responders: 3 registered, 3 sat, 0 absent, 0 killed and resumed, 0 failed" "$(cat out)"
ok "the service is opened again" serve
ok "the service comes back and gets them too" copied 8
ok "event for event again" same_events
at "$st" --status --json >out 2>err
is "the station says that all is in the room" 8 "$(grep -o '"kept": *"both"' out | wc -l)"
ok "the room is closed on the proctor's machine" at "$desk" --close
gone() { flock -w 20 "$st/run/agent.lock" true; }
ok "and the station's agent ends" gone
is "the minutes of the station tell of it" "room-lost room-reached" \
    "$(sqlite3 -cmd ".timeout 5000" "$st/sessions/am1/minutes.db" "SELECT DISTINCT kind FROM minute WHERE kind LIKE 'room-%' ORDER BY kind" | tr '\n' ' ' | sed 's/ $//')"
echo "1..$number"

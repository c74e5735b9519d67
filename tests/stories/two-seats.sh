#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# One ticket at two seats: with the room service the second is refused; while it is dead two machines begin the same exam, and both
# hand in. Nothing is chosen in silence: the room keeps both, says so, hands on both, and the office holds the candidate in quarantine.
# Usage: two-seats.sh SOURCE_ROOT BUILD_ROOT. Prints TAP.
set -uo pipefail
. "$1/tests/stories/station.sh"
. "$source/tests/stories/room-service.sh"
k() { kaochang -C made/office "$@"; }

ok "an office makes an exam" sh "$source/tests/stories/make-station.sh" made
ok "a room and three stations" sh "$source/tests/stories/make-room.sh" made "$port" a b c
ok "the proctor opens the room" serve
ok "and starts the exam" proctor --start
mapfile -t ticket < <(status | python3 -c 'import json, sys
for c in json.load(sys.stdin)["candidates"][:4]: print(c["ticket"])')
one=${ticket[0]} two=${ticket[1]}
begin='Space Enter
b Right
wait "saved here"'
hand_in() { printf 'F9 Right Right Enter\n"%s" Enter\nwait "Receipt"' "${1: -4}"; }

# with the service: while a program is open at a, and after it
sit a "$two" "$begin
wait 15"
seat=$!
ok "one sits at a" until_is 10 True candidate "$two" connected
printf '"%s" Enter\nwait "being used at another seat"\n' "$two" >b.script
ok "not at b as well, and the candidate is told why" kaochang-client sit -C made/b --script b.script --dump b.screens
wait "$seat"
ok "who sat at a goes on there" sit_now a "$two" "wait \"Time left\"
$(hand_in "$two")"
for station in b c; do # opened by the service, nobody begins
    sit_now $station "$one" 'wait "check"' >/dev/null
done

# without it
kill_agent "$room"
sit b "$one" "$begin
$(hand_in "$one")"
first=$!
sit c "$one" "$begin
c Right d Right
wait \"saved here\"
$(hand_in "$one")"
second=$!
ok "the service is dead: one ticket begins at b" wait $first
ok "and at c, with other answers" wait $second
ok "the service is started again" serve
trouble() { candidate "$one" trouble | grep -o "two machines"; }
ok "the proctor is told" until_is 40 "two machines" trouble
all_kept() { ls "$room/sessions/am1/journals" | grep -c "^$one.*journal$"; }
is "both are in the room" 2 "$(all_kept)"
no "the collection check finds it" 1 "two machines" proctor --check
ok "the room is closed" proctor --close
kaochang-client export -C "$room" -o . >said 2>&1
is "both are handed on" 2 "$(ls ./*.results | wc -l)"
ok "the office merges one" k merge --identity made/office/keys/results.identity "$(ls ./*.results | head -1)"
no "and the other: that is held" 1 "in quarantine: sittings: 1" k merge --identity made/office/keys/results.identity "$(ls ./*.results | tail -1)"
k quarantine >held 2>&1
ok "the candidate is held in quarantine" grep -q "$one" held
is "and nobody else" "" "$(grep -o "$two" held)"
echo "1..$number"

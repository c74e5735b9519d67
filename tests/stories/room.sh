#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A room of four stations with a real room service over TLS: held start, answers copied as they are saved, a service and a station
# killed, a candidate moved to a spare machine, one ended from the room's copy, collection, closing, and one bundle of the whole
# room through scoring, merge and report. Usage: room.sh SOURCE_ROOT BUILD_ROOT. Prints TAP.
set -uo pipefail
. "$1/tests/stories/station.sh"
. "$source/tests/stories/room-service.sh"

both_signed() { echo "$(candidate "$one" signed) $(candidate "$two" signed)"; }
agents_left() { for home in made/a made/spare; do agent_of "$home"; done; }

ok "an office makes an exam" sh "$source/tests/stories/make-station.sh" made
ok "a room's machine and four stations are enrolled" sh "$source/tests/stories/make-room.sh" made "$port" a b c spare
no "a station is no room's machine" 1 "certified as a station" kaochang-client room -C made/a --listen 127.0.0.1:0 \
    --code-file made/unlock-code
ok "the proctor opens the room" serve
mapfile -t ticket < <(status | python3 -c 'import json, sys
for c in json.load(sys.stdin)["candidates"][:4]: print(c["ticket"])')
one=${ticket[0]} two=${ticket[1]} three=${ticket[2]} four=${ticket[3]}
begin='Space Enter
b Right c Right
wait "saved in the room"'

sit a "$one" 'Space Enter
wait "begins when the proctor"'
wait
ok "who signs in before the start waits" grep -q "begins when the proctor" a.screens
no "nobody has begun" 1 "not begun" proctor --extra "$one" --minutes 1 --reason early
ok "the proctor starts the exam" proctor --start
sit a "$one" "$begin"
sit b "$two" "$begin"
sit c "$three" "$begin"
wait
for candidate in "$one" "$two" "$three"; do
    ok "$candidate: saved here and in the room" until_is 10 both candidate "$candidate" kept
done
is "each sits where it sits" "a b c" "$(for t in "$one" "$two" "$three"; do candidate "$t" station; done | xargs)"
is "the room's copy knows no answer without its key" "" "$(grep -l RESPONSE "$room"/sessions/am1/journals/* | head -1)"
no "nobody goes on at another machine just so" 1 "" sit_now spare "$one" 'wait "saved"'
ok "going on elsewhere takes a code" grep -q "takes a code from the proctor" spare.screens

# the service dies: nobody stops
kill_agent "$room"
sit a "$one" 'wait "Time left"
Right*2
b
wait "saved here"
wait 0.5'
wait
ok "a answers without the service" grep -q "saved here" a.screens
ok "and is told that the room has not got it" grep -Eq "room" a.screens
no "the proctor sees no room" 1 "" proctor --status
ok "the service is started again with the code" serve
ok "it knows where each sat" until_is 20 a candidate "$one" station
ok "and gets what was answered meanwhile" until_is 20 "3 both" answered_and_kept "$one"
is "the exam runs on" running "$(status | python3 -c 'import json, sys; print(json.load(sys.stdin)["state"])')"

# a machine is lost: its candidate goes on at the spare one, another is ended from the room's copy
kill_agent made/b
kill_agent made/c
mv made/b made/b.lost
mv made/c made/c.lost
ok "extra time for all is ordered" proctor --extra all --minutes 2 --reason "a machine broke"
ok "a carries it out" until_is 30 "2520000 False" allowance_and_pending "$one"
is "for the lost ones it waits" True "$(candidate "$two" pending)"
ok "the proctor moves the candidate of the lost machine" proctor --reseat "$two" --to spare --reason "the machine broke"
ok "who goes on there with everything" sit_now spare "$two" 'wait "Time left"
dump moved
Right*2
d Right
wait "saved in the room"'
ok "two answers were there" grep -q "answered 2" spare.screens
ok "the room has three" until_is 10 "3 both" answered_and_kept "$two"
ok "and the extra time came along" until_is 10 "2520000 False" allowance_and_pending "$two"
is "the seat is at the spare machine" spare "$(candidate "$two" station)"
ok "the other one is ended from the room's copy" proctor --finish "$three" --reason "the machine burned"
is "with what was answered" "2 True" "$(candidate "$three" answered) $(candidate "$three" signed)"

# an agent that was started anew: going on takes a code
kill_agent made/a
code=$(proctor --resume-code "$one" --reason "the machine was started anew" 2>/dev/null | grep -Eo '[0-9A-Z]{4}-[0-9A-Z]{4}' | head -1)
ok "with a one-time code the candidate goes on and hands in" sit_with_code a "$one" "$code" 'wait "Time left"
F9 Right Right Enter
'"\"${one: -4}\""' Enter
wait "Receipt"'
ok "the spare machine's candidate hands in" sit_now spare "$two" 'wait "Time left"
F9 Right Right Enter
'"\"${two: -4}\""' Enter
wait "Receipt"'
ok "the room has the signed end of both" until_is 10 "True True" both_signed
ok "the receipt is what the candidate was shown" grep -qF -- "$(candidate "$one" receipt)" a.screens

no "the collection check names who has neither come nor is absent" 1 "not marked as absent" proctor --check
is "and has all that was written" 3 "$(proctor --check --json | python3 -c 'import json, sys; print(json.load(sys.stdin)["complete"])')"
ok "the stations are cleared" proctor --clear
ok "of what the room has" until_gone made/a/sessions/am1/journals/"$one".journal
ok "the room is closed" proctor --close
ok "the stations end" until_is 30 "" agents_left
ok "the minutes tell the story" grep -q . "$room"/sessions/am1/minutes.xml
for kind in started moved finish resume-code cleared closed; do
    ok "… $kind" grep -q "kind=\"$kind\"" "$room"/sessions/am1/minutes.xml
done

# one bundle of the whole room
k() { kaochang -C made/office "$@"; }
ok "one bundle of the whole room" kaochang-client export -C "$room" -o room.results
ok "the office verifies it" k verify room.results
ok "and merges it" k merge --identity made/office/keys/results.identity room.results
is "nothing is in quarantine" "" "$(k quarantine 2>/dev/null | grep -v -i nothing)"
city() { k report rates --session am1 --json | python3 -c 'import json, sys; print(json.load(sys.stdin)["rows"][0][sys.argv[1]])' "$1"; }
is "three sat" 3 "$(city sat)"
ok "the close code is shown after the end" env KAOCHANG_CLOCK_OFFSET_MS=604800000 kaochang -C made/office session release-close am1 \
    --identity made/office/keys/recovery.identity --out close-code
ok "the room's machine scores" kaochang-score session "$room" --code-file close-code -o scored.results
ok "its records merge" k merge --identity made/office/keys/results.identity scored.results
is "all three are scored" "3 0" "$(city sat) $(city unscored)"
echo "1..$number"

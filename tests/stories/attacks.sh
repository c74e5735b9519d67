#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# An unlucky room, attacked: processes that are stopped, hung up and fed with rubbish, a full disk at the service, clocks that jump,
# mistyped codes; and nothing secret on a disk, in an argument, an environment, or the courier. Usage: attacks.sh SOURCE_ROOT
# BUILD_ROOT. Prints TAP.
set -uo pipefail
. "$1/tests/stories/station.sh"
find_secrets=$build/tests/tools/find-secrets full=$work/full
. "$source/tests/stories/room-service.sh"
courier_of() { pgrep -P "$(agent_of "$1")" -f "kaochang-room carry"; }
another_courier() { local now; now=$(courier_of made/a); [[ -n $now && $now != "$courier" ]] && echo yes; }
last_screen() { sed -n '/^== end /,$p' "$1.screens"; }
begin='Space Enter
b Right
wait "saved in the room"'
on_that_disk() { LD_PRELOAD=$build/tests/tools/libfull-disk.so FULL_DISK_WHILE=$full FULL_DISK_OF=/sessions/ "$@"; }
a_day_later() { KAOCHANG_CLOCK_OFFSET_MS=86400000 "$@"; }
goes_on='wait "Time left"'

ok "an office makes an exam" sh "$source/tests/stories/make-station.sh" made
ok "a room and two stations" sh "$source/tests/stories/make-room.sh" made "$port" a b
cp made/unlock-code mistyped
sed -i 's/^A/B/; t; s/^./A/' mistyped
kaochang-client room -C "$room" --listen "127.0.0.1:$port" --code-file mistyped >out 2>err
ok "a mistyped code opens no room" until_is 20 "" agent_of "$room"
ok "the room opens, on a machine whose disk will be full" on_that_disk serve
ok "the exam begins" proctor --start
mapfile -t ticket < <(status | python3 -c 'import json, sys
for c in json.load(sys.stdin)["candidates"][:2]: print(c["ticket"])')
one=${ticket[0]} two=${ticket[1]}
ok "one sits at a" sit_now a "$one" "$begin"
ok "another at b" sit_now b "$two" "$begin"

# ---- processes that stand still ----
courier=$(courier_of made/a)
kill -STOP "$courier"
ok "the courier stands still: answers are saved here" sit_now a "$one" "$goes_on
b Right
wait \"saved here\""
kill -CONT "$courier"
ok "it goes on: they are in the room" until_is 30 both candidate "$one" kept
service=$(agent_of "$room")
kill -STOP "$service"
ok "the service stands still: answers are saved here" sit_now b "$two" "$goes_on
b Right
wait \"saved here\""
kill -CONT "$service"
ok "it goes on: they are in the room too" until_is 40 both candidate "$two" kept
kill -HUP "$courier"
ok "the courier is hung up and comes again" until_is 60 yes another_courier

# ---- a full disk at the service ----
touch "$full"
ok "the service's disk is full: answers are saved here" sit_now a "$one" "$goes_on
Right*2
b Right
wait \"saved here\""
is "and nobody says that the room has them" "1 0" "$(last_screen a | grep -c 'saved here') $(last_screen a | grep -c 'saved in the room')"
ok "the service is there all the same" proctor --status
rm "$full"
ok "there is space again: the room has them" until_is 60 both candidate "$one" kept

# ---- rubbish at the door ----
head -c 200000 /dev/urandom >/dev/tcp/127.0.0.1/"$port" 2>/dev/null
for _ in {1..30}; do exec {line}<>/dev/tcp/127.0.0.1/"$port"; done 2>/dev/null
ok "rubbish and idle lines at the service's door keep nobody out" sit_now b "$two" "$goes_on
Right*2
b Right
wait \"saved in the room\""

# ---- secrets, while all of it runs ----
cp -r "$room" spy
couriers="$(courier_of made/a) $(courier_of made/b)"
pids="$couriers $(agent_of made/a) $(agent_of made/b) $(agent_of "$room")"
for pid in $pids; do cat "/proc/$pid/cmdline" "/proc/$pid/environ"; done >processes 2>/dev/null
is "the search finds what is there: the code in its file" 1 "$("$find_secrets" spy made/unlock-code made/unlock-code | grep -c 'unlock code' | sed 's/[1-9].*/1/')"
if [[ $(id -u) == 0 ]]; then
    is "and the session's key in the service's memory" 1 "$("$find_secrets" spy made/unlock-code "$(agent_of "$room")" | grep -c ': U$' | sed 's/[1-9].*/1/')"
    ok "nothing secret in the couriers' memory" "$find_secrets" spy made/unlock-code $couriers
fi
ok "nor in arguments and environments, on the machines' disks, and in memory files" "$find_secrets" spy made/unlock-code processes \
    made/room made/a made/b made/repo a.screens b.screens /dev/shm
ok "no core can be left" sh -c 'for pid; do grep -q "Max core file size *0 *0" /proc/$pid/limits || exit 1; done' - $pids

# ---- clocks ----
kill_agent "$room"
ok "the service is started again a day later by its clock" a_day_later serve
ok "who sits goes on" sit_now a "$one" "$goes_on
Right*3
b Right
wait \"saved in the room\""
kill_agent made/a
code=$(proctor --resume-code "$one" --reason "its agent was killed" 2>/dev/null | grep -Eo '[0-9A-Z]{4}-[0-9A-Z]{4}' | head -1)
an_hour_earlier() { KAOCHANG_CLOCK_OFFSET_MS=-3600000 "$@"; }
ok "a station is started again, an hour earlier by its clock" an_hour_earlier sit_with_code a "$one" "$code" "$goes_on
Right*4
b Right
wait \"saved in the room\""
used() { candidate "$one" usedMs; }
is "no clock made the time jump" yes "$([[ $(used) -lt 400000 ]] && echo yes || used)"
is "the proctor sees that the station's clock is off" yes "$(status | python3 -c 'import json, sys
off = [s["clockOffMs"] for s in json.load(sys.stdin)["stations"] if s["name"] == "a"][0]
print("yes" if off < -80000000 else off)')"

# ---- the end ----
ok "the room is closed" proctor --close
ok "after it, too, nothing secret is on any disk" "$find_secrets" spy made/unlock-code made/room made/a made/b /dev/shm
is "every answer is in the room's copies" "5 3" "$(python3 - "$room" "$one" "$two" <<'END'
import sqlite3, sys
print(*(len({row[0] for row in sqlite3.connect(f'{sys.argv[1]}/sessions/am1/journals/{t}.journal').execute(
    'SELECT item FROM event WHERE kind = 4')}) for t in sys.argv[2:]))
END
)"
echo "1..$number"

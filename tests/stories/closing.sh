#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# From the room's closing to the close code and beyond: a room without a line to the office closes by phone, the office gives the
# code out, the bundles come a week later and fit; a machine that was stranded turns up by itself; work that was made after the
# closing is set apart until officers decide. Usage: closing.sh SOURCE_ROOT BUILD_ROOT. Prints TAP.
set -uo pipefail
. "$1/tests/stories/station.sh"
. "$source/tests/stories/room-service.sh"
recovery=made/office/keys/recovery.identity
results=made/office/keys/results.identity
k() { kaochang -C made/office "$@"; }
next_week() { env KAOCHANG_CLOCK_OFFSET_MS=604800000 kaochang -C made/office "$@"; }
reasons() { k quarantine --json 2>/dev/null | python3 -c 'import json, sys
print(" ".join(sorted({x["ticket"] + ":" + x["reason"] for x in json.load(sys.stdin)})))'; }
room_is() { k session rooms am1 --json 2>/dev/null | python3 -c 'import json, sys
x = json.load(sys.stdin)[0]; print(x["room"], x["closed"], x["sat"], x["came"])'; }
released() { next_week session release-close am1 --identity "$recovery" --no-password --out close-code "$@"; }

ok "an office makes an exam" sh "$source/tests/stories/make-station.sh" made
ok "a room's machine and two stations are enrolled" sh "$source/tests/stories/make-room.sh" made "$port" a b
ok "the proctor opens the room" serve
mapfile -t ticket < <(status | python3 -c 'import json, sys
for c in json.load(sys.stdin)["candidates"][:3]: print(c["ticket"])')
one=${ticket[0]} two=${ticket[1]} three=${ticket[2]}
ok "and starts the exam" proctor --start
sit a "$one" 'Space Enter
b Right c Right
wait "saved in the room"'
sit b "$two" 'Space Enter
b Right c Right
wait "saved in the room"'
wait
for candidate in "$one" "$two"; do
    ok "$candidate: the room has two answers" until_is 10 "2 both" answered_and_kept "$candidate"
done
kill_agent made/b
mv made/b b.disk
ok "the room is closed, one machine does not answer" proctor --close --json
said=$(python3 -c 'import json; print(json.load(open("out"))["number"])')
is "the closing number is eight groups of four digits" 1 "$(grep -cE '^[0-9]{4}( [0-9]{4}){7}$' <<<"$said")"
ok "the record of the room has the same number" kaochang-room record -C "$room" -o record.pdf
is "beside who sat" 1 "$(grep -c "$said: session am1, site S01, room R301, 2 sat" out)"

# by phone
no "the office knows of no closing" 1 "NOT CLOSED" k session rooms am1
no "and gives no code out" 1 "has not closed yet" released
no "a code that was given out for no reason is none" 1 "has not closed yet" released --out other-code
hears() { k session closed am1 --site S01 --room R301 "$@"; }
no "a digit that was heard wrong is noticed" 3 "a digit is wrong" hears --count 2 --number "$(tr 0-9 1-90 <<<"${said:0:1}")${said:1}"
no "a count that was heard wrong is noticed" 1 "with 3 who sat" hears --count 3 --number "$said" --identity "$recovery"
no "so is another room" 2 "no such room" k session closed am1 --site S01 --room R999 --count 2 --number "$said"
ok "the number is noted" hears --count 2 --number "$said" --identity "$recovery"
is "the room is closed by phone, and nothing has come" "R301 phone 2 0" "$(room_is)"
ok "the close code is given out" released
signed=made/office/sessions/am1/release-1.xml
is "what the room had said is signed by the officer" "Signature and comment signature verified" \
    "$(minisign -V -H -P "$(tail -1 made/office/keys/officer.pub)" -m "$signed" -x "$signed".*.minisig 2>&1 | head -1)"
ok "the code can be shown again" released
is "and nothing is signed anew for it" no "$([[ -e made/office/sessions/am1/release-2.xml ]] && echo yes || echo no)"

# a week later
ok "the room's bundles arrive" kaochang-client export -C "$room" -o room.results
ok "the room itself comes first" k merge --identity "$results" room.results
is "the stranded one is missing until it comes" "$two:close-missing" "$(reasons)"
ok "it comes in its own bundle" k merge --identity "$results" "room-$two.results"
is "nothing is in quarantine" "" "$(reasons)"
is "the room is closed by its record" "R301 record 2 2" "$(room_is)"
ok "the service has ended" until_is 75 "" agent_of "$room"
ok "the lost disk turns up" kaochang-client collect -C "$room" --code-file made/unlock-code b.disk
ok "what it holds is handed on" kaochang-client export -C "$room" -o later.results
ok "and merged" k merge --identity "$results" later*.results
is "nobody has to decide anything" "" "$(reasons)"

# after the code was given out, somebody makes an exam for a candidate who was absent
station=made/station
ok "a station of the room is opened alone" kaochang-client proctor -C "$station" --code-file made/unlock-code --open
printf '"%s" Enter\nwait "check every line"\nRight Enter\nSpace Enter\nb Right c Right\nwait 0.5\n' "$three" >late.keys
ok "an absent candidate has an exam" kaochang-client sit -C "$station" --script late.keys --dump late.screens
ok "that is signed" kaochang-client proctor -C "$station" --code-file made/unlock-code --close
ok "and sent" kaochang-client export -C "$station" -o late.results
no "the closing does not name it" 1 "" k merge --identity "$results" late.results
is "it is set apart" "$three:close-unnamed" "$(reasons)"
is "and has no points" quarantined "$(k report candidates --session am1 --json | python3 -c 'import json, sys
print(next(r["status"] for r in json.load(sys.stdin)["rows"] if r["ticket"] == sys.argv[1]))' "$three")"
digest=$(k digest)
no "in any other order it is set apart, too" 1 "" k merge --store other.db --identity "$results" late.results "room-$two.results" later*.results room.results
is "it comes to the same" "$digest" "$(k digest --store other.db)"
no "nothing is let in without a reason" 2 "reason" k quarantine admit --session am1 --ticket "$three"
ok "officers let it in" k quarantine admit --session am1 --ticket "$three" --no-password --reason "sat at a machine without a cable"
is "then it counts" "" "$(reasons)"
k merge --store other.db --identity "$results" >/dev/null 2>&1 || k merge --store other.db --identity "$results" room.results >/dev/null 2>&1
is "and in the other store, by the same decision" "$(k digest)" "$(k digest --store other.db)"
echo "1..$number"

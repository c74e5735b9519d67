#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A lab exam with kaochang-rate at three devices of a room service: the service killed and back, a device lost with ratings that the
# room has not got, its examiner at a spare one in mid-candidate, one number at two devices, forced end, closing, record; the bundle
# to the rates, and the lost device found a day later. Usage: lab-rate-room.sh SOURCE_ROOT BUILD_ROOT. Prints TAP.
set -uo pipefail
. "$1/tests/stories/station.sh"
. "$source/tests/stories/room-service.sh"
export PATH="$build/cli/rate:$PATH" KAOCHANG_LOCALEDIR=$build/po

# keys of an examiner at a device, in the background: rate DEVICE EXAMINER KEYS [LANGUAGE]; screens in DEVICE.screens
rate() {
    printf '"%s" Enter\n%s\n' "$2" "$3" >"$1.script"
    LANGUAGE=${4:-en} kaochang-rate -C "made/$1" --script "$1.script" --dump "$1.screens" >"$1.out" 2>"$1.err" &
    rating=$!
}
rated_by() { wait "$rating" || { cat "$1.screens" "$1.err" | tail -40; return 1; }; }
rate_now() { rate "$@" && rated_by "$1"; }
me='wait "Is this you"
Right Enter'
# full marks for who is chosen, confirmed with the own digits
full() { printf 'Enter*2\nwait "All steps are rated"\nEnter\nwait "Last four digits"\n"%s"' "$1"; }
rated_and_kept() { echo "$(candidate "$1" answered)/$(candidate "$1" items) $(candidate "$1" kept)"; }
rated() { echo "$(candidate "$1" answered)/$(candidate "$1" items)"; }
both_signed() { echo "$(candidate E01 signed) $(candidate E02 signed)"; }
shown() { # script: the proctor's screens
    cat >keys
    proctor --script keys --dump screens || { cat screens; return 1; }
}
k() { kaochang -C made/office "$@"; }
merge() { k merge --identity made/office/keys/results.identity "$@"; }
waits() { k adjudicate list --session lab1 --json 2>/dev/null |
    python3 -c 'import json, sys; print(" ".join(c["ticket"] + "=" + c["state"] for c in json.load(sys.stdin)))'; }
marks() { for i in 1 2 3 4 5 6 7 8; do k adjudicate show "42010$i" --session lab1 --json |
    python3 -c 'import json, sys; c = json.load(sys.stdin); print(c["state"], c.get("status", "-"), c.get("total", "-"), sep="/", end=" ")'; done; }
city() { k report rates --session lab1 --json | python3 -c 'import json, sys; print(json.load(sys.stdin)["rows"][0][sys.argv[1]])' "$1"; }

ok "an office makes a lab exam" sh "$source/tests/stories/make-lab.sh" made
ok "a room's machine and three devices are enrolled" sh "$source/tests/stories/make-room.sh" made "$port" one two spare
ok "the proctor opens the room" serve
ok "who signs in before the start waits" rate_now one E01 "$me"'
wait "begins when the proctor"'
ok "the proctor starts the exam" proctor --start

# ---- two examiners rate, and the room has it ----
ok "the first examiner rates a candidate, saved here and in the room" rate_now one E01 "$me"'
wait "Find by the end"
Enter
y
y
S
'"$(full 0101)"'
wait "confirmed 5"
wait "saved in the room"
expect "saved here"'
ok "the second one too, in Chinese" rate_now two E02 'wait "请核对"
Right Enter
wait "准考证号末几位"
Enter
y
y
S
a
wait "监考机已保存"
expect "本机已保存"' zh_CN
ok "the room has the first one's sheet" until_is 10 "1/4 both" rated_and_kept E01
ok "and the second one's" until_is 10 "0/4 both" rated_and_kept E02
ok "the proctor sees how many each has rated" shown <<<'wait "1/4"
dump room'

# ---- one number at two devices ----
rate one E01 "$me"'
wait "[1] seat 1"
wait "saved in the room"
wait 6'
at_one=$rating
until_is 10 True candidate E01 connected >said
ok "the same number at another device is refused" rate_now two E01 'wait "being used at another device"
dump refused'
rating=$at_one
ok "and goes on where it is" rated_by one

# ---- the service dies: nobody stops ----
kill_agent "$room"
no "the proctor sees no room" 1 "" proctor --status
ok "an examiner rates without the service" rate_now two E02 "$me"'
wait "[1] seat 3"
2 0
wait "saved here"
wait "room does not answer"'
rate one E01 "$me"'
wait "[1] seat 1"
2 Enter
wait "room does not answer"
wait "saved in the room"
expect "saved here"'
begun_at() { python3 -c 'import sqlite3, sys
print(sqlite3.connect("file:%s?mode=ro" % sys.argv[1], uri=True).execute("SELECT count(*) FROM event WHERE kind = 17 AND item = ?", sys.argv[2:]).fetchone()[0])' \
    "made/$1/sessions/lab1/journals/E01.journal" "$2"; }
ok "another one, too" until_is 30 3 begun_at one 420102
ok "the service is started again with the code" serve
ok "the screen says when the room has it again" rated_by one
ok "what was rated meanwhile comes" until_is 20 "0/4 both" rated_and_kept E02

# ---- a device is lost with ratings that the room has not got ----
kill_agent "$room"
rate one E01 "$me"'
wait "[1] seat 1"
2 Enter
wait "All steps are rated"
wait "saved here"
PageDown
y
y
S
'"$(full 0105)"'
wait "confirmed 5"
wait "saved here"
wait 60'
lost=$rating
ok "two candidates go to the device alone" until_is 30 5 begun_at one 420105
{
    kill -9 "$lost"
    wait "$lost"
} 2>/dev/null
kill_agent made/one
mv made/one one.lost
ok "the service is started again" serve
ok "the examiner's sheet is there" until_is 20 "1/4" rated E01
code=$(proctor --resume-code E01 --reason "the tablet fell" 2>/dev/null | grep -Eo '[0-9A-Z]{4}-[0-9A-Z]{4}' | head -1)
ok "with it he stands at the candidate and the step, and the time runs" rate_now spare E01 'wait "for this once"
"'"$code"'" Enter
'"$me"'
wait ">[2] seat 2"
expect "confirmed 5"
expect "left 1"
expect "> 2 "
wait "saved in the room"
dump there
a
wait "All steps are rated"
Enter
wait "Last four digits"
"0102"
wait "done 2 of 2"
wait "saved in the room"'
ok "the proctor sees him at the spare device" until_is 20 "spare" candidate E01 station

# ---- the end ----
ok "the first examiner notes an absence, and hands in" rate_now spare E01 "$me"'
wait "done 2 of 2"
PageDown y Escape
1 s
2 F6 Down Enter
y
wait "absent"
F10
wait "420105"
Right Enter
"E01" Enter
wait "Receipt code"'
rate two E02 "$me"'
wait "[1] seat 3"
1 Down Enter
wait "All steps are rated"
Enter
wait "Last four digits"
"0103"
2 Enter
wait "All steps are rated"
Enter
wait "Last four digits"
"0104"
wait "done 2 of 2"
PageDown
y
y
Enter
wait "saved in the room"
wait "The proctor has ended the session"
wait "Receipt code"
dump ended'
ok "the second one has begun his second group" until_is 30 "2/4" rated E02
ok "the proctor ends the second one by force" proctor --end E02 --reason "the building is cleared"
ok "who is told so" rated_by two
ok "the room has both ends" until_is 20 "True True" both_signed
is "raters and what they rated" "3/4 2/4" "$(rated E01) $(rated E02)"
ok "the collection check" proctor --check
ok "the room is closed" proctor --close
for kind in started moved resume-code closed; do
    ok "the minutes tell: $kind" grep -q "kind=\"$kind\"" "$room"/sessions/lab1/minutes.xml
done
ok "the room record is printed" kaochang-room record -C "$room" -o record.pdf
is "and counts raters" "2 raters expected, 2 came" "$(grep -o '2 raters expected, 2 came' out)"

# ---- the office ----
ok "one bundle of the room" kaochang-client export -C "$room" -o room.results
ok "the office verifies it" k verify room.results
ok "before it, the same office as another" cp -r made/office office.other
ok "and merges it" merge room.results
is "nothing is in quarantine" "" "$(k quarantine 2>/dev/null | grep -v -i nothing)"
no "who waits" 1 "420105" k adjudicate list --session lab1
is "what only the lost device has, and what the forced end cut off" "420105=waits 420107=waits" "$(waits)"
is "every confirmed rating is there" "done/rated/5 done/rated/3 done/rated/3 done/rated/2 waits/-/- done/absent/- waits/-/- none/-/- " "$(marks)"
is "and in the rates" "6 2" "$(city sat) $(city unscored)"

# ---- the lost device is found a day later ----
export KAOCHANG_CLOCK_OFFSET_MS=86400000
ok "its journal is brought in" kaochang-client collect -C "$room" --code-file made/unlock-code --json one.lost
outcome() { python3 -c 'import json; print(*[x["outcome"] for x in json.load(open("out"))])'; }
is "put together with what is here" "tail" "$(outcome)"
ok "brought in again" kaochang-client collect -C "$room" --code-file made/unlock-code --json one.lost
is "it changes nothing" "less" "$(outcome)"
ok "a further bundle" kaochang-client export -C "$room" -o later.results
ok "which is merged" merge later.results
is "what only that device had is there, nothing counts twice" "done/rated/5 done/rated/3 done/rated/3 done/rated/2 done/rated/5 done/absent/- waits/-/- none/-/- " "$(marks)"
is "nobody waits for it" "420107=waits" "$(waits)"
is "nothing is in quarantine" "" "$(k quarantine 2>/dev/null | grep -v -i nothing)"
is "one more in the rates" "6 1" "$(city sat) $(city unscored)"
digest=$(k digest)
merge_other() { kaochang -C office.other merge --identity office.other/keys/results.identity "$@"; }
ok "another office gets them the other way round" merge_other later.results room.results
is "one store" "$digest" "$(kaochang -C office.other digest)"
ok "the same bundles again" merge room.results later.results
is "change nothing" "$digest" "$(k digest)"
echo "1..$number"

#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# What a proctor does while a room sits, from the command line: held start, acts with reasons, breaches, messages, one-time codes,
# the collection check, the minutes; and what of it the bundle carries. Usage: proctor-acts.sh SOURCE_ROOT BUILD_ROOT. Prints TAP.
set -uo pipefail
. "$1/tests/stories/station.sh"
proctor() { kaochang-client proctor -C "$station" --code-file made/unlock-code "$@"; }
state() { proctor --status | awk -v ticket="$1" '$2 == ticket { print $4 }'; }
# Signs in, begins, answers two; the exam stays open.
sits() {
    printf '"%s" Enter\nRight Enter\nSpace Enter\n%s\nwait "saved here"\n' "$1" "b Right c Right" >script
    kaochang-client sit -C "$station" --script script --dump screens
}
comes_back() { # ticket, what the screen shows, what is typed then
    printf '"%s" Enter\nRight Enter\nwait "%s"\n%s\n' "$1" "$2" "$3" >script
    kaochang-client sit -C "$station" --script script --dump screens
}

ok "an office makes an exam, a station pulls it" sh "$source/tests/stories/make-station.sh" "$work/made"
ok "the session is opened, and the exam is held" proctor --open --hold --resume-codes
ok "the room waits" grep -q '"state":"open"' <(proctor --status --json)
registered=$(($(proctor --status | wc -l) - 1))
one=$(proctor --status | awk '$1 == 1 { print $2 }')
two=$(proctor --status | awk '$1 == 2 { print $2 }')
no "an act needs somebody who sits" 1 "has not begun" proctor --extra "$one" --minutes 5 --reason "too early"
no "nobody has ended yet" 1 "not marked as absent" proctor --check
three=$(proctor --status | awk '$1 == 3 { print $2 }')
printf '"%s" Enter\nRight Enter\nwait "Space"\nSpace Enter\nwait "Item 1"\n' "$three" >script3
kaochang-client sit -C "$station" --script script3 --dump screens3 >out3 2>err3 &
waits=$!
for ((i = 0; i < 100; i++)); do
    proctor --status --json | grep -q '"connected":true' && break
    sleep 0.1
done
is "who has signed in has not begun" not-begun "$(state "$three")"
ok "the exam is started" proctor --start
ok "and who waited begins by itself" wait "$waits"
ok "the room runs" grep -q '"state":"running"' <(proctor --status --json)
ok "one begins and stops in the middle" sits "$one"
is "and is shown as stopped" stopped "$(state "$one")"

ok "everybody gets five minutes more" proctor --extra all --minutes 5 --reason "fire alarm"
ok "one is paused" proctor --pause "$one" --reason "fire alarm"
is "which is shown" paused "$(state "$one")"
no "nobody is paused twice" 1 "answering" proctor --pause "$one" --reason "again"
ok "and goes on" proctor --continue all --reason "all are back"
no "an act needs its reason" 2 "reason" proctor --end "$one"
ok "a violation is noted with its article" proctor --violation "$one" --article 5.3 --note "talked to a neighbour"
ok "cheating of one who has not begun too" proctor --cheating "$two" --article 6.1 --note "a telephone"
ok "and taken back" proctor --no-breach "$two" --reason "it was a calculator"
ok "one is late" proctor --late "$two"
ok "an incident is noted" proctor --incident "the lights went out for a moment"
ok "a message waits for its candidate" proctor --tell "please read item 2 again" --ticket "$one"

ok "going on takes a code" comes_back "$one" "code" ""
code=$(proctor --resume-code "$one" --reason "the mouse was changed")
is "which is short" 9 "${#code}"
ok "with it the candidate goes on" comes_back "$one" "code" "\"$code\" Enter
wait \"check every line\" Right Enter
wait \"read item 2 again\""
ok "the same code does not work twice" comes_back "$one" "code" "\"$code\" Enter
wait \"used\""

ok "the exam of one is ended" proctor --end "$one" --reason "was ill"
ok "and of another" proctor --end "$three" --reason "left the room"
no "the check names who is not accounted for" 1 "not marked as absent" proctor --check
ok "who has not come is marked absent in one act" proctor --absent-all
is "which says how many" "$((registered - 2)) candidates are marked absent." "$(cat out)"
is "each by himself" $((registered - 2)) "$(proctor --status | awk '$4 == "absent"' | wc -l)"
no "there is nobody left" 1 "everybody has come" proctor --absent-all
ok "then all are accounted for" proctor --check
no "an open room has no record" 4 "no room has been closed" kaochang-room record -C "$station" -o record.pdf
ok "the room is closed" proctor --close
ok "the bundle is made" kaochang-client export -C "$station" -o "$work"
is "minisign verifies the minutes" "Signature and comment signature verified" \
    "$(minisign -V -H -P "$(tail -1 "$station/keys/station.pub")" -m "$station/sessions/am1/minutes.xml" \
        -x "$station"/sessions/am1/minutes.xml.*.minisig 2>&1 | head -1)"
kinds() { grep -o "kind=\"$1\"" "$station/sessions/am1/minutes.xml" | wc -l; }
for kind in opened started begun interrupted extra-time pause continue violation cheating no-breach late incident message \
    resume-code force-end closed; do
    [[ $(kinds "$kind") -gt 0 ]] || missing+=" $kind"
done
is "the minutes tell all of it" "" "${missing:-}"
is "the minutes hold no code" 0 "$(grep -c "$code" "$station/sessions/am1/minutes.xml")"
ok "the room record is printed" kaochang-room record -C "$station" -o record.pdf
pdftotext -layout record.pdf record.txt
for words in "Room record" "Violations" "talked to a neighbour" "extra time 5 min" "fire alarm" "Chief proctor" "$one" \
    "$(b2sum -l 256 "$station/sessions/am1/minutes.xml" | cut -c1-8)"; do
    grep -q -- "$words" record.txt || lacking+=" $words;"
done
is "it tells what happened, and names the signed files" "" "${lacking:-}"
is "every candidate of the room stands in it" "$registered" \
    "$(awk '/^ *Candidates/,/^ *What happened/' record.txt | grep -cE '^ *[0-9]+ +4201080')"
ok "and in Chinese" env KAOCHANG_LOCALEDIR="$build/po" LANGUAGE=zh_CN kaochang-room record -C "$station" -o zh.pdf
ok "with Chinese words" grep -q 考场记录 <(pdftotext -layout zh.pdf -)
cp "$station/sessions/am1/minutes.xml" kept
sed -i 's/talked to a neighbour/talked to nobody whom we/' "$station/sessions/am1/minutes.xml"
no "minutes that were changed afterwards print nothing" 1 "changed afterwards" kaochang-room record -C "$station" -o forged.pdf
cp kept "$station/sessions/am1/minutes.xml"
ok "the office takes the bundle" kaochang -C made/office merge --identity made/office/keys/results.identity am1-st01-1.results
echo "1..$number"

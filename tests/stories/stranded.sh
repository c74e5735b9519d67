#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Machines of a room die with answers that the room has not got; one disk is brought in while the room is open; the exam goes on, and
# the room closes without the others. Later their disks
# and copies on sticks are brought in: nothing is overwritten, doubles are recognised, epochs are kept apart, and the office comes to
# the same store in whatever order. Usage: stranded.sh SOURCE_ROOT BUILD_ROOT. Prints TAP.
set -uo pipefail
. "$1/tests/stories/station.sh"
. "$source/tests/stories/room-service.sh"
collect() { kaochang-client collect -C "$room" "$@"; }
with_code() { collect --code-file made/unlock-code "$@"; }
outcome() { python3 -c 'import json, sys
for x in json.load(open("out")): print(x["outcome"], x["events"], x["signed"], x["eventsChecked"])'; }
# a journal as another one that was edited: edited FROM TO SQL
edited() {
    python3 - "$@" <<'PYTHON'
import sqlite3, sys, shutil, os
source, target, sql = sys.argv[1:]
for ending in '', '-wal':
    if os.path.exists(source + ending):
        shutil.copy(source + ending, target + ending)
db = sqlite3.connect(target)
for name in 'event_stays', 'event_remains', 'epoch_stays', 'epoch_remains':
    db.execute(f'DROP TRIGGER {name}')
db.execute(sql)
db.commit()
db.execute('PRAGMA journal_mode=DELETE')
PYTHON
}
answered_on() { python3 -c 'import sqlite3, sys
print(sqlite3.connect("file:%s?mode=ro" % sys.argv[1], uri=True).execute("SELECT count(*) FROM event WHERE epoch = 1").fetchone()[0])' "$1"; }

enrol_next() {
    kaochang-client enrol -C made/next --repo made/repo --root "$(kaochang -C made/office keys root --fingerprint)" --name next \
        --site S01 --room R302 --site-identity made/office/keys/S01.identity &&
        kaochang -C made/office keys certify made/next/keys/station.pub --kind station --site S01 --room R302 --name next \
            --no-password -o made/next.certificate.xml &&
        kaochang-client enrol -C made/next --certificate made/next.certificate.xml && kaochang-client pull -C made/next --from made/repo
}

ok "an office makes an exam" sh "$source/tests/stories/make-station.sh" made
ok "a room's machine and six stations are enrolled" sh "$source/tests/stories/make-room.sh" made "$port" a b c d e spare
no "without a package there is nothing to bring in" 4 "pull" kaochang-client collect -C made/room --session pm1 made/a
ok "the proctor opens the room" serve
mapfile -t ticket < <(status | python3 -c 'import json, sys
for c in json.load(sys.stdin)["candidates"][:5]: print(c["ticket"])')
one=${ticket[0]} two=${ticket[1]} three=${ticket[2]} four=${ticket[3]} five=${ticket[4]}
ok "and starts the exam" proctor --start
begin='Space Enter
b Right c Right
wait "saved in the room"'
sit a "$one" "$begin"
sit b "$two" "$begin"
sit c "$three" "$begin"
sit d "$four" "$begin"
sit e "$five" "$begin"
wait
for candidate in "$one" "$two" "$three" "$four" "$five"; do
    ok "$candidate: the room has two answers" until_is 10 "2 both" answered_and_kept "$candidate"
done

# the service dies; four go on, and their machines die before it is back
kill_agent "$room"
for station in b c d e; do
    candidate=$two
    [[ $station == e ]] && candidate=$five
    [[ $station == c ]] && candidate=$three
    [[ $station == d ]] && candidate=$four
    sit $station "$candidate" 'wait "Time left"
Right*3
a Right
b Right
wait "saved here"
wait 0.5'
done
wait
for station in b c d e; do
    kill_agent "made/$station"
    mv made/$station $station.disk
done
ok "the service is started again" serve
no "while the room is open it takes the code" 1 "with --code-file" collect e.disk
ok "with it, the disk of the fifth goes into the room's copy at once" with_code --json e.disk
is "with what the room had not" more "$(outcome | cut -d' ' -f1)"
ok "and is seen" until_is 10 "4 both" answered_and_kept "$five"
ok "the same again" with_code --json e.disk
is "changes nothing" same "$(outcome | cut -d' ' -f1)"
head -c 9000 "e.disk/sessions/am1/journals/$five.journal" >open.journal
no "a damaged one is refused" 1 "refused" with_code open.journal
ok "the fifth is ended with all answers" proctor --finish "$five" --reason "the machine burned"
is "as from the machine itself" "4 True" "$(candidate "$five" answered) $(candidate "$five" signed)"
ok "the second candidate is moved" proctor --reseat "$two" --reason "the machine broke"
ok "and hands in at the spare machine" sit_now spare "$two" 'wait "Time left"
Right*6
d Right
wait "saved in the room"
F9 Right Right Enter
'"\"${two: -4}\""' Enter
wait "Receipt"'
ok "the third one is ended from the room's copy" proctor --finish "$three" --reason "the machine burned"
ok "the first hands in" sit_now a "$one" 'wait "Time left"
F9 Right Right Enter
'"\"${one: -4}\""' Enter
wait "Receipt"'
is_signed() { candidate "$1" signed; }
ok "the end of the first is here" until_is 20 True is_signed "$one"
ok "and of the second" until_is 20 True is_signed "$two"
ok "the room is closed without the fourth" proctor --close
ok "the service ends" until_is 10 "" agent_of "$room"
journals=$room/sessions/am1/journals
cp -r "$room" room.at-closing

# what the room has, as bundles: the one that nobody ended in its own
ok "the room hands on what it has" kaochang-client export -C "$room" -o room.results
ok "the fourth in a bundle of its own" test -f "room-$four.results"
closed=$(sha256sum "$room/sessions/am1/close.xml" "$room/sessions/am1/minutes.xml")

# bad things on a stick
disk=d.disk/sessions/am1/journals/$four.journal
mkdir stick
head -c 9000 "$disk" >stick/cut.journal
cp "$disk" stick/alone.journal
: >stick/empty.journal
echo "not a journal" >stick/text.journal
ln -s "$(realpath "$disk")" stick/link.journal
edited "$disk" stick/foreign.journal "UPDATE epoch SET session = 'pm1'"
edited "$disk" stick/package.journal "UPDATE epoch SET package = zeroblob(32)"
edited "$disk" stick/nobody.journal "UPDATE epoch SET ticket = '990000000000'"
edited "$disk" stick/gap.journal "DELETE FROM event WHERE seq = 3"
rm -rf stick.changed && mkdir stick.changed
edited "$disk" stick.changed/changed.journal "UPDATE event SET used_ms = 1 WHERE seq = (SELECT max(seq) FROM event)"
before=$(cd "$journals" && sha256sum -- *)
no "a journal without its -wal is incomplete" 1 "-wal" collect stick/alone.journal
no "a cut one is damaged" 1 "refused" collect stick/cut.journal
no "an empty file" 1 "-wal" collect stick/empty.journal
no "a text" 1 "refused" collect stick/text.journal
no "a link is not followed" 1 "not a plain file" collect stick/link.journal
no "a folder is no journal" 1 "no journal of session am1" collect made/repo
no "a file that is not there" 1 "no such file" collect stick/nothing.journal
no "another session's" 1 "is of session pm1" collect stick/foreign.journal
no "another package's" 1 "another package" collect stick/package.journal
no "a stranger's" 1 "not on the list" collect stick/nobody.journal
no "one with a gap" 1 "missing" collect stick/gap.journal
no "an edited one, with the code" 1 "edited" with_code stick.changed
echo 0000-0000-0000-1 >mistyped
no "a mistyped code" 3 "code" collect --code-file mistyped "$disk"
no "the whole stick: each is told" 1 "were refused" collect stick
ok "a machine of the next room" enrol_next
no "brings in none of this room" 1 "sits in room R301" kaochang-client collect -C made/next --session am1 "$disk"
no "its own journals are not brought in" 1 "own journals" collect "$room"
is "and nothing has changed" "$before" "$(cd "$journals" && sha256sum -- *)"

# the fourth: a copy on a stick, without the code and with it; then the disk
mkdir usb
cp "$disk" "$disk-wal" usb/
chmod -R a-w usb
there=$(ls usb)
own=$(sha256sum "$journals/$four.journal")
ok "the copy of the fourth, without the code" collect --json usb/"$four".journal
is "is kept beside, since nobody has checked it" "beside False False" "$(outcome | cut -d' ' -f1,3,4)"
is "the room's own stays" "$own" "$(sha256sum "$journals/$four.journal")"
is "the stick is as it was" "$there" "$(ls usb)"
ok "the same copy again" collect usb
is "is here already" 1 "$(grep -c "already here" out)"
ok "with the code" with_code --json usb
read -r what events signed checked <<<"$(outcome)"
is "it takes the place of the room's" "more False True" "$what $signed $checked"
is "with all events" "$events" "$(answered_on "$journals/$four.journal")"
is "what was here is kept aside, and no longer beside" 2 "$(ls "$room/sessions/am1/aside" | grep "^$four" | grep -vc raw-wal)"
is "  so" "" "$(ls "$journals" | grep "^$four.other")"
ok "the whole disk too" collect d.disk
is "is here already" 1 "$(grep -c "already here" out)"
ok "the old one" collect --json "$room/sessions/am1/aside/$four.journal.1"
is "is a beginning of it" less "$(outcome | cut -d' ' -f1)"
ok "an edited copy of it" collect --json stick.changed
is "stands beside" beside "$(outcome | cut -d' ' -f1)"
rm "$journals/$four".other-*

# the others: what came after the fork is superseded
ok "the disk of the third, without the code" collect --json c.disk
is "is kept beside" "beside False" "$(outcome | cut -d' ' -f1,4)"
ok "under the machine's name" test -n "$(ls "$journals" | grep "^$three.other-")"
ok "and is here already the next time" collect c.disk
ok "the disk of the second, with the code" with_code --json b.disk
is "is put together with what is here" "tail True" "$(outcome | cut -d' ' -f1,4)"
ok "as evidence inside" test "$(answered_on "$journals/$two.journal")" -gt "$(answered_on "room.at-closing/sessions/am1/journals/$two.journal")"
ok "the same again is a part of it" with_code --json b.disk
is "with nothing to do" less "$(outcome | cut -d' ' -f1)"
is "what was signed at the closing stays" "$closed" "$(sha256sum "$room/sessions/am1/close.xml" "$room/sessions/am1/minutes.xml")"
ok "the minutes of the machine name what came" python3 -c 'import sqlite3, sys
rows = sqlite3.connect(sys.argv[1]).execute("SELECT count(*) FROM minute WHERE kind = ?", ("brought",)).fetchone()
assert rows[0] == 6, rows' "$room/sessions/am1/minutes.db"

# two wrote one epoch: a copy that went on by itself
edited "$disk" fork.journal "UPDATE event SET hash = zeroblob(32) WHERE seq = (SELECT max(seq) FROM event)"
ok "one that contradicts" collect --json fork.journal
is "stands beside" beside "$(outcome | cut -d' ' -f1)"
rm "$journals/$four".other-*

# any station of the room can take them in, too
ok "a station brings in a disk" kaochang-client collect -C made/a --session am1 d.disk
is "and says that it has no list" 1 "$(grep -c "not checked: whether the candidate is on the list" out)"

# the office: both bundles in any order
ok "a further bundle" kaochang-client export -C "$room" -o later.results
ok "the fourth and the third's disk in their own" test "$(ls later-*.results | wc -l)" = 2
cp -r made/office office.other
k() { kaochang -C "$office" "$@"; }
merge() { k merge --identity "$office/keys/results.identity" "$@"; }
office=made/office
ok "the office merges what came first" merge room.results "room-$four.results"
score() { kaochang-score store -C "$office" --package made/am1.exam --identity "$office/keys/recovery.identity"; }
points() { k report candidates --session am1 --json | python3 -c 'import json, sys
rows = json.load(sys.stdin)
rows = rows.get("candidates", rows.get("rows", rows)) if isinstance(rows, dict) else rows
print([(r["ticket"], r.get("points")) for r in rows if r["ticket"] in sys.argv[1:]])' "$one" "$two" "$three"; }
cp -r made/office office.scored
office=office.scored
ok "scored as it came first" score
first=$(points)
office=made/office
ok "and what came later" merge later*.results
office=office.other
ok "another office gets them the other way round" merge later*.results
ok "then the first ones" merge "room-$four.results" room.results
is "one store" "$(kaochang -C made/office digest)" "$(kaochang -C office.other digest)"
is "nothing is in quarantine" "" "$(k quarantine 2>/dev/null | grep -v -i nothing)"
ok "scored with all" score
is "what was superseded changes no score" "$first" "$(points)"
evidence() { python3 -c 'import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
print(*[db.execute("SELECT max(head_seq) FROM epoch WHERE candidate_id = ? AND epoch = 1", (t,)).fetchone()[0] for t in sys.argv[2:]])' "$@"; }
read -r -a old <<<"$(evidence office.scored/store.db "$two" "$three" "$four")"
read -r -a new <<<"$(evidence office.other/store.db "$two" "$three" "$four")"
for i in 0 1 2; do
    ok "evidence of the lost machine: ${new[$i]} events, not ${old[$i]}" test "${new[$i]}" -gt "${old[$i]}"
done
echo "1..$number"

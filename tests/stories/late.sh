#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# What comes after a package is published: a candidate who comes late, a spare form for one, another seat; a spare
# session that a room sits; a package that is withdrawn. late.sh SOURCE_ROOT BUILD_ROOT; prints TAP.
source "$(dirname "$0")/station.sh"
PATH="$build/tests/tools:$PATH"
head -6 "$source/data/rosters/demo.csv" >five.csv
export ROSTER=$work/five.csv ARRANGE="--keep-form B"
k() { kaochang -C made/office "$@"; }
proctor() { kaochang-client proctor -C "$station" "$@"; }
pull() { kaochang-client pull -C "$station" --from made/repo; }
rates() { k report rates --session am1 --json | python3 -c 'import json, sys; print(json.load(sys.stdin)["rows"][0][sys.argv[1]])' "$1"; }
status() { k report candidates --session am1 --json | python3 -c 'import json, sys
print(next(r[sys.argv[2]] for r in json.load(sys.stdin)["rows"] if r["ticket"] == sys.argv[1]))' "$1" "$2"; }
sits() { # session, ticket, exam
    echo "$2" >ticket
    responders --home "$station" --session "$1" --tickets ticket --exam "made/office/exams/$3" --seed 3
}
code() { grep -Eo '[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]' "$1" | head -1; }
one=420108030201 two=420108030202 three=420108030203 four=420108030204 late=420108039999

ok "an office makes an exam; one form is kept for single candidates" sh "$source/tests/stories/make-station.sh" made

# ---- what is published tells nothing of the key ----
unzip -q made/am1.exam -d whole
age -d -i made/office/keys/recovery.identity -o both whole/escrow.age
mkdir -p plain/paper plain/key
age -d -i both -o plain/paper.zip whole/paper.age && unzip -q plain/paper.zip -d plain/paper
age -d -i both -o plain/key.zip whole/key.age && unzip -q plain/key.zip -d plain/key
find plain -type f >files
for hash in "b2sum -l 256" "b2sum -l 512" sha256sum sha1sum; do xargs -a files $hash; done | cut -d' ' -f1 | sort -u >hashes
is "there are plaintexts to hash" yes "$([[ $(wc -l <hashes) -gt 100 ]] && echo yes)"
is "  none of their hashes is published" "" "$(grep -laF -f hashes -r made/repo made/am1.exam | head -1)"
is "the scoring part's size is padded" 0 $(($(stat -c %s plain/key.zip) % 65536))

# ---- a spare session, packed and pulled beforehand ----
ok "another exam is assembled" k assemble made/blueprint.xml --seed 8 -o reserve
no "a spare session has the window of its session" 2 "has the window" \
    k session new am1b --exam reserve --spare-for am1 --start 2026-11-22T09:00:00+08:00
ok "a spare session takes it over, with candidates and seats" k session new am1b --exam reserve --spare-for am1
no "a spare session has no spare session" 2 "is itself a spare session" k session new am1c --exam reserve --spare-for am1b
read -r item word < <(python3 - made/office/exams/reserve/items/*.xml <<'END'
import re, sys
for path in sys.argv[1:]: # a field for words, and what belongs into it
    text = open(path).read()
    if '<textEntryInteraction ' not in text or '<itemBody>' not in text or 'baseType="string"' not in text:
        continue
    words = re.findall(r'<correctResponse>\s*<value>([^<]+)</value>|mapKey="([^"]+)" mappedValue="1"', text)
    words = [w for pair in words for w in pair if re.fullmatch(r'[^\W\d][^\W\d]+[+\w]*', w)]
    if words:
        print(path, words[0])
        break
END
)
cp "$item" item.xml
sed -i "s/<textEntryInteraction /<textEntryInteraction placeholderText=\"$word\" /" "$item"
no "a paper that holds a correct answer is not packed" 3 "holds a correct answer" \
    k pack reserve --session am1b --no-password -o leak.exam
sed "s|<itemBody>|<itemBody><p>答案：$word</p>|" item.xml >"$item"
no "  nor one that says it" 3 "the text tells the answer" k pack reserve --session am1b --no-password -o leak.exam
is "  nothing is left of it" "" "$(ls made/office/sessions/am1b/*.exam leak.exam 2>/dev/null)"
cp item.xml "$item"
ok "it is packed" k pack reserve --session am1b --no-password --unlock-sheet spare-sheet -o am1b.exam
code spare-sheet >spare-code
ok "  and published" k publish am1b.exam --no-password --repo made/repo
ok "the station pulls it" pull

# ---- a newer list ----
cat >late.csv <<END
ticket,name,county,school,site,room,seat,form
$late,迟到,东湖区,东湖区第三中学,S01,R301,41,A
$two,,,,,,,B
$three,,,,,,42,
END
printf 'ticket,form\n%s,Z\n' "$two" >wrong.csv
no "a form that the package does not have" 3 "has the form Z" \
    k pack teachers --session am1 --late wrong.csv --no-password -o wrong.exam
printf 'ticket,seat\n%s,1\n' "$two" >wrong.csv
no "a seat that is taken" 3 "is also given to" k pack teachers --session am1 --late wrong.csv --no-password -o wrong.exam
printf 'ticket,form\n%s,A\n' "$two" >wrong.csv
no "a table that changes nothing" 2 "changes nothing" k pack teachers --session am1 --late wrong.csv --no-password -o wrong.exam
ok "late candidate, spare form, other seat become a supplement" \
    k pack teachers --session am1 --late late.csv --reason "三项变动" --no-password -o am1.late.exam
is "  it says how many" 1 "$(grep -c "new or changed candidates: 3, sites: 1" out)"
ok "it verifies, and says what it is" k verify am1.late.exam
is "  who signed it, and why" 1 "$(grep -c "supplement roster .*三项变动 signed officer" out)"
officer=$(tail -1 made/office/keys/officer.pub)
mkdir by-hand && unzip -q am1.late.exam -d by-hand
is "minisign verifies it too" "Signature and comment signature verified" \
    "$(minisign -V -H -P "$officer" -m by-hand/manifest.xml -x by-hand/manifest.xml.*.minisig 2>&1 | head -1)"
is "  as what it is" 1 "$(grep -c "role=supplement session=am1 number=1" by-hand/manifest.xml.*.minisig)"
is "age opens the list for the site" 1 \
    "$(age -d -i made/office/keys/S01.identity by-hand/roster/S01.age | grep -c "ticket=\"$late\"")"
unzip -q made/am1.exam roster/S01.age -d before
secret() { age -d -i made/office/keys/S01.identity "$1" | grep -Eo 'secret="[0-9a-f]*"'; }
is "the room keeps its secret" "$(secret before/roster/S01.age)" "$(secret by-hand/roster/S01.age)"
is "the signed roster is the newer one" 1 "$(grep -c "number=\"1\".*ticket=\"$late\"" made/office/sessions/am1/roster.xml)"
ok "it is published" k publish am1.late.exam --no-password --repo made/repo
ok "the station pulls it" pull
is "  and says so" 1 "$(grep -c "am1 supplement 1: a newer list" out)"

# ---- the room ----
ok "without a name the session is opened, not the spare one" proctor --open --code-file made/unlock-code
ok "the minutes" proctor --code-file made/unlock-code --minutes-list
is "  say which list it has" 1 "$(grep -Ec " list +st01 +1$" out)"
ok "the late candidate sits" sits am1 $late teachers
ok "so does the one with the spare form" sits am1 $two teachers
ok "and one as before" sits am1 $one teachers
ok "the room is closed" proctor --close --code-file made/unlock-code
ok "its bundle" kaochang-client export -C "$station" --session am1 -o am1.results
ok "comes to the office" k merge --identity made/office/keys/results.identity am1.results
is "six are registered" 6 "$(rates registered)"
is "three sat" 3 "$(rates sat)"
is "the late candidate has a result" unscored "$(status $late status)"
is "the spare form was sat" B "$(status $two form)"
is "the other seat stands" 42 "$(status $three seat)"

# ---- the spare session is sat by two who could not ----
no "it does not open with the other code" 1 "not the unlock code" proctor --open --session am1b --code-file made/unlock-code
sleep 1
ok "it opens with its own" proctor --open --session am1b --code-file spare-code
ok "one sits it" sits am1b $four reserve
ok "one who had begun the other sits it too" sits am1b $one reserve
ok "it is closed" proctor --close --code-file spare-code
ok "its bundle" kaochang-client export -C "$station" --session am1b -o am1b.results
ok "comes to the office" k merge --identity made/office/keys/results.identity am1b.results
is "one report has both: each candidate once" "6 4" "$(rates registered) $(rates sat)"
is "  and says how many come from the spare session" 1 "$(k report rates --session am1 | grep -c "from the spare session: 2")"

# ---- withdrawal ----
no "no package is withdrawn without a reason" 2 "--reason" k session withdraw am1 --no-password -o am1.withdrawn.exam
ok "the package is withdrawn" k session withdraw am1 --reason "第 3 题已经泄露" --no-password -o am1.withdrawn.exam
ok "  published" k publish am1.withdrawn.exam --no-password --repo made/repo
rm "$station/sessions/am1/close.xml" # as at a station that has not closed yet
ok "the station pulls it" pull
is "  and is told" 1 "$(grep -c "第 3 题已经泄露" err)"
no "it is not opened any more: why, and by whom" 1 "第 3 题已经泄露" proctor --open --session am1 --code-file made/unlock-code
is "  signed" 1 "$(grep -c "signed: officer" err)"
is "the journals are still there" 3 "$(ls "$station"/sessions/am1/journals/*.journal | wc -l)"
ok "merging takes the withdrawal in" k merge --identity made/office/keys/results.identity am1.results
is "what was sat with it is marked" withdrawn "$(status $two status)"
is "what was sat in the spare session is not" unscored "$(status $one status)"
is "the report says so" 1 "$(k report rates --session am1 | grep -c "package that was withdrawn: 2")"
digest=$(k digest)
ok "merged once more" k merge --identity made/office/keys/results.identity am1b.results am1.results
is "  nothing changes" "$digest" "$(k digest)"
echo "1..$number"

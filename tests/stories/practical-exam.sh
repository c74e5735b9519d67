#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A practical item from the bank to the score record: imported with its files, packed, worked on in a folder, collected, scored at
# the station and, from a bundle without scores, at the office: the same bytes. practical-exam.sh SOURCE_ROOT BUILD_ROOT; prints TAP.
set -uo pipefail
. "$1/tests/stories/station.sh"

python3 "$source/tests/stories/make-tasks.py" .
export BANK=$work/bank BLUEPRINT=$work/blueprint.xml
one=420108030201 two=420108030202 three=420108030203 four=420108030204 five=420108030205
office() { kaochang -C made/office "$@"; }
enter() { echo "\"$1\" Enter wait \"Is this you\" Right Enter wait \"Space\" Space Enter wait \"[1.]\""; }
hand_in() { echo "F9 wait \"hand in now\" End Right*2 Enter \"${1: -4}\" Enter wait \"Receipt\""; }
sits() { kaochang-client sit -C "$station" --work "$work/desk" --script "$1" --dump "$1.screens"; }
folder_of() { echo "$work/desk/$1/04-notice"; }
until_there() { for _ in {1..200}; do [[ -e $1 ]] && return; sleep 0.1; done; return 1; }
# works TICKET COMMAND…: once the folder is there
works() { until_there "$(folder_of "$1")" && sleep 1 && (cd "$(folder_of "$1")" && "${@:2}"); }
# as an office program saves that keeps the properties of the document
saves_the_title() {
    python3 - 通知.docx "$work/works/document.xml" <<'END'
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as old:
    parts = {name: old.read(name) for name in old.namelist()}
parts['word/document.xml'] = open(sys.argv[2], 'rb').read()
with zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED) as new:
    for name, data in parts.items():
        new.writestr(name, data)
END
}
only_moves() { mkdir 归档 && mv 旧稿.txt 归档/; }
saves_anothers() { cp "$(folder_of $one)/通知.docx" 通知.docx; }
does_all() { cp "$work/bank/tasks/notice/model/通知.docx" . && mkdir 归档 && mv 旧稿.txt 归档/; }
breaks_it() { printf 'no document' >通知.docx && mkdir 归档 && mv 旧稿.txt 归档/; }

ok "a bank takes a practical item with its files" sh "$source/tests/stories/make-station.sh" "$work/made"
is "all five of them" "model/归档/旧稿.txt model/通知.docx rules.xml start/旧稿.txt start/通知.docx" \
    "$(sqlite3 made/office/bank.db "SELECT group_concat(path, ' ') FROM (SELECT path FROM item_file WHERE item = 'notice' ORDER BY path)")"
ok "the same again is nothing new" office bank import "$BANK"
is "  unchanged" 0 "$(sqlite3 made/office/bank.db "SELECT count(*) FROM item WHERE version > 1")"
ok "another rule is another version" sh -c "cp -r bank other && sed -i 's/expect=\"三号\"/expect=\"二号\"/' other/tasks/notice/rules.xml &&
    cp -r made/office again && kaochang -C again bank import other"
is "  of that item alone" "notice" "$(sqlite3 again/bank.db "SELECT group_concat(id) FROM item WHERE version > 1")"
ok "it goes out with all of it" office bank export -o exported
is "  as it came" "" "$(diff -r bank/tasks/notice/start exported/tasks/notice/start; diff -r bank/tasks/notice/model exported/tasks/notice/model
    cmp bank/tasks/notice/rules.xml exported/tasks/notice/rules.xml)"
ok "  and comes in again, unchanged" office bank import exported
is "  unchanged" 0 "$(sqlite3 made/office/bank.db "SELECT count(*) FROM item WHERE version > 1")"

finds() { kaochang -C "$1" bank check --json 2>/dev/null | grep -E '"finding": ?"(rules-|no-model)' || true; }
ok "the item is shown with its files" office bank show notice
is "  all of them" "model/归档/旧稿.txt model/通知.docx rules.xml start/旧稿.txt start/通知.docx" \
    "$(sed -n 's/^file: \(.*\), [0-9]* bytes$/\1/p' out | xargs)"
is "the check of the bank finds nothing in its rules" "" "$(finds made/office)"
is "  but rules that the model does not meet" "notice: rules.xml: the model solution earns 6 of 10 points" \
    "$(kaochang -C again bank check 2>/dev/null | grep -o '^notice: rules.xml: [^;]*')"
sed -i 's/kind="word.align"/kind="word.aling"/; s/kind="word.size"/kind="word.sise"/' other/tasks/notice/rules.xml && rm -r other/tasks/notice/model
ok "  and where there are faults" kaochang -C again bank import other
is "  each with its line" "notice: rules.xml:4: notice: rules.xml:5: no-model" \
    "$(kaochang -C again bank check 2>/dev/null | grep -o '^notice: rules.xml:[0-9]*: ' | sed 's/ $//' | xargs) $(finds again | grep -o no-model)"

cp -r made/office faulty
sed -i 's/expect="三号"/expect="二号"/' faulty/exams/teachers/tasks/notice/rules.xml
no "rules that the model solution does not meet are not packed" 3 "the model solution earns 6 of 10 points" \
    kaochang -C faulty pack teachers --session am1 --no-password --unlock-sheet sheet -o faulty.exam
cp made/office/exams/teachers/tasks/notice/model/通知.docx faulty/exams/teachers/tasks/notice/start/
cp made/office/exams/teachers/tasks/notice/rules.xml faulty/exams/teachers/tasks/notice/
no "nor are those that the start files meet" 3 "model solution earns" \
    kaochang -C faulty pack teachers --session am1 --no-password --unlock-sheet sheet -o faulty.exam

ok "the room is opened" kaochang-client proctor -C "$station" --code-file made/unlock-code --open
for who in $one $two $three $four $five; do
    cat >"$who" <<END
$(enter $who)
b wait "saved here" Right b Right b Right wait "[4.]"
wait "collected" wait 5 dump worked
$(hand_in $who)
END
    cp "$who" "$who.script"
done
works $one saves_the_title & ok "one saves the document" sits $one
is "  and sees it collected" 1 "$(sed -n '/^== worked/,/^== end/p' $one.screens | grep -c '通知.docx.*\[collected\]')"
works $two does_all & ok "another does all of it" sits $two
works $three breaks_it & ok "a third saves what no program can read" sits $three
works $four saves_anothers & ok "a fourth hands in another's document" sits $four
works $five only_moves & ok "a fifth leaves the document as it was given" sits $five
ok "the room is closed" kaochang-client proctor -C "$station" --code-file made/unlock-code --close

ok "a bundle without scores is made" kaochang-client export -C "$station" -o unscored.results
ok "the office merges it" office merge --identity made/office/keys/results.identity unscored.results
ok "and scores it" kaochang-score store -C made/office --package made/am1.exam --identity made/office/keys/recovery.identity
points() { office report candidates --session am1 --json | python3 -c 'import json, sys
print(" ".join(str(r["points"]) for r in json.load(sys.stdin)["rows"] if r["status"] != "absent"))'; }
is "with what was done right" "10.0 16.0 9.0 10.0 9.0" "$(points | sed -E 's/\b([0-9]+)\b(\.[0-9]+)?/\1.0/g; s/\.0\.0/.0/g')"
record() { sqlite3 made/office/store.db "SELECT document FROM record WHERE candidate_id = '$1'"; }
checks() { record "$1" | grep -oE '<check [^>]*' | sed -E 's/.* points="([0-9.]+)" .*status="([a-z-]+)".*/\2 \1/' | xargs; }
token() { record "$1" | grep -oE ' token="[a-z]*"' | cut -d'"' -f2; }
ok "the record tells each check: found, expected, where" sh -c "echo '$(record $one)' | grep -q 'id=\"centred\" kind=\"word.align\" points=\"0\" maximum=\"3\" status=\"fail\" expected=\"center\" found=\"left\" place=\"word/document.xml, paragraph 1\"'"
is "a broken file costs its own points alone" "unreadable 0 unreadable 0 pass 3" "$(checks $three)"

# the exam's token in the start files
is "a document that kept its properties is the candidate's own" kept "$(token $one)"
is "  one that was made anew has lost them, which takes no point" "lost 10" "$(token $two) $(record $two | sed -E 's/.*id="notice"[^>]* points="([0-9.]+)".*/\1/')"
is "  of a broken one nothing is known" "" "$(token $three)"
is "  another's is told, and takes no point" "other 4" "$(token $four) $(record $four | sed -E 's/.*id="notice"[^>]* points="([0-9.]+)".*/\1/')"
is "what carries the token is still as it was given" "not-attempted 0 not-attempted 0 pass 3" "$(checks $five)"

# an appeal: why so many points, and where to look
says() { grep -qF -- "$2" <<<"$1"; }
text=$(kaochang-score explain $one -C made/office --package made/am1.exam --identity made/office/keys/recovery.identity)
ok "an appeal is answered with the rules' own words" says "$text" "centred 标题居中: not met, 0 of 3 points"
ok "  what was expected" says "$text" "  expected: center"
ok "  what was found" says "$text" "  found: left"
ok "  where" says "$text" "  place: word/document.xml, paragraph 1"
ok "  and other items with the answer that was given" says "$text" "; correct B"
text=$(LANGUAGE=zh_CN KAOCHANG_LOCALEDIR=$build/po kaochang-score explain $four -C made/office --item notice)
ok "in Chinese, without the package by the names of the checks" says "$text" "centred 对齐方式：不符合，得 0 分，满分 3 分"
ok "  with the flag of another's document" says "$text" "有文件带有其他考生或其他考试的标记"
saves_record() { printf '%s\n' "$(record $1)" >"$1.xml"; }
saves_record $two
ok "a record in a file is explained too" kaochang-score explain $two.xml -C made/office --item notice
no "a candidate without a record has no explanation" 1 "no score record" kaochang-score explain 420108030299 -C made/office
no "nor has an item that was not in the paper" 1 "no item k999" kaochang-score explain $one -C made/office --item k999
ok "the office writes out what was handed in" kaochang-score works -C made/office -o handed-in
is "  by item and candidate" "$one/旧稿.txt $one/通知.docx $two/归档/旧稿.txt $two/通知.docx" \
    "$(cd handed-in/notice && find $one $two -type f | LC_ALL=C sort | xargs)"
is "  byte for byte" "" "$(cd handed-in/notice && for who in $one $two $three $four $five; do diff -r $who "$(folder_of $who)"; done)"
ok "  it is scored again as it was" sh -c "kaochang-score checks bank/tasks/notice/rules.xml handed-in/notice/$five --start bank/tasks/notice/start |
    grep -q '\"total\":3,'"
no "  never over what is there" 2 "is there already" kaochang-score works -C made/office -o handed-in
no "  nothing of an item that has no files" 1 "no work with files" kaochang-score works -C made/office --item q1 -o nothing
traces=$(cd handed-in/notice && kaochang-score traces ./* --start ../../bank/tasks/notice/start 2>/dev/null)
ok "its traces show the document that went from one to the other" says "$traces" \
    "{\"trace\":\"token\",\"value\":\"kc:am1:$one:notice\",\"files\":[\"./$one/通知.docx\",\"./$four/通知.docx\"]}"
ok "  and who lost the token" says "$traces" "{\"trace\":\"token-lost\",\"value\":\"\",\"files\":[\"./$two/通知.docx\"]}"

ok "the close code is shown after the end" env KAOCHANG_CLOCK_OFFSET_MS=604800000 kaochang -C made/office \
    session release-close am1 --identity made/office/keys/recovery.identity --out close-code --anyway "one room of a story"
ok "the station scores too" kaochang-score session "$station" --code-file close-code -o scored.results
digest=$(office digest)
ok "the office takes its records" office merge --identity made/office/keys/results.identity scored.results
is "they are the same bytes: one record each" 5 "$(sqlite3 made/office/store.db 'SELECT count(*) FROM record')"
python3 -c 'import sys, zipfile; sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read("key.age"))' made/am1.exam >key.age
for who in $one $two $three $four $five; do
    saves_record $who
    ok "the files of $who are scored again: the same bytes" kaochang-score verify $who.xml -C made/office --bundle scored.results --key key.age \
        --identity made/office/keys/recovery.identity
done
is "nothing is in quarantine" 0 "$(sqlite3 made/office/store.db 'SELECT count(*) FROM quarantine')"
echo "1..$number"

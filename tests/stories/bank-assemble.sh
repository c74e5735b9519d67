#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A bank is filled, looked at, exported, and papers are assembled from it, with the commands that an office types.
# bank-assemble.sh SOURCE_ROOT BUILD_ROOT; prints TAP.
source=$1
kaochang=$2/cli/kaochang
localedir=$2/po
home=$(mktemp -d "${TMPDIR:-/tmp}/story.XXXXXX")
trap 'rm -rf "$home"' EXIT
office=$home/office
out=$home/out
err=$home/err
n=0

told() { # words of the last command
    sed 's/^/# /' "$out" "$err"
}

ok() { # ok NAME CONDITION…
    local name=$1
    shift
    n=$((n + 1))
    if "$@"; then
        echo "ok $n - $name"
    else
        echo "not ok $n - $name"
        told
    fi
}

run() { # run STATUS COMMAND…: true if it ends so
    local wanted=$1
    shift
    "$kaochang" "$@" >"$out" 2>"$err"
    local status=$?
    [ $status -eq "$wanted" ] || { echo "# status $status in place of $wanted"; return 1; }
}

in_chinese() {
    LANGUAGE=zh_CN LC_ALL=C.UTF-8 KAOCHANG_LOCALEDIR=$localedir run "$@" && grep -q 组出 "$out"
}

says() { grep -qF -- "$1" "$out" "$err"; }
lines() { [ "$(wc -l <"$out")" -eq "$1" ]; }
json() { python3 -c 'import json,sys; json.load(open(sys.argv[1]))' "$out"; }
json_lines() { python3 -c 'import json,sys; [json.loads(l) for l in open(sys.argv[1])]' "$out"; }
changed() { # changed SED_EXPRESSION FILE: the sample blueprint, changed
    sed "$1" "$source/data/blueprints/sample.xml" >"$2"
}

ok "a folder that is no office home is refused" run 2 bank list -C "$home"
ok "an office is made" run 0 new "$office"
ok "without a bank there is nothing to list, and the message says what to do" run 3 bank list -C "$office"
ok "  it says so" says "kaochang bank import"
ok "our own items come in" run 0 bank import -C "$office" "$source/data/bank"
ok "  with a summary" says "imported 60, new version 0, updated 0, unchanged 0, refused 0"
ok "the same again changes nothing" run 0 bank import -C "$office" "$source/data/bank/imsmanifest.xml"
ok "  with a summary" says "unchanged 60"
ok "the list has a line per item and one of names" run 0 bank list -C "$office"
ok "  61 lines" lines 61
ok "the list is one JSON document" run 0 bank list -C "$office" --kind fill --json
ok "  it reads" json
ok "an item is shown with its key" run 0 bank show -C "$office" k001
ok "  the key" says "问号"
ok "its XML is as it was imported" run 0 bank show -C "$office" k001 --xml
ok "  byte by byte" cmp -s "$out" "$source/data/bank/items/k001.xml"
ok "parameters and attributes are given by hand" run 0 bank edit -C "$office" k001 --irt "1.2 -0.35 0.2" --attributes "theme=校园 words=120" --by 张三
ok "and shown" run 0 bank show -C "$office" k001
ok "  the parameters with their scale" says "1.2 -0.35 0.2 logistic"
ok "  the attributes" says "theme=校园 words=120"
ok "an item that is not there is bad data" run 3 bank show -C "$office" zzz
ok "the sample bank has no findings" run 0 bank check -C "$office"

mkdir "$home/bad"
sed 's/identifier="k001"/identifier="n001"/' "$source/data/bank/items/k001.xml" >"$home/bad/good.xml"
printf '<assessmentItem>\n<itemBody>\n</assessmentItem>' >"$home/bad/broken.xml"
printf '<!DOCTYPE x>\n<assessmentItem/>' >"$home/bad/doctype.xml"
ok "a bad item never stops the others" run 3 bank import -C "$office" "$home"/bad/broken.xml "$home"/bad/doctype.xml "$home"/bad/good.xml
ok "  the good one is in" says "imported 1, new version 0, updated 0, unchanged 0, refused 2"
ok "  the bad one is named with its line" says "broken.xml:3"
ok "  and why" says "DOCTYPE"
ok "the same as JSON lines" run 3 bank import -C "$office" --json "$home"/bad/broken.xml "$home"/bad/good.xml
ok "  they read" json_lines
ok "  with an outcome each" says '"outcome":"unchanged"'

ok "the bank is exported" run 0 bank export -C "$office" -o "$home/package"
ok "the export comes in as unchanged" run 0 bank import -C "$office" "$home/package"
ok "  all of it" says "imported 0, new version 0, updated 0, unchanged 61, refused 0"
ok "a second export" run 0 bank export -C "$office" -o "$home/package2"
ok "  has the same bytes" diff -r "$home/package" "$home/package2"
ok "a folder that is not empty is not written to" run 2 bank export -C "$office" -o "$home/package"
ok "nobody retires an item without a name" run 2 bank retire -C "$office" k001

ok "two forms are assembled" run 0 assemble -C "$office" "$source/data/blueprints/sample.xml" --seed 5 -o spring
ok "  with a certificate to read" says "every requirement was checked again"
ok "  the exam has its parts" test -f "$office/exams/spring/paper.xml" -a -f "$office/exams/spring/certificate.json" -a -f "$office/exams/spring/blueprint.xml"
ok "an exam is never overwritten" run 2 assemble -C "$office" "$source/data/blueprints/sample.xml" -o spring
mkdir "$home/a" "$home/b"
ok "the same seed, once more" run 0 assemble -C "$office" "$source/data/blueprints/sample.xml" --seed 5 -o "$home/a/spring" --certificate "$home/certificate.json"
ok "  gives the same bytes" diff -r "$office/exams/spring" "$home/a/spring"
mkdir "$home/zh"
ok "the same seed in a Chinese office" in_chinese 0 assemble -C "$office" "$source/data/blueprints/sample.xml" --seed 5 -o "$home/zh/spring"
ok "  gives the same bytes: no language leaks into a document" diff -r -x report.html "$office/exams/spring" "$home/zh/spring"
ok "  but for the report, which is in the office's language" grep -q '<html lang="zh-CN">' "$home/zh/spring/report.html"
ok "the report is written anew" run 0 exam report -C "$office" spring -o "$home/report.html"
ok "  byte by byte" cmp -s "$home/report.html" "$office/exams/spring/report.html"
changed 's|</blueprint>|  <include item="k001"/>\n  <exposure maxExams="2"/>\n  <past years="5" max="8"/>\n</blueprint>|; s|<blueprint |<blueprint date="2031-06-20" |' "$home/once.xml"
ok "items that may stand in two exams at most, this one included" run 0 assemble -C "$office" "$home/once.xml" --forms 1 --seed 5 -o "$home/once"
ok "  are the same ones in the report that is written anew" run 0 exam report -C "$office" "$home/once" -o "$home/once.html"
ok "    byte by byte" cmp -s "$home/once.html" "$home/once/report.html"
ok "the exam is printed for a room without power" run 0 exam print -C "$office" spring -o "$home/printed"
ok "  paper, answer sheet and marking guide of both forms" test "$(ls "$home/printed" | tr '\n' ' ')" = "answer-sheet-A.pdf answer-sheet-B.pdf marking-guide-A.pdf marking-guide-B.pdf paper-A.pdf paper-B.pdf "
ok "  that nobody else can read" test "$(stat -c %a "$home"/printed/* | sort -u)" = 600
ok "  one form only" run 0 exam print -C "$office" spring --form B -o "$home/printed-b"
ok "    three files" test "$(ls "$home/printed-b" | wc -l)" = 3
ok "  no form that there is not" run 2 exam print -C "$office" spring --form Z -o "$home/printed-z"
pdftotext -layout "$home/printed/marking-guide-A.pdf" "$home/guide.txt"
pdftotext -layout "$home/printed/paper-A.pdf" "$home/paper.txt"
ok "  the guide has a line for each item" test "$(grep -cE '^ +[0-9]+ +[0-9.]+ ' "$home/guide.txt")" = 20
ok "  the paper has every item" test "$(grep -cE '^[[:space:]]*[0-9]+\.[^.)]' "$home/paper.txt")" = 20
ok "no report of an exam that there is not" run 2 exam report -C "$office" nothing -o "$home/nothing.html"
ok "  and the certificate where it was wanted" cmp -s "$home/certificate.json" "$home/a/spring/certificate.json"
ok "another seed" run 0 assemble -C "$office" "$source/data/blueprints/sample.xml" --seed 7 -o "$home/b/spring"
ok "  gives another paper" eval '! cmp -s "$home/a/spring/paper.xml" "$home/b/spring/paper.xml"'
ok "a single form" run 0 assemble -C "$office" "$source/data/blueprints/sample.xml" --forms 1 --json -o single
ok "  its certificate is JSON" json

changed 's/kinds="multiple" count="3" points="3"/kinds="multiple" count="9" points="1"/' "$home/many.xml"
ok "a blueprint that nothing meets is a no" run 1 assemble -C "$office" "$home/many.xml" -o many
ok "  explained in the office's words" says "exactly 9 items; 8 items of the bank fit"
ok "  and nothing is left behind" test ! -e "$office/exams/many"
changed 's/maxOverlap="4"/maxOverlap="0"/; s/kinds="multiple" count="3" points="3"/kinds="multiple" count="6" points="1.5"/' "$home/apart.xml"
ok "two requirements that contradict each other" run 1 assemble -C "$office" "$home/apart.xml" -o apart
ok "  are both named" says "these cannot hold together"
ok "the same as JSON" run 1 assemble -C "$office" "$home/apart.xml" -o apart --json
ok "  it reads" json
ok "why, without making anything" run 1 assemble -C "$office" "$home/apart.xml" --explain
ok "  the changes of which each would do" says "each of these changes alone would make it work"
ok "where nothing contradicts itself, how long the bank lasts" run 0 assemble -C "$office" "$source/data/blueprints/sample.xml" --explain --exams 4
ok "  and what to write" says "items to write for 4 exams"
ok "  as JSON" run 0 assemble -C "$office" "$source/data/blueprints/sample.xml" --explain --json
ok "  it reads" json
changed 's/count="10"/count="-1"/; s/target="0.72"/aim="0.72"/' "$home/wrong.xml"
ok "faults in a blueprint are bad data" run 3 assemble -C "$office" "$home/wrong.xml" -o wrong
ok "  the first with its line" says "wrong.xml:8:"
ok "  the last too" says 'unknown attribute "aim"'
ok "no forms at all is wrong usage" run 2 assemble -C "$office" "$source/data/blueprints/sample.xml" --forms 0 -o none
printf '<!DOCTYPE blueprint><blueprint/>' >"$home/doctype.xml"
ok "a DOCTYPE is refused" run 3 assemble -C "$office" "$home/doctype.xml" -o doctype
truncate -s 1G "$home/huge.xml"
ok "a file of 1 GB is refused" run 3 assemble -C "$office" "$home/huge.xml" -o huge
ok "  as an item too" run 3 bank import -C "$office" "$home/huge.xml"
echo "1..$n"

#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The commands of rubrics and plans. Usage: test-commands.sh KAOCHANG SOURCE_ROOT. Prints TAP.
set -uo pipefail
kaochang=$1 data=$2/data
export LC_ALL=C.UTF-8 LANGUAGE=en
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

number=0
result() { # name, found, expected
    number=$((number + 1))
    if [[ $2 == "$3" ]]; then
        echo "ok $number - $1"
    else
        echo "not ok $number - $1"
        printf 'found %s, expected %s\n' "$2" "$3" | sed 's/^/# /'
    fi
}

echo 1..8
"$kaochang" rubric check "$data"/rubrics/*.xml >"$work/out" 2>"$work/err"
result "the sample rubrics are right, without a warning" "$? $(wc -l <"$work/out") $(wc -c <"$work/err")" "0 8 0"

sed '/<fatal/d; s/points="6"/points="5"/; s/code="b" minus="1">没有看/code="c" minus="1">没有看/' "$data/rubrics/P1.xml" >"$work/bad.xml"
"$kaochang" rubric check "$work/bad.xml" "$data/rubrics/P2.xml" >"$work/out" 2>"$work/err"
result "a wrong rubric is told with its lines, and the next one is read" "$? $(grep -oE '^[^ ]*bad.xml:[0-9]+' "$work/err" | sed 's/.*://' | sort -n | xargs) $(wc -l <"$work/out")" "3 3 7 1"

found=$("$kaochang" rubric rate "$data/rubrics/P1.xml" --json --marks '1:full 2:full 3:ab+ 4:full 5:full 6:c 7:bc 8:ac 9:0' |
    python3 -c 'import json, sys; r = json.load(sys.stdin); print(r["total"], r["open"], r["steps"][6]["slips"][1]["why"], r["steps"][2]["slips"][1]["why"])')
result "a rating is worked out with the reason of each slip" "$found" "14.5 0 same hinted"

"$kaochang" rubric rate "$data/rubrics/P1.xml" --marks '1:z' >/dev/null 2>"$work/err"
result "a mark that is none is wrong use" "$? $(grep -c '"1:z": the step has no such slip' "$work/err")" "2 1"

"$kaochang" lab new "$data"/rubrics/*.xml --raters 2 --tolerance 2 --recheck 12 --id science --title 初中理科实验操作技能考试 \
    --exempt 'disability=15:肢体残疾不能操作，持证明免试' --exempt 'injury=9:临时伤病不能操作，持医院证明免试' -o "$work/skills" >/dev/null
result "the sample plan is what lab new makes of the sample rubrics" "$? $(cmp "$work/skills/lab.xml" "$data/labs/science.xml" && echo same)" "0 same"

"$kaochang" lab new "$data/rubrics/P1.xml" -o "$work/skills" 2>"$work/err"
result "an exam is never overwritten" "$? $(grep -c 'something of this name already' "$work/err")" "2 1"

"$kaochang" lab new "$data/rubrics/P1.xml" "$data/rubrics/P1.xml" -o "$work/twice" 2>"$work/err"
result "a rubric stands once in a plan" "$? $(ls "$work" | grep -c twice)" "3 0"

"$kaochang" rubric print "$data/rubrics/C2.xml" -o "$work/C2.html" >/dev/null &&
    "$kaochang" rubric print "$data/rubrics/C2.xml" -o "$work/C2.pdf" >/dev/null
result "a rubric is printed as a page and as a PDF" "$? $(head -c 5 "$work/C2.pdf") $(grep -c '<li>' "$work/C2.html") $(grep -o '(contains b)' "$work/C2.html")" "0 %PDF- 8 (contains b)"

#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A school without devices: rating sheets are printed, typed twice, compared, looked at a third time, signed, merged; and a
# sheet that contradicts another one decides nothing by itself. Usage: lab-sheets.sh SOURCE_ROOT BUILD_ROOT. Prints TAP.
set -uo pipefail
export PATH="$2/cli:$2/tests/tools:$PATH"
kaochang=$2/cli/kaochang
work=$(mktemp -d "${TMPDIR:-/tmp}/story.XXXXXX")
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
. "$1/tests/stories/verbs.sh"

id_of() { # ticket: the number on the printed sheet
    python3 -c 'import re, sys
for s in open("sheets/S01-L1-1.html", encoding="utf-8").read().split("<section>")[2:]:
    if sys.argv[1] in s: print(re.search("<h1>(.{9})</h1>", s)[1])' "$1"
}
ok "an office" kaochang new office
cd office || exit 1
for kind in root officer; do ok "$kind" kaochang keys new $kind --kind $kind --no-password; done
for kind in recovery results; do ok "$kind" kaochang keys new $kind --kind $kind; done
ok "a site" kaochang keys new S01 --kind site
for name in zhang li; do ok "a key for $name" kaochang keys new $name --kind rater --no-password; done
ok "a root" kaochang keys root --no-password
for name in zhang li; do
    ok "$name is certified" kaochang keys certify keys/$name.pub --kind rater --site S01 --name $name --no-password \
        -o keys/$name.certificate.xml
done

mkdir -p exams/lab sessions
rubric() { # id, title: both the same, so that whoever draws either types the same keys
    echo "<rubric xmlns=\"urn:kaochang:rubric:1\" id=\"$1\" version=\"1\" subject=\"物理\" title=\"$2\" minutes=\"15\" total=\"6\">" \
        '<step title="连接电路" points="3" mode="deduct" hint="0.5"><slip code="a" minus="2">开关未断开</slip>' \
        '<slip code="b" minus="1">量程选错</slip></step><step title="读数" points="2" mode="all"><slip code="a">视线不平</slip></step>' \
        '<step title="整理" points="1" mode="all"></step></rubric>'
}
{
    echo '<lab xmlns="urn:kaochang:lab:1" id="lab" title="理科实验技能考试" interval="300" raters="1" tolerance="1" round="0.5"' \
        'dispute="third" recheck="0"><exemption name="injury" points="3">伤病免试</exemption>'
    rubric P1 串联电路
    rubric P2 并联电路
    echo '</lab>'
} >exams/lab/lab.xml
ok "a session" kaochang session new lab1 --exam lab --title 理科实验技能考试 --start 2026-11-23T09:00:00+08:00 --end 2026-11-23T11:00:00+08:00
{
    echo ticket,name,id_number,county,school,site
    n=0
    for name in 陈晨 刘洋 赵敏 孙丽; do n=$((n + 1)) && echo "202600$n,$name,,南县,第一中学,S01"; done
} >candidates.csv
printf 'site,room,benches,groups\nS01,L1,4,1\n' >rooms.csv
printf 'id,name,school,site\nE07,周老师,第二中学,S01\n' >raters.csv
ok "four candidates" kaochang roster import candidates.csv --session lab1
no "no sheet is printed before the draw" 2 "draw first" kaochang sheets print --session lab1 -o sheets
ok "the draw is committed" kaochang roster draw --commit --session lab1 --rooms rooms.csv --raters raters.csv --no-password
ok "and drawn" kaochang roster draw --session lab1 --rooms rooms.csv --raters raters.csv --no-password
ok "the package is made: the roster is signed" kaochang pack lab --session lab1 --no-password -o lab1.exam
keyid=$(basename sessions/lab1/roster.xml.*.minisig .minisig)
if [[ ! -e sessions/lab1/lab.xml ]]; then
    cp exams/lab/lab.xml sessions/lab1/lab.xml
    ok "the plan is signed" kaochang sign -s keys/officer.key --no-password --comment "kaochang/1 role=lab session=lab1" \
        -o "sessions/lab1/lab.xml.${keyid#roster.xml.}.minisig" sessions/lab1/lab.xml
fi

ok "sheets are printed" kaochang sheets print --session lab1 -o sheets
is "one of each candidate, under a list" 5 "$(grep -c '<section>' sheets/S01-L1-1.html)"
ok "and as PDF" test -s sheets/S01-L1-1.pdf
first=$(id_of 2026001) second=$(id_of 2026002) third=$(id_of 2026003) fourth=$(id_of 2026004)

ok "one types on a terminal: a slip, a sum that does not fit, then the right one; the next one is absent" pty-type --timeout 20 \
    --expect "Number of the sheet" --send "$first" --expect "Sum of the marks" --send b \
    --expect "full or nothing" --send "" --expect "Sum on the paper" --send 6 --expect "give 5" --send $'\x7f5' \
    --expect "Saved" --send "$second" --expect "Sum of the marks" --send $'\e52' \
    --expect "Saved" --send $'\e' -- kaochang sheets type --session lab1 --clerk 张三 -o first.sheets
cat >keys.txt <<EOS
expect "2 typed" "$third" Enter Enter*3 "6" Enter expect "Saved"
"$fourth" Enter "a" Enter "0" "3" Enter expect "Saved" Escape
EOS
ok "she goes on with keys from a script" kaochang sheets type --session lab1 --clerk 张三 -o first.sheets --script keys.txt
echo "\"$first\" Enter Enter*3 \"5\" Enter expect \"its marks give 6\" expect \"Saved\"" >keys.txt
no "a wrong sum stops the clerk: nothing is saved" 1 "Saved" kaochang sheets type --session lab1 --clerk 别人 -o wrong.sheets --script keys.txt
no "nobody goes on in another's file" 2 "张三" kaochang sheets type --session lab1 --clerk 李四 -o first.sheets --script keys.txt

ok "the head of a table" sh -c 'kaochang sheets type --session lab1 --csv-head >table.csv'
is "has a column a step" "sheet,1,2,3,sum,fatal,rater,reason,status,note,chief,unsigned" "$(tr -d '\r' <table.csv)"
cat >>table.csv <<EOS
$first,b,full,full,5,,,,,,,
$second,,,,,,,,缺考,,,
$third,full,full,0,6,,,,,,,
EOS
no "a row that does not add up is told with its line" 3 "table.csv:4: the sheet says 6, its marks give 5" \
    kaochang sheets type --session lab1 --clerk 李四 -o second.sheets --csv table.csv
sed -i "s/^$third.*/$third,full,full,0,5,,,,,,,/" table.csv
ok "another one types a table" kaochang sheets type --session lab1 --clerk 李四 -o second.sheets --csv table.csv
ok "twice is not more" kaochang sheets type --session lab1 --clerk 李四 -o second.sheets --csv table.csv
is "three sheets" 4 "$(wc -l <second.sheets)"

no "what differs and what is missing is told" 1 "step 3: full / 0, sum: 6 / 5" kaochang sheets compare first.sheets second.sheets
is "the missing one by name" 1 "$(grep -c "$fourth  2026004  孙丽  李四 has not typed it" out)"
no "nothing is finished before" 1 "2 sheets differ or were typed once only" kaochang sheets finish first.sheets second.sheets \
    -s zhang -s li --no-password -o decisions
echo "$fourth,a,full,0,3,,,,,,," >>table.csv
ok "she types the missing one" kaochang sheets type --session lab1 --clerk 李四 -o second.sheets --csv table.csv
no "who typed does not look a third time" 2 "third person" kaochang sheets resolve first.sheets second.sheets --by 李四 -o third.sheets
cat >keys.txt <<EOS
expect "1 still differ" expect "$third" "$third" Enter expect "full" "0" "5" Enter expect "has been looked at" Escape
EOS
ok "a third one looks at the paper" kaochang sheets resolve first.sheets second.sheets --by 王五 -o third.sheets --script keys.txt
ok "now all is decided" kaochang sheets compare first.sheets second.sheets third.sheets --room L1

no "one signature is too few" 2 "two keys" kaochang sheets finish first.sheets second.sheets third.sheets -s zhang --no-password -o decisions
no "and one person is not two" 1 "the two who typed must sign" kaochang sheets finish first.sheets second.sheets third.sheets \
    -s zhang -s zhang --no-password -o wrong
ok "two sign" kaochang sheets finish first.sheets second.sheets third.sheets -s zhang -s li --no-password --date 2026-11-23 -o decisions
is "a decision of each sheet" 4 "$(ls decisions/*.decision.xml | wc -l)"
ok "finishing again makes no more" kaochang sheets finish first.sheets second.sheets third.sheets -s zhang -s li --no-password -o decisions
is "still four" 4 "$(ls decisions/*.decision.xml | wc -l)"
ok "they are merged" kaochang merge decisions/*.decision.xml
digest=$(kaochang digest)
ok "in another order, twice" kaochang merge $(ls -r decisions/*.decision.xml)
is "the store is the same" "$digest" "$(kaochang digest)"
ok "nothing contradicts" kaochang quarantine

sed "s/^$first.*/$first,ab,full,full,3,,,,,,,/" table.csv >other.csv
for name in 赵六 钱七; do
    ok "$name types the first sheet otherwise" kaochang sheets type --session lab1 --clerk $name -o $name.sheets --csv other.csv
done
ok "that is signed too" kaochang sheets finish 赵六.sheets 钱七.sheets -s zhang -s li --no-password -o again
ok "and merged" kaochang merge "again/$first.decision.xml"
no "but the two contradict: people decide" 1 "2026001" kaochang quarantine
echo "1..$number"

#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The draw of a lab-skills exam: committed, revealed, drawn again by others; a second one, a late change. Usage: draw.sh
# SOURCE_ROOT BUILD_ROOT. Prints TAP.
set -uo pipefail
root=$1 build=$2
export PATH="$build/cli:$PATH"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1

. "$root/tests/stories/verbs.sh"

rubric() { # id
    echo "<rubric xmlns=\"urn:kaochang:rubric:1\" id=\"$1\" version=\"1\" subject=\"physics\" title=\"$1\" minutes=\"15\" total=\"2\">" \
        "<step title=\"one\" points=\"2\" mode=\"all\"><slip code=\"a\">not done</slip></step></rubric>"
}
home() { # folder
    kaochang new "$1"
    (
        cd "$1" || exit 1
        kaochang keys new root --kind root --no-password
        for kind in recovery results; do kaochang keys new $kind --kind $kind; done
        for name in li wang; do kaochang keys new $name --kind officer --no-password; done
        kaochang keys root --officer li --officer wang --no-password
        mkdir exams/lab
        {
            echo -n '<lab xmlns="urn:kaochang:lab:1" id="lab" title="实验操作" interval="300" raters="2" tolerance="1" '
            echo -n 'round="0.5" dispute="third" recheck="0">'
            for id in C1 P1 P2; do rubric $id; done
            echo '</lab>'
        } >exams/lab/lab.xml
        kaochang session new am1 --exam lab --start 2026-11-28T09:00:00+08:00 --end 2026-11-28T11:30:00+08:00
        kaochang session new pm1 --exam lab --start 2026-11-28T14:00:00+08:00 --end 2026-11-28T16:30:00+08:00
    ) >/dev/null 2>&1
}
home office >out
cd office || exit 1
{
    echo 准考证号,姓名,区县,学校,考点
    for i in {100..219}; do echo "26$i,考生$i,东湖区,第$((i % 5))中学,S01"; done
} >candidates.csv
printf '考点,考场,名称,实验台,组数,列数\nS01,301,物理实验室,12,4,4\nS01,302,302,12,4,4\n' >rooms.csv
{
    echo 编号,姓名,学校
    for i in {10..49}; do echo "E$i,教师$i,第$((i % 5))中学"; done
} >raters.csv
both="--session am1 --session pm1"

ok "candidates" kaochang roster import candidates.csv --session am1
is "are told to be drawn, not arranged" 1 "$(grep -c 'kaochang roster draw --commit --session am1' out)"
no "nobody arranges seats of a lab exam" 2 "has its places from the draw" kaochang roster arrange --session am1 --seed 1
no "no rater before the draw" 1 "no rater is on the roster yet" kaochang roster raters --session am1
no "nothing is drawn before the seed is fixed" 2 "there is no commitment" kaochang roster draw $both --officer li
printf '考点,考场,实验台,组数\nS01,301,12,4\n' >few.csv
no "more candidates than benches: where, and how many are missing" 1 "site S01: 120 candidates and 96 places: 24 are missing" \
    kaochang roster draw --commit $both --rooms few.csv --officer li
printf '编号,姓名,学校\nE10,教师,第0中学\n' >one.csv
no "one rater for two rooms" 1 "places have no rater" \
    kaochang roster draw --commit $both --rooms rooms.csv --raters one.csv --officer li
printf '编号,姓名,学校\n' >none.csv
no "a table without a rater" 3 "none.csv: there is no rater in this table" \
    kaochang roster draw --commit $both --rooms rooms.csv --raters none.csv --officer li
ok "a session at the time of another" kaochang session new am2 --exam lab --start 2026-11-28T11:00:00+08:00 --end 2026-11-28T13:30:00+08:00
no "nobody rates in two sessions at the same time" 3 "E10: this rater is in sessions am1 and am2, which overlap" \
    kaochang roster draw --commit --session am1 --session am2 --rooms rooms.csv --raters raters.csv --officer li
no "one experiment only" 3 "1 experiment: a draw needs between 2" \
    kaochang roster draw --commit $both --rooms rooms.csv --unit am1=P1 --officer li
no "an experiment that the exam does not have" 2 "has no rubric P9" \
    kaochang roster draw --commit $both --rooms rooms.csv --unit am1=P1,P9 --officer li
printf '考点,考场,实验台,组数\nS01,301,12,9\n' >long.csv
no "more groups than the session has time for" 2 "do not fit into session am1" \
    kaochang roster draw --commit $both --rooms long.csv --officer li
printf 'ab%062d\n' 7 >../share
ok "the commitment, with somebody's share" kaochang roster draw --commit $both --rooms rooms.csv --raters raters.csv \
    --unit am1=P1,P2 --share ../share --officer li
is "the seed is for the office alone" 600 "$(stat -c %a draws/am1/1/seed)"
no "another commitment needs a reason and two" 1 "needs a reason and two officers" \
    kaochang roster draw --commit $both --reason fire --officer li
no "nor one session of the two alone" 2 "for other sessions together" kaochang roster draw --session am1 --officer li

cp candidates.csv more.csv
echo "26999,补报,东湖区,第1中学,S01" >>more.csv
ok "a candidate comes late" kaochang roster import more.csv --session am1
no "and is not drawn just so" 1 "the rosters are not those of the draw: 1 came, 0 went" kaochang roster draw $both --officer li
ok "the list as it was" kaochang roster import candidates.csv --session am1
mv draws/am1/1/seed ../seed
sed '1s/.*/'"$(printf '%064d' 0)/" ../seed >draws/am1/1/seed
no "a seed that is not the committed one draws nothing" 1 "not the seed that was committed" kaochang roster draw $both --officer li
sed '2s/^./z/' ../seed >draws/am1/1/seed
no "nor does what is no seed" 3 "not the seed of a draw" kaochang roster draw $both --officer li
is "nobody has a place" "" "$(ls draws/am1/1/places.csv sessions/am1/roster.xml 2>/dev/null)"
mv ../seed draws/am1/1/seed
ok "the draw" kaochang roster draw $both --officer li
published=draws/am1/1
verify() { kaochang roster draw --verify "$@"; }
cd ..
cp -r office/$published published
ok "anybody draws the same" verify published/draw.xml --list published/list.csv --commitment published/commitment.xml \
    --places published/places.csv
ok "so does another program" "$root/build-aux/verify-draw.py" published/draw.xml published/list.csv published/commitment.xml
is "to the byte" "$(b2sum <out)" "$(b2sum <published/places.csv)"
ok "the seed's hash with Debian's tool" sh -c 'sed "s/.* seed=\"\([0-9a-f]*\)\".*/\1/" published/draw.xml | tr -d "\n" |
    python3 -c "import sys; sys.stdout.buffer.write(bytes.fromhex(sys.stdin.read()))" | b2sum -l 256 | cut -d" " -f1 |
    xargs -I% grep -q " seed=\"%\"" published/commitment.xml'
sed '3s/,[PC][12]/,P9/' published/places.csv >places.csv
no "the first place that differs" 1 "line 3 is \"candidate,26101" verify published/draw.xml --list published/list.csv --places places.csv
sed 's/26101,第1中学/26101,第2中学/' published/list.csv >list.csv
no "another list" 1 "another list than the draw names" verify published/draw.xml --list list.csv
sed 's/ seed="./ seed="z/' published/draw.xml >draw.xml
no "a seed that is none" 3 "seed" verify draw.xml --list published/list.csv
cd office || exit 1
is "experiments of the half-day" "P1 P2" "$(grep '^candidate,.*,am1,' $published/places.csv | tr -d '\r' | cut -d, -f10 | sort -u | xargs)"
is "everybody has one place" 120 "$(grep -c '^candidate' $published/places.csv)"

ok "raters are listed with their benches" kaochang roster raters --session am1
is "all of them" "$(grep -o "<rater " sessions/am1/roster.xml | wc -l)" "$(grep -c 'site S01, room 30[12], benches' out)"
before=$(b2sum sessions/am1/roster.xml)
ok "a name was wrong" kaochang roster import candidates.csv --session am1
ok "the same places are put back" kaochang roster draw $both --officer li
is "the same roster" "$before" "$(b2sum sessions/am1/roster.xml)"
cp $published/draw.xml ../drawn.xml
sed -i 's/ seed="[0-9a-f]*"/ seed="'"$(printf '%064d' 0)"'"/' $published/draw.xml
no "another seed in what was drawn is not put back" 1 "the seed has another hash than was committed" \
    kaochang roster draw $both --officer li
sed 's/ made="2/ made="3/' ../drawn.xml >$published/draw.xml
no "nor what no officer signed" 1 "draw.xml" kaochang roster draw $both --officer li
cp ../drawn.xml $published/draw.xml
is "and the roster stays" "$before" "$(b2sum sessions/am1/roster.xml)"
ok "tickets" kaochang roster tickets --session am1 -o tickets.txt
is "with bench and group" "1 1" "$(grep -c '^Group: 2' tickets.txt >/dev/null && echo 1) $(grep -q '^Bench: 12' tickets.txt && echo 1)"
is "but without experiments" "" "$(grep -E 'P1|P2|C1' tickets.txt)"
is "the second group begins 20 minutes later" "2026-11-28 09:20" "$(grep -A2 '^Group: 2' tickets.txt | sed -n 's/^Time: //p' | head -n 1)"
ok "lists for the doors" kaochang roster doors --session am1 -o doors.html
is "without experiments too" "" "$(grep -E 'P1|P2|C1' doors.html)"
ok "lists for the doors, to print" kaochang roster doors --session am1 -o doors.pdf
is "a PDF" "%PDF" "$(head -c 4 doors.pdf)"

no "the same officer twice is not two" 2 "named twice" \
    kaochang roster draw --commit $both --reason fire --officer li --officer li
ok "a second draw, with a reason and two officers" \
    kaochang roster draw --commit $both --reason fire --unit am1=P1,P2 --officer li --officer wang
mkdir kept
mv draws/am1/2/* kept
cp draws/am1/1/* draws/am1/2
no "an old draw in the place of the new one" 1 "commitment is of draw 1" kaochang roster draw $both --officer li
rm draws/am1/2/*
mv kept/* draws/am1/2
is "names the first by its hash" "$(b2sum -l 256 <$published/draw.xml | cut -d' ' -f1)" \
    "$(sed 's/.* before="\([0-9a-f]*\)".*/\1/' draws/am1/2/commitment.xml)"
mkdir aside
mv draws/am1/2/commitment.xml.*.minisig aside
cp "$(ls aside/* | head -n 1)" draws/am1/2
no "one signature alone reveals nothing" 1 "" kaochang roster draw $both --officer li
mv aside/* draws/am1/2
ok "the late candidate" kaochang roster import more.csv --session am1
no "one officer alone amends nothing" 1 "two officers" kaochang roster draw $both --officer li --amend late
ok "the second draw, amended" kaochang roster draw $both --officer li --officer wang --amend "late registration"
ok "verifies" verify draws/am1/2/draw.xml --list draws/am1/2/list-amended.csv --commitment draws/am1/2/commitment.xml
is "and says why" "The list was changed after the commitment: late registration|It replaces an earlier draw: fire" \
    "$(sed -n '2,3p' out | paste -sd '|')"
is "the first draw is still there" "$(b2sum <../published/draw.xml)" "$(b2sum <$published/draw.xml)"
is "raters stand in the roster" 1 "$(grep -c '<rater ' sessions/am1/roster.xml)"
echo "1..$number"

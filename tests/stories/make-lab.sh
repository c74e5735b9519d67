#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# make-lab.sh DIR: as make-station.sh, of a lab exam: two rubrics, eight candidates in two groups at four benches of R301 (and two
# in R302), three raters. The roster is drawn up by hand; the lot is another story's.
set -eu
dir=$1
office=$dir/office
station=$dir/station
k() { "$KAOCHANG" -C "$office" "$@" >>"$dir/make.log" 2>&1 || { cat "$dir/make.log" >&2; exit 1; }; }

mkdir -p "$dir"
"$KAOCHANG" new "$office" --name "江城考试办" >>"$dir/make.log" 2>&1
mkdir "$office/exams/lab"
rubric() { # id
    printf '<rubric xmlns="urn:kaochang:rubric:1" id="%s" version="1" subject="physics" title="连接电路" minutes="15" total="5">' "$1"
    printf '<step title="接线" points="3" mode="deduct"><slip code="a" minus="2">开关没有断开</slip><slip code="b" minus="1">量程选错</slip></step>'
    printf '<step title="读数" points="2" mode="all"><slip code="a">视线不平</slip></step></rubric>'
}
{
    printf '<lab xmlns="urn:kaochang:lab:1" id="lab" title="实验操作" interval="300" raters="1" tolerance="1" round="0.5" dispute="third" recheck="0">'
    rubric C1
    rubric P1
    echo '</lab>'
} >"$office/exams/lab/lab.xml"
k session new lab1 --exam lab --start "$(date -u -d -1hour +%FT%TZ)" --end "$(date -u -d +1day +%FT%TZ)"
{
    echo "ticket,name,id_number,county,school,site,room,seat,form"
    for i in 1 2 3 4 5 6 7 8; do
        echo "42010$i,考生$i,4201$i,东湖,$([ "$i" -lt 5 ] && echo 一中 || echo 二中),S01,R301,$i,$([ $((i % 2)) = 0 ] && echo P1 || echo C1)"
    done
    echo "420201,考生21,,东湖,一中,S01,R302,1,P1"
    echo "420202,考生22,,东湖,一中,S01,R302,2,C1"
} >"$dir/candidates.csv"
k roster import "$dir/candidates.csv" --session lab1
cat >"$dir/raters.csv" <<END
id,name,school,site,room,from,to,order
E01,周老师,三中,S01,R301,1,2,1
E02,吴老师,四中,S01,R301,3,4,1
E03,郑老师,,S01,R302,1,2,1
END
k roster raters "$dir/raters.csv" --session lab1 --benches 4
for key in root officer; do
    k keys new "$key" --kind "$key" --no-password
done
k keys new recovery --kind recovery
k keys new results --kind results
k keys new S01 --kind site
k keys root --no-password
k pack lab --session lab1 --no-password --unlock-sheet "$dir/unlock-sheet" -o "$dir/lab1.exam"
k publish "$dir/lab1.exam" --no-password --repo "$dir/repo"
fingerprint=$("$KAOCHANG" -C "$office" keys root --fingerprint 2>/dev/null | tr -d '\n')
"$KAOCHANG_CLIENT" enrol -C "$station" --repo "$dir/repo" --root "$fingerprint" --name st01 --site S01 --room R301 \
    --site-identity "$office/keys/S01.identity" >>"$dir/make.log" 2>&1
k keys certify "$station/keys/station.pub" --kind station --site S01 --room R301 --name st01 --no-password \
    -o "$dir/st01.certificate.xml"
"$KAOCHANG_CLIENT" enrol -C "$station" --certificate "$dir/st01.certificate.xml" >>"$dir/make.log" 2>&1
"$KAOCHANG_CLIENT" pull -C "$station" --from "$dir/repo" >>"$dir/make.log" 2>&1
grep -Eo '[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]' "$dir/unlock-sheet" | head -1 >"$dir/unlock-code"

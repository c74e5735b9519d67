#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# What people decide about ratings: third rater, change, re-check, statuses, two devices, appeal. The ratings come from
# a test tool, everything else from the real commands. Usage: lab-decisions.sh SOURCE_ROOT BUILD_ROOT. Prints TAP.
set -uo pipefail
export PATH="$2/cli:$2/tests/tools:$PATH" LC_ALL=C.UTF-8 LANGUAGE=en
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
office=$work/office

number=0
say() { # passed?, name
    number=$((number + 1))
    if [[ $1 == 0 ]]; then echo "ok $number - $2"; else echo "not ok $number - $2"; sed 's/^/# /' "$work/out" "$work/err"; fi
}
ok() { # name, command…
    local name=$1
    shift
    "$@" >"$work/out" 2>"$work/err"
    say $? "$name"
}
no() { # name, exit status, words, command…
    local name=$1 status=$2 words=$3
    shift 3
    "$@" >"$work/out" 2>"$work/err"
    [[ $? == "$status" ]] && grep -qF -- "$words" "$work/out" "$work/err"
    say $? "$name"
}
is() { # name, expected, got
    [[ $2 == "$3" ]]
    say $? "$1: $3"
}
shows() { # name, words, ticket
    kaochang -C "$office" adjudicate show "$3" --session lab1 >"$work/out" 2>"$work/err"
    grep -qF -- "$2" "$work/out"
    say $? "$1"
}
k() { kaochang -C "$office" "$@"; }
rate() { lab-ratings put "$office/store.db" lab1 "$@"; }
decide() { k adjudicate decide "$@" --session lab1; }
sign() { k adjudicate sign "$work/$1" --no-password "${@:2}"; }
waits() { k adjudicate list --session lab1 --json 2>/dev/null |
    python3 -c 'import json, sys; print(" ".join(c["ticket"] + "=" + c["state"] for c in json.load(sys.stdin)))'; }
mark() { k adjudicate show "$1" --session lab1 --json |
    python3 -c 'import json, sys; c = json.load(sys.stdin); print(c["state"], c.get("status", "-"), c.get("total", "-"))'; }
certify() { # name, kind
    k keys new "$1" --kind "$2" --no-password && k keys certify "$office/keys/$1.pub" --kind "$2" --site S01 --room 301 \
        --no-password -o "$office/keys/$1.certificate.xml"
}
officer_signs() { # document, comment
    local id
    id=$(sed -n 's/.*minisign public key \([0-9A-F]*\).*/\1/p' "$office/keys/officer.pub")
    minisign -S -s "$office/keys/officer.key" -t "$2" -m "$1" -x "$1.$id.minisig" </dev/null
}
set_up() (
    set -e
    kaochang new "$office" --name "江城考试办"
    mkdir -p "$office/exams/lab"
    lab-ratings plan "$office/exams/lab/lab.xml"
    k session new lab1 --exam lab --start 2026-11-18T10:30:00Z --end 2026-11-18T13:00:00Z
    for key in root officer; do k keys new "$key" --kind "$key" --no-password; done
    k keys new recovery --kind recovery
    k keys new results --kind results
    k keys root --no-password
    certify chief-wang chief
    for rater in E01 E02 E03; do certify "$rater" rater; done
    lab-ratings plan "$work/lab.xml"
    lab-ratings roster lab1 "$work/roster.xml"
    officer_signs "$work/lab.xml" "kaochang/1 role=lab session=lab1"
    officer_signs "$work/roster.xml" "kaochang/1 role=roster session=lab1"
)

ok "an office, its officers, a chief and three raters with certificates" set_up
ok "the first rater's device comes in" rate E01 s abc T1=-,- T2=-,- T3=a,a T4=-,-@4 T5=exempt:injury T6=-,-~9
ok "the second rater's too" rate E02 s abc T1=b,- T2=a,- T3=a,a T4=-,- T5=exempt:injury T6=-,-
no "without the plan no ratings are combined" 1 "no plan of a lab exam" k adjudicate list --session lab1
ok "plan and roster come in, signed" k merge --policy "$work/roster.xml" --policy "$work/lab.xml"
cp "$work/lab.xml" "$work/other.xml"
no "a plan that nobody signed does not" 1 "no officer signed it" k merge --policy "$work/other.xml"
no "who waits" 1 "waiting: 3" k adjudicate list --session lab1
is "each for its own reason" "T2=third T3=recheck T4=unsigned" "$(waits)"
is "the two others' mean" "done rated 4.5" "$(mark T1)"
is "an exemption is a fixed score" "done exempt 3" "$(mark T5)"
shows "step by step, with the slip and its price" "b wrong range (-1)" T1
shows "the exam's clock was off, and nothing else" "clock was off" T6
is "its mark stands" "done rated 5" "$(mark T6)"

ok "the third rater's device" rate E03 s abc T2=b,-
is "the nearer pair" "done rated 4.5" "$(mark T2)"

no "a decision has a reason" 2 "--reason" decide T4 --kind change --total 4 -o "$work/d0.xml"
no "and no more points than there are" 2 "more than the exam has" decide T4 --kind change --total 6 --reason x -o "$work/d0.xml"
ok "a change is written" decide T4 --kind change --total 4.5 --reason "step 1 was rated again" -o "$work/d1.xml"
no "nobody signed it" 1 "the chief and two raters" k merge "$work/d1.xml"
ok "the chief signs" sign d1.xml -s chief-wang
no "the chief alone never" 1 "two raters of the room" k merge "$work/d1.xml"
ok "a rater signs" sign d1.xml -s E01
no "one rater is not two" 1 "two raters of the room" k merge "$work/d1.xml"
ok "an officer's signature" sign d1.xml -s officer
no "is no rater's" 1 "two raters of the room" k merge "$work/d1.xml"
is "until then it is void" "unsigned - -" "$(mark T4)"
ok "the second rater signs" sign d1.xml -s E02
ok "now it counts" k merge "$work/d1.xml"
is "the new mark" "done rated 4.5" "$(mark T4)"
shows "old ratings stay" "the candidate confirmed 4" T4
shows "with who signed" "chief-wang (chief examiner)" T4
digest=$(k digest)
ok "merged again" k merge "$work/d1.xml"
is "nothing changed" "$digest" "$(k digest)"
sed 's/4.5/5/' "$work/d1.xml" >"$work/forged.xml"
for s in "$work"/d1.xml.*; do cp "$s" "$work/forged.xml${s#"$work"/d1.xml}"; done
no "a mark that was changed after the signatures is refused" 1 "forged.xml" k merge "$work/forged.xml"

sed 's/total="4.5"/total="9"/' "$work/d1.xml" >"$work/d9.xml"
ok "more points than the exam has" sign d9.xml -s chief-wang -s E01 -s E02
no "are no decision, whoever signs" 1 "more points than the exam has" k merge "$work/d9.xml"
no "a settled mark is changed by two raters, not by one" 1 "--kind change" \
    decide T1 --kind chief --total 5 --reason "the other was too strict" -o "$work/d0.xml"
ok "a low score is looked at again" decide T3 --kind recheck --reason "both sheets were read once more" -o "$work/d2.xml"
ok "by the chief" sign d2.xml -s chief-wang
ok "and stands" k merge "$work/d2.xml"
is "as it was" "done rated 1" "$(mark T3)"
ok "nobody waits any more" k adjudicate list --session lab1

ok "a breach" decide T1 --kind status --status breach --article 5-3 --reason "spoke to a neighbour" -o "$work/d3.xml"
ok "the chief signs" sign d3.xml -s chief-wang
ok "it is taken in" k merge "$work/d3.xml"
is "the mark is cancelled" "done breach -" "$(mark T1)"

ok "a second device with the first rater's id is found" rate E01 s abx T6=a,-
no "it stands in quarantine" 1 "T6" k quarantine
is "where the two differ, and only there" "T6=stranger" "$(waits)"
ok "the chief decides, having seen both" decide T6 --kind chief --total 5 --reason "the second device was the trainer's" -o "$work/d4.xml"
ok "with a rater" sign d4.xml -s chief-wang -s E02
ok "it is taken in" k merge "$work/d4.xml"
is "decided" "done rated 5" "$(mark T6)"

printf 'not a film' >"$work/camera3.mp4"
hash=$(b2sum "$work/camera3.mp4" | cut -d' ' -f1)
ok "an appeal: the form as a page" k appeal form T2 --session lab1 --video "$work/camera3.mp4" -o "$work/form.html"
ok "it names the recording and its hash" grep -q "$hash" "$work/form.html"
ok "and as PDF" k appeal form T2 --session lab1 --video "$work/camera3.mp4" -o "$work/form.pdf"
is "which it is" "%PDF" "$(head -c 4 "$work/form.pdf")"
ok "the committee decides" k appeal decide T2 --session lab1 --total 5 --reason "seen in the recording" \
    --video "$work/camera3.mp4" --video-at "archive/lab1/camera3.mp4" -o "$work/a1.xml"
ok "the chief signs" sign a1.xml -s chief-wang
no "an officer must, too" 1 "an officer must sign" k merge "$work/a1.xml"
ok "the officer signs" sign a1.xml -s officer
ok "it is taken in" k merge "$work/a1.xml"
is "the new version of the record" "done rated 5" "$(mark T2)"
shows "old and new stand in it" "4.5 -> 5" T2
shows "and where the recording lies" "archive/lab1/camera3.mp4" T2
ok "a rating that came later" rate E03 s2 xyz T4=b,-
is "reopens what was decided without it" "T4=chief" "$(waits)"

before=$(k digest)
mv "$office/store.db" "$work/first.db"
rate E03 s2 xyz T4=b,-
rate E01 s abx T6=a,-
k merge --policy "$work/lab.xml" --policy "$work/roster.xml" >/dev/null
k merge "$work"/a1.xml "$work"/d4.xml "$work"/d3.xml "$work"/d2.xml "$work"/d1.xml >/dev/null 2>&1
rate E03 s abc T2=b,-
rate E02 s abc T1=b,- T2=a,- T3=a,a T4=-,- T5=exempt:injury T6=-,-
rate E01 s abc T1=-,- T2=-,- T3=a,a T4=-,-@4 T5=exempt:injury T6=-,-~9
is "in another order it is the same store" "$before" "$(k digest)"

of_rating() { k report quality "$@" | sed -n 's/^Ratings: //p'; }
alone=$(of_rating --session lab1)
make_up() (
    set -e
    k session new lab1b --exam lab --start 2026-11-25T10:30:00Z --end 2026-11-25T13:00:00Z
    lab-ratings roster lab1b "$work/roster-b.xml"
    cp "$work/lab.xml" "$work/lab-b.xml"
    officer_signs "$work/lab-b.xml" "kaochang/1 role=lab session=lab1b"
    officer_signs "$work/roster-b.xml" "kaochang/1 role=roster session=lab1b"
    k merge --policy "$work/lab-b.xml" --policy "$work/roster-b.xml"
    lab-ratings put "$office/store.db" lab1b E01 s abc T6=-,-
)
ok "a make-up session with one rating" make_up
is "stands for itself" 1 "$(of_rating --session lab1b)"
is "or counts with the first" "$((alone + 1))" "$(of_rating --session lab1 --make-up lab1b)"
cheated() {
    decide T3 --kind status --status cheating --article 6-1 --reason "the raters saw it" -o "$work/d5.xml" &&
        sign d5.xml -s chief-wang && k merge "$work/d5.xml"
}
of_t3() { k report candidates --session lab1b "$@" --format csv | grep "^T3," | cut -d, -f9; }
lab-ratings put "$office/store.db" lab1b E01 s abcd T6=-,- T3=-,-
ok "somebody cheated" cheated
is "in that session" "done cheating -" "$(mark T3)"
is "another paper of the sitting knows nothing of it" pending "$(of_t3)"
is "until it is told of which sitting it is" cheating "$(of_t3 --sitting lab1)"
is "and counted" 1 "$(k report rates --session lab1b --sitting lab1 | grep -c 'strikes: 1')"
no "only a lab session tells of cheating" 2 "there is no such session" k report rates --session lab1b --sitting lab1c
no "what is no lab session is none" 2 "there is no such session" k report quality --session lab1 --make-up lab1c
echo "1..$number"

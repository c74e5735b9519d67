#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A room's results come to the office: first without scores, then with them, cut, twice, in either order; and become a table.
# Usage: results.sh SOURCE_ROOT BUILD_ROOT. Prints TAP.
set -uo pipefail
export SOURCE_ROOT=$1 KAOCHANG=$2/cli/kaochang KAOCHANG_CLIENT=$2/cli/client/kaochang-client
export PATH="$2/cli:$2/cli/client:$2/cli/score:$2/tests/tools:$PATH"
work=$(mktemp -d)
station=$work/station
trap 'kaochang-client proctor -C "$station" --close --code-file "$work/unlock-code" >/dev/null 2>&1; rm -rf "$work"' EXIT

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
k() { kaochang -C "$work/office" "$@"; }
merge() { k merge --identity "$work/office/keys/results.identity" "$@"; }
city() { # field of the first row
    k report rates --session am1 --json | python3 -c 'import json, sys; print(json.load(sys.stdin)["rows"][0][sys.argv[1]])' "$1"
}
next_week() { KAOCHANG_CLOCK_OFFSET_MS=604800000 "$@"; }

ok "an office makes an exam, a station pulls it" sh "$1/tests/stories/make-station.sh" "$work"
ok "the proctor opens the session" kaochang-client proctor -C "$station" --open --code-file "$work/unlock-code"
ok "forty sit, two are absent" responders --home "$station" --session am1 --tickets all \
    --exam "$work/office/exams/teachers" --seed 11 --absent 2
ok "the room is closed" kaochang-client proctor -C "$station" --close --code-file "$work/unlock-code"
ok "without a code the bundle goes unscored" kaochang-score session "$station" -o "$work/plain.results"

no "there is nothing to report yet" 2 "no central store" k report rates --session am1
ok "the office merges it" merge "$work/plain.results"
is "who sat" "38" "$(city sat)"
is "nothing is scored" "38" "$(city unscored)"
is "and no rate is made up" "None" "$(city passRate)"
digest=$(k digest)
ok "merged again" merge "$work/plain.results"
is "nothing changed" "$digest" "$(k digest)"

no "the close code is not shown while anybody may sit" 1 "extra time included" \
    k session release-close am1 --identity "$work/office/keys/recovery.identity"
ok "it is shown after the end" next_week kaochang -C "$work/office" session release-close am1 \
    --identity "$work/office/keys/recovery.identity" --out "$work/close-code"
ok "the office scores" kaochang-score store -C "$work/office" --package "$work/am1.exam" \
    --identity "$work/office/keys/recovery.identity"
is "all are scored" "38 0" "$(city sat) $(city unscored)"
passed=$(city passed)
ok "the station scores" kaochang-score session "$station" --code-file "$work/close-code" -o "$work/scored.results"
ok "its records are those of the office" merge "$work/scored.results"
ok "nothing is in quarantine" k quarantine
is "and nobody's result changed" "$passed" "$(city passed)"
digest=$(k digest)
rm "$work"/office/store.db*
ok "a new store takes them the other way round" merge "$work/scored.results" "$work/plain.results"
is "it is the same store" "$digest" "$(k digest)"

head -c 5000 "$work/scored.results" >"$work/cut.results"
rm "$work"/office/store.db*
no "a cut bundle is told, and stops no other" 3 "1 file was refused" merge "$work/cut.results" "$work/plain.results" \
    "$work/scored.results"
is "the others are in" "$digest" "$(k digest)"
no "a missing one too" 4 "cannot open" merge "$work/nowhere.results" "$work/plain.results"

k report candidates --session am1 --json >"$work/candidates.json"
k report rates --session am1 --level city,county,school,room --json >"$work/rates.json"
python3 - "$work" >"$work/out" 2>&1 <<'PYTHON'
import decimal, json, sys
people = json.load(open(sys.argv[1] + '/candidates.json'))['rows']
report = json.load(open(sys.argv[1] + '/rates.json'), parse_float=decimal.Decimal)
for row in report['rows']:
    own = [p for p in people if all(not row[k] or p[k] == row[k] for k in ('county', 'school', 'site', 'room'))]
    sat = [p for p in own if p['status'] == 'scored']
    passed = sum(p['points'] >= float(report['passLine']) for p in sat)
    rate = (decimal.Decimal(passed * 100) / len(sat)).quantize(decimal.Decimal('0.01'), decimal.ROUND_HALF_UP)
    assert (row['registered'], row['sat'], row['absent'], row['passed'], row['passRate']) == \
        (len(own), len(sat), len(own) - len(sat), passed, rate), row
PYTHON
say $? "every row agrees with a recount of the candidates"
k report bands --session am1 --level city,room --width 5 --json >"$work/bands.json"
python3 - "$work" >"$work/out" 2>&1 <<'PYTHON'
import json, statistics, sys
marks = [p['points'] for p in json.load(open(sys.argv[1] + '/candidates.json'))['rows'] if p['status'] == 'scored']
report = json.load(open(sys.argv[1] + '/bands.json'))
city = report['units'][0]
assert city['scored'] == len(marks) == sum(v for k, v in city.items() if k.startswith('band')), city
assert abs(city['sd'] - statistics.pstdev(marks)) <= 0.005 and city['median'] == statistics.median(marks), city
assert [(row['mark'], row['rank']) for row in report['marks']] == \
    [(mark, 1 + sum(m > mark for m in marks)) for mark in sorted(set(marks), reverse=True)]
PYTHON
say $? "bands, deviation, median and ranks are those of the candidates' marks"
ok "the bands as pages" k report bands --session am1 --format text,html,csv,json -o "$work/reports"
ok "the pages are written" k report rates --session am1 --format text,html,csv,json -o "$work/reports"
cp -r "$work/reports" "$work/first"
ok "and written again" k report rates --session am1 --format text,html,csv,json -o "$work/reports"
ok "they are the same, byte for byte" diff -r "$work/first" "$work/reports"
echo "1..$number"

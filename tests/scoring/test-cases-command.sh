#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# kaochang-score cases answers every line, whatever it holds, and item draws by a seed.
# Usage: test-cases-command.sh KAOCHANG_SCORE ITEM_FOLDER. Prints TAP.
set -uo pipefail
score=$1 items=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$items"/fuzz/corpus/item/fill-normalized.xml "$work/fill.xml"
tr '\0' '\n' <"$items"/fuzz/corpus/evaluate/template.xml | sed -e '$d' -e 's,<templateElse>.*</templateElse>,,' >"$work/template.xml"

number=0
is() { # name, expected, got
    number=$((number + 1))
    if [[ $2 == "$3" ]]; then echo "ok $number - $1"; else echo "not ok $number - $1"; sed 's/^/# /' <<<"$3"; fi
}
line() { "$score" cases "$work/cases.jsonl" 2>&1 | sed -n "$1p"; }

{
    echo 'no JSON at all'
    echo
    echo '[1, 2]'
    echo '{"id": "no item"}'
    echo '{"id": "nowhere", "item_xml_path": "nowhere.xml"}'
    echo '{"id": "no list", "item_xml_path": "fill.xml", "responses": {"RESPONSE": [{}]}}'
    printf '{"id": "long", "text": "'
    head -c 5000000 /dev/zero | tr '\0' x
    echo '"}'
    printf '\xff\xfe\x00\n'
    printf '{"id": "last", "item_xml_path": "fill.xml", "responses": {"RESPONSE": []}}'
} >"$work/cases.jsonl"
is "every line that is not empty has an answer" 8 "$("$score" cases "$work/cases.jsonl" | wc -l)"
is "what is no JSON is told by its number" '{"id":1,"error":"line 1 is not a JSON object"}' "$(line 1)"
is "a list is no case" '{"id":3,"error":"line 3 is not a JSON object"}' "$(line 2)"
is "a case without an item is told" '{"id":"no item","error":"the case has no item_xml_path"}' "$(line 3)"
is "an item that is not there is told" 1 "$(line 4 | grep -c '"nowhere","error":".*nowhere.xml: cannot open')"
is "responses that are none are told" 1 "$(line 5 | grep -c '"error":".*not a list of texts')"
is "a line that is too long is passed" '{"id":7,"error":"line 7 is longer than 4 MiB"}' "$(line 6)"
is "bytes that are no text are told" '{"id":8,"error":"line 8 is not a JSON object"}' "$(line 7)"
is "the last line needs no end" 1 "$(line 8 | grep -c '"last","outcomes":{')"

for seed in a b c d e f; do
    for answer in {1..30}; do
        echo "{\"id\": \"$seed $answer\", \"item_xml_path\": \"template.xml\", \"seed\": \"$seed\", \"responses\": {\"RESPONSE\": [\"$answer\"]}}"
    done
done >"$work/cases.jsonl"
right=$("$score" cases "$work/cases.jsonl" | grep -c '"SCORE":1.0')
is "each seed has exactly one right answer" 6 "$right"
first=$("$score" cases "$work/cases.jsonl" | grep '"SCORE":1.0' | grep -o ' [0-9]*"' | sort -u | wc -l)
is "and not the same for all" yes "$([[ $first -gt 1 ]] && echo yes)"
echo "1..$number"

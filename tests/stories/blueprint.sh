#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# What an office may ask of a paper beside counts of cells, with the commands that it types: attributes and parameters of items,
# past exams, stimuli, the two-way table and the spreadsheet.
# blueprint.sh SOURCE_ROOT BUILD_ROOT; prints TAP.
source=$1
kaochang=$2/cli/kaochang
home=$(mktemp -d "${TMPDIR:-/tmp}/story.XXXXXX")
trap 'rm -rf "$home"' EXIT
cd "$home" || exit 1
n=0

ok() { # ok NAME CONDITION…
    local name=$1
    shift
    n=$((n + 1))
    if "$@"; then
        echo "ok $n - $name"
    else
        echo "not ok $n - $name"
        sed 's/^/# /' out err
    fi
}
run() { # run STATUS COMMAND…: true if it ends so
    local wanted=$1
    shift
    "$kaochang" "$@" >out 2>err
    local status=$?
    [ $status -eq "$wanted" ] || { echo "# status $status in place of $wanted"; return 1; }
}
says() { grep -qF -- "$1" out err; }
blueprint() { # blueprint FILE ELEMENTS [ATTRIBUTES]: six items of four points, two forms
    cat >"$1" <<XML
<blueprint xmlns="urn:kaochang:blueprint:1" id="b" title="T" duration="900" points="12" pass="6" high="10" forms="2" date="2026-06-20" $3>
  <section id="s1" title="S" kinds="single" count="6" points="2"/>
  $2
</blueprint>
XML
}
asks() { # asks NAME ELEMENT WORDS: the requirement or goal that the element becomes
    blueprint b.xml "$2"
    run 0 blueprint check -C office b.xml
    ok "$1" says "$3"
}
holds() { # holds NAME ELEMENTS: assembled, and what PYTHON says of the forms (a list of lists of items) is true
    blueprint b.xml "$2"
    rm -rf exam
    ok "$1" run 0 assemble -C office b.xml -o ./exam --seconds 60
    ok "  and it is so" python3 - "$3" <<'PY'
import json, re, sys
items = {i['id']: i for i in json.load(open('items.json'))}
def attribute(i, name):
    return re.findall(r'(?:^| )%s=(\S+)' % name, items[i].get('attributes', ''))
form = [f['items'] if isinstance(f, dict) else f for f in json.load(open('exam/certificate.json'))['forms']]
sys.exit(0 if eval(sys.argv[1]) else print('#', form) or 1)
PY
}

# our own items with attributes: 30 single choices, themes in turn, a text for each three of the first 15
mkdir bank
cp -r "$source/data/bank/." bank
python3 - <<'PY'
import re
path = 'bank/imsmanifest.xml'
text = open(path, encoding='utf-8').read()
n = 0
def more(m):
    global n
    n += 1
    stimulus = f' stimulus=t{n // 3}' if n <= 15 else ''
    return f'<kc:item irt="{0.6 + n % 7 / 10:.1f} {(n % 11 - 5) / 4:.2f} 0.2" attributes="theme=v{n % 4} words={20 + n % 9 * 5}{stimulus}" '
open(path, 'w', encoding='utf-8').write(re.sub(r'<kc:item ', more, text))
PY
"$kaochang" new office >out 2>err
ok "items come in with parameters and attributes" run 0 bank import -C office bank
"$kaochang" bank list -C office --json >items.json

asks "a quota is asked of each value" '<quota attribute="theme" min="1" max="2"/>' "theme v3: 1 to 2 items"
asks "a cell may name attributes" '<cell attributes="theme=v1" knowledgePoint="1" max="2"/>' "theme=v1: at most 2 items"
asks "an attribute is added up" '<sum attribute="words" from="200" to="260"/>' "words of all items: 200 to 260"
asks "values are covered" '<coverage attribute="theme" min="3"/>' "at least 3 of 4 values of theme"
asks "items go together" '<allOrNone items="k001 k002"/>' "items k001, k002: all or none in a form"
asks "items never meet" '<enemies attribute="words"/>' "items of one words: never two in one form"
asks "an item stands in so many forms" '<use min="0" max="1"/>' "forms that use one item (all items): at most 1"
asks "stimuli are counted, with their items" '<stimuli min="1" max="1" itemsMin="2" itemsMax="3" maxForms="1"/>' "items of a stimulus that is used: 2 to 3"
asks "a wish has a weight" '<cell knowledgePoint="1" min="3" weight="5"/>' "(a wish of weight 5)"
asks "  and missing few of them is a goal" '<cell knowledgePoint="1" min="3" weight="5"/>' "goal 1: weight of the wishes that are missed"
asks "information has limits" '<information><at theta="0" min="0.5"/></information>' "information at ability 0: at least 0.500"
asks "  and is a goal" '<information goal="maximin"><at theta="0"/><at theta="1"/></information>' "goal 1: least information of a form"
asks "  or follows a curve" '<information goal="target"><at theta="0" target="1"/></information>' "goal 1: largest deviation of the information"
asks "difficulty follows a curve" '<difficultyCurve><at from="0.5" to="0.7" items="3"/></difficultyCurve>' "goal 1: largest deviation from the difficulty curve"
asks "forms are to be equal" '<equal of="expectedTime"/>' "goal 1: difference of the expected time between forms"
asks "goals stand in their order" '<meanFacility from="0.6" to="0.8" priority="2"/><equal attribute="words" priority="1"/>' "goal 2: largest deviation of the mean facility"

holds "themes are spread" '<quota attribute="theme" min="1" max="2"/>' "all(1 <= sum(v in attribute(i, 'theme') for i in f) <= 2 for f in form for v in ('v0', 'v1', 'v2', 'v3'))"
holds "words are added up" '<sum attribute="words" from="200" to="205"/>' "all(200 <= sum(int(attribute(i, 'words')[0]) for i in f) <= 205 for f in form)"
holds "a text comes with its items" '<stimuli min="2" max="2" itemsMin="2" itemsMax="3" maxForms="1"/>' \
    "all(sorted(len([i for i in f if attribute(i, 'stimulus') == [t]]) for t in {s for i in f for s in attribute(i, 'stimulus')})[0] >= 2 for f in form)"
holds "the form with the least information has much" '<information goal="maximin"><at theta="0"/></information>' "len(form) == 2"

ok "an attribute that no item has is bad data" eval 'blueprint b.xml "<quota attribute=\"colour\" max=\"1\"/>" && run 3 blueprint check -C office b.xml'
ok "  said with its line" says "b.xml:3: no item that a section can take has the attribute colour"
ok "a past exam that never was is bad data" eval 'blueprint b.xml "<past exams=\"winter\" max=\"1\"/>" && run 3 assemble -C office b.xml -o ./never'
blueprint b.xml ""
ok "an exam is assembled" run 0 assemble -C office b.xml -o spring
holds "the next one shares nothing with it" '<past exams="spring" max="0"/>' \
    "not {i for f in form for i in f} & {i for f in json.load(open('office/exams/spring/certificate.json'))['forms'] for i in (f['items'] if isinstance(f, dict) else f)}"
ok "  which the bank gives once more, whatever was used since" run 0 verify -C office ./exam
asks "  its items are left out where they may stand in one exam only" '<exposure maxExams="1" years="2"/>' "exposure of an item since 2024-06-20: exams: at most 1, this one included; "
asks "  and the freshest come first" '<fresh/>' "goal 1: freshness"

blueprint b.xml '<cell knowledgePoint="1" min="3"/><cell knowledgePoint="2" min="4"/>'
ok "a sum that no bank can meet is seen without one" run 1 blueprint check b.xml
ok "  said with its lines" says "lines 3, 3: at least 7 items are asked for, no item counts twice, and the paper has 6"
blueprint b.xml '<type kinds="single" min="6"/><cell cognitiveLevel="create" min="1"/>'
ok "what the bank has too little of is told" run 1 blueprint check -C office b.xml
ok "  in the office's words" says "create: at least 1 items; 0 items of the bank fit: too few"
ok "the same as JSON" run 1 blueprint check -C office b.xml --json
ok "  it reads" python3 -c 'import json; assert any(not r["enough"] for r in json.load(open("out"))["requirements"])'

ok "the two-way table is shown with what the bank has" run 0 blueprint table -C office "$source/data/blueprints/teacher.xml"
ok "  a row of it" eval 'grep -qE "\[3\] 电子表格 .* 2..4 \([0-9]+\)" out'
ok "it goes to a spreadsheet" run 0 blueprint table -C office "$source/data/blueprints/teacher.xml" --csv
sed 's/^\(\[3\][^,]*,\),/\1≥1,/' out >table.csv
ok "  and comes back as it was edited" run 0 blueprint table "$source/data/blueprints/teacher.xml" --take table.csv -o new.xml
ok "  one cell more" grep -qF '<cell knowledgePoint="3" cognitiveLevel="remember" min="1"/>' new.xml
ok "  all else is kept" test "$(grep -c . new.xml)" -eq $(($(grep -c . "$source/data/blueprints/teacher.xml") + 1))
ok "  a file that is there is not overwritten" run 2 blueprint table "$source/data/blueprints/teacher.xml" --take table.csv -o new.xml
printf 'point,apply\n1,2-May\n' >table.csv
ok "what a spreadsheet made a date of is refused" run 3 blueprint table "$source/data/blueprints/teacher.xml" --take table.csv -o newer.xml
ok "  with line and column" says 'table.csv:2: column "apply": "2-May"'

printf '编号,题型,题干,选项A,选项B,答案,IRT参数,属性\nx1,单选,甲或乙？,甲,乙,A,1.2 -0.35 0.2,theme=a words=9\nx2,单选,丙或丁？,丙,丁,B,1,theme\n' >items.csv
ok "a table of questions brings parameters and attributes" run 3 bank import -C office items.csv
ok "  and says where they cannot be read" says "column IRT参数: write a, b and c"
run 0 bank show -C office x1
ok "  the bank has them" eval 'says "1.2 -0.35 0.2 logistic" && says "theme=a words=9"'

# docs/engine.md, "The teacher exam"
"$kaochang" new city >out 2>err
for package in data/bank data/city/office data/city/machine data/city/teaching; do
    "$kaochang" bank import -C city "$source/$package" >>out 2>>err
done
ok "the teacher exam: four forms of sixty items" run 0 assemble -C city "$source/data/blueprints/city.xml" -o spring
ok "  as the blueprint asks" says "exactly 30 items: A 30, B 30, C 30, D 30"
ok "  of sixty items each" test "$(grep -o '<item ' city/exams/spring/paper.xml | wc -l)" -eq 240
ok "  proven" run 0 verify -C city city/exams/spring
echo "1..$n"

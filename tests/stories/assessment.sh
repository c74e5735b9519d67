#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# An assessment test from a package to a sealed exam. Usage: assessment.sh SOURCE_ROOT BUILD_ROOT. Prints TAP.
set -u
source_root=$1 build=$2
export LC_ALL=C.UTF-8 LANGUAGE=en
kaochang=$build/cli/kaochang
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
. "$source_root/tests/stories/verbs.sh"

head='<assessmentTest xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="quiz" title="Quiz">'
ref() { echo "<assessmentItemRef identifier=\"r$1\" href=\"$1.xml\"><weight identifier=\"W\" value=\"$2\"/></assessmentItemRef>"; }
quiz() { # section s1, rest of the document
    cat >package/quiz.xml <<END
<?xml version="1.0" encoding="UTF-8"?>
$head
<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>
<timeLimits maxTime="1800" minTime="300"/>
<testPart identifier="p" navigationMode="nonlinear" submissionMode="simultaneous">
<assessmentSection identifier="s1" title="Choice" visible="true"><selection select="3"/><ordering shuffle="true"/>
<rubricBlock view="candidate"><p>One answer is right.</p></rubricBlock>
$1
</assessmentSection>
<assessmentSection identifier="s2" title="Words" visible="true">$(ref k008 2.5)$(ref k009 2.5)</assessmentSection></testPart>
$2
</assessmentTest>
END
}
choices="$(ref k002 2)$(ref k003 2)$(ref k004 2)$(ref k010 2)$(ref k011 2)"
sum='<outcomeProcessing><setOutcomeValue identifier="SCORE"><sum><testVariables variableIdentifier="SCORE" weightIdentifier="W"/></sum></setOutcomeValue></outcomeProcessing>'

echo 1..31
mkdir package
cp "$source_root"/data/bank/items/*.xml package/
quiz "$choices" "$sum"
cat >package/imsmanifest.xml <<END
<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier="M"><organizations/><resources>
<resource identifier="T" type="imsqti_test_xmlv2p1" href="quiz.xml"><file href="quiz.xml"/></resource>
$(for i in k002 k003 k004 k008 k009 k010 k011; do echo "<resource identifier=\"$i\" type=\"imsqti_item_xmlv2p2\" href=\"$i.xml\"/>"; done)
</resources></manifest>
END
ok 'an office is made' "$kaochang" new office
ok 'a package with a test before its items is imported' "$kaochang" bank import -C office package
is 'all of it came in' 'imported 8, new version 0, updated 0, unchanged 0, refused 0' "$(tail -n 1 out)"
ok 'the tests of the bank are listed' "$kaochang" bank tests -C office
is 'with what they hold' 'quiz, version 1: Quiz (parts 1, sections 2, item references 7)' "$(cat out)"
"$kaochang" bank import -C office package >out 2>&1
is 'once more changes nothing' 'imported 0, new version 0, updated 0, unchanged 8, refused 0' "$(tail -n 1 out)"

"$kaochang" bank export -C office -o first >out 2>&1
"$kaochang" new other >out 2>&1
"$kaochang" bank import -C other first >out 2>&1
"$kaochang" bank export -C other -o second >out 2>&1
is 'out, in and out again is the same to the byte' '' "$(diff -r first second)"
is 'the manifest names what the test needs' 7 "$(grep -c '<dependency identifierref="RES-k0' first/imsmanifest.xml)"

ok 'two forms are made of the test by a seed' "$kaochang" assemble -C office --test quiz --seed 3 --forms 2 -o spring
is 'they are worth the weights' 'Quiz: forms 2, items 5, points 11, 30 minutes' "$(head -n 1 out)"
is 'time, lines and the words for candidates are in the paper' \
    'duration="1800" earliestHandIn="300" points="11" pass="6.6" high="9.35"><notice>Choice: One answer is right.</notice>' \
    "$(grep -o 'duration=.*</notice>' office/exams/spring/paper.xml)"
"$kaochang" assemble -C office --test quiz --seed 3 --forms 2 -o again >out 2>&1
is 'the same seed gives the same paper' "$(sed 's/ id="spring"//' office/exams/spring/paper.xml)" \
    "$(sed 's/ id="again"//' office/exams/again/paper.xml)"
"$kaochang" assemble -C office --test quiz --seed 4 --forms 2 -o another >out 2>&1
is 'another seed gives another' 1 \
    "$(cmp -s <(sed 's/ id="[a-z]*"//' office/exams/spring/paper.xml) <(sed 's/ id="[a-z]*"//' office/exams/another/paper.xml); echo $?)"
for key in 'root --kind root --no-password' 'officer --kind officer --no-password' 'recovery --kind recovery' \
    'results --kind results' 'S01 --kind site'; do
    # shellcheck disable=SC2086
    "$kaochang" keys new -C office $key >out 2>&1
done
"$kaochang" keys root -C office --no-password >out 2>&1
ok 'a session is held with it' "$kaochang" session new am1 -C office --exam spring --start 2026-11-25T09:00:00+08:00 \
    --end 2026-11-25T10:00:00+08:00
"$kaochang" roster import "$source_root/data/rosters/demo.csv" -C office --session am1 >out 2>&1
ok 'its candidates get both forms' "$kaochang" roster arrange -C office --session am1 --seed 1
ok 'it is sealed as any exam is' "$kaochang" pack spring -C office --session am1 -o am1.exam --unlock-sheet sheet --no-password

no 'an exam is never overwritten' 2 'something of this name' "$kaochang" assemble -C office --test quiz -o spring
no 'a test that the bank lacks is told' 3 'no such test' "$kaochang" assemble -C office --test none -o x
no 'a test and a problem are not the same' 2 '--test or --problem' "$kaochang" assemble -C office --test quiz --problem x -o x

quiz "$(ref k002 2)$(ref k003 1)$(ref k004 3)$(ref k010 2)" "$sum"
"$kaochang" bank import -C office package/quiz.xml >out 2>&1
no 'forms of different worth are refused' 3 'give the items that a selection chooses from equal points' \
    "$kaochang" assemble -C office --test quiz --forms 20 -o x
quiz "$(ref k002 2)$(ref k003 0.0001)$(ref k004 2)" "$sum"
"$kaochang" bank import -C office package/quiz.xml >out 2>&1
no 'a weight that is no number of points is refused with its item' 3 'more than three decimals' \
    "$kaochang" assemble -C office --test quiz -o x
quiz "$(ref k002 2)$(ref k008 2)$(ref k003 2)" "$sum"
sed -i 's/rk008" href="k008.xml"/again" href="k008.xml"/' package/quiz.xml
sed -i '0,/identifier="again"/! s/identifier="again"/identifier="rk008"/' package/quiz.xml
"$kaochang" bank import -C office package/quiz.xml >out 2>&1
no 'an item twice in a form is refused' 3 'occurs twice in form A' "$kaochang" assemble -C office --test quiz -o x
quiz "$choices" "$sum"
sed -i 's/nonlinear/linear/; s|title="Words" visible="true">|&<timeLimits maxTime="600"/>|' package/quiz.xml
"$kaochang" bank import -C office package/quiz.xml >out 2>&1
ok 'a linear part with a section that has its own time can be sealed' "$kaochang" assemble -C office --test quiz -o oneway
is 'its sections go one way, and the second has ten minutes' \
    '<section id="s1" title="Choice" navigation="linear" reenter="no"><section id="s2" title="Words" time="600" navigation="linear" reenter="no">' \
    "$(grep -o '<section [^>]*>' office/exams/oneway/paper.xml | tr -d '\n')"
sed -i 's|maxTime="600"|maxTime="1801"|' package/quiz.xml
"$kaochang" bank import -C office package/quiz.xml >out 2>&1
no 'a section longer than the whole is refused with what to do' 3 'lengthen the maxTime of the test' \
    "$kaochang" assemble -C office --test quiz -o x
quiz "$choices" "$sum"
sed -i 's|rk008" href="k008.xml">|&<timeLimits maxTime="60"/>|' package/quiz.xml
"$kaochang" bank import -C office package/quiz.xml >out 2>&1
no 'what a sealed exam cannot honour is told with its line' 3 'timeLimits of rk008: an item has no time of its own' \
    "$kaochang" assemble -C office --test quiz -o x
is 'and no exam is left behind' '' "$(ls office/exams | grep -x x)"

"$kaochang" bank history -C office k008 >out 2>&1
is 'the bank remembers what the exam uses' 1 "$(grep -c 'in exam spring$' out)"
quiz "$choices" "$sum"
"$kaochang" bank import -C office package/quiz.xml >out 2>&1
ok 'an item is retired' "$kaochang" bank retire -C office k008 --by Li
no 'a test with a retired item is refused with its line' 3 'quiz:10: item k008 is retired' \
    "$kaochang" assemble -C office --test quiz -o x
"$kaochang" bank export -C office -o third >out 2>&1
is 'the bank exports the test all the same' 1 "$(ls third/tests | wc -l)"

#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Questions come from other programs into the bank, with the commands that an office types. import.sh SOURCE_ROOT BUILD_ROOT;
# prints TAP.
source=$1
kaochang=$2/cli/kaochang
samples=$source/tests/paperbank/samples
home=$(mktemp -d "${TMPDIR:-/tmp}/story.XXXXXX")
trap 'rm -rf "$home"' EXIT
cd "$home" || exit 1
. "$source/tests/stories/verbs.sh"

take() { "$kaochang" bank import -C office "$@"; }
told() { # name, words: the last command said so
    number=$((number + 1))
    if grep -qF -- "$2" out err; then
        echo "ok $number - $1"
    else
        echo "not ok $number - $1"
        sed 's/^/# /' out err
    fi
}
packed() { # ARCHIVE NAME=FILE…: a ZIP as other programs make it
    python3 - "$@" <<'PYTHON'
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED) as z:
    for pair in sys.argv[2:]:
        name, path = pair.split('=', 1)
        z.writestr(name, open(path, 'rb').read())
PYTHON
}
manifest() { # HREF…: imsmanifest.xml
    echo '<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier="m"><organizations/><resources>'
    for href in "$@"; do
        echo "<resource identifier=\"R-${href//[\/.]/-}\" type=\"imsqti_item_xmlv2p2\" href=\"$href\"><file href=\"$href\"/></resource>"
    done
    echo '</resources></manifest>'
}
item() { sed "s/identifier=\"k001\"/identifier=\"$1\"/" "$source/data/bank/items/k001.xml"; }
column() { # ID NAME: a field of an item
    "$kaochang" bank show -C office "$1" --json | python3 -c "import json,sys; print(json.load(sys.stdin)['$2'])"
}

ok "an office is made" "$kaochang" new office
no "a question bank of Moodle comes in, but for a type that cannot be" 3 "imported 4, new version 0, updated 0, unchanged 0, refused 1" \
    take "$samples/moodle.xml"
told "  the refused one is named with file, line, name and reason" 'moodle.xml:41: item 指出端口: refused: questions of the type "ddmarker"'
no "  the same again changes nothing" 3 "imported 0, new version 0, updated 0, unchanged 4, refused 1" take "$samples/moodle.xml"
is "  its own number is the identifier" multiple "$(column hw-cpu kind)"
is "  its category is the knowledge point" 1.1 "$(column hw-cpu knowledgePoint)"
ok "a GIFT file comes in" take "$samples/quiz.gift"
told "  all of it" "imported 5, new version 0, updated 0, unchanged 0, refused 0"
ok "  the same again changes nothing" take "$samples/quiz.gift"
told "  it says so" "unchanged 5, refused 0"
material=$("$kaochang" bank list -C office --kind material | awk '/^gift-/ {print $1}')
is "  a text that asks nothing is material" "nothing 0" "$(column "$material" delivery) $(column "$material" points | cut -d. -f1)"
ok "  it goes out" "$kaochang" bank export -C office -o material "$material"
ok "  and comes back" take material
told "  unchanged" "unchanged 1, refused 0"
no "  nobody practises it alone" 3 "there is nothing to answer" "$2/cli/client/kaochang-client" practice "material/items/$material.xml"
no "a table comes in, but for a row without key" 3 "imported 5, new version 0, updated 0, unchanged 0, refused 1" take "$samples/table.csv"
told "  the refused row is named with line and heading" "table.csv:6: item t005: refused: column 答案:"
no "  the same again changes nothing" 3 "unchanged 5, refused 1" take "$samples/table.csv"
is "  with its metadata" t001 "$("$kaochang" bank show -C office t002 --json | python3 -c 'import json,sys; print(" ".join(json.load(sys.stdin)["enemies"]))')"
iconv -f UTF-8 -t GBK "$samples/table.csv" >gbk.csv
no "a table in GBK, as spreadsheets in Chinese write it, is the same" 3 "unchanged 5, refused 1" take gbk.csv
told "  and it is told how it was read" "gbk.csv: read as GB18030"
no "  the encoding can be said" 3 "unchanged 5, refused 1" take --encoding gbk gbk.csv
no "  a wrong one is refused with advice" 3 "save it as UTF-8" take --encoding utf-8 gbk.csv
no "  one that nobody knows is wrong usage" 2 "is no encoding" take --encoding klingon gbk.csv
iconv -f UTF-8 -t UTF-16 "$samples/table.csv" >utf16.csv
no "a table in UTF-16 too" 3 "unchanged 5, refused 1" take utf16.csv
rewritten() { # SEPARATOR ENCODING FILE: the table as another spreadsheet writes it
    python3 -c "
import csv, sys
rows = list(csv.reader(open('$samples/table.csv', encoding='utf-8-sig', newline='')))
out = open(sys.argv[3], 'w', encoding=sys.argv[2], newline='')
csv.writer(out, delimiter=sys.argv[1].replace('tab', '\\t'), lineterminator='\\r\\n').writerows(rows)" "$@"
}
rewritten tab utf-16 unicode.txt
no "\"Unicode text\" of a spreadsheet: tabs, UTF-16, .txt; known by its headings" 3 "unchanged 5, refused 1" take unicode.txt
told "  and it is told how it was read" "unicode.txt: read as UTF-16LE"
rewritten tab gb18030 tabs.tsv
no "tabs in GBK" 3 "unchanged 5, refused 1" take tabs.tsv
rewritten ';' utf-8-sig semicolons.csv
no "semicolons" 3 "unchanged 5, refused 1" take semicolons.csv
told "  a bad row is named by line and heading as before" "semicolons.csv:6: item t005: refused: column 答案:"
sed 's/encoding="UTF-8"/encoding="gb2312"/' "$samples/moodle.xml" | iconv -f UTF-8 -t GB18030 >gbk.xml
no "Moodle's file in GBK, declared" 3 "unchanged 4, refused 1" take gbk.xml
sed 's/ encoding="UTF-8"//' "$samples/moodle.xml" | iconv -f UTF-8 -t GB18030 >undeclared.xml
no "  and not declared" 3 "unchanged 4, refused 1" take undeclared.xml
cp "$samples/quiz.gift" plain.txt
no "a text that could be anything is refused with advice" 3 "say it with --format" take plain.txt
ok "a format that the name does not say is told" take --format gift plain.txt
told "  it says so" "unchanged 5, refused 0"
no "  an unknown one is wrong usage" 2 "is no format" take --format word plain.txt
ok "an empty table is written" "$kaochang" bank import --template table.csv
no "  never over a file that is there" 4 "cannot put in place" "$kaochang" bank import --template table.csv
ok "  and comes in with its examples" take table.csv
ok "  the same again changes nothing" take table.csv
told "  it says so" "unchanged 10, refused 0"
no "no file at all is wrong usage" 2 "no file is named" take

cat >partial.xml <<'XML'
<quiz><question type="cloze"><name><text>多选</text></name><idnumber>mr-1</idnumber><questiontext format="html">
<text><![CDATA[<p>球形的有 {2:MULTIRESPONSE:%50%太阳~%50%足球~%-50%书}，{1:SA:=猫} 会叫。</p>]]></text></questiontext>
<correctfeedback format="html"><text>都对了，很好。</text></correctfeedback></question>
<question type="ordering"><name><text>排序</text></name><idnumber>or-1</idnumber><questiontext format="html"><text>从小到大</text></questiontext>
<gradingtype>LONGEST_ORDERED_SUBSET</gradingtype><answer fraction="1"><text>1</text></answer><answer fraction="2"><text>2</text></answer></question></quiz>
XML
ok "a gap for several answers, and an order with partial credit" take partial.xml
told "  partial credit that cannot be kept is told with file, line and item" \
    "partial.xml:4: item or-1: its partial credit (LONGEST_ORDERED_SUBSET) is not taken: all or nothing"
is "  the gap has its weight" 6 "$("$kaochang" bank show -C office mr-1 --xml | grep -A1 MAXSCORE | grep -o '<value>[0-9]*' | head -1 | grep -o '[0-9]*')"
is "  what is said about the whole is there for a learner" 1 \
    "$("$kaochang" bank show -C office mr-1 --xml | grep -c '<modalFeedback outcomeIdentifier="RESULT" identifier="right"')"

python3 - <<'PYTHON'
import base64, struct, zlib
def chunk(name, data):
    return struct.pack('>I', len(data)) + name + data + struct.pack('>I', zlib.crc32(name + data))
png = b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', 2, 1, 8, 2, 0, 0, 0)) + \
    chunk(b'IDAT', zlib.compress(b'\0\xff\0\0\0\xff\0')) + chunk(b'IEND', b'')
open('dots.png', 'wb').write(png)
open('picture.xml', 'w').write('<quiz><question type="truefalse"><name><text>图</text></name><idnumber>pic-1</idnumber>'
    '<questiontext format="html"><text><![CDATA[<p>左边是红色。<img src="@@PLUGINFILE@@/%E5%9B%BE.png" alt="两个点"></p>]]></text>'
    '<file name="图.png" path="/" encoding="base64">' + base64.b64encode(png).decode() + '</file></questiontext>'
    '<answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer></question></quiz>')
open('picture.csv', 'w').write('编号,题型,题干,答案,图片,图片说明\npic-2,判断,右边是绿色。,对,dots.png,两个点\n')
PYTHON
ok "a picture inside Moodle's file and one beside a table come in with their questions" take picture.xml picture.csv
is "  the same bytes are one picture" 1 \
    "$(for id in pic-1 pic-2; do "$kaochang" bank show -C office $id --xml | grep -o 'media/[0-9a-f]*.png'; done | sort -u | wc -l)"
ok "  the same again changes nothing" take picture.xml picture.csv
told "  it says so" "unchanged 2, refused 0"

item z1 >z1.xml
item z2 >z2.xml
manifest items/z1.xml other/z1.xml >imsmanifest.xml
packed two.zip imsmanifest.xml=imsmanifest.xml items/z1.xml=z1.xml other/z1.xml=z2.xml
ok "a content package as a ZIP: files of one name in two folders are two items" take two.zip
told "  both came in" "imported 2,"
ok "  the same again changes nothing" take two.zip
told "  it says so" "unchanged 2, refused 0"
packed top.zip package/imsmanifest.xml=imsmanifest.xml package/items/z1.xml=z1.xml package/other/z1.xml=z2.xml __MACOSX/._x=z1.xml
ok "a package inside one folder of the ZIP is the same" take top.zip
told "  it says so" "unchanged 2, refused 0"
packed twice.zip imsmanifest.xml=imsmanifest.xml items/z1.xml=z1.xml other/z1.xml=z1.xml
no "two items of one identifier: the second is refused, and both places are named" 3 "twice.zip/items/z1.xml" take twice.zip
told "  the second place" "twice.zip/other/z1.xml: item z1: refused"
item z3 >z3.xml
packed loose.zip 试题/z3.xml=z3.xml bad.xml="$samples/quiz.gift" readme.txt="$samples/quiz.gift"
no "a ZIP without manifest is taken item by item" 3 "imported 1, new version 0, updated 0, unchanged 0, refused 1" take loose.zip
told "  the bad one by its place" "loose.zip/bad.xml"
mkdir folder && cp z3.xml folder
ok "so is a folder without manifest" take folder
told "  it says so" "unchanged 1"
cat >folder/aaa-test.xml <<'XML'
<assessmentTest xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2" identifier="t1" title="小测">
<testPart identifier="p" navigationMode="nonlinear" submissionMode="simultaneous"><assessmentSection identifier="s" title="s"
visible="true"><assessmentItemRef identifier="i1" href="z3.xml"/></assessmentSection></testPart></assessmentTest>
XML
ok "a test in it comes after its items, whatever its name" take folder
told "  it is new" "imported 1, new version 0, updated 0, unchanged 1, refused 0"
cp plain.txt "$(printf '\xd6\xd0.xml')"
no "a refused file whose name is no UTF-8 has its line of JSON too" 3 '"file":"??.xml"' take --json "$(printf '\xd6\xd0.xml')"
packed empty.zip readme.txt="$samples/quiz.gift"
no "a ZIP with nothing for us says so" 3 "neither an imsmanifest.xml nor item files" take empty.zip

hostile() { # NAME WORDS PYTHON: an archive of bad making
    python3 -c "
import struct, zipfile
z = zipfile.ZipFile('hostile.zip', 'w', zipfile.ZIP_DEFLATED)
$3
z.close()"
    no "$1" 3 "$2" take hostile.zip
}
hostile "a path out of the archive is refused" "not a path inside" "z.writestr('../../evil.xml', 'x')"
hostile "an absolute path" "not a path inside" "z.writestr('/tmp/evil.xml', 'x')"
hostile "a link" "link or a device" "i = zipfile.ZipInfo('a.xml'); i.create_system = 3; i.external_attr = 0o120777 << 16; z.writestr(i, '/etc/passwd')"
hostile "two names that differ by case only" "twice" "z.writestr('a.xml', 'x'); z.writestr('A.xml', 'y')"
hostile "a bomb" "no honest file" "z.writestr('a.xml', b' ' * 2000000)"
hostile "a file past the limit of an item" "larger than the limit" "z.writestr('a.xml', b' ' * 50000000)"
hostile "an entity bomb in it" "DOCTYPE" "z.writestr('a.xml', '<!DOCTYPE x [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;\">]><assessmentItem>&b;</assessmentItem>')"
hostile "an item nested too deep" "nested deeper" "z.writestr('a.xml', '<assessmentItem>' + '<p>' * 300)"
hostile "a ZIP in the ZIP is not opened" "neither an imsmanifest.xml" "z.write('two.zip', 'two.zip')"
truncate -s 100 two.zip
no "an archive cut off" 3 "refused" take two.zip
: >nothing.gift
echo '题型,题干' >nothing.csv
echo '<quiz/>' >nothing.xml
for name in nothing.gift nothing.csv nothing.xml; do
    no "a file without questions is no success: $name" 3 "$name: refused: there is no question in it" take "$name"
done
python3 -c "print('<quiz><question type=\"essay\"><questiontext><text>' + 'x' * 11000000 + '</text></questiontext></question></quiz>')" >long.xml
no "a text past every limit is told as that" 3 "one text in it is longer than 10000000 bytes" take long.xml
item z9 | sed 's/<itemBody>/<itemBody><frobnicate\/>/' >unknown.xml
no "an element that cannot be shown is told with its line" 3 "unknown.xml:$(grep -n frobnicate unknown.xml | cut -d: -f1): item z9: <frobnicate>: refused" take unknown.xml
truncate -s 100M huge.gift
no "100 MB of text is refused before it is read" 3 "larger than the limit" take huge.gift
truncate -s 100M huge.csv
no "  as a table too" 3 "larger than the limit" take huge.csv
ok "after all that the bank is whole" "$kaochang" bank list -C office
echo "1..$number"

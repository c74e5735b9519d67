#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Pictures, from the imported file to the characters on the candidate's screen. pictures.sh SOURCE_ROOT BUILD_ROOT; prints TAP.
set -uo pipefail
. "$1/tests/stories/station.sh"

refused() { # item, words: the import that ran last refused it so
    number=$((number + 1))
    if grep -F -- "$1.xml" report | grep -qF -- "$2"; then
        echo "ok $number - $1 is refused: $2"
    else
        echo "not ok $number - $1 is refused: $2"
        grep -F -- "$1.xml" report | sed 's/^/# /'
    fi
}
bank() { local verb=$1; shift; kaochang bank "$verb" -C office "$@"; }

python3 "$source/tests/stories/make-pictures.py" "$work" "$source/tests/fuzz/corpus/picture/photo.jpg"
ok "an office" kaochang new office
no "items whose pictures are wrong are refused, the others come in" 3 "imported 4" bank import package
cat out err >report
refused bomb "at most 4096"
refused cut "cut short"
refused lying "at most 4096"
refused short "damaged"
refused gif "a GIF picture"
refused missing "none.png"
refused outside "leads out of the package"
refused encoded "leads out of the package"
refused link "link.png"
refused web "lies outside the package"
refused svg-mute "has none"
no "the same again changes nothing" 3 "unchanged 4" bank import package
no "nor does the same package as an archive" 3 "unchanged 4" bank import package.zip
ok "a picture inside a file of Moodle comes in" sh -c "kaochang new third && kaochang bank import -C third moodle.xml"
ok "  with the item that names it" sh -c 'kaochang bank export -C third -o third.qti && grep -q "src=\"$(cd third.qti/items && ls media/*)\"" third.qti/items/*.xml'
ok "two pictures of one name are two pictures" bank show frame
grep -F media/ out >frame
bank show cross | grep -F media/ >cross
no "  of other bytes" 1 "differ" cmp frame cross
is "  the picture is told with its size" 1 "$(grep -c '160 × 96' frame)"

ok "the bank is exported" bank export -o first
is "  with four pictures, one of them an SVG" "3 1" "$(ls first/items/media/*.png | wc -l) $(ls first/items/media/*.svg | wc -l)"
is "  under the names of their hashes" "" "$(cd first/items/media && for f in *; do [ "${f%.*}" = "$(b2sum -l 256 "$f" | cut -d' ' -f1)" ] || echo "$f"; done)"
is "  what an item had besides is kept" 1 "$(grep -c 'frame: kept' first/items/frame.xml)"
is "  nobody's name is left in them" "" "$(grep -l somebody first/items/media/*)"
ok "importing that changes nothing" bank import first
ok "another bank takes it" sh -c 'kaochang new other && kaochang bank import -C other first'
ok "  and exports the same" sh -c 'kaochang bank export -C other -o second && diff -r first second'
ok "an item file alone brings the picture that lies beside it" bank import package/items/mute.xml
no "the check names the picture without words" 1 "no alternative text" bank check
is "  and the drawing that nobody sees" 1 "$(grep -c 'svg.*shown by its words alone' out)"

cp package/other/images/figure.png package/items/images/figure.png
no "another picture under the same name is a new version" 3 "new version 1" bank import package
no "  and the same again is none" 3 "unchanged 4" bank import package

export BANK=$work/first BLUEPRINT=$work/blueprint.xml
ok "an exam is assembled, packed, published and pulled" sh "$source/tests/stories/make-station.sh" "$work/made"
exam=$work/made/office/exams/teachers
is "the exam has the pictures that can be shown" 3 "$(ls "$exam/media" | wc -l)"
cp -r "$exam" kept
one=$(ls "$exam/media" | head -1)
pack() { kaochang pack -C made/office teachers --session am1 --no-password -o again.exam; }
rm "$exam/media/$one"
no "an exam without one of its pictures is not packed" 4 "$one" pack
cp "kept/media/$(ls kept/media | tail -1)" "$exam/media/$one"
no "nor one whose picture is another" 3 "not the bytes that the picture is named after" pack
cp "kept/media/$one" "$exam/media/$one"

ok "the room is opened" kaochang-client proctor -C "$station" --code-file made/unlock-code --open
cat >script <<'END'
"420108030201" Enter
wait "Is this you"
Right Enter
Space Enter
wait "[1.]"
expect "F4 shows"
dump one
F4
wait "picture 1 of 1"
Enter
Right
dump two
Right
dump three
Right
dump four
END
ok "a candidate looks at all items" kaochang-client sit -C "$station" --script script --dump screens
is "every picture has its words" 4 "$(grep -o '\[picture: 一[^]]*' screens | sort -u | wc -l)"
is "the frame is drawn" 1 "$(grep -B1 '\[picture: 一个方框\]' screens | grep -cE '[^ |]{15}')"
is "the cross is drawn" 1 "$([ "$(grep -B9 '\[picture: 一个十字\]' screens | grep -c '[^ -]')" -gt 4 ] && echo 1)"
is "the photo is drawn" 1 "$([ "$(grep -B5 '\[picture: 一个圆\]' screens | grep -c '[^ ]')" -gt 3 ] && echo 1)"
is "no name of a file is shown" "" "$(grep media/ screens)"
sed 's/0201/0202/; s/Is this you/是本人/; s/F4 shows/F4 放大/; s/picture 1 of 1/图片 1/' script >script.zh
ok "another candidate looks in Chinese" env LANGUAGE=zh_CN KAOCHANG_LOCALEDIR="$build/po" \
    kaochang-client sit -C "$station" --script script.zh --dump zh
is "  and the words are Chinese" 4 "$(grep -o '\[图：一[^]]*' zh | sort -u | wc -l)"
echo "1..$number"

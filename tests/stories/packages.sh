#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Content packages in the ways that other programs lay them out, and an export as they read it. packages.sh SOURCE_ROOT BUILD_ROOT;
# prints TAP.
source=$1
kaochang=$2/cli/kaochang
client=$2/cli/client/kaochang-client
home=$(mktemp -d "${TMPDIR:-/tmp}/story.XXXXXX")
trap 'rm -rf "$home"' EXIT
cd "$home" || exit 1
. "$source/tests/stories/verbs.sh"
python3 "$source/tests/stories/make-packages.py"

take() { "$kaochang" bank import -C office "$@"; }
xml() { "$kaochang" bank show -C office "$1" --xml; }
holds() { # name, words, ID: the item as the bank keeps it
    xml "$3" >shown 2>&1
    is "$1" 1 "$(grep -cF -- "$2" shown)"
}

ok "an office is made" "$kaochang" new office
ok "an item in a folder of its own each, all of one name (TAO)" take tao.zip
is "  all are in" "tao-1 tao-2" "$("$kaochang" bank list -C office --json | grep -o 'tao-[12]' | sort -u | tr '\n' ' ' | sed 's/ $//')"
is "  the picture of each is its own" 2 "$(for i in 1 2; do xml tao-$i | grep -o 'media/[0-9a-f]*.png'; done | sort -u | wc -l)"
ok "xml:base, ./ and a resource without href" take base.zip
is "  all are in" "b1 b2 b3" "$("$kaochang" bank list -C office --json | grep -o '"b[123]"' | tr -d '"' | sort -u | tr '\n' ' ' | sed 's/ $//')"
is "  and the test of them" 1 "$("$kaochang" bank tests -C office 2>&1 | grep -c bt1)"
ok "a manifest of QTI 3 with a stimulus that two items share" take three.zip
holds "  its text stands in the first" 'class="kc-stimulus"' s3-1
is "  and before the question" "The tide rises. How high?" \
    "$(xml s3-1 | python3 -c "
import re, sys
print(' '.join(re.findall(r'The tide rises\.|How high\?', sys.stdin.read())))")"
holds "  and in the second" 'The tide rises.' s3-2
is "  with its picture, which lies beside the stimulus" 1 "$(xml s3-1 | grep -o 'media/[0-9a-f]*.png' | sort -u | wc -l)"
is "  the reference is gone, since nothing could follow it" 0 "$(xml s3-1 | grep -ci 'stimulus-\?ref')"
is "  items of one stimulus can be told by it" 2 "$("$kaochang" bank list -C office --json | grep -o '"attributes": *"stimulus=[^"]*"' | wc -l)"
ok "  the same again changes nothing" take three.zip
is "  it says so" 1 "$(grep -c 'unchanged 2, refused 0' out)"
no "a stimulus that is not there refuses its item, with the line, and no other" 3 "missing.zip/items/s2-2.xml:4: item s2-2: <assessmentStimulusRef>: refused: the stimulus" take missing.zip
no "  one out of the package" 3 'the stimulus "../../../etc/passwd" cannot be read' take outside.zip
no "QTI 1.2 in a Common Cartridge is refused in words" 3 "QTI 1.2 is not read" take cartridge.zip
no "a package that holds nothing for us says so" 3 "lists no QTI items and no tests" take nothing.zip
echo "Enter dump q1 Right dump q2 Right dump q3" >keys
ok "a learner's program finds the items by xml:base too" "$client" practice base.zip --script keys --dump screens
is "  all three" yes "$(grep -q "Item 3 of 3" screens && echo yes)"
echo "Enter dump q1" >keys
ok "a learner sees the stimulus before the question" "$client" practice three.zip --script keys --dump screens
is "  on the screen" yes "$(grep -q "The tide rises" screens && echo yes)"

# ---- what goes out ----
ok "all goes out" "$kaochang" bank export -C office -o out.zip
ok "  as other systems read it" python3 "$source/tests/stories/read-package.py" out.zip
unzip -q out.zip -d package
ok "  valid manifest" xmllint --noout --relaxng "$source/data/schemas/imscp-qti22.rng" package/imsmanifest.xml
ok "  valid items and tests" xmllint --noout --relaxng "$source/data/schemas/qti22.rng" package/items/*.xml package/tests/*.xml
ok "another office takes it" "$kaochang" new other
ok "  all of it" "$kaochang" bank import -C other out.zip
ok "  and gives out the same" "$kaochang" bank export -C other -o again.zip
ok "  byte for byte" cmp out.zip again.zip
echo "1..$number"

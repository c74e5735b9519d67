#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A sealed exam of every interaction: from the bank through a sitting by keys to the points. interactions.sh SOURCE_ROOT
# BUILD_ROOT; prints TAP.
set -uo pipefail
. "$1/tests/stories/station.sh"

items="order associate match gap-match inline hottext slider extended"
mkdir -p package/items
{
    echo '<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:kc="urn:kaochang:metadata:1" identifier="all"><metadata>'
    echo '<schema>QTIv2.2 Package</schema><schemaversion>1.0.0</schemaversion><kc:knowledgePoints>'
    echo '<kc:knowledgePoint code="1" title="all"/></kc:knowledgePoints></metadata><organizations/><resources>'
    for item in $items; do
        cp "$source/tests/client/screens/items/$item.xml" package/items/
        echo "<resource identifier=\"R-$item\" type=\"imsqti_item_xmlv2p2\" href=\"items/$item.xml\"><metadata><kc:item" \
            'knowledgePoint="1" cognitiveLevel="apply" facility="0.7" expectedTime="60" points="3"/>' \
            "</metadata><file href=\"items/$item.xml\"/></resource>"
    done
    echo '</resources></manifest>'
} >package/imsmanifest.xml
blueprint() { # kinds: a paper of one item of each
    echo "<blueprint xmlns=\"urn:kaochang:blueprint:1\" id=\"all\" title=\"All interactions\" duration=\"3600\"" \
        "earliestHandIn=\"0\" points=\"$((3 * $#))\" pass=\"3\" high=\"6\" forms=\"1\"><notice>All interactions.</notice>"
    for kind in "$@"; do
        echo "<section id=\"$kind\" title=\"$kind\" kinds=\"$kind\" count=\"1\" points=\"3\"/>"
    done
    echo '</blueprint>'
}
export BANK=$work/package BLUEPRINT=$work/blueprint.xml
blueprint order associate match gapmatch inline hottext slider >blueprint.xml

sitting() { # ticket, file with the keys of the answers: a whole sitting by script
    {
        echo "\"$1\" Enter wait \"Is this you\" Right Enter Space Enter wait \"[1.]\""
        cat "$2"
        echo 'wait "saved here" F9 End Right*2 Enter'
        echo "\"${1: -4}\" Enter wait \"Receipt\""
    } >script
    kaochang-client sit -C "$station" --script script --dump "screens-$1"
}
points() { # ticket, folder of the exam
    kaochang -C "${2:-made}/office" report candidates --session am1 --json |
        python3 -c 'import json, sys; print(*[p["points"] for p in json.load(sys.stdin)["rows"] if p["ticket"] == sys.argv[1]])' "$1"
}

ok "an exam of every interaction is assembled, packed and pulled" sh "$source/tests/stories/make-station.sh" "$work/made"
ok "the room is opened" kaochang-client proctor -C "$station" --code-file made/unlock-code --open
cat >right <<'END'
c d a b wait "saved here" Right
a f c b e d Right
b Down d Down a Down c Right
b Down d Down a Right
b Down b Down b Right
c d Right
"75" wait 0.5
END
cat >half <<'END'
c d b a Right
a f c b Right
b Down d Down c Down a Right
b Down a Down d Right
b Down a Down b Right
c Right
"70" wait 0.5
END
ok "one answers all rightly" sitting 420108030201 right
ok "another half of it" sitting 420108030202 half
cat >begun <<END
"420108030203" Enter wait "Is this you" Right Enter Space Enter wait "[1.]"
c d Right a f c Right b Down d Right b Down d Right b Down b wait "saved here"
END
cat >resumed <<END
"420108030203" Enter wait "you go on where you stopped" Right Enter wait "[5*]"
expect "[1>B 8]" expect "[2 B 1024]" Down*2 b
Left expect "[1>B 中央处理器]" expect "[2 D 内存]" 3 a
Left expect "[X]" Down*2 a Down c
Left expect "李白   == F 《静夜思》" c b e d
Left expect "[no. 2]" a b
Right*5 c d Right "75" wait 0.5
wait "saved here" F9 Right*2 Enter
"0203" Enter wait "Receipt"
END
ok "a third begins" kaochang-client sit -C "$station" --script begun
ok "  and goes on in another program where it stopped" kaochang-client sit -C "$station" --script resumed --dump resumed.screens
is "every item was answered" 1 "$(grep -c 'answered 7 of 7' screens-420108030201)"
ok "the room is closed" kaochang-client proctor -C "$station" --code-file made/unlock-code --close
ok "the close code is shown after the end" env KAOCHANG_CLOCK_OFFSET_MS=604800000 kaochang -C made/office \
    session release-close am1 --identity made/office/keys/recovery.identity --out close-code --anyway "one room of a story"
ok "the station scores" kaochang-score session "$station" --code-file close-code -o scored.results
ok "the office takes it" kaochang -C made/office merge --identity made/office/keys/results.identity scored.results
is "all right is all the points" 21 "$(points 420108030201)"
is "an interruption changes nothing" 21 "$(points 420108030203)"
# 0 for the order and the hottext, 2 of 3 pairs, 2 of 4 rows of 4 points, 1 of 3 gaps, 2 of 3 inline choices, 0 for the slider
is "each interaction gives its own" 6.5 "$(points 420108030202)"

blueprint slider essay >blueprint.xml
station=$work/essay/station
ok "an exam with an essay" sh "$source/tests/stories/make-station.sh" "$work/essay"
ok "  is opened" kaochang-client proctor -C "$station" --code-file essay/unlock-code --open
echo '"75" PageDown "各位家长：" Enter "周五开会。" wait 0.5' >essay.keys
ok "  is written" sitting 420108030201 essay.keys
ok "  is closed" kaochang-client proctor -C "$station" --code-file essay/unlock-code --close
ok "its close code" env KAOCHANG_CLOCK_OFFSET_MS=604800000 kaochang -C essay/office session release-close am1 \
    --identity essay/office/keys/recovery.identity --out essay/close-code --anyway "one room of a story"
ok "the station scores what rules can" kaochang-score session "$station" --code-file essay/close-code -o essay.results
ok "the office takes it" kaochang -C essay/office merge --identity essay/office/keys/results.identity essay.results
is "the sitting waits for a marker" None "$(points 420108030201 essay)"
echo "1..$number"

#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A choice part that is entered once, goes from item to item, in another order for each candidate, and has four seconds of its own:
# from the blueprint to the bundle and the points. sections.sh SOURCE_ROOT BUILD_ROOT; prints TAP.
set -uo pipefail
. "$1/tests/stories/station.sh"

sed -e 's/ time="900"/ time="4" shuffle="yes"/' -e 's/ tutorial="yes"//' "$source/data/blueprints/sections.xml" >sections.xml
export BLUEPRINT=$work/sections.xml
enter() { echo "\"$1\" Enter wait \"Is this you\" Right Enter wait \"Space\" Space Enter wait \"[1.]\""; }
hand_in() { echo "F9 wait \"hand in now\" End Right*2 Enter \"${1: -4}\" Enter wait \"Receipt\""; }
sits() { kaochang-client sit -C "$station" --script "$1" --dump "$1.screens"; }

ok "an exam with such a section is assembled, packed and pulled" sh "$source/tests/stories/make-station.sh" "$work/made"
is "both forms have its rules" 2 \
    "$(grep -o 'time="4" navigation="linear" reenter="no" shuffle="yes"' made/office/exams/teachers/paper.xml | wc -l)"
is "and the paper its aids" 1 "$(grep -c 'calculator="yes" notes="yes"' made/office/exams/teachers/paper.xml)"
ok "the room is opened" kaochang-client proctor -C "$station" --code-file made/unlock-code --open

cat >stays <<END
$(enter 420108030201)
expect "no way back to an item" expect "left here" b wait "saved here"
Right wait "[2.]" Left expect "only the present item and the next one are open"
wait "The time of this section is over" expect "[11.]"
Home expect "This section is closed" expect "[11.]"
a wait "saved here" expect "- closed 10"
$(hand_in 420108030201)
END
ok "one stays until its time is over, and stands in the next section" sits stays

cat >leaves <<END
$(enter 420108030202)
End wait "Leave this section?" expect "You cannot come back to it" expect "10 items of it are not answered" Escape
expect "[1.]" b End wait "9 items of it are not answered" Right Enter wait "[19.]"
Left wait "[18.]" Home expect "This section is closed" expect "[18.]" a wait "saved here"
$(hand_in 420108030202)
END
ok "another leaves it early, after being asked, for good" sits leaves

cat >skips <<END
$(enter 420108030203)
Right wait "Item 1 is not answered" expect "there is no way" Enter expect "[1.]"
Right wait "Item 1 is not answered" Right Enter wait "[2.]"
wait "The time of this section is over"
END
ok "a third is asked before an item is given up" sits skips
cat >again <<END
"420108030203" Enter wait "you go on where you stopped" Right Enter wait "[11.]"
Home expect "This section is closed" a wait "saved here"
$(hand_in 420108030203)
END
ok "and in another program the section is closed as well" sits again

tail -n +5 "$source/data/rosters/demo.csv" | grep -o '420108030[0-9]*' | sed -n 1,12p >tickets
ok "twelve simulated candidates go where the rules let them" "$build/tests/tools/responders" --home "$station" --tickets tickets \
    --exam made/office/exams/teachers --seed 5 --crash 2
is "  none fails" "responders: 12 registered, 12 sat, 0 absent, 2 killed and resumed, 0 failed" "$(cat out)"
ok "the room is closed" kaochang-client proctor -C "$station" --code-file made/unlock-code --close
ok "the bundle is made" kaochang-client export -C "$station" -o "$work"
ok "the office verifies it" kaochang -C made/office verify am1-st01-1.results
ok "the close code is shown after the end" env KAOCHANG_CLOCK_OFFSET_MS=604800000 kaochang -C made/office \
    session release-close am1 --identity made/office/keys/recovery.identity --out close-code --anyway "one room of a story"
ok "the station scores every journal" kaochang-score session "$station" --code-file close-code -o scored.results
ok "the office takes it" kaochang -C made/office merge --identity made/office/keys/results.identity scored.results
is "all fifteen have their points" 15 "$(kaochang -C made/office report candidates --session am1 --json |
    python3 -c 'import json, sys; print(sum(r["points"] is not None for r in json.load(sys.stdin)["rows"] if r["status"] != "absent"))')"
echo "1..$number"

#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The practical tasks of data/tasks in a real sitting: two candidates save in each task's folder what somebody left there, it is
# collected, handed in, scored, and earns what a person judged; the explanation is read. ten-tasks.sh SOURCE_ROOT BUILD_ROOT; prints TAP.
set -uo pipefail
. "$1/tests/stories/station.sh"
tasks=$source/data/tasks

# The paper of one task of each family, and one of all of them.
ok "a blueprint asks for one task of each family" sh -c "kaochang new small --name 江城 && kaochang -C small bank import $tasks &&
    kaochang -C small assemble $source/data/blueprints/practical.xml --seed 3 -o four"
python3 "$source/tests/stories/ten-tasks.py" blueprint "$tasks" "$source/data/blueprints/practical.xml" >all.xml
names=$(python3 "$source/tests/stories/ten-tasks.py" names "$tasks")
count=$(wc -w <<<"$names")
export BANK=$tasks BLUEPRINT=$work/all.xml
ok "all of them are packed: each model solution earns everything" sh "$source/tests/stories/make-station.sh" "$work/made"
[[ -e made/unlock-code ]] || { echo "Bail out! no station"; exit 1; }
office() { kaochang -C made/office "$@"; }
ok "the room is opened" kaochang-client proctor -C "$station" --code-file made/unlock-code --open

one=420108030201 two=420108030202
# works TICKET TASK=CANDIDATE…: as soon as a task's folder is there, it holds what the candidate left
works() {
    local ticket=$1 pair folder
    for pair in "${@:2}"; do
        for _ in {1..200}; do
            folder=$(compgen -G "$work/desk/$ticket/*-${pair%%=*}") && break
            sleep 0.1
        done
        [[ -n $folder ]] || return
        sleep 0.2
        find "$folder" -mindepth 1 -delete
        cp -r "$tasks/${pair%%=*}/candidates/${pair#*=}/." "$folder"
    done
}
sits() {
    {
        echo "\"$1\" Enter wait \"Is this you\" Right Enter wait \"Space\" Space Enter wait \"[1.]\""
        for ((i = 2; i <= count; i++)); do echo "Right wait \"[$i.]\""; done
        echo "wait 5 PageDown*2 wait 0.5 dump worked F9 wait \"hand in now\" End Right*2 Enter \"${1: -4}\" Enter wait \"Receipt\""
    } >"$1.script"
    kaochang-client sit -C "$station" --work "$work/desk" --script "$1.script" --dump "$1.screens"
}
read -ra first <<<"$(python3 "$source/tests/stories/ten-tasks.py" pairs "$tasks" best)"
read -ra second <<<"$(python3 "$source/tests/stories/ten-tasks.py" pairs "$tasks" middle)"
works $one "${first[@]}" &
ok "a candidate does every task in his own way" sits $one
wait $!
works $two "${second[@]}" &
ok "another does some of each" sits $two
wait $!
is "what was saved is seen as collected" 1 "$(sed -n '/^== worked/,/^== end/p' $two.screens | grep -c '\[collected\]' | sed 's/^[1-9][0-9]*$/1/')"
ok "the room is closed" kaochang-client proctor -C "$station" --code-file made/unlock-code --close

ok "the close code is shown after the end" env KAOCHANG_CLOCK_OFFSET_MS=604800000 kaochang -C made/office \
    session release-close am1 --identity made/office/keys/recovery.identity --out close-code --anyway "one room of a story"
ok "the station scores" kaochang-score session "$station" --code-file close-code -o scored.results
ok "the office takes its records" office merge --identity made/office/keys/results.identity scored.results
for who in $one $two; do
    sqlite3 made/office/store.db "SELECT document FROM record WHERE candidate_id = '$who'" >"$who.record"
done
is "each task of the first earns what was judged" "" "$(python3 "$source/tests/stories/ten-tasks.py" compare "$tasks" $one.record "${first[@]}" 2>&1)"
is "each task of the second too" "" "$(python3 "$source/tests/stories/ten-tasks.py" compare "$tasks" $two.record "${second[@]}" 2>&1)"

for pair in "${second[@]}"; do
    task=${pair%%=*}
    mkdir -p "given/$task"
    cp -r "$tasks/$task/start/." "given/$task"
    [[ ! -d $tasks/$task/material ]] || cp -r "$tasks/$task/material/." "given/$task"
    LANGUAGE=zh_CN KAOCHANG_LOCALEDIR=$build/po kaochang-score checks "$tasks/$task/rules.xml" "$tasks/$task/candidates/${pair#*=}" \
        --start "given/$task" --text >"$task.text"
done
is "each is explained in Chinese: points, what should be, what is" "$count" "$(grep -l '分，满分' ./*.text | xargs grep -l '应为：' | xargs grep -lc '实为：' | wc -l)"
is "without a word that is not translated" "" "$(grep -hE '^(points|expected|found|place):' ./*.text | head -3)"
echo "1..$number"

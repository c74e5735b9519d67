#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The office at the screens of its bank, with keys from scripts: finds, previews, edits, reviews. bank-browse.sh SOURCE_ROOT
# BUILD_ROOT; prints TAP.
source=$1
kaochang=$2/cli/kaochang
home=$(mktemp -d "${TMPDIR:-/tmp}/story.XXXXXX")
trap 'rm -rf "$home"' EXIT
mkdir "$home/journals" && cd "$home/journals" || exit 1 # tests/tools/full-disk.c looks for a folder of that name
. "$source/tests/stories/verbs.sh"

browse() { # keys on standard input, options…
    cat >keys
    "$kaochang" bank browse -C office --script keys --dump screens "$@"
}
facility() { "$kaochang" bank show -C office --json p02 | python3 -c 'import json, sys; print(json.load(sys.stdin)["facility"])'; }
state() { "$kaochang" bank show -C office --json p02 | python3 -c 'import json, sys; print(json.load(sys.stdin)["state"])'; }

echo 1..18
ok "an office" "$kaochang" new office
no "without a bank there is nothing to browse" 3 "there is no item bank yet" browse <<<''
ok "a bank with both sample packages, all of them by one author" "$kaochang" bank import -C office --by 赵敏 "$source/data/bank" "$source/data/practice"
title=$("$kaochang" bank show -C office --json p02 | python3 -c 'import json, sys; print(json.load(sys.stdin)["title"])')

ok "an item is found by Chinese words, previewed, its facility edited and its review begun" browse <<EOS
"$title" expect "p02" dump found
Enter expect "$title" dump preview k expect "-- Key --"
e expect "Who are you?" "李四" Enter
Down*2 Backspace*4 "0.65" F9 expect "-> 0.65" Down Enter expect "1 value was saved"
r Down "核对了答案" Enter expect "It is reviewed now"
r Down Enter expect "has reviewed this version"
EOS
is "the facility is what was typed" 0.65 "$(facility)"
is "the state is what was chosen; one person alone did not approve it" reviewed "$(state)"
ok "the history" "$kaochang" bank history -C office p02
is "it says who changed the facility" 1 "$(grep -c 'became "0.65".*李四' out)"
is "it says who reviewed it, with the remark" 1 "$(grep -c '核对了答案.*李四' out)"
ok "a second person approves it" browse --by 王芳 <<<"\"$title\" Enter r Down Enter expect \"It is approved now\""
is "now it is approved" approved "$(state)"

no "an expectation that is not met fails the script, with the line" 1 "keys:1" browse <<<'expect "no such words"'
no "a name that is none is refused at the start" 2 "the name of the person" browse --by '' <<<''
no "without a terminal and without a script it says so" 4 "terminal" "$kaochang" bank browse -C office </dev/null

touch full
no "on a full disk it says so" 4 "the disk is full" env FULL_DISK_WHILE="$PWD/full" LD_PRELOAD="$2/tests/tools/libfull-disk.so" \
    "$kaochang" bank browse -C office --by 李四 --script keys
rm full
is "nothing was written" 0.65 "$(facility)"
ok "the bank is whole" "$kaochang" bank list -C office
cat >keys <<EOS
"$title" Enter e Down*2 Backspace*4 "0.3" F9 Down Enter expect "1 value was saved"
EOS
ok "with room again the same keys save" "$kaochang" bank browse -C office --by 李四 --script keys

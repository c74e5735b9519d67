#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The commands of README.md work as typed. Usage: test-readme.sh SOURCE_ROOT BUILD_ROOT. Prints TAP.
# A block of commands that needs no terminal is marked by a comment <!-- NAME --> before it.
set -uo pipefail
root=$1 build=$2
export PATH="$build/cli:$build/cli/client:$build/cli/rate:$build/cli/room:$build/cli/score:$PATH" DATA="$root/data"
work=$(mktemp -d)
finish() {
    kaochang-client proctor -C station --code-file unlock-code --close >/dev/null 2>&1
    kaochang-client proctor -C tablet --code-file unlock-code-lab --close >/dev/null 2>&1
    kaochang-client proctor -C room --code-file unlock-code-2 --close >/dev/null 2>&1
    rm -rf "$work"
}
trap finish EXIT
cd "$work" || exit 1

block() { # name
    sed -n "/^<!-- $1 -->\$/,/^\`\`\`\$/p" "$root/README.md" | sed '/^<!--/d; /^```/d'
}

# What README.md leaves to the hands of a candidate.
sit() { # home, what the screen says of the answer
    echo "\"420108030201\" Enter wait \"徐明\" Right Enter wait \"26\" Space Enter wait \"[1.]\" A wait \"[1*]\" wait \"$2\"" >keys
    kaochang-client sit -C "$1" --script keys --dump screens
}
# ... and of the examiner: all at his benches, in two groups.
rate() {
    python3 "$root/tests/tools/rate-all.py" office/draws/lab1/1/places.csv "$root/data/rubrics" >keys
    kaochang-rate -C tablet --script keys --dump screens
}
by_hand() {
    case $1 in
        open) sit station "saved here" ;;
        lab-room) rate ;;
        room) sit ws01 "saved in the room" ;;
    esac
}

names=$(sed -n 's/^<!-- \([a-z-]*\) -->$/\1/p' "$root/README.md")
echo "1..$(wc -w <<<"$names")"
number=0
for name in $names; do
    number=$((number + 1))
    if output=$(bash -eu -c "$(block "$name")" 2>&1 && by_hand "$name" 2>&1); then
        echo "ok $number - $name"
    else
        echo "not ok $number - $name"
        sed 's/^/# /' <<<"$output"
    fi
done

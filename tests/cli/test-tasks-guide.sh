#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The commands of docs/guides/tasks.md work as typed, and the Chinese guide has the same ones. Usage: test-tasks-guide.sh
# SOURCE_ROOT BUILD_ROOT. Prints TAP. A block of commands that needs no terminal is marked by a comment <!-- NAME --> before it.
set -uo pipefail
root=$1 build=$2
export PATH="$build/cli:$build/cli/client:$build/cli/room:$build/cli/score:$PATH" DATA="$root/data" LC_ALL=C.UTF-8 LANGUAGE=en
guide=$root/docs/guides/tasks.md chinese=$root/docs/guides/tasks.zh_CN.md
work=$(mktemp -d)
finish() {
    kaochang-client proctor -C station --code-file unlock-code --close >/dev/null 2>&1
    rm -rf "$work"
}
trap finish EXIT
cd "$work" || exit 1

block() { # guide, name
    sed -n "/^<!-- $2 -->\$/,/^\`\`\`\$/p" "$1" | sed '/^<!--/d; /^```/d'
}

# What the guide leaves to the hands of a colleague: the folder of "half" is what is saved.
sits() {
    echo '"420108030201" Enter wait "Is this you" Right Enter wait "Space" Space Enter wait "[1.]"
wait 6 F9 wait "hand in now" End Right*2 Enter "0201" Enter wait "Receipt"' >keys
    (for _ in {1..100}; do
        [[ -e exam/420108030201/01-notice/通知.docx ]] && sleep 1 && cp half/通知.docx exam/420108030201/01-notice/ && break
        sleep 0.1
    done) &
    kaochang-client sit -C station --work exam --script keys --dump screens
}

names=$(sed -n 's/^<!-- \([a-z-]*\) -->$/\1/p' "$guide")
echo "1..$(($(wc -w <<<"$names") + 3))"
number=0
tell() { # name, whether, what went wrong
    number=$((number + 1))
    echo "$2 $number - $1"
    [[ $2 == ok ]] || sed 's/^/# /' <<<"$3"
}
for name in $names; do
    output=$(bash -eu -c "$(block "$guide" "$name")" 2>&1 && if [[ $name == station ]]; then sits 2>&1; fi)
    tell "$name" "$([[ $? == 0 ]] && echo ok || echo not ok)" "$output"
    if [[ $name == results ]]; then
        tell "the colleague gets what was right" "$(grep -q '420108030201: 11 of 30 points' <<<"$output" && echo ok || echo not ok)" "$output"
        tell "  and hears why in the words of the rules" "$(grep -q '^title-font ' <<<"$output" && echo ok || echo not ok)" "$output"
    fi
done
same=$(for name in $names; do diff <(block "$guide" "$name") <(block "$chinese" "$name"); done)
tell "the Chinese guide has the same commands" "$([[ -z $same ]] && echo ok || echo not ok)" "$same"

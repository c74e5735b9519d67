#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The commands of README.md work as typed. Usage: test-readme.sh SOURCE_ROOT BUILD_ROOT. Prints TAP.
# A block of commands that needs no terminal is marked by a comment <!-- NAME --> before it.
set -uo pipefail
root=$1 build=$2
export PATH="$build/cli:$build/cli/client:$build/cli/score:$PATH" DATA="$root/data"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1

block() { # name
    sed -n "/^<!-- $1 -->\$/,/^\`\`\`\$/p" "$root/README.md" | sed '/^<!--/d; /^```/d'
}

names=$(sed -n 's/^<!-- \([a-z-]*\) -->$/\1/p' "$root/README.md")
echo "1..$(wc -w <<<"$names")"
number=0
for name in $names; do
    number=$((number + 1))
    if output=$(bash -eu -c "$(block "$name")" 2>&1); then
        echo "ok $number - $name"
    else
        echo "not ok $number - $name"
        sed 's/^/# /' <<<"$output"
    fi
done

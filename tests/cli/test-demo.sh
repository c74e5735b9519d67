#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# ./demo runs through in both languages. Usage: test-demo.sh SOURCE_ROOT BUILD_ROOT. Prints TAP.
set -uo pipefail
root=$1 build=$2

result() { # number, name, status, output
    if [[ $3 = 0 ]]; then
        echo "ok $1 - $2"
    else
        echo "not ok $1 - $2"
        tail -n 40 <<<"$4" | sed 's/^/# /'
    fi
}

echo 1..2
output=$("$root/demo" --lang zh --build "$build" </dev/null 2>&1) && grep -q '^全部 *40 *38 *2 ' <<<"$output"
result 1 "an exam lives through its life, in Chinese" $? "$output"
output=$("$root/demo" --lang en --build "$build" </dev/null 2>&1) && grep -q '^All *40 *38 *2 ' <<<"$output"
result 2 "and in English" $? "$output"

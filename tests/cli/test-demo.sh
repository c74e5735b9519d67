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
certified() { # two lines in this order, each with its words
    sed -n "/$1/,/$2/p" <<<"$output" | grep -q "$2"
}
output=$("$root/demo" --lang zh --build "$build" </dev/null 2>&1) && grep -q '^全部 *40 *38 *2 ' <<<"$output" &&
    certified '^    平均难度.*已证明为最优' 'teacher：通过核对：2 套卷'
result 1 "an exam lives through its life, in Chinese" $? "$output"
output=$("$root/demo" --lang en --build "$build" </dev/null 2>&1) && grep -q '^All *40 *38 *2 ' <<<"$output" &&
    certified '^    largest deviation.*proven the best' 'teacher: verifies: 2 forms'
result 2 "and in English" $? "$output"

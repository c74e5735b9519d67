#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The room's program, service and courier, links neither the scoring nor the bank library: no key to an item is in it.
# Usage: test-room-links.sh PROGRAM SCORING_LIBRARY BANK_LIBRARY LINKED_LIBRARY. Prints TAP.
set -uo pipefail
program=$1

functions() { nm --defined-only "$1" 2>/dev/null | awk '$2 == "T" { print $3 }' | LC_ALL=C sort -u; }
shared() { LC_ALL=C comm -12 <(functions "$program") <(functions "$1"); }

echo "1..3"
number=0
for library in "$2" "$3"; do
    number=$((number + 1))
    found=$(shared "$library")
    if [[ -n $(functions "$library") && -z $found ]]; then
        echo "ok $number - no function of $(basename "$library") is in the room's program"
    else
        echo "not ok $number - no function of $(basename "$library") is in the room's program"
        echo "${found:-the library has no functions}" | sed 's/^/# /'
    fi
done
if [[ -n $(shared "$4") ]]; then
    echo "ok 3 - the comparison sees what is linked"
else
    echo "not ok 3 - the comparison sees what is linked"
fi

#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The candidate's program, and the examiner's, link neither the scoring nor the bank library: the linker, not trust, keeps keys out of
# them. Nor do they link what brings pictures into the bank, or anything of the network.
# Usage: test-candidate-links.sh PROGRAM SCORING_LIBRARY BANK_LIBRARY ITEM_LIBRARY NETWORK_LIBRARY…. Prints TAP.
set -uo pipefail
program=$1 scoring=$2 bank=$3 item=$4
shift 4

functions() { nm --defined-only "$1" 2>/dev/null | awk '$2 == "T" { print $3 }' | LC_ALL=C sort -u; }
shared() { LC_ALL=C comm -12 <(functions "$program") <(functions "$1"); }

echo "1..$((5 + $#))"
check() { # number, name, library
    local found
    found=$(shared "$3")
    if [[ -n $(functions "$3") && -z $found ]]; then
        echo "ok $1 - $2"
    else
        echo "not ok $1 - $2"
        echo "${found:-the library has no functions}" | sed 's/^/# /'
    fi
}
check 1 "no function of the scoring library is in ${program##*/}" "$scoring"
check 2 "no function of the bank library is in ${program##*/}" "$bank"
if [[ -n $(shared "$item") ]]; then
    echo "ok 3 - the comparison sees what is linked: functions of the item library are there"
else
    echo "not ok 3 - the comparison sees what is linked: functions of the item library are there"
fi
if [[ -z $(ldd "$program" | grep -F libjpeg) ]]; then
    echo "ok 4 - it decodes PNG alone: libjpeg is not loaded"
else
    echo "not ok 4 - it decodes PNG alone: libjpeg is not loaded"
fi
if [[ -z $(ldd "$program" | grep -E 'lib(curl|microhttpd|gnutls|ssl)') ]]; then
    echo "ok 5 - it has no network library"
else
    echo "not ok 5 - it has no network library"
fi
next=6
for library in "$@"; do
    check $next "no function of $(basename "$library") is in it" "$library"
    next=$((next + 1))
done

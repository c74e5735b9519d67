#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The commands of docs/guides/packages.md work as typed, each on the machine that the comment before its block names, and the Chinese
# guide has the same ones. Dates become today's, the number that the room read is the room's. Usage: test-packages-guide.sh SOURCE_ROOT
# BUILD_ROOT. Prints TAP.
set -uo pipefail
root=$1 build=$2
export PATH="$build/cli:$build/cli/client:$build/cli/score:$build/tests/tools:$PATH" LC_ALL=C.UTF-8 LANGUAGE=en
guide=$root/docs/guides/packages.md chinese=$root/docs/guides/packages.zh_CN.md
work=$(mktemp -d -p "$([[ -w /dev/shm ]] && echo /dev/shm || echo /tmp)") # thousands of syncs
finish() {
    [[ -s $work/closed ]] || kaochang-client proctor -C "$work/station" --key "$work/lina/keys/lina.identity" --close >/dev/null 2>&1
    rm -rf "$work"
}
trap finish EXIT
cd "$work" || exit 1
mkdir usb zhangmin lina wangwei

blocks() { sed -n '/^<!-- /,/^```$/p' "$1"; }
number=0
tell() { # name, whether, what went wrong
    number=$((number + 1))
    echo "$2 $number - $1"
    [[ $2 == ok ]] || sed 's/^/# /' <<<"$3"
}
check() { # name, command…
    local name=$1 output
    shift
    output=$("$@" 2>&1) && tell "$name" ok || tell "$name" "not ok" "$output"
}
date_of() { date -d "$1" +%FT%T%:z; }

# What other guides tell: keys, exams, a station; the other proctors; another session that will be withdrawn.
office() {
    for name in lina wangwei; do
        (cd $name && kaochang keys new $name --kind proctor --no-password) || return 1
    done
    kaochang new office && cp lina/keys/lina.identity usb && cd office || return 1
    for name in root li wang; do kaochang keys new $name --kind $([[ $name == root ]] && echo root || echo officer) --no-password; done
    for name in recovery results; do kaochang keys new $name --kind $name; done
    kaochang keys new S01 --kind site && cp ../{lina,wangwei}/keys/*.recipient keys &&
        kaochang keys root --officer li --officer wang --threshold 2 && kaochang bank import "$root/data/bank/imsmanifest.xml" &&
        sed 's/earliestHandIn="[0-9]*"/earliestHandIn="0"/' "$root/data/blueprints/sample.xml" >../blueprint.xml &&
        kaochang assemble ../blueprint.xml --forms 2 --seed 1 -o grade1 && kaochang assemble ../blueprint.xml --forms 2 --seed 2 -o reserve &&
        head -6 "$root/data/rosters/demo.csv" >candidates.csv && sed -n '/^ticket,/,/^```/p' "$guide" | sed '/^```/d' >late.csv &&
        kaochang session new pm1 --exam reserve --start "$(date_of now)" --end "$(date_of '1 hour')" &&
        kaochang roster import candidates.csv --session pm1 && kaochang roster arrange --session pm1 --seed 1 &&
        kaochang pack reserve --session pm1 --unlock-sheet pm1.code --officer li --officer wang -o pm1.exam &&
        kaochang publish pm1.exam --officer li --officer wang
}
station() {
    kaochang-client enrol -C station --repo usb/repo --root "$(kaochang -C office keys root --fingerprint 2>/dev/null)" --name st01 \
        --site S01 --room R301 --site-identity office/keys/S01.identity &&
        kaochang -C office keys certify station/keys/station.pub --kind station --site S01 --room R301 --issuer li -o st01.xml &&
        kaochang-client enrol -C station --certificate st01.xml
}
# The late candidate has come too.
exam() {
    local keys=(--key zhangmin/keys/zhangmin.identity --key lina/keys/lina.identity)
    printf '420108030201\n420108030202\n420108039999\n' >tickets
    kaochang-client pull -C station --from usb/repo && kaochang-client proctor -C station "${keys[@]}" --open &&
        responders --home station --session am1 --tickets tickets --exam office/exams/grade1 --seed 3 &&
        kaochang-client proctor -C station "${keys[@]:2}" --close --json >closed
}

type_block() { # machine, commands
    local folder=office commands=${2//\/media\/usb/$work/usb} offset=0
    case $1 in
        proctor) folder=zhangmin commands=${commands/--kind proctor/--kind proctor --no-password} ;;
        station) folder=. ;;
        score) folder=. commands=${commands/am1.close/office/am1.close} ;;
        release) offset=10800000 ;;
        closing) commands=$(sed "s/--number \"[0-9 ]*\"/--number \"$(grep -oE '([0-9]{4} ){7}[0-9]{4}' closed)\"/" <<<"$commands") ;;
    esac
    commands=$(sed "s/2027-03-01T09:00:00+08:00/$(date_of now)/; s/2027-03-01T11:00:00+08:00/$(date_of '2 hours')/" <<<"$commands")
    (cd $folder && KAOCHANG_CLOCK_OFFSET_MS=$offset bash -eu -c "$commands")
}

machine='' commands=''
check "  before that: the office" office
while IFS= read -r line; do
    case $line in
        '<!-- '*) machine=${line#'<!-- '} machine=${machine%' -->'} commands='' ;;
        '```sh') ;;
        '```')
            [[ $machine == station ]] && check "  before that: a station" station
            [[ $machine == closing ]] && check "  before that: the exam" exam
            check "$machine: $(head -1 <<<"$commands" | cut -c1-70)" type_block "$machine" "$commands"
            ;;
        *) commands+=$line$'\n' ;;
    esac
done < <(blocks "$guide")

check "three sat, and the late candidate is one of them" grep -q '"sat":3' <(kaochang -C office report rates --session am1 --json)
check "nothing is in quarantine" test '[]' = "$(kaochang -C office quarantine --json)"
check "the Chinese guide has the same commands" diff <(blocks "$guide" | sed 's/--reason "[^"]*"//') <(blocks "$chinese" | sed 's/--reason "[^"]*"//')
echo "1..$number"

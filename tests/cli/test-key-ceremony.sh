#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The commands of docs/guides/key-ceremony.md work as typed, each on the machine that the comment before its block names, and the
# Chinese guide has the same ones. Usage: test-key-ceremony.sh SOURCE_ROOT BUILD_ROOT. Prints TAP. New signing keys get no password
# here: minisign's costs three seconds and a gigabyte each time.
set -uo pipefail
root=$1 build=$2
export PATH="$build/cli:$build/cli/client:$PATH" LC_ALL=C.UTF-8 LANGUAGE=en
guide=$root/docs/guides/key-ceremony.md chinese=$root/docs/guides/key-ceremony.zh_CN.md
work=$(mktemp -d -p "$([[ -w /dev/shm ]] && echo /dev/shm || echo /tmp)") # thousands of syncs
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
mkdir chen wu zhou usb

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

# What other guides tell: a package, a station.
session() {
    (cd office && kaochang keys new S01 --kind site && kaochang bank import "$root/data/bank/imsmanifest.xml" &&
        kaochang assemble "$root/data/blueprints/sample.xml" --forms 1 --seed 1 -o grade1 &&
        kaochang session new am1 --exam grade1 --start 2031-03-01T09:00:00+08:00 --end 2031-03-01T11:00:00+08:00 &&
        kaochang roster import "$root/data/rosters/demo.csv" --session am1 && kaochang roster arrange --session am1 --seed 7 &&
        kaochang pack grade1 --session am1 --officer li --officer wang -o am1.exam && kaochang publish am1.exam --officer li --officer wang &&
        kaochang-client enrol -C ../st01 --repo repo --root "$(kaochang keys root --fingerprint 2>/dev/null)" --name st01 --site S01 --room R301 &&
        kaochang-client pull -C ../st01 --from repo)
}
certificate() {
    (cd office && kaochang keys certify ../st01/keys/station.pub --kind station --site S01 --room R301 --issuer li -o keys/st01.certificate.xml &&
        kaochang-client pull -C ../st01 --from repo && kaochang-client enrol -C ../st01 --certificate keys/st01.certificate.xml)
}

type_block() { # machine, commands
    local folder=$1
    [[ $1 == parent ]] && folder=.
    [[ $1 == session || $1 == certificate ]] && folder=office
    local commands=${2//\/media\/usb/$work/usb}
    commands=$(sed -E '/keys new .* --kind (root|officer)/s/$/ --no-password/' <<<"$commands")
    (cd "$folder" && bash -eu -c "$commands")
}

machine='' commands=''
while IFS= read -r line; do
    case $line in
        '<!-- '*) machine=${line#'<!-- '} machine=${machine%' -->'} commands='' ;;
        '```sh') ;;
        '```')
            [[ $machine == session || $machine == certificate ]] && check "  before that: $machine" $machine
            check "$machine: $(head -1 <<<"$commands" | cut -c1-70)" type_block "$machine" "$commands"
            ;;
        *) commands+=$line$'\n' ;;
    esac
done < <(blocks "$guide")

check "the last list has the root of part 6 and the theft" grep -q "Root version 2" <(cd office && kaochang keys list)
check "the station is told of it" grep -q "stolen on the way to site S01" <(kaochang-client pull -C st01 --from office/repo 2>&1)
check "and its package still verifies" kaochang-client pull -C st01 --from office/repo
check "no secret went through the stick" sh -c '! ls usb | grep -vE "\.(pub|xml|minisig)$" && ! grep -rqE "^(RWQAAEIy|RWRTY0Iy|AGE-SECRET)" usb'
check "the Chinese guide has the same commands" diff <(blocks "$guide") <(blocks "$chinese")
echo "1..$number"

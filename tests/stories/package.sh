#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# From an assembled exam to a station that holds the verified package; and everything sealed or signed on the way opens and
# verifies with Debian's own age, minisign, unzip and b2sum. Usage: package.sh SOURCE_ROOT BUILD_ROOT. Prints TAP.
set -uo pipefail
root=$1 build=$2
export PATH="$build/cli:$build/cli/client:$build/tests/tools:$PATH"
for tool in age minisign unzip b2sum; do
    command -v "$tool" >/dev/null || { echo "1..0 # SKIP needs $tool (see packages.debian)"; exit 0; }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1

. "$root/tests/stories/verbs.sh"
at() { # time, command…: with the clock of the programs at that time
    local now
    now=$(date -d "$1" +%s)
    shift
    KAOCHANG_CLOCK_OFFSET_MS=$(((now - $(date +%s)) * 1000)) "$@"
}
attribute() { # name, element, file
    grep -o "<$2 [^>]*" "$3" | head -1 | sed "s/.* $1=\"\([^\"]*\)\".*/\1/"
}

# The office
ok "an office is made" kaochang new office --name "Linhai"
cd office || exit 1
for kind in root officer; do ok "a $kind key" kaochang keys new $kind --kind $kind --no-password; done
for kind in recovery results; do ok "a $kind identity" kaochang keys new $kind --kind $kind; done
ok "a site's identity" kaochang keys new S01 --kind site
no "a key is never written over" 2 "never written over" kaochang keys new officer --kind officer --no-password
is "secret keys are for their owner alone" "600 600" "$(stat -c %a keys/officer.key keys/recovery.identity | xargs)"
ok "items" kaochang bank import "$root/data/bank/imsmanifest.xml"
ok "forms" kaochang assemble "$root/data/blueprints/sample.xml" --forms 2 --seed 1 -o grade1
ok "a session" kaochang session new am1 --exam grade1 --start 2031-03-01T09:00:00+08:00 --end 2031-03-01T11:00:00+08:00
ok "candidates" kaochang roster import "$root/data/rosters/demo.csv" --session am1
ok "seats" kaochang roster arrange --session am1 --seed 7
no "no package without a root" 4 "trusts no exam office" kaochang pack grade1 --session am1 -o am1.exam
fingerprint=$(kaochang keys root 2>/dev/null)
is "the fingerprint is what b2sum prints of the root" "$(b2sum -l 256 trust/1.root.xml | cut -c1-32)" "${fingerprint//-/}"
no "a root is made once" 1 "already has its root" kaochang keys root
kaochang pack grade1 --session am1 -o am1.exam --unlock-sheet unlock.txt --json >packed.json 2>err || sed 's/^/# /' err
is "the unlock sheet is for its owner alone" 600 "$(stat -c %a unlock.txt)"
code=$(head -1 unlock.txt)
is "the code is not shown where a sheet is asked for" 0 "$(grep -c unlock packed.json)"
ok "the package verifies" kaochang verify am1.exam

# Debian's tools
mkdir parts && cd parts || exit 1
ok "unzip tests it" unzip -tqq ../am1.exam
ok "unzip takes it apart" unzip -q ../am1.exam
is "the first entry says what it is" "application/vnd.kaochang.exam+zip" "$(cat mimetype)"
key=$(tail -1 ../keys/officer.pub)
signature=$(echo manifest.xml.*.minisig)
ok "minisign verifies the officer's signature" minisign -V -H -P "$key" -m manifest.xml -x "$signature"
is "the trusted comment names role, session, version" "kaochang/1 role=package session=am1 version=1" \
    "$(sed -n 's/^trusted comment: //p' "$signature")"
is "the package hash is b2sum of the manifest" "$(b2sum -l 256 manifest.xml | cut -d' ' -f1)" \
    "$(sed -n 's/.*"package": "\([0-9a-f]*\)".*/\1/p' ../packed.json)"
for part in $(grep -o '<part name="[^"]*"' manifest.xml | cut -d'"' -f2); do
    is "b2sum of $part is the one signed for" \
        "$(grep -o "<part name=\"$part\"[^>]*" manifest.xml | sed 's/.*blake2b512="\([0-9a-f]*\)".*/\1/')" \
        "$(b2sum -l 512 "$part" | cut -d' ' -f1)"
done
passphrase=$(tr -d '-' <<<"${code%-*}")
ok "age opens unlock.age with the code's twelve characters" pty-type --expect passphrase --send "$passphrase" -- \
    age -d -o U.identity unlock.age
ok "age opens the paper with U" age -d -i U.identity -o paper.zip paper.age
ok "unzip reads the paper" unzip -q paper.zip -d paper
is "the paper holds every item of both forms" "$(grep -o '<item id="[^"]*"' paper/paper.xml | sort -u | wc -l)" \
    "$(find paper/items -name '*.xml' | wc -l)"
is "the paper holds no key" "" \
    "$(grep -lE 'correctResponse|mapping|responseProcessing|modalFeedback|rubricBlock' -r paper | head -3)"
no "U does not open the key" 1 "no identity matched" age -d -i U.identity -o key.zip key.age
ok "the recovery identity opens the escrow" age -d -i ../keys/recovery.identity -o both.identity escrow.age
ok "and what is in it opens the key" age -d -i both.identity -o key.zip key.age
is "the key is padded to 64 KiB" 0 $(($(stat -c %s key.zip) % 65536))
ok "the key holds the correct answers" sh -c 'unzip -p key.zip "items/*" | grep -q correctResponse'
ok "the site's identity opens its roster" age -d -i ../keys/S01.identity -o roster.xml roster/S01.age
is "forty candidates" 40 "$(grep -o '<candidate ' roster.xml | wc -l)"
is "32 random bytes for the room" 64 "$(attribute secret room roster.xml | tr -d '\n' | wc -c)"
cd .. || exit 1
ok "minisign verifies the signed roster" minisign -V -H -P "$key" -m sessions/am1/roster.xml -x sessions/am1/roster.xml.*.minisig

# The codes
ok "the escrow sheet" kaochang keys escrow --session am1
is "the sheet shows the unlock code" 1 "$(grep -c "$code" out)"
close=$(grep -o 'close.age *[0-9A-Z]\{12\}' out | grep -o '[0-9A-Z]*$')
no "the close code is not shown before the last end" 1 "2031-03-01" \
    kaochang session release-close am1 --identity keys/recovery.identity
at "2031-03-01 11:00:01+08:00" kaochang session release-close am1 --identity keys/recovery.identity \
    --anyway "nobody sat in this story" >released 2>err
is "it is shown after it, and is the one of the sheet" "$close" "$(tr -d '-' <released | cut -c1-12)"

# The repository and a station
ok "the package is published" kaochang publish am1.exam --repo ../usb
ok "the repository verifies" kaochang verify ../usb
no "a wrong fingerprint enrols nobody" 1 "fingerprint" kaochang-client enrol -C ../st --repo ../usb \
    --root 0000-0000-0000-0000-0000-0000-0000-0000 --name st01 --site S01 --room R301
ok "a station is enrolled" kaochang-client enrol -C ../st --repo ../usb --root "$fingerprint" --name st01 --site S01 \
    --room R301 --site-identity keys/S01.identity
ok "the officer certifies it" kaochang keys certify ../st/keys/station.pub --kind station --site S01 --room R301 -o st01.xml
ok "minisign verifies the certificate" minisign -V -H -P "$key" -m st01.xml -x st01.xml.*.minisig
ok "another room's certificate is made" kaochang keys certify ../st/keys/station.pub --kind station --site S01 --room R302 \
    -o wrong.xml
no "and refused by the station" 1 "not for this station" kaochang-client enrol -C ../st --certificate wrong.xml
ok "the certificate is installed" kaochang-client enrol -C ../st --certificate st01.xml
no "a folder that is no repository is named" 4 "kaochang publish" kaochang-client pull -C ../st --from .
ok "the package is pulled" kaochang-client pull -C ../st --from ../usb
is "a certificate that ends before the session is remarked on" 1 "$(grep -c 'does not cover session am1' err)"
ok "the station has the office's bytes" cmp am1.exam ../st/packages/am1.exam
no "an address with a password in it is none" 2 "address of a repository" kaochang-client pull -C ../st --from https://li:secret@exam.example/repo

# A spare station, certified on the spot by the site
ok "a signing key for the site" kaochang keys new S01-signing --kind site-signing --no-password
ok "the officer certifies the site" kaochang keys certify keys/S01-signing.pub --kind site --site S01 --recipient S01 \
    --until 2032-01-01T00:00:00+08:00 -o S01.xml
ok "a spare station is enrolled" kaochang-client enrol -C ../spare --repo ../usb --root "$fingerprint" --name spare --site S01 \
    --room R301
ok "the site certifies it, far from the office" sh -c 'cd .. && kaochang keys certify spare/keys/station.pub --kind station \
    --site S01 --room R301 --issuer office/keys/S01-signing.key --until 2031-12-31T00:00:00+08:00 -o spare.xml'
no "which the site alone does not make good" 1 "not a key of the role" kaochang-client enrol -C ../spare \
    --certificate ../spare.xml
ok "with the site's own certificate it is" kaochang-client enrol -C ../spare --certificate ../spare.xml \
    --issuer-certificate S01.xml
ok "and pulls without a remark" sh -c 'kaochang-client pull -C ../spare --from ../usb 2>&1 >/dev/null | (! grep .)'

# Renewed, rolled back, frozen
ok "the index is renewed" kaochang publish --repo ../usb
cp -r ../usb ../old && ok "and once more" kaochang publish --repo ../usb
ok "pulled" kaochang-client pull -C ../st --from ../usb
no "an old copy is refused" 1 "already seen" kaochang-client pull -C ../st --from ../old
no "so is an index that has expired" 1 "expired" at "2033-01-01" kaochang-client pull -C ../st --from ../usb

# Built again: other files, since age draws its keys, but the same paper and the same key
ok "the package is built again" kaochang pack grade1 --session am1 -o again.exam --unlock-sheet again.txt
ok "its parts are taken out" unzip -q again.exam -d again
ok "with other identities" sh -c '! cmp -s parts/manifest.xml again/manifest.xml'
ok "its escrow is opened" age -d -i keys/recovery.identity -o again/both.identity again/escrow.age
for part in paper key; do
    ok "its $part is opened" age -d -i again/both.identity -o again/$part.zip again/$part.age
    ok "and is the same, byte for byte" cmp parts/$part.zip again/$part.zip
done

# Changed by one byte
cp am1.exam edited.exam
size=$(stat -c %s edited.exam)
was=$(dd if=edited.exam bs=1 skip=$((size / 2)) count=1 status=none | od -An -tx1)
[[ $was == " 78" ]] && other=y || other=x # it may have been an x
printf '%s' "$other" | dd of=edited.exam bs=1 seek=$((size / 2)) conv=notrunc status=none
no "an edited package does not verify" 1 "does NOT verify" kaochang verify edited.exam am1.exam
is "and the others are still looked at" 1 "$(grep -c 'am1.exam: verifies' out)"
head -c $((size - 1)) am1.exam >cut.exam
no "nor does a truncated one; as JSON" 1 '"verifies":false' kaochang verify cut.exam --json
echo "1..$number"

#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# No command writes over a secret or shows one by accident. Usage: keys.sh SOURCE_ROOT BUILD_ROOT. Prints TAP.
set -uo pipefail
root=$1 build=$2
export PATH="$build/cli:$build/cli/client:$build/tests/tools:$PATH"
work=$(mktemp -d -p "$([[ -w /dev/shm ]] && echo /dev/shm || echo /tmp)") # thousands of syncs
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1

. "$root/tests/stories/verbs.sh"

unsaid() { # name, words: the command before said nothing of the kind
    local faults
    number=$((number + 1))
    faults=$(grep -cE -- "$2" out err | grep -v ":0$")
    if [[ -z $faults ]]; then echo "ok $number - $1"; else echo "not ok $number - $1: $faults"; fi
}
code_form='[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]'
fixed() { sed 's/[+.]/\\&/g' <<<"$1"; }

umask 0000
ok "an office" kaochang new office
cd office || exit 1
secrets="keys/li.key keys/root.key keys/recovery.identity keys/results.identity keys/S01.identity"
for name in root li; do
    ok "a key: $name" kaochang keys new $name --kind "$([[ $name == root ]] && echo root || echo officer)" --no-password
    unsaid "its secret part is not in what was printed" "$(fixed "$(tail -1 keys/$name.key)")"
done
for kind in recovery results; do
    ok "an identity: $kind" kaochang keys new $kind --kind $kind
    unsaid "is not printed" AGE-SECRET-KEY
done
ok "a site" kaochang keys new S01 --kind site
is "secrets are their owner's alone, whatever the umask" "600 600 600 600 600" "$(stat -c %a $secrets | xargs)"
is "and so is their folder" "700" "$(stat -c %a keys)"
ok "nothing else is left there" sh -c '! ls -A keys | grep -v "\\.\\(key\\|pub\\|identity\\|recipient\\)$"'
before=$(cat $secrets | b2sum)

no "a key is not made twice" 2 "never written over" kaochang keys new li --kind officer --no-password
no "nor an identity" 2 "never written over" kaochang keys new recovery --kind recovery
mv keys/root.key ..
public=$(cat keys/root.pub)
no "nor where the secret part is kept elsewhere" 2 "kept elsewhere" kaochang keys new root --kind root --no-password
is "its public part is what it was" "$public" "$(cat keys/root.pub)"
mv ../root.key keys
ok "a root" kaochang keys root --officer li
for file in $secrets; do
    no "no proposal over $file" 2 "never written over" kaochang keys rotate --threshold 1 -o $file
    no "nothing sealed over it" 2 "never written over" kaochang seal -r keys/S01.recipient keys/li.pub -o $file --force
    no "nothing opened over it" 2 "never written over" kaochang open -i keys/S01.identity keys/li.pub -o $file --force
    no "no signature over it" 2 "never written over" kaochang sign -s keys/li.key keys/li.pub -o $file
    no "no certificate over it" 2 "never written over" kaochang keys certify keys/li.pub --kind chief --site S01 --name li --issuer li -o $file
done
is "all secrets are what they were" "$before" "$(cat $secrets | b2sum)"

no "a secret given for a recipient is not shown" 2 "AGE-SECRET-KEY-****" kaochang seal -r "$(grep AGE keys/results.identity)" keys/li.pub -o ../x
unsaid "in no place of the message" "$(grep -o '1[A-Z0-9]*$' keys/results.identity)"
no "a secret key given for a public one is not shown" 3 "not a minisign public key" kaochang keys certify keys/li.key --kind chief --site S01 --name li --issuer li -o ../c.xml
unsaid "nor its text" "$(fixed "$(tail -1 keys/li.key)")"
for form in "" --json; do
    ok "the list $form" kaochang keys list $form
    unsaid "shows public parts only" "AGE-SECRET-KEY|$(fixed "$(tail -1 keys/li.key)")"
done

ok "a password" sh -c 'printf "correct horse\n" >../password'
ok "items" kaochang bank import "$root/data/bank/imsmanifest.xml"
ok "forms" kaochang assemble "$root/data/blueprints/sample.xml" --forms 1 --seed 1 -o grade1
ok "a session" kaochang session new am1 --exam grade1 --start 2031-03-01T09:00:00+08:00 --end 2031-03-01T11:00:00+08:00
ok "candidates" kaochang roster import "$root/data/rosters/demo.csv" --session am1
ok "seats" kaochang roster arrange --session am1 --seed 7
ok "a package" kaochang pack grade1 --session am1 --officer li -o am1.exam --unlock-sheet ../unlock.txt
unsaid "packing shows no code" "$code_form"
is "the unlock sheet is its owner's alone" "600" "$(stat -c %a ../unlock.txt)"
code=$(grep -oE "$code_form" ../unlock.txt | head -1)
no "the escrow sheet does not come on a screen unasked" 2 "would stand on this screen" pty-type --timeout 20 -- kaochang keys escrow --session am1
unsaid "and is not there" "$code"
ok "asked for it does" sh -c 'pty-type --timeout 20 -- kaochang keys escrow --session am1 --show | grep -qF "$1"' sh "$code"
ok "a page for each envelope, as PDF" kaochang keys escrow --session am1 -o ../escrow.pdf
is "its owner's alone" "600" "$(stat -c %a ../escrow.pdf)"
ok "it is a PDF of two pages" sh -c 'head -c 5 ../escrow.pdf | grep -q "%PDF-" && [ "$(pdfinfo ../escrow.pdf | grep -c "Pages: *2$")" = 1 ]'
no "and is not written over" 2 "is already there" kaochang keys escrow --session am1 -o ../escrow.pdf
ok "as text" kaochang keys escrow --session am1 -o ../escrow.txt
is "with both codes" 2 "$(grep -cE "$code_form" ../escrow.txt)"
ok "no code was left in the home" sh -c '! grep -rqF -e "$1" -e "$2" .' sh "$code" "${code//-/}"
echo "1..$number"

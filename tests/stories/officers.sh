#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Two of three officers must sign, then one of them goes; a practice package; keys with passwords. Usage: officers.sh SOURCE_ROOT BUILD_ROOT. Prints TAP.
set -uo pipefail
root=$1 build=$2
export PATH="$build/cli:$build/cli/client:$PATH"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1

. "$root/tests/stories/verbs.sh"

ok "an office" kaochang new office
cd office || exit 1
echo "correct horse" >../password
ok "a root key with a password" kaochang keys new root --kind root --password-file ../password
for name in li wang zhao; do ok "officer $name" kaochang keys new $name --kind officer --no-password; done
for kind in recovery results; do ok "$kind" kaochang keys new $kind --kind $kind; done
ok "a site" kaochang keys new S01 --kind site
no "a kind of key that there is not" 2 "no kind of key" kaochang keys new x --kind king
no "a name that is a path" 2 "not a plain name" kaochang keys new ../x --kind officer --no-password
echo "wrong horse" >../wrong
no "a wrong password makes no root" 1 "" kaochang keys root --officer li --officer wang --officer zhao --threshold 2 \
    --password-file ../wrong
ok "zhao's secret key leaves the office" mv keys/zhao.key ..
ok "a root: two of three officers" kaochang keys root --officer li --officer wang --officer zhao --threshold 2 \
    --password-file ../password
fingerprint=$(cat out)
ok "its fingerprint again" kaochang keys root --fingerprint
ok "the list of keys, as JSON" sh -c 'kaochang keys list --json | grep -q "\"name\": \"zhao\""'
ok "items" kaochang bank import "$root/data/bank/imsmanifest.xml"
ok "forms" kaochang assemble "$root/data/blueprints/sample.xml" --forms 2 --seed 1 -o grade1
ok "a session" kaochang session new am1 --exam grade1 --start 2031-03-01T09:00:00+08:00 --end 2031-03-01T11:00:00+08:00
ok "candidates" kaochang roster import "$root/data/rosters/demo.csv" --session am1
ok "seats" kaochang roster arrange --session am1 --seed 7
no "one officer is too few" 1 "has 1 of the 2 signatures" kaochang pack grade1 --session am1 --officer li -o am1.exam
ok "and no package is handed out" test ! -e am1.exam
ok "two are enough" kaochang pack grade1 --session am1 --officer li --officer wang -o am1.exam
no "one officer does not publish either" 1 "has 1 of the 2 signatures" kaochang publish am1.exam --officer li
ok "two do" kaochang publish am1.exam --officer li --officer wang
ok "a practice package needs no codes" kaochang pack grade1 --session am1 --practice --officer li --officer wang -o try.exam
ok "it is the session's next version" sh -c 'kaochang verify try.exam --json | grep -q "\"version\":3"'
ok "a station" kaochang-client enrol -C ../st --repo repo --root "$fingerprint" --name st01 --site S01 --room R301
ok "pulls" kaochang-client pull -C ../st --from repo
ok "the next root: sun comes, wang goes" sh -c 'kaochang keys new sun --kind officer --no-password &&
    kaochang keys rotate --add-officer sun --remove-officer wang -o ../2.root.xml'
no "unsigned it is not installed" 1 "has 0 of the 1 signatures" kaochang keys root --install ../2.root.xml --officer li --officer sun
ok "the root's holder signs it elsewhere" mkdir ../holder
ok "with nothing but his key" sh -c 'mv keys/root.key ../holder && cd ../holder &&
    kaochang keys root --sign ../2.root.xml --key ./root.key --password-file ../password'
ok "it is installed; two of the new officers sign" kaochang keys root --install ../2.root.xml --officer li --officer sun
no "who has left does not publish" 1 "has 1 of the 2 signatures" kaochang publish --officer li --officer wang
ok "the new ones do" kaochang publish --officer li --officer sun
ok "another recovery recipient" sh -c 'kaochang keys new recovery2 --kind recovery &&
    kaochang keys rotate --recovery recovery2 --officer li --officer sun'
no "either the one or the other" 2 "either the root" kaochang keys rotate --recovery recovery --add-root li -o ../3.root.xml
no "a proposal is not written over" 4 "exists" kaochang keys rotate --threshold 1 -o ../2.root.xml
no "who is not there does not go" 2 "no key of this name" kaochang keys rotate --remove-officer chen -o ../3.root.xml
no "too few must remain" 3 "at least one" kaochang keys rotate --remove-officer li --remove-officer sun -o ../3.root.xml
held() { flock trust "$@"; }
no "nobody revokes while another changes what is trusted" 4 "another command" held kaochang keys revoke zhao --reason "lost" --officer li --officer sun
no "nor changes the recipients" 4 "another command" held kaochang keys rotate --recovery recovery --officer li --officer sun
no "nor installs a root" 4 "another command" held kaochang keys root --install ../2.root.xml --officer li --officer sun
ok "zhao's key was lost" kaochang keys revoke zhao --reason "left in a taxi" --officer li --officer sun
no "once" 1 "already revoked" kaochang keys revoke keys/zhao.pub --reason "left in a taxi" --officer li --officer sun
no "no root key goes that way" 1 "only a new root" kaochang keys revoke root --reason "lost" --officer li --officer sun
no "and not the last who can sign" 1 "must sign" kaochang keys revoke li --reason "lost" --officer li --officer sun
ok "the list says so" sh -c 'kaochang keys list | grep -q "left in a taxi" && kaochang keys list | grep -q "Root version 2"'
ok "a station that was away follows the root" sh -c 'kaochang publish --officer li --officer sun && kaochang-client pull -C ../st --from repo'
ok "and has it" grep -q "root=\"2\"" ../st/trust/seen.xml
new=$(kaochang keys root --fingerprint 2>/dev/null)
ok "the new fingerprint enrols" kaochang-client enrol -C ../st2 --repo repo --root "$new" --name st02 --site S01 --room R301
ok "and so does the one on the first sheet" kaochang-client enrol -C ../st3 --repo repo --root "$fingerprint" --name st03 --site S01 --room R301
ok "a certificate" sh -c 'kaochang keys certify ../st/keys/station.pub --kind station --site S01 --room R301 --issuer li -o ../st01.certificate.xml &&
    kaochang-client enrol -C ../st --certificate ../st01.certificate.xml'
ok "st01 was stolen" kaochang keys revoke ../st01.certificate.xml --reason "stolen on the way" --officer li --officer sun
ok "which it is told" sh -c 'kaochang publish --officer li --officer sun && kaochang-client pull -C ../st --from repo 2>&1 | grep -q "stolen on the way"'
no "nobody installs its certificate again" 1 "was revoked" kaochang-client enrol -C ../st --certificate ../st01.certificate.xml
no "a folder that is no station does not" 4 "not the home of a station" kaochang-client pull -C .. --from repo
echo "1..$number"

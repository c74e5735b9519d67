#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Every text of the interface is translated. Usage: test-translations.sh SOURCE_ROOT. Prints TAP.
set -uo pipefail
cd "$1" || exit 1
export LC_ALL=C.UTF-8
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

number=0
result() { # name, faults
    number=$((number + 1))
    if [[ -z $2 ]]; then
        echo "ok $number - $1"
    else
        echo "not ok $number - $1"
        head -n 60 <<<"$2" | sed 's/^/# /'
    fi
}

echo 1..4
listed=$(grep -v '^#' po/POTFILES.in)
folders="base paperbank engine exam-packages scoring client office sync statistics cli"
speaking=$({
    grep -rlE '\b(_|N_|ngettext)\("' --include='*.c' $folders
    grep -rlE '^[^*]*\b(_|N_|ngettext)\("' --include='*.h' $folders # not in a comment
} | sort)
result "every file with texts is in po/POTFILES.in" "$(comm -13 <(sort <<<"$listed") - <<<"$speaking")"
result "po/POTFILES.in is sorted and lists files that exist" \
    "$(diff <(sort -u <<<"$listed") - <<<"$listed"; while read -r file; do [[ -f $file ]] || echo "$file"; done <<<"$listed")"

xgettext -k_ -kN_ -kngettext:1,2 --from-code=UTF-8 -o "$work/kaochang.pot" $listed 2>"$work/faults"
for language in $(<po/LINGUAS); do
    result "$language: formats and header are right" "$(msgfmt --check -o /dev/null "po/$language.po" 2>&1)"
    msgmerge -q --no-fuzzy-matching -o "$work/$language.po" "po/$language.po" "$work/kaochang.pot" 2>>"$work/faults"
    missing=$({ msgattrib --untranslated --no-obsolete "$work/$language.po"; msgattrib --only-fuzzy --no-obsolete "$work/$language.po"; } |
        grep -E '^(#: |msgid )' | grep -v '^msgid ""$')
    result "$language: nothing is untranslated or fuzzy" "$missing"
done

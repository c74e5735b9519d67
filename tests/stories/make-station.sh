#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# make-station.sh DIR: with the real commands, an office in DIR/office and a station in DIR/station that has pulled a
# package of twenty sample items (hand-in allowed at once), and the unlock code in DIR/unlock-code. For the stories.
# $BANK, $BLUEPRINT and $ROSTER name other items and candidates, $SEATS those of a room, $ARRANGE more options for the lot. Programs come from $KAOCHANG and $KAOCHANG_CLIENT, the sample data from $SOURCE_ROOT/data; $SECONDS_ALLOWED is the paper's time.
# Where $PROCTORS names some, any two of these open it with their keys, and there is no code.
set -eu
dir=$1
office=$dir/office
station=$dir/station
k() { "$KAOCHANG" -C "$office" "$@" >>"$dir/make.log" 2>&1 || { cat "$dir/make.log" >&2; exit 1; }; }

mkdir -p "$dir"
"$KAOCHANG" new "$office" --name "江城考试办" >>"$dir/make.log" 2>&1
k bank import "${BANK:-$SOURCE_ROOT/data/bank}"
sed -e 's/earliestHandIn="[0-9]*"/earliestHandIn="0"/' -e "s/duration=\"[0-9]*\"/duration=\"${SECONDS_ALLOWED:-2400}\"/" \
    "${BLUEPRINT:-$SOURCE_ROOT/data/blueprints/sample.xml}" >"$dir/blueprint.xml"
k assemble "$dir/blueprint.xml" --seed 7 -o teachers
k session new am1 --exam teachers --start "$(date -u -d -1hour +%FT%TZ)" --end "$(date -u -d +1day +%FT%TZ)"
k roster import "${ROSTER:-$SOURCE_ROOT/data/rosters/demo.csv}" --session am1
k roster arrange --session am1 --seed 1 --seats "${SEATS:-40}" ${ARRANGE:-}
for key in root officer; do
    k keys new "$key" --kind "$key" --no-password
done
k keys new recovery --kind recovery
k keys new results --kind results
k keys new S01 --kind site
k keys root --no-password
opened="--unlock-sheet $dir/unlock-sheet"
[ -z "${PROCTORS:-}" ] || opened="--needed 2"
for name in ${PROCTORS:-}; do
    k keys new "$name" --kind proctor --no-password
    opened="$opened --proctor $name"
done
k pack teachers --session am1 --no-password $opened -o "$dir/am1.exam"
k publish "$dir/am1.exam" --no-password --repo "$dir/repo"
fingerprint=$("$KAOCHANG" -C "$office" keys root --fingerprint 2>/dev/null | tr -d '\n')
"$KAOCHANG_CLIENT" enrol -C "$station" --repo "$dir/repo" --root "$fingerprint" --name st01 --site S01 --room R301 \
    --site-identity "$office/keys/S01.identity" >>"$dir/make.log" 2>&1
k keys certify "$station/keys/station.pub" --kind station --site S01 --room R301 --name st01 --no-password \
    -o "$dir/st01.certificate.xml"
"$KAOCHANG_CLIENT" enrol -C "$station" --certificate "$dir/st01.certificate.xml" >>"$dir/make.log" 2>&1
"$KAOCHANG_CLIENT" pull -C "$station" --from "$dir/repo" >>"$dir/make.log" 2>&1
[ -n "${PROCTORS:-}" ] || grep -Eo '[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]' "$dir/unlock-sheet" | head -1 >"$dir/unlock-code"

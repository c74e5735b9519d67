#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# make-room.sh DIR PORT NAME…: after make-station.sh DIR, the room's machine in DIR/room, certified for room R301 of site S01, and
# stations DIR/NAME without the site's identity, that look for the room service at 127.0.0.1:PORT. For the stories.
set -eu
dir=$1
port=$2
shift 2
office=$dir/office
log() { "$@" >>"$dir/make.log" 2>&1 || { cat "$dir/make.log" >&2; exit 1; }; }
fingerprint=$("$KAOCHANG" -C "$office" keys root --fingerprint 2>/dev/null | tr -d '\n')
enrol() { # name, kind, more options…
    name=$1
    kind=$2
    shift 2
    log "$KAOCHANG_CLIENT" enrol -C "$dir/$name" --repo "$dir/repo" --root "$fingerprint" --name "$name" --site S01 --room R301 "$@"
    log "$KAOCHANG" -C "$office" keys certify "$dir/$name/keys/station.pub" "$kind" --site S01 --room R301 --name "$name" \
        --no-password -o "$dir/$name.certificate.xml"
    log "$KAOCHANG_CLIENT" enrol -C "$dir/$name" --certificate "$dir/$name.certificate.xml"
    log "$KAOCHANG_CLIENT" pull -C "$dir/$name" --from "$dir/repo"
}
enrol room --for-room --site-identity "$office/keys/S01.identity"
for station; do
    enrol "$station" --kind=station --room-service "https://127.0.0.1:$port"
done

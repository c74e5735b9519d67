#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Installs what packages.debian lists and this machine lacks, saying what; does nothing where all is there. What
# stands after the line "[long]" only with --long.
set -euo pipefail
list=$(dirname "$0")/../packages.debian
missing=()
while read -r package; do
    [[ $package = "[long]" && ${1-} != --long ]] && break
    [[ -z $package || $package == [\#[]* ]] && continue
    dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
done <"$list"
[[ ${#missing[@]} -eq 0 ]] && exit 0

echo "Installing what is missing (from packages.debian): ${missing[*]}"
as_root=()
if [[ $EUID -ne 0 ]]; then
    command -v sudo >/dev/null || { echo "Not root and no sudo: install these packages first, then try again." >&2; exit 4; }
    as_root=(sudo)
fi
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null

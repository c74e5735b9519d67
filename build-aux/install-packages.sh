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

# nginx is wanted as a program that tests start, not as a service of this machine: it is neither started now nor at boot.
quiet=/usr/sbin/policy-rc.d
if [[ " ${missing[*]} " = *" nginx "* && ! -e $quiet ]]; then
    printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$quiet" >/dev/null
    "${as_root[@]}" chmod 755 "$quiet"
    trap '"${as_root[@]}" rm -f "$quiet"' EXIT
fi
"${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
[[ " ${missing[*]} " != *" nginx "* ]] || "${as_root[@]}" update-rc.d nginx disable >/dev/null 2>&1 || true

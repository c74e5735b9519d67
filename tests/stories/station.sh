# SPDX-License-Identifier: Apache-2.0
# The head of a story with a station, to be sourced: the programs of BUILD_ROOT ($2) over the sources of SOURCE_ROOT ($1), a
# folder of its own to work in, the station that make-station.sh makes in it, closed at the end; and the verbs.
source=$(realpath "$1")
build=$(realpath "$2")
export SOURCE_ROOT=$source KAOCHANG=$build/cli/kaochang KAOCHANG_CLIENT=$build/cli/client/kaochang-client
export PATH="$build/cli:$build/cli/client:$build/cli/room:$build/cli/score:$PATH" LC_ALL=C.UTF-8 LANGUAGE=en
work=$(mktemp -d)
cd "$work" || exit 1
station=$work/made/station
trap 'kaochang-client proctor -C "$station" --code-file made/unlock-code --close >/dev/null 2>&1; rm -rf "$work"' EXIT
. "$source/tests/stories/verbs.sh"

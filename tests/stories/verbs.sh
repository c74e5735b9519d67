# SPDX-License-Identifier: Apache-2.0
# The verbs of a story, to be sourced: each prints one case of TAP. What a command says goes to `out` and `err` in the current
# folder, and is shown where the case fails.
number=0
ok() { # name, command…: the command succeeds
    local name=$1
    shift
    number=$((number + 1))
    if "$@" >out 2>err; then
        echo "ok $number - $name"
    else
        echo "not ok $number - $name"
        sed 's/^/# /' out err
    fi
}
no() { # name, exit status, words, command…: the command is refused so
    local name=$1 status=$2 words=$3 got
    shift 3
    number=$((number + 1))
    "$@" >out 2>err
    got=$?
    if [[ $got == "$status" ]] && grep -qF -- "$words" out err; then
        echo "ok $number - $name"
    else
        echo "not ok $number - $name (exit $got)"
        sed 's/^/# /' out err
    fi
}
is() { # name, expected, got
    number=$((number + 1))
    if [[ $2 == "$3" ]]; then echo "ok $number - $1"; else echo "not ok $number - $1: \"$3\", not \"$2\""; fi
}

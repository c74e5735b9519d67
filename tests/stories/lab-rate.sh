#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# An examiner rates a group with kaochang-rate at a real agent: faces, steps, slips, statuses, the candidates' digits; killed and back;
# the sheets handed in, signed and exported. Usage: lab-rate.sh SOURCE_ROOT BUILD_ROOT. Prints TAP.
set -uo pipefail
export KAOCHANG=$2/cli/kaochang KAOCHANG_CLIENT=$2/cli/client/kaochang-client LC_ALL=C.UTF-8 LANGUAGE=en
export PATH="$2/cli:$2/cli/client:$2/cli/rate:$2/tests/tools:$PATH"
work=$(mktemp -d)
mkdir -p "$work/said"
cd "$work/said" || exit 1
. "$1/tests/stories/verbs.sh"
st=$work/lab/station
at() { kaochang-client proctor -C "$st" --code-file "$work/lab/unlock-code" "$@"; }
end() {
    at --close >/dev/null 2>&1
    rm -rf "$work"
}
trap end EXIT
rate() { # script of the examiner E01, screens in `screens`
    cat >keys
    kaochang-rate -C "$st" --script keys --dump screens
}
sit_dumps() { # script: the screens as text
    cat >keys
    kaochang-client sit -C "$st" --script keys --dump screens
    local status=$?
    cat screens
    return $status
}
signs_in() { printf 'wait "Type your examiner"\n"%s" Enter\nwait "Is this you"\nRight Enter\n' "$1"; }
events() { sqlite3 -readonly "$st/sessions/lab1/journals/E01.journal" 'SELECT count(*) FROM event WHERE kind = 17'; }

echo 1..12
ok "a lab exam stands at a station" sh "$1/tests/stories/make-lab.sh" "$work/lab"
ok "the proctor opens it" at --open
no "a candidate's program is refused, and names the examiner's" 1 "kaochang-rate" \
    sit_dumps <<<'wait "Type your ticket"
"420101" Enter
wait "kaochang-rate"
expect "nothing of the kind"'
ok "the examiner rates a candidate: seven keys for two steps" rate <<<"$(signs_in E01)
wait \"Find by the end\"
Enter
expect \"420101\"
y
y
wait \"[1] seat 1\"
S
a
Enter
expect \"All steps are rated\"
wait \"saved here\"
dump rated"
is "each key is an event: two faces, two times, two steps" 6 "$(events)"
ok "started again it stands where it was; the candidate confirms, the other is absent" rate <<<"$(signs_in E01)
wait \"All steps are rated\"
Enter
expect \"开关没有断开  -2\"
\"0101\"
wait \"saved here\"
2 F6 Down Enter
expect \"No, go back\"
y
wait \"absent\"
dump confirmed"
ok "who changes a confirmed sheet says why, and it is unsigned" rate <<<"$(signs_in E01)
wait \"[1] seat 1\"
1 Enter
wait \"Why is it changed\"
\"wrong step\" Enter
Up 0
wait \"unsigned\"
u
wait \"confirmed 3\""
ok "a second examiner sees his own candidates alone" rate <<<"$(signs_in E02)
wait \"Find by the end\"
\"420101\" Enter
wait \"420101 (group 1, bench 1) is rated by 周老师 E01\"
Backspace*9 \"420103\" Enter
wait \"[1] seat 3\""
ok "the sheets are handed in with the own number, and the receipt is shown" rate <<<"$(signs_in E01)
wait \"[1] seat 1\"
F10
expect \"no mark yet\"
Right Enter
\"E01\" Enter
wait \"Receipt code\""
ok "afterwards only the receipt is shown" rate <<<"wait \"Type your examiner\"
\"E01\" Enter
wait \"Receipt code\""
ok "the room is closed" at --close
ok "its bundle has the ratings" bash -c "kaochang-client export -C '$st' -o '$work/b.bundle' && test -s '$work/b.bundle'"

# SPDX-License-Identifier: Apache-2.0
# What stories of a room with a service have in common, to be sourced after station.sh: the service in made/room, stations beside
# it that sit in the background, and what the proctor sees. All that run are stopped at the end.
export PATH="$build/cli/room:$PATH"
port=$((20000 + $$ % 20000))
room=made/room
proctor() { kaochang-client proctor -C "$room" --code-file made/unlock-code "$@"; }
serve() { kaochang-client room -C "$room" --listen "127.0.0.1:$port" --code-file made/unlock-code; }
status() { proctor --status --json 2>/dev/null; }
# of a candidate, as the proctor sees it: candidate TICKET FIELD
candidate() { status | python3 -c 'import json, sys
for c in json.load(sys.stdin)["candidates"]:
    if c["ticket"] == sys.argv[1]: print(c.get(sys.argv[2]))' "$1" "$2"; }
until_is() { # seconds, wanted, command…
    local left=$(($1 * 5)) wanted=$2
    shift 2
    while [[ $("$@") != "$wanted" && $left -gt 0 ]]; do
        sleep 0.2
        left=$((left - 1))
    done
    [[ $("$@") == "$wanted" ]] || { echo "\"$("$@")\", not \"$wanted\""; return 1; }
}
# The process that holds the lock of a home: an agent cannot be looked into. A list that changes while it is read may lack what
# is there, so nobody is gone before it was not there five times.
agent_of() {
    local inode found
    inode=$(stat -c %i "$1/run/agent.lock" 2>/dev/null) || return 0
    for _ in {1..5}; do
        found=$(awk -v inode="$inode" '$2 == "FLOCK" { split($6, at, ":"); if (at[3] == inode) print $5 }' /proc/locks | head -1)
        [[ -n $found ]] && { echo "$found"; return; }
        sleep 0.05
    done
}
# the power cut of an agent: gone when this returns, with its lock
kill_agent() {
    local pid
    pid=$(agent_of "$1")
    kill -9 "$pid"
    for _ in {1..400}; do grep -q "^State:[[:space:]]*[^ZX]" "/proc/$pid/status" 2>/dev/null || return 0; sleep 0.05; done
}
# sits in the background: sit STATION TICKET KEYS; its screens go to STATION.screens
sit() {
    printf '"%s" Enter\nwait "check every line"\nRight Enter\n%s\n' "$2" "$3" >"$1.script"
    kaochang-client sit -C "made/$1" --script "$1.script" --dump "$1.screens" >"$1.out" 2>"$1.err" &
}
sit_now() { sit "$@" && wait "$!" || { cat "$1.screens" "$1.err" | tail -30; return 1; }; }
sit_with_code() { # station, ticket, code, keys
    printf '"%s" Enter\nwait "for this once"\n"%s" Enter\nwait "check every line"\nRight Enter\n%s\n' "$2" "$3" "$4" >"$1.script"
    kaochang-client sit -C "made/$1" --script "$1.script" --dump "$1.screens" 2>"$1.err" || { cat "$1.screens" "$1.err" | tail -30; return 1; }
}
answered_and_kept() { echo "$(candidate "$1" answered) $(candidate "$1" kept)"; }
allowance_and_pending() { echo "$(candidate "$1" allowanceMs) $(candidate "$1" pending)"; }
until_gone() { for _ in {1..100}; do [[ -e $1 ]] || return 0; sleep 0.2; done; return 1; }
all_stop() {
    for home in made/*/; do
        home=${home%/}
        pid=$(agent_of "$home")
        [[ -n $pid ]] && kill "$pid"
    done
    rm -rf "$work"
}
trap all_stop EXIT

#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The kiosk of an exam workstation without a screen: it shows Chinese, takes Chinese, and lets nobody out. Usage:
# test-kiosk.sh SOURCE_ROOT BUILD_ROOT. Prints TAP.
set -u
source_root=$1 build=$2
[[ ${KAOCHANG_TEST_LONG-} ]] || { echo "1..0 # SKIP runs with ./test --long: it takes most of a minute"; exit 0; }
for tool in sway Xwayland xterm fcitx5 dbus-run-session xprop xdotool grim runuser; do
    command -v $tool >/dev/null || { echo "1..0 # SKIP needs $tool (./test --long installs it: see packages.debian)"; exit 0; }
done
work=$(mktemp -d)
user=$(id -un)
[[ $user = root ]] && user=nobody # the compositor does not run as root
[[ -d /tmp/.X11-unix ]] || mkdir -m 1777 /tmp/.X11-unix # a booted system has it
as_user() { if [[ $(id -un) = "$user" ]]; then "$@"; else $( [[ $(id -un) = "$user" ]] || echo runuser -u "$user" -- ) "$@"; fi; }
finish() {
    kill $(ours) 2>/dev/null
    wait 2>/dev/null
    rm -rf "$work"
}
trap finish EXIT

mkdir -m 700 "$work/run" "$work/home"
cp -r "$source_root/data/kiosk" "$source_root/data/practice" "$work"
cp "$build/cli/client/kaochang-client" "$work"
cp -rL "$build/po" "$work/po" 2>/dev/null
# what stands for the candidate's screen: first one that writes down what it is given, then the real one
cat >"$work/client" <<END
#!/bin/bash
echo "\$@" >"$work/run/arguments"
if [[ -e $work/run/real ]]; then
    KAOCHANG_LOCALEDIR=$work/po LANGUAGE=zh_CN exec $work/kaochang-client practice $work/practice
fi
stty -icanon -echo -isig
echo up >"$work/run/up"
exec cat >>"$work/run/typed"
END
chmod 755 "$work" "$work/client"
chown -R "$user" "$work"

n=0
is() { # name, command…
    local name=$1
    n=$((n + 1))
    shift
    if "$@"; then echo "ok $n - $name"; else echo "not ok $n - $name"; fi
}
until_() { # seconds, command…
    local left=$(($1 * 10))
    shift
    while ! "$@" 2>/dev/null; do
        left=$((left - 1))
        [[ $left -gt 0 ]] || return 1
        sleep 0.1
    done
}
ours() { # process ids of the session, whatever group they made for themselves
    local file
    for file in $(grep -lz "^XDG_RUNTIME_DIR=$work/run$" /proc/[0-9]*/environ 2>/dev/null); do
        file=${file%/environ}
        echo "${file#/proc/}"
    done | sort -n
}
named() { local p; for p in $(ours); do grep -qx "$1" "/proc/$p/comm" 2>/dev/null && echo "$p"; done; }
is_up() { [[ -n $(named "$1") ]]; }
names() { local p; for p in $(ours); do cat "/proc/$p/comm"; done | sort -u | tr '\n' ' '; }
session=(env -i PATH="$PATH" HOME="$work/home" XDG_RUNTIME_DIR="$work/run" LANG=C.UTF-8 KAOCHANG_CLIENT="$work/client"
    KAOCHANG_STATION=/var/lib/kaochang WLR_BACKENDS=headless WLR_LIBINPUT_NO_DEVICES=1)

as_user "${session[@]}" "$work/kiosk/kiosk-session" >"$work/log" 2>&1 &

echo 1..11
is "the session comes up with the candidate's screen" until_ 30 test -e "$work/run/up"
is "what runs is the candidate's program for the station" grep -qx "sit -C /var/lib/kaochang" "$work/run/arguments"
display=$(tr '\0' ' ' <"/proc/$(named Xwayland)/cmdline" | grep -o ' :[0-9]*' | tr -d ' ')
x() { as_user env DISPLAY="$display" HOME="$work/home" xdotool "$@" >/dev/null 2>&1; }
windows() { as_user env DISPLAY="$display" xdotool search --onlyvisible --name . 2>/dev/null | wc -l; }
until_ 10 is_up fcitx5
types() { x type --delay 60 "abc" && sleep 1 && grep -q abc "$work/run/typed"; }
is "keys reach it" until_ 3 types
writes() { x type --delay 60 "nihao" && sleep 1 && x key space && sleep 1 && grep -q 你好 "$work/run/typed"; }
x key ctrl+space
sleep 1
is "the input method writes Chinese" until_ 1 writes
x key ctrl+space
sleep 2

before=$(ours | tr '\n' ' ')
shown=$(windows)
for key in ctrl+alt+F2 ctrl+alt+BackSpace alt+F4 alt+Tab alt+Return super+Return super+d super+shift+e ctrl+shift+n ctrl+shift+t \
    ctrl+c ctrl+z ctrl+backslash ctrl+d shift+Insert shift+Prior Print ctrl+alt+t ctrl+shift+u F11 alt+space; do
    x key "$key"
done
x mousemove 300 300
for button in 1 2 3; do
    x keydown ctrl click "$button" keyup ctrl
    x keydown shift click "$button" keyup shift
    x click "$button"
done
sleep 1
is "no key and no click starts or ends a program" test "$before" = "$(ours | tr '\n' ' ')"
is "none opens a window or a menu" test "$shown" = "$(windows)"
is "nothing runs but session, input method, terminal and the candidate's program" \
    test "$(names)" = "Xwayland cat dbus-daemon dbus-run-sessio fcitx5 kiosk-client sh sway xterm "

touch "$work/run/real"
kill "$(named cat)"
is "the screen that was killed comes back" until_ 15 is_up kaochang-client
wayland=$(basename "$(find "$work/run" -name 'wayland-?')")
picture() { as_user env XDG_RUNTIME_DIR="$work/run" WAYLAND_DISPLAY="$wayland" grim "$work/run/picture.png" && [[ $(stat -c %s "$work/run/picture.png") -gt 30000 ]]; }
is "it is drawn: a picture of the screen is not empty" until_ 15 picture
[[ -n ${KAOCHANG_KIOSK_PICTURE-} ]] && cp "$work/run/picture.png" "$KAOCHANG_KIOSK_PICTURE"
is "a second one does not start" bash -c "$(declare -f as_user); user=$user; ! as_user env XDG_RUNTIME_DIR=$work/run \
    KAOCHANG_KIOSK=$work/kiosk timeout 5 $work/kiosk/kiosk-client"
kill $(named sway)
until_ 10 bash -c "! kill -0 $(named sway | head -1)"
as_user mkdir -p "$work/home/.local/share/fcitx5/pinyin"
as_user touch "$work/home/.local/share/fcitx5/pinyin/learned"
rm "$work/run/real" "$work/run/up"
as_user "${session[@]}" "$work/kiosk/kiosk-session" >"$work/log" 2>&1 &
until_ 30 test -e "$work/run/up"
is "the next session knows no word of the last candidate's" test ! -e "$work/home/.local/share/fcitx5/pinyin/learned"

#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Makes this Debian 12 machine an exam workstation (docs/kiosk.md). Run as root, once, while there is a network for apt; run
# again, it changes what differs. --remove takes the session away again; the station's folder always stays.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
station=/var/lib/kaochang
[[ ${1-} = "" || ${1-} = --remove ]] || { echo "usage: install-kiosk.sh [--remove]" >&2; exit 2; }
[[ $EUID -eq 0 ]] || { echo "install-kiosk.sh: run it as root" >&2; exit 4; }

if [[ ${1-} = --remove ]]; then
    systemctl disable --now kaochang-kiosk.service 2>/dev/null || true
    rm -f /etc/systemd/system/kaochang-kiosk.service /etc/systemd/logind.conf.d/kaochang-kiosk.conf /etc/sysctl.d/kaochang-kiosk.conf
    systemctl unmask ctrl-alt-del.target
    systemctl daemon-reload
    echo "The kiosk is gone; $station stays."
    exit 0
fi

command -v kaochang-client >/dev/null || { echo "install-kiosk.sh: install the programs first (meson install)" >&2; exit 4; }
export DEBIAN_FRONTEND=noninteractive
apt-get install -y -qq --no-install-recommends sway xwayland xterm fcitx5 fcitx5-pinyin dbus dbus-user-session libpam-systemd x11-utils \
    fonts-dejavu-core fonts-wqy-microhei >/dev/null

id exam >/dev/null 2>&1 || useradd --create-home --shell /usr/sbin/nologin exam
install -d -o exam -g exam -m 700 "$station"
install -d /etc/systemd/logind.conf.d
# no other console to go to, no reset by keys, no commands to the kernel by keys
printf '[Login]\nNAutoVTs=0\nReserveVT=0\nHandlePowerKey=ignore\n' >/etc/systemd/logind.conf.d/kaochang-kiosk.conf
printf 'kernel.sysrq = 0\n' >/etc/sysctl.d/kaochang-kiosk.conf
systemctl mask ctrl-alt-del.target
sed "s#@KIOSK@#$here#" "$here/kaochang-kiosk.service" >/etc/systemd/system/kaochang-kiosk.service
systemctl daemon-reload
systemctl enable kaochang-kiosk.service
echo "Done. Enrol the station as user exam into $station (kaochang-client enrol), then restart the machine."

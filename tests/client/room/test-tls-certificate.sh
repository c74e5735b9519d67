#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The certificates that we write are what other programs read. Usage: test-tls-certificate.sh MAKE_TLS_CERTIFICATE. Prints TAP.
set -uo pipefail
make=$(realpath "$1")
if ! command -v openssl >/dev/null; then
    echo "1..0 # SKIP openssl is not here"
    echo "SKIPPED: openssl is not here" >&2
    exit 0
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1

number=0
check() { # name, command …
    number=$((number + 1))
    local name=$1
    shift
    if output=$("$@" 2>&1); then
        echo "ok $number - $name"
    else
        echo "not ok $number - $name"
        sed 's/^/# /' <<<"$output"
    fi
}
says() { openssl x509 -in st01.pem -noout -text | grep -qF "$1"; }
same_key() { diff <(openssl pkey -in st01.key -pubout) <(openssl x509 -in st01.pem -noout -pubkey); }
same_again() { "$make" st01 7 again.pem again.key && cmp st01.pem again.pem && cmp st01.key again.key; }
other_key() { "$make" st01 8 other.pem other.key >other.pin && ! cmp -s st01.pem other.pem && ! cmp -s st01.pin other.pin; }
same_pin() {
    local pin
    pin=$(openssl x509 -in st01.pem -noout -pubkey | openssl pkey -pubin -outform DER | openssl dgst -sha256 -binary | openssl base64)
    [[ "sha256//$pin" == "$(<st01.pin)" ]]
}
long_name() { "$make" "$(printf 'x%.0s' {1..300})" 7 long.pem long.key && openssl verify -CAfile long.pem long.pem; }

echo 1..10
check "a certificate is made" eval "$make st01 7 st01.pem st01.key >st01.pin"
check "it signs itself, and is valid today" openssl verify -CAfile st01.pem st01.pem
check "it is of an Ed25519 key" says "ED25519"
check "it is valid from 1970" says "Not Before: Jan  1 00:00:00 1970 GMT"
check "and until 9999" says "Not After : Dec 31 23:59:59 9999 GMT"
check "its key is the one beside it" same_key
check "the same key gives the same bytes" same_again
check "another key another serial, certificate and pin" other_key
check "the pin is the one that others count" same_pin
check "a name that is too long is cut" long_name

/* SPDX-License-Identifier: Apache-2.0 */
#include "exam-packages/bech32.h"

#include <string.h>

static const char letters[] = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
enum { CHECKSUM = 6 };

static uint32_t polymod_step(uint32_t c, uint8_t value)
{
    static const uint32_t generator[5] = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
    uint32_t top = c >> 25;
    c = (c & 0x1ffffff) << 5 ^ value;
    for (int i = 0; i < 5; i++)
        if (top >> i & 1)
            c ^= generator[i];
    return c;
}

static uint32_t polymod_hrp(const char *hrp)
{
    uint32_t c = 1;
    for (const char *p = hrp; *p; p++)
        c = polymod_step(c, (uint8_t)*p >> 5);
    c = polymod_step(c, 0);
    for (const char *p = hrp; *p; p++)
        c = polymod_step(c, (uint8_t)*p & 31);
    return c;
}

static void put(struct bytes *ret, uint32_t *check, uint32_t value)
{
    *check = polymod_step(*check, (uint8_t)value);
    bytes_u8(ret, (uint8_t)letters[value]);
}

void bech32_encode(const char *hrp, struct span data, struct bytes *ret)
{
    bytes_str(ret, hrp);
    bytes_str(ret, "1");
    uint32_t check = polymod_hrp(hrp), held = 0;
    int bits = 0;
    for (size_t i = 0; i < data.n; i++) {
        held = (held << 8 | data.p[i]) & 0xfff;
        for (bits += 8; bits >= 5; bits -= 5)
            put(ret, &check, held >> (bits - 5) & 31);
    }
    if (bits > 0)
        put(ret, &check, held << (5 - bits) & 31);
    for (int i = 0; i < CHECKSUM; i++)
        check = polymod_step(check, 0);
    check ^= 1;
    for (int i = 0; i < CHECKSUM; i++)
        bytes_u8(ret, (uint8_t)letters[check >> 5 * (5 - i) & 31]);
}

static bool one_case(struct span text)
{
    bool lower = false, upper = false;
    for (size_t i = 0; i < text.n; i++) {
        lower |= text.p[i] >= 'a' && text.p[i] <= 'z';
        upper |= text.p[i] >= 'A' && text.p[i] <= 'Z';
    }
    return !(lower && upper);
}

static uint8_t lower_of(uint8_t c)
{
    return c >= 'A' && c <= 'Z' ? (uint8_t)(c + 32) : c;
}

bool bech32_decode(struct span text, const char *hrp, uint8_t *out, size_t n)
{
    size_t prefix = strlen(hrp), data = (n * 8 + 4) / 5;
    if (text.n != prefix + 1 + data + CHECKSUM || !one_case(text) || text.p[prefix] != '1')
        return false;
    for (size_t i = 0; i < prefix; i++)
        if (lower_of(text.p[i]) != (uint8_t)hrp[i])
            return false;
    uint32_t check = polymod_hrp(hrp), held = 0;
    int bits = 0;
    for (size_t i = 0; i < data + CHECKSUM; i++) {
        uint8_t c = lower_of(text.p[prefix + 1 + i]);
        const char *at = c ? strchr(letters, c) : NULL;
        if (!at)
            return false;
        check = polymod_step(check, (uint8_t)(at - letters));
        if (i >= data)
            continue;
        held = (held << 5 | (uint32_t)(at - letters)) & 0xfff;
        bits += 5;
        if (bits >= 8) {
            bits -= 8;
            *out++ = (uint8_t)(held >> bits);
        }
    }
    return check == 1 && (held & ((1u << bits) - 1)) == 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "exam-packages/code.h"

#include <sodium.h>
#include <stdbool.h>
#include <string.h>

#include "base/i18n.h"
#include "exam-packages/secret.h"

static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
enum { SHORT_DATA = 7, RECEIPT_DATA = 16, LONGEST = RECEIPT_DATA + 1, ORDER = 31 };

static unsigned times_alpha(unsigned a)
{
    a <<= 1;
    return a & 32 ? a ^ 0x25 : a;
}

/* sum alpha^i * d[i], by Horner from the last to the first. */
static unsigned weigh(const uint8_t *d, int n)
{
    unsigned sum = 0;
    for (int i = n - 1; i >= 0; i--)
        sum = times_alpha(sum) ^ d[i];
    return sum;
}

/* The check at place n: the sum over the data divided by alpha^n. */
static uint8_t check_of(const uint8_t *d, int n)
{
    unsigned sum = weigh(d, n);
    for (int i = 0; i < ORDER - n; i++)
        sum = times_alpha(sum);
    return (uint8_t)sum;
}

static int value_of(char c)
{
    if (c >= 'a' && c <= 'z')
        c = (char)(c - 32);
    if (c == 'O')
        c = '0';
    if (c == 'I' || c == 'L')
        c = '1';
    const char *at = c ? strchr(letters, c) : NULL;
    return at ? (int)(at - letters) : -1;
}

/* Groups of four joined by hyphens, then the check. */
static char *show(const uint8_t *d, int n, char *shown)
{
    char *out = shown;
    for (int i = 0; i < n; i++) {
        *out++ = letters[d[i]];
        if (i % 4 == 3)
            *out++ = '-';
    }
    *out++ = letters[check_of(d, n)];
    *out = '\0';
    return shown;
}

/* Values of the typed characters; their count, or negative. */
static int read_values(const char *typed, uint8_t d[LONGEST], int most, struct err *e)
{
    int n = 0;
    for (const char *p = typed; *p; p++) {
        if (*p == ' ' || *p == '-')
            continue;
        int v = value_of(*p);
        if (v < 0 || n == most) {
            if (v < 0)
                err_set(e, ERR_DATA, NULL, _("character %d is none that a code can have"),
                        (int)(p - typed) + 1);
            else
                err_set(e, ERR_DATA, NULL, _("the code is too long"));
            return err_hint(e, _("digits and letters but U; O counts as 0, I and L as 1"));
        }
        d[n++] = (uint8_t)v;
    }
    return n;
}

static int refuse_check(struct err *e)
{
    err_set(e, ERR_DATA, NULL,
            _("the check character does not fit: a character is wrong or two are swapped"));
    return err_hint(e, _("compare it with the printed code, group by group"));
}

void code_new(char ret_data[CODE_DATA + 1])
{
    uint8_t random[CODE_DATA];
    (void)!sodium_init();
    randombytes_buf(random, sizeof random);
    for (int i = 0; i < CODE_DATA; i++)
        ret_data[i] = letters[random[i] & 31];
    ret_data[CODE_DATA] = '\0';
    secret_wipe(random, sizeof random);
}

char *code_show(const char data[CODE_DATA + 1], char shown[CODE_SHOWN])
{
    uint8_t d[CODE_DATA] = {0};
    for (int i = 0; i < CODE_DATA && data[i]; i++)
        d[i] = (uint8_t)(value_of(data[i]) & 31);
    show(d, CODE_DATA, shown);
    secret_wipe(d, sizeof d);
    return shown;
}

int code_read(const char *typed, char ret_data[CODE_DATA + 1], struct err *e)
{
    uint8_t d[LONGEST] = {0};
    int n = read_values(typed, d, CODE_DATA + 1, e);
    int r = n < 0 ? n : 0;
    if (r == 0 && n < CODE_DATA) {
        err_set(e, ERR_DATA, NULL, _("the code is too short: %d characters"), n);
        r = err_hint(e, _("a code is 12 characters and a check character: XXXX-XXXX-XXXX-C"));
    }
    if (r == 0 && n == CODE_DATA + 1 && weigh(d, n) != 0)
        r = refuse_check(e);
    for (int i = 0; r == 0 && i < CODE_DATA; i++)
        ret_data[i] = letters[d[i]];
    if (r == 0)
        ret_data[CODE_DATA] = '\0';
    secret_wipe(d, sizeof d);
    return r;
}

/* n numbers of five bits, most significant first. */
static void unpack(const uint8_t *bits, int size, uint8_t *d, int n)
{
    for (int i = 0; i < n; i++) {
        int at = i * 5, byte = at / 8;
        unsigned two = (unsigned)bits[byte] << 8 | (byte + 1 < size ? bits[byte + 1] : 0);
        d[i] = (uint8_t)(two >> (11 - at % 8) & 31);
    }
}

char *receipt_show(const uint8_t bits[RECEIPT_BYTES], char shown[RECEIPT_SHOWN])
{
    uint8_t d[RECEIPT_DATA];
    unpack(bits, RECEIPT_BYTES, d, RECEIPT_DATA);
    return show(d, RECEIPT_DATA, shown);
}

int receipt_read(const char *typed, uint8_t ret_bits[RECEIPT_BYTES], struct err *e)
{
    uint8_t d[LONGEST] = {0};
    int n = read_values(typed, d, LONGEST, e);
    if (n < 0)
        return n;
    if (n != LONGEST) {
        err_set(e, ERR_DATA, NULL, _("the receipt is too short: %d characters"), n);
        return err_hint(e, _("a receipt is 16 characters and a check character"));
    }
    if (weigh(d, n) != 0)
        return refuse_check(e);
    unsigned held = 0, bits = 0;
    uint8_t *out = ret_bits;
    for (int i = 0; i < RECEIPT_DATA; i++) {
        held = (held << 5 | d[i]) & 0xfff;
        bits += 5;
        if (bits >= 8) {
            bits -= 8;
            *out++ = (uint8_t)(held >> bits);
        }
    }
    return 0;
}

char *short_code_show(const uint8_t bits[5], char shown[SHORT_CODE_SHOWN])
{
    uint8_t d[SHORT_DATA];
    unpack(bits, 5, d, SHORT_DATA);
    return show(d, SHORT_DATA, shown);
}

int short_code_read(const char *typed, char ret_shown[SHORT_CODE_SHOWN], struct err *e)
{
    uint8_t d[LONGEST] = {0};
    int n = read_values(typed, d, SHORT_DATA + 1, e);
    if (n < 0)
        return n;
    if (n <= SHORT_DATA) {
        err_set(e, ERR_DATA, NULL, _("the code is too short: %d characters"), n);
        return err_hint(e, _("a one-time code is eight characters: XXXX-XXXX"));
    }
    if (weigh(d, n) != 0)
        return refuse_check(e);
    show(d, SHORT_DATA, ret_shown);
    return 0;
}

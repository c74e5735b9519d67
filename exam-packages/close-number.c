/* SPDX-License-Identifier: Apache-2.0 */
#include "exam-packages/close-number.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "base/canon.h"
#include "base/i18n.h"
#include "exam-packages/derive.h"

enum { BIND_BYTES = 10, BIND_DIGITS = 25, TAG_DIGITS = 6, TAG_RANGE = 1000000, GROUP = 4 };

int close_key(const struct roster_room *room, uint8_t ret[CLOSE_KEY_BYTES], struct err *e)
{
    struct secret secret = {0};
    if (!room || !room->has_secret)
        return err_set(e, ERR_ENV, NULL, _("the secret of the room is not here"));
    int r = secret_copy(&secret, span_of(room->secret, sizeof room->secret), e);
    if (r == 0)
        derive_key(ret, &secret, "close");
    secret_free(&secret);
    return r;
}

/* A totally anti-symmetric quasigroup of order 10 (Damm 2004, table 2.2). */
static char check_of(const char *digits, size_t n)
{
    static const char table[10][11] = {"0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
                                       "3674209581", "5869720134", "8945362017", "9438617205", "2581436790"};
    int at = 0;
    for (size_t i = 0; i < n; i++)
        at = table[at][digits[i] - '0'] - '0';
    return (char)('0' + at);
}

/* A number of 80 bits, most significant byte first. */
static void put_bits(const uint8_t bits[BIND_BYTES], char *digits)
{
    uint8_t left[BIND_BYTES];
    memcpy(left, bits, sizeof left);
    for (int i = BIND_DIGITS - 1; i >= 0; i--) {
        unsigned rest = 0;
        for (int k = 0; k < BIND_BYTES; k++) {
            rest = rest << 8 | left[k];
            left[k] = (uint8_t)(rest / 10);
            rest %= 10;
        }
        digits[i] = (char)('0' + rest);
    }
}

static void bind_record(const uint8_t key[CLOSE_KEY_BYTES], struct span document, char *digits)
{
    struct bytes body = {0};
    uint8_t mac[32];
    canon_domain(&body, "kaochang/1 close");
    canon_blob(&body, document);
    blake2b_256_keyed(mac, key, bytes_span(&body));
    put_bits(mac, digits);
    bytes_release(&body);
}

static void tag_room(const uint8_t key[CLOSE_KEY_BYTES], const struct close_record *c, const char *bound,
                     char *digits)
{
    struct bytes body = {0};
    uint8_t mac[32];
    uint64_t number = 0;
    char text[TAG_DIGITS + 1];
    canon_domain(&body, "kaochang/1 closing number");
    canon_text(&body, c->session);
    canon_text(&body, c->site);
    canon_text(&body, c->room);
    canon_blob(&body, span_of(c->package, sizeof c->package));
    canon_int(&body, c->count);
    canon_blob(&body, span_of(bound, BIND_DIGITS));
    blake2b_256_keyed(mac, key, bytes_span(&body));
    for (int i = 0; i < 8; i++)
        number |= (uint64_t)mac[i] << (8 * i);
    snprintf(text, sizeof text, "%06u", (unsigned)(number % TAG_RANGE));
    memcpy(digits, text, TAG_DIGITS);
    bytes_release(&body);
}

void close_number_make(const uint8_t key[CLOSE_KEY_BYTES], const struct close_record *c, struct span document,
                       char ret[CLOSE_NUMBER_TEXT])
{
    bind_record(key, document, ret);
    tag_room(key, c, ret, ret + BIND_DIGITS);
    ret[CLOSE_NUMBER_DIGITS - 1] = check_of(ret, CLOSE_NUMBER_DIGITS - 1);
    ret[CLOSE_NUMBER_DIGITS] = '\0';
}

char *close_number_show(const char number[CLOSE_NUMBER_TEXT], char shown[CLOSE_NUMBER_SHOWN])
{
    char *out = shown;
    for (int i = 0; i < CLOSE_NUMBER_DIGITS && number[i]; i++) {
        if (i && i % GROUP == 0)
            *out++ = ' ';
        *out++ = number[i];
    }
    *out = '\0';
    return shown;
}

/* The digit at *at, full-width ones too, and moves past it; 0: none, and *at moves past what is no sign of a
 * number, which *ret_other tells. */
static char next_digit(const char **at, bool *ret_other)
{
    static const char full_width[] = "\xEF\xBC";
    const char *p = *at;
    *ret_other = false;
    if (strncmp(p, full_width, 2) == 0 && (uint8_t)p[2] >= 0x90 && (uint8_t)p[2] <= 0x99) {
        *at = p + 3;
        return (char)('0' + (uint8_t)p[2] - 0x90);
    }
    *at = p + 1;
    if (*p >= '0' && *p <= '9')
        return *p;
    *ret_other = *p != ' ' && *p != '-' && *p != '\t';
    return '\0';
}

int close_number_read(const char *typed, char ret[CLOSE_NUMBER_TEXT], struct err *e)
{
    size_t n = 0;
    bool other;
    for (const char *p = typed; *p;) {
        char digit = next_digit(&p, &other);
        if (other)
            return err_set(e, ERR_DATA, NULL, _("a closing number has digits only"));
        if (digit && n < CLOSE_NUMBER_DIGITS)
            ret[n] = digit;
        n += digit != '\0';
    }
    if (n != CLOSE_NUMBER_DIGITS)
        return err_set(e, ERR_DATA, NULL, _("a closing number has %d digits, this one has %zu"),
                       (int)CLOSE_NUMBER_DIGITS, n);
    ret[CLOSE_NUMBER_DIGITS] = '\0';
    if (check_of(ret, CLOSE_NUMBER_DIGITS - 1) != ret[CLOSE_NUMBER_DIGITS - 1]) {
        err_set(e, ERR_DATA, NULL, _("a digit is wrong: the last one does not fit the others"));
        return err_hint(e, _("have the number read once more, group by group"));
    }
    return 0;
}

bool close_number_is_of_room(const char number[CLOSE_NUMBER_TEXT], const uint8_t key[CLOSE_KEY_BYTES],
                             const struct close_record *c)
{
    char tag[TAG_DIGITS];
    tag_room(key, c, number, tag);
    return sodium_memcmp(tag, number + BIND_DIGITS, sizeof tag) == 0;
}

bool close_number_is_of_record(const char number[CLOSE_NUMBER_TEXT], const uint8_t key[CLOSE_KEY_BYTES],
                               struct span document)
{
    char bound[BIND_DIGITS];
    bind_record(key, document, bound);
    return sodium_memcmp(bound, number, sizeof bound) == 0;
}

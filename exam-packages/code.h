/* SPDX-License-Identifier: Apache-2.0 */
/* Codes that people copy by hand (docs/formats.md, "Codes"): Crockford base 32 with one check character.
 *
 * Characters d0 … dn in the order they are written; the last one, dn (d12 of a code, d16 of a receipt), is
 * the check. They are numbers in GF(32) = GF(2)[x]/(x^5+x^2+1), alpha = x = 2, and sum alpha^i * di = 0.
 * Since alpha has order 31 any single wrong character and any swap of neighbours is noticed.
 *
 * A code: 12 data characters (60 random bits) + check, shown XXXX-XXXX-XXXX-C. The passphrase is the 12 data
 * characters, upper case. A receipt: 80 bits as 16 data characters (most significant bit first) + check,
 * shown XXXX-XXXX-XXXX-XXXX-C.
 * A short code: 35 bits as 7 data characters + check, shown XXXX-XXXX.
 * Read: O is 0, I and L are 1, lower case, spaces and hyphens ignored; U is no character of it. */
#ifndef KAOCHANG_EXAM_PACKAGES_CODE_H
#define KAOCHANG_EXAM_PACKAGES_CODE_H

#include <stdint.h>

#include "base/err.h"

enum {
    CODE_DATA = 12,
    CODE_SHOWN = 17, /* room for a shown code and its zero */
    RECEIPT_BYTES = 10,
    RECEIPT_SHOWN = 22, /* room for a shown receipt and its zero */
    SHORT_CODE_SHOWN = 10,
};

/* 60 random bits as data characters. The caller wipes them. */
void code_new(char ret_data[CODE_DATA + 1]);
/* Returns shown. */
char *code_show(const char data[CODE_DATA + 1], char shown[CODE_SHOWN]);
/* A typed code with its check, or the 12 data characters alone as the escrow sheet prints them. ERR_DATA
 * where it has another length, a character that no code has, or a check that does not fit. */
MUST_CHECK int code_read(const char *typed, char ret_data[CODE_DATA + 1], struct err *e);

char *receipt_show(const uint8_t bits[RECEIPT_BYTES], char shown[RECEIPT_SHOWN]);
/* The check is required. */
MUST_CHECK int receipt_read(const char *typed, uint8_t ret_bits[RECEIPT_BYTES], struct err *e);

/* Of the first 35 of 40 bits. */
char *short_code_show(const uint8_t bits[5], char shown[SHORT_CODE_SHOWN]);
/* The check is required; ret_shown is how it is written. */
MUST_CHECK int short_code_read(const char *typed, char ret_shown[SHORT_CODE_SHOWN], struct err *e);

#endif

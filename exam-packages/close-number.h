/* SPDX-License-Identifier: Apache-2.0 */
/* The closing number: 32 digits that a proctor reads to the office by phone when the room is closed, so that
 * the office knows what the room says before the close code is given out (docs/formats.md, "Closing number").
 *
 * 25 digits: the first 80 bits of BLAKE2b-256 keyed with K(room secret, "close") over the CLOSE record; they
 * bind the record that comes later. 6 digits under the same key over those, session, site, room, package and
 * the number who sat: the office checks them at once. The last digit finds a digit heard wrong, and two
 * neighbours swapped (Damm 2004). Shown in groups of four. */
#ifndef KAOCHANG_EXAM_PACKAGES_CLOSE_NUMBER_H
#define KAOCHANG_EXAM_PACKAGES_CLOSE_NUMBER_H

#include <stdbool.h>

#include "exam-packages/close-record.h"
#include "exam-packages/roster.h"

enum {
    CLOSE_KEY_BYTES = 32,
    CLOSE_NUMBER_DIGITS = 32,
    CLOSE_NUMBER_TEXT = CLOSE_NUMBER_DIGITS + 1, /* room for the digits and a zero */
    CLOSE_NUMBER_SHOWN = 40,                     /* room for the groups and a zero */
};

/* K(room secret, "close"). ERR_ENV when the roster holds no secret of the room. The caller wipes it. */
MUST_CHECK int close_key(const struct roster_room *room, uint8_t ret[CLOSE_KEY_BYTES], struct err *e);

/* `document` is what was read into, or written from, `c`. */
void close_number_make(const uint8_t key[CLOSE_KEY_BYTES], const struct close_record *c, struct span document,
                       char ret[CLOSE_NUMBER_TEXT]);
/* Returns shown. */
char *close_number_show(const char number[CLOSE_NUMBER_TEXT], char shown[CLOSE_NUMBER_SHOWN]);
/* As people type it: blanks and hyphens are passed over, full-width digits taken. ERR_DATA where digits are
 * missing, or the last one does not fit. */
MUST_CHECK int close_number_read(const char *typed, char ret[CLOSE_NUMBER_TEXT], struct err *e);

/* True if it was made with this key for that session, site, room, package and count. */
bool close_number_is_of_room(const char number[CLOSE_NUMBER_TEXT], const uint8_t key[CLOSE_KEY_BYTES],
                             const struct close_record *c);
/* True if it was made with this key from that CLOSE record. */
bool close_number_is_of_record(const char number[CLOSE_NUMBER_TEXT], const uint8_t key[CLOSE_KEY_BYTES],
                               struct span document);

#endif

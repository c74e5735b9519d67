/* SPDX-License-Identifier: Apache-2.0 */
/* APPNOTE 6.3.4, sections 4.3.7 (local header), 4.3.12 (central header), 4.3.16 (end record): offsets of the
 * fields that we fill, all little-endian. Every other field is zero. Inner header of exam-packages/zip*.c. */
#ifndef KAOCHANG_EXAM_PACKAGES_ZIP_FORMAT_H
#define KAOCHANG_EXAM_PACKAGES_ZIP_FORMAT_H

#include <stdint.h>

#include "base/bytes.h"

enum {
    ZIP_LOCAL_SIZE = 30,
    ZIP_CENTRAL_SIZE = 46,
    ZIP_END_SIZE = 22,
    ZIP_VERSION = 10,     /* 1.0: stored files */
    ZIP_DATE = 0x0021,    /* 1980-01-01 */
    ZIP_NAME_MAX = 201,
};
#define ZIP_LOCAL_SIGNATURE 0x04034b50u
#define ZIP_CENTRAL_SIGNATURE 0x02014b50u
#define ZIP_END_SIGNATURE 0x06054b50u

struct zip_entry {
    uint32_t crc, size, offset; /* offset of the local header */
    uint16_t n_name;
};

/* The one right form of each record; the name follows the first two. */
void zip_local_header(uint8_t out[ZIP_LOCAL_SIZE], const struct zip_entry *entry);
void zip_central_header(uint8_t out[ZIP_CENTRAL_SIZE], const struct zip_entry *entry);
void zip_end_record(uint8_t out[ZIP_END_SIZE], uint16_t entries, uint32_t size, uint32_t offset);
/* CRC-32 of `data` added to a running one; begins with 0. */
uint32_t zip_crc(uint32_t crc, struct span data);
/* Of two pieces that follow each other, the second of n bytes. */
uint32_t zip_crc_join(uint32_t first, uint32_t second, size_t n);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
#include "exam-packages/zip-format.h"

#include <string.h>
#include <zlib.h>

#include "base/file.h"
#include "base/mem.h"
#include "exam-packages/zip.h"

static void put_le16(uint8_t *p, uint16_t v)
{
    p[0] = (uint8_t)v;
    p[1] = (uint8_t)(v >> 8);
}

/* From "version needed" to "name length": the same run of fields in both headers. */
static void put_common(uint8_t *p, const struct zip_entry *entry)
{
    put_le16(p, ZIP_VERSION);
    put_le16(p + 8, ZIP_DATE);
    put_le32(p + 10, entry->crc);
    put_le32(p + 14, entry->size);
    put_le32(p + 18, entry->size);
    put_le16(p + 22, entry->n_name);
}

void zip_local_header(uint8_t out[ZIP_LOCAL_SIZE], const struct zip_entry *entry)
{
    memset(out, 0, ZIP_LOCAL_SIZE);
    put_le32(out, ZIP_LOCAL_SIGNATURE);
    put_common(out + 4, entry);
}

void zip_central_header(uint8_t out[ZIP_CENTRAL_SIZE], const struct zip_entry *entry)
{
    memset(out, 0, ZIP_CENTRAL_SIZE);
    put_le32(out, ZIP_CENTRAL_SIGNATURE);
    put_le16(out + 4, ZIP_VERSION);
    put_common(out + 6, entry);
    put_le32(out + 42, entry->offset);
}

void zip_end_record(uint8_t out[ZIP_END_SIZE], uint16_t entries, uint32_t size, uint32_t offset)
{
    memset(out, 0, ZIP_END_SIZE);
    put_le32(out, ZIP_END_SIGNATURE);
    put_le16(out + 8, entries);
    put_le16(out + 10, entries);
    put_le32(out + 12, size);
    put_le32(out + 16, offset);
}

uint32_t zip_crc(uint32_t crc, struct span data)
{
    return data.n ? (uint32_t)crc32_z(crc, data.p, data.n) : crc;
}

uint32_t zip_crc_join(uint32_t first, uint32_t second, size_t n)
{
    return (uint32_t)crc32_combine64(first, second, (z_off64_t)n);
}

bool zip_name_is_plain(struct span name)
{
    char part[ZIP_NAME_MAX + 1];
    if (name.n == 0 || name.n > ZIP_NAME_MAX || memchr(name.p, 0, name.n))
        return false;
    memcpy(part, name.p, name.n);
    part[name.n] = '\0';
    char *slash = strchr(part, '/');
    if (slash)
        *slash = '\0';
    return path_is_plain_name(part) && (!slash || path_is_plain_name(slash + 1));
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/fuzz/foreign.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"
#include "paperbank/item/item.h"

static int take_item(void *context, const struct foreign_item *i, struct err *e)
{
    struct item *item = NULL;
    struct err why;
    (void)context, (void)e;
    if (!i->name || (!i->refusal && i->qti.n == 0))
        abort();
    if (i->refusal)
        return 0;
    if (!utf8_valid((const char *)i->qti.p, i->qti.n))
        abort();
    if (item_read_lenient(&item, "fuzz", i->qti, &why) == 0)
        item_free(item);
    else if (i->qti.n < 1000000) /* what we write is well-formed and within the bounds of an item */
        abort();
    return 0;
}

static int take_point(void *context, const char *code, const char *title, struct err *e)
{
    (void)context, (void)e;
    if (!metadata_is_code(code) || !metadata_is_title(title))
        abort();
    return 0;
}

void fuzz_foreign(enum foreign_format format, const uint8_t *data, size_t size)
{
    const struct foreign_sink sink = {.item = take_item, .point = take_point};
    enum encoding encoding;
    struct err e;
    int fd = memfd_create("fuzz", 0);
    if (fd < 0 || write(fd, data, size) != (ssize_t)size)
        abort();
    char *path = mem_printf("/proc/self/fd/%d", fd);
    if (foreign_read(format, path, ENCODING_UNKNOWN, &sink, &encoding, &e) == 0 &&
        encoding == ENCODING_UNKNOWN)
        abort();
    free(path);
    close(fd);
}

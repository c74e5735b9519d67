/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as the list of receipts of an audit: what is told of a line is fit for a terminal and for the script. */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "exam-packages/audit/bundles.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void on_check(void *context, const struct audit_check *c)
{
    (void)context;
    for (const char *p = c->what; *p; p++)
        if ((unsigned char)*p < 0x20)
            abort();
    if (strchr(c->command, '\n'))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    int fd = memfd_create("receipts", MFD_CLOEXEC);
    if (fd < 0 || write(fd, data, size) != (ssize_t)size)
        abort();
    char *path = mem_printf("/proc/self/fd/%d", fd);
    struct audit_input in = {.receipts = path};
    struct audit a = {.arena = arena_new(), .in = &in, .tell = on_check};
    struct audit_receipts *r = audit_receipts_read(&a);
    audit_receipts_tell(&a, r);
    arena_free(a.arena);
    free(path);
    close(fd);
    return 0;
}

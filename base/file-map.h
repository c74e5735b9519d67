/* SPDX-License-Identifier: Apache-2.0 */
/* Files looked at in place. Another program may shorten a mapped file at any moment; reading behind its new
 * end would kill the process (SIGBUS). */
#ifndef KAOCHANG_BASE_FILE_MAP_H
#define KAOCHANG_BASE_FILE_MAP_H

#include "base/bytes.h"
#include "base/err.h"

/* The first `size` bytes of an open file, to be given back with file_unmap; fd may be closed. What another
 * program cuts off later, or a disk fails to give, reads as zeros: for this the process gets a handler of
 * SIGBUS. size 0: an empty span. ERR_ENV. */
MUST_CHECK int file_map_fd(int fd, const char *name, size_t size, struct span *ret, struct err *e);
/* A regular file of at most max bytes. ERR_DATA where it is larger or none. */
MUST_CHECK int file_map(const char *path, size_t max, struct span *ret, struct err *e);
void file_unmap(struct span map);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* What of an answer's headers counts (RFC 9110: status 15, Content-Range 14.4, Date 6.6.1), read strictly: a
 * header that is written otherwise is as if it were not there. */
#ifndef KAOCHANG_EXAM_PACKAGES_HTTP_ANSWER_H
#define KAOCHANG_EXAM_PACKAGES_HTTP_ANSWER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ANSWER_HEADER_BYTES = 65536 };

struct answer {
    int status;                 /* 100..599; 0: none read */
    size_t bytes;               /* of all headers */
    bool has_range;             /* Content-Range: bytes first-last/total */
    int64_t first, last, total; /* total -1: "*" */
    int64_t date_ms;            /* Date; 0: none */
};

/* One line, with or without its CR LF. False when there are more than ANSWER_HEADER_BYTES in all. */
bool answer_line(struct answer *a, const char *line, size_t n);
/* True if the answer brings `total` bytes' rest from `first` on. */
bool answer_fits(const struct answer *a, int64_t first, int64_t total);

#endif

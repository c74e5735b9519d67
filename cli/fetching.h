/* SPDX-License-Identifier: Apache-2.0 */
/* What commands that fetch from a repository have in common: their options, and what people or programs are
 * told meanwhile. */
#ifndef KAOCHANG_CLI_FETCHING_H
#define KAOCHANG_CLI_FETCHING_H

#include "cli/command.h"
#include "exam-packages/source.h"

#define FETCHING_OPTIONS                                                                                     \
    {.name = "rate-limit",                                                                                   \
     .arg = "BYTES",                                                                                         \
     .help = N_("Take at most so many bytes a second from a web server: 500000, 500k, 2M")},                 \
        {.name = "timeout",                                                                                  \
         .arg = "SECONDS",                                                                                   \
         .help = N_("Give up a web server that says nothing for so long (default: 30)")},                    \
    {                                                                                                        \
        .name = "ca", .arg = "FILE",                                                                         \
        .help = N_("Certificates (PEM) of those who vouch for https servers, in place of the system's")      \
    }

struct fetching {
    const struct args *args;
    struct source *source;
    int64_t hundredth; /* of the file on its way, as told last */
};

/* A folder, or a web address by the options above, for each value of the option, which must be there;
 * ERR_USAGE when one is wrong. Then notes go to standard error and what comes is a progress line, or with
 * --json both are lines of JSON: {"note", "from", "where"}, {"file", "have", "size"}. */
MUST_CHECK int fetching_open(struct fetching *f, const struct args *a, const char *option, struct err *e);
/* The same one by one: begin, then add. fetching_close in any case. */
void fetching_begin(struct fetching *f, const struct args *a);
MUST_CHECK int fetching_add(struct fetching *f, const char *address, struct err *e);
void fetching_close(struct fetching *f);

#endif

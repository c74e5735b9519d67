/* SPDX-License-Identifier: Apache-2.0 */
/* The score matrix of a "stats" command: its file, and the options that say which columns are items. */
#ifndef KAOCHANG_CLI_STATS_READING_H
#define KAOCHANG_CLI_STATS_READING_H

#include "cli/command.h"
#include "statistics/scores/matrix.h"

/* For a command's table of options. */
#define STATS_MATRIX_OPTIONS                                                                                     \
    {.name = "id", .arg = "COLUMN", .help = N_("The column with the persons' names")},                           \
        {.name = "skip", .arg = "COLUMN", .help = N_("A column that is no item; may be repeated")},              \
    {                                                                                                            \
        .name = "max", .arg = "LIST",                                                                            \
        .help = N_(                                                                                              \
            "Full marks of the items in their order, with commas (default: the highest score that anybody has)") \
    }

enum { STATS_MAX_BYTES = 2000 * 1000 * 1000 };

/* Reads argument i as a score matrix. */
MUST_CHECK int stats_read_matrix(struct score_matrix *ret, const struct args *a, int i, struct err *e);

#endif

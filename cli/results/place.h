/* SPDX-License-Identifier: Apache-2.0 */
/* Where the central store is. */
#ifndef KAOCHANG_CLI_RESULTS_PLACE_H
#define KAOCHANG_CLI_RESULTS_PLACE_H

#include "cli/command.h"

/* --store, or store.db in the home. The caller frees. */
char *store_place(const struct args *a);

#endif

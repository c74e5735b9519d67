/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/results/place.h"

#include "base/file.h"
#include "base/mem.h"

char *store_place(const struct args *a)
{
    const char *given = args_get(a, "store");
    return given ? mem_strdup(given) : path_join(args_home(a), "store.db");
}

/* SPDX-License-Identifier: Apache-2.0 */
/* "pack --late": changes to a list that is published already, as a supplement. */
#ifndef KAOCHANG_CLI_PACKAGE_LATE_H
#define KAOCHANG_CLI_PACKAGE_LATE_H

#include "cli/command.h"

/* Takes the changes of the table --late into the signed roster and writes the supplement with a new list for
 * each site that they touch. Rooms keep their secrets, which an --identity opens (R, or the site's). */
MUST_CHECK int late_pack(const struct args *a, const char *out, struct err *e);

#endif

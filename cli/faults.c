/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/faults.h"

#include <stdio.h>

void file_faults_tell(void *context, unsigned line, const char *message)
{
    struct file_faults *f = context;
    fprintf(stderr, "%s:%u: %s\n", f->path, line, message);
    f->n++;
}

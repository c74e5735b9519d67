/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/lab/reading.h"

#include <stdio.h>

#include "base/file.h"
#include "base/i18n.h"
#include "cli/faults.h"

int rubric_read_file(struct rubric **ret, const char *path, struct err *e)
{
    struct file_faults faults = {.path = path};
    struct bytes text = {0};
    int r = file_read(path, RUBRIC_MAX_BYTES, &text, e);
    if (r == 0)
        r = rubric_read(ret, path, bytes_span(&text), file_faults_tell, &faults, e);
    if (r < 0 && faults.n)
        r = err_set(e, ERR_DATA, path, _("faults in the rubric: %u"), faults.n);
    bytes_release(&text);
    return r;
}

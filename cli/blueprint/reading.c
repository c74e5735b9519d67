/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/blueprint/reading.h"

#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "cli/bank/home.h"
#include "cli/faults.h"

int blueprint_from_file(struct blueprint **ret, const char *path, struct bytes *bytes, struct err *e)
{
    struct file_faults faults = {.path = path};
    int r = file_read(path, BLUEPRINT_MAX_BYTES, bytes, e);
    if (r == 0)
        r = blueprint_read(ret, path, bytes_span(bytes), file_faults_tell, &faults, e);
    if (r < 0 && faults.n)
        return err_set(e, ERR_DATA, path, _("faults in the blueprint: %u"), faults.n);
    return r;
}

int blueprint_bank(struct bank **ret, const struct args *a, struct err *e)
{
    *ret = NULL;
    if (strcmp(args_home(a), ".") == 0 && !file_exists(BANK_FILE))
        return 0;
    return home_bank(ret, a, false, e);
}

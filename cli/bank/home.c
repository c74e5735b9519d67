/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/bank/home.h"

#include <stdlib.h>

#include "base/file.h"
#include "office/office.h"

int home_bank(struct bank **ret, const struct args *a, bool create, struct err *e)
{
    struct office *o = NULL;
    int r = office_open(&o, args_home(a), e);
    if (r < 0)
        return r;
    char *path = office_path(o, BANK_FILE, NULL);
    r = bank_open(ret, path, create, e);
    free(path);
    office_close(o);
    return r;
}

const char *thousandths_text(int64_t v, char *buf, size_t size)
{
    buf[0] = '\0';
    return v == BANK_UNKNOWN ? buf : points_text(points_milli(v), buf, size);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/bytes.h"
#include "base/file.h"
#include "cli/client/commands.h"

enum { CODE_FILE_MAX = 4096 };

int code_file_read(const struct args *a, struct bytes *data, const char **ret, struct err *e)
{
    const char *path = args_get(a, "code-file");
    int r = path ? file_read(path, CODE_FILE_MAX, data, e) : 0;
    if (r < 0 || !path)
        return r;
    bytes_u8(data, 0);
    ((char *)data->p)[strcspn((char *)data->p, "\r\n")] = '\0';
    *ret = (const char *)data->p;
    return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* A folder that is written to may be a stranger's stick. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "exam-packages/repository-internal.h"

static int refuse(const char *path, struct err *e)
{
    err_set(e, ERR_NO, path,
            _("is a link, a device or the like: what is written there would come out elsewhere"));
    return err_hint(e, _("name an empty folder, or empty this one"));
}

static bool ends_in(const char *name, const char *ending)
{
    size_t n = strlen(name), k = strlen(ending);
    return n >= k && strcmp(name + n - k, ending) == 0;
}

static int check_files(const char *folder, struct err *e)
{
    static const char *const ending[] = {".xml", ".minisig", ".exam", ".part"};
    struct file_names names = {0};
    struct stat st;
    int r = file_list(folder, &names, e);
    for (size_t i = 0; i < names.n && r == 0; i++) {
        char *path = path_join(folder, names.name[i]);
        for (size_t k = 0; k < sizeof ending / sizeof *ending && r == 0; k++)
            if (ends_in(names.name[i], ending[k]) && lstat(path, &st) == 0 && !S_ISREG(st.st_mode))
                r = refuse(path, e);
        free(path);
    }
    file_names_free(&names);
    return r;
}

int repository_check_place(const char *folder, struct err *e)
{
    struct stat st;
    char *packages = path_join(folder, "packages");
    int r = file_exists(folder) ? check_files(folder, e) : 0;
    if (r == 0 && lstat(packages, &st) == 0)
        r = S_ISDIR(st.st_mode) ? check_files(packages, e) : refuse(packages, e);
    free(packages);
    return r;
}

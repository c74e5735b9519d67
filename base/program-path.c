/* SPDX-License-Identifier: Apache-2.0 */
#include "base/program-path.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

enum { PATH_BYTES = 4096 };

static char *try_folder(const char *folder, size_t n, const char *name)
{
    char *path = mem_printf("%.*s/%s", (int)n, folder, name);
    if (n > 0 && access(path, X_OK) == 0)
        return path;
    free(path);
    return NULL;
}

static char *find_beside(const char *name)
{
    char self[PATH_BYTES];
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    if (n <= 0)
        return NULL;
    self[n] = '\0';
    return try_folder(self, (size_t)(strrchr(self, '/') - self), name);
}

static char *find_in_path(const char *name)
{
    char *found = NULL;
    for (const char *p = getenv("PATH"); p && *p && !found;) {
        size_t n = strcspn(p, ":");
        found = try_folder(p, n, name);
        p += n + (p[n] == ':');
    }
    return found;
}

char *program_path(const char *name)
{
    char *found = find_beside(name);
    return found ? found : find_in_path(name);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/practical/database/vfs.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"

enum { DAY_MS = 86400000 };

struct folder_vfs {
    sqlite3_vfs base; /* first: SQLite hands it to the functions below */
    sqlite3_vfs *real;
    char *folder, *name;
    int64_t now; /* ms of the Julian day */
};

static const struct folder_vfs *mine(const sqlite3_vfs *v)
{
    return (const struct folder_vfs *)v;
}

static bool is_inside(const sqlite3_vfs *v, const char *path)
{
    size_t n = strlen(mine(v)->folder);
    return path && strncmp(path, mine(v)->folder, n) == 0 && path[n] == '/' && !strchr(path + n + 1, '/');
}

static int open_inside(sqlite3_vfs *v, const char *path, sqlite3_file *file, int flags, int *ret_flags)
{
    file->pMethods = NULL;
    return is_inside(v, path) ? mine(v)->real->xOpen(mine(v)->real, path, file, flags, ret_flags)
                              : SQLITE_CANTOPEN;
}

static int delete_inside(sqlite3_vfs *v, const char *path, int sync)
{
    return is_inside(v, path) ? mine(v)->real->xDelete(mine(v)->real, path, sync) : SQLITE_OK;
}

static int look_inside(sqlite3_vfs *v, const char *path, int flags, int *ret)
{
    *ret = 0;
    return is_inside(v, path) ? mine(v)->real->xAccess(mine(v)->real, path, flags, ret) : SQLITE_OK;
}

static int full_path(sqlite3_vfs *v, const char *path, int n, char *out)
{
    return mine(v)->real->xFullPathname(mine(v)->real, path, n, out);
}

static int no_randomness(sqlite3_vfs *v, int n, char *out)
{
    (void)v;
    memset(out, 0, (size_t)n);
    return n;
}

static int no_sleep(sqlite3_vfs *v, int microseconds)
{
    (void)v;
    return microseconds;
}

static int standing_days(sqlite3_vfs *v, double *ret)
{
    *ret = (double)mine(v)->now / DAY_MS;
    return SQLITE_OK;
}

static int standing_ms(sqlite3_vfs *v, sqlite3_int64 *ret)
{
    *ret = mine(v)->now;
    return SQLITE_OK;
}

static int last_error(sqlite3_vfs *v, int n, char *out)
{
    return mine(v)->real->xGetLastError(mine(v)->real, n, out);
}

/* The number of the Julian day that begins at noon of this one. */
static int64_t julian_day(int64_t year, int64_t month, int64_t day)
{
    int64_t before_march = month < 3, y = year + 4800 - before_march, m = month - 3 + 12 * before_march;
    return day + (153 * m + 2) / 5 + 365 * y + y / 4 - y / 100 + y / 400 - 32045;
}

void folder_vfs_set_day(struct folder_vfs *v, int32_t year, int32_t month, int32_t day)
{
    v->now = julian_day(year, month, day) * DAY_MS;
}

int folder_vfs_new(struct folder_vfs **ret, const char *folder, struct err *e)
{
    sqlite3_vfs *real = sqlite3_vfs_find(NULL);
    if (!real)
        return err_set(e, ERR_ENV, folder, _("SQLite cannot be used"));
    struct folder_vfs *v = mem_alloc(sizeof *v);
    v->real = real;
    v->folder = mem_strdup(folder);
    folder_vfs_set_day(v, 2026, 1, 1);
    v->name = mem_printf("kaochang-%p", (void *)v);
    v->base = (sqlite3_vfs){.iVersion = 2,
                            .szOsFile = real->szOsFile,
                            .mxPathname = real->mxPathname,
                            .zName = v->name,
                            .xOpen = open_inside,
                            .xDelete = delete_inside,
                            .xAccess = look_inside,
                            .xFullPathname = full_path,
                            .xRandomness = no_randomness,
                            .xSleep = no_sleep,
                            .xCurrentTime = standing_days,
                            .xGetLastError = last_error,
                            .xCurrentTimeInt64 = standing_ms};
    if (sqlite3_vfs_register(&v->base, 0) != SQLITE_OK) {
        free(v->folder);
        free(v->name);
        free(v);
        return err_set(e, ERR_ENV, folder, _("SQLite cannot be used"));
    }
    *ret = v;
    return 0;
}

const char *folder_vfs_name(const struct folder_vfs *v)
{
    return v->name;
}

void folder_vfs_free(struct folder_vfs *v)
{
    if (!v)
        return;
    sqlite3_vfs_unregister(&v->base);
    free(v->folder);
    free(v->name);
    free(v);
}

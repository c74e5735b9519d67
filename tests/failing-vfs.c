/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/failing-vfs.h"

#include <sqlite3.h>
#include <stdlib.h>

struct file {
    sqlite3_file base;
    sqlite3_file *real;
};

static struct failing_vfs controls = {.countdown = -1};
static sqlite3_vfs *real_vfs;

static sqlite3_file *real(sqlite3_file *f)
{
    return ((struct file *)f)->real;
}

static bool fails(void)
{
    controls.calls++;
    if (controls.countdown < 0)
        return false;
    if (controls.countdown > 0) {
        controls.countdown--;
        return false;
    }
    if (!controls.for_good)
        controls.countdown = -1;
    return true;
}

static int close_file(sqlite3_file *f)
{
    int rc = real(f)->pMethods->xClose(real(f));
    free(real(f));
    return rc;
}

static int read_file(sqlite3_file *f, void *p, int n, sqlite3_int64 at)
{
    return controls.unreadable ? SQLITE_IOERR_READ : real(f)->pMethods->xRead(real(f), p, n, at);
}

static int write_file(sqlite3_file *f, const void *p, int n, sqlite3_int64 at)
{
    return fails() ? (controls.says ? controls.says : SQLITE_FULL)
                   : real(f)->pMethods->xWrite(real(f), p, n, at);
}

static int truncate_file(sqlite3_file *f, sqlite3_int64 n)
{
    return real(f)->pMethods->xTruncate(real(f), n);
}

static int sync_file(sqlite3_file *f, int flags)
{
    return fails() ? SQLITE_IOERR_FSYNC : real(f)->pMethods->xSync(real(f), flags);
}

static int size_file(sqlite3_file *f, sqlite3_int64 *n)
{
    return real(f)->pMethods->xFileSize(real(f), n);
}

static int lock_file(sqlite3_file *f, int how)
{
    return real(f)->pMethods->xLock(real(f), how);
}

static int unlock_file(sqlite3_file *f, int how)
{
    return real(f)->pMethods->xUnlock(real(f), how);
}

static int reserved_file(sqlite3_file *f, int *ret)
{
    return real(f)->pMethods->xCheckReservedLock(real(f), ret);
}

static int control_file(sqlite3_file *f, int op, void *arg)
{
    return real(f)->pMethods->xFileControl(real(f), op, arg);
}

static int sector_file(sqlite3_file *f)
{
    return real(f)->pMethods->xSectorSize(real(f));
}

static int device_file(sqlite3_file *f)
{
    return real(f)->pMethods->xDeviceCharacteristics(real(f));
}

static int shm_map(sqlite3_file *f, int page, int size, int extend, void volatile **p)
{
    return real(f)->pMethods->xShmMap(real(f), page, size, extend, p);
}

static int shm_lock(sqlite3_file *f, int offset, int n, int flags)
{
    return real(f)->pMethods->xShmLock(real(f), offset, n, flags);
}

static void shm_barrier(sqlite3_file *f)
{
    real(f)->pMethods->xShmBarrier(real(f));
}

static int shm_unmap(sqlite3_file *f, int delete)
{
    return real(f)->pMethods->xShmUnmap(real(f), delete);
}

static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = close_file,
    .xRead = read_file,
    .xWrite = write_file,
    .xTruncate = truncate_file,
    .xSync = sync_file,
    .xFileSize = size_file,
    .xLock = lock_file,
    .xUnlock = unlock_file,
    .xCheckReservedLock = reserved_file,
    .xFileControl = control_file,
    .xSectorSize = sector_file,
    .xDeviceCharacteristics = device_file,
    .xShmMap = shm_map,
    .xShmLock = shm_lock,
    .xShmBarrier = shm_barrier,
    .xShmUnmap = shm_unmap,
};

static int open_file(sqlite3_vfs *vfs, const char *path, sqlite3_file *f, int flags, int *ret_flags)
{
    struct file *mine = (struct file *)f;
    (void)vfs;
    if (controls.unreadable) {
        mine->base.pMethods = NULL;
        return SQLITE_CANTOPEN;
    }
    mine->real = calloc(1, (size_t)real_vfs->szOsFile);
    int rc = real_vfs->xOpen(real_vfs, path, mine->real, flags, ret_flags);
    mine->base.pMethods = rc == SQLITE_OK ? &methods : NULL;
    if (rc != SQLITE_OK)
        free(mine->real);
    return rc;
}

struct failing_vfs *failing_vfs(void)
{
    static sqlite3_vfs vfs;
    if (!real_vfs) {
        real_vfs = sqlite3_vfs_find(NULL);
        vfs = *real_vfs;
        vfs.pNext = NULL;
        vfs.zName = FAILING_VFS;
        vfs.szOsFile = sizeof(struct file);
        vfs.xOpen = open_file;
        sqlite3_vfs_register(&vfs, 0);
    }
    return &controls;
}

void failing_vfs_for_all(bool all)
{
    failing_vfs();
    sqlite3_vfs_register(all ? sqlite3_vfs_find(FAILING_VFS) : real_vfs, 1);
}

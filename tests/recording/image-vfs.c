/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/recording/image-vfs.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_PAGES = 64 };

struct file {
    sqlite3_file base;
    struct bytes *content;
    void *page[MOST_PAGES]; /* of the shared memory */
};

static struct image *served;

static const char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static int unmap(sqlite3_file *f, int delete)
{
    struct file *mine = (struct file *)f;
    (void)delete;
    for (int i = 0; i < MOST_PAGES; i++) {
        free(mine->page[i]);
        mine->page[i] = NULL;
    }
    return SQLITE_OK;
}

static int close_file(sqlite3_file *f)
{
    return unmap(f, 0);
}

static int read_file(sqlite3_file *f, void *p, int n, sqlite3_int64 at)
{
    const struct bytes *b = ((struct file *)f)->content;
    size_t there = (size_t)at < b->n ? b->n - (size_t)at : 0, wanted = (size_t)n;
    if (there >= wanted) {
        memcpy(p, b->p + at, wanted);
        return SQLITE_OK;
    }
    memset(p, 0, wanted);
    if (there)
        memcpy(p, b->p + at, there);
    return SQLITE_IOERR_SHORT_READ;
}

static int truncate_file(sqlite3_file *f, sqlite3_int64 n)
{
    static const uint8_t nothing[4096];
    struct bytes *b = ((struct file *)f)->content;
    b->n = b->n < (size_t)n ? b->n : (size_t)n;
    while (b->n < (size_t)n)
        bytes_add(b, nothing, (size_t)n - b->n < sizeof nothing ? (size_t)n - b->n : sizeof nothing);
    return SQLITE_OK;
}

static int write_file(sqlite3_file *f, const void *p, int n, sqlite3_int64 at)
{
    struct bytes *b = ((struct file *)f)->content;
    if (b->n < (size_t)at + (size_t)n)
        truncate_file(f, at + n);
    memcpy(b->p + at, p, (size_t)n);
    return SQLITE_OK;
}

static int size_file(sqlite3_file *f, sqlite3_int64 *n)
{
    *n = (sqlite3_int64)((struct file *)f)->content->n;
    return SQLITE_OK;
}

static int nothing_to_do(sqlite3_file *f, int how)
{
    (void)f;
    (void)how;
    return SQLITE_OK;
}

static int reserved_file(sqlite3_file *f, int *ret)
{
    (void)f;
    *ret = 0;
    return SQLITE_OK;
}

static int control_file(sqlite3_file *f, int op, void *arg)
{
    (void)f;
    (void)op;
    (void)arg;
    return SQLITE_NOTFOUND;
}

static int sector_file(sqlite3_file *f)
{
    (void)f;
    return 4096;
}

static int device_file(sqlite3_file *f)
{
    (void)f;
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static int map(sqlite3_file *f, int page, int size, int extend, void volatile **p)
{
    struct file *mine = (struct file *)f;
    if (page >= MOST_PAGES)
        return SQLITE_IOERR_SHMSIZE;
    if (!mine->page[page] && extend)
        mine->page[page] = calloc(1, (size_t)size);
    *p = mine->page[page];
    return SQLITE_OK;
}

static int lock(sqlite3_file *f, int offset, int n, int flags)
{
    (void)f;
    (void)offset;
    (void)n;
    (void)flags;
    return SQLITE_OK;
}

static void barrier(sqlite3_file *f)
{
    (void)f;
}

static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = close_file,
    .xRead = read_file,
    .xWrite = write_file,
    .xTruncate = truncate_file,
    .xSync = nothing_to_do,
    .xFileSize = size_file,
    .xLock = nothing_to_do,
    .xUnlock = nothing_to_do,
    .xCheckReservedLock = reserved_file,
    .xFileControl = control_file,
    .xSectorSize = sector_file,
    .xDeviceCharacteristics = device_file,
    .xShmMap = map,
    .xShmLock = lock,
    .xShmBarrier = barrier,
    .xShmUnmap = unmap,
};

static int open_file(sqlite3_vfs *vfs, const char *path, sqlite3_file *f, int flags, int *ret_flags)
{
    struct file *mine = (struct file *)f;
    (void)vfs;
    *mine = (struct file){.content = path ? image_file(served, name_of(path)) : NULL};
    if (!mine->content && path && (flags & SQLITE_OPEN_CREATE))
        mine->content = image_create(served, name_of(path));
    if (!mine->content)
        return SQLITE_CANTOPEN;
    mine->base.pMethods = &methods;
    if (ret_flags)
        *ret_flags = flags;
    return SQLITE_OK;
}

static int delete_file(sqlite3_vfs *vfs, const char *path, int sync)
{
    (void)vfs;
    (void)sync;
    image_remove(served, name_of(path));
    return SQLITE_OK;
}

static int access_file(sqlite3_vfs *vfs, const char *path, int flags, int *ret)
{
    (void)vfs;
    (void)flags;
    const struct bytes *b = image_file(served, name_of(path));
    *ret = b && (flags != SQLITE_ACCESS_EXISTS || b->n > 0);
    return SQLITE_OK;
}

static int full_path(sqlite3_vfs *vfs, const char *path, int n, char *ret)
{
    (void)vfs;
    snprintf(ret, (size_t)n, "%s", path);
    return SQLITE_OK;
}

void image_vfs_serve(struct image *i)
{
    static sqlite3_vfs vfs;
    served = i;
    if (vfs.zName)
        return;
    vfs = *sqlite3_vfs_find(NULL);
    vfs.pNext = NULL;
    vfs.zName = IMAGE_VFS;
    vfs.szOsFile = sizeof(struct file);
    vfs.xOpen = open_file;
    vfs.xDelete = delete_file;
    vfs.xAccess = access_file;
    vfs.xFullPathname = full_path;
    sqlite3_vfs_register(&vfs, 0);
}

/* ---- weaker promises ---- */

static sqlite3_io_methods weak_methods[2];
static const sqlite3_io_methods *real_methods;
static sqlite3_vfs *real_vfs;

/* The pragma's value may be changed in its place. */
static int weak_pragma(sqlite3_file *f, int op, void *arg)
{
    char **word = arg;
    bool normal = f->pMethods == &weak_methods[0];
    if (op == SQLITE_FCNTL_PRAGMA && word[2] && normal && sqlite3_stricmp(word[1], "synchronous") == 0)
        memcpy(word[2], "1", 2);
    if (op == SQLITE_FCNTL_PRAGMA && word[2] && !normal && sqlite3_stricmp(word[1], "journal_mode") == 0)
        return SQLITE_OK;
    return real_methods->xFileControl(f, op, arg);
}

static int open_weak(sqlite3_vfs *vfs, const char *path, sqlite3_file *f, int flags, int *ret_flags)
{
    int rc = real_vfs->xOpen(real_vfs, path, f, flags, ret_flags),
        which = strcmp(vfs->zName, NORMAL_VFS) != 0;
    if (rc != SQLITE_OK || !(flags & SQLITE_OPEN_MAIN_DB))
        return rc;
    real_methods = f->pMethods;
    weak_methods[which] = *real_methods;
    weak_methods[which].xFileControl = weak_pragma;
    f->pMethods = &weak_methods[which];
    return rc;
}

void weak_vfs(void)
{
    static sqlite3_vfs vfs[2];
    static const char *const name[] = {NORMAL_VFS, ROLLBACK_VFS};
    if (real_vfs)
        return;
    real_vfs = sqlite3_vfs_find(NULL);
    for (int i = 0; i < 2; i++) {
        vfs[i] = *real_vfs;
        vfs[i].pNext = NULL;
        vfs[i].zName = name[i];
        vfs[i].xOpen = open_weak;
        sqlite3_vfs_register(&vfs[i], 0);
    }
}

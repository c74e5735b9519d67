/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/recording/record.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <libgen.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "tests/recording/record-calls.h"

enum { MOST_OPS = 200000, MOST_INODES = 20000, PIECE = 4096 };
static const size_t ROOM = (size_t)512 << 20;

struct inode {
    dev_t dev;
    ino_t ino;
    bool live, stream;
    int64_t seen; /* of a stream's file: bytes that are in the log */
};

/* Shared with forked children. */
struct log {
    pthread_mutex_t lock;
    bool on;
    enum record_deaf deaf;
    char root[256];
    size_t n, n_before, used;
    int inodes;
    struct inode inode[MOST_INODES];
    struct record_op op[MOST_OPS];
    uint8_t data[];
};

static struct log *the_log;

static void fault(const char *what)
{
    perror(what);
    abort();
}

static void take(void)
{
    if (pthread_mutex_lock(&the_log->lock) == EOWNERDEAD)
        pthread_mutex_consistent(&the_log->lock);
}

static void give(void)
{
    pthread_mutex_unlock(&the_log->lock);
}

static void add(struct record_op op, const void *data, size_t n)
{
    if (the_log->n == MOST_OPS || sizeof(struct log) + the_log->used + n > ROOM)
        fault("the log of the recording is full");
    if (n) {
        op.data = the_log->data + the_log->used;
        memcpy(the_log->data + the_log->used, data, n);
        the_log->used += n;
        op.n = n;
    }
    the_log->op[the_log->n++] = op;
}

static int find(const struct stat *st)
{
    for (int i = the_log->inodes; i-- > 0;)
        if (the_log->inode[i].live && the_log->inode[i].ino == st->st_ino &&
            the_log->inode[i].dev == st->st_dev)
            return i;
    return -1;
}

static int number(const struct stat *st)
{
    if (the_log->inodes == MOST_INODES)
        fault("too many files for the recording");
    the_log->inode[the_log->inodes] = (struct inode){.dev = st->st_dev, .ino = st->st_ino, .live = true};
    return the_log->inodes++;
}

static bool ends_in(const char *s, const char *end)
{
    size_t n = strlen(s), m = strlen(end);
    return n >= m && strcmp(s + n - m, end) == 0;
}

/* Below the recorded folder: its folder's number and its name there. */
static bool place(const char *path, int *ret_dir, char name[RECORD_NAME])
{
    char dir[4096];
    struct stat st;
    if (!the_log || !the_log->on || ends_in(path, "-shm"))
        return false;
    const char *slash = strrchr(path, '/');
    snprintf(dir, sizeof dir, "%.*s", slash ? (int)(slash - path) : 1, slash ? path : ".");
    if (stat(dir, &st) < 0 || (*ret_dir = find(&st)) < 0)
        return false;
    snprintf(name, RECORD_NAME, "%s", slash ? slash + 1 : path);
    return true;
}

static void catch_up(int inode, const char *path)
{
    struct inode *i = &the_log->inode[inode];
    uint8_t piece[PIECE];
    int fd = i->stream ? (int)syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC) : -1;
    for (ssize_t n; fd >= 0 && (n = pread(fd, piece, sizeof piece, i->seen)) > 0; i->seen += n)
        add((struct record_op){.kind = RECORD_WRITE, .inode = inode, .at = i->seen}, piece, (size_t)n);
    if (fd >= 0)
        syscall(SYS_close, fd);
}

static int path_inode(const char *path)
{
    struct stat st;
    int inode = lstat(path, &st) == 0 ? find(&st) : -1;
    if (inode >= 0)
        catch_up(inode, path);
    return inode;
}

static int fd_inode(int fd, bool *ret_folder)
{
    struct stat st;
    char path[40];
    if (!the_log || !the_log->on || fstat(fd, &st) < 0 || !(S_ISREG(st.st_mode) || S_ISDIR(st.st_mode)))
        return -1;
    *ret_folder = S_ISDIR(st.st_mode);
    int inode = find(&st);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    if (inode >= 0)
        catch_up(inode, path);
    return inode;
}

/* ---- what lies there already ---- */

static int before(const char *path, const struct stat *st, int kind, struct FTW *where)
{
    int inode = number(st), dir = -1;
    char name[RECORD_NAME];
    if (where->level == 0)
        return 0;
    if (!place(path, &dir, name))
        return 0;
    add((struct record_op){.kind = RECORD_ENTRY, .inode = inode, .dir = dir, .folder = kind == FTW_D}, NULL,
        0);
    snprintf(the_log->op[the_log->n - 1].name, RECORD_NAME, "%s", name);
    the_log->inode[inode].stream = kind == FTW_F;
    catch_up(inode, path);
    the_log->inode[inode].stream = false;
    return 0;
}

void record_begin(const char *root, enum record_deaf deaf)
{
    pthread_mutexattr_t shared;
    if (the_log)
        munmap(the_log, ROOM);
    the_log = mmap(NULL, ROOM, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (the_log == MAP_FAILED)
        fault("mmap");
    pthread_mutexattr_init(&shared);
    pthread_mutexattr_setpshared(&shared, PTHREAD_PROCESS_SHARED);
    pthread_mutexattr_setrobust(&shared, PTHREAD_MUTEX_ROBUST);
    pthread_mutex_init(&the_log->lock, &shared);
    pthread_mutexattr_destroy(&shared);
    the_log->deaf = deaf;
    the_log->on = true;
    if (nftw(root, before, 16, FTW_PHYS) < 0)
        fault(root);
    the_log->n_before = the_log->n;
}

void record_said(int64_t which)
{
    take();
    add((struct record_op){.kind = RECORD_SAID, .at = which}, NULL, 0);
    give();
}

struct record record_end(void)
{
    the_log->on = false;
    return (struct record){
        .op = the_log->op, .n = the_log->n, .n_before = the_log->n_before, .inodes = the_log->inodes};
}

/* ---- the calls, instead of the C library's ---- */

static void note_new(const char *path, int dir, const char *name, bool folder, bool stream)
{
    struct stat st;
    if (lstat(path, &st) < 0)
        return;
    int inode = number(&st);
    the_log->inode[inode].stream = stream;
    struct record_op op = {.kind = RECORD_ENTRY, .inode = inode, .dir = dir, .folder = folder};
    memcpy(op.name, name, sizeof op.name);
    add(op, NULL, 0);
}

int record_open(const char *path, int flags, ...)
{
    va_list ap;
    va_start(ap, flags);
    mode_t mode = flags & O_CREAT ? va_arg(ap, mode_t) : 0;
    va_end(ap);
    int dir = -1;
    char name[RECORD_NAME];
    bool watched = the_log && the_log->on && (flags & (O_CREAT | O_TRUNC));
    if (!watched)
        return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
    take();
    watched = place(path, &dir, name);
    struct stat st;
    bool there = lstat(path, &st) == 0;
    int fd = (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
    if (watched && fd >= 0 && !there)
        note_new(path, dir, name, false, false);
    else if (watched && fd >= 0 && (flags & O_TRUNC) && find(&st) >= 0)
        add((struct record_op){.kind = RECORD_TRUNCATE, .inode = find(&st)}, NULL, 0);
    give();
    return fd;
}

int record_mkostemp(char *path, int flags)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
    size_t n = strlen(path);
    int dir = -1, fd = -1;
    char name[RECORD_NAME];
    do {
        uint8_t random[6];
        if (syscall(SYS_getrandom, random, sizeof random, 0) != sizeof random)
            fault("getrandom");
        for (int i = 0; i < 6; i++)
            path[n - 6 + (size_t)i] = letters[random[i] % 36];
        fd = (int)syscall(SYS_openat, AT_FDCWD, path, flags | O_RDWR | O_CREAT | O_EXCL, 0600);
    } while (fd < 0 && errno == EEXIST);
    if (fd < 0 || !the_log || !the_log->on)
        return fd;
    take();
    if (place(path, &dir, name))
        note_new(path, dir, name, false, true);
    give();
    return fd;
}

static void note_write(int fd, const void *p, ssize_t n, int64_t at)
{
    bool folder;
    take();
    int inode = fd_inode(fd, &folder);
    if (inode >= 0 && !the_log->inode[inode].stream)
        for (ssize_t done = 0; done < n; done += PIECE)
            add((struct record_op){.kind = RECORD_WRITE, .inode = inode, .at = at + done},
                (const uint8_t *)p + done, (size_t)(n - done < PIECE ? n - done : PIECE));
    give();
}

ssize_t record_pwrite(int fd, const void *p, size_t n, off64_t at)
{
    ssize_t r = syscall(SYS_pwrite64, fd, p, n, at);
    if (r > 0 && the_log && the_log->on)
        note_write(fd, p, r, at);
    return r;
}

ssize_t record_write(int fd, const void *p, size_t n)
{
    ssize_t r = syscall(SYS_write, fd, p, n);
    int64_t end = r > 0 && the_log && the_log->on ? lseek64(fd, 0, SEEK_CUR) : -1;
    if (end >= r)
        note_write(fd, p, r, end - r);
    return r;
}

int record_ftruncate(int fd, off64_t size)
{
    bool folder;
    int r = (int)syscall(SYS_ftruncate, fd, size);
    if (r < 0 || !the_log || !the_log->on)
        return r;
    take();
    int inode = fd_inode(fd, &folder);
    if (inode >= 0)
        add((struct record_op){.kind = RECORD_TRUNCATE, .inode = inode, .at = size}, NULL, 0);
    give();
    return r;
}

static int sync_by(long call, int fd)
{
    bool folder = false;
    int r = (int)syscall(call, fd);
    if (r < 0 || !the_log || !the_log->on)
        return r;
    take();
    int inode = fd_inode(fd, &folder);
    if (inode >= 0 && folder && !(the_log->deaf & RECORD_NO_SYNC_DIR))
        add((struct record_op){.kind = RECORD_SYNC_DIR, .dir = inode}, NULL, 0);
    if (inode >= 0 && !folder && !(the_log->deaf & RECORD_NO_SYNC))
        add((struct record_op){.kind = RECORD_SYNC, .inode = inode}, NULL, 0);
    give();
    return r;
}

int record_fsync(int fd)
{
    return sync_by(SYS_fsync, fd);
}

int record_fdatasync(int fd)
{
    return sync_by(SYS_fdatasync, fd);
}

int record_syncfs(int fd)
{
    int r = (int)syscall(SYS_syncfs, fd);
    if (r < 0 || !the_log || !the_log->on)
        return r;
    take();
    if (!(the_log->deaf & RECORD_NO_SYNC))
        add((struct record_op){.kind = RECORD_SYNC_ALL}, NULL, 0);
    give();
    return r;
}

static int moved(const char *from, const char *to, unsigned flags)
{
    struct record_op op = {.kind = RECORD_RENAME};
    if (!the_log || !the_log->on)
        return (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, flags);
    take();
    bool watched = place(from, &op.dir, op.name);
    op.inode = watched ? path_inode(from) : -1;
    watched = watched && op.inode >= 0 && place(to, &op.to_dir, op.to_name);
    int r = (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, flags);
    if (r == 0 && watched)
        add(op, NULL, 0);
    give();
    return r;
}

int record_rename(const char *from, const char *to)
{
    return moved(from, to, 0);
}

int record_renameat2(int from_dir, const char *from, int to_dir, const char *to, unsigned flags)
{
    if (from_dir != AT_FDCWD || to_dir != AT_FDCWD)
        fault("renameat2 below a folder's descriptor is not recorded");
    return moved(from, to, flags);
}

int record_link(const char *from, const char *to)
{
    struct record_op op = {.kind = RECORD_ENTRY};
    if (!the_log || !the_log->on)
        return (int)syscall(SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0);
    take();
    op.inode = path_inode(from);
    bool watched = op.inode >= 0 && place(to, &op.dir, op.name);
    int r = (int)syscall(SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0);
    if (r == 0 && watched)
        add(op, NULL, 0);
    give();
    return r;
}

static int remove_by(const char *path, int flags)
{
    struct record_op op = {.kind = RECORD_REMOVE};
    struct stat st = {0};
    if (!the_log || !the_log->on)
        return (int)syscall(SYS_unlinkat, AT_FDCWD, path, flags);
    take();
    bool watched = place(path, &op.dir, op.name) && lstat(path, &st) == 0;
    int inode = watched ? path_inode(path) : -1;
    int r = (int)syscall(SYS_unlinkat, AT_FDCWD, path, flags);
    if (r == 0 && inode >= 0) {
        add(op, NULL, 0);
        the_log->inode[inode].live = st.st_nlink > 1 && !S_ISDIR(st.st_mode);
    }
    give();
    return r;
}

int record_unlink(const char *path)
{
    return remove_by(path, 0);
}

int record_rmdir(const char *path)
{
    return remove_by(path, AT_REMOVEDIR);
}

int record_mkdir(const char *path, mode_t mode)
{
    int dir = -1;
    char name[RECORD_NAME];
    if (!the_log || !the_log->on)
        return (int)syscall(SYS_mkdirat, AT_FDCWD, path, mode);
    take();
    bool watched = place(path, &dir, name);
    int r = (int)syscall(SYS_mkdirat, AT_FDCWD, path, mode);
    if (r == 0 && watched)
        note_new(path, dir, name, true, false);
    give();
    return r;
}

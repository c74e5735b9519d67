/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/practical/database/copy.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "scoring/practical/parts.h"

static const char *const suffixes[] = {"", "-wal", "-journal", "-shm"};

static int refuse(const char *path, enum practical_fault code, const char *what, struct err *e)
{
    err_set(e, ERR_DATA, path, "%s", what);
    if (e)
        e->code = code;
    return -ERR_DATA;
}

static bool begins(struct span s, size_t at, const char *text)
{
    size_t n = strlen(text);
    return s.n >= at + n && memcmp(s.p + at, text, n) == 0;
}

static int look_at(const struct practical_file *f, const char *path, struct err *e)
{
    if (!f)
        return err_set(e, ERR_NO, path, _("there is no such file"));
    if (f->skipped || f->folder)
        return refuse(path, FAULT_LIMIT, f->skipped ? f->skipped : _("a folder, not a file"), e);
    if (begins(f->bytes, 4, "Standard Jet DB") || begins(f->bytes, 4, "Standard ACE DB")) {
        refuse(path, FAULT_WRONG_TYPE, _("a database of Access, which is not read"), e);
        return err_hint(e, _("SQLite databases are read"));
    }
    if (f->bytes.n && !begins(f->bytes, 0, "SQLite format 3"))
        return refuse(path, FAULT_WRONG_TYPE, _("not an SQLite database"), e);
    return 0;
}

enum { PIECE = 4 << 20 };

/* Pages of a mapped file that have been copied need not stay in memory. */
static void forget(const struct practical_file *f, size_t from, size_t n)
{
    if (f->mapped)
        madvise((void *)(uintptr_t)(f->bytes.p + from), n, MADV_DONTNEED);
}

static int write_new(const char *folder, const char *suffix, const struct practical_file *f, struct err *e)
{
    struct span data = f->bytes;
    char *path = mem_printf("%s/work%s", folder, suffix);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    size_t at = 0;
    bool good = fd >= 0;
    while (good && at < data.n) {
        size_t end = at - at % PIECE + PIECE;
        ssize_t n = write(fd, data.p + at, (end < data.n ? end : data.n) - at);
        if (n > 0 && (at += (size_t)n) == end)
            forget(f, end - PIECE, PIECE);
        if (n > 0)
            continue;
        good = n < 0 && errno == EINTR;
    }
    int r = good ? 0 : err_sys(e, path, _("cannot write the private copy of a database"));
    if (fd >= 0 && close(fd) < 0 && r == 0)
        r = err_sys(e, path, _("cannot write the private copy of a database"));
    free(path);
    return r;
}

static int write_all(const char *folder, const struct practical_folder *files, const struct practical_file *f,
                     struct err *e)
{
    int r = write_new(folder, "", f, e);
    for (size_t i = 1; i < 3 && r == 0; i++) {
        char *path = mem_printf("%s%s", f->path, suffixes[i]);
        const struct practical_file *beside = practical_find(files, path);
        free(path);
        if (!beside || beside->folder)
            continue;
        if (beside->skipped)
            r = refuse(beside->path, FAULT_LIMIT, beside->skipped, e);
        else
            r = write_new(folder, suffixes[i], beside, e);
    }
    return r;
}

int copy_make(char **ret_folder, const struct practical_folder *files, const char *path, struct err *e)
{
    const struct practical_file *f = practical_find(files, path);
    const char *tmp = getenv("TMPDIR");
    int r = look_at(f, path, e);
    if (r < 0)
        return r;
    char *folder = mem_printf("%s/kaochang-database-XXXXXX", tmp && *tmp == '/' ? tmp : "/tmp");
    if (!mkdtemp(folder)) {
        r = err_sys(e, folder, _("cannot make a private folder"));
        free(folder);
        return r;
    }
    r = write_all(folder, files, f, e);
    if (r < 0) {
        copy_remove(folder);
        free(folder);
        return r;
    }
    *ret_folder = folder;
    return 0;
}

void copy_remove(const char *folder)
{
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        char *path = mem_printf("%s/work%s", folder, suffixes[i]);
        unlink(path);
        free(path);
    }
    rmdir(folder);
}

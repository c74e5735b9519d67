/* SPDX-License-Identifier: Apache-2.0 */
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

enum { PIECE = 64 * 1024 };

struct file_writer {
    char *path, *temporary; /* temporary NULL: written in place */
    FILE *stream;
    bool new_only;
};

int file_read(const char *path, size_t max, struct bytes *ret, struct err *e)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return err_sys(e, path, _("cannot open"));
    struct bytes data = {0};
    int r = 0;
    struct stat st;
    if (fstat(fd, &st) < 0) {
        r = err_sys(e, path, _("cannot read"));
        goto done;
    }
    if (!S_ISREG(st.st_mode)) {
        r = err_set(e, ERR_DATA, path, _("not a regular file"));
        goto done;
    }
    /* into place, and in one piece: what is read may be a key */
    bytes_more(&data, ((uint64_t)st.st_size < max ? (size_t)st.st_size : max) + 1);
    data.n = 0;
    for (;;) {
        if (data.cap - data.n <= 1) {
            bytes_more(&data, PIECE);
            data.n -= PIECE;
        }
        ssize_t n = read(fd, data.p + data.n, data.cap - data.n - 1);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            r = err_sys(e, path, _("cannot read"));
            goto done;
        }
        data.n += (size_t)n;
        if (data.n > max) {
            r = err_set(e, ERR_DATA, path, _("larger than the limit of %zu bytes"), max);
            goto done;
        }
        if (n == 0)
            break;
    }
    data.p[data.n] = 0;
    *ret = data;
    data = (struct bytes){0};
done:
    bytes_release(&data);
    close(fd);
    return r;
}

static void writer_free(struct file_writer *w)
{
    if (w->stream)
        fclose(w->stream);
    free(w->path);
    free(w->temporary);
    free(w);
}

/* A device, a pipe or the like: there is nothing to replace. Nor behind /dev/stdout, which is a link; any other link
 * is replaced, as a plain file is: a stranger's stick does not say where else to write. */
static bool in_place(const char *path)
{
    struct stat st, link;
    if (stat(path, &st) < 0 || S_ISDIR(st.st_mode) || lstat(path, &link) < 0)
        return false;
    return S_ISLNK(link.st_mode) ? strncmp(path, "/dev/", 5) == 0 || strncmp(path, "/proc/", 6) == 0
                                 : !S_ISREG(st.st_mode);
}

int file_begin(struct file_writer **ret, const char *path, mode_t mode, struct err *e)
{
    struct file_writer *w = mem_alloc(sizeof *w);
    w->path = mem_strdup(path);
    int fd = -1;
    if (in_place(path)) {
        fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK); /* a pipe that nobody reads: ENXIO */
        if (fd >= 0)
            fcntl(fd, F_SETFL, 0);
    } else {
        w->temporary = mem_printf("%s.tmp-XXXXXX", path);
        fd = mkostemp(w->temporary, O_CLOEXEC);
    }
    if (fd < 0) {
        err_sys(e, path, _("cannot create"));
        writer_free(w);
        return -ERR_ENV;
    }
    w->stream = fdopen(fd, "w");
    if (!w->stream || (w->temporary && fchmod(fd, mode) < 0)) {
        err_sys(e, path, _("cannot create"));
        if (!w->stream)
            close(fd);
        file_cancel(w);
        return -ERR_ENV;
    }
    *ret = w;
    return 0;
}

int file_write(struct file_writer *w, const void *p, size_t n, struct err *e)
{
    if (n && fwrite(p, 1, n, w->stream) != n)
        return err_sys(e, w->path, _("cannot write"));
    return 0;
}

FILE *file_stream(struct file_writer *w)
{
    return w->stream;
}

static int sync_parent(const char *path, struct err *e)
{
    char *copy = mem_strdup(path);
    int r = file_sync_dir(dirname(copy), e);
    free(copy);
    return r;
}

int file_commit(struct file_writer *w, struct err *e)
{
    int r = 0;
    if (fflush(w->stream) != 0 || (fsync(fileno(w->stream)) < 0 && (w->temporary || errno != EINVAL))) {
        r = err_sys(e, w->path, _("cannot write"));
        file_cancel(w);
        return r;
    }
    if (!w->temporary) {
        writer_free(w);
        return 0;
    }
    int moved = w->new_only ? link(w->temporary, w->path) : rename(w->temporary, w->path);
    if (moved < 0) {
        r = err_sys(e, w->path, _("cannot put in place"));
        file_cancel(w);
        return r;
    }
    if (w->new_only)
        unlink(w->temporary);
    r = sync_parent(w->path, e);
    writer_free(w);
    return r;
}

void file_cancel(struct file_writer *w)
{
    if (!w)
        return;
    if (w->temporary)
        unlink(w->temporary);
    writer_free(w);
}

static int put(const char *path, mode_t mode, struct span data, bool new_only, struct err *e)
{
    struct file_writer *w = NULL;
    if (new_only && file_exists(path)) {
        errno = EEXIST;
        return err_sys(e, path, _("cannot put in place"));
    }
    int r = file_begin(&w, path, mode, e);
    if (r < 0)
        return r;
    w->new_only = new_only;
    r = file_write(w, data.p, data.n, e);
    if (r < 0) {
        file_cancel(w);
        return r;
    }
    return file_commit(w, e);
}

int file_put(const char *path, mode_t mode, struct span data, struct err *e)
{
    return put(path, mode, data, false, e);
}

int file_put_new(const char *path, mode_t mode, struct span data, struct err *e)
{
    return put(path, mode, data, true, e);
}

int file_put_soon(const char *path, mode_t mode, struct span data, struct err *e)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
    if (fd < 0)
        return err_sys(e, path, _("cannot write"));
    int r = 0;
    for (size_t done = 0; r == 0 && done < data.n;) {
        ssize_t n = write(fd, data.p + done, data.n - done);
        if (n >= 0)
            done += (size_t)n;
        else if (errno != EINTR)
            r = err_sys(e, path, _("cannot write"));
    }
    if (close(fd) < 0 && r == 0)
        r = err_sys(e, path, _("cannot write"));
    return r;
}

int file_sync_all(const char *dir, struct err *e)
{
    int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return err_sys(e, dir, _("cannot open"));
    int r = syncfs(fd) < 0 ? err_sys(e, dir, _("cannot write")) : 0;
    close(fd);
    return r;
}

int file_sync_dir(const char *path, struct err *e)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return err_sys(e, path, _("cannot open"));
    int r = fsync(fd) < 0 && errno != EINVAL ? err_sys(e, path, _("cannot write")) : 0;
    close(fd);
    return r;
}

int file_mkdirs(const char *path, bool secret, struct err *e)
{
    if (file_exists(path))
        return 0;
    char *copy = mem_strdup(path);
    const char *parent = dirname(copy);
    int r = strcmp(parent, path) != 0 ? file_mkdirs(parent, secret, e) : 0;
    if (r == 0 && mkdir(path, secret ? 0700 : 0755) < 0 && errno != EEXIST)
        r = err_sys(e, path, _("cannot create the folder"));
    if (r == 0)
        r = file_sync_dir(parent, e);
    free(copy);
    return r;
}

/* A regular file; a pipe would wait for its writer, and a device has no end. */
static int open_regular(const char *path, int *ret, struct err *e)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0)
        return err_sys(e, path, _("cannot open"));
    int r = fstat(fd, &st) < 0      ? err_sys(e, path, _("cannot read"))
            : !S_ISREG(st.st_mode) ? err_set(e, ERR_DATA, path, _("not a regular file"))
                                    : 0;
    if (r < 0)
        close(fd);
    else
        *ret = fd;
    return r;
}

size_t file_head(const char *path, void *ret, size_t max)
{
    int fd = -1;
    if (open_regular(path, &fd, NULL) < 0)
        return 0;
    ssize_t n = pread(fd, ret, max, 0);
    close(fd);
    return n < 0 ? 0 : (size_t)n;
}

int file_copy(const char *from, const char *to, mode_t mode, struct err *e)
{
    struct file_writer *w = NULL;
    int fd = -1, r = open_regular(from, &fd, e);
    if (r < 0)
        return r;
    r = file_begin(&w, to, mode, e);
    for (uint8_t chunk[65536]; r == 0;) {
        ssize_t n = read(fd, chunk, sizeof chunk);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            r = err_sys(e, from, _("cannot read"));
        if (n <= 0)
            break;
        r = file_write(w, chunk, (size_t)n, e);
    }
    close(fd);
    if (r < 0) {
        file_cancel(w);
        return r;
    }
    return file_commit(w, e);
}

bool file_exists(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0;
}

char *path_join(const char *a, const char *b)
{
    size_t n = strlen(a);
    const char *slash = n && a[n - 1] == '/' ? "" : "/";
    return b[0] == '/' ? mem_strdup(b) : mem_printf("%s%s%s", a, slash, b);
}

const char *path_base(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

bool path_is_plain_name(const char *name)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
    size_t n = strlen(name);
    return n > 0 && n <= 100 && name[0] != '.' && name[0] != '-' && strspn(name, letters) == n;
}

static bool is_safe_component(const char *p, size_t n)
{
    enum { LONGEST = 255 };
    bool dots = (n == 1 && p[0] == '.') || (n == 2 && p[0] == '.' && p[1] == '.');
    if (n == 0 || n > LONGEST || dots || memchr(p, '\\', n))
        return false;
    for (const char *end = p + n; p < end;)
        if (char_is_control(utf8_next(&p, end)))
            return false;
    return true;
}

bool path_is_safe(const char *path, size_t max)
{
    size_t n = strlen(path);
    if (n > max || !utf8_valid(path, n))
        return false;
    for (const char *p = path;;) {
        size_t length = strcspn(p, "/");
        if (!is_safe_component(p, length))
            return false;
        if (!p[length])
            return true;
        p += length + 1;
    }
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

int file_list(const char *dir, struct file_names *ret, struct err *e)
{
    DIR *d = opendir(dir);
    if (!d)
        return err_sys(e, dir, _("cannot open the folder"));
    struct file_names names = {0};
    size_t cap = 0;
    for (struct dirent *entry; (entry = readdir(d));) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        if (names.n == cap) {
            cap = cap ? cap * 2 : 16;
            names.name = mem_grow(names.name, cap, sizeof *names.name);
        }
        names.name[names.n++] = mem_strdup(entry->d_name);
    }
    closedir(d);
    if (names.n)
        qsort(names.name, names.n, sizeof *names.name, by_bytes);
    *ret = names;
    return 0;
}

void file_names_free(struct file_names *names)
{
    for (size_t i = 0; i < names->n; i++)
        free(names->name[i]);
    free(names->name);
    *names = (struct file_names){0};
}

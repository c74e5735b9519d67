/* SPDX-License-Identifier: Apache-2.0 */
#include "exam-packages/zip.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "exam-packages/zip-format.h"

struct zip_writer {
    struct bytes *out;        /* one of these two */
    struct file_writer *file;
    uint64_t written;
    struct bytes directory;
    char **name;
    size_t n, cap;
};

struct zip_writer *zip_writer_new(struct bytes *out)
{
    struct zip_writer *w = mem_alloc(sizeof *w);
    w->out = out;
    return w;
}

int zip_writer_file(struct zip_writer **ret, const char *path, mode_t mode, struct err *e)
{
    struct zip_writer *w = mem_alloc(sizeof *w);
    int r = file_begin(&w->file, path, mode, e);
    if (r < 0) {
        free(w);
        return r;
    }
    *ret = w;
    return 0;
}

static void writer_free(struct zip_writer *w)
{
    for (size_t i = 0; i < w->n; i++)
        free(w->name[i]);
    free(w->name);
    bytes_release(&w->directory);
    free(w);
}

void zip_cancel(struct zip_writer *w)
{
    if (!w)
        return;
    file_cancel(w->file);
    writer_free(w);
}

static int emit(struct zip_writer *w, struct span data, struct err *e)
{
    w->written += data.n;
    if (w->out) {
        bytes_add(w->out, data.p, data.n);
        return 0;
    }
    return file_write(w->file, data.p, data.n, e);
}

static void remember(struct zip_writer *w, const char *name)
{
    if (w->n == w->cap) {
        w->cap = w->cap ? 2 * w->cap : 16;
        w->name = mem_grow(w->name, w->cap, sizeof *w->name);
    }
    w->name[w->n++] = mem_strdup(name);
}

static int begin_entry(struct zip_writer *w, const char *name, uint64_t size, uint32_t crc, struct err *e)
{
    size_t n_name = strlen(name);
    if (!zip_name_is_plain(span_str(name)))
        return err_set(e, ERR_DATA, name, _("not a plain name for a part of a container"));
    if (w->n == ZIP_ENTRIES_MAX)
        return err_set(e, ERR_DATA, name, _("more than %d parts in one container"), ZIP_ENTRIES_MAX);
    if (w->written + size + w->directory.n + 2 * n_name + ZIP_LOCAL_SIZE + ZIP_CENTRAL_SIZE + ZIP_END_SIZE >
        ZIP_SIZE_MAX)
        return err_set(e, ERR_DATA, name, _("the container would be larger than 2 GiB"));
    struct zip_entry entry = {
        .crc = crc, .size = (uint32_t)size, .offset = (uint32_t)w->written, .n_name = (uint16_t)n_name};
    uint8_t local[ZIP_LOCAL_SIZE], central[ZIP_CENTRAL_SIZE];
    zip_local_header(local, &entry);
    zip_central_header(central, &entry);
    bytes_add(&w->directory, central, sizeof central);
    bytes_str(&w->directory, name);
    remember(w, name);
    int r = emit(w, span_of(local, sizeof local), e);
    return r < 0 ? r : emit(w, span_str(name), e);
}

int zip_add(struct zip_writer *w, const char *name, struct span data, struct err *e)
{
    int r = begin_entry(w, name, data.n, zip_crc(0, data), e);
    return r < 0 ? r : emit(w, data, e);
}

/* Reads a file twice: for its checksum, then for its bytes (w not NULL). */
static int pass_over(int fd, const char *path, struct zip_writer *w, uint32_t *crc, uint64_t *size,
                     struct err *e)
{
    uint8_t chunk[65536];
    int r = 0;
    *crc = 0;
    *size = 0;
    if (lseek(fd, 0, SEEK_SET) < 0)
        return err_sys(e, path, _("cannot read"));
    while (r == 0 && *size <= ZIP_SIZE_MAX) {
        ssize_t n = read(fd, chunk, sizeof chunk);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return err_sys(e, path, _("cannot read"));
        if (n == 0)
            break;
        *crc = zip_crc(*crc, span_of(chunk, (size_t)n));
        *size += (uint64_t)n;
        if (w)
            r = emit(w, span_of(chunk, (size_t)n), e);
    }
    return r;
}

int zip_add_file(struct zip_writer *w, const char *name, const char *path, struct err *e)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return err_sys(e, path, _("cannot open"));
    struct stat st;
    uint32_t crc, again;
    uint64_t size, size_again;
    int r = 0;
    if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode))
        r = err_set(e, ERR_DATA, path, _("not a regular file"));
    if (r == 0)
        r = pass_over(fd, path, NULL, &crc, &size, e);
    if (r == 0)
        r = begin_entry(w, name, size, crc, e);
    if (r == 0)
        r = pass_over(fd, path, w, &again, &size_again, e);
    if (r == 0 && (again != crc || size_again != size))
        r = err_set(e, ERR_ENV, path, _("changed while it was read"));
    close(fd);
    return r;
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static int refuse_twice(struct zip_writer *w, struct err *e)
{
    if (w->n)
        qsort(w->name, w->n, sizeof *w->name, by_bytes);
    for (size_t i = 1; i < w->n; i++)
        if (strcmp(w->name[i - 1], w->name[i]) == 0)
            return err_set(e, ERR_DATA, w->name[i], _("this part stands twice in the container"));
    return 0;
}

int zip_finish(struct zip_writer *w, struct err *e)
{
    uint8_t end[ZIP_END_SIZE];
    zip_end_record(end, (uint16_t)w->n, (uint32_t)w->directory.n, (uint32_t)w->written);
    int r = refuse_twice(w, e);
    if (r == 0)
        r = emit(w, bytes_span(&w->directory), e);
    if (r == 0)
        r = emit(w, span_of(end, sizeof end), e);
    if (r < 0) {
        zip_cancel(w);
        return r;
    }
    struct file_writer *file = w->file;
    writer_free(w);
    return file ? file_commit(file, e) : 0;
}

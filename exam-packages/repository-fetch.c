/* SPDX-License-Identifier: Apache-2.0 */
/* One listed file from the mirrors into a part beside its place. Its name and hash say which file it is, so a
 * part may be begun with one mirror and ended with another: nothing but the hash at the end decides. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "exam-packages/derive.h"
#include "exam-packages/repository-internal.h"

static const char suffix[] = ".part";

struct repository_file repository_file_of(const struct repository *r, const struct target_package *t)
{
    return (struct repository_file){
        .name = target_package_path(r->arena, t), .size = t->size, .hash = t->hash};
}

struct repository_file repository_file_of_supplement(const struct repository *r,
                                                     const struct target_supplement *s)
{
    return (struct repository_file){
        .name = target_supplement_path(r->arena, s), .size = s->size, .hash = s->hash};
}

bool repository_file_is_here(const char *path, const struct repository_file *f)
{
    uint8_t hash[PART_HASH_BYTES];
    return file_exists(path) && blake2b_512_file(hash, path, (uint64_t)f->size, NULL) == 0 &&
           memcmp(hash, f->hash, sizeof hash) == 0;
}

char *repository_part(const char *folder, const struct repository_file *f)
{
    char hex[17];
    hex_encode(hex, f->hash, 8);
    return mem_printf("%s/.%s.%s%s", folder, path_base(f->name), hex, suffix);
}

void repository_drop_parts(const char *folder, const struct repository_file *f, size_t n)
{
    struct file_names names = {0};
    if (file_list(folder, &names, NULL) < 0)
        return;
    for (size_t i = 0; i < names.n; i++) {
        size_t length = strlen(names.name[i]);
        bool wanted = names.name[i][0] != '.' || length < sizeof suffix ||
                      strcmp(names.name[i] + length - (sizeof suffix - 1), suffix) != 0;
        char *path = path_join(folder, names.name[i]);
        for (size_t k = 0; k < n && !wanted; k++) {
            char *part = repository_part(folder, &f[k]);
            wanted = strcmp(part, path) == 0;
            free(part);
        }
        if (!wanted)
            unlink(path);
        free(path);
    }
    file_names_free(&names);
}

struct fetching {
    const struct repository *r;
    const struct repository_file *file;
    const char *part;
    struct source_piece piece;
};

static int this_disk(struct err *e)
{
    if (e)
        e->code = SOURCE_THIS_DISK;
    return -ERR_ENV;
}

/* Better said before the first byte than at the last. */
static int need_room(const struct fetching *f, struct err *e)
{
    struct statvfs v;
    uint64_t missing = (uint64_t)(f->piece.size - f->piece.have);
    if (fstatvfs(f->piece.fd, &v) < 0 || (uint64_t)v.f_bavail >= missing / (v.f_frsize ? v.f_frsize : 1))
        return 0;
    err_set(e, ERR_ENV, f->part, _("the disk has no room for the %llu bytes that are missing of %s"),
            (unsigned long long)missing, f->file->name);
    err_hint(e, _("make room and try again"));
    return this_disk(e);
}

static int check_whole(const struct fetching *f, size_t mirror, struct err *e)
{
    uint8_t hash[PART_HASH_BYTES];
    if (fsync(f->piece.fd) < 0) {
        err_sys(e, f->part, _("cannot write"));
        return this_disk(e);
    }
    int r = blake2b_512_file(hash, f->part, (uint64_t)f->file->size, e);
    if (r == 0 && memcmp(hash, f->file->hash, sizeof hash) != 0)
        r = err_set(e, ERR_NO, f->file->name,
                    _("is not the file that the index names (length or hash differ), from %.150s"),
                    source_address(f->r->source, mirror));
    return r;
}

/* As long as a broken line brings something worth while, the same mirror is asked again. */
static int fetch_rest(struct fetching *f, size_t mirror, struct err *e)
{
    enum { BARREN = 3 };
    int64_t worth = f->file->size / 100 + 1;
    for (int barren = 0;;) {
        int64_t before = f->piece.have;
        int r = source_fetch(f->r->source, mirror, f->file->name, &f->piece, e);
        if (r == 0 || !e || e->code != SOURCE_BROKEN_OFF)
            return r;
        if (f->piece.have - before < worth && ++barren == BARREN)
            return r;
    }
}

/* Whatever other mirrors or earlier tries left in the part may be what is wrong with it: then once more from
 * the beginning, from this mirror alone. */
static int fetch_from(void *context, size_t mirror, struct err *e)
{
    struct fetching *f = context;
    bool is_alone = f->piece.have == 0;
    int r = fetch_rest(f, mirror, e);
    if (r == 0)
        r = check_whole(f, mirror, e);
    while (r == -ERR_NO) {
        struct err disk = {0};
        if (source_piece_restart(&f->piece, &disk) < 0) {
            *e = disk;
            return -(int)disk.kind;
        }
        if (is_alone)
            return r;
        is_alone = true;
        if ((r = fetch_rest(f, mirror, e)) == 0)
            r = check_whole(f, mirror, e);
    }
    return r;
}

int repository_fetch(const struct repository *r, const struct repository_file *file, const char *part,
                     struct err *e)
{
    struct err own = {0};
    struct stat st = {0};
    struct fetching f = {.r = r, .file = file, .part = part, .piece = {.size = file->size}};
    f.piece.fd = open(part, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (f.piece.fd < 0)
        return err_sys(e, part, _("cannot create"));
    int result = fstat(f.piece.fd, &st) < 0 ? err_sys(&own, part, _("cannot read")) : 0;
    f.piece.have = st.st_size;
    if (result == 0 && st.st_size > file->size)
        result = source_piece_restart(&f.piece, &own);
    if (result == 0)
        result = need_room(&f, &own);
    if (result == 0)
        result = source_each(r->source, fetch_from, &f, &own);
    close(f.piece.fd);
    if (result < 0 && (own.code == SOURCE_THIS_DISK || f.piece.have == 0))
        unlink(part);
    if (result < 0 && e)
        *e = own;
    return result;
}

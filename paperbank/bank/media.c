/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/bank/media.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "paperbank/bank/bank-internal.h"
#include "paperbank/bank/media-internal.h"

static const char sql_media[] = "INSERT INTO media (hash, type, width, height, bytes) VALUES (?1, "
                                "?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING";
static const char sql_item_media[] =
    "INSERT INTO item_media (item, version, href, hash) VALUES (?1, ?2, ?3, ?4)";
static const char sql_list[] = "SELECT m.href, m.hash, p.type, p.width, p.height, length(p.bytes) "
                               "FROM item_media m JOIN media p USING (hash) "
                               "WHERE m.item = ?1 AND m.version = ?2 ORDER BY m.href";
static const char sql_bytes[] = "SELECT bytes FROM media WHERE hash = ?1";
static const char svg[] = "image/svg+xml";

int media_store(struct bank *b, const char *id, int64_t version, const struct media_set *m,
                struct err *e)
{
    int r = 0;
    for (size_t i = 0; r == 0 && m && i < m->n; i++) {
        const struct media_picture *p = &m->picture[i];
        if (p->bytes.n == 0)
            continue;
        r = db_run(b->db, e, sql_media, "ttiib", p->hash, p->type, (int64_t)p->width,
                   (int64_t)p->height, bytes_span(&p->bytes));
        if (r == 0)
            r = db_run(b->db, e, sql_item_media, "titt", id, version, p->href, p->hash);
    }
    return r;
}

static const char *name_of(const char *hash, const char *type, struct arena *a)
{
    return arena_printf(a, "%s/%s.%s", PICTURE_FOLDER, hash,
                        strcmp(type, svg) == 0 ? "svg" : "png");
}

int bank_item_pictures(struct bank *b, const char *id, int64_t version, struct arena *a,
                       struct bank_picture **ret, size_t *ret_n, struct err *e)
{
    struct db_stmt *s = NULL;
    struct bank_picture *list = arena_array(a, MEDIA_MAX_PICTURES, sizeof *list);
    size_t n = 0;
    int r = db_query(b->db, &s, e, sql_list, "ti", id, version);
    while (r >= 0 && (r = db_step(s, e)) == 1 && n < MEDIA_MAX_PICTURES) {
        struct bank_picture *p = &list[n++];
        *p = (struct bank_picture){.href = arena_strdup(a, db_text(s, 0)),
                                   .hash = arena_strdup(a, db_text(s, 1)),
                                   .type = arena_strdup(a, db_text(s, 2)),
                                   .width = db_int(s, 3),
                                   .height = db_int(s, 4),
                                   .size = db_int(s, 5)};
        p->name = name_of(p->hash, p->type, a);
    }
    db_done(s);
    if (r < 0)
        return r;
    *ret = list;
    *ret_n = n;
    return 0;
}

bool bank_picture_is_first(const struct bank_picture *picture, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (strcmp(picture[k].name, picture[i].name) == 0)
            return false;
    return true;
}

int bank_picture_bytes(struct bank *b, const char *hash, struct bytes *ret, struct err *e)
{
    struct db_stmt *s = NULL;
    int r = db_query(b->db, &s, e, sql_bytes, "t", hash);
    if (r == 0 && (r = db_step(s, e)) == 1) {
        struct span found = db_blob(s, 0);
        bytes_add(ret, found.p, found.n);
    } else if (r == 0) {
        r = err_set(e, ERR_DATA, hash, _("the bank has no picture of this hash"));
    }
    db_done(s);
    return r < 0 ? r : 0;
}

static int write_one(struct bank *b, const struct bank_picture *p, const char *dir, struct err *e)
{
    struct bytes data = {0};
    char *path = path_join(dir, p->name);
    int r = 0;
    if (!file_exists(path)) {
        r = bank_picture_bytes(b, p->hash, &data, e);
        if (r == 0)
            r = file_put(path, 0644, bytes_span(&data), e);
    }
    bytes_release(&data);
    free(path);
    return r;
}

int bank_write_pictures(struct bank *b, const char *id, int64_t version, const char *dir, bool all,
                        struct err *e)
{
    struct arena *a = arena_new();
    struct bank_picture *list = NULL;
    size_t n = 0;
    char *folder = path_join(dir, PICTURE_FOLDER);
    int r = bank_item_pictures(b, id, version, a, &list, &n, e);
    if (r == 0 && n)
        r = file_mkdirs(folder, false, e);
    for (size_t i = 0; r == 0 && i < n; i++)
        if (all || strcmp(list[i].type, svg) != 0)
            r = write_one(b, &list[i], dir, e);
    free(folder);
    arena_free(a);
    return r;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "exam-packages/container.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "exam-packages/zip-format.h"

enum { FORGET = 1 << 20 }; /* bytes that are kept in memory at most */

bool container_is(const char *path, const char *mimetype)
{
    uint8_t head[256], right[ZIP_LOCAL_SIZE];
    size_t n_name = strlen("mimetype"), n = strlen(mimetype);
    size_t got = file_head(path, head, sizeof head);
    zip_local_header(right, &(struct zip_entry){.crc = zip_crc(0, span_str(mimetype)),
                                                .size = (uint32_t)n,
                                                .n_name = (uint16_t)n_name});
    return got >= sizeof right + n_name + n && memcmp(head, right, sizeof right) == 0 &&
           memcmp(head + sizeof right, "mimetype", n_name) == 0 &&
           memcmp(head + sizeof right + n_name, mimetype, n) == 0;
}

static int read_shape(struct container *c, const struct container_kind *kind, struct err *e)
{
    char keyid[SIGNATURE_KEYID];
    size_t n = zip_count(c->zip);
    if (n < 2 || strcmp(zip_name(c->zip, 0), "mimetype") != 0 ||
        !span_equal(zip_part(c->zip, 0), span_str(kind->mimetype)) ||
        strcmp(zip_name(c->zip, 1), kind->document) != 0)
        return err_set(e, ERR_DATA, NULL, _("does not begin with the entries of a \"%s\""), kind->mimetype);
    c->document = zip_part(c->zip, 1);
    size_t i = 2;
    for (; i < n && signature_name(zip_name(c->zip, i), kind->document, keyid); i++) {
        if (i > 2 && strcmp(zip_name(c->zip, i - 1), zip_name(c->zip, i)) >= 0)
            return err_set(e, ERR_DATA, zip_name(c->zip, i), _("the signatures are not in their order"));
        int r = signatures_add(&c->signatures, keyid, zip_part(c->zip, i), e);
        if (r < 0)
            return r;
    }
    c->first_part = i;
    return 0;
}

int container_open(struct container *ret, const char *path, const struct container_kind *kind, struct err *e)
{
    struct container c = {0};
    int r = zip_open_file_later(&c.zip, path, e);
    if (r < 0)
        return r;
    if ((r = read_shape(&c, kind, e)) < 0) {
        err_within(e, path);
        container_close(&c);
        return r;
    }
    *ret = c;
    return 0;
}

void container_close(struct container *c)
{
    zip_close(c->zip);
    *c = (struct container){0};
}

static int check_part(const struct container *c, const struct container_parts *parts, size_t i, struct err *e)
{
    size_t entry = c->first_part + i;
    const char *name = zip_name(c->zip, entry);
    uint8_t hash[PART_HASH_BYTES];
    if (i >= parts->n || strcmp(parts->part[i].name, name) != 0)
        return parts_find(parts, name)
                   ? err_set(e, ERR_NO, name, _("does not stand where the signed list has it"))
                   : err_set(e, ERR_NO, name, _("is in the file, but not in the signed list"));
    int r = zip_hash(c->zip, entry, hash, e);
    return r < 0 ? r : part_matches(&parts->part[i], zip_part(c->zip, entry).n, hash, e);
}

int container_check_parts(const struct container *c, const struct container_parts *parts, struct err *e)
{
    size_t n = zip_count(c->zip) - c->first_part;
    int r = 0;
    for (size_t i = 0, seen = 0; i < n && r == 0; i++) {
        r = check_part(c, parts, i, e);
        seen += zip_part(c->zip, c->first_part + i).n;
        if (seen > FORGET) {
            zip_forget(c->zip);
            seen = 0;
        }
    }
    if (r == 0 && n != parts->n)
        r = err_set(e, ERR_NO, parts->part[n].name, _("is in the signed list, but not in the file"));
    return r;
}

static int add_signatures(struct zip_writer *w, const char *document, const struct signatures *s,
                          struct err *e)
{
    int r = 0;
    bool written[SIGNATURES_MAX] = {false};
    for (size_t k = 0; k < s->n && r == 0; k++) {
        size_t least = SIGNATURES_MAX;
        for (size_t i = 0; i < s->n; i++)
            if (!written[i] &&
                (least == SIGNATURES_MAX || strcmp(s->list[i].keyid, s->list[least].keyid) < 0))
                least = i;
        char *name = mem_printf("%s.%s.minisig", document, s->list[least].keyid);
        r = zip_add(w, name, s->list[least].file, e);
        written[least] = true;
        free(name);
    }
    return r;
}

int container_write(const char *path, mode_t mode, const struct container_kind *kind, struct span document,
                    const struct signatures *s, const struct container_parts *parts, const struct span *data,
                    struct err *e)
{
    struct zip_writer *w = NULL;
    int r = zip_writer_file(&w, path, mode, e);
    if (r == 0)
        r = zip_add(w, "mimetype", span_str(kind->mimetype), e);
    if (r == 0)
        r = zip_add(w, kind->document, document, e);
    if (r == 0)
        r = add_signatures(w, kind->document, s, e);
    for (size_t i = 0; i < parts->n && r == 0; i++)
        r = zip_add(w, parts->part[i].name, data[i], e);
    if (r < 0) {
        zip_cancel(w);
        return r;
    }
    return zip_finish(w, e);
}

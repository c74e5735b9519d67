/* SPDX-License-Identifier: Apache-2.0 */
#include "exam-packages/parts.h"

#include <string.h>

#include "base/i18n.h"
#include "exam-packages/derive.h"
#include "exam-packages/document.h"

struct container_parts parts_new(struct arena *a, size_t n)
{
    return (struct container_parts){.part = arena_array(a, n + 1, sizeof(struct container_part))};
}

void parts_add(struct container_parts *p, struct arena *a, const char *name, struct span data)
{
    struct container_part *part = &p->part[p->n++];
    part->name = arena_strdup(a, name);
    part->size = (int64_t)data.n;
    blake2b_512(part->hash, data);
}

const struct container_part *parts_find(const struct container_parts *p, const char *name)
{
    for (size_t i = 0; i < p->n; i++)
        if (strcmp(p->part[i].name, name) == 0)
            return &p->part[i];
    return NULL;
}

int part_matches(const struct container_part *p, uint64_t size, const uint8_t hash[PART_HASH_BYTES],
                 struct err *e)
{
    if ((uint64_t)p->size != size)
        return err_set(e, ERR_NO, p->name, _("has %llu bytes, but %lld are signed for"),
                       (unsigned long long)size, (long long)p->size);
    if (memcmp(hash, p->hash, PART_HASH_BYTES) != 0)
        return err_set(e, ERR_NO, p->name, _("its content is not the one that was signed"));
    return 0;
}

void part_write(struct xml_out *o, const struct container_part *p)
{
    xml_open(o, "part");
    xml_put(o, "name", p->name);
    xml_put_int(o, "size", p->size);
    xml_put_hex(o, "blake2b512", p->hash, sizeof p->hash);
    xml_close(o);
}

int part_read(const struct xml_doc *d, const struct xml_node *n, struct arena *a, struct container_part *ret,
              struct err *e)
{
    int r;
    if ((r = document_text(d, n, "name", a, &ret->name, e)) < 0 ||
        (r = xml_need_int(d, n, "size", 0, INT32_MAX, &ret->size, e)) < 0)
        return r;
    return xml_need_hex(d, n, "blake2b512", ret->hash, sizeof ret->hash, e);
}

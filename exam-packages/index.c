/* SPDX-License-Identifier: Apache-2.0 */
#include "exam-packages/index.h"

#include <string.h>

#include "base/i18n.h"
#include "base/xml.h"
#include "exam-packages/derive.h"
#include "exam-packages/document.h"

static const char *const snapshot_entries[] = {"root", "targets", NULL};
static const char *const timestamp_entries[] = {"snapshot", NULL};

static const char *const *entries_of(bool is_timestamp)
{
    return is_timestamp ? timestamp_entries : snapshot_entries;
}

struct index *index_new(bool is_timestamp)
{
    struct arena *a = arena_new();
    struct index *i = arena_alloc(a, sizeof *i);
    i->arena = a;
    i->is_timestamp = is_timestamp;
    return i;
}

void index_free(struct index *i)
{
    if (i)
        arena_free(i->arena);
}

static void write_entry(struct xml_out *o, const char *name, const struct index_entry *entry)
{
    xml_open(o, "document");
    xml_put(o, "name", name);
    xml_put_int(o, "version", entry->version);
    xml_put_int(o, "size", entry->size);
    xml_put_hex(o, "blake2b512", entry->hash, sizeof entry->hash);
    xml_close(o);
}

int index_write(struct index *index, struct bytes *out, struct err *e)
{
    const char *const *name = entries_of(index->is_timestamp);
    int r = document_check_time(index->expiry, &index->expiry_ms, e);
    if (r < 0)
        return r;
    struct xml_out o;
    xml_begin(&o, out);
    xml_open(&o, index->is_timestamp ? "timestamp" : "snapshot");
    xml_put(&o, "xmlns", index->is_timestamp ? TIMESTAMP_NS : SNAPSHOT_NS);
    xml_put_int(&o, "version", index->version);
    xml_put(&o, "expiry", index->expiry);
    for (size_t i = 0; name[i]; i++)
        write_entry(&o, name[i], &index->entry[i]);
    xml_close(&o);
    return xml_end(&o, e);
}

static int read_entry(const struct xml_doc *d, const struct xml_node *n, const char *wanted,
                      struct index_entry *ret, struct err *e)
{
    const char *name;
    int r = xml_need(d, n, "name", &name, e);
    if (r == 0 && (!xml_named(n, "document") || strcmp(name, wanted) != 0))
        r = xml_err(e, d, n, _("here the document \"%s\" was expected"), wanted);
    if (r < 0 || (r = xml_need_int(d, n, "version", 1, INT32_MAX, &ret->version, e)) < 0 ||
        (r = xml_need_int(d, n, "size", 1, DOCUMENT_MAX_BYTES, &ret->size, e)) < 0)
        return r;
    return xml_need_hex(d, n, "blake2b512", ret->hash, sizeof ret->hash, e);
}

static int read_tree(struct index *index, const struct xml_doc *d, struct err *e)
{
    const struct xml_node *root = xml_root(d);
    const char *const *name = entries_of(index->is_timestamp);
    int r = xml_need_int(d, root, "version", 1, INT32_MAX, &index->version, e);
    if (r == 0)
        r = document_text(d, root, "expiry", index->arena, &index->expiry, e);
    const struct xml_node *n = xml_first_element(root);
    for (size_t i = 0; name[i] && r == 0; i++, n = n ? xml_next_element(n) : NULL)
        r = n ? read_entry(d, n, name[i], &index->entry[i], e)
              : xml_err(e, d, root, _("the document \"%s\" is not listed"), name[i]);
    return r;
}

int index_read(struct index **ret, bool is_timestamp, const char *name, struct span data, struct err *e)
{
    static const struct xml_limits limits = {.bytes = INDEX_MAX_BYTES, .elements = 100, .depth = 4};
    struct xml_doc *d = NULL;
    struct bytes again = {0};
    struct index *index = index_new(is_timestamp);
    int r = document_parse(&d, name, data, is_timestamp ? "timestamp" : "snapshot",
                           is_timestamp ? TIMESTAMP_NS : SNAPSHOT_NS, &limits, e);
    if (r == 0)
        r = read_tree(index, d, e);
    if (r == 0 && (r = index_write(index, &again, e)) < 0)
        err_within(e, name);
    if (r == 0)
        r = document_is_canonical(name, &again, data, e);
    bytes_release(&again);
    xml_free(d);
    if (r < 0) {
        index_free(index);
        return r;
    }
    *ret = index;
    return 0;
}

struct index_entry index_entry_of(int64_t version, struct span document)
{
    struct index_entry entry = {.version = version, .size = (int64_t)document.n};
    blake2b_512(entry.hash, document);
    return entry;
}

int index_entry_matches(const struct index_entry *entry, const char *name, struct span document,
                        struct err *e)
{
    uint8_t hash[PART_HASH_BYTES];
    blake2b_512(hash, document);
    if ((uint64_t)entry->size != document.n || memcmp(hash, entry->hash, sizeof hash) != 0)
        return err_set(e, ERR_NO, name,
                       _("is not the document that the index names (length or hash differ)"));
    return 0;
}

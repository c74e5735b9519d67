/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/practical/parts.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "scoring/practical/parts-internal.h"

const char *practical_fault_name(int code)
{
    static const char *const name[] = {
        [FAULT_NOT_ZIP] = "NOT_ZIP",
        [FAULT_TRUNCATED] = "TRUNCATED",
        [FAULT_CORRUPT] = "CORRUPT",
        [FAULT_UNSUPPORTED] = "UNSUPPORTED",
        [FAULT_TOO_BIG] = "TOO_BIG",
        [FAULT_ENCRYPTED] = "ENCRYPTED",
        [FAULT_UNSAFE_NAME] = "UNSAFE_NAME",
        [FAULT_WRONG_TYPE] = "WRONG_TYPE",
        [FAULT_LIMIT] = "LIMIT",
        [XML_TREE_DTD] = "XML_DTD",
        [XML_TREE_MALFORMED] = "XML_MALFORMED",
        [XML_TREE_LIMIT] = "LIMIT",
    };
    bool known = code > 0 && (size_t)code < sizeof name / sizeof *name && name[code];
    return known ? name[code] : "ERROR";
}

int parts_fault(const struct parts *p, const char *part, int fault, const char *what, struct err *e)
{
    char *where = part ? mem_printf("%s/%s", p->name, part) : mem_strdup(p->name);
    int r = err_set(e, ERR_DATA, where, "%s", what);
    free(where);
    if (e)
        e->code = fault;
    return r;
}

static bool has_utf16(struct span file, const char *word)
{
    struct bytes wide = {0};
    for (const char *c = word; *c; c++) {
        bytes_u8(&wide, (uint8_t)*c);
        bytes_u8(&wide, 0);
    }
    bool found = memmem(file.p, file.n, wide.p, wide.n) != NULL;
    bytes_release(&wide);
    return found;
}

/* The container of .doc, .xls and .ppt, and of an office file with a password. */
static int refuse_ole2(const struct parts *p, struct err *e)
{
    if (has_utf16(p->file, "EncryptedPackage") || has_utf16(p->file, "EncryptionInfo"))
        return parts_fault(p, NULL, FAULT_ENCRYPTED, _("the file has a password; save it without one"), e);
    parts_fault(p, NULL, FAULT_WRONG_TYPE, _("this is a file of the old kind (.doc, .xls, .ppt)"), e);
    return err_hint(e, _("save it as .docx, .xlsx or .pptx, or as OpenDocument"));
}

static int refuse_encrypted(struct parts *p, struct err *e)
{
    struct xml_tree *t = NULL;
    int r = 0;
    if (parts_tree(p, "META-INF/manifest.xml", NULL, &t, NULL) < 0)
        return 0; /* nobody needs it */
    const struct xml_tree_node *root = xml_tree_root(t);
    for (const struct xml_tree_node *n = root; r == 0 && n; n = xml_tree_walk(root, n))
        if (xml_tree_is(n, NS_MANIFEST, "encryption-data"))
            r = parts_fault(p, NULL, FAULT_ENCRYPTED, _("the file has a password; save it without one"), e);
    xml_tree_free(t);
    return r;
}

int parts_open(struct parts **ret, const char *name, struct span file, struct err *e)
{
    static const uint8_t ole2[] = {0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1};
    struct parts *p = mem_alloc(sizeof *p);
    int r = 0;
    *p = (struct parts){.name = mem_strdup(name), .file = file, .arena = arena_new()};
    if (file.n > PARTS_MAX_FILE)
        r = parts_fault(p, NULL, FAULT_TOO_BIG, _("it is larger than the limit of 64 MiB"), e);
    else if (file.n >= sizeof ole2 && memcmp(file.p, ole2, sizeof ole2) == 0)
        r = refuse_ole2(p, e);
    else
        r = parts_read_directory(p, e);
    if (r == 0)
        r = refuse_encrypted(p, e);
    if (r < 0) {
        parts_close(p);
        return r;
    }
    *ret = p;
    return 0;
}

void parts_close(struct parts *p)
{
    if (!p)
        return;
    arena_free(p->arena);
    free(p->name);
    free(p);
}

const char *parts_name(const struct parts *p)
{
    return p->name;
}

const struct entry *parts_entry(const struct parts *p, const char *part)
{
    size_t lo = 0, hi = p->n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        const struct entry *x = &p->entry[p->by_name[mid]];
        int c = ascii_casecmp(x->name, part);
        if (c == 0)
            return x;
        if (c < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return NULL;
}

bool parts_has(const struct parts *p, const char *part)
{
    return parts_entry(p, part) != NULL;
}

size_t parts_count(const struct parts *p)
{
    return p->n;
}

const char *parts_at(const struct parts *p, size_t i)
{
    return p->entry[i].name;
}

static int open_part(const struct parts *p, const char *part, size_t max, struct part_stream *ret,
                     struct err *e)
{
    const struct entry *x = parts_entry(p, part);
    if (x)
        return part_stream_open(ret, p, x, max, e);
    char *where = mem_printf("%s/%s", p->name, part);
    int r = err_set(e, ERR_NO, where, _("the file has no such part"));
    free(where);
    return r;
}

int parts_read(struct parts *p, const char *part, size_t max, struct bytes *ret, struct err *e)
{
    struct part_stream s;
    struct bytes out = {0};
    uint8_t chunk[16384];
    int r = open_part(p, part, max, &s, e);
    if (r < 0)
        return r;
    bytes_add(&out, "", 0);
    for (size_t n = 1; r == 0 && n > 0;) {
        r = part_stream_next(&s, chunk, sizeof chunk, &n, e);
        if (r == 0)
            bytes_add(&out, chunk, n);
    }
    part_stream_close(&s);
    if (r < 0)
        bytes_release(&out);
    else
        *ret = out;
    return r;
}

int parts_hash(struct parts *p, const char *part, uint8_t ret[32], struct err *e)
{
    struct part_stream s;
    crypto_generichash_state state;
    uint8_t chunk[16384];
    struct entry *entry = (struct entry *)parts_entry(p, part);
    if (entry && entry->hash) {
        memcpy(ret, entry->hash, 32);
        return 0;
    }
    struct err unwanted;
    e = e ? e : &unwanted;
    if (entry && entry->fault) {
        *e = *entry->fault;
        return -ERR_DATA;
    }
    int r = open_part(p, part, PARTS_MAX_FILE, &s, e);
    if (r < 0)
        return r;
    crypto_generichash_init(&state, NULL, 0, 32);
    for (size_t n = 1; r == 0 && n > 0;) {
        r = part_stream_next(&s, chunk, sizeof chunk, &n, e);
        if (r == 0)
            crypto_generichash_update(&state, chunk, n);
    }
    part_stream_close(&s);
    if (r == 0) {
        crypto_generichash_final(&state, ret, 32);
        entry->hash = arena_copy(p->arena, ret, 32);
    } else if (r == -ERR_DATA)
        entry->fault = arena_copy(p->arena, e, sizeof *e);
    return r;
}

/* XML that makes no sense because its bytes are damaged is damaged. */
static int read_rest(struct part_stream *s, int r, struct err *e)
{
    struct err damage;
    uint8_t chunk[16384];
    size_t n = 1;
    if (!e || e->code != XML_TREE_MALFORMED)
        return r;
    while (n > 0)
        if (part_stream_next(s, chunk, sizeof chunk, &n, &damage) < 0) {
            *e = damage;
            return -(int)damage.kind;
        }
    return r;
}

int parts_tree(struct parts *p, const char *part, const struct xml_tree_options *options,
               struct xml_tree **ret, struct err *e)
{
    struct xml_tree_options o = options ? *options : (struct xml_tree_options){0};
    struct part_stream s;
    o.ns = office_namespaces;
    o.alternates_ns = NS_MC;
    o.max_bytes = o.max_bytes ? o.max_bytes : PARTS_MAX_PART;
    int r = open_part(p, part, o.max_bytes, &s, e);
    if (r < 0)
        return r;
    char *where = mem_printf("%s/%s", p->name, part);
    r = xml_tree_read_from(ret, where, part_stream_next, &s, &o, e);
    if (r < 0)
        r = read_rest(&s, r, e);
    part_stream_close(&s);
    free(where);
    return r;
}

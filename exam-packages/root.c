/* SPDX-License-Identifier: Apache-2.0 */
#include "exam-packages/root.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "exam-packages/derive.h"
#include "exam-packages/document.h"

static const char *const role_name[ROOT_ROLES] = {"root", "targets", "snapshot", "timestamp"};

struct root *root_new(void)
{
    struct arena *a = arena_new();
    struct root *r = arena_alloc(a, sizeof *r);
    r->arena = a;
    for (size_t i = 0; i < ROOT_ROLES; i++)
        r->role[i].name = role_name[i];
    return r;
}

void root_free(struct root *r)
{
    if (r)
        arena_free(r->arena);
}

static int check(struct root *r, struct err *e)
{
    int result = document_check_time(r->expiry, &r->expiry_ms, e);
    for (size_t i = 0; i < ROOT_ROLES && result == 0; i++)
        result = role_check(&r->role[i], e);
    return result;
}

int root_write(struct root *r, struct bytes *out, struct err *e)
{
    int result = check(r, e);
    if (result < 0)
        return result;
    struct xml_out o;
    xml_begin(&o, out);
    xml_open(&o, "root");
    xml_put(&o, "xmlns", ROOT_NS);
    xml_put_int(&o, "version", r->version);
    xml_put(&o, "expiry", r->expiry);
    for (size_t i = 0; i < ROOT_ROLES; i++)
        role_write(&o, &r->role[i]);
    xml_close(&o);
    return xml_end(&o, e);
}

static int read_tree(struct root *r, const struct xml_doc *d, struct err *e)
{
    const struct xml_node *root = xml_root(d);
    int result = xml_need_int(d, root, "version", 1, INT32_MAX, &r->version, e);
    if (result == 0)
        result = document_text(d, root, "expiry", r->arena, &r->expiry, e);
    size_t i = 0;
    for (const struct xml_node *n = xml_first_element(root); n && result == 0; n = xml_next_element(n), i++) {
        if (i == ROOT_ROLES || !xml_named(n, "role"))
            return xml_err(e, d, n, _("unknown element <%s>"), xml_name(n));
        result = role_read(d, n, r->arena, &r->role[i], e);
        if (result == 0 && strcmp(r->role[i].name, role_name[i]) != 0)
            return xml_err(e, d, n, _("here the role \"%s\" was expected"), role_name[i]);
    }
    return result;
}

int root_read(struct root **ret, const char *name, struct span data, struct err *e)
{
    struct xml_doc *d = NULL;
    struct bytes again = {0};
    struct root *root = root_new();
    int r = document_parse(&d, name, data, "root", ROOT_NS, NULL, e);
    if (r == 0)
        r = read_tree(root, d, e);
    if (r == 0 && (r = root_write(root, &again, e)) < 0)
        err_within(e, name);
    if (r == 0)
        r = document_is_canonical(name, &again, data, e);
    bytes_release(&again);
    xml_free(d);
    if (r < 0) {
        root_free(root);
        return r;
    }
    *ret = root;
    return 0;
}

const char *root_fingerprint(struct span document, char buf[ROOT_FINGERPRINT_TEXT])
{
    uint8_t hash[32];
    blake2b_256(hash, document);
    char *p = buf;
    for (size_t i = 0; i < ROOT_FINGERPRINT_BYTES; i += 2)
        p += snprintf(p, 6, "%s%02x%02x", i ? "-" : "", hash[i], hash[i + 1]);
    return buf;
}

int root_is(struct span document, const char *typed, struct err *e)
{
    uint8_t hash[32];
    char wanted[65], digits[65];
    size_t n = 0;
    for (const char *p = typed; *p && n < sizeof digits; p++)
        if (*p != ' ' && *p != '-')
            digits[n++] = (char)tolower((unsigned char)*p);
    if (n != 2 * ROOT_FINGERPRINT_BYTES && n != 64)
        return err_set(e, ERR_USAGE, NULL, _("a root fingerprint has %d hex digits in groups of four"),
                       2 * ROOT_FINGERPRINT_BYTES);
    blake2b_256(hash, document);
    hex_encode(wanted, hash, sizeof hash);
    if (memcmp(wanted, digits, n) == 0)
        return 0;
    err_set(e, ERR_NO, NULL, _("the office's root document is not the one with this fingerprint"));
    return err_hint(e, _("compare with the fingerprint that the exam office printed; if it was typed right, "
                         "this repository is "
                         "not from your office"));
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "exam-packages/targets.h"

#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "exam-packages/document.h"
#include "exam-packages/targets-internal.h"

static const char *const role_name[TARGETS_ROLES] = {"package", "certificate"};
static const char former_name[] = "former";

struct targets *targets_new(void)
{
    struct arena *a = arena_new();
    struct targets *t = arena_alloc(a, sizeof *t);
    t->arena = a;
    for (size_t i = 0; i < TARGETS_ROLES; i++)
        t->role[i].name = role_name[i];
    t->former.name = former_name;
    return t;
}

void targets_free(struct targets *t)
{
    if (t)
        arena_free(t->arena);
}

static int refuse_revoked(const struct targets *t, const struct role *role, struct err *e)
{
    for (size_t i = 0; i < role->n; i++)
        if (revoked_find(t->revoked, t->n_revoked, &role->key[i].key, NULL))
            return err_set(e, ERR_DATA, role->name, _("the key \"%s\" is revoked and stands in the role"),
                           role->key[i].name);
    return 0;
}

static int check_role(const struct targets *t, const struct role *role, struct err *e)
{
    int r = role_check(role, e);
    return r < 0 ? r : refuse_revoked(t, role, e);
}

static int check(struct targets *t, struct err *e)
{
    int r = document_check_time(t->expiry, &t->expiry_ms, e);
    if (r == 0)
        r = revoked_check(t->revoked, t->n_revoked, e);
    for (size_t i = 0; i < TARGETS_ROLES && r == 0; i++)
        r = check_role(t, &t->role[i], e);
    if (r == 0 && t->former.n)
        r = check_role(t, &t->former, e);
    for (size_t i = 0; i < t->n_packages && r == 0; i++)
        if (!path_is_plain_name(t->package[i].session) ||
            (i && strcmp(t->package[i - 1].session, t->package[i].session) >= 0))
            r = err_set(e, ERR_DATA, t->package[i].session,
                        _("the sessions are not plain names in their order"));
    return r < 0 ? r : target_supplements_check(t, e);
}

static void write_recipient(struct xml_out *o, const char *role, const struct age_recipient *key)
{
    char text[AGE_RECIPIENT_TEXT];
    xml_open(o, "recipient");
    xml_put(o, "role", role);
    xml_put(o, "key", age_recipient_text(key, text));
    xml_close(o);
}

static void write_package(struct xml_out *o, const struct target_package *p)
{
    xml_open(o, "package");
    xml_put(o, "session", p->session);
    xml_put_int(o, "version", p->version);
    xml_put(o, "expiry", p->expiry);
    xml_put_int(o, "size", p->size);
    xml_put_hex(o, "blake2b512", p->hash, sizeof p->hash);
    xml_put_hex(o, "package", p->package, sizeof p->package);
    if (p->spare_for)
        xml_put(o, "spareFor", p->spare_for);
    xml_close(o);
}

int targets_write(struct targets *t, struct bytes *out, struct err *e)
{
    int r = check(t, e);
    if (r < 0)
        return r;
    struct xml_out o;
    xml_begin(&o, out);
    xml_open(&o, "targets");
    xml_put(&o, "xmlns", TARGETS_NS);
    xml_put_int(&o, "version", t->version);
    xml_put(&o, "expiry", t->expiry);
    for (size_t i = 0; i < TARGETS_ROLES; i++)
        role_write(&o, &t->role[i]);
    if (t->former.n)
        role_write(&o, &t->former);
    write_recipient(&o, "R", &t->recovery);
    write_recipient(&o, "O", &t->results);
    for (size_t i = 0; i < t->n_packages; i++)
        write_package(&o, &t->package[i]);
    for (size_t i = 0; i < t->n_supplements; i++)
        target_supplement_write(&o, &t->supplement[i]);
    for (size_t i = 0; i < t->n_revoked; i++)
        revoked_write(&o, &t->revoked[i]);
    xml_close(&o);
    return xml_end(&o, e);
}

static int read_role(struct targets *t, const struct xml_doc *d, const struct xml_node *n, struct err *e)
{
    struct role role;
    int r = role_read(d, n, t->arena, &role, e);
    for (size_t i = 0; i < TARGETS_ROLES && r == 0; i++)
        if (strcmp(role.name, role_name[i]) == 0) {
            t->role[i] = role;
            return 0;
        }
    if (r == 0 && strcmp(role.name, former_name) == 0) {
        t->former = role;
        return 0;
    }
    return r < 0 ? r : xml_err(e, d, n, _("unknown role \"%.40s\""), role.name);
}

static int read_recipient(struct targets *t, const struct xml_doc *d, const struct xml_node *n, struct err *e)
{
    const char *role, *key;
    struct err inner;
    int r;
    if ((r = xml_need(d, n, "role", &role, e)) < 0 || (r = xml_need(d, n, "key", &key, e)) < 0)
        return r;
    struct age_recipient *to = strcmp(role, "R") == 0   ? &t->recovery
                               : strcmp(role, "O") == 0 ? &t->results
                                                        : NULL;
    if (!to)
        return xml_err(e, d, n, _("unknown recipient \"%.40s\""), role);
    return age_recipient_parse(span_str(key), to, &inner) < 0 ? xml_err(e, d, n, "%s", inner.what) : 0;
}

static int read_package(struct targets *t, const struct xml_doc *d, const struct xml_node *n, struct err *e)
{
    struct target_package *p = &t->package[t->n_packages++];
    int r;
    if ((r = document_name(d, n, "session", t->arena, &p->session, e)) < 0 ||
        (r = xml_need_int(d, n, "version", 1, INT32_MAX, &p->version, e)) < 0 ||
        (r = document_time(d, n, "expiry", t->arena, &p->expiry, &p->expiry_ms, e)) < 0 ||
        (r = xml_need_int(d, n, "size", 1, INT32_MAX, &p->size, e)) < 0 ||
        (r = xml_need_hex(d, n, "blake2b512", p->hash, sizeof p->hash, e)) < 0 ||
        (r = xml_need_hex(d, n, "package", p->package, sizeof p->package, e)) < 0)
        return r;
    return xml_attr(d, n, "spareFor") ? document_name(d, n, "spareFor", t->arena, &p->spare_for, e) : 0;
}

static int read_tree(struct targets *t, const struct xml_doc *d, struct err *e)
{
    const struct xml_node *root = xml_root(d);
    int r;
    if ((r = xml_need_int(d, root, "version", 1, INT32_MAX, &t->version, e)) < 0 ||
        (r = document_text(d, root, "expiry", t->arena, &t->expiry, e)) < 0)
        return r;
    if (document_count(root, "package") > TARGETS_MAX_PACKAGES)
        return xml_err(e, d, root, _("more than %d packages"), TARGETS_MAX_PACKAGES);
    if (document_count(root, "supplement") > TARGETS_MAX_SUPPLEMENTS)
        return xml_err(e, d, root, _("more than %d supplements"), TARGETS_MAX_SUPPLEMENTS);
    if (document_count(root, "revoked") > REVOKED_MAX)
        return xml_err(e, d, root, _("more than %d revocations"), REVOKED_MAX);
    t->revoked = arena_array(t->arena, document_count(root, "revoked") + 1, sizeof *t->revoked);
    t->package = arena_array(t->arena, document_count(root, "package") + 1, sizeof *t->package);
    t->supplement = arena_array(t->arena, document_count(root, "supplement") + 1, sizeof *t->supplement);
    for (const struct xml_node *n = xml_first_element(root); n && r == 0; n = xml_next_element(n)) {
        if (xml_named(n, "role"))
            r = read_role(t, d, n, e);
        else if (xml_named(n, "recipient"))
            r = read_recipient(t, d, n, e);
        else if (xml_named(n, "package"))
            r = read_package(t, d, n, e);
        else if (xml_named(n, "supplement"))
            r = target_supplement_read(d, n, t->arena, &t->supplement[t->n_supplements++], e);
        else if (xml_named(n, "revoked"))
            r = revoked_read(d, n, t->arena, &t->revoked[t->n_revoked++], e);
        else
            r = xml_err(e, d, n, _("unknown element <%s>"), xml_name(n));
    }
    return r;
}

int targets_read(struct targets **ret, const char *name, struct span data, struct err *e)
{
    struct xml_doc *d = NULL;
    struct bytes again = {0};
    struct targets *t = targets_new();
    int r = document_parse(&d, name, data, "targets", TARGETS_NS, NULL, e);
    if (r == 0)
        r = read_tree(t, d, e);
    if (r == 0 && (r = targets_write(t, &again, e)) < 0)
        err_within(e, name);
    if (r == 0)
        r = document_is_canonical(name, &again, data, e);
    bytes_release(&again);
    xml_free(d);
    if (r < 0) {
        targets_free(t);
        return r;
    }
    *ret = t;
    return 0;
}

const struct target_package *targets_find(const struct targets *t, const char *session)
{
    for (size_t i = 0; i < t->n_packages; i++)
        if (strcmp(t->package[i].session, session) == 0)
            return &t->package[i];
    return NULL;
}

const struct target_package *targets_find_package(const struct targets *t, const uint8_t package[32])
{
    for (size_t i = 0; i < t->n_packages; i++)
        if (memcmp(t->package[i].package, package, sizeof t->package[i].package) == 0)
            return &t->package[i];
    return NULL;
}

int targets_put(struct targets *t, const struct target_package *package, struct err *e)
{
    size_t at = 0;
    while (at < t->n_packages && strcmp(t->package[at].session, package->session) < 0)
        at++;
    bool replaces = at < t->n_packages && strcmp(t->package[at].session, package->session) == 0;
    if (replaces && t->package[at].version >= package->version &&
        memcmp(t->package[at].hash, package->hash, sizeof package->hash) != 0)
        return err_set(e, ERR_NO, package->session,
                       _("version %lld of this session's package is already published"),
                       (long long)t->package[at].version);
    size_t n = t->n_packages + !replaces;
    struct target_package *list = arena_array(t->arena, n, sizeof *list);
    for (size_t i = 0; i < n; i++)
        list[i] = i == at ? *package : t->package[i < at || replaces ? i : i - 1];
    list[at].session = arena_strdup(t->arena, package->session);
    list[at].expiry = arena_strdup(t->arena, package->expiry);
    if (package->spare_for)
        list[at].spare_for = arena_strdup(t->arena, package->spare_for);
    t->package = list;
    t->n_packages = n;
    return 0;
}

int targets_revoke(struct targets *t, const struct revoked *r, struct err *e)
{
    size_t at = 0;
    while (at < t->n_revoked && revoked_compare(&t->revoked[at], r) < 0)
        at++;
    if (at < t->n_revoked && revoked_compare(&t->revoked[at], r) == 0)
        return err_set(e, ERR_NO, NULL, _("this is already revoked, since %s: %s"), t->revoked[at].since,
                       t->revoked[at].reason);
    struct revoked *list = arena_array(t->arena, t->n_revoked + 1, sizeof *list);
    for (size_t i = 0; i <= t->n_revoked; i++)
        list[i] = i == at ? *r : t->revoked[i < at ? i : i - 1];
    list[at].serial = arena_strdup(t->arena, r->serial);
    list[at].since = arena_strdup(t->arena, r->since);
    list[at].reason = arena_strdup(t->arena, r->reason);
    t->revoked = list;
    t->n_revoked++;
    return revoked_check(t->revoked, t->n_revoked, e);
}

const char *target_package_path(struct arena *a, const struct target_package *t)
{
    return arena_printf(a, "packages/%s.%lld.exam", t->session, (long long)t->version);
}

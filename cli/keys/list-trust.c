/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/keys/list-trust.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "exam-packages/document.h"
#include "exam-packages/trust.h"

static const int64_t day_ms = 86400000;
enum { SOON_DAYS = 60 };

/* Whole days that are left; negative: ended. */
static int64_t days_left(int64_t end_ms, int64_t now_ms)
{
    int64_t left = end_ms - now_ms;
    return left >= 0 ? left / day_ms : -1 - (-left - 1) / day_ms;
}

static json_t *role_facts(const struct role *r)
{
    json_t *keys = json_array();
    for (size_t i = 0; i < r->n; i++) {
        char id[MINISIGN_ID_TEXT], line[PUBLIC_KEY_LINE];
        json_array_append_new(keys, json_pack("{s:s, s:s, s:s}", "name", r->key[i].name, "id",
                                              minisign_id_text(r->key[i].key.id, id), "public",
                                              public_key_line(&r->key[i].key, line)));
    }
    return json_pack("{s:s, s:I, s:o}", "role", r->name, "threshold", (json_int_t)r->threshold, "keys", keys);
}

static json_t *document_facts(int64_t version, const char *expiry, int64_t days, const struct role *role,
                              size_t n)
{
    json_t *roles = json_array();
    for (size_t i = 0; i < n; i++)
        json_array_append_new(roles, role_facts(&role[i]));
    return json_pack("{s:I, s:s, s:I, s:o}", "version", (json_int_t)version, "until", expiry, "days_left",
                     (json_int_t)days, "roles", roles);
}

static json_t *revoked_facts(const struct targets *t)
{
    json_t *list = json_array();
    for (size_t i = 0; i < t->n_revoked; i++) {
        const struct revoked *r = &t->revoked[i];
        char line[PUBLIC_KEY_LINE] = "";
        if (r->has_key)
            public_key_line(&r->key, line);
        json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:s}", "key", line, "serial", r->serial,
                                              "since", r->since, "reason", r->reason));
    }
    return list;
}

static void add_documents(json_t *all, const struct trust *t, int64_t now_ms)
{
    const struct root *root = trust_root(t);
    const struct targets *targets = trust_targets(t);
    char fingerprint[ROOT_FINGERPRINT_TEXT];
    json_t *facts = document_facts(root->version, root->expiry, days_left(root->expiry_ms, now_ms),
                                   root->role, ROOT_ROLES);
    json_object_set_new(facts, "fingerprint",
                        json_string(root_fingerprint(trust_root_document(t), fingerprint)));
    json_object_set_new(all, "root", facts);
    if (!targets)
        return;
    facts = document_facts(targets->version, targets->expiry, days_left(targets->expiry_ms, now_ms),
                           targets->role, TARGETS_ROLES);
    if (targets->former.n)
        json_array_append_new(json_object_get(facts, "roles"), role_facts(&targets->former));
    json_object_set_new(all, "targets", facts);
    json_object_set_new(all, "revoked", revoked_facts(targets));
}

static int add_certificate(json_t *list, const char *path, const struct trust *t, int64_t now_ms,
                           struct err *e)
{
    struct bytes data = {0};
    struct certificate *c = NULL;
    const struct targets *targets = t ? trust_targets(t) : NULL;
    int r = file_read(path, DOCUMENT_MAX_BYTES, &data, e);
    if (r == 0)
        r = certificate_read(&c, path, bytes_span(&data), e);
    if (r == 0) {
        bool gone = targets && revoked_find(targets->revoked, targets->n_revoked, &c->key, c->serial);
        json_array_append_new(
            list, json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:I, s:b}", "file", path, "kind",
                            certificate_kind_name(c->kind), "name", c->name, "site", c->site, "room", c->room,
                            "serial", c->serial, "from", c->from, "until", c->until, "days_left",
                            (json_int_t)days_left(c->until_ms, now_ms), "revoked", (int)gone));
    }
    certificate_free(c);
    bytes_release(&data);
    return r;
}

static bool is_certificate(const char *name)
{
    static const char suffix[] = ".certificate.xml";
    size_t n = strlen(name), end = strlen(suffix);
    return n > end && strcmp(name + n - end, suffix) == 0;
}

/* Those in HOME/keys. */
static int add_certificates(const struct args *a, json_t *list, const struct trust *t, int64_t now_ms,
                            struct err *e)
{
    struct file_names names = {0};
    char *folder = path_join(args_home(a), "keys");
    int r = file_list(folder, &names, e);
    for (size_t i = 0; i < names.n && r == 0; i++)
        if (is_certificate(names.name[i])) {
            char *path = path_join(folder, names.name[i]);
            r = add_certificate(list, path, t, now_ms, e);
            free(path);
        }
    file_names_free(&names);
    free(folder);
    return r;
}

int list_trust(const struct args *a, int64_t now_ms, json_t *all, struct err *e)
{
    struct trust *t = NULL;
    json_t *certificates = json_array();
    char *seen = path_join(args_home(a), "trust/seen.xml");
    int r = file_exists(seen) ? trust_load(&t, args_home(a), e) : 0;
    if (r == 0 && t)
        add_documents(all, t, now_ms);
    if (r == 0)
        r = add_certificates(a, certificates, t, now_ms, e);
    for (int i = 0; i < args_count(a) && r == 0; i++)
        r = add_certificate(certificates, args_at(a, i), t, now_ms, e);
    json_object_set_new(all, "certificates", certificates);
    trust_free(t);
    free(seen);
    return r;
}

static const char *text(const json_t *o, const char *name)
{
    return json_string_value(json_object_get(o, name));
}

static void print_end(const json_t *o)
{
    int64_t days = json_integer_value(json_object_get(o, "days_left"));
    printf("%s", text(o, "until"));
    if (days < 0)
        printf("  %s", _("ENDED"));
    else if (days < SOON_DAYS)
        printf(_("  ends in %lld days"), (long long)days);
    if (json_is_true(json_object_get(o, "revoked")))
        printf("  %s", _("REVOKED"));
    putchar('\n');
}

static void print_roles(const json_t *document)
{
    const json_t *role, *key;
    size_t i, k;
    json_array_foreach(json_object_get(document, "roles"), i, role)
    {
        printf("  %-12s %lld/%zu ", text(role, "role"),
               (long long)json_integer_value(json_object_get(role, "threshold")),
               json_array_size(json_object_get(role, "keys")));
        json_array_foreach(json_object_get(role, "keys"), k, key) printf(" %s", text(key, "name"));
        putchar('\n');
    }
}

static void print_document(const json_t *all, const char *name, const char *shown)
{
    const json_t *o = json_object_get(all, name);
    if (!o)
        return;
    printf(_("\n%s version %lld, until "), shown,
           (long long)json_integer_value(json_object_get(o, "version")));
    print_end(o);
    print_roles(o);
}

void list_trust_print(const json_t *all)
{
    const json_t *o;
    size_t i;
    print_document(all, "root", _("Root"));
    print_document(all, "targets", _("Index"));
    if (json_array_size(json_object_get(all, "certificates")))
        printf("\n%s\n", _("Certificates"));
    json_array_foreach(json_object_get(all, "certificates"), i, o)
    {
        printf("  %-8s %-16s %s %s %s  ", text(o, "kind"), text(o, "name"), text(o, "site"), text(o, "room"),
               text(o, "serial"));
        print_end(o);
    }
    if (json_array_size(json_object_get(all, "revoked")))
        printf("\n%s\n", _("Revoked"));
    json_array_foreach(json_object_get(all, "revoked"), i, o)
        printf("  %s%s%s  %s  %s\n", text(o, "key"), text(o, "key")[0] && text(o, "serial")[0] ? " " : "",
               text(o, "serial"), text(o, "since"), text(o, "reason"));
}

void list_trust_warn(const struct args *a, const struct trust *t, int64_t now_ms)
{
    json_t *list = json_array();
    const json_t *c;
    size_t i;
    int64_t days = days_left(trust_root(t)->expiry_ms, now_ms);
    if (days < SOON_DAYS)
        fprintf(stderr,
                _("the root ends in %lld days: \"kaochang keys rotate --expiry TIME -o FILE\" renews it\n"),
                (long long)days);
    if (add_certificates(a, list, t, now_ms, NULL) == 0)
        json_array_foreach(list, i, c)
        {
            days = json_integer_value(json_object_get(c, "days_left"));
            if (days >= 0 && days < SOON_DAYS && json_is_false(json_object_get(c, "revoked")))
                fprintf(
                    stderr,
                    _("the certificate of %s (site %s) ends in %lld days: \"kaochang keys certify\" again\n"),
                    text(c, "name"), text(c, "site"), (long long)days);
        }
    json_decref(list);
}

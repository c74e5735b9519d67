/* SPDX-License-Identifier: Apache-2.0 */
#include "exam-packages/role.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/file.h"
#include "base/i18n.h"
#include "exam-packages/document.h"

/* One holder must not count twice: not under a second id, and an id finds one key only. */
static bool same_key(const struct minisign_public *a, const struct minisign_public *b)
{
    return memcmp(a->id, b->id, sizeof a->id) == 0 || memcmp(a->pk, b->pk, sizeof a->pk) == 0;
}

int role_check(const struct role *r, struct err *e)
{
    if (r->n < 1 || r->n > ROLE_MAX_KEYS || r->threshold < 1 || (uint64_t)r->threshold > r->n)
        return err_set(e, ERR_DATA, r->name,
                       _("a role has 1 to %d keys, and needs at least one and at most all of them"),
                       ROLE_MAX_KEYS);
    for (size_t i = 0; i < r->n; i++) {
        if (!path_is_plain_name(r->key[i].name))
            return err_set(e, ERR_DATA, r->name, _("\"%s\" is not a plain name for a key"), r->key[i].name);
        for (size_t j = 0; j < i; j++)
            if (same_key(&r->key[i].key, &r->key[j].key))
                return err_set(e, ERR_DATA, r->name, _("the key \"%s\" occurs twice"), r->key[i].name);
    }
    return 0;
}

void role_write(struct xml_out *o, const struct role *r)
{
    char keyid[MINISIGN_ID_TEXT], public[PUBLIC_KEY_LINE];
    xml_open(o, "role");
    xml_put(o, "name", r->name);
    xml_put_int(o, "threshold", r->threshold);
    for (size_t i = 0; i < r->n; i++) {
        xml_open(o, "key");
        xml_put(o, "name", r->key[i].name);
        xml_put(o, "id", minisign_id_text(r->key[i].key.id, keyid));
        xml_put(o, "public", public_key_line(&r->key[i].key, public));
        xml_close(o);
    }
    xml_close(o);
}

static int read_key(const struct xml_doc *d, const struct xml_node *n, struct arena *a, struct role_key *ret,
                    struct err *e)
{
    const char *public;
    struct err inner;
    int r;
    if (!xml_named(n, "key"))
        return xml_err(e, d, n, _("unknown element <%s>"), xml_name(n));
    if ((r = document_name(d, n, "name", a, &ret->name, e)) < 0 ||
        (r = xml_need(d, n, "public", &public, e)) < 0)
        return r;
    return minisign_public_parse(span_str(public), &ret->key, &inner) < 0 ? xml_err(e, d, n, "%s", inner.what)
                                                                          : 0;
}

int role_read(const struct xml_doc *d, const struct xml_node *n, struct arena *a, struct role *ret,
              struct err *e)
{
    int r;
    *ret = (struct role){.key = arena_array(a, document_count(n, "key") + 1, sizeof *ret->key)};
    if ((r = document_name(d, n, "name", a, &ret->name, e)) < 0 ||
        (r = xml_need_int(d, n, "threshold", 1, ROLE_MAX_KEYS, &ret->threshold, e)) < 0)
        return r;
    for (const struct xml_node *c = xml_first_element(n); c && r == 0; c = xml_next_element(c))
        r = read_key(d, c, a, &ret->key[ret->n++], e);
    return r;
}

const struct role *role_find(const struct role *list, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (list[i].name && strcmp(list[i].name, name) == 0)
            return &list[i];
    return NULL;
}

static int check_one(const struct role_key *key, const char *name, struct span document, const char *comment,
                     const struct signature *s, struct err *e)
{
    char *said = NULL;
    int r = minisign_verify(document, s->file, &key->key, &said, e);
    if (r < 0)
        err_within(e, name);
    else if (strcmp(said, comment) != 0)
        r = err_set(e, ERR_NO, name, _("the signature of %s is for \"%.100s\", not for \"%.100s\""),
                    key->name, said, comment);
    free(said);
    return r;
}

static bool has_signed(const struct role_key *key, const struct signatures *s)
{
    char keyid[MINISIGN_ID_TEXT];
    minisign_id_text(key->key.id, keyid);
    for (size_t i = 0; i < s->n; i++)
        if (strcmp(s->list[i].keyid, keyid) == 0)
            return true;
    return false;
}

/* Whose signatures would count and are not there. */
static int hint_missing(const struct role *r, const struct signatures *s, struct err *e)
{
    struct bytes names = {0};
    for (size_t k = 0; k < r->n; k++)
        if (!has_signed(&r->key[k], s))
            bytes_printf(&names, "%s%s", names.n ? ", " : "", r->key[k].name);
    err_hint(e, _("these can sign as well: %.*s"), (int)names.n, (const char *)names.p);
    bytes_release(&names);
    return -ERR_NO;
}

int role_verify(const struct role *r, const char *name, struct span document, const char *comment,
                const struct signatures *s, struct err *e)
{
    int64_t good = 0;
    for (size_t k = 0; k < r->n; k++) {
        char keyid[MINISIGN_ID_TEXT];
        minisign_id_text(r->key[k].key.id, keyid);
        for (size_t i = 0; i < s->n; i++) {
            if (strcmp(s->list[i].keyid, keyid) != 0)
                continue;
            int v = check_one(&r->key[k], name, document, comment, &s->list[i], e);
            if (v < 0)
                return v;
            good++;
            break;
        }
    }
    if (good >= r->threshold)
        return 0;
    const char *who = s->n ? s->list[0].keyid : "";
    if (good == 0 && s->n)
        err_set(e, ERR_NO, name, _("signed by %s, which is not a key of the role \"%s\""), who, r->name);
    else
        err_set(e, ERR_NO, name, _("has %lld of the %lld signatures that the role \"%s\" needs"),
                (long long)good, (long long)r->threshold, r->name);
    return hint_missing(r, s, e);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "exam-packages/revoked.h"

#include <string.h>

#include "base/i18n.h"
#include "exam-packages/document.h"
#include "exam-packages/signatures.h"

static const char *key_text(const struct revoked *r, char line[PUBLIC_KEY_LINE])
{
    line[0] = '\0';
    return r->has_key ? public_key_line(&r->key, line) : line;
}

int revoked_compare(const struct revoked *a, const struct revoked *b)
{
    char x[PUBLIC_KEY_LINE], y[PUBLIC_KEY_LINE];
    int by_key = strcmp(key_text(a, x), key_text(b, y));
    return by_key ? by_key : strcmp(a->serial, b->serial);
}

static int check_one(struct revoked *r, struct err *e)
{
    if (!r->has_key && !r->serial[0])
        return err_set(e, ERR_DATA, NULL, _("a revocation names a key or a certificate's serial"));
    if (r->serial[0] && (strlen(r->serial) != 16 || strspn(r->serial, "0123456789abcdef") != 16))
        return err_set(e, ERR_DATA, NULL, _("a certificate's serial has 16 lower-case hex digits"));
    if (!r->reason[0] || strlen(r->reason) > REVOKED_REASON_MAX)
        return err_set(e, ERR_DATA, NULL, _("a revocation has a reason of at most %d bytes"),
                       REVOKED_REASON_MAX);
    return document_check_time(r->since, &r->since_ms, e);
}

int revoked_check(struct revoked *list, size_t n, struct err *e)
{
    int r = n > REVOKED_MAX ? err_set(e, ERR_DATA, NULL, _("more than %d revocations"), REVOKED_MAX) : 0;
    for (size_t i = 0; i < n && r == 0; i++) {
        r = check_one(&list[i], e);
        if (r == 0 && i && revoked_compare(&list[i - 1], &list[i]) >= 0)
            r = err_set(e, ERR_DATA, NULL, _("the revocations are not in their order"));
    }
    return r;
}

void revoked_write(struct xml_out *o, const struct revoked *r)
{
    char line[PUBLIC_KEY_LINE];
    xml_open(o, "revoked");
    if (r->has_key)
        xml_put(o, "key", key_text(r, line));
    if (r->serial[0])
        xml_put(o, "serial", r->serial);
    xml_put(o, "since", r->since);
    xml_put(o, "reason", r->reason);
    xml_close(o);
}

int revoked_read(const struct xml_doc *d, const struct xml_node *n, struct arena *a, struct revoked *ret,
                 struct err *e)
{
    const char *key = xml_attr(d, n, "key");
    struct err inner;
    int r = 0;
    *ret = (struct revoked){.has_key = key != NULL, .serial = ""};
    if (key && minisign_public_parse(span_str(key), &ret->key, &inner) < 0)
        return xml_err(e, d, n, "%s", inner.what);
    if (xml_attr(d, n, "serial") && (r = document_text(d, n, "serial", a, &ret->serial, e)) < 0)
        return r;
    if ((r = document_time(d, n, "since", a, &ret->since, &ret->since_ms, e)) < 0)
        return r;
    return document_text(d, n, "reason", a, &ret->reason, e);
}

const struct revoked *revoked_find(const struct revoked *list, size_t n, const struct minisign_public *key,
                                   const char *serial)
{
    for (size_t i = 0; i < n; i++)
        if ((list[i].has_key && memcmp(list[i].key.pk, key->pk, sizeof key->pk) == 0) ||
            (serial && list[i].serial[0] && strcmp(list[i].serial, serial) == 0))
            return &list[i];
    return NULL;
}

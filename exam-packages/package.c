/* SPDX-License-Identifier: Apache-2.0 */
#include "exam-packages/package.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "exam-packages/derive.h"
#include "exam-packages/package-internal.h"

const struct container_kind package_kind = {.mimetype = "application/vnd.kaochang.exam+zip",
                                            .document = "manifest.xml"};

const struct manifest *package_manifest(const struct package *p)
{
    return p->manifest;
}

const uint8_t *package_hash(const struct package *p)
{
    return p->hash;
}

void package_close(struct package *p)
{
    if (!p)
        return;
    container_close(&p->container);
    exam_manifest_free(p->manifest);
    free(p);
}

int package_open(struct package **ret, const char *path, const struct trust *t, struct err *e)
{
    struct package *p = mem_alloc(sizeof *p);
    int r = container_open(&p->container, path, &package_kind, e);
    if (r < 0)
        goto done;
    r = exam_manifest_read(&p->manifest, package_kind.document, p->container.document, e);
    if (r == 0)
        r = trust_check_package(t, package_kind.document, p->container.document, p->manifest->session,
                                p->manifest->version, &p->container.signatures, e);
    if (r == 0)
        r = container_check_parts(&p->container, &p->manifest->parts, e);
    if (r < 0)
        err_within(e, path);
    blake2b_256(p->hash, p->container.document);
done:
    if (r < 0) {
        package_close(p);
        return r;
    }
    *ret = p;
    return 0;
}

static int belongs(const struct age_identity *id, const struct age_recipient *wanted, const char *part,
                   struct err *e)
{
    struct age_recipient have;
    age_identity_recipient(id, &have);
    if (memcmp(have.pk, wanted->pk, sizeof have.pk) == 0)
        return 0;
    return err_set(e, ERR_NO, part, _("holds another identity than the manifest names"));
}

int package_take_identity(struct span text, const struct age_recipient *wanted, const char *part,
                          struct age_identity *ret, struct err *e)
{
    struct age_identity id = {0};
    int r = age_identity_parse(text, &id, e);
    if (r == 0)
        r = belongs(&id, wanted, part, e);
    if (r < 0) {
        age_identity_free(&id);
        return r;
    }
    *ret = id;
    return 0;
}

int package_identity_by_code(struct span sealed, const char *data, const struct age_recipient *wanted,
                             const char *part, struct age_identity *ret, struct err *e)
{
    struct bytes plain = {0};
    int r = age_open_code(sealed, span_str(data), &plain, e);
    if (r == -ERR_NO)
        r = err_set(e, ERR_NO, NULL, _("this is not the code of this package"));
    if (r == 0)
        r = package_take_identity(bytes_span(&plain), wanted, part, ret, e);
    bytes_release(&plain);
    return r;
}

bool package_has_code(const struct package *p)
{
    return parts_find(&p->manifest->parts, "unlock.age") != NULL;
}

static int needs_no_code(const struct package *p, struct err *e)
{
    if (p->manifest->practice)
        return err_set(e, ERR_USAGE, NULL, _("a practice package needs no code"));
    err_set(e, ERR_USAGE, NULL,
            _("no code opens this session: %lld of its %zu proctors open it with their keys"),
            (long long)p->manifest->proctors.needed, p->manifest->proctors.n);
    return err_hint(e, _("the proctors bring the sticks with their keys"));
}

static int by_typed_code(const struct package *p, const char *part, enum manifest_recipient who,
                         const char *typed, struct age_identity *ret, struct err *e)
{
    char data[CODE_DATA + 1];
    struct span sealed = zip_get(p->container.zip, part);
    if (!sealed.p)
        return needs_no_code(p, e);
    int r = code_read(typed, data, e);
    if (r == 0)
        r = package_identity_by_code(sealed, data, &p->manifest->recipient[who], part, ret, e);
    secret_wipe(data, sizeof data);
    return r;
}

int package_unlock(const struct package *p, const char *typed, struct age_identity *ret_unlock, struct err *e)
{
    return by_typed_code(p, "unlock.age", MANIFEST_U, typed, ret_unlock, e);
}

int package_unlock_close(const struct package *p, const char *typed, struct age_identity *ret_close,
                         struct err *e)
{
    return by_typed_code(p, "close.age", MANIFEST_C, typed, ret_close, e);
}

static int two_identities(const struct package *p, struct span text, const char *part,
                          struct age_identity *ret_unlock, struct age_identity *ret_close, struct err *e)
{
    struct age_identity *ids = NULL;
    size_t n = 0;
    int r = age_identities_parse(text, &ids, &n, e);
    if (r == 0 && n != 2)
        r = err_set(e, ERR_NO, part, _("does not hold the two identities of the session"));
    if (r == 0)
        r = belongs(&ids[0], &p->manifest->recipient[MANIFEST_U], part, e);
    if (r == 0)
        r = belongs(&ids[1], &p->manifest->recipient[MANIFEST_C], part, e);
    if (r == 0) {
        *ret_unlock = ids[0];
        *ret_close = ids[1];
        ids[0] = ids[1] = (struct age_identity){0};
    }
    age_identities_free(ids, n);
    return r;
}

int package_recover(const struct package *p, const struct age_identity *recovery,
                    struct age_identity *ret_unlock, struct age_identity *ret_close, struct err *e)
{
    if (p->manifest->practice)
        return two_identities(p, zip_get(p->container.zip, "open.txt"), "open.txt", ret_unlock, ret_close, e);
    if (!recovery)
        return err_set(e, ERR_USAGE, NULL,
                       _("only the recovery identity opens a sealed package without its codes"));
    struct bytes plain = {0};
    int r = package_open_part(p, "escrow.age", recovery, &plain, e);
    if (r == 0)
        r = two_identities(p, bytes_span(&plain), "escrow.age", ret_unlock, ret_close, e);
    bytes_release(&plain);
    return r;
}

int package_open_part(const struct package *p, const char *name, const struct age_identity *id,
                      struct bytes *ret, struct err *e)
{
    struct span sealed = zip_get(p->container.zip, name);
    if (!sealed.p)
        return err_set(e, ERR_NO, name, _("the package has no such part"));
    int r = age_open(sealed, id, 1, ret, e);
    return r < 0 ? err_within(e, name) : 0;
}

int package_open_roster(const struct package *p, const char *site, const struct age_identity *id,
                        struct roster **ret, struct err *e)
{
    struct bytes plain = {0};
    struct roster *roster = NULL;
    char *name = mem_printf("roster/%s.age", site);
    int r = package_open_part(p, name, id, &plain, e);
    if (r == -ERR_NO)
        err_hint(e, _("it is sealed to site %s: put that site's own identity in the place of keys/site.identity"), site);
    if (r == 0)
        r = roster_read(&roster, name, bytes_span(&plain), e);
    if (r == 0 && (strcmp(roster->session, p->manifest->session) != 0 || strcmp(roster->site, site) != 0))
        r = err_set(e, ERR_NO, name, _("is the roster of another session or site"));
    bytes_release(&plain);
    free(name);
    if (r < 0) {
        roster_free(roster);
        return r;
    }
    *ret = roster;
    return 0;
}

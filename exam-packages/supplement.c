/* SPDX-License-Identifier: Apache-2.0 */
#include "exam-packages/supplement.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "exam-packages/derive.h"
#include "exam-packages/package-internal.h"

struct supplement {
    struct container container;
    struct supplement_document *document;
    const char *signers;
};

static const char *comment_of(const struct supplement_document *d)
{
    return arena_printf(d->arena, "kaochang/1 role=supplement session=%s number=%lld", d->session,
                        (long long)d->number);
}

/* ---- building ---- */

static int seal_lists(const struct supplement_input *in, struct supplement_document *d, struct bytes *data,
                      struct err *e)
{
    int r = 0;
    d->parts = parts_new(d->arena, in->n_sites);
    for (size_t i = 0; i < in->n_sites && r == 0; i++) {
        struct age_recipient both[2] = {in->site[i].to, in->recovery};
        r = age_seal(in->site[i].roster, both, 2, &data[i], e);
        if (r == 0)
            parts_add(&d->parts, d->arena, arena_printf(d->arena, "roster/%s.age", in->site[i].site),
                      bytes_span(&data[i]));
    }
    return r;
}

static int sign_and_write(const struct supplement_input *in, struct supplement_document *d,
                          const struct bytes *data, const char *path, struct err *e)
{
    struct bytes document = {0};
    struct signatures s = {0};
    struct span *part = arena_array(d->arena, in->n_sites + 1, sizeof *part);
    for (size_t i = 0; i < d->parts.n; i++)
        part[i] = bytes_span(&data[i]);
    int r = supplement_document_write(d, &document, e);
    if (r == 0)
        r = signatures_make(&s, d->arena, bytes_span(&document), comment_of(d), in->officer, in->n_officers,
                            e);
    if (r == 0)
        r = container_write(path, 0644, &package_kind, bytes_span(&document), &s, &d->parts, part, e);
    bytes_release(&document);
    return r;
}

int supplement_build(const struct supplement_input *in, const char *path, struct err *e)
{
    struct supplement_document *d = supplement_document_new();
    struct bytes *data = mem_alloc((in->n_sites + 1) * sizeof *data);
    d->kind = in->kind;
    d->session = in->session;
    d->number = in->number;
    d->date = in->date;
    d->expiry = in->expiry;
    d->reason = in->reason ? in->reason : "";
    memcpy(d->package, in->package, sizeof d->package);
    int r = in->n_officers ? seal_lists(in, d, data, e)
                           : err_set(e, ERR_USAGE, NULL, _("no officer signs the supplement"));
    if (r == 0)
        r = sign_and_write(in, d, data, path, e);
    for (size_t i = 0; i < in->n_sites; i++)
        bytes_release(&data[i]);
    free(data);
    supplement_document_free(d);
    return r;
}

/* ---- opening ---- */

void supplement_close(struct supplement *s)
{
    if (!s)
        return;
    container_close(&s->container);
    supplement_document_free(s->document);
    free(s);
}

static bool has_signed(const struct signatures *s, const struct role_key *k, struct arena *a)
{
    const char *name = signature_name_of(a, package_kind.document, &k->key);
    char keyid[SIGNATURE_KEYID];
    for (size_t i = 0; signature_name(name, package_kind.document, keyid) && i < s->n; i++)
        if (strcmp(s->list[i].keyid, keyid) == 0)
            return true;
    return false;
}

static void list_signers(struct supplement *s, const struct role *of)
{
    struct arena *a = s->document->arena;
    for (size_t i = 0; i < of->n; i++)
        if (has_signed(&s->container.signatures, &of->key[i], a))
            s->signers = arena_printf(a, "%s%s%s", s->signers, s->signers[0] ? ", " : "", of->key[i].name);
}

static int check_signed(struct supplement *s, const char *path, const struct trust *t, struct err *e)
{
    const struct targets *targets = trust_targets(t);
    uint8_t file[PART_HASH_BYTES];
    int r = targets ? blake2b_512_file(file, path, ZIP_SIZE_MAX, e)
                    : err_set(e, ERR_NO, NULL, _("this home knows no officers yet"));
    if (r == 0)
        r = trust_check_supplement(t, package_kind.document, s->container.document, s->document->session,
                                   s->document->number, file, &s->container.signatures, e);
    s->signers = "";
    if (r == 0) {
        list_signers(s, &targets->role[TARGETS_ROLE_PACKAGE]);
        list_signers(s, &targets->former);
    }
    return r;
}

int supplement_open(struct supplement **ret, const char *path, const struct trust *t, struct err *e)
{
    struct supplement *s = mem_alloc(sizeof *s);
    int r = container_open(&s->container, path, &package_kind, e);
    if (r < 0)
        goto done;
    r = supplement_document_read(&s->document, package_kind.document, s->container.document, e);
    if (r == 0)
        r = check_signed(s, path, t, e);
    if (r == 0)
        r = container_check_parts(&s->container, &s->document->parts, e);
    if (r < 0)
        err_within(e, path);
done:
    if (r < 0) {
        supplement_close(s);
        return r;
    }
    *ret = s;
    return 0;
}

const struct supplement_document *supplement_document_of(const struct supplement *s)
{
    return s->document;
}

struct span supplement_bytes(const struct supplement *s)
{
    return s->container.document;
}

const char *supplement_signers(const struct supplement *s)
{
    return s->signers;
}

int supplement_open_roster(const struct supplement *s, const char *site, const struct age_identity *id,
                           struct roster **ret, struct err *e)
{
    struct bytes plain = {0};
    struct roster *roster = NULL;
    char *name = mem_printf("roster/%s.age", site);
    struct span sealed = zip_get(s->container.zip, name);
    int r = sealed.p ? age_open(sealed, id, 1, &plain, e)
                     : err_set(e, ERR_NO, name, _("the supplement has no list for this site"));
    if (r == 0)
        r = roster_read(&roster, name, bytes_span(&plain), e);
    if (r == 0 && (strcmp(roster->session, s->document->session) != 0 || strcmp(roster->site, site) != 0 ||
                   roster->number != s->document->number))
        r = err_set(e, ERR_NO, name, _("is the roster of another session, site or supplement"));
    bytes_release(&plain);
    free(name);
    if (r < 0) {
        roster_free(roster);
        return r;
    }
    *ret = roster;
    return 0;
}

bool supplement_is(const char *path)
{
    struct container c = {0};
    struct supplement_document *d = NULL;
    bool is = container_open(&c, path, &package_kind, NULL) == 0 &&
              supplement_document_read(&d, package_kind.document, c.document, NULL) == 0;
    supplement_document_free(d);
    container_close(&c);
    return is;
}

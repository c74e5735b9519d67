/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "exam-packages/derive.h"
#include "exam-packages/package-internal.h"

/* A package in the making: its parts in the order of the format's table. */
struct build {
    const struct package_input *in;
    struct manifest *manifest;
    struct age_identity unlock, close; /* U, C */
    struct bytes *data;                /* of each part */
};

static void add(struct build *b, const char *name, struct bytes *data)
{
    struct container_parts *parts = &b->manifest->parts;
    b->data[parts->n] = *data;
    parts_add(parts, b->manifest->arena, name, bytes_span(data));
    *data = (struct bytes){0};
}

static int add_sealed(struct build *b, const char *name, struct span plain, const struct age_recipient *to,
                      struct err *e)
{
    struct age_recipient both[2] = {*to, b->in->recovery};
    struct bytes sealed = {0};
    int r = age_seal(plain, both, 2, &sealed, e);
    if (r < 0) {
        bytes_release(&sealed);
        return r;
    }
    add(b, name, &sealed);
    return 0;
}

static int add_rosters(struct build *b, struct err *e)
{
    int r = 0;
    for (size_t i = 0; i < b->in->n_sites && r == 0; i++) {
        char *name = mem_printf("roster/%s.age", b->in->site[i].site);
        r = add_sealed(b, name, b->in->site[i].roster, &b->in->site[i].to, e);
        free(name);
    }
    return r;
}

/* scrypt(code) -> identity, and the code tried on what it must open. */
static int add_coded(struct build *b, const char *name, const struct age_identity *id, const char *code,
                     struct err *e)
{
    struct bytes plain = {0}, sealed = {0};
    struct age_recipient wanted;
    struct age_identity opened = {0};
    age_identity_text(id, &plain);
    bytes_str(&plain, "\n");
    age_identity_recipient(id, &wanted);
    int r = age_seal_code(bytes_span(&plain), span_str(code), AGE_CODE_LOG2N, &sealed, e);
    if (r == 0)
        r = package_identity_by_code(bytes_span(&sealed), code, &wanted, name, &opened, e);
    if (r == 0)
        add(b, name, &sealed);
    age_identity_free(&opened);
    bytes_release(&plain);
    bytes_release(&sealed);
    return r;
}

struct group {
    char name[PROCTORS_PART_TEXT];
    struct proctors_subset members;
};

static int compare_groups(const void *a, const void *b)
{
    return strcmp(((const struct group *)a)->name, ((const struct group *)b)->name);
}

/* In the order of their parts. */
static size_t list_groups(const struct proctors *p, struct group *ret)
{
    size_t n = 0;
    struct proctors_subset s;
    proctors_first(p, &s);
    do {
        ret[n].members = s;
        proctors_part(&s, ret[n++].name);
    } while (proctors_next(p, &s));
    qsort(ret, n, sizeof *ret, compare_groups);
    return n;
}

/* U to each group of proctors that opens the session. */
static int add_groups(struct build *b, struct err *e)
{
    const struct proctors *p = &b->in->proctors;
    struct bytes plain = {0}, sealed = {0};
    int r = 0;
    if (p->n == 0)
        return 0;
    struct group *list = mem_alloc(proctors_subsets(p) * sizeof *list);
    size_t n = list_groups(p, list);
    age_identity_text(&b->unlock, &plain);
    bytes_str(&plain, "\n");
    for (size_t i = 0; i < n && r == 0; i++)
        if ((r = package_seal_to_proctors(bytes_span(&plain), p, &list[i].members, &sealed, e)) == 0)
            add(b, list[i].name, &sealed);
    bytes_release(&plain);
    bytes_release(&sealed);
    free(list);
    return r;
}

/* An age identity file of U and C. */
static void two_identities(const struct build *b, struct bytes *out)
{
    bytes_printf(out, "# kaochang/1 session=%s version=%lld\n# U\n", b->in->session,
                 (long long)b->in->version);
    age_identity_text(&b->unlock, out);
    bytes_str(out, "\n# C\n");
    age_identity_text(&b->close, out);
    bytes_str(out, "\n");
}

/* Who opens the session: whoever has its code, proctors together, or either. */
static int add_unlock(struct build *b, struct package_codes *codes, struct err *e)
{
    int r = 0;
    if (b->in->proctors.n == 0 || b->in->with_code) {
        code_new(codes->unlock);
        r = add_coded(b, "unlock.age", &b->unlock, codes->unlock, e);
    }
    return r < 0 ? r : add_groups(b, e);
}

static int add_release(struct build *b, struct package_codes *codes, struct err *e)
{
    struct bytes both = {0}, sealed = {0};
    int r = 0;
    two_identities(b, &both);
    if (b->in->practice) {
        add(b, "open.txt", &both);
        return 0;
    }
    code_new(codes->close);
    if ((r = add_unlock(b, codes, e)) == 0 &&
        (r = add_coded(b, "close.age", &b->close, codes->close, e)) == 0 &&
        (r = age_seal(bytes_span(&both), &b->in->recovery, 1, &sealed, e)) == 0)
        add(b, "escrow.age", &sealed);
    bytes_release(&both);
    bytes_release(&sealed);
    return r;
}

static int add_parts(struct build *b, struct package_codes *codes, struct err *e)
{
    struct age_recipient *recipient = b->manifest->recipient;
    int r;
    if ((r = age_identity_new(&b->unlock, e)) < 0 || (r = age_identity_new(&b->close, e)) < 0)
        return r;
    age_identity_recipient(&b->unlock, &recipient[MANIFEST_U]);
    age_identity_recipient(&b->close, &recipient[MANIFEST_C]);
    recipient[MANIFEST_R] = b->in->recovery;
    recipient[MANIFEST_O] = b->in->results;
    if ((r = add_sealed(b, "paper.age", b->in->paper, &recipient[MANIFEST_U], e)) < 0 ||
        (r = add_sealed(b, "key.age", b->in->key, &recipient[MANIFEST_C], e)) < 0 ||
        (r = add_rosters(b, e)) < 0)
        return r;
    return add_release(b, codes, e);
}

static size_t max_parts(const struct package_input *in)
{
    return in->n_sites + 6 + proctors_subsets(&in->proctors);
}

static struct manifest *facts(const struct package_input *in)
{
    struct manifest *m = exam_manifest_new();
    m->practice = in->practice;
    m->session = in->session;
    m->title = in->title;
    m->version = in->version;
    m->start = in->start;
    m->end = in->end;
    m->expiry = in->expiry;
    m->ruleset = in->ruleset;
    m->spare_for = in->spare_for;
    m->form = arena_copy(m->arena, in->form, in->n_forms * sizeof *in->form);
    m->n_forms = in->n_forms;
    m->proctors = in->proctors;
    m->parts = parts_new(m->arena, max_parts(in));
    return m;
}

static int sign_and_write(const struct build *b, const char *path, uint8_t ret_hash[PACKAGE_HASH_BYTES],
                          struct err *e)
{
    struct manifest *m = b->manifest;
    struct bytes document = {0};
    struct signatures s;
    char comment[200];
    struct span *data = mem_grow(NULL, m->parts.n, sizeof *data);
    for (size_t i = 0; i < m->parts.n; i++)
        data[i] = bytes_span(&b->data[i]);
    snprintf(comment, sizeof comment, "kaochang/1 role=package session=%s version=%lld", m->session,
             (long long)m->version);
    int r = exam_manifest_write(m, &document, e);
    if (r == 0)
        r = signatures_make(&s, m->arena, bytes_span(&document), comment, b->in->officer, b->in->n_officers,
                            e);
    if (r == 0)
        r = container_write(path, 0644, &package_kind, bytes_span(&document), &s, &m->parts, data, e);
    if (r == 0)
        blake2b_256(ret_hash, bytes_span(&document));
    bytes_release(&document);
    free(data);
    return r;
}

int package_build(const struct package_input *in, const char *path, struct package_codes *ret, struct err *e)
{
    struct package_codes codes = {0};
    struct build b = {.in = in, .manifest = facts(in)};
    b.data = mem_alloc(max_parts(in) * sizeof *b.data);
    int r = in->n_officers ? proctors_check(&in->proctors, e)
                           : err_set(e, ERR_USAGE, NULL, _("no officer signs the package"));
    if (r == 0)
        r = add_parts(&b, &codes, e);
    if (r == 0)
        r = sign_and_write(&b, path, codes.hash, e);
    if (r == 0)
        *ret = codes;
    secret_wipe(&codes, sizeof codes);
    age_identity_free(&b.unlock);
    age_identity_free(&b.close);
    for (size_t i = 0; i < max_parts(in); i++)
        bytes_release(&b.data[i]);
    free(b.data);
    exam_manifest_free(b.manifest);
    return r;
}

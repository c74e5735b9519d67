/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/desk.h"

#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "exam-packages/journal-spill.h"
#include "exam-packages/journal-spill.h"
#include "tests/check.h"

static void make_j(struct desk *d, struct err *e)
{
    struct secret j = {0};
    struct age_recipient to;
    assert_done(secret_new(&j, 32, e), *e);
    secret_random(&j);
    journal_keys_derive(&j, &d->keys);
    age_identity_recipient(&d->recovery, &to);
    assert_done(age_seal(secret_span(&j), &to, 1, &d->j_age, e), *e);
    secret_free(&j);
}

void desk_open(struct desk *d)
{
    struct err e;
    struct minisign_public pub;
    *d = (struct desk){0};
    snprintf(d->dir, sizeof d->dir, "/tmp/kaochang-desk-XXXXXX");
    assert_non_null(mkdtemp(d->dir));
    snprintf(d->path, sizeof d->path, "%s/T001.journal", d->dir);
    assert_done(minisign_new(&d->station, &e), e);
    assert_done(age_identity_new(&d->recovery, &e), e);
    make_j(d, &e);
    minisign_secret_public(&d->station, &pub);
    d->start = (struct journal_epoch){
        .epoch = 1, .session = "S1", .ticket = "T001", .form = "A", .j_age = bytes_span(&d->j_age)};
    memset(d->start.package, 7, sizeof d->start.package);
    memcpy(d->start.station, "Ed", 2);
    memcpy(d->start.station + 2, pub.id, sizeof pub.id);
    memcpy(d->start.station + 10, pub.pk, sizeof pub.pk);
}

void desk_without_spill(const struct desk *d)
{
    struct err e;
    char *spill = journal_spill_path(d->path);
    assert_done(file_mkdirs(spill, true, &e), e);
    free(spill);
}

void desk_drop_spill(const char *journal)
{
    char *spill = journal_spill_path(journal), *slash = strrchr(spill, '/');
    unlink(spill);
    *slash = '\0';
    rmdir(spill);
    free(spill);
}

void desk_close(struct desk *d)
{
    desk_drop_spill(d->path);
    struct file_names names = {0};
    char *spill = journal_spill_path(d->path);
    unlink(spill);
    rmdir(spill);
    rmdir(dirname(spill));
    free(spill);
    if (file_list(d->dir, &names, NULL) == 0)
        for (size_t i = 0; i < names.n; i++) {
            char *path = path_join(d->dir, names.name[i]);
            unlink(path);
            free(path);
        }
    file_names_free(&names);
    rmdir(d->dir);
    minisign_secret_free(&d->station);
    age_identity_free(&d->recovery);
    bytes_release(&d->j_age);
}

struct journal *desk_journal(struct desk *d)
{
    struct err e;
    assert_done(journal_create(d->path, &d->start, NULL, &e), e);
    struct journal *j = desk_again(d);
    assert_done(journal_read(j, NULL, NULL, &e), e);
    return j;
}

struct journal *desk_again(struct desk *d)
{
    struct err e;
    struct journal *j = NULL;
    assert_done(journal_open(&j, d->path, &d->keys, NULL, &e), e);
    return j;
}

void desk_add(struct journal *j, int64_t used_ms, enum journal_kind kind, const char *item, const char *text)
{
    struct err e;
    struct journal_clock at = {
        .used_ms = used_ms, .mono_ms = 5000 + used_ms, .wall_ms = 1800000000000 + used_ms};
    snprintf(at.boot, sizeof at.boot, "%s", "5c3c9a3e-0000-4000-8000-000000000000");
    assert_done(journal_append(j, &at, kind, item, span_str(text), &e), e);
}

void desk_act(const struct desk *d, enum journal_kind kind, int64_t seq, int64_t value, struct bytes *ret)
{
    struct err e;
    struct bytes body = {0}, signature = {0};
    struct journal_act act = {.kind = kind,
                              .session = d->start.session,
                              .ticket = d->start.ticket,
                              .epoch = d->start.epoch,
                              .seq = seq,
                              .value = value,
                              .reason = "the mouse was broken"};
    journal_act_body(&act, &body);
    assert_done(minisign_sign(&d->station, bytes_span(&body), "kaochang/1 role=station", &signature, &e), e);
    bytes_clear(ret);
    journal_act_payload(bytes_span(&body), bytes_span(&signature), (struct span){0}, ret);
    bytes_release(&body);
    bytes_release(&signature);
}

void desk_seal(const struct desk *d, struct journal *j)
{
    struct err e;
    struct bytes body = {0}, signature = {0};
    struct journal_seal seal = {.certificate = span_str("<certificate/>"),
                                .certificate_signature = span_str("sig")};
    journal_head(j, &seal.epoch, &seal.seq, seal.head);
    journal_seal_body(&d->start, seal.seq, seal.head, &body);
    assert_done(minisign_sign(&d->station, bytes_span(&body), "kaochang/1 role=station", &signature, &e), e);
    seal.signature = bytes_span(&signature);
    assert_done(journal_put_seal(j, &seal, &e), e);
    bytes_release(&body);
    bytes_release(&signature);
}

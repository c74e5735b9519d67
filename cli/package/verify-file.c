/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/package/verify-file.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "engine/exam/verify.h"
#include "exam-packages/bundle.h"
#include "exam-packages/container.h"
#include "exam-packages/repository.h"

static void put_hash(json_t *facts, const char *name, const uint8_t hash[32])
{
    char hex[65];
    json_object_set_new(facts, name, json_string(hex_encode(hex, hash, 32)));
}

static void put_proctors(json_t *facts, const struct proctors *p)
{
    if (p->n == 0)
        return;
    json_t *names = json_array();
    for (size_t i = 0; i < p->n; i++)
        json_array_append_new(names, json_string(p->list[i].name));
    json_object_set_new(facts, "proctors", names);
    json_object_set_new(facts, "needed", json_integer((json_int_t)p->needed));
}

static int verify_package(const char *path, const struct trust *t, json_t *facts, struct err *e)
{
    struct package *p = NULL;
    int r = package_open(&p, path, t, e);
    if (r == 0) {
        const struct manifest *m = package_manifest(p);
        json_object_set_new(facts, "session", json_string(m->session));
        json_object_set_new(facts, "version", json_integer(m->version));
        json_object_set_new(facts, "start", json_string(m->start));
        json_object_set_new(facts, "end", json_string(m->end));
        put_proctors(facts, &m->proctors);
        put_hash(facts, "package", package_hash(p));
    }
    package_close(p);
    return r;
}

static int verify_bundle(const char *path, const struct trust *t, json_t *facts, struct err *e)
{
    struct bundle *b = NULL;
    int r = bundle_open(&b, path, t, e);
    if (r == 0) {
        const struct bundle_document *d = bundle_document_of(b);
        json_object_set_new(facts, "session", json_string(d->session));
        json_object_set_new(facts, "station", json_string(d->station));
        json_object_set_new(facts, "sittings", json_integer((json_int_t)d->n_sittings));
        put_hash(facts, "package", d->package);
        put_hash(facts, "bundle", bundle_hash(b));
    }
    bundle_close(b);
    return r;
}

static int verify_supplement(const char *path, const struct trust *t, json_t *facts, struct err *e)
{
    struct supplement *s = NULL;
    int r = supplement_open(&s, path, t, e);
    if (r == 0) {
        const struct supplement_document *d = supplement_document_of(s);
        json_object_set_new(facts, "supplement", json_string(supplement_kind_name(d->kind)));
        json_object_set_new(facts, "session", json_string(d->session));
        json_object_set_new(facts, "number", json_integer(d->number));
        json_object_set_new(facts, "date", json_string(d->date));
        json_object_set_new(facts, "reason", json_string(d->reason));
        json_object_set_new(facts, "signed", json_string(supplement_signers(s)));
        put_hash(facts, "for", d->package);
    }
    supplement_close(s);
    return r;
}

static int verify_repository(const char *path, const struct trust *t, json_t *facts, struct err *e)
{
    struct repository *repo = NULL;
    struct source *source = source_of_folder(path);
    struct clock_reading now;
    clock_read(&now);
    int r = repository_open(&repo, source, t, now.wall_ms, e);
    for (size_t i = 0; r == 0 && i < repo->targets->n_packages; i++) {
        const struct target_package *target = &repo->targets->package[i];
        char *package = path_join(path, target_package_path(repo->arena, target));
        r = repository_check_package(repo, target, package, t, e);
        free(package);
    }
    for (size_t i = 0; r == 0 && i < repo->targets->n_supplements; i++) {
        const struct target_supplement *s = &repo->targets->supplement[i];
        char *supplement = path_join(path, target_supplement_path(repo->arena, s));
        r = repository_check_supplement(repo, s, supplement, t, e);
        free(supplement);
    }
    if (r == 0) {
        json_object_set_new(facts, "version", json_integer(repo->timestamp->version));
        json_object_set_new(facts, "packages", json_integer((json_int_t)repo->targets->n_packages));
    }
    repository_close(repo);
    source_close(source);
    return r;
}

/* The container says in its first entry what it is. */
static int verify_container(const char *path, const struct trust *t, json_t *facts, struct err *e)
{
    bool is_bundle = container_is(path, "application/vnd.kaochang.results+zip");
    bool is_supplement = !is_bundle && supplement_is(path);
    json_object_set_new(facts, "kind", json_string(is_bundle       ? "bundle"
                                                   : is_supplement ? "supplement"
                                                                   : "package"));
    return is_bundle       ? verify_bundle(path, t, facts, e)
           : is_supplement ? verify_supplement(path, t, facts, e)
                           : verify_package(path, t, facts, e);
}

int verify_file(const char *path, const struct trust *t, struct bank *bank, json_t *facts, struct err *e)
{
    struct stat st;
    json_object_set_new(facts, "file", json_string(path));
    if (stat(path, &st) < 0)
        return err_sys(e, path, _("cannot read"));
    if (!S_ISDIR(st.st_mode))
        return verify_container(path, t, facts, e);
    if (exam_is_folder(path)) {
        json_object_set_new(facts, "kind", json_string("exam"));
        return exam_verify(path, bank, facts, e);
    }
    json_object_set_new(facts, "kind", json_string("repository"));
    return verify_repository(path, t, facts, e);
}

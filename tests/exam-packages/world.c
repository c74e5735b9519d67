/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "tests/exam-packages/world.h"

static struct err e;

static struct role_key role_key(const char *name, const struct minisign_secret *secret)
{
    struct role_key key = {.name = name};
    minisign_secret_public(secret, &key.key);
    return key;
}

static void found(struct world *w, int threshold)
{
    struct role_key root = role_key("root", &w->root);
    struct role_key officers[2] = {role_key("officer", &w->officer), role_key("second", &w->second)};
    struct minisign_secret both[2] = {w->officer, w->second};
    struct trust_policy p = {.root = &root,
                             .n_roots = 1,
                             .root_threshold = 1,
                             .officer = officers,
                             .n_officers = 2,
                             .officer_threshold = threshold,
                             .expiry = "2036-01-01T00:00:00+00:00"};
    age_identity_recipient(&w->recovery, &p.recovery);
    age_identity_recipient(&w->results, &p.results);
    assert_done(trust_found(w->office, &p, &w->root, 1, both, 2, &e), e);
    assert_done(trust_load(&w->trust, w->office, &e), e);
    assert_done(
        trust_pin(w->station, trust_root_document(w->trust), trust_root_signatures(w->trust), NULL, &e), e);
    assert_done(trust_load(&w->pinned, w->station, &e), e);
}

void world_new(struct world *w, int threshold)
{
    struct minisign_secret *keys[] = {&w->root, &w->officer, &w->second, &w->stranger, &w->station_key};
    struct age_identity *ids[] = {&w->recovery, &w->results, &w->site};
    *w = (struct world){0};
    /* in memory where that is possible: these worlds are synced to disk some thousand times */
    snprintf(w->dir, sizeof w->dir, "%s/kaochang-world-XXXXXX",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    assert_non_null(mkdtemp(w->dir));
    w->office = path_join(w->dir, "office");
    w->station = path_join(w->dir, "station");
    w->repo = path_join(w->dir, "repo");
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        assert_done(minisign_new(keys[i], &e), e);
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
        assert_done(age_identity_new(ids[i], &e), e);
    found(w, threshold);
}

void world_remove_tree(const char *path)
{
    struct file_names names = {0};
    if (unlink(path) == 0 || file_list(path, &names, &e) < 0)
        return;
    for (size_t i = 0; i < names.n; i++) {
        char *inner = path_join(path, names.name[i]);
        world_remove_tree(inner);
        free(inner);
    }
    file_names_free(&names);
    rmdir(path);
}

void world_free(struct world *w)
{
    trust_free(w->trust);
    trust_free(w->pinned);
    minisign_secret_free(&w->root);
    minisign_secret_free(&w->officer);
    minisign_secret_free(&w->second);
    minisign_secret_free(&w->stranger);
    minisign_secret_free(&w->station_key);
    age_identity_free(&w->recovery);
    age_identity_free(&w->results);
    age_identity_free(&w->site);
    world_remove_tree(w->dir);
    free(w->office);
    free(w->station);
    free(w->repo);
}

char *world_path(const struct world *w, const char *name)
{
    return path_join(w->dir, name);
}

static struct bytes site_roster(const char *session)
{
    struct roster_room room = {.site = "S1", .id = "301", .name = "信息楼 301", .seats = 2};
    struct roster_candidate people[2] = {{.ticket = "420101",
                                          .name = "王芳",
                                          .id_number = "",
                                          .county = "东湖",
                                          .school = "一中",
                                          .site = "S1",
                                          .room = "301",
                                          .seat = 1,
                                          .form = "A"},
                                         {.ticket = "420102",
                                          .name = "李明",
                                          .id_number = "",
                                          .county = "东湖",
                                          .school = "二中",
                                          .site = "S1",
                                          .room = "301",
                                          .seat = 2,
                                          .form = "A"}};
    struct roster whole = {
        .session = session, .site = "", .room = &room, .n_rooms = 1, .candidate = people, .n_candidates = 2};
    struct roster *view = NULL;
    struct bytes out = {0};
    assert_done(roster_check(&whole, &e), e);
    assert_done(roster_site_view(&view, &whole, "S1", &e), e);
    assert_done(roster_write(view, &out, &e), e);
    roster_free(view);
    return out;
}

static struct bytes inner(const char *name, const char *text)
{
    struct bytes out = {0};
    struct zip_writer *z = zip_writer_new(&out);
    assert_done(zip_add(z, name, span_str(text), &e), e);
    assert_done(zip_finish(z, &e), e);
    return out;
}

void world_package(const struct world *w, const char *session, int64_t version, const char *path,
                   int n_officers, struct package_codes *ret)
{
    static const char *const forms[] = {"A"};
    struct minisign_secret keys[2] = {n_officers ? w->officer : w->stranger, w->second};
    struct bytes paper = inner("paper.xml", "<paper/>"), key = inner("key.xml", "<key/>"),
                 roster = site_roster(session);
    struct package_site site = {.site = "S1", .roster = bytes_span(&roster)};
    struct package_input in = {.practice = w->practice,
                               .session = session,
                               .title = "教师计算机等级考试",
                               .start = WORLD_START,
                               .end = WORLD_END,
                               .expiry = WORLD_EXPIRY,
                               .ruleset = "kaochang-1",
                               .version = version,
                               .form = forms,
                               .n_forms = 1,
                               .paper = bytes_span(&paper),
                               .key = bytes_span(&key),
                               .site = &site,
                               .n_sites = 1,
                               .proctors = w->proctors,
                               .with_code = w->with_code,
                               .officer = keys,
                               .n_officers = n_officers ? (size_t)n_officers : 1};
    age_identity_recipient(&w->site, &site.to);
    age_identity_recipient(&w->recovery, &in.recovery);
    age_identity_recipient(&w->results, &in.results);
    assert_done(package_build(&in, path, ret, &e), e);
    bytes_release(&paper);
    bytes_release(&key);
    bytes_release(&roster);
}

struct certificate_chain world_certificate(const struct world *w, struct arena *a)
{
    struct certificate *c = certificate_new();
    struct bytes document = {0}, signature = {0};
    char comment[64];
    c->serial = "0123456789abcdef";
    c->name = "st01";
    c->site = "S1";
    c->room = "301";
    c->from = "2026-01-01T00:00:00+08:00";
    c->until = "2027-12-31T00:00:00+08:00";
    minisign_secret_public(&w->station_key, &c->key);
    assert_done(certificate_write(c, &document, &e), e);
    assert_done(minisign_sign(&w->officer, bytes_span(&document),
                              certificate_comment(c, comment, sizeof comment), &signature, &e),
                e);
    struct certificate_chain chain = {
        .certificate = span_of(arena_copy(a, document.p, document.n), document.n),
        .signature = span_of(arena_copy(a, signature.p, signature.n), signature.n)};
    bytes_release(&document);
    bytes_release(&signature);
    certificate_free(c);
    return chain;
}

void world_bundle(const struct world *w, const char *path, const struct minisign_secret *key,
                  uint8_t hash[32])
{
    struct bundle_document *d = bundle_document_new();
    struct certificate_chain chain = world_certificate(w, d->arena);
    struct bundle_epoch epoch[2] = {{.number = 1, .seq = 57, .head = {1}},
                                    {.number = 1, .seq = 60, .head = {2}}};
    struct bundle_sitting sitting[2] = {{.ticket = "420101", .epoch = &epoch[0], .n_epochs = 1},
                                        {.ticket = "420102", .epoch = &epoch[1], .n_epochs = 1}};
    struct bundle_file files[] = {{"journals/420101.journal", span_str("one")},
                                  {"journals/420102.journal", span_str("two")}};
    struct age_recipient to[2];
    d->session = "am";
    d->station = "st01";
    d->site = "S1";
    d->room = "301";
    d->sitting = sitting;
    d->n_sittings = 2;
    age_identity_recipient(&w->results, &to[0]);
    age_identity_recipient(&w->recovery, &to[1]);
    assert_done(bundle_write(d, files, 2, to, 2, key, &chain, path, hash, &e), e);
    bundle_document_free(d);
}

int world_publish(struct world *w, const char *path, int64_t now_ms, int n_officers, struct err *ret)
{
    struct minisign_secret keys[2] = {w->officer, w->second};
    return repository_publish(w->repo, w->trust, path, NULL, now_ms, keys, (size_t)n_officers, ret);
}

void world_copy_tree(const char *from, const char *to)
{
    struct file_names names = {0};
    if (file_list(from, &names, &e) < 0) {
        assert_done(file_copy(from, to, 0644, &e), e);
        return;
    }
    assert_done(file_mkdirs(to, false, &e), e);
    for (size_t i = 0; i < names.n; i++) {
        char *a = path_join(from, names.name[i]), *b = path_join(to, names.name[i]);
        world_copy_tree(a, b);
        free(a);
        free(b);
    }
    file_names_free(&names);
}

struct bytes world_read(const char *path)
{
    struct bytes data = {0};
    assert_done(file_read(path, 64 << 20, &data, &e), e);
    return data;
}

void world_write(const char *path, struct span data)
{
    assert_done(file_put(path, 0644, data, &e), e);
}

int world_pull(const char *repo, struct trust *t, const char *home, int64_t now_ms, struct err *ret)
{
    struct source *s = source_of_folder(repo);
    int r = repository_pull(s, t, home, now_ms, NULL, NULL, ret);
    source_close(s);
    return r;
}

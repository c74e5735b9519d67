/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/file.h"
#include "tests/client/hall.h"

static struct bytes roster_part(void)
{
    struct err e;
    struct roster_room room[] = {{.site = "S1", .id = "301", .name = "信息楼 301", .seats = 10},
                                 {.site = "S1", .id = "302", .name = "信息楼 302", .seats = 10}};
    struct roster_candidate people[5];
    static const char *const ticket[] = {"T001", "T002", "T003", "T004", "T009"};
    for (int i = 0; i < 5; i++)
        people[i] = (struct roster_candidate){.ticket = ticket[i],
                                              .name = "李明",
                                              .id_number = "420108030217",
                                              .county = "东湖",
                                              .school = "一中",
                                              .site = "S1",
                                              .room = i < 4 ? "301" : "302",
                                              .seat = i + 1,
                                              .form = "A",
                                              .extra_s = i == 3 ? 600 : 0};
    struct roster whole = {
        .session = "am", .site = "", .room = room, .n_rooms = 2, .candidate = people, .n_candidates = 5};
    struct roster *view = NULL;
    struct bytes out = {0};
    assert_done(roster_check(&whole, &e), e);
    assert_done(roster_site_view(&view, &whole, "S1", &e), e);
    assert_done(roster_write(view, &out, &e), e);
    roster_free(view);
    return out;
}

static void build_package(struct hall *h, bool practice, const char *path)
{
    struct err e;
    static const char *const forms[] = {"A"};
    struct bytes paper = {0}, key = {0}, roster = roster_part();
    exam_paper_zip(&paper);
    exam_key_zip(&key);
    struct package_site site = {.site = "S1", .roster = bytes_span(&roster)};
    struct package_input in = {.practice = practice,
                               .session = "am",
                               .title = "A small exam",
                               .start = WORLD_START,
                               .end = WORLD_END,
                               .expiry = WORLD_EXPIRY,
                               .ruleset = "kaochang-1",
                               .version = 1,
                               .form = forms,
                               .n_forms = 1,
                               .paper = bytes_span(&paper),
                               .key = bytes_span(&key),
                               .site = &site,
                               .n_sites = 1,
                               .proctors = h->world.proctors,
                               .officer = &h->world.officer,
                               .n_officers = 1};
    age_identity_recipient(&h->world.site, &site.to);
    age_identity_recipient(&h->world.recovery, &in.recovery);
    age_identity_recipient(&h->world.results, &in.results);
    assert_done(package_build(&in, path, &h->codes, &e), e);
    if (*h->codes.unlock)
        code_show(h->codes.unlock, h->code);
    bytes_release(&paper);
    bytes_release(&key);
    bytes_release(&roster);
}

static void certify(struct hall *h, const struct station *s)
{
    struct err e;
    struct minisign_secret key = {0};
    struct bytes document = {0}, signature = {0};
    struct certificate *c = certificate_new();
    struct minisign_public officer;
    char comment[100], id[MINISIGN_ID_TEXT], name[120];
    assert_done(station_key(s, &key, &e), e);
    c->serial = "0123456789abcdef";
    c->name = s->name;
    c->site = s->site;
    c->room = s->room;
    c->from = "2026-01-01T00:00:00+08:00";
    c->until = "2027-12-31T00:00:00+08:00";
    minisign_secret_public(&key, &c->key);
    assert_done(certificate_write(c, &document, &e), e);
    assert_done(minisign_sign(&h->world.officer, bytes_span(&document),
                              certificate_comment(c, comment, sizeof comment), &signature, &e),
                e);
    minisign_secret_public(&h->world.officer, &officer);
    snprintf(name, sizeof name, "st01.xml.%s.minisig", minisign_id_text(officer.id, id));
    char *file = world_path(&h->world, "st01.xml"), *signature_file = world_path(&h->world, name);
    world_write(file, bytes_span(&document));
    world_write(signature_file, bytes_span(&signature));
    assert_done(station_install(s, h->world.pinned, file, NULL, &e), e);
    free(file);
    free(signature_file);
    certificate_free(c);
    minisign_secret_free(&key);
    bytes_release(&document);
    bytes_release(&signature);
}

static void open_hall(struct hall *h, bool practice, const struct proctors *proctors)
{
    struct err e;
    struct station *s = NULL;
    struct bytes identity = {0};
    *h = (struct hall){0};
    world_new(&h->world, 1);
    if (proctors)
        h->world.proctors = *proctors;
    h->home = h->world.station;
    char *package = world_path(&h->world, "am.exam"), *site = world_path(&h->world, "site.identity");
    build_package(h, practice, package);
    assert_done(
        repository_publish(h->world.repo, h->world.trust, package, NULL, WORLD_NOW, &h->world.officer, 1, &e),
        e);
    assert_done(world_pull(h->world.repo, h->world.pinned, h->home, WORLD_NOW, &e), e);
    age_identity_text(&h->world.site, &identity);
    world_write(site, bytes_span(&identity));
    assert_done(station_create(h->home, "st01", "S1", "301", site, &e), e);
    assert_done(station_load(&s, h->home, &e), e);
    certify(h, s);
    station_free(s);
    bytes_release(&identity);
    free(package);
    free(site);
}

void hall_open(struct hall *h)
{
    open_hall(h, false, NULL);
}

void hall_open_practice(struct hall *h)
{
    open_hall(h, true, NULL);
}

void hall_open_for(struct hall *h, const struct proctors *proctors)
{
    open_hall(h, false, proctors);
}

void hall_unlock(struct hall *h)
{
    struct err e;
    assert_done(agent_start(&(struct agent_start){.home = h->home, .code = h->code}, &h->agent, &e), e);
}

/* The lock of a dead agent is free at once; its process id may stay until init has looked. */
static bool is_gone(const struct hall *h)
{
    char *path = path_join(h->home, "run/agent.lock");
    int fd = open(path, O_RDWR | O_CLOEXEC);
    bool gone = fd < 0 || flock(fd, LOCK_EX | LOCK_NB) == 0;
    if (fd >= 0)
        close(fd);
    free(path);
    return gone;
}

void hall_kill_agent(struct hall *h)
{
    if (h->agent > 0 && kill(h->agent, SIGKILL) == 0)
        while (!is_gone(h))
            usleep(1000);
    h->agent = 0;
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *where)
{
    (void)st;
    (void)kind;
    (void)where;
    return remove(path);
}

void hall_reset(struct hall *h)
{
    struct err e;
    hall_kill_agent(h);
    char *sessions = path_join(h->home, "sessions"), *to = path_join(h->home, "packages/am.exam");
    char *from = world_path(&h->world, "am.exam");
    nftw(sessions, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    assert_done(file_copy(from, to, 0644, &e), e);
    free(sessions);
    free(from);
    free(to);
}

void hall_close(struct hall *h)
{
    hall_kill_agent(h);
    world_free(&h->world);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* bench-packages make HOME MIB: an office's home, and HOME/large.exam, a practice package with that many MiB
 * of paper. bench-packages rosters HOME SITES: one sealed package of that many sites, built once, opened
 * once, and each list opened by its own site; prints a line of processor seconds for each step. Key
 * derivation is a child's and not among them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "base/file.h"
#include "base/mem.h"
#include "bench/clock.h"
#include "exam-packages/package.h"

enum { MIB = 1 << 20, CANDIDATES = 39 };

struct office {
    const char *home;
    struct minisign_secret root, officer;
    struct age_identity recovery, results;
    struct trust *trust;
};

static struct role_key role_key(const char *name, const struct minisign_secret *secret)
{
    struct role_key key = {.name = name};
    minisign_secret_public(secret, &key.key);
    return key;
}

static int found(struct office *o, const char *home, struct err *e)
{
    int r;
    o->home = home;
    if ((r = file_mkdirs(home, false, e)) < 0 || (r = minisign_new(&o->root, e)) < 0 ||
        (r = minisign_new(&o->officer, e)) < 0 || (r = age_identity_new(&o->recovery, e)) < 0 ||
        (r = age_identity_new(&o->results, e)) < 0)
        return r;
    struct role_key root = role_key("root", &o->root), officer = role_key("officer", &o->officer);
    struct trust_policy policy = {.root = &root,
                                  .n_roots = 1,
                                  .root_threshold = 1,
                                  .officer = &officer,
                                  .n_officers = 1,
                                  .officer_threshold = 1,
                                  .expiry = "2036-01-01T00:00:00+00:00"};
    age_identity_recipient(&o->recovery, &policy.recovery);
    age_identity_recipient(&o->results, &policy.results);
    r = trust_found(home, &policy, &o->root, 1, &o->officer, 1, e);
    return r < 0 ? r : trust_load(&o->trust, home, e);
}

static void leave(struct office *o)
{
    trust_free(o->trust);
    minisign_secret_free(&o->root);
    minisign_secret_free(&o->officer);
    age_identity_free(&o->recovery);
    age_identity_free(&o->results);
}

static struct package_input input(const struct office *o, struct span paper)
{
    static const char *const form[] = {"A"};
    struct package_input in = {.session = "am1",
                               .title = "am1",
                               .start = "2026-11-22T09:00:00+08:00",
                               .end = "2026-11-22T11:00:00+08:00",
                               .expiry = "2027-01-22T11:00:00+08:00",
                               .ruleset = "kaochang-1",
                               .version = 1,
                               .form = form,
                               .n_forms = 1,
                               .paper = paper,
                               .key = span_str("key"),
                               .officer = &o->officer,
                               .n_officers = 1};
    age_identity_recipient(&o->recovery, &in.recovery);
    age_identity_recipient(&o->results, &in.results);
    return in;
}

static int make(const struct office *o, const char *mib, struct err *e)
{
    size_t n = strtoull(mib, NULL, 10) * MIB;
    struct package_codes codes;
    char *path = path_join(o->home, "large.exam");
    uint8_t *paper = mem_alloc(n);
    struct package_input in = input(o, span_of(paper, n));
    in.practice = true;
    int r = package_build(&in, path, &codes, e);
    secret_wipe(&codes, sizeof codes);
    free(paper);
    free(path);
    return r;
}

struct sites {
    struct package_site *site;
    struct age_identity *id;
    size_t n;
};

static int add_site(struct sites *s, struct arena *a, struct err *e)
{
    struct roster_room room = {.id = "1", .name = "1", .seats = CANDIDATES};
    struct roster_candidate people[CANDIDATES];
    struct bytes out = {0};
    const char *name = arena_printf(a, "S%05zu", s->n);
    room.site = name;
    for (int i = 0; i < CANDIDATES; i++)
        people[i] = (struct roster_candidate){.ticket = arena_printf(a, "%05zu%04d", s->n, i),
                                              .name = "王芳",
                                              .id_number = "420106199001011234",
                                              .county = "东湖",
                                              .school = "第一中学",
                                              .site = name,
                                              .room = "1",
                                              .seat = i + 1,
                                              .form = "A"};
    struct roster whole = {.session = "am1",
                           .site = "",
                           .room = &room,
                           .n_rooms = 1,
                           .candidate = people,
                           .n_candidates = CANDIDATES};
    struct roster *view = NULL;
    int r = roster_check(&whole, e);
    if (r == 0)
        r = roster_site_view(&view, &whole, name, e);
    if (r == 0)
        r = roster_write(view, &out, e);
    if (r == 0)
        r = age_identity_new(&s->id[s->n], e);
    if (r == 0) {
        struct package_site *site = &s->site[s->n];
        *site = (struct package_site){.site = name, .roster = span_of(arena_copy(a, out.p, out.n), out.n)};
        age_identity_recipient(&s->id[s->n++], &site->to);
    }
    bytes_release(&out);
    roster_free(view);
    return r;
}

static double lap(double *since)
{
    double now = clock_cpu(), took = now - *since;
    *since = now;
    return took;
}

/* Each by its own; its neighbour's identity opens nothing. */
static int open_rosters(const struct package *p, const struct sites *s, struct err *e)
{
    int r = 0;
    for (size_t i = 0; r == 0 && i < s->n; i++) {
        struct roster *roster = NULL;
        if (s->n > 1 &&
            package_open_roster(p, s->site[i].site, &s->id[(i + 1) % s->n], &roster, e) != -ERR_NO)
            r = err_set(e, ERR_BUG, s->site[i].site, "opened by another site");
        else
            r = package_open_roster(p, s->site[i].site, &s->id[i], &roster, e);
        roster_free(roster);
    }
    return r;
}

static int measure(const struct office *o, struct sites *s, struct err *e)
{
    struct package_codes codes;
    struct package *p = NULL;
    struct rusage used;
    char *path = path_join(o->home, "rosters.exam");
    struct package_input in = input(o, span_str("paper"));
    in.site = s->site;
    in.n_sites = s->n;
    double since = clock_cpu();
    int r = package_build(&in, path, &codes, e);
    printf("build %.3f\n", lap(&since));
    if (r == 0)
        r = package_open(&p, path, o->trust, e);
    printf("verify %.3f\n", lap(&since));
    if (r == 0)
        r = open_rosters(p, s, e);
    printf("rosters %.3f\n", lap(&since) / (s->n > 1 ? 2 : 1));
    getrusage(RUSAGE_SELF, &used);
    printf("resident %ld\n", used.ru_maxrss);
    secret_wipe(&codes, sizeof codes);
    package_close(p);
    free(path);
    return r;
}

static int rosters(const struct office *o, const char *count, struct err *e)
{
    size_t n = strtoull(count, NULL, 10);
    struct arena *a = arena_new();
    struct sites s = {.site = mem_alloc(n * sizeof *s.site), .id = mem_alloc(n * sizeof *s.id)};
    int r = 0;
    while (r == 0 && s.n < n)
        r = add_site(&s, a, e);
    if (r == 0)
        r = measure(o, &s, e);
    for (size_t i = 0; i < n; i++)
        age_identity_free(&s.id[i]);
    free(s.site);
    free(s.id);
    arena_free(a);
    return r;
}

int main(int argc, char **argv)
{
    struct office o = {0};
    struct err e = {0};
    char text[sizeof e];
    if (argc != 4) {
        fputs("usage: bench-packages make|rosters HOME NUMBER\n", stderr);
        return ERR_USAGE;
    }
    int r = found(&o, argv[2], &e);
    if (r == 0)
        r = strcmp(argv[1], "make") == 0 ? make(&o, argv[3], &e) : rosters(&o, argv[3], &e);
    if (r < 0)
        fprintf(stderr, "bench-packages: %s\n", err_text(&e, text, sizeof text));
    leave(&o);
    return -r;
}

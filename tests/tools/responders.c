/* SPDX-License-Identifier: Apache-2.0 */
/* responders: simulated candidates sit an open session of a station, through the same line, session rules and
 * journal as real ones. Not installed; ./demo uses it for the seats that no script fills. */
#include <argp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "exam-packages/package.h"
#include "exam-packages/station.h"
#include "tests/tools/responder.h"

enum { MAX_FILE = 1 << 20, AT_ONCE = 4 };

struct options {
    const char *home, *session, *tickets, *exam;
    unsigned long long seed;
    int absent, quit_early, crash;
    double speed;
};

struct list {
    char **ticket;
    size_t n;
};

static void add(struct list *l, const char *ticket, size_t n)
{
    l->ticket = mem_grow(l->ticket, l->n + 1, sizeof *l->ticket);
    l->ticket[l->n++] = mem_printf("%.*s", (int)n, ticket);
}

/* One ticket number on each line. */
static int read_list(const char *path, struct list *ret, struct err *e)
{
    struct bytes text = {0};
    int r = file_read(path, MAX_FILE, &text, e);
    for (const char *p = (const char *)text.p; r == 0 && p && *p;) {
        size_t n = strcspn(p, "\r\n");
        if (n)
            add(ret, p, n);
        p += n;
        p += strspn(p, "\r\n");
    }
    bytes_release(&text);
    return r;
}

/* Everybody of the station's room. */
static int read_room(const struct options *o, struct list *ret, struct err *e)
{
    struct station *s = NULL;
    struct trust *t = NULL;
    struct package *p = NULL;
    struct roster *roster = NULL;
    struct age_identity site = {0};
    char *file = mem_printf("packages/%s.exam", o->session), *path = path_join(o->home, file);
    int r = station_load(&s, o->home, e);
    if (r == 0)
        r = trust_load(&t, o->home, e);
    if (r == 0)
        r = package_open(&p, path, t, e);
    if (r == 0)
        r = station_site_identity(s, &site, e);
    if (r == 0)
        r = package_open_roster(p, s->site, &site, &roster, e);
    for (size_t i = 0; r == 0 && i < roster->n_candidates; i++)
        if (strcmp(roster->candidate[i].room, s->room) == 0)
            add(ret, roster->candidate[i].ticket, strlen(roster->candidate[i].ticket));
    roster_free(roster);
    age_identity_free(&site);
    package_close(p);
    trust_free(t);
    station_free(s);
    free(path);
    free(file);
    return r;
}

/* Who is absent, quits or crashes is drawn by the seed: the first places of a shuffled list. */
static uint32_t *draw(const struct options *o, size_t n)
{
    struct rng r;
    uint32_t *place = mem_alloc((n + 1) * sizeof *place), *rank = mem_alloc((n + 1) * sizeof *rank);
    for (size_t i = 0; i < n; i++)
        place[i] = (uint32_t)i;
    rng_seed(&r, o->seed);
    rng_shuffle(&r, place, n);
    for (size_t i = 0; i < n; i++)
        rank[place[i]] = (uint32_t)i;
    free(place);
    return rank;
}

static pid_t send_in(const struct responder *who)
{
    pid_t child = fork();
    if (child != 0)
        return child;
    struct err e = {0};
    int r = responder_sit(who, &e);
    if (r < 0)
        fprintf(stderr, "responders: %s: %s%s%s\n", who->ticket, e.where, e.where[0] ? ": " : "", e.what);
    _exit(-r);
}

struct pool {
    struct responder *who;
    pid_t *pid;
    size_t n, running;
    int crashed, failed;
};

/* Waits for one to end; who was killed comes back and goes on. */
static void wait_for_one(struct pool *p)
{
    int status = 0;
    pid_t pid = wait(&status);
    for (size_t i = 0; i < p->n; i++) {
        if (p->pid[i] != pid)
            continue;
        p->pid[i] = 0;
        p->running--;
        if (WIFSIGNALED(status) && p->who[i].crashes) {
            p->crashed++;
            p->who[i].crashes = false;
            p->pid[i] = send_in(&p->who[i]);
            p->running++;
        } else if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
            p->failed++;
        }
    }
}

static int sit_all(const struct options *o, const struct list *l)
{
    uint32_t *rank = draw(o, l->n);
    struct keys *keys = keys_open(o->exam);
    struct pool p = {.n = l->n,
                     .who = mem_alloc((l->n + 1) * sizeof *p.who),
                     .pid = mem_alloc((l->n + 1) * sizeof *p.pid)};
    uint32_t quits = (uint32_t)(o->absent + o->quit_early), crashes = quits + (uint32_t)o->crash;
    int absent = 0;
    for (size_t i = 0; i < l->n; i++) {
        if (rank[i] < (uint32_t)o->absent) {
            absent++;
            continue;
        }
        while (p.running >= AT_ONCE)
            wait_for_one(&p);
        p.who[i] = (struct responder){.home = o->home,
                                      .ticket = l->ticket[i],
                                      .keys = keys,
                                      .seed = o->seed,
                                      .quits_early = rank[i] < quits,
                                      .crashes = rank[i] >= quits && rank[i] < crashes,
                                      .speed = o->speed};
        p.pid[i] = send_in(&p.who[i]);
        p.running++;
    }
    while (p.running)
        wait_for_one(&p);
    printf("responders: %zu registered, %zu sat, %d absent, %d killed and resumed, %d failed\n", l->n,
           l->n - (size_t)absent, absent, p.crashed, p.failed);
    keys_close(keys);
    free(p.who);
    free(p.pid);
    free(rank);
    return p.failed ? ERR_NO : 0;
}

static error_t on_option(int key, char *arg, struct argp_state *state)
{
    struct options *o = state->input;
    switch (key) {
    case 'H':
        o->home = arg;
        return 0;
    case 'S':
        o->session = arg;
        return 0;
    case 't':
        o->tickets = arg;
        return 0;
    case 'x':
        o->exam = arg;
        return 0;
    case 's':
        o->seed = strtoull(arg, NULL, 10);
        return 0;
    case 'a':
        o->absent = (int)strtol(arg, NULL, 10);
        return 0;
    case 'q':
        o->quit_early = (int)strtol(arg, NULL, 10);
        return 0;
    case 'c':
        o->crash = (int)strtol(arg, NULL, 10);
        return 0;
    case 'v':
        o->speed = strtod(arg, NULL);
        return 0;
    case ARGP_KEY_END:
        if (!o->home || !o->tickets || !o->exam || (strcmp(o->tickets, "all") == 0 && !o->session))
            argp_error(state, "--home, --tickets and --exam are needed; with --tickets all also --session");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

int main(int argc, char **argv)
{
    static const struct argp_option options[] = {
        {.name = "home", .key = 'H', .arg = "STATION", .doc = "The station home, where the session is open"},
        {.name = "session", .key = 'S', .arg = "SESSION", .doc = "The session, for --tickets all"},
        {.name = "tickets",
         .key = 't',
         .arg = "FILE|all",
         .doc = "Who sits: a ticket number per line, or the whole room"},
        {.name = "exam", .key = 'x', .arg = "EXAM", .doc = "The assembled exam, for its keys"},
        {.name = "seed", .key = 's', .arg = "N", .doc = "Abilities, answers and accidents are drawn from it"},
        {.name = "absent", .key = 'a', .arg = "N", .doc = "So many do not come"},
        {.name = "quit-early",
         .key = 'q',
         .arg = "N",
         .doc = "So many leave half of the items and hand in early"},
        {.name = "crash",
         .key = 'c',
         .arg = "N",
         .doc = "So many are killed (SIGKILL) in the middle and go on"},
        {.name = "speed",
         .key = 'v',
         .arg = "X",
         .doc = "Simulated seconds per second; default: without waiting"},
        {0},
    };
    struct options o = {.seed = 1};
    struct list list = {0};
    struct err e = {0};
    argp_parse(
        &(struct argp){.options = options, .parser = on_option, .doc = "Simulated candidates sit an exam."},
        argc, argv, 0, NULL, &o);
    int r = strcmp(o.tickets, "all") == 0 ? read_room(&o, &list, &e) : read_list(o.tickets, &list, &e);
    if (r < 0)
        fprintf(stderr, "responders: %s%s%s\n", e.where, e.where[0] ? ": " : "", e.what);
    int status = r < 0 ? -r : sit_all(&o, &list);
    for (size_t i = 0; i < list.n; i++)
        free(list.ticket[i]);
    free(list.ticket);
    return status;
}

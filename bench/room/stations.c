/* SPDX-License-Identifier: Apache-2.0 */
/* bench-stations HOMES TICKETS SECONDS PER_SECOND: candidates of many stations in one process, each through
 * the line of its station's agent and with its own sitting and journal. Everybody answers so often a second;
 * measured is the time from an answer that was committed until the agent says that the room has it. HOMES and
 * TICKETS are files of lines, as many of each. Prints one line: answers, kept, lag p50, p90, p99, longest, in
 * milliseconds, seconds it took. */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "client/sitting.h"

enum { MAX_FILE = 1 << 20, MAX_STATIONS = 2000, AFTER_MS = 10000 };

struct station {
    char *home, *ticket;
    struct arena *arena;
    struct link *link;
    struct sitting *sitting;
    int64_t due_us;       /* of the next answer */
    int64_t *answered_us; /* of each answer that the room has not said it has, by the order of seq */
    int64_t *seq;
    size_t waiting, answers;
};

struct bench {
    struct station station[MAX_STATIONS];
    size_t n, lags, answers;
    int64_t *lag;
};

static int64_t now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static size_t read_lines(const char *path, char *ret[], struct err *e)
{
    struct bytes text = {0};
    size_t n = 0;
    if (file_read(path, MAX_FILE, &text, e) < 0)
        return 0;
    bytes_add(&text, "", 1);
    for (const char *line = (const char *)text.p; *line && n < MAX_STATIONS; line += strcspn(line, "\n") + 1)
        ret[n++] = mem_printf("%.*s", (int)strcspn(line, "\n"), line);
    bytes_release(&text);
    return n;
}

static int sit_down(struct station *s, struct err *e)
{
    struct link_candidate me;
    struct link_terms terms;
    struct clock_reading now;
    s->arena = arena_new();
    clock_read(&now);
    int r = link_open(&s->link, s->home, e);
    if (r == 0)
        r = link_sign_in(s->link, s->ticket, "", s->arena, &me, e);
    if (r == 0)
        r = link_start(s->link, s->arena, &terms, e);
    if (r < 0)
        return r;
    r = sitting_open(&s->sitting, &terms, NULL, &now, e);
    link_terms_wipe_keys(&terms);
    if (r == 0)
        r = sitting_start(s->sitting, &now, e);
    link_stored(s->link);
    return r;
}

static int answer(struct bench *b, struct station *s, struct err *e)
{
    static const char *const choice[] = {"A", "B", "C", "D"};
    const char *value[] = {choice[s->answers % 4]};
    struct response response = {.identifier = "RESPONSE", .value = value, .n = 1};
    const struct response_set set = {.response = &response, .n = 1};
    struct clock_reading now;
    int64_t epoch;
    clock_read(&now);
    int r = sitting_answer(s->sitting, s->answers % sitting_session(s->sitting)->n, &set, &now, e);
    if (r < 0)
        return r;
    s->answered_us = mem_grow(s->answered_us, s->waiting + 1, sizeof *s->answered_us);
    s->seq = mem_grow(s->seq, s->waiting + 1, sizeof *s->seq);
    s->answered_us[s->waiting] = now_us();
    sitting_head(s->sitting, &epoch, &s->seq[s->waiting]);
    s->waiting++;
    s->answers++;
    b->answers++;
    link_stored(s->link);
    return 0;
}

static void take_kept(struct bench *b, struct station *s)
{
    const struct link_kept kept = link_kept(s->link);
    size_t done = 0;
    int64_t at = now_us();
    while (done < s->waiting && s->seq[done] <= kept.seq) {
        b->lag = mem_grow(b->lag, b->lags + 1, sizeof *b->lag);
        b->lag[b->lags++] = at - s->answered_us[done++];
    }
    s->waiting -= done;
    memmove(s->seq, s->seq + done, s->waiting * sizeof *s->seq);
    memmove(s->answered_us, s->answered_us + done, s->waiting * sizeof *s->answered_us);
}

static void hear(struct bench *b, struct station *s)
{
    for (enum link_news news = link_poll(s->link); news != LINK_NOTHING && news != LINK_GONE;
         news = link_poll(s->link))
        if (news == LINK_KEPT)
            take_kept(b, s);
}

/* Answers that are due; the time until the next. */
static int64_t answer_due(struct bench *b, int64_t every_us, struct err *e)
{
    int64_t next = every_us;
    for (size_t i = 0; i < b->n; i++) {
        struct station *s = &b->station[i];
        int64_t now = now_us();
        if (s->due_us <= now) {
            if (answer(b, s, e) < 0)
                return -1;
            s->due_us += every_us;
        }
        next = s->due_us - now < next ? s->due_us - now : next;
    }
    return next > 0 ? next : 0;
}

static int measure(struct bench *b, int64_t seconds, int64_t every_us, struct err *e)
{
    struct pollfd *p = mem_alloc(b->n * sizeof *p);
    int64_t begin = now_us(), end = begin + seconds * 1000000;
    for (size_t i = 0; i < b->n; i++) {
        b->station[i].due_us = begin + every_us * (int64_t)i / (int64_t)b->n;
        p[i] = (struct pollfd){.fd = link_fd(b->station[i].link), .events = POLLIN};
    }
    int64_t wait = 0;
    while (wait >= 0 && now_us() < end + AFTER_MS * 1000 && (now_us() < end || b->lags < b->answers)) {
        if (poll(p, b->n, (int)(wait / 1000)) > 0)
            for (size_t i = 0; i < b->n; i++)
                if (p[i].revents)
                    hear(b, &b->station[i]);
        wait = now_us() < end ? answer_due(b, every_us, e) : 10000;
    }
    free(p);
    return wait < 0 ? -1 : 0;
}

static int compare(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static double part(const struct bench *b, double p)
{
    return b->lags ? (double)b->lag[(size_t)((double)(b->lags - 1) * p)] / 1000 : 0;
}

int main(int argc, char **argv)
{
    struct err e = {0};
    char *home[MAX_STATIONS], *ticket[MAX_STATIONS];
    static struct bench b;
    if (argc != 5) {
        fputs("usage: bench-stations HOMES TICKETS SECONDS PER_SECOND\n", stderr);
        return 2;
    }
    size_t n = read_lines(argv[1], home, &e);
    int r = n && read_lines(argv[2], ticket, &e) >= n ? 0 : -1;
    for (; r == 0 && b.n < n; b.n++) {
        b.station[b.n] = (struct station){.home = home[b.n], .ticket = ticket[b.n]};
        r = sit_down(&b.station[b.n], &e);
    }
    int64_t begin = now_us();
    if (r == 0)
        r = measure(&b, strtol(argv[3], NULL, 10), (int64_t)(1e6 / strtod(argv[4], NULL)), &e);
    if (r < 0) {
        fprintf(stderr, "bench-stations: %s: %s\n", e.where, e.what);
        return 1;
    }
    if (b.lags)
        qsort(b.lag, b.lags, sizeof *b.lag, compare);
    printf("%zu %zu %.1f %.1f %.1f %.1f %.1f\n", b.answers, b.lags, part(&b, 0.5), part(&b, 0.9),
           part(&b, 0.99), part(&b, 1), (double)(now_us() - begin) / 1e6);
    return 0;
}

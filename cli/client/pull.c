/* SPDX-License-Identifier: Apache-2.0 */
/* kaochang-client pull: verified packages from a repository into the station. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/client/commands.h"
#include "cli/fetching.h"
#include "exam-packages/repository.h"
#include "exam-packages/station.h"
#include "exam-packages/supplement.h"

static void tell_line(void *context, const struct target_package *t, bool is_new)
{
    (void)context;
    progress_end();
    printf(is_new ? _("%s version %lld: verified and taken\n") : _("%s version %lld: already here\n"),
           t->session, (long long)t->version);
}

static void print_json(json_t *line)
{
    json_dumpf(line, stdout, JSON_COMPACT);
    putchar('\n');
    json_decref(line);
}

static void tell_json(void *context, const struct target_package *t, bool is_new)
{
    (void)context;
    print_json(json_pack("{s:s, s:I, s:b}", "session", t->session, "version", (json_int_t)t->version, "new",
                         (int)is_new));
}

static void tell_supplements(const struct trust *t)
{
    const struct targets *targets = trust_targets(t);
    for (size_t i = 0; i < targets->n_supplements; i++) {
        const struct target_supplement *s = &targets->supplement[i];
        printf(s->kind == SUPPLEMENT_ROSTER ? _("%s supplement %lld: a newer list of candidates\n")
                                            : _("%s supplement %lld: a package is withdrawn\n"),
               s->session, (long long)s->number);
    }
}

static void remark_withdrawn(const struct package *p, const struct trust *t, const char *home)
{
    struct err e;
    char text[1024], *folder = supplements_folder(home);
    if (supplements_check(folder, t, p, &e) < 0)
        fprintf(stderr, _("note: %s\n"), err_text(&e, text, sizeof text));
    free(folder);
}

static void remark_revoked(const struct trust *t, const struct certificate_chain *chain)
{
    struct certificate *c = NULL;
    struct err e;
    if (trust_check_certificate(t, chain, &c, &e) < 0)
        fprintf(stderr,
                _("note: this station's certificate %s; take another machine, or ask the exam office\n"),
                e.what);
    certificate_free(c);
}

/* Days before the exam is the time to notice that this station's certificate will not do. */
static void remark_certificate(const struct station *s, const struct trust *t, const char *home)
{
    struct certificate_chain chain;
    struct certificate *c = NULL;
    struct err e;
    if (station_certificate(s, t, &chain, &c, &e) < 0) {
        fprintf(stderr, _("note: %s\n"), e.what);
        return;
    }
    remark_revoked(t, &chain);
    for (size_t i = 0; i < trust_targets(t)->n_packages; i++) {
        struct package *p = NULL;
        char *path = mem_printf("%s/packages/%s.exam", home, trust_targets(t)->package[i].session);
        int r = package_open(&p, path, t, &e);
        if (r == 0)
            remark_withdrawn(p, t, home);
        if (r == 0 && !certificate_covers(c, package_manifest(p)->start_ms, package_manifest(p)->end_ms))
            fprintf(stderr, _("note: this station's certificate (%s to %s) does not cover session %s\n"),
                    c->from, c->until, package_manifest(p)->session);
        package_close(p);
        free(path);
    }
    certificate_free(c);
}

static void tell_end(const struct args *a, const struct trust *t)
{
    size_t n = trust_targets(t)->n_packages;
    if (args_json(a))
        print_json(json_pack("{s:I, s:I}", "index", (json_int_t)trust_seen(t)->timestamp, "packages",
                             (json_int_t)n));
    else if (n == 0)
        fputs(_("The office has published no package yet.\n"), stderr);
}

static int run(const struct args *a, struct err *e)
{
    const char *home = args_home(a);
    struct fetching f = {0};
    struct station *s = NULL;
    struct trust *t = NULL;
    struct clock_reading now;
    int r, lock = -1;
    clock_read(&now);
    if ((r = fetching_open(&f, a, "from", e)) == 0 && (r = station_load(&s, home, e)) == 0 &&
        (r = trust_lock(home, &lock, e)) == 0 && (r = trust_load(&t, home, e)) == 0)
        r = repository_pull(f.source, t, home, now.wall_ms, args_json(a) ? tell_json : tell_line, NULL, e);
    fetching_close(&f);
    if (r == 0) {
        if (!args_json(a))
            tell_supplements(t);
        tell_end(a, t);
        remark_certificate(s, t, home);
    }
    trust_unlock(lock);
    trust_free(t);
    station_free(s);
    return r;
}

static const struct command_option options[] = {
    {.name = "from",
     .arg = "PLACE",
     .help = N_("A repository: a folder, a USB stick, or a web address such as http://exam.example/repo; of "
                "several the newest counts, and what one lacks comes from another")},
    FETCHING_OPTIONS,
    {0},
};

const struct command cmd_pull = {
    .name = "pull",
    .args = "",
    .summary = N_("Take new packages from a repository, after verifying every step"),
    .example = "kaochang-client pull -C station --from http://exam.example/repo --from /media/usb/repo",
    .options = options,
    .run = run,
};

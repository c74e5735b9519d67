/* SPDX-License-Identifier: Apache-2.0 */
/* kaochang audit: an exam verified from the fingerprint on paper, each check with the command that repeats
 * it. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/program-path.h"
#include "cli/audit/commands.h"
#include "cli/audit/script.h"
#include "cli/identities.h"
#include "exam-packages/audit/audit.h"

struct telling {
    bool faults; /* nothing but these */
    json_t *checks;
    struct bytes script;
};

static void tell_text(const struct telling *t, const struct audit_check *c)
{
    static const char *const word[] = {N_("yes"), N_("NO"), N_("remark"), N_("not looked at")};
    if (t->faults && c->result == AUDIT_YES)
        return;
    if (c->number)
        printf("%d ", c->number);
    printf("%s  %s%s%s%s\n", _(word[c->result]), c->what, *c->why ? " (" : "", c->why, *c->why ? ")" : "");
    if (*c->command)
        printf("    %s\n", c->command);
}

static void tell_json(const struct telling *t, const struct audit_check *c)
{
    json_array_append_new(t->checks, json_pack("{s:i, s:s, s:s, s:s, s:s}", "number", c->number, "result",
                                               audit_result_name(c->result), "what", c->what, "why", c->why,
                                               "command", c->command));
}

static void tell(void *context, const struct audit_check *c)
{
    struct telling *t = context;
    script_add(&t->script, c);
    if (t->checks)
        tell_json(t, c);
    else
        tell_text(t, c);
}

static void print_names(const struct audit_input *in)
{
    struct bytes names = {0};
    script_names(&names, in, false);
    printf("%s\n%s\n", _("# The commands below use a folder of your own, work=$(mktemp -d), and:"),
           (const char *)names.p);
    bytes_release(&names);
}

static void print_counts(const struct telling *t, const struct audit_counts *n)
{
    if (!t->checks) {
        printf(_("%d checks: %d NO, %d remarks; %d things were not looked at\n"), n->checks, n->no,
               n->remarks, n->unseen);
        return;
    }
    json_t *all = json_pack("{s:O, s:i, s:i, s:i, s:i}", "checks", t->checks, "count", n->checks, "no", n->no,
                            "remarks", n->remarks, "unseen", n->unseen);
    json_dumpf(all, stdout, JSON_INDENT(1));
    putchar('\n');
    json_decref(all);
}

/* The files given with --identity, NULL-terminated; malloc'ed. */
static const char **identity_files(const struct args *a)
{
    size_t n = 0;
    const char **file = mem_alloc(sizeof *file), *path;
    for (int i = 0; (path = args_each(a, "identity", i)); i++) {
        file = mem_grow(file, n + 2, sizeof *file);
        file[n++] = path;
    }
    file[n] = NULL;
    return file;
}

static int go(const struct args *a, struct audit_input *in, struct telling *t, struct err *e)
{
    struct audit_counts n = {0};
    const char *script = args_get(a, "script");
    script_begin(&t->script, in);
    if (!t->checks)
        print_names(in);
    int r = audit_run(in, tell, t, &n, e);
    if (r < 0)
        return r;
    print_counts(t, &n);
    fflush(stdout);
    script_end(&t->script);
    if (script && (r = file_put(script, 0755, bytes_span(&t->script), e)) < 0)
        return r;
    return n.no ? err_set(e, ERR_NO, NULL, _("%d of %d checks say no"), n.no, n.checks) : 0;
}

static int run(const struct args *a, struct err *e)
{
    struct clock_reading now;
    struct age_identity *id = NULL;
    struct audit_input in = {.bundles = args_get(a, "bundles"), .receipts = args_get(a, "receipts")};
    struct telling t = {.faults = args_get(a, "faults") != NULL,
                        .checks = args_json(a) ? json_array() : NULL};
    const char **file = identity_files(a);
    char *scorer = program_path("kaochang-score");
    int r = args_need(a, "root", &in.root, e);
    if (r == 0)
        r = args_need(a, "repo", &in.repo, e);
    if (r == 0 && file[0])
        r = identities_read(a, &id, &in.n_ids, e);
    clock_read(&now);
    in.now_ms = now.wall_ms;
    in.id = id;
    in.identity_file = file;
    in.scorer = scorer;
    if (r == 0)
        r = go(a, &in, &t, e);
    json_decref(t.checks);
    bytes_release(&t.script);
    age_identities_free(id, in.n_ids);
    free(scorer);
    free(file);
    return r;
}

static const struct command_option options[] = {
    {.name = "root",
     .arg = "FINGERPRINT",
     .help = N_("The fingerprint of the office's root, as it stands on paper")},
    {.name = "repo", .arg = "DIR", .help = N_("A copy of the repository")},
    {.name = "bundles", .arg = "DIR", .help = N_("A folder of result bundles, FILE.results")},
    {.name = "receipts",
     .arg = "FILE",
     .help = N_("Receipts that candidates showed: a line TICKET RECEIPT each")},
    {.name = "identity",
     .key = 'i',
     .arg = "FILE",
     .help = N_("Opens what it can: R everything, C the key, O the bundles; repeatable")},
    {.name = "script", .arg = "FILE", .help = N_("Write all commands as a script for sh")},
    {.name = "faults", .help = N_("Print only what is not a yes")},
    {0},
};

const struct command cmd_audit = {
    .name = "audit",
    .args = "",
    .min_args = 0,
    .max_args = 0,
    .summary =
        N_("Verify an exam from the root's fingerprint, and say how to repeat each check with other tools"),
    .example = "kaochang audit --root 5b1c-… --repo repo --bundles results --identity recovery.identity"
               " --script audit.sh",
    .options = options,
    .run = run,
};

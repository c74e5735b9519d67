/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/command.h"

#include <argp.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#define MAX_OPTIONS 32
#define MAX_VALUES 256
enum { KEY_LONG = 0x200, KEY_JSON = 0x400, KEY_USAGE };

struct args {
    const struct command *command;
    const char *home;
    bool json;
    const char **positional;
    int n;
    struct {
        int option; /* index in command->options */
        const char *value;
    } value[MAX_VALUES];
    int n_values;
};

const char *args_home(const struct args *a)
{
    return a->home ? a->home : ".";
}

bool args_json(const struct args *a)
{
    return a->json;
}

int args_count(const struct args *a)
{
    return a->n;
}

const char *args_at(const struct args *a, int i)
{
    return i < a->n ? a->positional[i] : NULL;
}

const char *args_each(const struct args *a, const char *name, int i)
{
    for (int v = 0; v < a->n_values; v++)
        if (strcmp(a->command->options[a->value[v].option].name, name) == 0 && i-- == 0)
            return a->value[v].value;
    return NULL;
}

const char *args_get(const struct args *a, const char *name)
{
    const char *last = NULL;
    for (int i = 0;; i++) {
        const char *v = args_each(a, name, i);
        if (!v)
            return last;
        last = v;
    }
}

int args_need(const struct args *a, const char *name, const char **ret, struct err *e)
{
    *ret = args_get(a, name);
    return *ret ? 0 : err_set(e, ERR_USAGE, NULL, _("--%s is missing"), name);
}

int args_int(const struct args *a, const char *name, int64_t lo, int64_t hi, int64_t fallback, int64_t *ret,
             struct err *e)
{
    const char *v = args_get(a, name);
    if (!v) {
        *ret = fallback;
        return 0;
    }
    char *end;
    errno = 0;
    long long x = strtoll(v, &end, 10);
    if (!*v || *end || errno == ERANGE || x < lo || x > hi)
        return err_set(e, ERR_USAGE, NULL, _("--%s %s: not a whole number from %lld to %lld"), name, v,
                       (long long)lo, (long long)hi);
    *ret = x;
    return 0;
}

static bool progress_shown;

void progress(const char *what, int64_t done, int64_t total)
{
    if (!isatty(STDERR_FILENO))
        return;
    if (total > 0)
        fprintf(stderr, "\r\033[K%s %lld / %lld", what, (long long)done, (long long)total);
    else
        fprintf(stderr, "\r\033[K%s %lld", what, (long long)done);
    progress_shown = true;
}

void progress_end(void)
{
    if (progress_shown)
        fputs("\r\033[K", stderr);
    progress_shown = false;
}

static error_t on_option(int key, char *arg, struct argp_state *state)
{
    struct args *a = state->input;
    if (key == 'C') {
        a->home = arg;
        return 0;
    }
    if (key == KEY_JSON) {
        if (a->command->no_json)
            argp_error(state, _("this command has no --json"));
        a->json = true;
        return 0;
    }
    if (key == '?' || key == KEY_USAGE)
        argp_state_help(state, stdout, key == '?' ? ARGP_HELP_STD_HELP : ARGP_HELP_USAGE | ARGP_HELP_EXIT_OK);
    if (key == ARGP_KEY_ARG) {
        if (a->command->max_args >= 0 && a->n >= a->command->max_args)
            argp_error(state, _("too many arguments: %s"), arg);
        a->positional = mem_grow(a->positional, (size_t)a->n + 1, sizeof *a->positional);
        a->positional[a->n++] = arg;
        return 0;
    }
    if (key == ARGP_KEY_END) {
        if (a->n < a->command->min_args)
            argp_error(state, _("an argument is missing: %s"), a->command->args);
        return 0;
    }
    for (int i = 0; a->command->options && a->command->options[i].name; i++) {
        const struct command_option *o = &a->command->options[i];
        if (key != (o->key ? o->key : KEY_LONG + i))
            continue;
        if (a->n_values == MAX_VALUES)
            argp_error(state, _("too many options"));
        a->value[a->n_values].option = i;
        a->value[a->n_values++].value = arg ? arg : "";
        return 0;
    }
    return ARGP_ERR_UNKNOWN;
}

static void fill_options(const struct command *c, struct argp_option *out)
{
    int n = 0;
    for (; c->options && c->options[n].name && n < MAX_OPTIONS; n++)
        out[n] = (struct argp_option){.name = c->options[n].name,
                                      .key = c->options[n].key ? c->options[n].key : KEY_LONG + n,
                                      .arg = c->options[n].arg,
                                      .doc = _(c->options[n].help)};
    out[n++] = (struct argp_option){.name = "home", .key = 'C', .arg = "DIR",
                                    .doc = _("The office or station home (default: the current folder)")};
    out[n++] = (struct argp_option){.name = "json", .key = KEY_JSON, .flags = c->no_json ? OPTION_HIDDEN : 0,
                                    .doc = _("Print one JSON document, or JSON Lines, and nothing else")};
    out[n++] = (struct argp_option){.name = "help", .key = '?', .doc = _("Show this list"), .group = -1};
    out[n++] = (struct argp_option){.name = "usage", .key = KEY_USAGE, .doc = _("Show a short form of it")};
}

/* Texts of argp's own that it looks up in our catalog. */
__attribute__((unused)) static const char *const argp_texts[] = {
    N_("Usage:"), N_(" [OPTION...]"), N_("Try `%s --help' or `%s --usage' for more information.\n")};

static void print_error(const char *who, const struct err *e)
{
    if (!e->what[0])
        return;
    fprintf(stderr, "%s: %s%s%s\n", who, e->where, e->where[0] ? ": " : "", e->what);
    if (e->hint[0])
        fprintf(stderr, "  %s\n", e->hint);
}

/* Everything printed is out, or the status says that it is not. */
static int flushed(const char *who, int r)
{
    struct err e = {0};
    if (fflush(stdout) != 0)
        err_sys(&e, NULL, _("cannot write the output"));
    else if (ferror(stdout))
        err_set(&e, ERR_ENV, NULL, _("cannot write the output"));
    print_error(who, &e);
    return e.kind ? -(int)e.kind : r;
}

/* An example of one line, broken before options so that what --help shows can be pasted. The caller frees. */
static char *folded(const char *line)
{
    struct bytes out = {0};
    size_t column = 0;
    bytes_add(&out, "", 0);
    while (*line) {
        const char *next = strstr(line + 1, " -");
        size_t n = next ? (size_t)(next - line) : strlen(line);
        if (column > 0 && column + n > 70) {
            bytes_str(&out, " \\\n   ");
            column = 2;
        }
        bytes_add(&out, line, n);
        column += n;
        line += n;
    }
    return (char *)out.p;
}

static int run_command(const struct program *p, const struct command *c, int argc, char **argv)
{
    struct argp_option options[MAX_OPTIONS + 5] = {0};
    fill_options(c, options);
    char *example = folded(c->example);
    char *doc = mem_printf("%s\v%s\n  %s", _(c->summary), _("Example:"), example);
    const struct argp argp = {
        .options = options, .parser = on_option, .args_doc = c->args, .doc = doc, .argp_domain = "kaochang"};
    /* argp counts bytes, not columns: a language says here what fills a line of 79. */
    setenv("ARGP_HELP_FMT", _("no-dup-args-note,rmargin=79"), 0);
    char *who = mem_printf("%s%s%s", p->name, c->name[0] ? " " : "", c->name);
    struct args a = {.command = c};
    argv[0] = who;
    argp_err_exit_status = ERR_USAGE;
    argp_parse(&argp, argc, argv, ARGP_NO_HELP, NULL, &a);
    struct err e = {0};
    int r = c->run(&a, &e);
    progress_end();
    if (r < 0)
        print_error(who, &e);
    if (r == 0 || r == -ERR_NO)
        r = flushed(who, r);
    free(a.positional);
    free(who);
    free(doc);
    free(example);
    return -r;
}

/* Words of `name` that argv holds from position 1 on, or 0 if it is another command. */
static int words_matched(const char *name, int argc, char **argv)
{
    int words = 0;
    while (*name) {
        size_t n = strcspn(name, " ");
        if (words + 1 >= argc || strlen(argv[words + 1]) != n || strncmp(name, argv[words + 1], n) != 0)
            return 0;
        words++;
        name += n;
        name += strspn(name, " ");
    }
    return words;
}

static void print_overview(const struct program *p, FILE *out)
{
    fprintf(out, "%s %s: %s\n\n", p->name, KAOCHANG_VERSION, _(p->summary));
    for (int g = 0; p->groups[g]; g++)
        for (int i = 0; p->groups[g][i]; i++) {
            const struct command *c = p->groups[g][i];
            char *usage = mem_printf("%s %s", c->name, c->args);
            int pad = 34 - (int)text_width(usage);
            fprintf(out, "  %s%*s %s\n", usage, pad > 0 ? pad : 0, "", _(c->summary));
            free(usage);
        }
    fprintf(out, "\n%s\n", _("Add --help to a command for its options and an example."));
}

int program_main(const struct program *p, int argc, char **argv)
{
    if (argc >= 2 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0)) {
        print_overview(p, stdout);
        return -flushed(p->name, 0);
    }
    if (argc >= 2 && strcmp(argv[1], "--version") == 0) {
        printf("%s %s\n", p->name, KAOCHANG_VERSION);
        return -flushed(p->name, 0);
    }
    char *home[2] = {NULL, NULL};
    if (argc >= 4 && strcmp(argv[1], "-C") == 0) { /* "kaochang -C DIR bank list" too */
        home[0] = argv[1];
        home[1] = argv[2];
    }
    int skip = home[0] ? 2 : 0;
    const struct command *best = NULL;
    int best_words = -1;
    for (int g = 0; p->groups[g]; g++)
        for (int i = 0; p->groups[g][i]; i++) {
            int words = words_matched(p->groups[g][i]->name, argc - skip, argv + skip);
            if (words > best_words && words > 0) {
                best = p->groups[g][i];
                best_words = words;
            }
        }
    if (!best) {
        if (argc > 1 + skip)
            fprintf(stderr, _("%s: there is no command \"%s\"\n  %s --help lists them all\n"), p->name, argv[1 + skip],
                    p->name);
        else
            print_overview(p, stderr);
        return ERR_USAGE;
    }
    /* argv for the command: a place for its name, -C DIR if it stood first, then its own words */
    int n = 0;
    char **own = mem_alloc(sizeof *own * (size_t)(argc + 3));
    own[n++] = argv[0];
    if (home[0]) {
        own[n++] = home[0];
        own[n++] = home[1];
    }
    for (int i = 1 + skip + best_words; i < argc; i++)
        own[n++] = argv[i];
    int status = run_command(p, best, n, own);
    free(own);
    return status;
}

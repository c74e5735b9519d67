/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "cli/args.h"
#include "cli/secret-guard.h"

static void print_error(const char *who, struct err *e)
{
    if (!e->what[0])
        return;
    secret_mask(e->where);
    secret_mask(e->what);
    text_disarm(e->where); /* it may name a file of a stranger's stick */
    text_disarm(e->what);
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

/* Keys are in memory. A limit of one byte keeps the kernel from feeding a pipe (core_pattern) too, which 0 would
 * not. */
static void leave_no_core(void)
{
    const struct rlimit one = {.rlim_cur = 1, .rlim_max = 1};
    setrlimit(RLIMIT_CORE, &one);
}

static int run_command(const struct program *p, const struct command *c, int argc, char **argv)
{
    char *who = mem_printf("%s%s%s", p->name, c->name[0] ? " " : "", c->name);
    struct args a;
    struct err e = {0};
    argv[0] = who;
    leave_no_core();
    args_parse(&a, c, argc, argv);
    int r = secret_guard(&a, &e);
    if (r == 0)
        r = c->run(&a, &e);
    progress_end();
    if (r < 0)
        print_error(who, &e);
    if (r == 0 || r == -ERR_NO)
        r = flushed(who, r);
    args_release(&a);
    free(who);
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

/* The command whose name takes the most words of argv, or NULL. */
static const struct command *find_command(const struct program *p, int argc, char **argv, int *ret_words)
{
    const struct command *best = NULL;
    *ret_words = 0;
    for (int g = 0; p->groups[g]; g++)
        for (int i = 0; p->groups[g][i]; i++) {
            int words = words_matched(p->groups[g][i]->name, argc, argv);
            if (words > *ret_words) {
                best = p->groups[g][i];
                *ret_words = words;
            }
        }
    return best;
}

/* With argv for the command: a place for its name, -C DIR if it stood first, then its own words. */
static int run_found(const struct program *p, const struct command *c, int argc, char **argv, int skip,
                     int words)
{
    int n = 0;
    char **own = mem_alloc(sizeof *own * (size_t)(argc + 3));
    for (int i = 0; i <= skip; i++)
        own[n++] = argv[i];
    for (int i = 1 + skip + words; i < argc; i++)
        own[n++] = argv[i];
    int status = run_command(p, c, n, own);
    free(own);
    return status;
}

static bool begins_with_word(const char *name, const char *word)
{
    size_t n = strlen(word);
    return strncmp(name, word, n) == 0 && name[n] == ' ';
}

/* The commands, or those that begin with a word. Returns how many there are. */
static int print_commands(const struct program *p, const char *word, FILE *out)
{
    int n = 0;
    for (int g = 0; p->groups[g]; g++)
        for (int i = 0; p->groups[g][i]; i++) {
            const struct command *c = p->groups[g][i];
            if (word && !begins_with_word(c->name, word))
                continue;
            char *usage = mem_printf("%s%s%s", c->name, *c->args ? " " : "", c->args);
            int pad = 34 - (int)text_width(usage);
            if (pad < 0)
                fprintf(out, "  %s\n  %*s %s\n", usage, 34, "", _(c->summary));
            else
                fprintf(out, "  %s%*s %s\n", usage, pad, "", _(c->summary));
            free(usage);
            n++;
        }
    return n;
}

static void print_overview(const struct program *p, FILE *out)
{
    fprintf(out, "%s %s: %s\n\n", p->name, KAOCHANG_VERSION, _(p->summary));
    print_commands(p, NULL, out);
    fprintf(out, "\n%s\n", _("Add --help to a command for its options and an example."));
}

static bool is_version(int argc, char **argv)
{
    return argc >= 2 && strcmp(argv[1], "--version") == 0;
}

static int print_version(const struct program *p)
{
    printf("%s %s\n", p->name, KAOCHANG_VERSION);
    return -flushed(p->name, 0);
}

int program_only(const struct program *p, const struct command *c, int argc, char **argv)
{
    return is_version(argc, argv) ? print_version(p) : run_command(p, c, argc, argv);
}

int program_main(const struct program *p, int argc, char **argv)
{
    if (argc >= 2 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0)) {
        print_overview(p, stdout);
        return -flushed(p->name, 0);
    }
    if (is_version(argc, argv))
        return print_version(p);
    int skip = argc >= 4 && strcmp(argv[1], "-C") == 0 ? 2 : 0; /* "kaochang -C DIR bank list" too */
    int words;
    const struct command *c = find_command(p, argc - skip, argv + skip, &words);
    if (c)
        return run_found(p, c, argc, argv, skip, words);
    const char *word = argc > 1 + skip ? argv[1 + skip] : NULL;
    const char *second = argc > 2 + skip ? argv[2 + skip] : "";
    bool asked = strcmp(second, "--help") == 0 || strcmp(second, "help") == 0;
    if (word && print_commands(p, word, asked ? stdout : stderr) > 0) {
        if (asked)
            return -flushed(p->name, 0);
        if (*second)
            fprintf(stderr, _("%s %s: there is no command \"%s\"\n"), p->name, word, second);
        return ERR_USAGE;
    }
    if (word)
        fprintf(stderr, _("%s: there is no command \"%s\"\n  %s --help lists them all\n"), p->name,
                word, p->name);
    else
        print_overview(p, stderr);
    return ERR_USAGE;
}

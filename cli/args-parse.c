/* SPDX-License-Identifier: Apache-2.0 */
/* argp, told of a command's options and of those that every command has. */
#include <argp.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/args.h"

enum { COMMON_OPTIONS = 5, KEY_LONG = 0x200, KEY_JSON = 0x400, KEY_USAGE };

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
        if (a->n_values == ARGS_MAX_VALUES)
            argp_error(state, _("too many options"));
        a->value[a->n_values].option = i;
        a->value[a->n_values++].value = arg ? arg : "";
        return 0;
    }
    return ARGP_ERR_UNKNOWN;
}

/* The command's own and those that every command has. The caller frees. */
static struct argp_option *options_of(const struct command *c)
{
    size_t own = 0;
    int n = 0;
    while (c->options && c->options[own].name)
        own++;
    struct argp_option *out = mem_alloc((own + COMMON_OPTIONS) * sizeof *out);
    for (; (size_t)n < own; n++)
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
    return out;
}

/* Texts of argp's own that it looks up in our catalog. */
__attribute__((unused)) static const char *const argp_texts[] = {
    N_("Usage:"), N_(" [OPTION...]"), N_("Try `%s --help' or `%s --usage' for more information.\n")};

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

void args_parse(struct args *ret, const struct command *command, int argc, char **argv)
{
    struct argp_option *options = options_of(command);
    char *example = folded(command->example);
    char *doc = mem_printf("%s\v%s\n  %s", _(command->summary), _("Example:"), example);
    const struct argp argp = {.options = options,
                              .parser = on_option,
                              .args_doc = command->args[0] ? command->args : NULL, /* gettext("") is a header */
                              .doc = doc,
                              .argp_domain = "kaochang"};
    /* argp counts bytes, not columns: a language says here what fills a line of 79. */
    setenv("ARGP_HELP_FMT", _("no-dup-args-note,rmargin=79"), 0);
    *ret = (struct args){.command = command};
    argp_err_exit_status = ERR_USAGE;
    argp_parse(&argp, argc, argv, ARGP_NO_HELP, NULL, ret);
    free(options);
    free(doc);
    free(example);
}

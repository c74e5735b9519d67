/* SPDX-License-Identifier: Apache-2.0 */
/* One command: a small file that parses, calls one library function, and prints. The programs are tables of these. */
#ifndef KAOCHANG_CLI_COMMAND_H
#define KAOCHANG_CLI_COMMAND_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

/* An option: "--seed S". `arg` is NULL for a flag. A table of them ends with a NULL name. */
struct command_option {
    const char *name;
    char key; /* one-letter form, or 0 */
    const char *arg;
    const char *help; /* N_("…") */
};

struct args;

struct command {
    const char *name;    /* "bank import" */
    const char *args;    /* "FILE…", or "" */
    int min_args, max_args; /* max -1: any number */
    const char *summary; /* N_("…"): one line */
    const char *example; /* a line that can be typed as it stands */
    const struct command_option *options; /* NULL: none of its own; -C/--home, --json, --help always exist */
    bool no_json; /* it prints a text for people, or nothing: --json is refused and not listed */
    /* Returns 0 or the negative err_kind with e set. A "no" is ERR_NO; with an empty e->what nothing more is
     * printed. */
    int (*run)(const struct args *a, struct err *e);
};

/* -C DIR, or the current folder. */
const char *args_home(const struct args *a);
bool args_json(const struct args *a);
int args_count(const struct args *a);
const char *args_at(const struct args *a, int i);
/* Value of an option ("" for a flag that is set), or NULL; args_each gives the i-th of a repeated one. */
const char *args_get(const struct args *a, const char *name);
const char *args_each(const struct args *a, const char *name, int i);
/* As args_get; ERR_USAGE when absent. */
MUST_CHECK int args_need(const struct args *a, const char *name, const char **ret, struct err *e);
/* A whole number within lo..hi, `fallback` when absent; ERR_USAGE otherwise. */
MUST_CHECK int args_int(const struct args *a, const char *name, int64_t lo, int64_t hi, int64_t fallback,
                        int64_t *ret, struct err *e);

/* One-line progress on a terminal, none in a pipe. `done` of `total`; total 0: unknown. End with progress_end. */
void progress(const char *what, int64_t done, int64_t total);
/* The same with a line of any words; what is wider than the terminal is cut. */
void progress_line(const char *line);
void progress_end(void);

/* A program: NULL-terminated groups of NULL-terminated commands. Finds the command, parses, runs, prints the error as
 * "program command: where: what", and returns the exit status. */
struct program {
    const char *name;
    const char *summary; /* N_ */
    const struct command *const *const *groups;
};
int program_main(const struct program *p, int argc, char **argv);
/* A program that is one command, whose name is "": the same without a word for it. */
int program_only(const struct program *p, const struct command *c, int argc, char **argv);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* The options by which commands choose items. */
#ifndef KAOCHANG_CLI_BANK_FILTER_H
#define KAOCHANG_CLI_BANK_FILTER_H

#include "base/arena.h"
#include "cli/command.h"
#include "paperbank/bank/bank.h"

/* Entries of a table of options. */
#define FILTER_OPTIONS                                                                                       \
    {.name = "knowledge-point",                                                                              \
     .arg = "CODE",                                                                                          \
     .help = N_("Only this knowledge point and what lies below it")},                                        \
        {.name = "kind",                                                                                     \
         .arg = "KIND",                                                                                      \
         .help = N_("Only this kind, for example single, multiple, truefalse, fill")},                       \
        {.name = "level", .arg = "LEVEL", .help = N_("Only this cognitive level")},                          \
        {.name = "state", .arg = "STATE", .help = N_("Only draft, reviewed, approved or retired")},          \
        {.name = "delivery",                                                                                 \
         .arg = "CLASS",                                                                                     \
         .help = N_("Only terminal, graphic or nothing (not to be answered)")},                              \
        {.name = "facility",                                                                                 \
         .arg = "FROM..TO",                                                                                  \
         .help = N_("Only items of known facility within, for example 0.3..0.7")},                           \
        {.name = "used", .help = N_("Only items that an exam has used")},                                    \
    {                                                                                                        \
        .name = "unused", .help = N_("Only items that no exam has used")                                     \
    }
#define PAGE_OPTIONS                                                                                         \
    {.name = "limit", .arg = "N", .help = N_("At most so many items")},                                      \
    {                                                                                                        \
        .name = "offset", .arg = "N", .help = N_("Leave out so many items before")                           \
    }

/* ERR_USAGE for a misspelt word or a range that is none: they would look like an empty bank. `text` is not
 * set. */
MUST_CHECK int filter_read(struct bank_filter *ret, const struct args *a, struct err *e);
/* Reads the filter and runs the command over the office's bank. */
typedef int filter_command(const struct args *a, struct bank *bank, struct bank_filter *filter,
                           struct arena *arena, struct err *e);
MUST_CHECK int filter_run(const struct args *a, filter_command *command, struct err *e);
/* --limit, --offset. */
struct page {
    size_t limit, offset;
};
MUST_CHECK int page_read(struct page *ret, const struct args *a, int64_t limit, struct err *e);
/* Says how to see what comes after the page. */
void page_more(const struct page *p);
/* True if any of the options is given. */
bool filter_given(const struct args *a);
/* "0.8" to thousandths within lo..hi; `fallback` when absent. */
MUST_CHECK int thousandths_option(const struct args *a, const char *name, int64_t lo, int64_t hi,
                                  int64_t fallback, int64_t *ret, struct err *e);
/* Who does it: --by, which must be there. */
MUST_CHECK int person_option(const struct args *a, const char **ret, struct err *e);

#endif

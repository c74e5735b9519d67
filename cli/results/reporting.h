/* SPDX-License-Identifier: Apache-2.0 */
/* What the report commands share: the data of a session, and where the pages go. */
#ifndef KAOCHANG_CLI_RESULTS_REPORTING_H
#define KAOCHANG_CLI_RESULTS_REPORTING_H

#include "cli/command.h"
#include "cli/office/exam.h"
#include "statistics/report.h"
#include "statistics/tables.h"
#include "sync/lab.h"

struct reporting {
    struct desk desk; /* its session is the first one named */
    struct office_session *session; /* those that --session names, of one exam; then those of --make-up */
    size_t n_sessions, n_named;     /* all of them; the former */
    const char *
        *beside; /* lab sessions of other papers of the same sitting: cheating there strikes the mark here */
    size_t n_beside;
    int64_t n_struck;
    struct lab_session **lab; /* of each of a lab-skills exam; NULL where the store has no plan */
    int64_t silent_rooms; /* from which nothing has come */
    int64_t from_spares;  /* results that come from spare sessions */
    struct paper *paper; /* NULL for a lab-skills exam */
    bool is_lab;
    char *store;         /* the file */
    struct arena *arena; /* owns the texts of the report */
    struct store_result *result;
    size_t n_results;
    struct rates_lines lines;
    struct rates rates;
    int64_t decimals;
    struct report report; /* all but kind, subject, table and footnote */
};

/* Opens office, session, paper or plan, and store, and reads the results. Options: session, store, title, decimals; pass
 * and high where a plan has no lines of its own. Close it whether
 * this succeeds or not. */
MUST_CHECK int reporting_open(struct reporting *ret, const struct args *a, struct err *e);
void reporting_close(struct reporting *r);

/* Writes the report as --format and --output say: text on standard output when neither is given; one format to a file;
 * several to a folder as KIND.html, KIND.csv … */
MUST_CHECK int reporting_write(const struct reporting *r, const struct args *a, struct err *e);

/* The sessions that are named, into the desk and r->session. Called by reporting_open, as is the next. */
MUST_CHECK int reporting_sessions(struct reporting *r, const struct args *a, struct err *e);
/* Results of all sessions, read side by side: each candidate once, where he has a mark; then the rates, and
 * the store's digest. */
MUST_CHECK int reporting_join(struct reporting *r, struct err *e);

/* --level: "city,school" into RATES_LEVELS flags. ERR_USAGE. */
MUST_CHECK int reporting_levels(const char *list, bool *level, struct err *e);

#define SITTING_OPTION                                                                                       \
    {                                                                                                        \
        .name = "sitting", .arg = "ID",                                                                      \
        .help = N_("A lab session of the same sitting: who cheated there has no mark here; repeatable")      \
    }

#define REPORTING_OPTIONS                                                                                              \
    {.name = "session", .arg = "ID", .help = N_("The session; repeatable: several half-days of one exam together")},   \
    {.name = "format", .arg = "LIST", .help = N_("text, html, csv, json, or several with commas")},                    \
    {.name = "output", .key = 'o', .arg = "PLACE", .help = N_("A file, or a folder for several formats")},             \
    {.name = "decimals", .arg = "N", .help = N_("Decimals of percentages and means, half up (default 2)")},            \
    {.name = "title", .arg = "TEXT", .help = N_("Title (default: the session's)")},                                    \
    {.name = "pass", .arg = "POINTS", .help = N_("Pass line of a lab-skills exam (default: 60 per cent of the points)")},      \
    {.name = "high", .arg = "POINTS", .help = N_("High-score line of a lab-skills exam (default: 85 per cent)")},             \
    {.name = "store", .arg = "FILE", .help = N_("The central store (default: store.db in the office's home)")}

#endif

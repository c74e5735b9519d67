/* SPDX-License-Identifier: Apache-2.0 */
/* A report: a table with what stands around it, written for the terminal, as a page to print, or as data. The same
 * store and the same language give the same bytes: no clock, no host, no path. */
#ifndef KAOCHANG_STATISTICS_REPORT_H
#define KAOCHANG_STATISTICS_REPORT_H

#include "statistics/rates.h"
#include "statistics/table.h"

struct report_fact {
    const char *key;  /* in JSON */
    const char *head; /* translated */
    const char *text;
};

enum { REPORT_MAX_FACTS = 16, REPORT_MAX_NOTICES = 8 };

struct report {
    const char *kind;    /* "rates", "candidates": the name of its files, and the "report" in JSON */
    const char *office;  /* who publishes it */
    const char *title;   /* of the session, or as wished */
    const char *subject; /* "Pass rates", translated */
    struct report_fact fact[REPORT_MAX_FACTS]; /* session, window, lines … */
    size_t n_facts;
    const char *notice[REPORT_MAX_NOTICES]; /* what a reader must know before using the figures */
    size_t n_notices;
    const struct rates *rates; /* for the figures at the head and the chart; may be NULL */
    int decimals;
    const struct table *table;
    const char *footnote; /* definitions; may be NULL */
    uint8_t digest[32];   /* of the store */
};

void report_text(const struct report *r, struct bytes *out);
/* Self-contained: style inside, bars as SVG, nothing to load, no script. */
void report_html(const struct report *r, struct bytes *out);
void report_csv(const struct report *r, struct bytes *out);
void report_json(const struct report *r, struct bytes *out);

#endif

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

enum { REPORT_MAX_FACTS = 16, REPORT_MAX_NOTICES = 8, REPORT_MAX_SECTIONS = 12 };

/* A further table with its heading. */
struct report_section {
    const char *key;    /* in JSON */
    const char *head;   /* translated */
    const char *note;   /* what the figures mean; may be "" */
    const char *figure; /* HTML: an inline SVG; "" none */
    struct table *table;
};

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
    const struct table *table; /* may be NULL where there are sections */
    struct report_section section[REPORT_MAX_SECTIONS];
    size_t n_sections;
    const char *footnote; /* definitions; may be NULL */
    uint8_t digest[32];   /* of the store */
};

/* Sections make it a document: then no line of prose is wider than 80 columns. */
void report_text(const struct report *r, struct bytes *out);
/* Self-contained: style inside, bars as SVG, nothing to load, no script. */
void report_html(const struct report *r, struct bytes *out);
/* Sections follow each other, each under a line with its heading. */
void report_csv(const struct report *r, struct bytes *out);
void report_json(const struct report *r, struct bytes *out);

#endif

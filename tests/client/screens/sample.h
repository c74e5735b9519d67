/* SPDX-License-Identifier: Apache-2.0 */
/* A sitting to look at: items of the folder `items` beside this file, a candidate, a room; every screen in its usual state. */
#ifndef KAOCHANG_TESTS_CLIENT_SCREENS_SAMPLE_H
#define KAOCHANG_TESTS_CLIENT_SCREENS_SAMPLE_H

#include "client/screens/model.h"
#include "client/screens/update.h"
#include "client/screens/tutorial.h"
#include "client/session/session.h"

enum { SAMPLE_ITEMS = 5, SAMPLE_LENGTH = 60 };
enum { SAMPLE_COUNTIF, SAMPLE_PASSWORD, SAMPLE_RECYCLE, SAMPLE_LONG, SAMPLE_FILL };

struct sample {
    struct item *item[SAMPLE_ITEMS]; /* those that are loaded; others NULL */
    struct work *work;
    struct model m;
    struct paper *paper; /* this and the session: of sample_sections, else NULL */
    struct session *session;
    struct tutorial *tutorial; /* of sample_tutorial */
};

/* A paper of `length` items (the five in turn), signed in, at item 1, nothing answered. */
void sample_init(struct sample *s, int width, int height, size_t length);
/* The same on the smallest screen. */
struct sample sample_new(size_t length);
/* A paper of the one item items/NAME.xml. */
void sample_init_one(struct sample *s, const char *name, int width, int height);
void sample_release(struct sample *s);
/* The same with the first 17 items as in the design's sketch: most answered, 7 and 15 open, 12 flagged, 17 shown. */
void sample_in_the_middle(struct sample *s);

/* Rules of sections for a paper of 60 items: 1 to 15 (once), 16 to 40 (30 minutes, once), 41 to 60 (linear).
 * The first is left, item 17 is shown. */
void sample_sections(struct sample *s);
/* What the sitting behind the screens does: a visit, time. */
void sample_visit(struct sample *s, size_t item);
void sample_pass(struct sample *s, int64_t ms);
/* The paper allows scratch notes and a calculator. */
void sample_tools(struct sample *s);
/* At the rules, pledged, with a tutorial before the start. */
void sample_tutorial(struct sample *s);
/* An answer to the first part. */
void sample_answer(struct question *q);

/* The question that is shown. */
struct question *sample_question(const struct sample *s);

/* Sends an event, or a key; returns the effects. */
struct effects sample_send(struct sample *s, struct event e);
struct effects sample_key(struct sample *s, enum key_code code);
struct effects sample_char(struct sample *s, uint32_t ch);
void sample_type(struct sample *s, const char *text);
/* Keys and texts as in a script (docs/client.md). */
void sample_press(struct sample *s, const char *script);
bool sample_has(const struct effects *x, enum effect_kind kind);

/* The screen as text; the caller frees it. *ret_cut (may be NULL) counts texts that did not fit. */
char *sample_text(const struct sample *s, int *ret_cut);
bool sample_shows(const struct sample *s, const char *text);

#endif

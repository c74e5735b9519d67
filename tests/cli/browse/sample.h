/* SPDX-License-Identifier: Apache-2.0 */
/* A bank of the six items beside this file, with a history, in a scratch folder, and its screens.
 */
#ifndef KAOCHANG_TESTS_CLI_BROWSE_SAMPLE_H
#define KAOCHANG_TESTS_CLI_BROWSE_SAMPLE_H

#include "cli/bank/browse/run.h"

struct sample {
    char folder[64];
    char *path; /* of the bank */
    struct bank *bank;
    struct browsing *browsing;
    struct app app;
    int width, height;
};

/* `who` NULL: not said. */
void sample_open(struct sample *s, const char *who, int width, int height);
/* The same over another package, a folder of the source tree. */
void sample_open_of(struct sample *s, const char *package, const char *who, int width, int height);
void sample_close(struct sample *s);
/* Keys and texts as in a script (docs/client.md). */
void sample_press(struct sample *s, const char *script);
void sample_key(struct sample *s, struct key k);
void sample_click(struct sample *s, int x, int y);
void sample_size(struct sample *s, int width, int height, bool function_keys);
/* The screen as text; the caller frees it. *ret_cut (may be NULL) counts texts that did not fit. */
char *sample_text(struct sample *s, int *ret_cut);
bool sample_shows(struct sample *s, const char *text);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Scripts: keys and a few words, for tests and training (docs/client.md, "Scripts"). */
#ifndef KAOCHANG_CLIENT_SCREENS_SCRIPT_H
#define KAOCHANG_CLIENT_SCREENS_SCRIPT_H

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"
#include "client/screens/keys.h"

enum script_verb {
    SCRIPT_KEY,
    SCRIPT_TEXT,   /* text: typed character by character */
    SCRIPT_WAIT,   /* milliseconds pass */
    SCRIPT_UNTIL,  /* waits until the screen holds the text */
    SCRIPT_EXPECT, /* the screen holds the text, now */
    SCRIPT_DUMP,   /* text: name of the screen in the dump */
    SCRIPT_SIZE,   /* width, height */
};

struct script_step {
    enum script_verb verb;
    unsigned line;
    struct key key;
    int times;
    const char *text;
    int64_t ms;
    int width, height;
};

struct script {
    struct arena *arena;
    const char *name;
    struct script_step *step;
    size_t n;
};

enum { SCRIPT_MAX_BYTES = 1 << 20, SCRIPT_MAX_STEPS = 100000, SCRIPT_MAX_TIMES = 1000 };

/* ERR_DATA with the line for anything that is not in the language. `name` stands in messages. */
MUST_CHECK int script_parse(struct script *ret, const char *name, struct span data, struct err *e);
MUST_CHECK int script_read(struct script *ret, const char *path, struct err *e);
void script_release(struct script *s);

#endif

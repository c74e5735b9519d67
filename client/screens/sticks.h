/* SPDX-License-Identifier: Apache-2.0 */
/* Sticks with key files of proctors: what has been plugged in since it was looked last. A key file is called
 * NAME.identity and lies in the top folder of its stick. Whatever else a stick holds is not opened. */
#ifndef KAOCHANG_CLIENT_SCREENS_STICKS_H
#define KAOCHANG_CLIENT_SCREENS_STICKS_H

#include <stddef.h>

#include "base/bytes.h"

struct sticks;

/* `folder`: where sticks appear, or the stick itself, ended by NULL; NULL: /media, /run/media, /mnt. */
struct sticks *sticks_new(const char *const *folder);
void sticks_free(struct sticks *s); /* NULL is fine */
/* What is plugged in counts as new once more. */
void sticks_forget(struct sticks *s);

enum sticks_news {
    STICKS_NOTHING,
    STICKS_KEY,    /* a key file: its name, and its content, which the caller releases */
    STICKS_NO_KEY, /* a stick came, of that name, and holds no key file */
    STICKS_FAILED  /* a key file that cannot be read, or is too large for one: its name */
};
/* One piece of news at a time, until there is none. What was pulled out and comes back is new. */
enum sticks_news sticks_look(struct sticks *s, char *name, size_t size, struct bytes *ret);

#endif

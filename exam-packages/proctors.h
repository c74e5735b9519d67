/* SPDX-License-Identifier: Apache-2.0 */
/* The proctors of a session of whom k open it together: who they are, as the manifest names them, and the
 * parts unlock/SUBSET.age, one for every k of them. Format: docs/exam-packages.md, "Proctors". */
#ifndef KAOCHANG_EXAM_PACKAGES_PROCTORS_H
#define KAOCHANG_EXAM_PACKAGES_PROCTORS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/xml.h"
#include "exam-packages/age.h"

enum {
    PROCTORS_MAX = 32,
    PROCTORS_SUBSETS_MAX = 126, /* such as any 4 of 9, or any 2 of 16 */
    PROCTORS_NAME_MAX = 100,    /* bytes */
    PROCTORS_PART_TEXT = 101,   /* "unlock/1-2.age" and its final zero */
};

struct proctors_key {
    const char *name; /* for people: any text, unique */
    struct age_recipient key;
};

struct proctors {
    struct proctors_key *list; /* in bytewise order of name; a proctor's number is his place, from 1 */
    size_t n;                  /* 0: no proctor's key opens the session */
    int64_t needed;            /* 1..n */
};

/* Names and keys each once, names in order, the number of subsets within its bound. Nobody at all is fine. */
MUST_CHECK int proctors_check(const struct proctors *p, struct err *e);
/* Of one proctor, for a message before it is in a list. */
MUST_CHECK int proctors_check_name(const char *name, struct err *e);
void proctors_write(struct xml_out *o, const struct proctors *p); /* nothing at all where there is nobody */
MUST_CHECK int proctors_read(const struct xml_doc *d, const struct xml_node *n, struct arena *a,
                             struct proctors *ret, struct err *e);

/* The place of this key in the list, or n. */
size_t proctors_find(const struct proctors *p, const struct age_recipient *key);
/* How many subsets there are; more than PROCTORS_SUBSETS_MAX as one more than that. */
size_t proctors_subsets(const struct proctors *p);

/* k places in the list, rising. */
struct proctors_subset {
    size_t place[PROCTORS_MAX];
    size_t k;
};
void proctors_first(const struct proctors *p, struct proctors_subset *ret);
bool proctors_next(const struct proctors *p, struct proctors_subset *s); /* false: that was the last */
/* "unlock/1-2.age". Returns buf. */
const char *proctors_part(const struct proctors_subset *s, char buf[PROCTORS_PART_TEXT]);

#endif

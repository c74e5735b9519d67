/* SPDX-License-Identifier: Apache-2.0 */
/* What kinds without a document of their own share: facts in one line, texts in any encoding. */
#ifndef KAOCHANG_SCORING_PRACTICAL_FILES_GIVE_H
#define KAOCHANG_SCORING_PRACTICAL_FILES_GIVE_H

#include "base/encoding.h"
#include "scoring/practical/fact.h"

/* Each fills *ret and returns 0. Texts and places are borrowed, as long as the arena. */
int give_bool(struct fact *ret, bool yes, const char *place);
int give_integer(struct fact *ret, int64_t n, const char *place);
int give_text(struct fact *ret, const char *text, const char *place);  /* NULL: absent, "not given there" */
int give_token(struct fact *ret, const char *word, const char *place); /* as give_text */
int give_list(struct fact *ret, const char **item, size_t n, const char *place);
int give_absent(struct fact *ret, const char *place, const char *why);
int give_unknown(struct fact *ret, const char *place, const char *why);

/* A list that grows in an arena. */
struct give_items {
    const char **item;
    size_t n, cap;
};
void give_add(struct give_items *l, struct arena *a, const char *text);

/* The rule names no `name`, or not a number from 1: ERR_DATA. */
int give_bad_locator(const struct check_target *t, const char *name, struct err *e);

/* Limits of a text. */
enum { GIVE_TEXT_MAX = 8 << 20 };
/* The file's text in UTF-8 with LF at the ends of lines, in the arena: by byte order mark, else in `wanted`
 * where all of it is, else UTF-8, else GB18030. ERR_DATA, with a practical_fault, for what was not collected,
 * is too big, or no text. *ret_encoding may be NULL. */
MUST_CHECK int give_content(const struct practical_file *f, enum encoding wanted, struct arena *a,
                            const char **ret, enum encoding *ret_encoding, struct err *e);
/* The named file, or NULL with *ret absent ("no such file"; a folder where a file is asked; why it was not
 * collected). */
const struct practical_file *give_file(const struct practical_folder *f, const char *path, struct fact *ret);

/* The path that the rule names, or "". */
const char *give_named(const struct check_target *t);
/* "./a//b/" as "a/b", "\" as "/"; "" where it climbs out of the folder. In the arena. */
const char *give_path(struct arena *a, const char *path);
/* `to` as written in the file `from`, as a path in the folder; NULL where it climbs out of it. */
const char *give_beside(struct arena *a, const char *from, const char *to);
/* By its exact name, or NULL. */
const struct practical_file *give_exact(const struct practical_folder *f, const char *path);
/* "*" and "?" as in names of files, without regard to ASCII case; bounded. */
bool give_matches(const char *pattern, const char *name);

#endif

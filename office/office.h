/* SPDX-License-Identifier: Apache-2.0 */
/* An exam office's home: one folder with the item bank, sessions, keys, exams and results (docs/office.md). */
#ifndef KAOCHANG_OFFICE_OFFICE_H
#define KAOCHANG_OFFICE_OFFICE_H

#include "base/db.h"
#include "base/err.h"

#define OFFICE_NS "urn:kaochang:office:1"

struct office;

/* Creates the home `dir` (0700: it will hold keys and people): office.xml, office.db, and the folders keys, exams,
 * sessions, repo. An existing folder that is not empty is refused (ERR_USAGE). `name` is the office's name for
 * people; NULL takes the folder's name. */
MUST_CHECK int office_create(const char *dir, const char *name, struct err *e);

/* Opens a home; ERR_USAGE with a hint when `dir` is none. */
MUST_CHECK int office_open(struct office **ret, const char *dir, struct err *e);
void office_close(struct office *o); /* NULL is fine */

const char *office_dir(const struct office *o);
const char *office_id(const struct office *o);   /* 16 hex digits, made at creation */
const char *office_name(const struct office *o); /* for people */
struct db *office_db(struct office *o);          /* office.db; borrowed */

/* "DIR/a", "DIR/a/b": b may be NULL. The caller frees. Names from outside go through path_is_plain_name first. */
char *office_path(const struct office *o, const char *a, const char *b);

#endif

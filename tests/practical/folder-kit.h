/* SPDX-License-Identifier: Apache-2.0 */
/* Folders as tests need them: on the disk, and in memory. */
#ifndef KAOCHANG_TESTS_PRACTICAL_FOLDER_KIT_H
#define KAOCHANG_TESTS_PRACTICAL_FOLDER_KIT_H

#include "base/arena.h"
#include "scoring/practical/fact.h"

/* A new folder under /tmp becomes the current one; *state its path. For cmocka's setup and teardown. */
int kit_enter_folder(void **state);
int kit_leave_folder(void **state);
void kit_write(const char *path, const char *text); /* with the folders above it */
void kit_write_bytes(const char *path, const void *p, size_t n);

/* A folder in memory: path, text, path, text, … NULL. A path that ends in "/" is a folder (its text ""). In
 * the arena. */
struct practical_folder *kit_folder(struct arena *a, ...);
/* One file of a folder in memory, to be changed. */
struct practical_file *kit_file(struct practical_folder *f, const char *path);

/* Finds a fact: `at` is "cell=B3 sheet=成绩" … names and values with a blank between, or "". A document is
 * opened and closed where the family has one. Fails the test where the kind is unknown; returns what find
 * returned. */
int kit_ask(struct arena *a, const struct practical_folder *work, const struct practical_folder *start,
            const char *path, const char *kind, const char *at, const char *argument, struct fact *ret,
            struct err *e);
/* Asked and found; the value as text: integers in decimal, lists joined with " | ", colours as #rrggbb,
 * booleans yes/no; "(absent: why)" and "(unknown: why)", "(error: what)". In the arena. */
const char *kit_value(struct arena *a, const struct practical_folder *work,
                      const struct practical_folder *start, const char *path, const char *kind,
                      const char *at, const char *argument);

#endif

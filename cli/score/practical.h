/* SPDX-License-Identifier: Apache-2.0 */
/* What the commands of practical scoring share: rules and folders from the disk, results as JSON. */
#ifndef KAOCHANG_CLI_SCORE_PRACTICAL_H
#define KAOCHANG_CLI_SCORE_PRACTICAL_H

#include <jansson.h>

#include "scoring/practical/files/collect.h"
#include "scoring/practical/rules/score.h"

/* Reads rules from a file; every fault is told on standard error, the first one is in e. */
MUST_CHECK int practical_rules_file(struct rules **ret, const char *path, struct err *e);
/* A folder, or nothing where dir is NULL. *ret_folder NULL then. */
MUST_CHECK int practical_folder_at(struct collected **ret, const char *dir,
                                   const struct practical_folder **ret_folder, struct err *e);
/* {id, kind, title, status, points, maximum, expected, found, place}; to be released. */
json_t *practical_check_json(const struct rules_check *c, const struct practical_check_result *x);
/* {total, maximum, files: […]} */
json_t *practical_total_json(const struct rules *rules, const struct practical_result *result);
/* As a number with at most three decimals. */
void practical_put_points(json_t *o, const char *name, points_t p);
/* One line on standard output; releases it. */
void practical_print_json(json_t *line);

#endif

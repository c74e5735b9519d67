/* SPDX-License-Identifier: Apache-2.0 */
/* The certificate of an assembly: what was asked, what each form has, how good it is proven to be. As JSON
 * for the exam's folder and as lines for people; the same assembly gives the same bytes. */
#ifndef KAOCHANG_ENGINE_CERTIFICATE_H
#define KAOCHANG_ENGINE_CERTIFICATE_H

#include <jansson.h>

#include "base/bytes.h"
#include "base/err.h"
#include "engine/blueprint/assembly.h"
#include "engine/explain/explain.h"
#include "engine/search/solve.h"

/* r has forms. `seed` is the one asked for, `blueprint` the bytes of its file. ERR_BUG if the selection does
 * not pass the check once more. */
MUST_CHECK int certificate_json(const struct assembly *a, const struct solve_result *r, struct bank *bank,
                                uint64_t seed, const char *exam, struct span blueprint, struct bytes *out,
                                struct err *e);
/* The forms with their items, points, facility and expected time. */
json_t *certificate_forms(const struct assembly *a, const struct selection *s);
void certificate_text(const struct assembly *a, const struct solve_result *r, struct bytes *out);

/* How it was found: status, method, nodes, work, cut by the clock, interrupted; into o. */
void certificate_search(const struct solve_result *r, const json_t *objectives, json_t *o);

/* Why there is no paper: one line per requirement, with how many items fit it. */
void explanation_text(const struct assembly *a, const struct explanation *x, struct bytes *out);
void explanation_json(const struct assembly *a, const struct explanation *x, struct bytes *out);
/* An explain_describe_fn for an assembly. */
char *assembly_describe(const void *assembly, uint32_t item);

/* "A", "B" … "Z", then "F27" …; buf of 8. Returns buf. */
const char *form_name(size_t form, char *buf, size_t size);

#endif

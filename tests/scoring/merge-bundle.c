/* SPDX-License-Identifier: Apache-2.0 */
/* merge-bundle HOME BUNDLE IDENTITY: merges a bundle into HOME/store.db, without an office around it. */
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "sync/bundle-input.h"
#include "sync/store.h"

int main(int argc, char **argv)
{
    struct err e = {0};
    struct trust *t = NULL;
    struct age_identity id = {0};
    struct bundle *b = NULL;
    struct bundle_input x = {0};
    struct store *s = NULL;
    struct merge_counts counts = {0};
    char *db = argc == 4 ? path_join(argv[1], "store.db") : NULL;
    int r = -ERR_USAGE;
    if (db && (r = trust_load(&t, argv[1], &e)) == 0 && (r = age_identity_load(argv[3], &id, &e)) == 0 &&
        (r = bundle_open(&b, argv[2], t, &e)) == 0 && (r = bundle_input_read(&x, b, t, &id, 1, &e)) == 0 &&
        (r = store_open(&s, db, DB_CREATE, &e)) == 0 && (r = store_merge(s, &x.in, &counts, &e)) == 0)
        printf("%zu sittings, %zu records, %zu contradictory\n", counts.sittings, counts.records, counts.contradictory);
    else
        fprintf(stderr, "%s: %s\n", e.where, e.what);
    store_close(s);
    bundle_input_release(&x);
    bundle_close(b);
    age_identity_free(&id);
    trust_free(t);
    free(db);
    return -r;
}

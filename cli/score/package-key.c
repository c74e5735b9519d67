/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/score/package-key.h"

#include "cli/identities.h"

/* With the first identity that fits. */
static int open_part(struct package_key *k, const struct age_identity *id, size_t n, struct err *e)
{
    struct bytes plain = {0};
    int r = -ERR_NO;
    for (size_t i = 0; r == -ERR_NO && i < n; i++)
        r = package_open_part(k->package, "key.age", &id[i], &plain, e);
    if (r == 0)
        r = key_part_open(&k->part, &plain, e);
    bytes_release(&plain);
    return r;
}

int package_key_open(struct package_key *ret, const struct args *a, const char *package, struct err *e)
{
    struct age_identity *id = NULL;
    size_t n = 0;
    *ret = (struct package_key){0};
    int r = trust_load(&ret->trust, args_home(a), e);
    if (r == 0)
        r = package_open(&ret->package, package, ret->trust, e);
    if (r == 0)
        r = identities_read(a, &id, &n, e);
    if (r == 0)
        r = open_part(ret, id, n, e);
    age_identities_free(id, n);
    if (r < 0)
        package_key_release(ret);
    return r;
}

void package_key_release(struct package_key *k)
{
    key_part_release(&k->part);
    package_close(k->package);
    trust_free(k->trust);
    *k = (struct package_key){0};
}

/* SPDX-License-Identifier: Apache-2.0 */
/* roster draw --verify: by anybody, from published files alone. */
#include <stdio.h>

#include "base/file.h"
#include "base/i18n.h"
#include "cli/office/drawing.h"

static int read_one(const struct args *a, const char *option, struct bytes *text, struct span *ret,
                    struct err *e)
{
    const char *path = args_get(a, option);
    int r = path ? file_read(path, DRAW_MAX_BYTES, text, e) : 0;
    if (r == 0 && path)
        *ret = bytes_span(text);
    return r;
}

static void print_record(const struct draw_record *x, const struct draw_evidence *v)
{
    printf(_("Draw %lld verifies: list and seed give these places for %lld candidates in %lld groups; equal "
             "experiments beside each other: %lld\n"),
           (long long)x->number, (long long)x->candidates, (long long)x->groups, (long long)x->neighbours);
    if (x->amended[0])
        printf(_("The list was changed after the commitment: %s\n"), x->amended);
    if (!v->commitment.p)
        puts(_("Without --commitment nobody can tell that the seed was fixed before."));
}

static void print_again(struct span commitment)
{
    struct draw_commitment *c = NULL;
    struct err e;
    if (commitment.p && draw_commitment_read(&c, "commitment.xml", commitment, &e) == 0 && c->number > 1)
        printf(_("It replaces an earlier draw: %s\n"), c->reason);
    draw_commitment_free(c);
}

int drawing_verify(const struct args *a, struct err *e)
{
    struct bytes draw = {0}, list = {0}, commitment = {0}, places = {0};
    struct draw_evidence v = {0};
    struct draw_record *x = NULL;
    const char *needed;
    int r = args_need(a, "list", &needed, e);
    if (r == 0)
        r = read_one(a, "verify", &draw, &v.draw, e);
    if (r == 0)
        r = read_one(a, "list", &list, &v.list, e);
    if (r == 0)
        r = read_one(a, "commitment", &commitment, &v.commitment, e);
    if (r == 0)
        r = read_one(a, "places", &places, &v.places, e);
    if (r == 0)
        r = draw_verify(&x, &v, e);
    if (r == 0) {
        print_record(x, &v);
        print_again(v.commitment);
    }
    draw_record_free(x);
    bytes_release(&draw);
    bytes_release(&list);
    bytes_release(&commitment);
    bytes_release(&places);
    return r;
}

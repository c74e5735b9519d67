/* SPDX-License-Identifier: Apache-2.0 */
/* bench-bundles IDENTITY BUNDLE…: what nobody who merges bundles can be spared: reading and hashing them, opening what
 * is sealed, and opening each event of their journals. Prints processor seconds of each. */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "bench/clock.h"
#include "exam-packages/bundle.h"
#include "exam-packages/derive.h"
#include "exam-packages/journal.h"

enum { MAX_BUNDLE = 1 << 30 };

struct tally {
    double read, open, events;
    size_t bytes, n_events;
};

static int hash_file(struct tally *t, const char *path, struct err *e)
{
    struct bytes data = {0};
    uint8_t hash[32];
    double before = clock_cpu();
    int r = file_read(path, MAX_BUNDLE, &data, e);
    if (r == 0)
        blake2b_256(hash, bytes_span(&data));
    t->bytes += data.n;
    bytes_release(&data);
    t->read += clock_cpu() - before;
    return r;
}

static int count(void *context, const struct journal_event *event, bool superseded, struct err *e)
{
    (void)event;
    (void)superseded;
    (void)e;
    ((struct tally *)context)->n_events++;
    return 0;
}

static int read_journals(struct tally *t, const struct zip *inner, const struct age_identity *id, struct err *e)
{
    double before = clock_cpu();
    int r = 0;
    for (size_t i = 0; r == 0 && i < zip_count(inner); i++) {
        struct journal *j = NULL;
        if (strncmp(zip_name(inner, i), "journals/", 9) != 0)
            continue;
        if ((r = journal_open_bytes(&j, zip_name(inner, i), zip_part(inner, i), e)) == 0 &&
            (r = journal_unseal(j, id, 1, e)) == 0)
            r = journal_read(j, count, t, e);
        journal_close(j);
    }
    t->events += clock_cpu() - before;
    return r;
}

static int measure(struct tally *t, const char *path, const struct age_identity *id, struct err *e)
{
    struct bundle *b = NULL;
    const struct zip *inner = NULL;
    int r = hash_file(t, path, e);
    double before = clock_cpu();
    if (r == 0)
        r = bundle_open_untrusted(&b, path, e);
    if (r == 0)
        r = bundle_unseal(b, id, 1, &inner, e);
    t->open += clock_cpu() - before;
    if (r == 0)
        r = read_journals(t, inner, id, e);
    bundle_close(b);
    return r;
}

int main(int argc, char **argv)
{
    struct tally t = {0};
    struct age_identity id = {0};
    struct err e = {0};
    char text[sizeof e];
    int r = argc < 3 ? -ERR_USAGE : age_identity_load(argv[1], &id, &e);
    for (int i = 2; r == 0 && i < argc; i++)
        r = measure(&t, argv[i], &id, &e);
    if (r < 0)
        fprintf(stderr, "bench-bundles: %s\n", err_text(&e, text, sizeof text));
    else
        printf("%d bundles, %zu bytes, %zu events: read and hash %.2f s, open %.2f s, events %.2f s\n", argc - 2, t.bytes,
               t.n_events, t.read, t.open, t.events);
    age_identity_free(&id);
    return r < 0;
}

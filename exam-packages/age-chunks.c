/* SPDX-License-Identifier: Apache-2.0 */
#include "base/i18n.h"
#include "exam-packages/age-internal.h"
#include "exam-packages/pipeline.h"

enum { BATCH = 4 };

struct chunks {
    const struct age_stream *stream;
    struct age_input *in;
    FILE *out;
};

static void read_plain(void *context, struct batch *b)
{
    struct chunks *c = context;
    b->r = age_input_read(c->in, b->in, BATCH * AGE_CHUNK, &b->n_in, &b->last, &b->e);
}

static void read_sealed(void *context, struct batch *b)
{
    struct chunks *c = context;
    b->r = age_input_read(c->in, b->in, BATCH * AGE_SEALED_CHUNK, &b->n_in, &b->last, &b->e);
}

static void put(void *context, struct batch *b)
{
    struct chunks *c = context;
    if (b->n_out && fwrite(b->out, 1, b->n_out, c->out) != b->n_out && b->r == 0)
        b->r = err_sys(&b->e, NULL, _("cannot write"));
}

static void seal_batch(void *context, struct batch *b)
{
    const struct chunks *c = context;
    uint64_t chunk = b->number * BATCH;
    size_t at = 0;
    do {
        size_t n = b->n_in - at < AGE_CHUNK ? b->n_in - at : AGE_CHUNK;
        age_stream_seal(c->stream, chunk++, span_of(b->in + at, n), b->last && at + n == b->n_in,
                        b->out + b->n_out);
        b->n_out += n + AGE_TAG;
        at += n;
    } while (at < b->n_in);
}

/* A whole chunk that is genuine but wrongly stands, or does not stand, at the end is still part of the
 * beginning that was sealed: it is released, and the failure reported. */
static void open_chunk(const struct chunks *c, struct batch *b, uint64_t chunk, struct span sealed, bool last)
{
    uint8_t *out = b->out + b->n_out;
    b->r = age_stream_open(c->stream, chunk, sealed, last, out, &b->e);
    if (b->r == 0 ||
        (sealed.n == AGE_SEALED_CHUNK && age_stream_open(c->stream, chunk, sealed, !last, out, NULL) == 0))
        b->n_out += sealed.n - AGE_TAG;
}

static void open_batch(void *context, struct batch *b)
{
    uint64_t chunk = b->number * BATCH;
    size_t at = 0;
    do {
        size_t n = b->n_in - at < AGE_SEALED_CHUNK ? b->n_in - at : AGE_SEALED_CHUNK;
        open_chunk(context, b, chunk++, span_of(b->in + at, n), b->last && at + n == b->n_in);
        at += n;
    } while (b->r == 0 && at < b->n_in);
}

int age_seal_chunks(const struct age_stream *s, struct age_input *in, FILE *out, struct err *e)
{
    struct chunks c = {.stream = s, .in = in, .out = out};
    return pipeline_run(&(struct pipeline){.context = &c,
                                           .in = BATCH * AGE_CHUNK,
                                           .out = BATCH * AGE_SEALED_CHUNK,
                                           .read = read_plain,
                                           .work = seal_batch,
                                           .write = put},
                        e);
}

int age_open_chunks(const struct age_stream *s, struct age_input *in, FILE *out, struct err *e)
{
    struct chunks c = {.stream = s, .in = in, .out = out};
    return pipeline_run(&(struct pipeline){.context = &c,
                                           .in = BATCH * AGE_SEALED_CHUNK,
                                           .out = BATCH * AGE_CHUNK,
                                           .read = read_sealed,
                                           .work = open_batch,
                                           .write = put},
                        e);
}

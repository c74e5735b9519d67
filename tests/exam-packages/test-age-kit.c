/* SPDX-License-Identifier: Apache-2.0 */
/* The age test kit (C2SP/CCTV): each file says what must become of it. In memory nothing may come out on a
 * failure, and nothing out of armor; as a stream, what came out before a broken chunk must be the true
 * beginning whose hash the file tells. */
#include "tests/check.h"

#include <sodium.h>
#include <stdlib.h>
#include <zlib.h>

#include "base/file.h"
#include "base/mem.h"
#include "exam-packages/age.h"
#include "tests/exam-packages/scratch.h"

enum { FILE_LIMIT = 64 << 20, KEYS = 8 };

struct kit_case {
    char *path;
    struct bytes raw, body; /* the whole file; its age file, inflated */
    char expect[32], payload[65], passphrase[64];
    struct age_identity id[KEYS];
    size_t n_id;
    bool armored, compressed, post_quantum;
};

static void take_field(struct kit_case *c, const char *key, const char *value)
{
    struct err e;
    if (strcmp(key, "expect") == 0)
        snprintf(c->expect, sizeof c->expect, "%s", value);
    else if (strcmp(key, "payload") == 0)
        snprintf(c->payload, sizeof c->payload, "%s", value);
    else if (strcmp(key, "passphrase") == 0)
        snprintf(c->passphrase, sizeof c->passphrase, "%s", value);
    else if (strcmp(key, "armored") == 0)
        c->armored = true;
    else if (strcmp(key, "compressed") == 0)
        c->compressed = true;
    else if (strcmp(key, "identity") == 0 && strstr(value, "-PQ-"))
        c->post_quantum = true;
    else if (strcmp(key, "identity") == 0) {
        assert_true(c->n_id < KEYS);
        assert_done(age_identity_parse(span_str(value), &c->id[c->n_id], &e), e);
        c->n_id++;
    }
}

static void inflate_body(struct kit_case *c, struct span packed)
{
    z_stream z = {.next_in = (Bytef *)(uintptr_t)packed.p, .avail_in = (uInt)packed.n};
    uint8_t chunk[65536];
    int r = inflateInit(&z);
    while (r == Z_OK) {
        z.next_out = chunk;
        z.avail_out = sizeof chunk;
        r = inflate(&z, Z_NO_FLUSH);
        bytes_add(&c->body, chunk, sizeof chunk - z.avail_out);
    }
    assert_int_equal(r, Z_STREAM_END);
    inflateEnd(&z);
}

static void read_case(struct kit_case *c)
{
    struct err e;
    assert_done(file_read(c->path, FILE_LIMIT, &c->raw, &e), e);
    struct span rest = bytes_span(&c->raw);
    for (;;) {
        const uint8_t *end = memchr(rest.p, '\n', rest.n);
        assert_non_null(end);
        char *line = mem_printf("%.*s", (int)(end - rest.p), (const char *)rest.p);
        rest = span_of(end + 1, rest.n - (size_t)(end - rest.p) - 1);
        char *value = strstr(line, ": ");
        if (value) {
            *value = '\0';
            take_field(c, line, value + 2);
        }
        bool empty = !*line;
        free(line);
        if (empty)
            break;
    }
    if (c->compressed)
        inflate_body(c, rest);
    else
        bytes_add(&c->body, rest.p, rest.n);
}

static bool hash_fits(struct span plain, const char *hex)
{
    uint8_t hash[32];
    char text[65];
    crypto_hash_sha256(hash, plain.p, plain.n);
    return strcmp(hex_encode(text, hash, sizeof hash), hex) == 0;
}

static int code_of(const char *expect)
{
    return strcmp(expect, "no match") == 0          ? AGE_NO_MATCH
           : strcmp(expect, "HMAC failure") == 0    ? AGE_MAC
           : strcmp(expect, "payload failure") == 0 ? AGE_PAYLOAD
           : strcmp(expect, "armor failure") == 0   ? AGE_ARMOR
                                                    : AGE_HEADER;
}

static int open_in_memory(const struct kit_case *c, struct bytes *plain, struct err *e)
{
    struct span sealed = bytes_span(&c->body);
    if (c->n_id)
        return age_open(sealed, c->id, c->n_id, plain, e);
    return age_open_code(sealed, span_str(c->passphrase), plain, e);
}

static int open_as_stream(const struct kit_case *c, struct bytes *plain, struct err *e)
{
    char *out = NULL;
    size_t n = 0;
    FILE *from = c->body.n ? fmemopen(c->body.p, c->body.n, "rb") : fopen("/dev/null", "rb");
    FILE *to = open_memstream(&out, &n);
    assert_true(from && to);
    struct age_key key = {.id = c->id, .n = c->n_id, .passphrase = span_str(c->passphrase)};
    int r = age_open_stream(from, to, &key, e);
    fclose(from);
    fclose(to);
    bytes_add(plain, out, n);
    free(out);
    return r;
}

static void require(bool fits, const struct kit_case *c, const char *what, const struct err *e)
{
    if (!fits)
        fail_msg("%s: expected %s: %s (%d, %s)", path_base(c->path), c->expect, what, e->code, e->what);
}

static void check_memory(const struct kit_case *c)
{
    struct bytes plain = {0};
    struct err e = {0};
    int r = open_in_memory(c, &plain, &e);
    bool wanted = strcmp(c->expect, "success") == 0 && !c->armored;
    require((r == 0) == wanted, c, "in memory it came out otherwise", &e);
    if (r == 0)
        require(hash_fits(bytes_span(&plain), c->payload), c, "another text", &e);
    else
        require(plain.p == NULL, c, "something was released", &e);
    if (r < 0) {
        int code = c->armored ? AGE_HEADER : code_of(c->expect);
        require(e.code == code && r == (code == AGE_NO_MATCH ? -ERR_NO : -ERR_DATA), c,
                "another kind of failure", &e);
    }
    bytes_release(&plain);
}

static void check_stream(const struct kit_case *c)
{
    struct bytes plain = {0};
    struct err e = {0};
    int r = open_as_stream(c, &plain, &e);
    bool wanted = strcmp(c->expect, "success") == 0;
    require((r == 0) == wanted, c, "as a stream it came out otherwise", &e);
    if (r < 0)
        require(e.code == code_of(c->expect), c, "another kind of failure", &e);
    if (c->payload[0])
        require(hash_fits(bytes_span(&plain), c->payload), c, "the stream released something else", &e);
    else
        require(plain.n == 0, c, "the stream released something", &e);
    bytes_release(&plain);
}

/* Post-quantum identities are not ours: such a file is refused like any that is for somebody else. */
static void check_stranger(struct kit_case *c)
{
    struct bytes plain = {0};
    struct err e = {0};
    assert_done(age_identity_new(&c->id[0], &e), e);
    c->n_id = 1;
    int r = open_in_memory(c, &plain, &e);
    require(r < 0 && plain.p == NULL && (e.code == AGE_NO_MATCH || e.code == AGE_HEADER), c,
            "a stranger opened it", &e);
}

static void a_kit_file_ends_as_it_says(void **state)
{
    struct kit_case *c = *state;
    read_case(c);
    if (c->post_quantum) {
        check_stranger(c);
        return;
    }
    check_memory(c);
    check_stream(c);
}

static int forget(void **state)
{
    struct kit_case *c = *state;
    for (size_t i = 0; i < c->n_id; i++)
        age_identity_free(&c->id[i]);
    bytes_release(&c->raw);
    bytes_release(&c->body);
    return 0;
}

int main(void)
{
    struct file_names names = {0};
    struct err e;
    char *kit = fixture_path("age/testkit");
    if (!kit || file_list(kit, &names, &e) < 0)
        return skip_program("the age test kit is not in $FIXTURES");
    struct CMUnitTest *tests = mem_alloc(names.n * sizeof *tests);
    struct kit_case *cases = mem_alloc(names.n * sizeof *cases);
    for (size_t i = 0; i < names.n; i++) {
        cases[i].path = path_join(kit, names.name[i]);
        tests[i] = (struct CMUnitTest){.name = names.name[i],
                                       .test_func = a_kit_file_ends_as_it_says,
                                       .teardown_func = forget,
                                       .initial_state = &cases[i]};
    }
    int failed = _cmocka_run_group_tests("age-kit", tests, names.n, NULL, NULL);
    for (size_t i = 0; i < names.n; i++)
        free(cases[i].path);
    free(cases);
    free(tests);
    file_names_free(&names);
    free(kit);
    return failed;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Bad input in bulk: a small package cut at every length, with every byte changed while its container stays
 * whole, in every order; and seeded variants of packages, bundles and a repository's documents. None is
 * accepted as anything but what was signed, none leaves a file. Some thousand of them; a million with
 * KAOCHANG_TEST_LONG. */
#include "tests/check.h"

#include <stdlib.h>

#include "base/file.h"
#include "tests/exam-packages/variants.h"
#include "tests/exam-packages/world.h"

struct state {
    struct world w;
    char *path; /* of the variant */
    struct bytes package, bundle;
    struct pieces pieces, other, bundle_pieces, other_bundle;
    uint8_t package_hash[32], bundle_hash[32];
};

static struct err e;

static bool is_long(void)
{
    const char *wanted = getenv("KAOCHANG_TEST_LONG");
    return wanted && *wanted;
}

static void take(const struct world *w, const char *name, struct bytes *ret, struct pieces *ret_pieces)
{
    char *path = world_path(w, name);
    *ret = world_read(path);
    pieces_take(ret_pieces, bytes_span(ret));
    free(path);
}

static void build_packages(struct state *s)
{
    char *am = world_path(&s->w, "am.exam"), *pm = world_path(&s->w, "pm.exam");
    struct package_codes codes;
    struct bytes other;
    world_package(&s->w, "am", 1, am, 1, &codes);
    memcpy(s->package_hash, codes.hash, sizeof codes.hash);
    world_package(&s->w, "pm", 1, pm, 1, &codes);
    take(&s->w, "am.exam", &s->package, &s->pieces);
    take(&s->w, "pm.exam", &other, &s->other);
    assert_done(world_publish(&s->w, am, WORLD_NOW, 1, &e), e);
    bytes_release(&other);
    free(am);
    free(pm);
}

static void build_bundles(struct state *s)
{
    char *one = world_path(&s->w, "one.results"), *two = world_path(&s->w, "two.results");
    struct bytes other;
    uint8_t hash[32];
    world_bundle(&s->w, one, &s->w.station_key, s->bundle_hash);
    world_bundle(&s->w, two, &s->w.station_key, hash);
    take(&s->w, "one.results", &s->bundle, &s->bundle_pieces);
    take(&s->w, "two.results", &other, &s->other_bundle);
    bytes_release(&other);
    free(one);
    free(two);
}

static int begin(void **state)
{
    static struct state s;
    world_new(&s.w, 1);
    s.w.practice = true;
    s.path = world_path(&s.w, "variant");
    build_packages(&s);
    build_bundles(&s);
    *state = &s;
    return 0;
}

static int end(void **state)
{
    struct state *s = *state;
    pieces_release(&s->pieces);
    pieces_release(&s->other);
    pieces_release(&s->bundle_pieces);
    pieces_release(&s->other_bundle);
    bytes_release(&s->package);
    bytes_release(&s->bundle);
    free(s->path);
    world_free(&s->w);
    return 0;
}

/* Without waiting for the disk. */
static void put_variant(const char *path, struct span data)
{
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    assert_int_equal(fwrite(data.p, 1, data.n, f), data.n);
    assert_int_equal(fclose(f), 0);
}

static void was_refused(bool as_it_should, const void *p, const char *what, size_t i)
{
    if (p || !as_it_should || e.what[0] == '\0')
        fail_msg("%s %zu: ended as %d, \"%s\"", what, i, (int)e.kind, e.what);
}

/* Refused, or still exactly what was signed: signatures have a comment that nothing covers, and may be joined
 * by those of strangers. */
static bool package_holds(struct state *s, struct span variant, const char *what, size_t i)
{
    struct package *p = NULL;
    put_variant(s->path, variant);
    int r = package_open(&p, s->path, s->w.trust, &e);
    if (r < 0)
        was_refused(r == -ERR_DATA || r == -ERR_NO, p, what, i);
    else if (memcmp(package_hash(p), s->package_hash, sizeof s->package_hash) != 0)
        fail_msg("%s %zu: another package was accepted", what, i);
    package_close(p);
    return r == 0;
}

static bool bundle_holds(struct state *s, struct span variant, const char *what, size_t i)
{
    struct bundle *b = NULL;
    put_variant(s->path, variant);
    int r = bundle_open(&b, s->path, s->w.trust, &e);
    if (r < 0)
        was_refused(r == -ERR_DATA || r == -ERR_NO, b, what, i);
    else if (memcmp(bundle_hash(b), s->bundle_hash, sizeof s->bundle_hash) != 0)
        fail_msg("%s %zu: another bundle was accepted", what, i);
    bundle_close(b);
    return r == 0;
}

static void a_package_cut_at_any_length_is_refused(void **state)
{
    struct state *s = *state;
    for (size_t n = 0; n < s->package.n; n++)
        assert_false(package_holds(s, span_of(s->package.p, n), "cut at", n));
    assert_true(package_holds(s, bytes_span(&s->package), "whole", 0));
}

static void a_bundle_cut_at_any_length_is_refused(void **state)
{
    struct state *s = *state;
    for (size_t n = 0; n < s->bundle.n; n++)
        assert_false(bundle_holds(s, span_of(s->bundle.p, n), "cut at", n));
    assert_true(bundle_holds(s, bytes_span(&s->bundle), "whole", 0));
}

typedef bool holds_fn(struct state *s, struct span variant, const char *what, size_t i);

/* Each byte of each part in a container that is whole again. Only bytes of an untrusted comment may differ.
 */
static void change_each_byte(struct state *s, const struct pieces *from, holds_fn *holds)
{
    struct pieces x;
    pieces_copy(&x, from);
    for (size_t k = 0; k < x.n; k++) {
        const uint8_t *line = memchr(x.data[k].p, '\n', x.data[k].n);
        bool signature = strstr((char *)x.name[k].p, ".minisig") != NULL;
        size_t comment = signature && line ? (size_t)(line - x.data[k].p) : 0;
        for (size_t i = 0; i < x.data[k].n; i++)
            for (int bit = 0; bit < (is_long() ? 8 : 1); bit++) {
                struct bytes whole = {0};
                uint8_t flip = (uint8_t)(1u << (bit + i) % 8);
                x.data[k].p[i] ^= flip;
                assert_true(pieces_join(&x, &whole));
                x.data[k].p[i] ^= flip;
                if (holds(s, bytes_span(&whole), (char *)x.name[k].p, i) && i >= comment)
                    fail_msg("byte %zu of %s may be changed", i, (char *)x.name[k].p);
                bytes_release(&whole);
            }
    }
    pieces_release(&x);
}

static void every_byte_of_a_packages_parts_counts(void **state)
{
    struct state *s = *state;
    change_each_byte(s, &s->pieces, package_holds);
}

static void every_byte_of_a_bundles_parts_counts(void **state)
{
    struct state *s = *state;
    change_each_byte(s, &s->bundle_pieces, bundle_holds);
}

static void must_be_refused(struct state *s, struct pieces *x, holds_fn *holds, size_t i)
{
    struct bytes whole = {0};
    assert_true(pieces_join(x, &whole));
    if (holds(s, bytes_span(&whole), "order", i))
        fail_msg("order %zu is accepted", i);
    bytes_release(&whole);
}

/* Heap's algorithm: every order once, the given one first. */
static size_t every_order(struct state *s, struct pieces *x, holds_fn *holds)
{
    size_t turn[PIECES_MAX] = {0}, count = 0;
    for (size_t i = 1; i < x->n;) {
        if (turn[i] == i) {
            turn[i++] = 0;
            continue;
        }
        pieces_swap(x, i % 2 ? turn[i] : 0, i);
        turn[i]++;
        i = 1;
        must_be_refused(s, x, holds, ++count);
    }
    return count;
}

static void parts_in_any_other_order_are_refused(void **state)
{
    struct state *s = *state;
    struct pieces x;
    pieces_copy(&x, &s->pieces);
    if (is_long()) {
        print_message("# %zu orders\n", every_order(s, &x, package_holds));
    } else {
        for (size_t i = 0; i < x.n; i++)
            for (size_t k = i + 1; k < x.n; k++) {
                pieces_swap(&x, i, k);
                must_be_refused(s, &x, package_holds, i * x.n + k);
                pieces_swap(&x, i, k);
            }
    }
    pieces_release(&x);
}

static size_t how_many(size_t few)
{
    const char *wanted = getenv("KAOCHANG_VARIANTS");
    return wanted ? strtoul(wanted, NULL, 10) : is_long() ? 400000 : few;
}

static void generate(struct state *s, const struct pieces *from, const struct pieces *other, holds_fn *holds)
{
    size_t same = 0, n = how_many(1500);
    for (size_t i = 0; i < n; i++) {
        struct rng r;
        struct bytes variant = {0};
        rng_seed(&r, i);
        if (variant_container(&r, from, other, &variant))
            same += holds(s, bytes_span(&variant), "variant", i);
        bytes_release(&variant);
    }
    print_message("# %zu variants, %zu still what was signed\n", n, same);
}

static void no_variant_of_a_package_is_another_package(void **state)
{
    struct state *s = *state;
    generate(s, &s->pieces, &s->other, package_holds);
}

static void no_variant_of_a_bundle_is_another_bundle(void **state)
{
    struct state *s = *state;
    generate(s, &s->bundle_pieces, &s->other_bundle, bundle_holds);
}

/* The documents of a repository that readers use, with their signatures. */
static struct bytes documents_of(const struct repository *repo)
{
    struct bytes all = {0};
    assert_done(index_write(repo->timestamp, &all, &e), e);
    assert_done(index_write(repo->snapshot, &all, &e), e);
    bytes_add(&all, repo->targets_document.p, repo->targets_document.n);
    return all;
}

static int open_repository(struct state *s, struct repository **ret)
{
    struct source *from = source_of_folder(s->w.repo);
    int r = repository_open(ret, from, s->w.pinned, WORLD_NOW, &e);
    source_close(from);
    return r;
}

static int pull(struct state *s)
{
    struct source *from = source_of_folder(s->w.repo);
    int r = repository_pull(from, s->w.pinned, s->w.station, WORLD_NOW, NULL, NULL, &e);
    source_close(from);
    return r;
}

/* One file of it is changed: refused, or the index still says exactly what was signed. */
static void repository_holds(struct state *s, const struct bytes *right, const char *name, size_t i)
{
    struct repository *repo = NULL;
    int r = open_repository(s, &repo);
    if (r < 0) {
        was_refused(r != -ERR_BUG, repo, name, i); /* a changed version names a file that is not there */
        return;
    }
    struct bytes now = documents_of(repo);
    if (!span_equal(bytes_span(&now), bytes_span(right)))
        fail_msg("%s, variant %zu: another index was accepted", name, i);
    bytes_release(&now);
    repository_close(repo);
}

static void nothing_was_pulled(struct state *s, int r)
{
    struct file_names names = {0};
    char *packages = path_join(s->w.station, "packages");
    if (r < 0 && file_list(packages, &names, NULL) == 0 && names.n > 0)
        fail_msg("%s is there after a pull that failed", names.name[0]);
    file_names_free(&names);
    free(packages);
}

static void vary_repository(struct state *s, const struct file_names *names, const struct bytes *right,
                            size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct rng r;
        rng_seed(&r, i);
        const char *name = names->name[rng_below(&r, names->n)],
                   *other = names->name[rng_below(&r, names->n)];
        char *path = path_join(s->w.repo, name), *from = path_join(s->w.repo, other);
        struct bytes data = world_read(path), theirs = world_read(from), variant = {0};
        bytes_add(&variant, data.p, data.n);
        for (uint64_t k = 1 + rng_below(&r, 3); k > 0; k--)
            variant_bytes(&r, &variant, bytes_span(&theirs));
        put_variant(path, bytes_span(&variant));
        repository_holds(s, right, name, i);
        put_variant(path, bytes_span(&data));
        bytes_release(&data);
        bytes_release(&theirs);
        bytes_release(&variant);
        free(path);
        free(from);
    }
}

/* The files of a repository's folder, without the folder of packages. */
static struct file_names documents(const char *folder)
{
    struct file_names names = {0};
    assert_done(file_list(folder, &names, &e), e);
    for (size_t i = 0; i < names.n; i++)
        if (!strstr(names.name[i], ".xml")) {
            free(names.name[i]);
            names.name[i--] = names.name[--names.n];
        }
    return names;
}

static void no_variant_of_a_repositorys_documents_is_another_index(void **state)
{
    struct state *s = *state;
    struct repository *repo = NULL;
    struct file_names names = documents(s->w.repo);
    size_t n = how_many(1500);
    assert_done(open_repository(s, &repo), e);
    struct bytes right = documents_of(repo);
    repository_close(repo);
    vary_repository(s, &names, &right, n);
    print_message("# %zu variants of %zu files\n", n, names.n);
    file_names_free(&names);
    bytes_release(&right);
}

static void a_changed_package_is_never_pulled(void **state)
{
    struct state *s = *state;
    char *path = path_join(s->w.repo, "packages/am.1.exam");
    size_t n = is_long() ? 5000 : 50;
    for (size_t i = 0; i < n; i++) {
        struct rng r;
        struct bytes variant = {0};
        rng_seed(&r, i);
        if (variant_container(&r, &s->pieces, &s->other, &variant) &&
            !span_equal(bytes_span(&variant), bytes_span(&s->package))) {
            put_variant(path, bytes_span(&variant));
            int pulled = pull(s);
            was_refused(pulled == -ERR_DATA || pulled == -ERR_NO, NULL, "pull", i);
            nothing_was_pulled(s, pulled);
        }
        bytes_release(&variant);
    }
    put_variant(path, bytes_span(&s->package));
    assert_done(pull(s), e);
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_package_cut_at_any_length_is_refused),
        cmocka_unit_test(a_bundle_cut_at_any_length_is_refused),
        cmocka_unit_test(every_byte_of_a_packages_parts_counts),
        cmocka_unit_test(every_byte_of_a_bundles_parts_counts),
        cmocka_unit_test(parts_in_any_other_order_are_refused),
        cmocka_unit_test(no_variant_of_a_package_is_another_package),
        cmocka_unit_test(no_variant_of_a_bundle_is_another_bundle),
        cmocka_unit_test(no_variant_of_a_repositorys_documents_is_another_index),
        cmocka_unit_test(a_changed_package_is_never_pulled),
    };
    return cmocka_run_group_tests_name("variants", tests, begin, end);
}

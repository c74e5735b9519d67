/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <stdlib.h>

#include "base/file.h"
#include "exam-packages/container.h"
#include "exam-packages/derive.h"
#include "tests/exam-packages/world.h"

/* One world and one package for all cases; building costs four scrypt runs. */
struct state {
    struct world w;
    char *path, *changed;
    struct package_codes codes;
};

static struct err e;

static int begin(void **state)
{
    static struct state s;
    world_new(&s.w, 1);
    s.path = world_path(&s.w, "am.exam");
    s.changed = world_path(&s.w, "changed.exam");
    world_package(&s.w, "am", 1, s.path, 1, &s.codes);
    *state = &s;
    return 0;
}

static int end(void **state)
{
    struct state *s = *state;
    free(s->path);
    free(s->changed);
    world_free(&s->w);
    return 0;
}

/* The package as entries, to be put together again otherwise. */
struct entries {
    struct zip *zip;
    struct {
        const char *name;
        struct span data;
    } list[20];
    size_t n;
};

static struct entries take_apart(const char *path)
{
    struct entries x = {0};
    assert_done(zip_open_file(&x.zip, path, &e), e);
    for (; x.n < zip_count(x.zip); x.n++) {
        x.list[x.n].name = zip_name(x.zip, x.n);
        x.list[x.n].data = zip_part(x.zip, x.n);
    }
    return x;
}

static size_t at(const struct entries *x, const char *name)
{
    for (size_t i = 0; i < x->n; i++)
        if (strcmp(x->list[i].name, name) == 0)
            return i;
    fail_msg("no entry %s", name);
    return 0;
}

static void put_together(struct entries *x, const char *path)
{
    struct zip_writer *w = NULL;
    assert_done(zip_writer_file(&w, path, 0644, &e), e);
    for (size_t i = 0; i < x->n; i++)
        assert_done(zip_add(w, x->list[i].name, x->list[i].data, &e), e);
    assert_done(zip_finish(w, &e), e);
    zip_close(x->zip);
}

static void refused(struct state *s, int kind, const char *where, const char *words)
{
    struct package *p = NULL;
    assert_refused(package_open(&p, s->changed, s->w.trust, &e), kind, words, e);
    assert_null(p);
    if (!strstr(e.where, where))
        fail_msg("the place is \"%s\", not \"%s\"", e.where, where);
}

static void a_package_verifies_and_says_what_it_is(void **state)
{
    struct state *s = *state;
    struct package *p = NULL;
    assert_done(package_open(&p, s->path, s->w.trust, &e), e);
    const struct manifest *m = package_manifest(p);
    assert_string_equal(m->session, "am");
    assert_int_equal(m->end_ms - m->start_ms, 2 * 3600 * 1000);
    assert_int_equal(m->n_forms, 1);
    assert_memory_equal(package_hash(p), s->codes.hash, PACKAGE_HASH_BYTES);
    package_close(p);
}

static void the_unlock_code_opens_the_paper_and_not_the_key(void **state)
{
    struct state *s = *state;
    struct package *p = NULL;
    struct age_identity u = {0};
    struct bytes plain = {0};
    char shown[CODE_SHOWN];
    assert_done(package_open(&p, s->path, s->w.trust, &e), e);
    assert_done(package_unlock(p, code_show(s->codes.unlock, shown), &u, &e), e);
    assert_done(package_open_part(p, "paper.age", &u, &plain, &e), e);
    assert_refused(package_open_part(p, "key.age", &u, &plain, &e), ERR_NO, "", e);
    assert_string_equal(e.where, "key.age");
    bytes_release(&plain);
    age_identity_free(&u);
    package_close(p);
}

static void the_close_code_opens_the_key_and_not_the_paper(void **state)
{
    struct state *s = *state;
    struct package *p = NULL;
    struct age_identity c = {0};
    struct bytes plain = {0};
    assert_done(package_open(&p, s->path, s->w.trust, &e), e);
    assert_done(package_unlock_close(p, s->codes.close, &c, &e), e);
    assert_done(package_open_part(p, "key.age", &c, &plain, &e), e);
    assert_refused(package_open_part(p, "paper.age", &c, &plain, &e), ERR_NO, "", e);
    bytes_release(&plain);
    age_identity_free(&c);
    package_close(p);
}

static void a_wrong_code_opens_nothing(void **state)
{
    struct state *s = *state;
    struct package *p = NULL;
    struct age_identity u = {0};
    assert_done(package_open(&p, s->path, s->w.trust, &e), e);
    assert_refused(package_unlock(p, s->codes.close, &u, &e), ERR_NO, "not the code", e);
    assert_refused(package_unlock(p, "ABCD", &u, &e), ERR_DATA, "", e);
    assert_null(u.sk.p);
    package_close(p);
}

static void recovery_opens_everything(void **state)
{
    struct state *s = *state;
    struct package *p = NULL;
    struct age_identity u = {0}, c = {0};
    struct roster *roster = NULL;
    struct bytes plain = {0};
    assert_done(package_open(&p, s->path, s->w.trust, &e), e);
    assert_done(package_recover(p, &s->w.recovery, &u, &c, &e), e);
    assert_done(package_open_part(p, "paper.age", &u, &plain, &e), e);
    bytes_release(&plain);
    assert_done(package_open_part(p, "key.age", &c, &plain, &e), e);
    assert_done(package_open_roster(p, "S1", &s->w.recovery, &roster, &e), e);
    roster_free(roster);
    assert_refused(package_recover(p, &s->w.site, &u, &c, &e), ERR_NO, "", e);
    bytes_release(&plain);
    age_identity_free(&u);
    age_identity_free(&c);
    package_close(p);
}

static void a_site_opens_its_roster_and_no_other_part(void **state)
{
    struct state *s = *state;
    struct package *p = NULL;
    struct roster *roster = NULL;
    struct bytes plain = {0};
    assert_done(package_open(&p, s->path, s->w.trust, &e), e);
    assert_done(package_open_roster(p, "S1", &s->w.site, &roster, &e), e);
    assert_int_equal(roster->n_candidates, 2);
    assert_true(roster->room[0].has_secret);
    assert_refused(package_open_part(p, "paper.age", &s->w.site, &plain, &e), ERR_NO, "", e);
    assert_refused(package_open_roster(p, "S2", &s->w.site, &roster, &e), ERR_NO, "no such part", e);
    roster_free(roster);
    package_close(p);
}

static void a_practice_package_opens_without_a_code(void **state)
{
    struct state *s = *state;
    static const char *const forms[] = {"A"};
    struct package_input in = {.practice = true,
                               .session = "try",
                               .title = "练习",
                               .start = WORLD_START,
                               .end = WORLD_END,
                               .expiry = WORLD_EXPIRY,
                               .ruleset = "kaochang-1",
                               .version = 1,
                               .form = forms,
                               .n_forms = 1,
                               .paper = span_str("p"),
                               .key = span_str("k"),
                               .officer = &s->w.officer,
                               .n_officers = 1};
    struct package_codes codes;
    struct package *p = NULL;
    struct age_identity u = {0}, c = {0};
    struct bytes plain = {0};
    age_identity_recipient(&s->w.recovery, &in.recovery);
    age_identity_recipient(&s->w.results, &in.results);
    assert_done(package_build(&in, s->changed, &codes, &e), e);
    assert_done(package_open(&p, s->changed, s->w.trust, &e), e);
    assert_true(package_manifest(p)->practice);
    assert_done(package_recover(p, NULL, &u, &c, &e), e);
    assert_done(package_open_part(p, "paper.age", &u, &plain, &e), e);
    assert_true(span_equal(bytes_span(&plain), span_str("p")));
    assert_refused(package_unlock(p, "0000-0000-0000-0", &u, &e), ERR_USAGE, "needs no code", e);
    bytes_release(&plain);
    age_identity_free(&u);
    age_identity_free(&c);
    package_close(p);
}

static void attack_truncated(void **state)
{
    struct state *s = *state;
    struct bytes all = world_read(s->path);
    for (size_t cut = 1; cut < all.n; cut += all.n / 7) {
        world_write(s->changed, span_of(all.p, all.n - cut));
        struct package *p = NULL;
        assert_true(package_open(&p, s->changed, s->w.trust, &e) < 0);
        assert_true(e.what[0] != '\0');
    }
    bytes_release(&all);
}

static void attack_signed_again_by_an_unknown_key(void **state)
{
    struct state *s = *state;
    struct package_codes codes;
    world_package(&s->w, "am", 1, s->changed, 0, &codes);
    refused(s, ERR_NO, "manifest.xml", "not a key of the role");
}

static void attack_signature_of_another_session_of_the_same_officer(void **state)
{
    struct state *s = *state;
    struct entries x = take_apart(s->path);
    struct bytes other = {0};
    assert_done(minisign_sign(&s->w.officer, x.list[1].data, "kaochang/1 role=package session=pm version=1",
                              &other, &e),
                e);
    x.list[2].data = bytes_span(&other);
    put_together(&x, s->changed);
    refused(s, ERR_NO, "manifest.xml", "is for \"kaochang/1 role=package session=pm");
    bytes_release(&other);
}

static void attack_reordered_entries(void **state)
{
    struct state *s = *state;
    struct entries x = take_apart(s->path);
    size_t paper = at(&x, "paper.age"), key = at(&x, "key.age");
    struct span data = x.list[paper].data;
    x.list[paper].name = "key.age";
    x.list[paper].data = x.list[key].data;
    x.list[key].name = "paper.age";
    x.list[key].data = data;
    put_together(&x, s->changed);
    refused(s, ERR_NO, "key.age", "does not stand where");
}

static void attack_edited_part(void **state)
{
    struct state *s = *state;
    struct entries x = take_apart(s->path);
    size_t i = at(&x, "paper.age");
    uint8_t *copy = malloc(x.list[i].data.n);
    memcpy(copy, x.list[i].data.p, x.list[i].data.n);
    copy[x.list[i].data.n - 1] ^= 1;
    x.list[i].data.p = copy;
    put_together(&x, s->changed);
    free(copy);
    refused(s, ERR_NO, "paper.age", "not the one that was signed");
}

static void attack_shortened_part(void **state)
{
    struct state *s = *state;
    struct entries x = take_apart(s->path);
    x.list[at(&x, "close.age")].data.n--;
    put_together(&x, s->changed);
    refused(s, ERR_NO, "close.age", "bytes, but");
}

static void attack_part_of_another_package(void **state)
{
    struct state *s = *state;
    struct package_codes codes;
    char *other = world_path(&s->w, "other.exam");
    world_package(&s->w, "am", 2, other, 1, &codes);
    struct entries x = take_apart(s->path), y = take_apart(other);
    x.list[at(&x, "unlock.age")].data = y.list[at(&y, "unlock.age")].data;
    put_together(&x, s->changed);
    zip_close(y.zip);
    refused(s, ERR_NO, "unlock.age", "not the one that was signed");
    free(other);
}

static void attack_extra_entry(void **state)
{
    struct state *s = *state;
    struct entries x = take_apart(s->path);
    x.list[x.n].name = "README";
    x.list[x.n++].data = span_str("hello");
    put_together(&x, s->changed);
    refused(s, ERR_NO, "README", "not in the signed list");
}

static void attack_missing_entry(void **state)
{
    struct state *s = *state;
    struct entries x = take_apart(s->path);
    x.n--;
    put_together(&x, s->changed);
    refused(s, ERR_NO, "escrow.age", "not in the file");
}

/* The officer signs a manifest that names a part outside the table, or of a kind that comes later. */
static void signed_manifest(struct state *s, const char *from, const char *to)
{
    struct entries x = take_apart(s->path);
    struct bytes document = {0}, signature = {0};
    const char *text = (const char *)x.list[1].data.p,
               *hit = memmem(text, x.list[1].data.n, from, strlen(from));
    assert_non_null(hit);
    bytes_add(&document, text, (size_t)(hit - text));
    bytes_str(&document, to);
    bytes_add(&document, hit + strlen(from), x.list[1].data.n - (size_t)(hit - text) - strlen(from));
    assert_done(minisign_sign(&s->w.officer, bytes_span(&document),
                              "kaochang/1 role=package session=am version=1", &signature, &e),
                e);
    x.list[1].data = bytes_span(&document);
    x.list[2].data = bytes_span(&signature);
    put_together(&x, s->changed);
    bytes_release(&document);
    bytes_release(&signature);
}

static void attack_listed_but_unknown_name(void **state)
{
    struct state *s = *state;
    signed_manifest(s, "\"escrow.age\"", "\"zebra.age\"");
    refused(s, ERR_DATA, "zebra.age", "no such part");
}

static void attack_other_bytes_of_the_same_manifest(void **state)
{
    struct state *s = *state;
    signed_manifest(s, " mode=", "  mode=");
    refused(s, ERR_DATA, "manifest.xml", "canonical");
}

static void a_supplement_is_named_as_one(void **state)
{
    struct state *s = *state;
    signed_manifest(s, "kind=\"package\"", "kind=\"withdrawal\"");
    refused(s, ERR_NO, "manifest.xml", "supplement to a package (withdrawal)");
}

static void attack_identity_that_the_manifest_does_not_name(void **state)
{
    struct state *s = *state;
    char other[AGE_RECIPIENT_TEXT], now[AGE_RECIPIENT_TEXT];
    struct age_recipient site;
    struct package *p = NULL;
    struct age_identity u = {0};
    assert_done(package_open(&p, s->path, s->w.trust, &e), e);
    age_recipient_text(&package_manifest(p)->recipient[MANIFEST_U], now);
    package_close(p);
    age_identity_recipient(&s->w.site, &site);
    signed_manifest(s, now, age_recipient_text(&site, other));
    assert_done(package_open(&p, s->changed, s->w.trust, &e), e);
    assert_refused(package_unlock(p, s->codes.unlock, &u, &e), ERR_NO, "another identity", e);
    package_close(p);
}

static void attack_threshold_missing(void **state)
{
    (void)state;
    struct state two = {0};
    struct package *p = NULL;
    world_new(&two.w, 2);
    two.changed = world_path(&two.w, "two.exam");
    world_package(&two.w, "am", 1, two.changed, 1, &two.codes);
    refused(&two, ERR_NO, "manifest.xml", "has 1 of the 2 signatures");
    world_package(&two.w, "am", 1, two.changed, 2, &two.codes);
    assert_done(package_open(&p, two.changed, two.w.trust, &e), e);
    package_close(p);
    free(two.changed);
    world_free(&two.w);
}

static void attack_any_flipped_bit(void **state)
{
    struct state *s = *state;
    struct bytes all = world_read(s->path);
    for (size_t i = 0; i < all.n; i++) {
        struct package *p = NULL;
        FILE *f = fopen(s->changed, "w");
        assert_non_null(f);
        all.p[i] ^= (uint8_t)(1u << i % 8);
        assert_int_equal(fwrite(all.p, 1, all.n, f), all.n);
        assert_int_equal(fclose(f), 0);
        all.p[i] ^= (uint8_t)(1u << i % 8);
        if (package_open(&p, s->changed, s->w.trust, &e) == 0)
            fail_msg("byte %zu of %zu may be changed", i, all.n);
    }
    bytes_release(&all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_package_verifies_and_says_what_it_is),
        cmocka_unit_test(the_unlock_code_opens_the_paper_and_not_the_key),
        cmocka_unit_test(the_close_code_opens_the_key_and_not_the_paper),
        cmocka_unit_test(a_wrong_code_opens_nothing),
        cmocka_unit_test(recovery_opens_everything),
        cmocka_unit_test(a_site_opens_its_roster_and_no_other_part),
        cmocka_unit_test(a_practice_package_opens_without_a_code),
        cmocka_unit_test(attack_truncated),
        cmocka_unit_test(attack_signed_again_by_an_unknown_key),
        cmocka_unit_test(attack_signature_of_another_session_of_the_same_officer),
        cmocka_unit_test(attack_reordered_entries),
        cmocka_unit_test(attack_edited_part),
        cmocka_unit_test(attack_shortened_part),
        cmocka_unit_test(attack_part_of_another_package),
        cmocka_unit_test(attack_extra_entry),
        cmocka_unit_test(attack_missing_entry),
        cmocka_unit_test(attack_listed_but_unknown_name),
        cmocka_unit_test(attack_other_bytes_of_the_same_manifest),
        cmocka_unit_test(a_supplement_is_named_as_one),
        cmocka_unit_test(attack_identity_that_the_manifest_does_not_name),
        cmocka_unit_test(attack_threshold_missing),
        cmocka_unit_test(attack_any_flipped_bit),
    };
    return cmocka_run_group_tests(tests, begin, end);
}

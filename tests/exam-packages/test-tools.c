/* SPDX-License-Identifier: Apache-2.0 */
/* Debian's age, minisign and unzip read what we write, and we read what they write. */
#include "tests/check.h"

#include <stdlib.h>

#include "base/file.h"
#include "base/mem.h"
#include "exam-packages/age.h"
#include "exam-packages/code.h"
#include "exam-packages/minisign.h"
#include "exam-packages/zip.h"
#include "tests/exam-packages/scratch.h"

enum { LONG_TEXT = 3 * 65536 + 5 };

static const char comment[] = "kaochang/1 role=package session=s1 version=1", password[] = "correct horse";

struct desk {
    struct scratch folder;
    struct bytes text; /* three chunks of age and a bit, also in the file "paper" */
    char *pty_type;
};

static int set_up(void **state)
{
    struct desk *d = mem_alloc(sizeof *d);
    const char *build = getenv("BUILD_ROOT");
    assert_non_null(build);
    d->pty_type = path_join(build, "tests/tools/pty-type");
    scratch_open(&d->folder);
    for (int i = 0; i < LONG_TEXT; i++)
        bytes_u8(&d->text, (uint8_t)(i * 31 >> 3));
    scratch_put(&d->folder, "paper", bytes_span(&d->text));
    *state = d;
    return 0;
}

static int tear_down(void **state)
{
    struct desk *d = *state;
    bytes_release(&d->text);
    scratch_close(&d->folder);
    free(d->pty_type);
    free(d);
    return 0;
}

static void run(const struct desk *d, const char *const *words)
{
    int status = scratch_run(&d->folder, words);
    if (status != 0) {
        struct bytes said = scratch_get(&d->folder, "output");
        fail_msg("%s ended with %d: %s", words[0], status, said.p);
    }
}

static void same_as_paper(const struct desk *d, const char *name)
{
    struct bytes got = scratch_get(&d->folder, name);
    assert_true(span_equal(bytes_span(&got), bytes_span(&d->text)));
    bytes_release(&got);
}

/* An identity of ours in the file "id"; its recipient in text. */
static void put_identity(const struct desk *d, struct age_identity *id, char text[AGE_RECIPIENT_TEXT])
{
    struct age_recipient to;
    struct bytes line = {0};
    struct err e;
    assert_done(age_identity_new(id, &e), e);
    age_identity_recipient(id, &to);
    age_recipient_text(&to, text);
    age_identity_text(id, &line);
    bytes_str(&line, "\n");
    scratch_put(&d->folder, "id", bytes_span(&line));
    bytes_release(&line);
}

static void age_opens_what_we_seal(void **state)
{
    struct desk *d = *state;
    struct age_identity id = {0};
    struct age_recipient to;
    char text[AGE_RECIPIENT_TEXT];
    struct bytes sealed = {0};
    struct err e;
    put_identity(d, &id, text);
    age_identity_recipient(&id, &to);
    assert_done(age_seal(bytes_span(&d->text), &to, 1, &sealed, &e), e);
    scratch_put(&d->folder, "paper.age", bytes_span(&sealed));
    run(d, (const char *const[]){"age", "-d", "-i", "id", "-o", "opened", "paper.age", NULL});
    same_as_paper(d, "opened");
    bytes_release(&sealed);
    age_identity_free(&id);
}

static void we_open_what_age_seals(void **state)
{
    struct desk *d = *state;
    struct age_identity id = {0};
    char text[AGE_RECIPIENT_TEXT];
    struct err e;
    put_identity(d, &id, text);
    run(d, (const char *const[]){"age", "-r", text, "-o", "paper.age", "paper", NULL});
    struct bytes sealed = scratch_get(&d->folder, "paper.age"), plain = {0};
    assert_done(age_open(bytes_span(&sealed), &id, 1, &plain, &e), e);
    assert_true(span_equal(bytes_span(&plain), bytes_span(&d->text)));
    bytes_release(&plain);
    bytes_release(&sealed);
    age_identity_free(&id);
}

/* Text, as people put it into letters: for files of our own it is not taken. */
static void we_open_what_age_wraps_in_text(void **state)
{
    struct desk *d = *state;
    struct age_identity id = {0};
    char text[AGE_RECIPIENT_TEXT], *from = scratch_path(&d->folder, "paper.txt"),
                                   *to = scratch_path(&d->folder, "opened");
    struct bytes plain = {0};
    struct err e;
    put_identity(d, &id, text);
    run(d, (const char *const[]){"age", "-a", "-r", text, "-o", "paper.txt", "paper", NULL});
    assert_done(age_open_file(from, to, 0600, &(struct age_key){.id = &id, .n = 1}, &e), e);
    same_as_paper(d, "opened");
    struct bytes wrapped = scratch_get(&d->folder, "paper.txt");
    assert_refused(age_open(bytes_span(&wrapped), &id, 1, &plain, &e), ERR_DATA, "header", e);
    bytes_release(&wrapped);
    age_identity_free(&id);
    free(from);
    free(to);
}

static void age_keygen_and_we_agree_on_recipients(void **state)
{
    struct desk *d = *state;
    struct age_identity ours = {0}, theirs = {0};
    struct age_recipient to;
    char text[AGE_RECIPIENT_TEXT], *path = scratch_path(&d->folder, "their-id");
    struct err e;
    put_identity(d, &ours, text);
    run(d, (const char *const[]){"age-keygen", "-y", "id", NULL});
    struct bytes said = scratch_get(&d->folder, "output");
    assert_true(span_equal(span_of(said.p, said.n - 1), span_str(text)));
    bytes_release(&said);
    run(d, (const char *const[]){"age-keygen", "-o", "their-id", NULL});
    said = scratch_get(&d->folder, "output");
    assert_done(age_identity_load(path, &theirs, &e), e);
    age_identity_recipient(&theirs, &to);
    assert_non_null(strstr((char *)said.p, age_recipient_text(&to, text)));
    bytes_release(&said);
    free(path);
    age_identity_free(&ours);
    age_identity_free(&theirs);
}

static void a_code_opens_with_age_by_its_twelve_characters(void **state)
{
    struct desk *d = *state;
    char code[CODE_DATA + 1];
    struct bytes sealed = {0};
    struct err e;
    code_new(code);
    assert_done(age_seal_code(bytes_span(&d->text), span_str(code), AGE_CODE_LOG2N, &sealed, &e), e);
    scratch_put(&d->folder, "paper.age", bytes_span(&sealed));
    run(d, (const char *const[]){d->pty_type, "--expect", "Enter passphrase", "--send", code, "--", "age",
                                 "-d", "-o", "opened", "paper.age", NULL});
    same_as_paper(d, "opened");
    bytes_release(&sealed);
}

static void we_open_what_age_seals_to_a_passphrase(void **state)
{
    struct desk *d = *state;
    struct bytes plain = {0};
    struct err e;
    run(d, (const char *const[]){d->pty_type, "--expect", "Enter passphrase", "--send", password, "--expect",
                                 "Confirm", "--send", password, "--", "age", "-p", "-o", "paper.age", "paper",
                                 NULL});
    struct bytes sealed = scratch_get(&d->folder, "paper.age");
    assert_done(age_open_code(bytes_span(&sealed), span_str(password), &plain, &e), e);
    assert_true(span_equal(bytes_span(&plain), bytes_span(&d->text)));
    bytes_release(&plain);
    bytes_release(&sealed);
}

static void put_keys(const struct desk *d, const struct minisign_secret *s, const struct secret *with)
{
    struct minisign_public public;
    struct bytes secret_file = {0}, public_file = {0};
    struct err e;
    minisign_secret_public(s, &public);
    minisign_public_write(&public, &public_file);
    assert_done(minisign_secret_write(s, with, &secret_file, &e), e);
    scratch_put(&d->folder, "our.key", bytes_span(&secret_file));
    scratch_put(&d->folder, "our.pub", bytes_span(&public_file));
    bytes_release(&secret_file);
    bytes_release(&public_file);
}

static void minisign_verifies_what_we_sign(void **state)
{
    struct desk *d = *state;
    struct minisign_secret s = {0};
    struct bytes signature = {0};
    struct err e;
    assert_done(minisign_new(&s, &e), e);
    put_keys(d, &s, NULL);
    assert_done(minisign_sign(&s, bytes_span(&d->text), comment, &signature, &e), e);
    scratch_put(&d->folder, "paper.minisig", bytes_span(&signature));
    run(d, (const char *const[]){"minisign", "-V", "-H", "-p", "our.pub", "-m", "paper", NULL});
    struct bytes said = scratch_get(&d->folder, "output");
    assert_non_null(strstr((char *)said.p, comment));
    bytes_release(&said);
    bytes_release(&signature);
    minisign_secret_free(&s);
}

static void minisign_signs_with_our_key_and_we_verify_it(void **state)
{
    struct desk *d = *state;
    struct minisign_secret s = {0};
    struct minisign_public public;
    struct err e;
    char *trusted = NULL;
    assert_done(minisign_new(&s, &e), e);
    put_keys(d, &s, NULL);
    run(d,
        (const char *const[]){"minisign", "-S", "-H", "-s", "our.key", "-m", "paper", "-t", comment, NULL});
    struct bytes signature = scratch_get(&d->folder, "paper.minisig");
    minisign_secret_public(&s, &public);
    assert_done(minisign_verify(bytes_span(&d->text), bytes_span(&signature), &public, &trusted, &e), e);
    assert_string_equal(trusted, comment);
    free(trusted);
    bytes_release(&signature);
    minisign_secret_free(&s);
}

static void we_sign_with_minisigns_key_and_it_verifies(void **state)
{
    struct desk *d = *state;
    struct minisign_secret s = {0};
    struct minisign_public public, ours;
    struct bytes signature = {0};
    char *key = scratch_path(&d->folder, "m.key"), *pub = scratch_path(&d->folder, "m.pub"),
         id[MINISIGN_ID_TEXT];
    struct err e;
    run(d, (const char *const[]){"minisign", "-G", "-W", "-p", "m.pub", "-s", "m.key", NULL});
    assert_done(minisign_secret_load(key, NULL, &s, &e), e);
    assert_done(minisign_public_load(pub, &public, &e), e);
    minisign_secret_public(&s, &ours);
    assert_true(minisign_public_equal(&public, &ours));
    struct bytes file = scratch_get(&d->folder, "m.pub");
    minisign_id_text(public.id, id);
    assert_non_null(strstr((char *)file.p, id + strspn(id, "0"))); /* minisign writes no leading zeros */
    assert_done(minisign_sign(&s, bytes_span(&d->text), comment, &signature, &e), e);
    scratch_put(&d->folder, "paper.minisig", bytes_span(&signature));
    run(d, (const char *const[]){"minisign", "-V", "-H", "-p", "m.pub", "-m", "paper", NULL});
    bytes_release(&file);
    bytes_release(&signature);
    minisign_secret_free(&s);
    free(key);
    free(pub);
}

static void a_key_with_our_password_opens_in_minisign(void **state)
{
    struct desk *d = *state;
    struct minisign_secret s = {0};
    struct secret with = {0};
    struct err e;
    assert_done(secret_copy(&with, span_str(password), &e), e);
    assert_done(minisign_new(&s, &e), e);
    put_keys(d, &s, &with);
    run(d, (const char *const[]){d->pty_type, "--expect", "Password", "--send", password, "--", "minisign",
                                 "-S", "-H", "-s", "our.key", "-m", "paper", NULL});
    run(d, (const char *const[]){"minisign", "-V", "-H", "-p", "our.pub", "-m", "paper", NULL});
    secret_free(&with);
    minisign_secret_free(&s);
}

static void a_key_with_minisigns_password_opens_here(void **state)
{
    struct desk *d = *state;
    struct minisign_secret s = {0};
    struct secret with = {0};
    char *key = scratch_path(&d->folder, "m.key");
    struct err e;
    run(d, (const char *const[]){d->pty_type, "--expect", "Password", "--send", password, "--expect",
                                 "one more time", "--send", password, "--", "minisign", "-G", "-p", "m.pub",
                                 "-s", "m.key", NULL});
    assert_done(secret_copy(&with, span_str(password), &e), e);
    assert_done(minisign_secret_load(key, &with, &s, &e), e);
    minisign_secret_free(&s);
    secret_free(&with);
    free(key);
}

static void unzip_tests_and_unpacks_our_containers(void **state)
{
    struct desk *d = *state;
    struct zip_writer *w = NULL;
    struct err e;
    char *path = scratch_path(&d->folder, "a.zip"), *paper = scratch_path(&d->folder, "paper");
    assert_done(zip_writer_file(&w, path, 0644, &e), e);
    assert_done(zip_add(w, "mimetype", span_str("application/vnd.kaochang.exam+zip"), &e), e);
    assert_done(zip_add_file(w, "items/k001.xml", paper, &e), e);
    assert_done(zip_add(w, "empty", span_str(""), &e), e);
    assert_done(zip_finish(w, &e), e);
    run(d, (const char *const[]){"unzip", "-tq", "a.zip", NULL});
    run(d, (const char *const[]){"unzip", "-qj", "a.zip", NULL});
    same_as_paper(d, "k001.xml");
    struct bytes empty = scratch_get(&d->folder, "empty");
    assert_int_equal(empty.n, 0);
    bytes_release(&empty);
    free(path);
    free(paper);
}

#define WITH_A_DESK(rule) cmocka_unit_test_setup_teardown(rule, set_up, tear_down)

int main(void)
{
    static const char *const programs[] = {"age", "age-keygen", "minisign", "unzip"};
    const struct CMUnitTest tests[] = {
        WITH_A_DESK(age_opens_what_we_seal),
        WITH_A_DESK(we_open_what_age_seals),
        WITH_A_DESK(we_open_what_age_wraps_in_text),
        WITH_A_DESK(age_keygen_and_we_agree_on_recipients),
        WITH_A_DESK(a_code_opens_with_age_by_its_twelve_characters),
        WITH_A_DESK(we_open_what_age_seals_to_a_passphrase),
        WITH_A_DESK(minisign_verifies_what_we_sign),
        WITH_A_DESK(minisign_signs_with_our_key_and_we_verify_it),
        WITH_A_DESK(we_sign_with_minisigns_key_and_it_verifies),
        WITH_A_DESK(a_key_with_our_password_opens_in_minisign),
        WITH_A_DESK(a_key_with_minisigns_password_opens_here),
        WITH_A_DESK(unzip_tests_and_unpacks_our_containers),
    };
    for (size_t i = 0; i < sizeof programs / sizeof *programs; i++)
        if (!scratch_program(programs[i]))
            return skip_program("one of age, age-keygen, minisign, unzip is not installed");
    return cmocka_run_group_tests_name("tools", tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* kaochang seal, open and sign, as a person types them: results, exit statuses, and what stays untouched. */
#include "tests/check.h"

#include <stdlib.h>

#include "base/file.h"
#include "base/mem.h"
#include "exam-packages/age.h"
#include "exam-packages/code.h"
#include "exam-packages/minisign.h"
#include "tests/exam-packages/scratch.h"

static const char paper[] = "an exam paper\n", code[] = "7K3M9Q2XWZ4T", password[] = "correct horse";

struct desk {
    struct scratch folder;
    char *kaochang, *pty_type;
    char recipient[AGE_RECIPIENT_TEXT], shown[CODE_SHOWN];
};

static void put_identity(struct desk *d)
{
    struct age_identity id = {0};
    struct age_recipient to;
    struct bytes line = {0};
    struct err e;
    assert_done(age_identity_new(&id, &e), e);
    age_identity_recipient(&id, &to);
    age_recipient_text(&to, d->recipient);
    age_identity_text(&id, &line);
    scratch_put(&d->folder, "id", bytes_span(&line));
    scratch_put(&d->folder, "recipient", span_str(d->recipient));
    bytes_release(&line);
    age_identity_free(&id);
}

static int set_up(void **state)
{
    struct desk *d = mem_alloc(sizeof *d);
    const char *build = getenv("BUILD_ROOT");
    assert_non_null(build);
    d->kaochang = path_join(build, "cli/kaochang");
    d->pty_type = path_join(build, "tests/tools/pty-type");
    scratch_open(&d->folder);
    scratch_put(&d->folder, "paper", span_str(paper));
    put_identity(d);
    code_show(code, d->shown);
    *state = d;
    return 0;
}

static int tear_down(void **state)
{
    struct desk *d = *state;
    scratch_close(&d->folder);
    free(d->kaochang);
    free(d->pty_type);
    free(d);
    return 0;
}

/* Runs it, and requires the exit status and words in what it said. */
static void expect(const struct desk *d, const char *const *words, int status, const char *said)
{
    int is = scratch_run(&d->folder, words);
    struct bytes output = scratch_get(&d->folder, "output");
    bytes_add(&output, "", 1);
    if (is != status || !strstr((char *)output.p, said))
        fail_msg("status %d, wanted %d with \"%s\": %s", is, status, said, output.p);
    bytes_release(&output);
}

static void is_paper(const struct desk *d, const char *name)
{
    struct bytes got = scratch_get(&d->folder, name);
    assert_true(span_equal(bytes_span(&got), span_str(paper)));
    bytes_release(&got);
}

static void a_file_sealed_to_recipients_opens_with_the_identity(void **state)
{
    struct desk *d = *state;
    expect(d,
           (const char *const[]){d->kaochang, "seal", "-r", d->recipient, "-r", "recipient", "paper", "-o",
                                 "a", NULL},
           0, "");
    expect(d, (const char *const[]){d->kaochang, "open", "-i", "id", "a", "-o", "b", NULL}, 0, "");
    is_paper(d, "b");
}

static void a_file_sealed_to_a_code_opens_with_it_however_it_is_typed(void **state)
{
    struct desk *d = *state;
    scratch_put(&d->folder, "code", span_str("7k3m 9q2x wz4t\n"));
    expect(d, (const char *const[]){d->kaochang, "seal", "--code", d->shown, "paper", "-o", "a", NULL}, 0,
           "");
    expect(d, (const char *const[]){d->kaochang, "open", "--code", code, "a", "-o", "b", NULL}, 0, "");
    is_paper(d, "b");
    expect(d, (const char *const[]){d->kaochang, "open", "--code-file", "code", "a", "-o", "c", NULL}, 0, "");
    is_paper(d, "c");
}

static void a_code_asked_for_is_not_shown_while_typed(void **state)
{
    struct desk *d = *state;
    expect(d, (const char *const[]){d->kaochang, "seal", "--code", code, "paper", "-o", "a", NULL}, 0, "");
    expect(d,
           (const char *const[]){d->pty_type, "--expect", "Code: ", "--send", d->shown, "--", d->kaochang,
                                 "open", "--code", "-", "a", "-o", "b", NULL},
           0, "Code: ");
    is_paper(d, "b");
    struct bytes said = scratch_get(&d->folder, "output");
    assert_null(memmem(said.p, said.n, d->shown, 4));
    bytes_release(&said);
}

/* The shell lives on to ask the terminal how it is set. */
static void an_interrupted_question_leaves_the_terminal_as_it_was(void **state)
{
    struct desk *d = *state;
    char *script =
        mem_printf("trap : INT; %s open --code - paper -o b; echo status $?; stty -a", d->kaochang);
    expect(d,
           (const char *const[]){d->pty_type, "--expect", "Code: ", "--send", "\003", "--", "sh", "-c",
                                 script, NULL},
           0, "status 130");
    struct bytes said = scratch_get(&d->folder, "output");
    assert_non_null(memmem(said.p, said.n, " echo ", 6));
    assert_null(memmem(said.p, said.n, "-echo ", 6));
    bytes_release(&said);
    free(script);
}

static void a_wrong_code_is_a_no_and_a_mistyped_one_is_told_apart(void **state)
{
    struct desk *d = *state;
    expect(d, (const char *const[]){d->kaochang, "seal", "--code", code, "paper", "-o", "a", NULL}, 0, "");
    expect(d, (const char *const[]){d->kaochang, "open", "--code", "7K3M9Q2XWZ4V", "a", "-o", "b", NULL}, 1,
           "does not open");
    d->shown[0] = '8';
    expect(d, (const char *const[]){d->kaochang, "open", "--code", d->shown, "a", "-o", "b", NULL}, 3,
           "check character");
    assert_false(scratch_has(&d->folder, "b"));
}

static void nothing_is_written_over_without_force(void **state)
{
    struct desk *d = *state;
    expect(d, (const char *const[]){d->kaochang, "seal", "-r", "recipient", "paper", "-o", "id", NULL}, 2,
           "holds a secret key");
    expect(
        d,
        (const char *const[]){d->kaochang, "seal", "-r", "recipient", "paper", "-o", "id", "--force", NULL},
        2, "holds a secret key");
    expect(d, (const char *const[]){d->kaochang, "seal", "-r", "recipient", "paper", "-o", "a", NULL}, 0, "");
    expect(d, (const char *const[]){d->kaochang, "open", "-i", "id", "a", "-o", "paper", NULL}, 2,
           "already there");
    expect(d, (const char *const[]){d->kaochang, "open", "-i", "id", "a", "-o", "paper", "--force", NULL}, 0,
           "");
    is_paper(d, "paper");
}

static void a_broken_file_is_bad_data_and_leaves_nothing(void **state)
{
    struct desk *d = *state;
    expect(d, (const char *const[]){d->kaochang, "seal", "-r", "recipient", "paper", "-o", "a", NULL}, 0, "");
    struct bytes sealed = scratch_get(&d->folder, "a");
    sealed.p[sealed.n - 1] ^= 1;
    scratch_put(&d->folder, "a", bytes_span(&sealed));
    expect(d, (const char *const[]){d->kaochang, "open", "-i", "id", "a", "-o", "b", NULL}, 3,
           "changed or cut");
    assert_false(scratch_has(&d->folder, "b"));
    expect(d, (const char *const[]){d->kaochang, "open", "-i", "id", "absent", "-o", "b", NULL}, 4, "absent");
    expect(d, (const char *const[]){d->kaochang, "open", "-i", "paper", "a", "-o", "b", NULL}, 3,
           "not an age identity");
    bytes_release(&sealed);
}

static void wrong_usage_is_explained(void **state)
{
    struct desk *d = *state;
    expect(d, (const char *const[]){d->kaochang, "seal", "paper", "-o", "a", NULL}, 2, "one of the two");
    expect(d,
           (const char *const[]){d->kaochang, "seal", "-r", "recipient", "--code", code, "paper", "-o", "a",
                                 NULL},
           2, "one of the two");
    expect(d, (const char *const[]){d->kaochang, "seal", "-r", "recipient", "paper", NULL}, 2,
           "--output is missing");
    expect(d, (const char *const[]){d->kaochang, "open", "--code", "-", "paper", "-o", "a", NULL}, 2,
           "no terminal");
    assert_false(scratch_has(&d->folder, "a"));
}

static void put_key(const struct desk *d, const struct secret *with)
{
    struct minisign_secret s = {0};
    struct minisign_public public;
    struct bytes secret_file = {0}, public_file = {0};
    struct err e;
    assert_done(minisign_new(&s, &e), e);
    minisign_secret_public(&s, &public);
    minisign_public_write(&public, &public_file);
    assert_done(minisign_secret_write(&s, with, &secret_file, &e), e);
    scratch_put(&d->folder, "key", bytes_span(&secret_file));
    scratch_put(&d->folder, "pub", bytes_span(&public_file));
    bytes_release(&secret_file);
    bytes_release(&public_file);
    minisign_secret_free(&s);
}

static void verifies(const struct desk *d, const char *name, const char *says)
{
    struct bytes signature = scratch_get(&d->folder, name);
    struct minisign_public by;
    char *pub = scratch_path(&d->folder, "pub"), *trusted = NULL;
    struct err e;
    assert_done(minisign_public_load(pub, &by, &e), e);
    assert_done(minisign_verify(span_str(paper), bytes_span(&signature), &by, &trusted, &e), e);
    assert_string_equal(trusted, says);
    free(trusted);
    free(pub);
    bytes_release(&signature);
}

static void a_signature_lies_beside_its_file(void **state)
{
    struct desk *d = *state;
    put_key(d, NULL);
    expect(d, (const char *const[]){d->kaochang, "sign", "-s", "key", "paper", NULL}, 0, "");
    verifies(d, "paper.minisig", "file:paper");
    expect(d, (const char *const[]){d->kaochang, "sign", "-s", "key", "paper", NULL}, 2, "already there");
    expect(d,
           (const char *const[]){d->kaochang, "sign", "-s", "key", "--comment", "kaochang/1 version=1", "-o",
                                 "s", "paper", NULL},
           0, "");
    verifies(d, "s", "kaochang/1 version=1");
    expect(d, (const char *const[]){d->kaochang, "sign", "-s", "paper", "-o", "t", "paper", NULL}, 3,
           "not a minisign secret");
}

static void a_password_comes_from_a_file_or_the_terminal(void **state)
{
    struct desk *d = *state;
    struct secret with = {0};
    struct err e;
    assert_done(secret_copy(&with, span_str(password), &e), e);
    put_key(d, &with);
    scratch_put(&d->folder, "password", span_str("correct horse\n"));
    expect(d, (const char *const[]){d->kaochang, "sign", "-s", "key", "paper", NULL}, 2, "no terminal");
    expect(d, (const char *const[]){d->kaochang, "sign", "-s", "key", "--no-password", "paper", NULL}, 2,
           "needs its password");
    expect(
        d,
        (const char *const[]){d->kaochang, "sign", "-s", "key", "--password-file", "password", "paper", NULL},
        0, "");
    verifies(d, "paper.minisig", "file:paper");
    expect(d,
           (const char *const[]){d->pty_type, "--expect", "Password of the key: ", "--send", password, "--",
                                 d->kaochang, "sign", "-s", "key", "-o", "typed", "paper", NULL},
           0, "Password of the key: ");
    verifies(d, "typed", "file:paper");
    secret_free(&with);
}

#define WITH_A_DESK(rule) cmocka_unit_test_setup_teardown(rule, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_A_DESK(a_file_sealed_to_recipients_opens_with_the_identity),
        WITH_A_DESK(a_file_sealed_to_a_code_opens_with_it_however_it_is_typed),
        WITH_A_DESK(a_code_asked_for_is_not_shown_while_typed),
        WITH_A_DESK(an_interrupted_question_leaves_the_terminal_as_it_was),
        WITH_A_DESK(a_wrong_code_is_a_no_and_a_mistyped_one_is_told_apart),
        WITH_A_DESK(nothing_is_written_over_without_force),
        WITH_A_DESK(a_broken_file_is_bad_data_and_leaves_nothing),
        WITH_A_DESK(wrong_usage_is_explained),
        WITH_A_DESK(a_signature_lies_beside_its_file),
        WITH_A_DESK(a_password_comes_from_a_file_or_the_terminal),
    };
    return cmocka_run_group_tests_name("seal", tests, NULL, NULL);
}

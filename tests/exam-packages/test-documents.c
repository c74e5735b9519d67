/* SPDX-License-Identifier: Apache-2.0 */
/* The signed documents, from the samples that the fuzz harnesses start from: each is read; each single change
 * is refused with its reason. */
#include "tests/check.h"

#include <stdlib.h>

#include "base/file.h"
#include "base/mem.h"
#include "exam-packages/bundle.h"
#include "exam-packages/index.h"
#include "exam-packages/manifest.h"
#include "exam-packages/role.h"
#include "exam-packages/roster.h"

static struct err e;

static struct bytes sample(const char *name)
{
    struct bytes data = {0};
    char *path = mem_printf("%s/tests/fuzz/corpus/%s", getenv("SOURCE_ROOT"), name);
    assert_done(file_read(path, 1 << 20, &data, &e), e);
    free(path);
    return data;
}

/* Reads a document of the kind that its folder says. */
static int read_one(const char *name, struct span data)
{
    struct manifest *m = NULL;
    struct bundle_document *b = NULL;
    struct roster *roster = NULL;
    struct certificate *c = NULL;
    struct root *root = NULL;
    struct targets *t = NULL;
    struct index *i = NULL;
    int r = -1;
    if (strncmp(name, "exam-manifest/", 14) == 0)
        r = exam_manifest_read(&m, name, data, &e);
    else if (strncmp(name, "bundle/", 7) == 0)
        r = bundle_document_read(&b, name, data, &e);
    else if (strncmp(name, "roster/", 7) == 0)
        r = roster_read(&roster, name, data, &e);
    else if (strncmp(name, "certificate/", 12) == 0)
        r = certificate_read(&c, name, data, &e);
    else if (strstr(name, "root"))
        r = root_read(&root, name, data, &e);
    else if (strstr(name, "targets"))
        r = targets_read(&t, name, data, &e);
    else
        r = index_read(&i, strstr(name, "timestamp") != NULL, name, data, &e);
    exam_manifest_free(m);
    bundle_document_free(b);
    roster_free(roster);
    certificate_free(c);
    root_free(root);
    targets_free(t);
    index_free(i);
    return r;
}

/* The sample with the first `from` replaced is refused with these words. */
static void refused(const char *name, const char *from, const char *to, const char *words)
{
    struct bytes old = sample(name), new = {0};
    const char *hit = strstr((const char *)old.p, from);
    if (!hit)
        fail_msg("%s holds no %s", name, from);
    bytes_add(&new, old.p, (size_t)(hit - (const char *)old.p));
    bytes_str(&new, to);
    bytes_str(&new, hit + strlen(from));
    int r = read_one(name, bytes_span(&new));
    if (r >= 0 || !strstr(e.what, words))
        fail_msg("%s with \"%s\": \"%s\", not about \"%s\"", name, to, r < 0 ? e.what : "read", words);
    bytes_release(&old);
    bytes_release(&new);
}

static void every_sample_is_read(void **state)
{
    static const char *const names[] = {
        "exam-manifest/sealed.xml", "exam-manifest/practice.xml", "exam-manifest/proctors.xml",
        "bundle/two.xml",           "bundle/second.xml",          "roster/whole.xml",
        "roster/site.xml",          "certificate/station.xml",    "certificate/room.xml",
        "repository/root.xml",      "repository/targets.xml",     "repository/snapshot.xml",
        "repository/timestamp.xml", "repository/targets-revoked.xml"};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct bytes data = sample(names[i]);
        assert_done(read_one(names[i], bytes_span(&data)), e);
        bytes_release(&data);
    }
}

static void a_manifest_says_what_is_wrong(void **state)
{
    static const char name[] = "exam-manifest/sealed.xml";
    (void)state;
    refused(name, "mode=\"sealed\"", "mode=\"open\"", "unknown kind");
    refused(name, "kind=\"package\"", "kind=\"roster\"", "supplement to a package (roster)");
    refused(name, "session=\"am1\"", "session=\"../am1\"", "not a plain name");
    refused(name, "version=\"1\"", "version=\"0\"", "not a whole number");
    refused(name, "end=\"2026-11-22T11", "end=\"2026-11-22T08", "must follow each other");
    refused(name, "end=\"2026-11-22T11:00:00+08:00\"", "end=\"2026-11-22T11:00+08:00\"", "not written like");
    refused(name, "end=\"2026-11-22", "end=\"2026-11-31", "no such day");
    refused(name, "role=\"O\"", "role=\"X\"", "unknown recipient");
    refused(name, "role=\"O\"", "role=\"R\"", "canonical");
    refused(name, "name=\"escrow.age\"", "name=\"open.txt\"", "no such part");
    refused(name, "name=\"key.age\"", "name=\"key2.age\"", "no such part");
    refused(name, "name=\"key.age\"", "name=\"paper.age\"", "not in their order");
    refused(name, "name=\"roster/", "name=\"roster/../", "no such part");
    refused(name, "name=\"unlock.age\"", "name=\"unlock/1-2.age\"", "lacks this part");
    refused(name, "<form id=\"B\">", "<form id=\"A\">", "not plain names in their order");
    refused(name, "</manifest>", "<x></x></manifest>", "unknown element");
    refused(name, "\n", "", "canonical");
}

static void a_manifest_says_what_is_wrong_with_its_proctors(void **state)
{
    static const char name[] = "exam-manifest/proctors.xml", key_of_zhang[] = "key=\"age1wa0c2zfnyuzsu",
                      practice[] = "exam-manifest/practice.xml",
                      one[] = "<proctors needed=\"1\"><proctor name=\"a\" "
                              "key=\"age1wa0c2zfnyuzsu3my6ql33hszxfh8pn0aqqpu9j95h8eul22caejqvl26dt\">"
                              "</proctor></proctors><recipient";
    (void)state;
    refused(name, "needed=\"2\"", "needed=\"0\"", "not a whole number");
    refused(name, "needed=\"2\"", "needed=\"4\"", "4 of 3 proctors cannot");
    refused(name, "needed=\"2\"", "needed=\"3\"", "3 parts for groups of proctors in place of 1");
    refused(name, "needed=\"2\"", "needed=\"1\"", "lacks this part");
    refused(name, "张敏", "李娜", "in the order of their names");
    refused(name, "李娜", "张", "in the order of their names");
    refused(name, "张敏", "", "1 to 100 bytes");
    refused(name, key_of_zhang, "key=\"age1wb0c2zfnyuzsu", "");
    refused(name, "<proctor name", "<person></person><proctor name", "unknown element");
    refused(name, "<proctors", "<proctors needed=\"2\"></proctors><proctors", "1 to 32 proctors");
    refused(name, "unlock/2-3.age", "unlock/2-4.age", "lacks this part");
    refused(name, "unlock/1-2.age", "unlock/1-1.age", "lacks this part");
    refused(name, "unlock/2-3.age", "unlock.age", "not in their order");
    refused(practice, "<recipient", one, "practice package opens for everybody");
    refused("exam-manifest/sealed.xml", "<recipient", one, "0 parts for groups of proctors in place of 1");
}

static void a_bundle_document_says_what_is_wrong(void **state)
{
    static const char name[] = "bundle/two.xml";
    (void)state;
    refused(name, "ticket=\"420102\"", "ticket=\"420101\"", "in their order");
    refused(name, "number=\"1\"", "number=\"0\"", "not a whole number");
    refused(name, "seq=\"57\"", "seq=\"057\"", "canonical");
    refused(name, "room=\"301\"", "room=\"\"", "not a plain name");
}

static void a_list_of_revocations_says_what_is_wrong(void **state)
{
    static const char name[] = "repository/targets-revoked.xml";
    (void)state;
    refused(name, "<revoked serial=\"0123456789abcdef\"", "<revoked",
            "names a key or a certificate's serial");
    refused(name, "serial=\"0123456789abcdef\"", "serial=\"0123456789ABCDEF\"", "16 lower-case hex");
    refused(name, "since=\"2026-11-22T09:00:00+08:00\"", "since=\"2026-11-22\"", "");
    refused(name, "reason=\"the laptop was stolen\"", "reason=\"\"", "has a reason");
    refused(name, "<revoked serial=\"0123456789abcdef\"", "<revoked serial=\"\"", "names a key");
    refused(
        name, "</targets>",
        "<revoked serial=\"0123456789abcdef\" since=\"2026-11-23T09:00:00+08:00\" reason=\"x\"></revoked></targets>",
        "not in their order");
    refused(name, "name=\"former\" threshold=\"1\"", "name=\"former\" threshold=\"2\"",
            "at most all of them");
}

static void a_certificate_says_what_is_wrong(void **state)
{
    static const char name[] = "certificate/station.xml";
    (void)state;
    refused(name, "kind=\"station\"", "kind=\"root\"", "unknown kind");
    refused(name, "kind=\"station\"", "kind=\"site\"", "names its room");
    refused(name, "key=\"RW", "key=\"RX", "");
    refused(name, "serial=\"", "serial=\"0", "16 lower-case hex");
    refused(name, "until=\"2", "until=\"1", "ends before it begins");
    refused("certificate/room.xml", "room=\"R301\"", "room=\"\"", "names its room");
}

static void a_certificate_is_of_one_kind(void **state)
{
    struct bytes data = sample("certificate/room.xml");
    struct certificate *c = NULL;
    (void)state;
    assert_done(certificate_read(&c, "room.xml", bytes_span(&data), &e), e);
    assert_int_equal(c->kind, CERTIFICATE_ROOM);
    c->kind = CERTIFICATE_SITE;
    assert_refused(certificate_check(c, &e), ERR_DATA, "names its room", e);
    certificate_free(c);
    bytes_release(&data);
}

static void index_documents_say_what_is_wrong(void **state)
{
    (void)state;
    refused("repository/root.xml", "role name=\"snapshot\"", "role name=\"targets\"", "was expected");
    refused("repository/root.xml", "threshold=\"1\"", "threshold=\"2\"",
            "needs at least one and at most all");
    refused("repository/targets.xml", "role=\"O\"", "role=\"X\"", "unknown recipient");
    refused("repository/targets.xml", "session=\"am1\"", "session=\"\"", "not a plain name");
    refused("repository/snapshot.xml", "name=\"root\"", "name=\"targets\"", "was expected");
    refused("repository/timestamp.xml", "<timestamp", "<snapshot", "");
    refused("repository/timestamp.xml", "version=\"1\"", "version=\"1000000000000\"", "not a whole number");
}

/* A threshold counts holders: neither the same key under a second id, nor two keys under one id. */
static void one_key_under_two_ids_is_not_two_signers(void **state)
{
    struct role_key key[2] = {{.name = "zhang"}, {.name = "li"}};
    struct role role = {.name = "package", .threshold = 2, .key = key, .n = 2};
    (void)state;
    memset(key[0].key.id, 1, sizeof key[0].key.id);
    memset(key[1].key.id, 2, sizeof key[1].key.id);
    memset(key[1].key.pk, 3, sizeof key[1].key.pk);
    assert_done(role_check(&role, &e), e);
    memset(key[0].key.pk, 3, sizeof key[0].key.pk);
    assert_refused(role_check(&role, &e), ERR_DATA, "twice", e);
    memset(key[0].key.pk, 4, sizeof key[0].key.pk);
    memset(key[0].key.id, 2, sizeof key[0].key.id);
    assert_refused(role_check(&role, &e), ERR_DATA, "twice", e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_sample_is_read),
        cmocka_unit_test(a_manifest_says_what_is_wrong),
        cmocka_unit_test(a_manifest_says_what_is_wrong_with_its_proctors),
        cmocka_unit_test(a_bundle_document_says_what_is_wrong),
        cmocka_unit_test(a_certificate_says_what_is_wrong),
        cmocka_unit_test(a_list_of_revocations_says_what_is_wrong),
        cmocka_unit_test(a_certificate_is_of_one_kind),
        cmocka_unit_test(index_documents_say_what_is_wrong),
        cmocka_unit_test(one_key_under_two_ids_is_not_two_signers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

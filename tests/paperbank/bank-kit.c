/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/paperbank/bank-kit.h"

#include <ftw.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "tests/check.h"

void kit_open(struct kit *k)
{
    struct err e = {0};
    const char *tmp = getenv("TMPDIR");
    *k = (struct kit){.dir = mem_printf("%s/bank.XXXXXX", tmp ? tmp : "/tmp")};
    assert_non_null(mkdtemp(k->dir));
    char *path = kit_path(k, "bank.db");
    assert_done(bank_open(&k->bank, path, true, &e), e);
    free(path);
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    (void)st, (void)type, (void)ftw;
    return remove(path);
}

void kit_close(struct kit *k)
{
    bank_close(k->bank);
    nftw(k->dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    free(k->dir);
}

char *kit_path(const struct kit *k, const char *name)
{
    return path_join(k->dir, name);
}

void kit_write(const struct kit *k, const char *name, const char *text)
{
    struct err e = {0};
    char *path = kit_path(k, name);
    assert_done(file_put(path, 0644, span_str(text), &e), e);
    free(path);
}

void kit_write_item(const struct kit *k, const char *name, const char *id, const char *stem)
{
    char *text = mem_printf(
        "<assessmentItem xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p2\" identifier=\"%s\" title=\"T\" adaptive=\"false\" "
        "timeDependent=\"false\">\n"
        "<responseDeclaration identifier=\"RESPONSE\" cardinality=\"single\" baseType=\"identifier\">"
        "<correctResponse><value>A</value></correctResponse></responseDeclaration>\n"
        "<outcomeDeclaration identifier=\"SCORE\" cardinality=\"single\" baseType=\"float\"/>\n"
        "<itemBody><p>%s</p><choiceInteraction responseIdentifier=\"RESPONSE\" shuffle=\"true\" maxChoices=\"1\">"
        "<simpleChoice identifier=\"A\">one</simpleChoice><simpleChoice identifier=\"B\">other</simpleChoice>"
        "<simpleChoice identifier=\"C\">third</simpleChoice></choiceInteraction></itemBody>\n"
        "<responseProcessing template=\"http://www.imsglobal.org/question/qti_v2p2/rptemplates/match_correct\"/>\n"
        "</assessmentItem>\n", id, stem);
    kit_write(k, name, text);
    free(text);
}

void kit_write_manifest(const struct kit *k, const char *resources)
{
    char *text = mem_printf(
        "<manifest xmlns=\"http://www.imsglobal.org/xsd/imscp_v1p1\" xmlns:kc=\"urn:kaochang:metadata:1\" identifier=\"M\">\n"
        "<metadata><kc:knowledgePoints><kc:knowledgePoint code=\"1\" title=\"One\"/>"
        "<kc:knowledgePoint code=\"1.1\" title=\"One one\"/><kc:knowledgePoint code=\"10\" title=\"Ten\"/>"
        "</kc:knowledgePoints></metadata>\n<resources>\n%s</resources></manifest>\n", resources);
    kit_write(k, "imsmanifest.xml", text);
    free(text);
}

static void on_line(void *context, const struct import_line *l)
{
    struct kit *k = context;
    if (l->outcome != IMPORT_REFUSED)
        return;
    snprintf(k->item, sizeof k->item, "%s", l->item);
    snprintf(k->reason, sizeof k->reason, "%s", l->reason);
    k->line = l->line;
}

void kit_import(struct kit *k, const char *name)
{
    struct err e = {0};
    char *path = kit_path(k, name);
    for (int i = 0; i < IMPORT_OUTCOMES; i++)
        k->n[i] = 0;
    assert_done(bank_import(k->bank, path, NULL, 1000, on_line, k, k->n, &e), e);
    free(path);
}

int64_t kit_items(const struct kit *k)
{
    struct arena *a = arena_new();
    struct bank_item *item;
    size_t n = 0;
    struct err e = {0};
    assert_done(bank_items(k->bank, NULL, a, &item, &n, &e), e);
    arena_free(a);
    return (int64_t)n;
}

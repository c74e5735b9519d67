/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a document: refused, or read, and then every kind of check finds its answer everywhere. An
 * input that is no ZIP is put into one, as the main part and as the styles, so that mutations reach the
 * readers. */
#include <stdlib.h>

#include "scoring/practical/fact.h"
#include "scoring/practical/parts.h"
#include "tests/practical/office-kit.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void seen(void *context, const char *kind, const struct locator *at, const struct fact *found)
{
    size_t *n = context;
    if (!found->place || !kind || (at->n && !at->key[0].name))
        abort();
    ++*n;
}

static void read_and_ask(struct span bytes)
{
    struct practical_file file = {.path = "a.docx", .bytes = bytes, .size = bytes.n};
    struct practical_folder folder = {.file = &file, .n = 1};
    struct check_target t = {.folder = &folder, .start = &folder, .path = "a.docx"};
    struct err e = {0};
    size_t n = 0;
    if (word_family.open(&t.document, &folder, "a.docx", &e) < 0) {
        if (e.kind == ERR_BUG || !e.what[0])
            abort();
        return;
    }
    struct arena *a = arena_new();
    word_family.enumerate(&t, a, seen, &n);
    arena_free(a);
    word_family.close(t.document);
    if (n == 0)
        abort();
}

static const char rels[] =
    OFFICE_RELS(OFFICE_REL("a", "styles", "styles.xml") OFFICE_REL("b", "numbering", "numbering.xml")
                    OFFICE_REL("c", "footer", "footer1.xml") OFFICE_REL("d", "footnotes", "footnotes.xml"));

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 1 << 16)
        return 0;
    if (size > 4 && data[0] == 'P' && data[1] == 'K') {
        read_and_ask(span_of(data, size));
        return 0;
    }
    const struct span all = span_of(data, size);
    const struct zip_made parts[] = {{.name = "word/document.xml", .bytes = all},
                                     {.name = "word/_rels/document.xml.rels", .text = rels},
                                     {.name = "word/styles.xml", .bytes = all},
                                     {.name = "word/numbering.xml", .bytes = all},
                                     {.name = "word/footer1.xml", .bytes = all},
                                     {.name = "word/footnotes.xml", .bytes = all},
                                     {0}};
    struct bytes docx = office_package("word/document.xml", parts);
    read_and_ask(bytes_span(&docx));
    bytes_release(&docx);
    return 0;
}

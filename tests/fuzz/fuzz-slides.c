/* SPDX-License-Identifier: Apache-2.0 */
/* A slide of any XML, also as its own layout and master, is refused or read, and every kind of check finds a
 * fact or tells why not. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "scoring/practical/fact.h"
#include "scoring/practical/slides/pptx.h"
#include "tests/practical/office-kit.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void on_fact(void *context, const char *kind, const struct locator *at, const struct fact *f)
{
    size_t *n = context;
    (void)kind, (void)at;
    if (!f->place || (f->state != FACT_FOUND && !f->why))
        abort();
    if (f->state == FACT_FOUND && f->value.type <= FACT_FONT && !f->value.text)
        abort();
    ++*n;
}

static void add(struct zip_maker *z, const char *name, const char *text)
{
    zip_maker_add(z, (struct zip_made){.name = name, .text = text});
}

static struct bytes file_of(struct span slide)
{
    struct zip_maker z = {0};
    add(&z, "_rels/.rels", OFFICE_RELS(OFFICE_REL("r1", "officeDocument", "p.xml")));
    add(&z, "p.xml",
        "<p:presentation " OFFICE_P OFFICE_R
        "><p:sldIdLst><p:sldId r:id='r1'/></p:sldIdLst></p:presentation>");
    add(&z, "_rels/p.xml.rels", OFFICE_RELS(OFFICE_REL("r1", "slide", "s.xml")));
    add(&z, "_rels/s.xml.rels",
        OFFICE_RELS(OFFICE_REL("r1", "slideLayout", "s.xml") OFFICE_REL("r2", "slideMaster", "s.xml")
                        OFFICE_REL("r3", "theme", "s.xml") OFFICE_REL("r4", "image", "s.xml")));
    zip_maker_add(&z, (struct zip_made){.name = "s.xml", .bytes = slide, .text = ""});
    zip_maker_end(&z);
    bytes_release(&z.directory);
    return z.out;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct practical_file file = {.path = "x.pptx"};
    struct practical_folder folder = {.file = &file, .n = 1};
    struct check_target t = {.folder = &folder, .start = &folder, .path = file.path};
    struct err e = {0};
    struct bytes b = file_of((struct span){data, size});
    size_t n = 0;
    file.bytes = bytes_span(&b);
    if (slides_family.open(&t.document, &folder, file.path, &e) == 0) {
        struct arena *a = arena_new();
        slides_family.enumerate(&t, a, on_fact, &n);
        slides_family.close(t.document);
        arena_free(a);
    } else if (e.code == 0)
        abort();
    bytes_release(&b);
    return 0;
}

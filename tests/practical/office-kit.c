/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/practical/office-kit.h"

#include <stdlib.h>

#include "base/mem.h"

static struct bytes finish(struct zip_maker *z, const struct zip_made *part)
{
    for (; part->name; part++) {
        struct zip_made m = *part;
        m.deflate = true;
        zip_maker_add(z, m);
    }
    zip_maker_end(z);
    struct bytes out = z->out;
    bytes_release(&z->directory);
    return out;
}

struct bytes office_zip(const struct zip_made *part)
{
    struct zip_maker z = {0};
    return finish(&z, part);
}

struct bytes office_package(const char *main, const struct zip_made *part)
{
    struct zip_maker z = {0};
    char *rels = mem_printf("%s%s%s",
                            "<Relationships xmlns=\"" OFFICE_OOXML "package/2006/relationships\">"
                            "<Relationship Id=\"rId1\" Type=\"" OFFICE_OOXML
                            "officeDocument/2006/relationships/officeDocument\" Target=\"",
                            main, "\"/></Relationships>");
    zip_maker_add(&z, (struct zip_made){.name = "_rels/.rels", .text = rels, .deflate = true});
    free(rels);
    return finish(&z, part);
}

struct bytes office_opendocument(const char *kind, const struct zip_made *part)
{
    struct zip_maker z = {0};
    char *type = mem_printf("application/vnd.oasis.opendocument.%s", kind);
    zip_maker_add(&z, (struct zip_made){.name = "mimetype", .text = type});
    free(type);
    return finish(&z, part);
}

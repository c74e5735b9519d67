/* SPDX-License-Identifier: Apache-2.0 */
/* Whatever the bytes: our reader of XML and libxml2 see the same tree, or both refuse. The first byte chooses
 * how many bytes ours gets at a time. */
#include <stdio.h>
#include <stdlib.h>

#include "tests/practical/xml-reference.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct xml_tree_namespace ns[] = {
        {"urn:a", 1}, {"urn:b", 2}, {"http://www.w3.org/XML/1998/namespace", 3}, {NULL, 0}};
    struct bytes ours = {0}, theirs = {0};
    if (size == 0)
        return 0;
    const char *how =
        xml_differ((struct span){data + 1, size - 1}, ns, data[0] % 64 + 1, &ours, &theirs);
    if (how) {
        fprintf(stderr, "%s\n%.*s\n--- ours\n%s\n--- libxml2\n%s\n", how, (int)(size - 1), data + 1,
                (const char *)ours.p, (const char *)theirs.p);
        abort();
    }
    bytes_release(&ours);
    bytes_release(&theirs);
    return 0;
}

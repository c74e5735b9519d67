/* SPDX-License-Identifier: Apache-2.0 */
/* Root, targets, snapshot and timestamp are refused, or they are exactly what our writers make of them. */
#include <stdlib.h>

#include "exam-packages/index.h"
#include "exam-packages/root.h"
#include "exam-packages/targets.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(struct bytes *again, struct span data)
{
    if (!span_equal(bytes_span(again), data))
        abort();
    bytes_release(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct span all = span_of(data, size);
    struct root *root = NULL;
    struct targets *targets = NULL;
    struct index *index = NULL;
    struct bytes again = {0};
    struct err e;
    if (root_read(&root, "root.xml", all, &e) == 0 && root_write(root, &again, &e) == 0)
        check(&again, all);
    if (targets_read(&targets, "targets.xml", all, &e) == 0 && targets_write(targets, &again, &e) == 0)
        check(&again, all);
    for (int is_timestamp = 0; is_timestamp < 2; is_timestamp++) {
        if (index_read(&index, is_timestamp, "index.xml", all, &e) == 0 && index_write(index, &again, &e) == 0)
            check(&again, all);
        index_free(index);
        index = NULL;
    }
    root_free(root);
    targets_free(targets);
    return 0;
}

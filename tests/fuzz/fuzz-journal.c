/* SPDX-License-Identifier: Apache-2.0 */
/* A journal as it comes out of somebody's bundle, and the acts inside its payloads. */
#include <stddef.h>
#include <stdint.h>

#include "exam-packages/journal.h"

enum { INPUT_MAX = 1 << 18 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void look_into(struct journal *j)
{
    struct journal_clock tick;
    struct journal_seal seal;
    uint8_t hash[32];
    int64_t seq;
    for (size_t i = 0; i < journal_epochs(j); i++) {
        journal_epoch_end(j, i, &seq, hash);
        journal_epoch_seal(j, i, &seal);
    }
    journal_last_tick(j, &tick);
    if (journal_read(j, NULL, NULL, NULL) == 0) /* nobody has its keys */
        __builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct journal *j = NULL;
    struct journal_act act;
    struct arena *a = arena_new();
    struct span input = {data, size};
    if (size <= INPUT_MAX && journal_act_read(&act, a, input, NULL, NULL, NULL) == 0 &&
        !journal_kind_name(act.kind))
        __builtin_trap();
    if (size <= INPUT_MAX && journal_open_bytes(&j, "input", input, NULL) == 0)
        look_into(j);
    journal_close(j);
    arena_free(a);
    return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "client/agent/delay.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/file.h"
#include "base/i18n.h"
#include "client/agent/link.h"

enum { FREE_TRIES = 2, MAX_SECONDS = 30, MAX_COUNT = 1000 };

int64_t delay_seconds(int64_t wrong)
{
    int64_t seconds = 1;
    if (wrong <= FREE_TRIES)
        return 0;
    for (int64_t i = FREE_TRIES + 1; i < wrong && seconds < MAX_SECONDS; i++)
        seconds *= 2;
    return seconds < MAX_SECONDS ? seconds : MAX_SECONDS;
}

struct tries {
    int64_t wrong;
    int64_t mono_ms; /* of the last, within its boot */
    char boot[37];
};

/* What cannot be read counts as nothing: it must not lock anybody out. */
static void load(const char *path, struct tries *ret)
{
    struct bytes text = {0};
    long long wrong = 0, mono = 0;
    *ret = (struct tries){0};
    if (file_read(path, 200, &text, NULL) == 0 && text.n &&
        sscanf((const char *)text.p, "%lld %lld %36s", &wrong, &mono, ret->boot) == 3) {
        ret->wrong = wrong < 0 ? 0 : wrong > MAX_COUNT ? MAX_COUNT : wrong;
        ret->mono_ms = mono;
    }
    bytes_release(&text);
}

static int save(const char *path, const struct tries *t, struct err *e)
{
    struct bytes text = {0};
    bytes_printf(&text, "%lld %lld %s\n", (long long)t->wrong, (long long)t->mono_ms, t->boot);
    int r = file_put(path, 0600, bytes_span(&text), e);
    bytes_release(&text);
    return r;
}

/* After a restart of the machine the wait counts from its beginning. */
static int64_t wait_ms(const struct tries *t, const struct clock_reading *now)
{
    bool same_boot = strcmp(t->boot, now->boot_id) == 0;
    if (same_boot && (t->mono_ms < 0 || t->mono_ms > now->mono_ms)) /* not written by us: it would lock for good */
        return 0;
    int64_t left = delay_seconds(t->wrong) * 1000 - (same_boot ? now->mono_ms - t->mono_ms : now->mono_ms);
    return left > 0 ? left : 0;
}

int delay_before(const char *folder, const struct clock_reading *now, struct err *e)
{
    struct tries t;
    char *path = path_join(folder, "wrong-codes");
    load(path, &t);
    int64_t left = wait_ms(&t, now);
    int r = 0;
    if (left > 0) {
        r = err_set(e, ERR_NO, NULL, _("too soon after a wrong code: wait %lld seconds"),
                    (long long)(left + 999) / 1000);
        if (e)
            e->code = ERR_WAIT;
    } else {
        t.wrong++;
        t.mono_ms = now->mono_ms;
        snprintf(t.boot, sizeof t.boot, "%s", now->boot_id[0] ? now->boot_id : "-");
        r = save(path, &t, e);
    }
    free(path);
    return r;
}

int delay_clear(const char *folder, struct err *e)
{
    char *path = path_join(folder, "wrong-codes");
    int r = unlink(path) < 0 && file_exists(path) ? err_sys(e, path, _("cannot remove it")) : 0;
    free(path);
    return r;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Expiry is judged by this machine's clock. Nobody else's is trusted, but a contradiction is told. */
#include <stdlib.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "exam-packages/repository-internal.h"

static const int64_t hour_ms = 3600000, day_ms = 86400000;

static void compare(const struct source *s, size_t mirror, int64_t now_ms)
{
    struct source_clock c = source_clock(s, mirror);
    char here[32], there[32];
    struct err why;
    if (c.ms == 0)
        return;
    time_text(now_ms, 0, here, sizeof here);
    time_text(c.ms, 0, there, sizeof there);
    if (c.is_current && (c.ms > now_ms + hour_ms || c.ms < now_ms - hour_ms))
        err_set(&why, ERR_NO, NULL, _("this machine's clock says %s, the server's %s: one of them is wrong"),
                here, there);
    else if (!c.is_current && c.ms > now_ms + day_ms)
        err_set(&why, ERR_NO, NULL,
                _("this machine's clock says %s, but the repository was written at %s: one clock was wrong"),
                here, there);
    else
        return;
    source_note(s, source_address(s, mirror), &why);
}

void repository_compare_clocks(const struct source *s, int64_t now_ms)
{
    for (size_t i = 0; i < source_mirrors(s); i++)
        compare(s, i, now_ms);
}

void repository_compare_with_home(const struct source *s, const char *home, int64_t now_ms)
{
    struct stat st;
    struct err why;
    char here[32], then[32], *seen = mem_printf("%s/trust/seen.xml", home);
    bool known = stat(seen, &st) == 0;
    free(seen);
    if (!known || (int64_t)st.st_mtim.tv_sec * 1000 <= now_ms + hour_ms)
        return;
    time_text(now_ms, 0, here, sizeof here);
    time_text((int64_t)st.st_mtim.tv_sec * 1000, 0, then, sizeof then);
    err_set(&why, ERR_NO, NULL, _("this machine's clock says %s, but it said %s before: it was set back"),
            here, then);
    source_note(s, NULL, &why);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "office/release.h"

#include <stdlib.h>

#include "base/file.h"
#include "base/i18n.h"

enum { MAX_SEALED_CODE = 64 << 10 };

int office_release_close(const struct office *o, const struct office_session *s, int64_t now_ms,
                         const struct age_identity *recovery, struct bytes *ret, struct err *e)
{
    struct bytes sealed = {0};
    char *path = office_session_path(o, s->id, "close-code.age");
    int r = office_session_over(s, now_ms, e);
    if (r < 0)
        goto done;
    if (!file_exists(path)) {
        err_set(e, ERR_USAGE, s->id, _("no package has been built for this session"));
        r = err_hint(e, _("kaochang pack makes it, and its codes with it"));
        goto done;
    }
    if ((r = file_read(path, MAX_SEALED_CODE, &sealed, e)) == 0 &&
        (r = age_open(bytes_span(&sealed), recovery, 1, ret, e)) < 0)
        r = err_within(e, path);
done:
    bytes_release(&sealed);
    free(path);
    return r;
}

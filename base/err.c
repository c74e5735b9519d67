/* SPDX-License-Identifier: Apache-2.0 */
#include "base/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"

/* A cut text must not end inside a UTF-8 sequence. */
static void cut_at_character(char *s, size_t size)
{
    size_t n = strlen(s);
    if (n + 1 < size)
        return;
    while (n > 0 && ((unsigned char)s[n - 1] & 0xC0) == 0x80)
        n--;
    if (n > 0 && (unsigned char)s[n - 1] >= 0xC0)
        n--;
    s[n] = '\0';
}

__attribute__((format(printf, 3, 0))) static void put(char *buf, size_t size, const char *fmt,
                                                      va_list ap)
{
    if (vsnprintf(buf, size, fmt, ap) < 0)
        buf[0] = '\0';
    utf8_mend(buf, '\0'); /* "%.60s" may cut a character */
}

static void put_where(struct err *e, const char *where)
{
    snprintf(e->where, sizeof e->where, "%s", where ? where : "");
    cut_at_character(e->where, sizeof e->where);
}

int err_set(struct err *e, enum err_kind kind, const char *where, const char *fmt, ...)
{
    if (!e)
        return -(int)kind;
    va_list ap;
    va_start(ap, fmt);
    struct err fresh = {.kind = kind};
    put_where(&fresh, where);
    put(fresh.what, sizeof fresh.what, fmt, ap);
    va_end(ap);
    *e = fresh;
    return -(int)kind;
}

int err_sys(struct err *e, const char *where, const char *fmt, ...)
{
    int saved = errno;
    if (!e)
        return -(int)ERR_ENV;
    char what[256];
    va_list ap;
    va_start(ap, fmt);
    put(what, sizeof what, fmt, ap);
    va_end(ap);
    err_set(e, ERR_ENV, where, "%s: %s", what, strerror(saved));
    e->code = saved;
    if (saved == ENOSPC || saved == EDQUOT)
        err_hint(e, _("free some space on this disk and try again"));
    else if (saved == EACCES || saved == EPERM || saved == EROFS)
        err_hint(e, _("check the permissions of this place"));
    return -(int)ERR_ENV;
}

int err_hint(struct err *e, const char *fmt, ...)
{
    if (!e)
        return -(int)ERR_BUG;
    va_list ap;
    va_start(ap, fmt);
    put(e->hint, sizeof e->hint, fmt, ap);
    va_end(ap);
    return -(int)e->kind;
}

int err_within(struct err *e, const char *outer)
{
    if (!e)
        return -(int)ERR_BUG;
    char joined[sizeof e->where];
    snprintf(joined, sizeof joined, "%s%s", outer, e->where[0] ? ": " : "");
    cut_at_character(joined, sizeof joined);
    size_t used = strlen(joined);
    snprintf(joined + used, sizeof joined - used, "%s", e->where);
    put_where(e, joined);
    return -(int)e->kind;
}

void err_clear(struct err *e)
{
    if (e)
        *e = (struct err){.kind = ERR_NONE};
}

const char *err_text(const struct err *e, char *buf, size_t size)
{
    snprintf(buf, size, "%s%s%s%s%s", e->where, e->where[0] ? ": " : "", e->what, e->hint[0] ? _("; ") : "",
             e->hint);
    cut_at_character(buf, size);
    text_disarm(buf); /* it may name a file of a stranger's stick */
    return buf;
}

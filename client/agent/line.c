/* SPDX-License-Identifier: Apache-2.0 */
#include "client/agent/line.h"

int line_refuse(struct err *e, enum link_error code, const char *why)
{
    err_set(e, ERR_NO, NULL, "%s", why);
    if (e)
        e->code = (int)code;
    return -ERR_NO;
}

/* ---- a request that is answered later ---- */

int line_later(struct asking *a, int64_t wait_ms)
{
    struct line *l = a->line;
    l->waiting = true;
    l->answered = false;
    l->until_mono_ms = a->room->now.mono_ms + wait_ms;
    return LINE_LATER;
}

void line_go_on(struct line *l)
{
    l->answered = l->waiting;
}

bool line_is_due(const struct line *l, int64_t mono_ms)
{
    return l->waiting && (l->answered || mono_ms >= l->until_mono_ms);
}

int64_t line_wait_ms(const struct line *l, int64_t mono_ms)
{
    if (!l->waiting)
        return -1;
    return line_is_due(l, mono_ms) ? 0 : l->until_mono_ms - mono_ms;
}

/* ---- news ---- */

static bool send_news(const struct seat *seat, struct bytes *news)
{
    struct line *l = seat->line;
    if (l && !l->wire.gone && wire_send(l->wire.fd, bytes_span(news), -1, NULL) < 0)
        l->wire.gone = true;
    bytes_release(news);
    return l && !l->wire.gone;
}

static void tell_plain(const struct seat *seat, enum message_type type)
{
    struct bytes news = {0};
    message_put_plain(type, &news);
    send_news(seat, &news);
}

void line_tell_changed(const struct seat *seat)
{
    tell_plain(seat, MESSAGE_CHANGED);
}

void line_tell_moved(const struct seat *seat)
{
    tell_plain(seat, MESSAGE_MOVED);
}

void line_tell_started(const struct room *r)
{
    for (size_t i = 0; i < r->n; i++)
        tell_plain(&r->seat[i], MESSAGE_STARTED);
}

void line_tell_kept(const struct seat *seat)
{
    struct bytes news = {0};
    message_put_kept(&seat->kept, &news);
    send_news(seat, &news);
}

bool line_tell_text(const struct seat *seat, const char *text)
{
    struct bytes news = {0};
    message_put_text(MESSAGE_TOLD, text, &news);
    return send_news(seat, &news);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* The stations of a room: who they are, and whether they talk. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "client/room/hall-internal.h"

struct hall_station *hall_station_named(const struct hall *h, const char *name)
{
    for (size_t i = 0; i < h->n; i++)
        if (strcmp(h->station[i]->name, name) == 0)
            return h->station[i];
    return NULL;
}

struct hall_station *hall_station_with_key(const struct hall *h, const uint8_t key[JOURNAL_STATION_KEY])
{
    for (size_t i = 0; i < h->n; i++)
        if (memcmp(h->station[i]->key, key, JOURNAL_STATION_KEY) == 0)
            return h->station[i];
    return NULL;
}

struct hall_station *hall_station_of(struct hall *h, const uint8_t tls[INTRODUCTION_TLS_KEY])
{
    for (size_t i = 0; i < h->n; i++)
        if (h->station[i]->met && memcmp(h->station[i]->tls, tls, INTRODUCTION_TLS_KEY) == 0)
            return h->station[i];
    return NULL;
}

static int by_name(const void *a, const void *b)
{
    const struct hall_station *const *x = a, *const *y = b;
    return strcmp((*x)->name, (*y)->name);
}

struct hall_station *hall_add_station(struct hall *h, const char *name,
                                      const uint8_t key[JOURNAL_STATION_KEY])
{
    struct hall_station *s = mem_alloc(sizeof *s);
    *s = (struct hall_station){.name = mem_strdup(name), .battery = -1, .trouble = mem_strdup("")};
    memcpy(s->key, key, JOURNAL_STATION_KEY);
    h->station = mem_grow(h->station, h->n + 1, sizeof *h->station);
    h->station[h->n++] = s;
    qsort(h->station, h->n, sizeof *h->station, by_name);
    return s;
}

void hall_station_free(struct hall_station *s)
{
    hall_drop_commands(s);
    free(s->name);
    free(s->trouble);
    free(s->told);
    free(s);
}

int64_t hall_silent_ms(const struct hall *h, const struct hall_station *s)
{
    if (!s->heard_mono_ms)
        return h->room->now.mono_ms;
    int64_t since = h->room->now.mono_ms - s->heard_mono_ms;
    return since > HALL_SILENT_MS ? since : 0;
}

void hall_heard(struct hall *h, struct hall_station *s)
{
    int64_t silent = s->heard_mono_ms ? hall_silent_ms(h, s) : 0;
    char text[100];
    if (silent) {
        snprintf(text, sizeof text, _("no sign of it for %lld s"), (long long)silent / 1000);
        hall_note(h, "silent", NULL, s, (struct span){0}, text);
    }
    s->heard_mono_ms = h->room->now.mono_ms;
}

bool hall_answers(const struct hall *h, const struct hall_station *s)
{
    return s->met && s->heard_mono_ms && h->room->now.mono_ms - s->heard_mono_ms <= HALL_SILENT_MS;
}

bool hall_is_awaited(const struct hall *h)
{
    for (size_t i = 0; i < h->n; i++)
        if (hall_answers(h, h->station[i]) && h->station[i]->asked && h->station[i]->state != ROOM_CLOSED)
            return true;
    return false;
}

const struct hall_told *hall_told(const struct hall_station *s, const struct seat *seat)
{
    for (size_t i = 0; s && i < s->n_told; i++)
        if (s->told[i].seat == seat)
            return &s->told[i];
    return NULL;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* What a station is to do: a queue of commands, in which each stays until the station has carried it out. */
#include <stdlib.h>

#include "base/mem.h"
#include "client/room/hall-internal.h"

static void command_free(struct hall_command *c)
{
    free(c->ticket);
    free(c->text);
    bytes_release(&c->data);
    bytes_release(&c->more);
    free(c);
}

void hall_drop_commands(struct hall_station *s)
{
    for (struct hall_command *c = s->first, *next; c; c = next) {
        next = c->next;
        command_free(c);
    }
    s->first = NULL;
}

struct hall_command *hall_tell(struct hall_station *s, enum api_command_kind kind, const struct seat *seat,
                               const char *text)
{
    struct hall_command *c = mem_alloc(sizeof *c), **at = &s->first;
    *c = (struct hall_command){.kind = kind,
                               .ticket = mem_strdup(seat ? seat->who->ticket : CONTROL_ALL),
                               .text = mem_strdup(text ? text : "")};
    while (*at)
        at = &(*at)->next;
    *at = c;
    return c;
}

bool hall_has_command(const struct hall_station *s, enum api_command_kind kind)
{
    for (const struct hall_command *c = s->first; c; c = c->next)
        if (c->kind == kind)
            return true;
    return false;
}

void hall_commands_anew(struct hall_station *s)
{
    struct hall_command **at = &s->first;
    while (*at) {
        struct hall_command *c = *at;
        c->number = 0;
        if (c->kind != API_OPEN && c->kind != API_START) {
            at = &c->next;
            continue;
        }
        *at = c->next;
        command_free(c);
    }
    s->last = 0;
}

void hall_commands_done(struct hall *h, struct hall_station *s, int64_t after)
{
    struct hall_command **at = &s->first;
    while (*at) {
        struct hall_command *c = *at;
        if (!c->number || c->number > after) {
            at = &c->next;
            continue;
        }
        if (c->minute)
            minutes_done(h->room->minutes, c->minute);
        if (c->kind == API_CLOSE)
            s->state = ROOM_CLOSED;
        *at = c->next;
        command_free(c);
    }
    if (after > s->last)
        s->last = after;
}

static bool may_have(const struct hall_station *s, const struct hall_command *c)
{
    return s->admitted || c->kind == API_CLOSE;
}

bool hall_has_commands(const struct hall_station *s)
{
    for (const struct hall_command *c = s->first; c; c = c->next)
        if (may_have(s, c))
            return true;
    return false;
}

void hall_list_commands(struct hall_station *s, struct arena *a, struct api_news *ret)
{
    size_t n = 0;
    for (const struct hall_command *c = s->first; c; c = c->next)
        n += may_have(s, c);
    if (n > API_MAX_COMMANDS)
        n = API_MAX_COMMANDS;
    ret->command = arena_array(a, n + 1, sizeof *ret->command);
    for (struct hall_command *c = s->first; c && ret->n < n; c = c->next) {
        if (!may_have(s, c))
            continue;
        if (!c->number)
            c->number = ++s->last;
        ret->command[ret->n++] = (struct api_command){.number = c->number,
                                                      .kind = c->kind,
                                                      .ticket = c->ticket,
                                                      .text = c->text,
                                                      .value = c->value,
                                                      .data = bytes_span(&c->data),
                                                      .more = bytes_span(&c->more)};
    }
}

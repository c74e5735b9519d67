/* SPDX-License-Identifier: Apache-2.0 */
/* How this station is: its battery, its disk, its seats. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>

#include "base/file.h"
#include "base/mem.h"
#include "client/agent/line.h"
#include "client/agent/uplink-internal.h"
#include "exam-packages/journal-spill.h"
#include "exam-packages/derive.h"
#include "exam-packages/journal-spill.h"

enum { FEW_BYTES = 1 << 20, MAX_VALUE = 64 };

/* First line of DIR/NAME/WHAT; "" where there is none. */
static void read_value(const char *dir, const char *name, const char *what, char ret[MAX_VALUE])
{
    char *path = mem_printf("%s/%s/%s", dir, name, what);
    struct bytes text = {0};
    ret[0] = '\0';
    if (file_exists(path) && file_read(path, 4096, &text, NULL) == 0 && text.n) {
        size_t n = strcspn((const char *)text.p, "\n");
        n = n < MAX_VALUE ? n : MAX_VALUE - 1;
        memcpy(ret, text.p, n);
        ret[n] = '\0';
    }
    bytes_release(&text);
    free(path);
}

static void look_at_battery(struct uplink *u)
{
    struct file_names names = {0};
    char value[MAX_VALUE];
    u->battery = -1;
    u->charging = false;
    if (!file_exists(u->power) || file_list(u->power, &names, NULL) < 0)
        return;
    for (size_t i = 0; i < names.n && u->battery < 0; i++) {
        read_value(u->power, names.name[i], "type", value);
        if (strcmp(value, "Battery") != 0)
            continue;
        read_value(u->power, names.name[i], "scope", value); /* of a mouse, say */
        if (strcmp(value, "Device") == 0)
            continue;
        read_value(u->power, names.name[i], "capacity", value);
        long percent = value[0] ? strtol(value, NULL, 10) : -1;
        u->battery = percent >= 0 && percent <= 100 ? percent : -1;
        read_value(u->power, names.name[i], "status", value);
        u->charging = strcmp(value, "Discharging") != 0 && strcmp(value, "Unknown") != 0;
    }
    file_names_free(&names);
}

static enum control_disk disk_of(const char *folder)
{
    struct statvfs s;
    if (statvfs(folder, &s) < 0)
        return CONTROL_DISK_GONE;
    if (s.f_flag & ST_RDONLY)
        return CONTROL_DISK_READ_ONLY;
    return (uint64_t)s.f_bavail * s.f_frsize < FEW_BYTES ? CONTROL_DISK_FULL : CONTROL_DISK_FINE;
}

void uplink_look(struct uplink *u)
{
    look_at_battery(u);
    u->disk = disk_of(u->room->folder && file_exists(u->room->folder) ? u->room->folder : u->room->home);
}

static bool is_worth_telling(const struct seat *seat)
{
    return seat->store || seat->line || seat->trouble[0];
}

static bool is_spilled(const struct seat *seat)
{
    return seat->store && journal_spill_stays(sitting_store_journal(seat->store));
}

static struct api_seat seat_state(const struct seat *seat)
{
    const struct journal *j = uplink_journal(seat);
    const struct uplink_seat *s = seat->attached;
    struct api_seat t = {.ticket = seat->who->ticket,
                         .connected = seat->line != NULL,
                         .used_ms = seat->session.used_ms,
                         .trouble = seat->trouble[0] ? seat->trouble
                                    : s              ? s->refused
                                                     : ""};
    uint8_t hash[32];
    if (j && journal_epochs(j)) {
        size_t last = journal_epochs(j) - 1;
        t.epoch = journal_epoch(j, last)->epoch;
        if (!journal_epoch_end(j, last, &t.seq, hash))
            t.seq = 0;
        t.spilled = is_spilled(seat);
    }
    return t;
}

void uplink_state(struct uplink *u, int64_t wait_ms, struct arena *a, struct api_state *ret)
{
    const struct room *r = u->room;
    *ret = (struct api_state){.after = u->done,
                              .wait_ms = wait_ms,
                              .wall_ms = r->now.wall_ms,
                              .state = u->closing ? ROOM_CLOSED : r->state,
                              .battery = u->battery,
                              .charging = u->charging,
                              .disk = u->disk,
                              .trouble = u->trouble,
                              .seat = arena_array(a, API_MAX_SITTINGS, sizeof *ret->seat)};
    for (size_t i = 0; i < r->n && ret->n < API_MAX_SITTINGS; i++)
        if (is_worth_telling(&r->seat[i])) {
            ret->seat[ret->n] = seat_state(&r->seat[i]);
            if (ret->seat[ret->n++].spilled && ret->disk == CONTROL_DISK_FINE)
                ret->disk = CONTROL_DISK_READ_ONLY; /* whatever it says of itself */
        }
}

/* What a proctor wants to see at once; how far somebody is comes with the rows. */
static void hash_state(struct uplink *u, uint8_t ret[32])
{
    struct bytes b = {0};
    const struct room *r = u->room;
    bytes_printf(&b, "%d %d %lld %d %s|", (int)r->state, (int)u->disk, (long long)u->battery / 5, u->charging,
                 u->trouble);
    for (size_t i = 0; i < r->n; i++) {
        const struct seat *seat = &r->seat[i];
        const struct journal *j = uplink_journal(seat);
        if (is_worth_telling(seat))
            bytes_printf(&b, "%s %d %zu %d %s|", seat->who->ticket, seat->line != NULL,
                         j ? journal_epochs(j) : 0, is_spilled(seat), seat->trouble);
    }
    blake2b_256(ret, bytes_span(&b));
    bytes_release(&b);
}

bool uplink_has_news(struct uplink *u)
{
    uint8_t hash[32];
    hash_state(u, hash);
    bool differs = memcmp(hash, u->state_hash, sizeof hash) != 0;
    memcpy(u->state_hash, hash, sizeof hash);
    return differs;
}

/* ---- for the proctor who looks at this machine ---- */

static enum control_kept kept_of(const struct api_seat *t, const struct link_kept *kept)
{
    bool all = kept->epoch > t->epoch || (kept->epoch == t->epoch && kept->seq >= t->seq);
    if (t->seq == 0)
        return CONTROL_NOTHING_YET;
    if (t->spilled)
        return all ? CONTROL_ROOM_ONLY : CONTROL_AT_RISK;
    return all ? CONTROL_BOTH : CONTROL_HERE;
}

void uplink_status(void *self, struct arena *a, struct control_room *ret)
{
    struct uplink *u = self;
    (void)a;
    ret->reachable = u->reachable;
    for (size_t i = 0; i < ret->n && i < u->room->n; i++) {
        const struct seat *seat = &u->room->seat[i];
        const struct api_seat t = seat_state(seat);
        ret->candidate[i].kept = kept_of(&t, &seat->kept);
        if (seat->store || seat->line)
            ret->candidate[i].station = u->room->station->name;
    }
}

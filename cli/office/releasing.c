/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/office/releasing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/keys/officers.h"
#include "cli/office/rooms.h"

enum { MAX_NAMED = 20, MAX_RELEASE = 64 << 20, TIME_TEXT = 40 };

struct releasing {
    const struct args *a;
    struct office *office;
    const struct office_session *session;
    struct trust *trust;
    struct rooms rooms;
    int64_t now_ms;
};

static size_t name_open(const struct rooms *r)
{
    size_t n = 0;
    for (size_t i = 0; i < r->n; i++) {
        const struct room_state *x = &r->room[i];
        if (room_is_closed(x))
            continue;
        if (n++ < MAX_NAMED)
            fprintf(stderr, _("site %s, room %s has not closed: %lld registered\n"), x->room->site,
                    x->room->id, (long long)x->listed);
    }
    if (n > MAX_NAMED)
        fprintf(stderr, _("… and %zu more\n"), n - MAX_NAMED);
    return n;
}

static int check_rooms(const struct releasing *x, struct err *e)
{
    const char *anyway = args_get(x->a, "anyway");
    size_t n = name_open(&x->rooms);
    if (n == 0 || anyway)
        return 0;
    err_set(e, ERR_NO, x->session->id,
            ngettext("%zu room has not closed yet, as far as is known here",
                     "%zu rooms have not closed yet, as far as is known here", n),
            n);
    return err_hint(
        e, _("merge their bundles, note their numbers with \"kaochang session closed\", or say why the code "
             "is given out all the same with --anyway"));
}

static int check_numbers(struct releasing *x, const struct age_identity *recovery, struct err *e)
{
    struct kept_packages kept = {0};
    size_t calls = 0;
    for (size_t i = 0; i < x->rooms.n_said; i++)
        calls += x->rooms.said[i].how == RELEASE_PHONE;
    int r = calls ? kept_packages_open(&kept, x->office, x->session->id, x->trust, e) : 0;
    for (size_t i = 0; r == 0 && calls && i < x->rooms.n_said; i++)
        if (x->rooms.said[i].how == RELEASE_PHONE)
            r = kept_packages_key(&kept, recovery, x->session->id, &x->rooms.said[i], e);
    kept_packages_close(&kept);
    return r;
}

static void add_open(struct releasing *x)
{
    for (size_t i = 0; i < x->rooms.n; i++)
        if (!room_is_closed(&x->rooms.room[i]))
            x->rooms.said[x->rooms.n_said++] = (struct release_room){.site = x->rooms.room[i].room->site,
                                                                     .room = x->rooms.room[i].room->id,
                                                                     .how = RELEASE_OPEN,
                                                                     .reason = args_get(x->a, "anyway")};
}

static char *name_of(int number)
{
    return mem_printf("release-%d.xml", number);
}

static int last_number(const char *folder)
{
    int n = 0;
    for (bool there = true; there; n += there) {
        char *name = name_of(n + 1), *path = path_join(folder, name);
        there = file_exists(path);
        free(path);
        free(name);
    }
    return n;
}

/* The last one says the same of the same rooms; its date does not matter. */
static bool is_said_already(const char *folder, int last, struct release_record *now)
{
    struct bytes before = {0}, again = {0};
    struct release_record old = {0};
    char *name = name_of(last), *path = path_join(folder, name);
    const char *date = now->date;
    bool same = last > 0 && file_read(path, MAX_RELEASE, &before, NULL) == 0 &&
                release_record_read(&old, name, bytes_span(&before), NULL) == 0;
    if (same) {
        now->date = old.date;
        same = release_record_write(now, &again, NULL) == 0 &&
               span_equal(bytes_span(&again), bytes_span(&before));
        now->date = date;
    }
    release_record_free(&old);
    bytes_release(&again);
    bytes_release(&before);
    free(path);
    free(name);
    return same;
}

static int keep(struct releasing *x, struct err *e)
{
    char date[TIME_TEXT], comment[200], *folder = office_session_path(x->office, x->session->id, NULL);
    struct release_record now = {
        .session = x->session->id,
        .date = time_text(x->now_ms, x->session->utc_offset_min, date, sizeof date),
        .room = x->rooms.said,
        .n = x->rooms.n_said,
    };
    struct bytes document = {0};
    int last = last_number(folder), r = 0;
    char *name = name_of(last + 1);
    if (!is_said_already(folder, last, &now) && (r = release_record_write(&now, &document, e)) == 0)
        r = officers_sign(x->a, x->trust, folder, name, bytes_span(&document),
                          release_comment(x->session->id, comment, sizeof comment), e);
    bytes_release(&document);
    free(name);
    free(folder);
    return r;
}

int releasing_note(const struct args *a, struct office *o, const struct office_session *s, int64_t now_ms,
                   const struct age_identity *recovery, struct err *e)
{
    struct releasing x = {.a = a, .office = o, .session = s, .now_ms = now_ms};
    int r = rooms_read(&x.rooms, a, o, s->id, e);
    if (r == 0)
        r = check_rooms(&x, e);
    if (r == 0)
        r = trust_load(&x.trust, args_home(a), e);
    if (r == 0)
        r = check_numbers(&x, recovery, e);
    if (r == 0) {
        add_open(&x);
        r = keep(&x, e);
    }
    for (size_t i = 0; i < x.rooms.n_said; i++)
        secret_wipe(x.rooms.said[i].key, sizeof x.rooms.said[i].key);
    trust_free(x.trust);
    rooms_release(&x.rooms);
    return r;
}

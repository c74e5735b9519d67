/* SPDX-License-Identifier: Apache-2.0 */
/* What must survive a restart of the agent: the number of the last command carried out, whose sitting
 * goes on elsewhere (moved), and which ones the room knew as begun. HOME/sessions/SESSION/uplink.xml,
 * replaced whole; without it everything is asked for anew. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/xml.h"
#include "client/agent/uplink-internal.h"

#define UPLINK_NS "urn:kaochang:uplink:1"

enum { FILE_MAX = 1 << 18 };

static void read_seats(struct uplink *u, const struct xml_doc *d)
{
    for (const struct xml_node *n = xml_first_element(xml_root(d)); n && u->room->n;
         n = xml_next_element(n)) {
        const char *ticket = xml_attr(d, n, "ticket");
        struct seat *seat = NULL;
        if (!ticket || room_seat(u->room, ticket, &seat, NULL) < 0)
            continue;
        if (strcmp(xml_name(n), "begun") == 0)
            uplink_seat(seat)->begun = true;
        else
            seat->moved = true;
    }
}

/* Once for the session, and once more when its seats are there. */
void uplink_load(struct uplink *u)
{
    struct xml_doc *d = NULL;
    struct bytes data = {0};
    int64_t done = 0;
    if (!u->room->folder || (u->loaded && u->room->n == 0))
        return;
    char *path = path_join(u->room->folder, "uplink.xml");
    if (file_exists(path) && file_read(path, FILE_MAX, &data, NULL) == 0 &&
        xml_read(&d, path, bytes_span(&data), NULL, NULL) == 0 &&
        strcmp(xml_ns(xml_root(d)), UPLINK_NS) == 0 &&
        xml_need_int(d, xml_root(d), "done", 0, API_MAX_INTEGER, &done, NULL) == 0) {
        u->done = done > u->done ? done : u->done;
        read_seats(u, d);
    }
    u->loaded = true;
    xml_free(d);
    bytes_release(&data);
    free(path);
}

static void write_seat(struct xml_out *o, const char *name, const struct seat *seat)
{
    xml_open(o, name);
    xml_put(o, "ticket", seat->who->ticket);
    xml_close(o);
}

void uplink_save(const struct uplink *u)
{
    struct bytes out = {0};
    struct xml_out o;
    if (!u->room->folder || u->room->n == 0) /* whose sitting is elsewhere is not known yet */
        return;
    xml_begin(&o, &out);
    xml_open(&o, "uplink");
    xml_put(&o, "xmlns", UPLINK_NS);
    xml_put_int(&o, "done", u->done);
    for (size_t i = 0; i < u->room->n; i++) {
        const struct seat *seat = &u->room->seat[i];
        const struct uplink_seat *s = seat->attached;
        if (seat->moved)
            write_seat(&o, "moved", seat);
        if (s && s->begun)
            write_seat(&o, "begun", seat);
    }
    xml_close(&o);
    char *path = path_join(u->room->folder, "uplink.xml");
    if (xml_end(&o, NULL) == 0 && file_put(path, 0600, bytes_span(&out), NULL) < 0)
        (void)0; /* the disk fails: orders count once by their serial all the same */
    free(path);
    bytes_release(&out);
}

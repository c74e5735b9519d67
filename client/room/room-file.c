/* SPDX-License-Identifier: Apache-2.0 */
#include "client/room/room-file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/xml.h"
#include "client/room/api.h"
#include "exam-packages/document.h"

#define ROOM_FILE_NS "urn:kaochang:room-service:1"

static const char scheme[] = "https://";

static int bad_address(const char *typed, struct err *e)
{
    err_set(e, ERR_USAGE, NULL, _("\"%.100s\" is not the address of a room service"), typed);
    return err_hint(e, _("write it as https://192.168.1.10:8443"));
}

/* Port after the last colon that is not inside brackets; NULL: none. */
static const char *port_of(const char *host)
{
    const char *end = host[0] == '[' ? strchr(host, ']') : host;
    return end ? strchr(end, ':') : NULL;
}

static bool is_port(const char *digits)
{
    size_t n = strlen(digits);
    return n >= 1 && n <= 5 && strspn(digits, "0123456789") == n && strtol(digits, NULL, 10) >= 1 &&
           strtol(digits, NULL, 10) <= 65535;
}

int room_file_address(const char *typed, struct arena *a, const char **ret, struct err *e)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]%";
    const char *host = strncmp(typed, scheme, sizeof scheme - 1) == 0 ? typed + sizeof scheme - 1 : typed;
    size_t n = strlen(host);
    if (n && host[n - 1] == '/')
        n--;
    char *plain = arena_strndup(a, host, n);
    const char *port = port_of(plain);
    if (n == 0 || n > ROOM_FILE_ADDRESS - sizeof scheme || strspn(plain, allowed) != n || plain[0] == ':' ||
        (plain[0] == '[' && !strchr(plain, ']')) || (port && !is_port(port + 1)))
        return bad_address(typed, e);
    *ret =
        port ? arena_printf(a, "%s%s", scheme, plain) : arena_printf(a, "%s%s:%d", scheme, plain, API_PORT);
    return 0;
}

static int read_services(const struct xml_doc *d, struct arena *a, struct room_file *ret, struct err *e)
{
    int r = 0;
    for (const struct xml_node *n = xml_first_element(xml_root(d)); n && r == 0; n = xml_next_element(n)) {
        const char *address;
        if (ret->n == ROOM_FILE_SERVICES)
            return xml_err(e, d, n, _("more than %d addresses"), ROOM_FILE_SERVICES);
        if ((r = xml_need(d, n, "address", &address, e)) == 0)
            r = room_file_address(address, a, &ret->service[ret->n], e);
        ret->n += r == 0;
    }
    return r;
}

int room_file_read(const char *home, struct arena *a, struct room_file *ret, struct err *e)
{
    struct xml_doc *d = NULL;
    struct bytes data = {0};
    char *path = path_join(home, "room.xml");
    int r = 0;
    *ret = (struct room_file){0};
    if (!file_exists(path))
        goto done;
    r = file_read(path, 1 << 16, &data, e);
    if (r == 0)
        r = document_parse(&d, path, bytes_span(&data), "room", ROOM_FILE_NS, NULL, e);
    if (r == 0)
        r = read_services(d, a, ret, e);
done:
    xml_free(d);
    bytes_release(&data);
    free(path);
    return r;
}

int room_file_write(const char *home, const struct room_file *f, struct err *e)
{
    struct bytes out = {0};
    struct xml_out o;
    xml_begin(&o, &out);
    xml_open(&o, "room");
    xml_put(&o, "xmlns", ROOM_FILE_NS);
    for (size_t i = 0; i < f->n; i++) {
        xml_open(&o, "service");
        xml_put(&o, "address", f->service[i]);
        xml_close(&o);
    }
    xml_close(&o);
    char *path = path_join(home, "room.xml");
    int r = xml_end(&o, e);
    if (r == 0)
        r = file_put(path, 0644, bytes_span(&out), e);
    free(path);
    bytes_release(&out);
    return r;
}

int room_file_remove(const char *home, struct err *e)
{
    char *path = path_join(home, "room.xml");
    int r = unlink(path) < 0 && errno != ENOENT ? err_sys(e, path, _("cannot remove it")) : 0;
    free(path);
    return r;
}

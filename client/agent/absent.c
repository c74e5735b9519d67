/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/xml.h"
#include "client/agent/room.h"
#include "exam-packages/document.h"

#define ABSENT_NS "urn:kaochang:absent:1"

static char *path_of(const struct room *r)
{
    return path_join(r->folder, "absent.xml");
}

int room_save_absent(const struct room *r, struct err *e)
{
    struct bytes out = {0};
    struct xml_out o;
    char *path = path_of(r);
    xml_begin(&o, &out);
    xml_open(&o, "absent");
    xml_put(&o, "xmlns", ABSENT_NS);
    xml_put(&o, "session", r->roster->session);
    for (size_t i = 0; i < r->n; i++) {
        if (!r->seat[i].absent)
            continue;
        xml_open(&o, "candidate");
        xml_put(&o, "ticket", r->seat[i].who->ticket);
        xml_close(&o);
    }
    xml_close(&o);
    int result = xml_end(&o, e);
    if (result == 0)
        result = file_put(path, 0600, bytes_span(&out), e);
    free(path);
    bytes_release(&out);
    return result;
}

static int mark(struct room *r, const struct xml_doc *d, const struct xml_node *n, struct err *e)
{
    const char *ticket = NULL;
    int result = xml_need(d, n, "ticket", &ticket, e);
    for (size_t i = 0; result == 0 && i < r->n; i++)
        if (strcmp(r->seat[i].who->ticket, ticket) == 0)
            r->seat[i].absent = true;
    return result;
}

int room_load_absent(struct room *r, struct err *e)
{
    struct xml_doc *d = NULL;
    struct bytes data = {0};
    char *path = path_of(r);
    int result = 0;
    if (!file_exists(path))
        goto done;
    result = file_read(path, DOCUMENT_MAX_BYTES, &data, e);
    if (result == 0)
        result = document_parse(&d, path, bytes_span(&data), "absent", ABSENT_NS, NULL, e);
    const struct xml_node *n = result == 0 ? xml_first_element(xml_root(d)) : NULL;
    for (; result == 0 && n; n = xml_next_element(n))
        result = mark(r, d, n, e);
done:
    xml_free(d);
    bytes_release(&data);
    free(path);
    return result;
}

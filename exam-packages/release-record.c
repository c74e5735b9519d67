/* SPDX-License-Identifier: Apache-2.0 */
#include "exam-packages/release-record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "exam-packages/document.h"

static const char *const how_name[RELEASE_HOWS] = {"record", "phone", "open"};

const char *release_how_name(enum release_how how)
{
    return how_name[how];
}

const char *release_comment(const char *session, char *buf, size_t size)
{
    snprintf(buf, size, "kaochang/1 role=release session=%s", session);
    return buf;
}

static int compare(const void *a, const void *b)
{
    const struct release_room *x = a, *y = b;
    int k = strcmp(x->site, y->site);
    if (k == 0)
        k = strcmp(x->room, y->room);
    if (k == 0)
        k = (x->how > y->how) - (x->how < y->how);
    if (k == 0 && x->how == RELEASE_RECORD)
        k = memcmp(x->hash, y->hash, sizeof x->hash);
    return k || x->how != RELEASE_PHONE ? k : strcmp(x->number, y->number);
}

static int check_room(const struct release_room *x, struct err *e)
{
    char again[CLOSE_NUMBER_TEXT];
    if (!path_is_plain_name(x->site) || !path_is_plain_name(x->room))
        return err_set(e, ERR_DATA, x->room, _("site and room need plain names"));
    if (x->how != RELEASE_OPEN && (x->sat < 0 || x->sat > CLOSE_MAX_SITTINGS))
        return err_set(e, ERR_DATA, x->room, _("nobody can count so many"));
    if (x->how == RELEASE_PHONE &&
        (close_number_read(x->number, again, e) < 0 || strcmp(x->number, again) != 0))
        return err_set(e, ERR_DATA, x->room, _("the closing number is not written in 32 digits that fit"));
    if (x->how == RELEASE_OPEN &&
        (x->reason[strspn(x->reason, " \t\n")] == '\0' || strlen(x->reason) > RELEASE_MAX_REASON))
        return err_set(e, ERR_DATA, x->room, _("a reason is needed, of at most 4000 bytes"));
    return 0;
}

static int check(const struct release_record *r, struct err *e)
{
    if (!path_is_plain_name(r->session) || r->n > RELEASE_MAX_ROOMS)
        return err_set(e, ERR_DATA, r->session, _("a release is of one session, with at most 100000 rooms"));
    int k = document_check_time(r->date, NULL, e);
    for (size_t i = 0; k == 0 && i < r->n; i++) {
        k = check_room(&r->room[i], e);
        if (k == 0 && i && compare(&r->room[i - 1], &r->room[i]) >= 0)
            k = err_set(e, ERR_DATA, r->room[i].room, _("the room stands twice, or out of order"));
    }
    return k;
}

static void write_room(struct xml_out *o, const struct release_room *x)
{
    xml_open(o, "room");
    xml_put(o, "site", x->site);
    xml_put(o, "id", x->room);
    xml_put(o, "how", how_name[x->how]);
    if (x->how != RELEASE_OPEN)
        xml_put_int(o, "sat", x->sat);
    if (x->how == RELEASE_RECORD)
        xml_put_hex(o, "hash", x->hash, sizeof x->hash);
    if (x->how == RELEASE_PHONE) {
        xml_put(o, "number", x->number);
        xml_put_hex(o, "key", x->key, sizeof x->key);
    }
    if (x->how == RELEASE_OPEN)
        xml_put_text(o, x->reason);
    xml_close(o);
}

int release_record_write(struct release_record *r, struct bytes *out, struct err *e)
{
    struct xml_out o;
    if (r->n)
        qsort(r->room, r->n, sizeof *r->room, compare);
    int k = check(r, e);
    if (k < 0)
        return k;
    xml_begin(&o, out);
    xml_open(&o, "release");
    xml_put(&o, "xmlns", RELEASE_NS);
    xml_put(&o, "session", r->session);
    xml_put(&o, "date", r->date);
    for (size_t i = 0; i < r->n; i++)
        write_room(&o, &r->room[i]);
    xml_close(&o);
    return xml_end(&o, e);
}

static int read_how(const struct xml_doc *d, const struct xml_node *n, struct release_room *x, struct err *e)
{
    const char *how = xml_attr(d, n, "how");
    for (int i = 0; how && i < RELEASE_HOWS; i++)
        if (strcmp(how, how_name[i]) == 0) {
            x->how = (enum release_how)i;
            return 0;
        }
    return xml_err(e, d, n, _("how=\"%.40s\" is none of record, phone, open"), how ? how : "");
}

static int read_number(const struct xml_doc *d, const struct xml_node *n, struct release_room *x,
                       struct err *e)
{
    const char *number = NULL;
    int r = xml_need(d, n, "number", &number, e);
    if (r == 0 && strlen(number) != CLOSE_NUMBER_DIGITS)
        r = xml_err(e, d, n, _("the closing number is not written in 32 digits that fit"));
    if (r == 0)
        memcpy(x->number, number, sizeof x->number);
    return r < 0 ? r : xml_need_hex(d, n, "key", x->key, sizeof x->key, e);
}

static int read_room(const struct xml_doc *d, const struct xml_node *n, struct release_record *c,
                     struct err *e)
{
    struct release_room *x = &c->room[c->n];
    *x = (struct release_room){.reason = ""};
    int r = xml_named(n, "room") ? 0 : xml_err(e, d, n, _("unknown element <%s>"), xml_name(n));
    if (r == 0)
        r = document_name(d, n, "site", c->arena, &x->site, e);
    if (r == 0)
        r = document_name(d, n, "id", c->arena, &x->room, e);
    if (r == 0)
        r = read_how(d, n, x, e);
    if (r == 0 && x->how != RELEASE_OPEN)
        r = xml_need_int(d, n, "sat", 0, CLOSE_MAX_SITTINGS, &x->sat, e);
    if (r == 0 && x->how == RELEASE_RECORD)
        r = xml_need_hex(d, n, "hash", x->hash, sizeof x->hash, e);
    if (r == 0 && x->how == RELEASE_PHONE)
        r = read_number(d, n, x, e);
    if (r == 0 && x->how == RELEASE_OPEN)
        x->reason = xml_content(n, c->arena);
    c->n += r == 0;
    return r;
}

static int read_all(const struct xml_doc *d, struct release_record *c, struct err *e)
{
    const struct xml_node *root = xml_root(d);
    int r = document_name(d, root, "session", c->arena, &c->session, e);
    if (r == 0)
        r = document_time(d, root, "date", c->arena, &c->date, NULL, e);
    c->room = arena_array(c->arena, document_count(root, "room") + 1, sizeof *c->room);
    for (const struct xml_node *n = xml_first_element(root); r == 0 && n; n = xml_next_element(n))
        r = read_room(d, n, c, e);
    return r;
}

int release_record_read(struct release_record *ret, const char *name, struct span data, struct err *e)
{
    static const struct xml_limits limits = {
        .bytes = 64 << 20, .elements = RELEASE_MAX_ROOMS + 1, .depth = 8};
    struct xml_doc *d = NULL;
    struct bytes again = {0};
    struct release_record c = {.arena = arena_new()};
    int r = document_parse(&d, name, data, "release", RELEASE_NS, &limits, e);
    if (r == 0)
        r = read_all(d, &c, e);
    if (r == 0)
        r = release_record_write(&c, &again, e);
    if (r == 0)
        r = document_is_canonical(name, &again, data, e);
    bytes_release(&again);
    xml_free(d);
    if (r < 0)
        release_record_free(&c);
    else
        *ret = c;
    return r;
}

void release_record_free(struct release_record *r)
{
    arena_free(r->arena);
    *r = (struct release_record){0};
}

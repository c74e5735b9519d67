/* SPDX-License-Identifier: Apache-2.0 */
#include "exam-packages/admission.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "exam-packages/document.h"

bool admission_is_for(const char *reason)
{
    static const char *const reasons[] = {"close-missing", "close-other", "close-unnamed", "close-announced",
                                          "revoked-key"};
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (strcmp(reason, reasons[i]) == 0)
            return true;
    return false;
}

const char *admission_comment(const char *session, char *buf, size_t size)
{
    snprintf(buf, size, "kaochang/1 role=admission session=%s", session);
    return buf;
}

static int compare(const void *a, const void *b)
{
    const struct admission_side *x = a, *y = b;
    int k = strcmp(x->ticket, y->ticket);
    if (k == 0)
        k = strcmp(x->reason, y->reason);
    return k ? k : memcmp(x->hash, y->hash, sizeof x->hash);
}

static int check_side(const struct admission_side *x, struct err *e)
{
    bool bundle = strcmp(x->reason, "revoked-key") == 0;
    if (!admission_is_for(x->reason))
        return err_set(e, ERR_DATA, x->ticket, _("\"%.40s\" is nothing that officers can let in like this"),
                       x->reason);
    if (bundle != (x->ticket[0] == '\0') || (!bundle && !path_is_plain_name(x->ticket)))
        return err_set(e, ERR_DATA, x->ticket, _("a sitting has a ticket number, a bundle has none"));
    return 0;
}

static int check(const struct admission *x, struct err *e)
{
    if (!path_is_plain_name(x->session) || x->n == 0 || x->n > ADMISSION_MAX_SIDES)
        return err_set(e, ERR_DATA, x->session, _("it is about one session, and names 1 to 100000 sides"));
    if (x->why[strspn(x->why, " \t\n")] == '\0' || strlen(x->why) > ADMISSION_MAX_REASON)
        return err_set(e, ERR_DATA, x->session, _("a reason is needed, of at most 4000 bytes"));
    int k = document_check_time(x->date, NULL, e);
    for (size_t i = 0; k == 0 && i < x->n; i++) {
        k = check_side(&x->side[i], e);
        if (k == 0 && i && compare(&x->side[i - 1], &x->side[i]) >= 0)
            k = err_set(e, ERR_DATA, x->side[i].ticket, _("a side stands twice, or out of order"));
    }
    return k;
}

int admission_write(struct admission *x, struct bytes *out, struct err *e)
{
    struct xml_out o;
    if (x->n)
        qsort(x->side, x->n, sizeof *x->side, compare);
    int k = check(x, e);
    if (k < 0)
        return k;
    xml_begin(&o, out);
    xml_open(&o, "admission");
    xml_put(&o, "xmlns", ADMISSION_NS);
    xml_put(&o, "session", x->session);
    xml_put(&o, "date", x->date);
    xml_open(&o, "reason");
    xml_put_text(&o, x->why);
    xml_close(&o);
    for (size_t i = 0; i < x->n; i++) {
        xml_open(&o, "side");
        xml_put(&o, "reason", x->side[i].reason);
        xml_put(&o, "ticket", x->side[i].ticket);
        xml_put_hex(&o, "hash", x->side[i].hash, sizeof x->side[i].hash);
        xml_close(&o);
    }
    xml_close(&o);
    return xml_end(&o, e);
}

static int read_child(const struct xml_doc *d, const struct xml_node *n, struct admission *c, struct err *e)
{
    struct admission_side *x = &c->side[c->n];
    if (xml_named(n, "reason")) {
        c->why = xml_content(n, c->arena);
        return 0;
    }
    int r = xml_named(n, "side") ? 0 : xml_err(e, d, n, _("unknown element <%s>"), xml_name(n));
    if (r == 0)
        r = document_text(d, n, "reason", c->arena, &x->reason, e);
    if (r == 0)
        r = document_text(d, n, "ticket", c->arena, &x->ticket, e);
    if (r == 0)
        r = xml_need_hex(d, n, "hash", x->hash, sizeof x->hash, e);
    c->n += r == 0;
    return r;
}

static int read_all(const struct xml_doc *d, struct admission *c, struct err *e)
{
    const struct xml_node *root = xml_root(d);
    int r = document_name(d, root, "session", c->arena, &c->session, e);
    if (r == 0)
        r = document_time(d, root, "date", c->arena, &c->date, NULL, e);
    c->side = arena_array(c->arena, document_count(root, "side") + 1, sizeof *c->side);
    for (const struct xml_node *n = xml_first_element(root); r == 0 && n; n = xml_next_element(n))
        r = read_child(d, n, c, e);
    return r;
}

int admission_read(struct admission *ret, const char *name, struct span data, struct err *e)
{
    static const struct xml_limits limits = {
        .bytes = 32 << 20, .elements = ADMISSION_MAX_SIDES + 2, .depth = 8};
    struct xml_doc *d = NULL;
    struct bytes again = {0};
    struct admission c = {.arena = arena_new(), .why = ""};
    int r = document_parse(&d, name, data, "admission", ADMISSION_NS, &limits, e);
    if (r == 0)
        r = read_all(d, &c, e);
    if (r == 0)
        r = admission_write(&c, &again, e);
    if (r == 0)
        r = document_is_canonical(name, &again, data, e);
    bytes_release(&again);
    xml_free(d);
    if (r < 0)
        admission_free(&c);
    else
        *ret = c;
    return r;
}

void admission_free(struct admission *x)
{
    arena_free(x->arena);
    *x = (struct admission){0};
}

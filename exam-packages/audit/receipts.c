/* SPDX-License-Identifier: Apache-2.0 */
/* A receipt is the beginning of the last event's hash: bundle.xml, signed by the station, lists that hash. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "exam-packages/audit/bundles.h"
#include "exam-packages/code.h"

enum { MAX_FILE = 16 << 20 };

struct receipt {
    const char *ticket, *shown;
    uint8_t bits[RECEIPT_BYTES];
    const char *bundle; /* where it was found, or NULL */
};

struct audit_receipts {
    struct receipt *list;
    size_t n;
};

/* "TICKET RECEIPT", with blanks, a comma or a semicolon between. */
static void read_line(struct audit *a, struct audit_receipts *r, char *line, int number)
{
    struct err e = {0};
    char *rest = NULL, *ticket = strtok_r(line, " \t,;\r", &rest), *shown = strtok_r(NULL, "\r", &rest);
    struct receipt *x = &r->list[r->n];
    if (!ticket || *ticket == '#')
        return;
    int bad = path_is_plain_name(ticket) && shown
                  ? receipt_read(shown, x->bits, &e)
                  : err_set(&e, ERR_DATA, NULL, _("not a ticket and a receipt"));
    if (bad < 0) {
        audit_unseen(a, _("%s:%d: %s"), a->in->receipts, number, e.what);
        return;
    }
    char text[RECEIPT_SHOWN];
    x->ticket = arena_strdup(a->arena, ticket);
    x->shown = arena_strdup(a->arena, receipt_show(x->bits, text));
    r->n++;
}

struct audit_receipts *audit_receipts_read(struct audit *a)
{
    struct err e = {0};
    struct bytes data = {0};
    if (!a->in->receipts)
        return NULL;
    struct audit_receipts *r = arena_alloc(a->arena, sizeof *r);
    if (file_read(a->in->receipts, MAX_FILE, &data, &e) < 0) {
        audit_tell(a, -ERR_ENV, &e, "test -f \"$receipts\"", _("%s: can be read"), a->in->receipts);
        return NULL;
    }
    size_t lines = 1;
    for (size_t i = 0; i < data.n; i++)
        lines += data.p[i] == '\n';
    r->list = arena_array(a->arena, lines, sizeof *r->list);
    int number = 0;
    for (char *next = (char *)data.p, *line = next; line; line = next) {
        next = strchr(line, '\n');
        if (next)
            *next++ = '\0';
        read_line(a, r, line, ++number);
    }
    bytes_release(&data);
    return r;
}

void audit_receipts_look(struct audit_receipts *r, const char *bundle, const struct bundle_document *d)
{
    for (size_t i = 0; r && i < r->n; i++)
        for (size_t k = 0; k < d->n_sittings; k++) {
            const struct bundle_sitting *s = &d->sitting[k];
            for (size_t m = 0; m < s->n_epochs; m++)
                if (strcmp(s->ticket, r->list[i].ticket) == 0 &&
                    memcmp(s->epoch[m].head, r->list[i].bits, RECEIPT_BYTES) == 0)
                    r->list[i].bundle = bundle;
        }
}

void audit_receipts_tell(struct audit *a, const struct audit_receipts *r)
{
    for (size_t i = 0; r && i < r->n; i++) {
        const struct receipt *x = &r->list[i];
        struct err e = {0};
        char data[RECEIPT_SHOWN];
        size_t n = 0;
        for (const char *p = x->shown; *p && n < 16; p++)
            if (*p != '-')
                data[n++] = *p;
        data[n] = '\0';
        const char *command =
            arena_printf(a->arena,
                         "cat \"$work\"/*/bundle.xml | " AUDIT_HEADS
                         " | grep -qi \"^%s .* $(echo %s | tr 'ABCDEFGHJKMNPQRSTVWXYZ'"
                         " 'ABCDEFGHIJKLMNOPQRSTUV' | basenc --base32hex -d | basenc --base16)\"",
                         x->ticket, data);
        int bad = x->bundle ? 0 : err_set(&e, ERR_NO, x->ticket, _("no bundle here ends with that receipt"));
        audit_tell(a, bad, &e, command, _("receipt %s of %s: the end of that sitting (%s)"), x->shown,
                   x->ticket, x->bundle ? x->bundle : "?");
    }
}

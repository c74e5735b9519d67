/* SPDX-License-Identifier: Apache-2.0 */
/* What converters make of other programs' files goes the way of every item. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "paperbank/bank/foreign.h"
#include "paperbank/bank/importing.h"

struct taking {
    struct import *im;
    const char *path;
    bool bank_failed;
};

static int told(struct taking *t, int r)
{
    t->bank_failed = t->bank_failed || r < 0;
    return r;
}

static void tell_note(const struct taking *t, const struct foreign_item *item)
{
    struct err note = {0};
    if (!item->note || !t->im->options->note)
        return;
    char *place = mem_printf("%s:%u", t->path, item->line);
    err_set(&note, ERR_NO, NULL, _("item %.60s: %s"), item->name, item->note);
    t->im->options->note(t->im->context, place, note.what);
    free(place);
}

static int on_item(void *context, const struct foreign_item *item, struct err *e)
{
    struct taking *t = context;
    struct err why = {0};
    if (item->refusal) {
        err_set(&why, ERR_DATA, NULL, "%s", item->refusal);
        return told(t, import_refuse(t->im, t->path, item->line, item->name, "", &why, e));
    }
    tell_note(t, item);
    struct package_source *pictures = package_source_memory(t->path, item->picture, item->n_pictures);
    const struct prepared_item p = {.file = t->path,
                                    .line = item->line,
                                    .xml = item->qti,
                                    .original = item->original,
                                    .metadata = item->has_metadata ? &item->metadata : NULL,
                                    .merges = true,
                                    .source = pictures,
                                    .path = "item.xml"};
    int r = told(t, import_one(t->im, &p, e));
    package_source_close(pictures);
    return r;
}

static int on_point(void *context, const char *code, const char *title, struct err *e)
{
    struct taking *t = context;
    return told(t, import_point_if_new(t->im, code, title, e));
}

static void tell_encoding(const struct import *im, const char *path, enum encoding c)
{
    struct err note = {0};
    if (c == ENCODING_UTF8 || !im->options->note)
        return;
    err_set(&note, ERR_NO, NULL, _("read as %s"), encoding_name(c));
    im->options->note(im->context, path, note.what);
}

static enum foreign_format wanted_format(const struct import *im, const char *path)
{
    return im->options->format ? foreign_format_named(im->options->format) : foreign_format_of(path);
}

static int take(struct import *im, const char *path, struct err *e)
{
    struct taking t = {.im = im, .path = path};
    const struct foreign_sink sink = {.item = on_item, .point = on_point, .context = &t};
    enum encoding found = ENCODING_UTF8;
    enum encoding wanted = im->options->encoding ? encoding_named(im->options->encoding) : ENCODING_UNKNOWN;
    struct err why = {0};
    if (wanted_format(im, path) == FOREIGN_NONE) {
        err_set(&why, ERR_DATA, NULL, _("neither the content nor the name says what kind of file this is"));
        err_hint(&why, _("say it with --format gift or --format csv"));
        return import_refuse(im, path, 0, "", "", &why, e);
    }
    int r = foreign_read(wanted_format(im, path), path, wanted, &sink, &found, &why);
    tell_encoding(im, path, found);
    if (r == 0)
        return 0;
    if (!t.bank_failed)
        return import_refuse(im, path, 0, "", "", &why, e);
    *e = why;
    return r;
}

/* Plain text: neither XML in any encoding nor bytes that are no text. */
static bool is_plain(struct span head)
{
    size_t i = head.n >= 3 && memcmp(head.p, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (i < head.n && strchr(" \t\r\n", head.p[i]) && head.p[i])
        i++;
    return i < head.n && head.p[i] != '<' && head.p[i] < 0xFE && !memchr(head.p, 0, head.n);
}

static bool looks_so(const char *path, struct span head)
{
    return foreign_format_of(path) != FOREIGN_NONE || is_plain(head);
}

const struct import_kind import_foreign = {looks_so, take};

int import_check_options(const struct import_options *o, struct err *e)
{
    if (o->format && foreign_format_named(o->format) == FOREIGN_NONE) {
        err_set(e, ERR_USAGE, NULL, _("\"%.40s\" is no format"), o->format);
        return err_hint(e, _("one of moodle, gift, csv; QTI and packages are recognised by themselves"));
    }
    if (o->encoding && encoding_named(o->encoding) == ENCODING_UNKNOWN) {
        err_set(e, ERR_USAGE, NULL, _("\"%.40s\" is no encoding that this program knows"), o->encoding);
        return err_hint(e, _("one of utf-8, gbk, gb18030, utf-16"));
    }
    return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "exam-packages/document.h"

#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"

static const struct xml_limits document_limits = {
    .bytes = DOCUMENT_MAX_BYTES, .elements = DOCUMENT_MAX_ELEMENTS, .depth = 8};

int document_parse(struct xml_doc **ret, const char *name, struct span data, const char *root, const char *ns,
                   const struct xml_limits *limits, struct err *e)
{
    struct xml_doc *d = NULL;
    int r = xml_read(&d, name, data, limits ? limits : &document_limits, e);
    if (r < 0)
        return r;
    const struct xml_node *n = xml_root(d);
    if (!xml_named(n, root) || strcmp(xml_ns(n), ns) != 0) {
        r = xml_err(e, d, n, _("not a <%s> document of this format"), root);
        xml_free(d);
        return r;
    }
    *ret = d;
    return 0;
}

int document_is_canonical(const char *name, const struct bytes *again, struct span data, struct err *e)
{
    if (!span_equal(bytes_span(again), data))
        return err_set(e, ERR_DATA, name,
                       _("not in canonical form: the same facts are written in other bytes"));
    return 0;
}

size_t document_count(const struct xml_node *parent, const char *name)
{
    size_t n = 0;
    for (const struct xml_node *c = xml_first_element(parent); c; c = xml_next_element(c))
        n += xml_named(c, name);
    return n;
}

int document_text(const struct xml_doc *d, const struct xml_node *n, const char *attr, struct arena *a,
                  const char **ret, struct err *e)
{
    const char *v;
    int r = xml_need(d, n, attr, &v, e);
    if (r < 0)
        return r;
    if (strlen(v) > DOCUMENT_MAX_TEXT)
        return xml_err(e, d, n, _("%s is longer than %d bytes"), attr, DOCUMENT_MAX_TEXT);
    *ret = arena_strdup(a, v);
    return 0;
}

int document_name(const struct xml_doc *d, const struct xml_node *n, const char *attr, struct arena *a,
                  const char **ret, struct err *e)
{
    int r = document_text(d, n, attr, a, ret, e);
    if (r < 0)
        return r;
    if (!path_is_plain_name(*ret))
        return xml_err(e, d, n, _("%s=\"%.100s\" is not a plain name"), attr, *ret);
    return 0;
}

int document_check_time(const char *text, int64_t *ret_ms, struct err *e)
{
    int64_t ms;
    int r = time_parse(text, &ms, e);
    if (r < 0)
        return r;
    if (strlen(text) != strlen("2026-11-22T09:00:00+08:00") || text[10] != 'T')
        return err_set(e, ERR_DATA, NULL, _("\"%.40s\" is not written like 2026-11-22T09:00:00+08:00"), text);
    if (ret_ms)
        *ret_ms = ms;
    return 0;
}

int document_time(const struct xml_doc *d, const struct xml_node *n, const char *attr, struct arena *a,
                  const char **ret, int64_t *ret_ms, struct err *e)
{
    struct err inner;
    int r = document_text(d, n, attr, a, ret, e);
    if (r < 0)
        return r;
    if (document_check_time(*ret, ret_ms, &inner) < 0)
        return xml_err(e, d, n, "%s: %s", attr, inner.what);
    return 0;
}

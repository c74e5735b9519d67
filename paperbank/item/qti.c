/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/item/qti.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "paperbank/item/qti-internal.h"

#define XSI_NS "http://www.w3.org/2001/XMLSchema-instance"
#define TEMPLATES_22 "http://www.imsglobal.org/question/qti_v2p2/rptemplates/"
#define SCHEMA_22 QTI_NS_22 " http://www.imsglobal.org/xsd/qti/qtiv2p2/imsqti_v2p2.xsd"

static const struct version {
    const char *ns, *version;
} versions[] = {
    {QTI_NS_22, "2.2"},
    {"http://www.imsglobal.org/xsd/imsqti_v2p1", "2.1"},
    {"http://www.imsglobal.org/xsd/imsqti_v2p0", "2.0"},
    {"http://www.imsglobal.org/xsd/imsqti_item_v2p0", "2.0"},
    {"http://www.imsglobal.org/xsd/apip/apipv1p0/qtiitem/imsqti_v2p1", "2.1"},
    {"http://www.imsglobal.org/xsd/apip/apipv1p0/qtitest/imsqti_v2p1", "2.1"},
    {"http://www.imsglobal.org/xsd/apip/apipv1p0/qtisection/imsqti_v2p1", "2.1"},
    {"http://www.imsglobal.org/xsd/apip/apipv1p0/imsapip_qtiv1p0", "2.1"},
    {"http://www.imsglobal.org/xsd/imsaqti_item_v1p0", "2.2"},
    {"http://www.imsglobal.org/xsd/imsaqti_test_v1p0", "2.2"},
    {"http://www.imsglobal.org/xsd/imsaqti_section_v1p0", "2.2"},
    {QTI_NS_30, "3.0"},
    {"http://www.imsglobal.org/xsd/qti/imsqtiasi_v3p0", "3.0"},
    {"http://www.imsglobal.org/xsd/qti/qtiv3p0/imsqtiasi_v3p0", "3.0"},
    {"", "2.2"},
};

static const char *version_of(const struct xml_node *root)
{
    const char *ns = xml_ns(root);
    if (!*ns && strncmp(xml_name(root), "qti-", 4) == 0)
        return "3.0";
    for (size_t i = 0; i < sizeof versions / sizeof *versions; i++)
        if (strcmp(ns, versions[i].ns) == 0)
            return versions[i].version;
    return NULL;
}

/* The templates of the specifications by their last name, under the address that 2.2 has for them. */
static void map_template(struct xml_doc *d, const struct xml_node *n)
{
    static const char *const known[] = {"match_correct", "map_response",    "map_response_point",
                                        "CC2_match",     "CC2_match_basic", "CC2_map_response"};
    const char *at = xml_attr(d, n, "template"), *name = at ? strrchr(at, '/') : NULL;
    if (!name)
        return;
    size_t length = strlen(++name);
    if (length > 4 && strcmp(name + length - 4, ".xml") == 0)
        length -= 4;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strlen(known[i]) == length && strncmp(known[i], name, length) == 0) {
            char address[120];
            snprintf(address, sizeof address, TEMPLATES_22 "%s", known[i]);
            xml_edit_attr(d, n, "template", address);
            return;
        }
}

/* QTI 2.0 knew this built-in variable by another name. */
static void map_completion(struct xml_doc *d, const struct xml_node *n)
{
    const char *id = xml_attr(d, n, "identifier");
    if (id && strcmp(id, "completion_status") == 0)
        xml_edit_attr(d, n, "identifier", "completionStatus");
    for (const struct xml_node *c = xml_first_element(n); c; c = xml_next_element(c))
        map_completion(d, c);
}

static void map_rules(struct xml_doc *d, const char *version)
{
    for (const struct xml_node *c = xml_first_element(xml_root(d)); c; c = xml_next_element(c)) {
        if (!xml_named(c, "responseProcessing"))
            continue;
        map_template(d, c);
        if (strcmp(version, "2.0") == 0)
            map_completion(d, c);
    }
}

int qti_read(struct xml_doc **ret, const char **ret_version, const char *name, struct span data,
             const struct xml_limits *limits, struct err *e)
{
    struct xml_doc *d = NULL;
    int r = xml_read(&d, name, data, limits, e);
    if (r < 0)
        return r;
    const struct xml_node *root = xml_root(d);
    const char *version = version_of(root);
    if (!version) {
        r = xml_err(e, d, root, _("namespace \"%.80s\" of <%.60s> is not one of QTI 2.0 to 3.0"),
                    xml_ns(root), xml_name(root));
        xml_free(d);
        return r;
    }
    if (strcmp(xml_ns(root), QTI_NS_22) != 0) {
        xml_edit_namespace(d, xml_ns(root), QTI_NS_22);
        xml_edit_attr_ns(d, root, XSI_NS, "schemaLocation", SCHEMA_22);
        if (strcmp(version, "3.0") == 0)
            qti3_map(d);
        map_rules(d, version);
    }
    *ret = d;
    *ret_version = version;
    return 0;
}

void qti_write(const struct xml_doc *d, struct span data, struct bytes *out)
{
    if (!xml_is_edited(d) && xml_says_utf8(d) && utf8_valid((const char *)data.p, data.n))
        bytes_add(out, data.p, data.n);
    else
        xml_whole(d, out);
}

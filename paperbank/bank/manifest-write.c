/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/xml.h"
#include "paperbank/bank/manifest-lom.h"
#include "paperbank/bank/manifest.h"
#include "paperbank/bank/media.h"
#include "paperbank/bank/task-files.h"
#include "paperbank/bank/tests.h"

static void put_number(struct xml_out *o, const char *attr, int64_t thousandths)
{
    if (thousandths != BANK_UNKNOWN)
        xml_put_points(o, attr, points_milli(thousandths));
}

static void write_metadata(struct xml_out *o, const struct bank_item *i)
{
    xml_open(o, "kc:item");
    if (*i->knowledge_point)
        xml_put(o, "knowledgePoint", i->knowledge_point);
    if (*i->level)
        xml_put(o, "cognitiveLevel", i->level);
    put_number(o, "facility", i->facility);
    put_number(o, "discrimination", i->discrimination);
    if (i->points.milli)
        xml_put_points(o, "points", i->points);
    if (i->expected_s != BANK_UNKNOWN)
        xml_put_int(o, "expectedTime", i->expected_s);
    struct bytes enemies = {0};
    for (size_t k = 0; k < i->n_declared; k++)
        bytes_printf(&enemies, "%s%s", k ? " " : "", i->declared[k]);
    if (enemies.n)
        xml_put(o, "enemies", (const char *)enemies.p);
    bytes_release(&enemies);
    char irt[64];
    if (i->irt.a)
        xml_put(o, "irt", metadata_irt_text(&i->irt, irt, sizeof irt));
    if (*i->attributes)
        xml_put(o, "attributes", i->attributes);
    xml_close(o);
}

static void write_file(struct xml_out *o, const char *href)
{
    xml_put_text(o, "\n      ");
    xml_open(o, "file");
    xml_put(o, "href", href);
    xml_close(o);
}

/* The folder of the item's document in the package. */
static const char *folder_of(const struct bank_item *i, struct arena *a)
{
    return i->practical ? arena_printf(a, "tasks/%s", i->id) : "items";
}

static int write_pictures(struct xml_out *o, struct bank *b, const struct bank_item *i, struct err *e)
{
    struct arena *a = arena_new();
    struct bank_picture *picture = NULL;
    size_t n = 0;
    int r = bank_item_pictures(b, i->id, i->version, a, &picture, &n, e);
    for (size_t k = 0; k < n; k++)
        if (bank_picture_is_first(picture, k))
            write_file(o, arena_printf(a, "%s/%s", folder_of(i, a), picture[k].name));
    arena_free(a);
    return r;
}

static int write_task_files(struct xml_out *o, struct bank *b, const struct bank_item *i, struct err *e)
{
    struct arena *a = arena_new();
    struct bank_file *file = NULL;
    size_t n = 0;
    int r = i->practical ? bank_item_files(b, i->id, i->version, a, &file, &n, e) : 0;
    for (size_t k = 0; k < n; k++)
        write_file(o, arena_printf(a, "%s/%s", folder_of(i, a), file[k].path));
    arena_free(a);
    return r;
}

static int write_resource(struct xml_out *o, struct bank *b, const struct bank_item *i,
                          const struct lom_points *points, struct err *e)
{
    char *href = i->practical ? mem_printf("tasks/%s/item.xml", i->id) : mem_printf("items/%s.xml", i->id);
    char *identifier = mem_printf("RES-%s", i->id);
    xml_put_text(o, "\n    ");
    xml_open(o, "resource");
    xml_put(o, "identifier", identifier);
    xml_put(o, "type", "imsqti_item_xmlv2p2");
    xml_put(o, "href", href);
    xml_put_text(o, "\n      ");
    xml_open(o, "metadata");
    write_metadata(o, i);
    xml_put_text(o, "\n        ");
    int r = lom_write(o, b, i, points, e);
    xml_close(o);
    write_file(o, href);
    if (r == 0)
        r = write_pictures(o, b, i, e);
    if (r == 0)
        r = write_task_files(o, b, i, e);
    xml_put_text(o, "\n    ");
    xml_close(o);
    free(href);
    free(identifier);
    return r;
}

static void write_tree(struct xml_out *o, const struct knowledge_point *point, size_t n)
{
    xml_put_text(o, "\n    ");
    xml_open(o, "kc:knowledgePoints");
    for (size_t i = 0; i < n; i++) {
        xml_put_text(o, "\n      ");
        xml_open(o, "kc:knowledgePoint");
        xml_put(o, "code", point[i].code);
        xml_put(o, "title", point[i].title);
        xml_close(o);
    }
    xml_put_text(o, "\n    ");
    xml_close(o);
}

static void write_words(struct xml_out *o, const char *indent, const char *element, const char *words)
{
    xml_put_text(o, indent);
    xml_open(o, element);
    xml_put_text(o, words);
    xml_close(o);
}

int manifest_write(struct bank *b, const struct knowledge_point *point, size_t n_points,
                   const struct bank_item *item, size_t n_items, const struct bank_test *test, size_t n_tests,
                   struct bytes *out, struct err *e)
{
    struct xml_out o;
    struct arena *a = arena_new();
    const struct lom_points points = lom_points_of(point, n_points, a);
    xml_begin(&o, out);
    xml_open(&o, "manifest");
    xml_put(&o, "xmlns", "http://www.imsglobal.org/xsd/imscp_v1p1");
    xml_put(&o, "xmlns:kc", METADATA_NS);
    xml_put(&o, "xmlns:imsmd", LOM_NS);
    xml_put(&o, "identifier", "kaochang-bank");
    xml_put_text(&o, "\n  ");
    xml_open(&o, "metadata");
    write_words(&o, "\n    ", "schema", "QTIv2.2 Package");
    write_words(&o, "\n    ", "schemaversion", "1.0.0");
    write_tree(&o, point, n_points);
    xml_put_text(&o, "\n  ");
    xml_close(&o);
    write_words(&o, "\n  ", "organizations", "");
    xml_put_text(&o, "\n  ");
    xml_open(&o, "resources");
    int r = 0;
    for (size_t i = 0; r == 0 && i < n_items; i++)
        r = write_resource(&o, b, &item[i], &points, e);
    if (r == 0)
        r = tests_write_resources(&o, b, test, n_tests, e);
    xml_put_text(&o, "\n  ");
    xml_close(&o);
    xml_put_text(&o, "\n");
    xml_close(&o);
    arena_free(a);
    return r < 0 ? r : xml_end(&o, e);
}

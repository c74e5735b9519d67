/* SPDX-License-Identifier: Apache-2.0 */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "cli/bank/commands.h"
#include "cli/bank/home.h"
#include "cli/bank/item-json.h"
#include "paperbank/bank/media.h"
#include "paperbank/bank/metadata.h"
#include "paperbank/bank/task-files.h"
#include "paperbank/bank/use.h"
#include "paperbank/bank/words.h"
#include "paperbank/item/item.h"

static void print_field(const char *name, const char *value)
{
    if (*value)
        printf("%s: %s\n", name, value);
}

static void print_metadata(const struct bank_item *i, const char *point_title)
{
    char text[40];
    printf(_("item: %s, version %lld\n"), i->id, (long long)i->version);
    print_field(_("title"), i->title);
    print_field(_("kind"), i->kind);
    print_field(_("state"), i->state);
    print_field(_("delivery"), i->delivery);
    if (*i->knowledge_point)
        printf(_("knowledge point: %s %s\n"), i->knowledge_point, point_title);
    print_field(_("cognitive level"), i->level);
    print_field(_("points"), points_text(i->points, text, sizeof text));
    print_field(_("facility"), thousandths_text(i->facility, text, sizeof text));
    print_field(_("discrimination"), thousandths_text(i->discrimination, text, sizeof text));
    if (i->expected_s != BANK_UNKNOWN)
        printf(_("expected time: %lld s\n"), (long long)i->expected_s);
    char irt[64];
    print_field(_("irt: a, b, c, scale"), metadata_irt_text(&i->irt, irt, sizeof irt));
    print_field(_("attributes"), i->attributes);
    if (i->exams)
        printf(_("used in %lld exams, last on %.10s\n"), (long long)i->exams,
               time_text(i->last_use_ms, 0, text, sizeof text));
    if (i->n_enemies)
        printf("%s:", _("enemies"));
    for (size_t k = 0; k < i->n_enemies; k++)
        printf(" %s%s", i->enemy[k], k + 1 == i->n_enemies ? "\n" : "");
}

static void print_pictures(const struct bank_picture *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (p[i].width)
            printf(_("picture: %s, %lld × %lld pixels, %lld bytes, imported as %s\n"), p[i].name,
                   (long long)p[i].width, (long long)p[i].height, (long long)p[i].size, p[i].href);
        else
            printf(_("picture: %s, %lld bytes, shown by its words alone, imported as %s\n"), p[i].name,
                   (long long)p[i].size, p[i].href);
}

static void print_files(const struct bank_file *f, size_t n)
{
    for (size_t i = 0; i < n; i++)
        printf(_("file: %s, %lld bytes\n"), f[i].path, (long long)f[i].size);
}

static json_t *files_json(const struct bank_file *f, size_t n)
{
    json_t *list = json_array();
    for (size_t i = 0; i < n; i++)
        json_array_append_new(list, json_pack("{s:s, s:I, s:s}", "path", f[i].path, "bytes",
                                              (json_int_t)f[i].size, "hash", f[i].hash));
    return list;
}

static json_t *pictures_json(const struct bank_picture *p, size_t n)
{
    json_t *list = json_array();
    for (size_t i = 0; i < n; i++)
        json_array_append_new(list,
                              json_pack("{s:s, s:s, s:s, s:I, s:I, s:I}", "name", p[i].name, "href",
                                        p[i].href, "type", p[i].type, "width", (json_int_t)p[i].width,
                                        "height", (json_int_t)p[i].height, "bytes", (json_int_t)p[i].size));
    return list;
}

static int print_statistics(struct bank *b, const struct bank_item *i, struct arena *a, struct err *e)
{
    struct bank_statistic *list = NULL;
    size_t n = 0;
    int64_t mean = 0;
    char facility[32], discrimination[32];
    int r = bank_statistics(b, i->id, a, &list, &n, &mean, e);
    for (size_t k = 0; r == 0 && k < n; k++)
        printf(_("results of %s, version %lld: facility %s, discrimination %s, %lld candidates\n"),
               list[k].exam, (long long)list[k].version,
               thousandths_text(list[k].facility, facility, sizeof facility),
               thousandths_text(list[k].discrimination, discrimination, sizeof discrimination),
               (long long)list[k].n);
    if (r == 0 && mean != BANK_UNKNOWN)
        printf(_("facility in use: %s\n"), thousandths_text(mean, facility, sizeof facility));
    return r;
}

static void print_words(const struct item *item, struct arena *a)
{
    struct bytes body = {0}, key = {0}, why = {0};
    item_write_body(item, a, &body);
    item_write_key(item, a, &key);
    item_write_explanation(item, a, &why);
    if (body.n)
        printf("\n%s", (const char *)body.p);
    if (key.n)
        printf("\n%s\n%s", _("Key:"), (const char *)key.p);
    if (why.n)
        printf("\n%s\n%s", _("Explanation:"), (const char *)why.p);
    bytes_release(&body);
    bytes_release(&key);
    bytes_release(&why);
}

static json_t *words_json(const struct bytes *b)
{
    return json_stringn(b->p ? (const char *)b->p : "", b->n);
}

static void print_json(const struct bank_item *i, const struct item *item, json_t *pictures, json_t *files,
                       struct arena *a)
{
    struct bytes body = {0}, key = {0}, why = {0};
    json_t *o = item_json(i);
    item_write_body(item, a, &body);
    item_write_key(item, a, &key);
    item_write_explanation(item, a, &why);
    json_object_set_new(o, "text", words_json(&body));
    json_object_set_new(o, "key", words_json(&key));
    json_object_set_new(o, "explanation", words_json(&why));
    json_object_set_new(o, "pictures", pictures);
    json_object_set_new(o, "files", files);
    json_dumpf(o, stdout, JSON_INDENT(2));
    putchar('\n');
    json_decref(o);
    bytes_release(&body);
    bytes_release(&key);
    bytes_release(&why);
}

static int point_title(struct bank *b, const char *code, struct arena *a, const char **ret, struct err *e)
{
    struct knowledge_point *point = NULL;
    size_t n = 0;
    int r = bank_knowledge_points(b, a, &point, &n, e);
    *ret = "";
    for (size_t i = 0; r == 0 && i < n; i++)
        if (strcmp(point[i].code, code) == 0)
            *ret = point[i].title;
    return r;
}

static int show(const struct args *a, struct bank *bank, struct arena *arena, struct err *e)
{
    struct bank_item i = {0};
    struct span xml = {0};
    struct item *item = NULL;
    struct bank_picture *picture = NULL;
    struct bank_file *file = NULL;
    size_t n_pictures = 0, n_files = 0;
    const char *title = "";
    int r = bank_item(bank, args_at(a, 0), arena, &i, e);
    if (r == 0)
        r = bank_item_xml(bank, i.id, i.version, arena, &xml, e);
    if (r == 0 && args_get(a, "xml")) {
        fwrite(xml.p, 1, xml.n, stdout);
        return 0;
    }
    if (r == 0)
        r = point_title(bank, i.knowledge_point, arena, &title, e);
    if (r == 0)
        r = item_read(&item, i.id, xml, e);
    if (r == 0)
        r = bank_item_pictures(bank, i.id, i.version, arena, &picture, &n_pictures, e);
    if (r == 0)
        r = bank_item_files(bank, i.id, i.version, arena, &file, &n_files, e);
    if (r == 0 && args_json(a)) {
        print_json(&i, item, pictures_json(picture, n_pictures), files_json(file, n_files), arena);
    } else if (r == 0) {
        print_metadata(&i, title);
        print_pictures(picture, n_pictures);
        print_files(file, n_files);
        r = print_statistics(bank, &i, arena, e);
        if (r == 0)
            print_words(item, arena);
    }
    item_free(item);
    return r;
}

static int run(const struct args *a, struct err *e)
{
    struct arena *arena = arena_new();
    struct bank *bank = NULL;
    int r = home_bank(&bank, a, false, e);
    if (r == 0)
        r = show(a, bank, arena, e);
    bank_close(bank);
    arena_free(arena);
    return r;
}

static const struct command_option options[] = {
    {.name = "xml", .help = N_("Print the item as it was imported")},
    {0},
};

const struct command cmd_bank_show = {
    .name = "bank show", .args = "ID", .min_args = 1, .max_args = 1,
    .summary = N_("Show an item: its metadata, text, key and explanation"),
    .example = "kaochang bank show -C office k001",
    .options = options,
    .run = run,
};

/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/package/secrecy.h"

#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/text.h"
#include "cli/package/inner.h"
#include "exam-packages/zip.h"
#include "paperbank/item/view.h"

/* ---- entries ---- */

static bool is_hash_name(const char *name, const char *folder, const char *ending)
{
    size_t f = strlen(folder), n = strlen(name), x = strlen(ending);
    return n == f + 64 + x && strncmp(name, folder, f) == 0 && strspn(name + f, "0123456789abcdef") == 64 &&
           strcmp(name + f + 64, ending) == 0;
}

static bool is_in(const char *name, const char *folder, const char *ending)
{
    size_t f = strlen(folder), n = strlen(name), x = strlen(ending);
    return n > f + x && strncmp(name, folder, f) == 0 && strcmp(name + n - x, ending) == 0 &&
           !strchr(name + f, '/');
}

static int check_name(const char *name, struct err *e)
{
    if (strcmp(name, "paper.xml") == 0 || is_in(name, "items/", ".xml") || is_in(name, "tasks/", ".xml") ||
        is_hash_name(name, "files/", "") || is_hash_name(name, "media/", ".png"))
        return 0;
    return err_set(e, ERR_DATA, name, _("has no business in the part for candidates"));
}

/* ---- elements ---- */

static const struct xml_node *key_element(const struct xml_node *n)
{
    static const char *const names[] = {"correctResponse",
                                        "mapping",
                                        "mapEntry",
                                        "areaMapping",
                                        "areaMapEntry",
                                        "matchTable",
                                        "interpolationTable",
                                        "outcomeDeclaration",
                                        "responseProcessing",
                                        "setCorrectResponse",
                                        "setOutcomeValue",
                                        "modalFeedback",
                                        "feedbackBlock",
                                        "feedbackInline",
                                        "correct",
                                        "mapResponse",
                                        "mapResponsePoint"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (xml_named(n, names[i]))
            return n;
    const struct xml_node *found = NULL;
    for (const struct xml_node *c = xml_first_element(n); c && !found; c = xml_next_element(c))
        found = key_element(c);
    return found;
}

/* A response may have no value of its own in a view: it could be the correct one. */
static const struct xml_node *response_value(const struct xml_node *root)
{
    for (const struct xml_node *n = xml_first_element(root); n; n = xml_next_element(n))
        if (xml_named(n, "responseDeclaration") && xml_first_element(n))
            return xml_first_element(n);
    return NULL;
}

static int check_elements(const struct xml_doc *view, struct err *e)
{
    const struct xml_node *found = key_element(xml_root(view));
    if (!found)
        found = response_value(xml_root(view));
    return found ? xml_err(e, view, found, _("<%.60s> is part of the key, and candidates would have it"),
                           xml_name(found))
                 : 0;
}

static int check_item(const char *name, struct span view, struct span full, struct err *e)
{
    struct xml_doc *d = NULL;
    struct item *item = NULL;
    struct bytes again = {0};
    int r = full.p ? xml_read(&d, name, view, &item_limits, e)
                   : err_set(e, ERR_DATA, name, _("is an item that the scoring part does not have"));
    if (r == 0)
        r = check_elements(d, e);
    if (r == 0)
        r = item_read(&item, name, full, e);
    if (r == 0)
        r = secrecy_words(item, d, e);
    if (r == 0)
        r = item_view_write(item, &again, e);
    if (r == 0 && !span_equal(bytes_span(&again), view))
        r = err_set(e, ERR_DATA, name, _("is not what candidates should see of this item"));
    bytes_release(&again);
    item_free(item);
    xml_free(d);
    return r;
}

/* ---- files ---- */

static bool holds(struct span data, const char *words)
{
    return data.n && memmem(data.p, data.n, words, strlen(words)) != NULL;
}

static int check_given(const char *name, struct span data, const struct zip *key, struct err *e)
{
    for (size_t i = 0; i < zip_count(key); i++)
        if (is_in(zip_name(key, i), "rules/", ".xml") && span_equal(zip_part(key, i), data))
            return err_set(e, ERR_DATA, name, _("is %s: candidates would be given the rules"),
                           zip_name(key, i));
    return 0;
}

static int check_entry(const struct zip *paper, size_t i, const struct zip *key, struct err *e)
{
    const char *name = zip_name(paper, i);
    struct span data = zip_part(paper, i);
    int r = check_name(name, e);
    if (r == 0 && is_in(name, "items/", ".xml"))
        r = check_item(name, data, zip_get(key, name), e);
    if (r == 0 && strncmp(name, "files/", 6) == 0)
        r = check_given(name, data, key, e);
    return r;
}

int secrecy_check(struct span paper, struct span key, struct err *e)
{
    struct zip *given = NULL, *full = NULL;
    int r = zip_open_span(&given, paper, e);
    if (r == 0)
        r = zip_open_span(&full, key, e);
    if (r == 0 && key.n % INNER_KEY_MULTIPLE != 0)
        r = err_set(e, ERR_DATA, "padding", _("the scoring part is not padded: its size tells of the key"));
    for (size_t i = 0; r == 0 && i < zip_count(given); i++)
        r = check_entry(given, i, full, e);
    zip_close(full);
    zip_close(given);
    return r;
}

/* ---- the folder of a practical item ---- */

static bool is_given(const struct practical_file *f)
{
    return !f->folder && f->size > 0 &&
           (strncmp(f->path, "start/", 6) == 0 || strncmp(f->path, "material/", 9) == 0);
}

static bool is_document(const char *path)
{
    static const char *const endings[] = {".docx", ".xlsx", ".pptx", ".odt", ".ods",    ".odp", ".html",
                                          ".htm",  ".css",  ".sql",  ".db",  ".sqlite", ".md"};
    const char *dot = strrchr(path_base(path), '.');
    for (size_t i = 0; dot && i < sizeof endings / sizeof *endings; i++)
        if (ascii_casecmp(dot, endings[i]) == 0)
            return true;
    return false;
}

/* Among the start files, in the same place: NULL if there is none. */
static const struct practical_file *begun_with(const struct practical_folder *all,
                                               const struct practical_file *model)
{
    for (size_t i = 0; i < all->n; i++)
        if (strncmp(all->file[i].path, "start/", 6) == 0 &&
            strcmp(all->file[i].path + 6, model->path + 6) == 0)
            return &all->file[i];
    return NULL;
}

static bool same(const struct practical_file *a, const struct practical_file *b)
{
    return memcmp(a->hash, b->hash, sizeof a->hash) == 0;
}

/* Files are also to be copied and renamed, so that the model may hold what was given. It is a leak where a
 * document that is to be worked on lies there finished, or where the material has a finished document. */
static bool is_made(const struct practical_folder *all, const struct practical_file *model,
                    const struct practical_file *given)
{
    const struct practical_file *begun = begun_with(all, model);
    if (begun)
        return !same(begun, model);
    return strncmp(given->path, "material/", 9) == 0 && is_document(model->path);
}

static int check_model(const struct practical_folder *all, const struct practical_file *given, struct err *e)
{
    for (size_t i = 0; i < all->n; i++) {
        const struct practical_file *m = &all->file[i];
        if (strncmp(m->path, "model/", 6) == 0 && !m->folder && same(m, given) && is_made(all, m, given))
            return err_set(e, ERR_DATA, given->path,
                           _("is %s: candidates would be given what they are to make"), m->path);
    }
    return 0;
}

int secrecy_files(const struct practical_folder *all, struct err *e)
{
    int r = 0;
    for (size_t i = 0; i < all->n && r == 0; i++) {
        const struct practical_file *f = &all->file[i];
        if (!is_given(f))
            continue;
        if (holds(f->bytes, "urn:kaochang:practical:1"))
            r = err_set(e, ERR_DATA, f->path, _("holds rules: candidates would be given them"));
        if (r == 0)
            r = check_model(all, f, e);
    }
    return r;
}

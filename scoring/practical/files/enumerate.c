/* SPDX-License-Identifier: Apache-2.0 */
/* What the rule maker may ask of one path, or of every path where none is named. */
#include <string.h>

#include "base/text.h"
#include "scoring/practical/files/give.h"
#include "scoring/practical/files/kinds.h"

enum { TEXT_SHOWN_MAX = 4000 };

struct asking {
    const struct check_target *t;
    struct arena *a;
    fact_sink_fn *sink;
    void *context;
};

static void ask(const struct asking *k, const char *kind, fact_fn *find, const char *from)
{
    struct locator_key key = {.name = "from", .value = from};
    struct locator at = {.key = &key, .n = from ? 1 : 0};
    const struct practical_family *family;
    struct check_target t = *k->t;
    struct fact f;
    struct err unwanted;
    t.kind = check_kind_find(kind, &family);
    if (t.kind && find(&t, &at, NULL, k->a, &f, &unwanted) == 0 && f.state == FACT_FOUND &&
        (f.value.type != FACT_BOOL || f.value.integer))
        k->sink(k->context, kind, &at, &f);
}

static size_t folder_length(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? (size_t)(slash - path) : 0;
}

static bool same_folder(const char *x, const char *y)
{
    size_t n = folder_length(x);
    return n == folder_length(y) && memcmp(x, y, n) == 0;
}

/* A new file with the content of a given one came from there. */
static void ask_origin(const struct asking *k, const struct practical_file *f)
{
    const struct practical_folder *start = k->t->start;
    if (f->folder || f->skipped || f->size == 0 || !start || give_exact(start, f->path))
        return;
    for (size_t i = 0; i < start->n; i++) {
        const struct practical_file *g = &start->file[i];
        if (g->folder || g->skipped || memcmp(g->hash, f->hash, sizeof f->hash) != 0)
            continue;
        if (give_exact(k->t->folder, g->path))
            ask(k, "file.copied", files_copied, g->path);
        else
            ask(k, same_folder(f->path, g->path) ? "file.renamed" : "file.moved", files_renamed, g->path);
        return;
    }
}

static bool has_extension(const char *path, const char *extension)
{
    const char *dot = strrchr(path, '.');
    return dot && ascii_casecmp(dot + 1, extension) == 0;
}

static void ask_file(const struct asking *k, const struct practical_file *f)
{
    ask(k, "file.exists", files_exists, NULL);
    ask(k, "file.read-only", files_read_only, NULL);
    ask(k, "file.hidden", files_hidden, NULL);
    ask_origin(k, f);
    if (has_extension(f->path, "txt") && f->size <= TEXT_SHOWN_MAX)
        ask(k, "file.text", files_text, NULL);
    if (has_extension(f->path, "csv"))
        ask(k, "csv.rows", files_csv_rows, NULL);
    if (has_extension(f->path, "zip"))
        ask(k, "file.zip-entries", files_zip_entries, NULL);
    if (has_extension(f->path, "lnk") || has_extension(f->path, "url") || has_extension(f->path, "desktop"))
        ask(k, "file.shortcut", files_shortcut_target, NULL);
}

static void ask_path(struct asking k, const struct practical_file *f)
{
    struct check_target t = *k.t;
    t.path = f->path;
    k.t = &t;
    if (f->temporary)
        return;
    if (f->folder)
        ask(&k, "folder.exists", folder_exists, NULL);
    else
        ask_file(&k, f);
}

void files_enumerate(const struct check_target *t, struct arena *a, fact_sink_fn *sink, void *context)
{
    struct asking k = {.t = t, .a = a, .sink = sink, .context = context};
    const struct practical_file *one = t->path && *t->path ? practical_find(t->folder, t->path) : NULL;
    for (size_t i = 0; i < t->folder->n && !(t->path && *t->path); i++)
        ask_path(k, &t->folder->file[i]);
    if (one)
        ask_path(k, one);
}

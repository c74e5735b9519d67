/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/score/commands.h"
#include "exam-packages/journal-files.h"
#include "paperbank/item/task.h"
#include "sync/pack.h"
#include "sync/store.h"

struct writing {
    const char *output, *ticket, *item; /* ticket, item: NULL for all */
    struct arena *arena;
    const char *session; /* of the first work; NULL: none yet */
    size_t works, files;
};

static int put(const char *path, const struct packed_file *f, struct err *e)
{
    char *folder = mem_strdup(path);
    *strrchr(folder, '/') = '\0';
    int r = file_mkdirs(f->attributes & JOURNAL_FOLDER ? path : folder, false, e);
    if (r == 0 && !(f->attributes & JOURNAL_FOLDER))
        r = file_put_soon(path, f->attributes & JOURNAL_READ_ONLY ? 0444 : 0644, f->content, e);
    free(folder);
    return r;
}

static int write_file(struct writing *w, const char *ticket, const struct packed_file *f, struct err *e)
{
    char *below = mem_printf("%s/%s/%s", f->item, ticket, f->path), *path = path_join(w->output, below);
    int r = strchr(f->item, '/') || strchr(ticket, '/') || !path_is_safe(below, 3 * TASK_MAX_PATH)
                ? err_set(e, ERR_DATA, f->path, _("the store holds an unsafe path"))
                : put(path, f, e);
    w->files += r == 0 && !(f->attributes & JOURNAL_FOLDER);
    free(path);
    free(below);
    return r;
}

static int write_work(struct writing *w, const struct store_work *x, struct err *e)
{
    struct arena *a = arena_new();
    struct packed_file *file = NULL;
    size_t n = 0, before = w->files;
    int r = files_unpack(x->files, a, &file, &n, e);
    for (size_t i = 0; r == 0 && i < n; i++)
        if (!w->item || strcmp(w->item, file[i].item) == 0)
            r = write_file(w, x->ticket, &file[i], e);
    w->works += w->files > before;
    arena_free(a);
    return r;
}

static int each(void *context, const struct store_work *x, struct err *e)
{
    struct writing *w = context;
    if (w->session && strcmp(w->session, x->session) != 0) {
        err_set(e, ERR_USAGE, NULL, _("the store holds more than one session"));
        return err_hint(e, _("name one with --session"));
    }
    w->session = arena_strdup(w->arena, x->session);
    return !w->ticket || strcmp(w->ticket, x->ticket) == 0 ? write_work(w, x, e) : 0;
}

static int write_all(struct writing *w, const struct args *a, struct err *e)
{
    struct store *s = NULL;
    char *path = path_join(args_home(a), "store.db");
    int r = file_exists(w->output)
                ? err_set(e, ERR_USAGE, w->output, _("is there already: name a new folder"))
                : file_mkdirs(w->output, false, e);
    if (r == 0)
        r = store_open(&s, args_get(a, "store") ? args_get(a, "store") : path, DB_READ, e);
    if (r == 0)
        r = store_unscored(s, args_get(a, "session"), NULL, NULL, each, w, e);
    if (r == 0)
        r = file_sync_all(w->output, e);
    store_close(s);
    free(path);
    return r;
}

static int run(const struct args *a, struct err *e)
{
    struct writing w = {.ticket = args_get(a, "ticket"), .item = args_get(a, "item"), .arena = arena_new()};
    int r = args_need(a, "output", &w.output, e);
    if (r == 0)
        r = write_all(&w, a, e);
    if (r == 0 && w.works == 0)
        r = err_set(e, ERR_NO, NULL, _("no work with files fits"));
    if (r == 0)
        printf(_("%zu files of %zu candidates in %s\n"), w.files, w.works, w.output);
    arena_free(w.arena);
    return r;
}

static const struct command_option options[] = {
    {.name = "session", .arg = "SESSION", .help = N_("The session, where the store holds several")},
    {.name = "ticket", .arg = "TICKET", .help = N_("Of this candidate only")},
    {.name = "item", .arg = "ITEM", .help = N_("Of this item only")},
    {.name = "store", .arg = "FILE", .help = N_("The central store (default: store.db of the office)")},
    {.name = "output", .key = 'o', .arg = "DIR", .help = N_("A new folder: DIR/ITEM/TICKET/…")},
    {0},
};

const struct command cmd_score_works = {
    .name = "works",
    .args = "",
    .summary = N_("write out the files that candidates handed in, from the central store"),
    .example = "kaochang-score works -C office --session s1 -o works",
    .options = options,
    .no_json = true,
    .run = run,
};

/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>

#include <jansson.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "cli/client/commands.h"
#include "exam-packages/collect.h"

/* The bundles that were made. */
struct made {
    struct collection *collection;
    char *path; /* NULL: nothing is closed here */
    char **apart;
    size_t n;
};

static void print_json(const struct made *m, int64_t behind)
{
    const struct collection *c = m->collection;
    json_t *root = json_pack("{s:s?, s:s, s:I, s:I}", "bundle", m->path, "session", collect_session(c),
                             "sittings", (json_int_t)collect_count(c), "leftBehind", (json_int_t)behind);
    json_t *list = json_array();
    const struct collected *item;
    const char *name;
    for (size_t i = 0; (item = collect_stranded(c, i, &name)); i++)
        json_array_append_new(list, json_pack("{s:s, s:s, s:s}", "bundle", m->apart[i], "ticket",
                                              item->ticket, "journal", name));
    json_object_set_new(root, "stranded", list);
    json_dumpf(root, stdout, JSON_COMPACT);
    putchar('\n');
    json_decref(root);
}

static void print(const struct made *m, int64_t behind)
{
    const char *name;
    if (m->path)
        printf(_("%s: %zu sittings, without scores\n"), m->path, collect_count(m->collection));
    for (size_t i = 0; collect_stranded(m->collection, i, &name); i++)
        printf(_("%s: %s, which no station of this room has signed or which stands beside another\n"),
               m->apart[i], name);
    if (behind)
        fprintf(stderr, _("%lld sittings are not closed or damaged, and stay behind\n"), (long long)behind);
    for (size_t i = 0; collect_behind(m->collection, i); i++)
        fprintf(stderr, "  %s\n", collect_behind(m->collection, i));
}

static int write_all(struct made *m, const char *out, struct err *e)
{
    struct collection *c = m->collection;
    const char *name;
    int r = collect_count(c) ? collect_write(c, NULL, 0, out, &m->path, e) : 0;
    for (size_t i = 0; r == 0 && collect_stranded(c, i, &name); i++) {
        m->apart = mem_grow(m->apart, m->n + 1, sizeof *m->apart);
        r = collect_write_stranded(c, i, out, &m->apart[i], e);
        m->n += r == 0;
    }
    return r;
}

static int run(const struct args *a, struct err *e)
{
    struct made m = {0};
    int64_t behind = 0;
    int r = collect_open(&m.collection, args_home(a), args_get(a, "session"), &behind, e);
    if (r == 0)
        r = write_all(&m, args_get(a, "output"), e);
    if (r == 0 && args_json(a))
        print_json(&m, behind);
    if (r == 0 && !args_json(a))
        print(&m, behind);
    for (size_t i = 0; i < m.n; i++)
        free(m.apart[i]);
    free(m.apart);
    free(m.path);
    collect_close(m.collection);
    return r;
}

static const struct command_option options[] = {
    {"session", 0, "SESSION", N_("Which session; needed when there are several")},
    {"output", 'o', "DIR",
     N_("Copy the bundle to this folder or file; without it the station keeps it only")},
    {0},
};

const struct command cmd_export = {
    .name = "export",
    .args = "",
    .summary = N_("hand on the closed sittings as a bundle without scores"),
    .example = "kaochang-client export -C station -o /media/usb",
    .options = options,
    .run = run,
};

/* SPDX-License-Identifier: Apache-2.0 */
/* Which proctors open a session together, as the options of "kaochang pack" name them. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/package/packing.h"

/* "li-na", or "li-na=李娜": the key's name, and what people call him. */
static int add_proctor(struct packing *p, const struct args *a, const char *value, struct err *e)
{
    struct proctors *list = &p->input.proctors;
    const char *equals = strchr(value, '=');
    const char *key = equals ? arena_strndup(p->desk.arena, value, (size_t)(equals - value)) : value;
    char *path = keyring_path(a, key, ".recipient");
    p->proctor = mem_grow(p->proctor, list->n + 1, sizeof *p->proctor);
    struct proctors_key *one = &p->proctor[list->n];
    *one = (struct proctors_key){.name = equals ? equals + 1 : path_base(key)};
    list->list = p->proctor;
    int r = proctors_check_name(one->name, e);
    if (r == 0 && (r = age_recipient_load(path, &one->key, e)) < 0 && !file_exists(path))
        err_hint(
            e,
            _("make it with \"kaochang keys new %s --kind proctor\"; or the proctor does, and brings this "
              "file of it"),
            key);
    list->n += r == 0;
    free(path);
    return r;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(((const struct proctors_key *)a)->name, ((const struct proctors_key *)b)->name);
}

static int check_options(const struct packing *p, const struct args *a, struct err *e)
{
    bool has_code = p->input.proctors.n == 0 || p->input.with_code;
    if (p->input.proctors.n == 0 && (args_get(a, "needed") || args_get(a, "with-code")))
        return err_set(e, ERR_USAGE, NULL, _("--needed and --with-code go with --proctor"));
    if (p->input.proctors.n && p->input.practice)
        return err_set(e, ERR_USAGE, NULL,
                       _("a practice package opens for everybody, and names no proctors"));
    if (!has_code && args_get(a, "unlock-sheet")) {
        err_set(e, ERR_USAGE, NULL, _("proctors open this session with their keys: there is no unlock code"));
        return err_hint(e, _("with --with-code it has one besides"));
    }
    return 0;
}

int packing_proctors(struct packing *p, const struct args *a, struct err *e)
{
    struct proctors *list = &p->input.proctors;
    const char *value;
    int r = 0;
    for (int i = 0; r == 0 && (value = args_each(a, "proctor", i)); i++)
        r = add_proctor(p, a, value, e);
    p->input.with_code = args_get(a, "with-code") != NULL;
    if (r == 0)
        r = check_options(p, a, e);
    if (r < 0 || list->n == 0)
        return r;
    if ((r = args_need(a, "needed", &value, e)) < 0 ||
        (r = args_int(a, "needed", 1, PROCTORS_MAX, 1, &list->needed, e)) < 0)
        return r;
    qsort(list->list, list->n, sizeof *list->list, compare_names);
    r = proctors_check(list, e);
    return r < 0 ? err_within(e, "--proctor") : 0;
}

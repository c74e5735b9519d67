/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/practical/rules/try.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "scoring/practical/rules/score.h"

static int by_path(const void *a, const void *b)
{
    return strcmp(((const struct practical_file *)a)->path, ((const struct practical_file *)b)->path);
}

size_t rules_try_below(const struct practical_folder *all, const char *folder, struct practical_file *out)
{
    size_t n = 0, prefix = strlen(folder);
    for (size_t i = 0; i < all->n; i++)
        if (strncmp(all->file[i].path, folder, prefix) == 0 && all->file[i].path[prefix]) {
            out[n] = all->file[i];
            out[n++].path += prefix;
        }
    return n;
}

static struct practical_folder given(const struct practical_folder *all, struct arena *a)
{
    struct practical_file *file = arena_array(a, all->n + 1, sizeof *file);
    size_t n = rules_try_below(all, "start/", file);
    n += rules_try_below(all, "material/", file + n);
    qsort(file, n, sizeof *file, by_path);
    return (struct practical_folder){.file = file, .n = n};
}

static struct practical_folder model(const struct practical_folder *all, struct arena *a)
{
    struct practical_file *file = arena_array(a, all->n + 1, sizeof *file);
    return (struct practical_folder){.file = file, .n = rules_try_below(all, "model/", file)};
}

static int try_work(const struct practical_start *start, const struct rules *rules,
                    const struct practical_folder *work, bool all, struct err *e)
{
    struct practical_result result = {0};
    char have[32], want[32];
    int r = practical_score(&result, start, work, e);
    points_t wanted = all ? rules->points : points_milli(0);
    if (r == 0 && result.points.milli != wanted.milli) {
        points_text(result.points, have, sizeof have);
        points_text(wanted, want, sizeof want);
        r = all ? err_set(e, ERR_DATA, rules->name, _("the model solution earns %s of %s points"), have, want)
                : err_set(e, ERR_DATA, rules->name, _("what the candidate is given earns %s points already"),
                          have);
        err_hint(
            e,
            _("\"kaochang-score checks\" shows each check; mend the rules or the files, and import again"));
    }
    practical_result_release(&result);
    return r;
}

int rules_try(const struct rules *rules, const struct practical_folder *all, struct arena *a, struct err *e)
{
    const struct practical_folder at_start = given(all, a), solution = model(all, a);
    struct practical_start *start = NULL;
    int r = practical_start_read(&start, rules, &at_start, e);
    if (r == 0)
        r = try_work(start, rules, &at_start, false, e);
    if (r == 0 && solution.n)
        r = try_work(start, rules, &solution, true, e);
    practical_start_free(start);
    return r;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/stats/reading.h"

#include <stdlib.h>
#include <string.h>

#include "base/file-map.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/points.h"

static int bad_list(const struct score_matrix *m, struct err *e)
{
    return err_set(e, ERR_USAGE, "--max", _("this is no list of %zu points"), m->k);
}

/* One number for all, or one for each item. */
static int take_max(struct score_matrix *m, const char *list, struct err *e)
{
    char *copy = mem_strdup(list), *rest = copy;
    size_t n = 0;
    points_t points = {0};
    for (char *one = strsep(&rest, ","); one && n <= m->k; one = strsep(&rest, ",")) {
        int r = points_parse(one, &points, e);
        if (r < 0 || points.milli < 0 || points.milli >= SCORE_LIMIT || n == m->k) {
            free(copy);
            return bad_list(m, e);
        }
        m->max[n++] = points.milli ? (int32_t)points.milli : MATRIX_NO_MARKS;
    }
    for (size_t j = 1; n == 1 && j < m->k; j++)
        m->max[j] = m->max[0];
    free(copy);
    return n == 1 || n == m->k ? 0 : bad_list(m, e);
}

static const char **skipped(const struct args *a)
{
    size_t n = 0;
    while (args_each(a, "skip", (int)n))
        n++;
    const char **list = mem_alloc((n + 1) * sizeof *list);
    for (size_t i = 0; i < n; i++)
        list[i] = args_each(a, "skip", (int)i);
    return list;
}

int stats_read_matrix(struct score_matrix *ret, const struct args *a, int i, struct err *e)
{
    struct span text = {0};
    const char *path = args_at(a, i), **skip = skipped(a);
    struct matrix_reading how = {.name = path, .id = args_get(a, "id"), .skip = skip};
    int r = file_map(path, STATS_MAX_BYTES, &text, e);
    if (r == 0)
        r = matrix_read(ret, &how, text, e);
    if (r == 0 && args_get(a, "max")) {
        r = take_max(ret, args_get(a, "max"), e);
        if (r < 0)
            matrix_release(ret);
    }
    file_unmap(text);
    free(skip);
    return r;
}

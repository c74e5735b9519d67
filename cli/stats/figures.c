/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/stats/figures.h"

#include <stdio.h>

#include "base/i18n.h"
#include "statistics/quality/numbers.h"

static json_t *value_of(json_t *object, const char *where, const struct figure *f, double times)
{
    if (figure_is(f))
        return json_real(f->value * times);
    json_t *reasons = json_object_get(object, "notDefined");
    if (!reasons) {
        reasons = json_object();
        json_object_set_new(object, "notDefined", reasons);
    }
    json_object_set_new(reasons, where, json_string(_(f->why)));
    return json_null();
}

void figures_put(json_t *object, const char *key, struct figure f, double times)
{
    json_object_set_new(object, key, value_of(object, key, &f, times));
}

void figures_put_each(json_t *object, const char *key, const struct figure *first, size_t stride, size_t n,
                      double times)
{
    json_t *array = json_array();
    for (size_t i = 0; i < n; i++) {
        char where[96];
        snprintf(where, sizeof where, "%s[%zu]", key, i);
        json_array_append_new(
            array, value_of(object, where, (const void *)((const char *)first + i * stride), times));
    }
    json_object_set_new(object, key, array);
}

void figures_print(json_t *object)
{
    json_dumpf(object, stdout, JSON_INDENT(1) | JSON_REAL_PRECISION(12));
    putchar('\n');
    json_decref(object);
}

const char *figures_text(struct figure f, int decimals, char *buf, size_t size)
{
    if (figure_is(&f))
        return num_text(f.value, decimals, buf, size);
    snprintf(buf, size, "—");
    return buf;
}

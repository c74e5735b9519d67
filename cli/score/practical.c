/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/score/practical.h"

#include <stdio.h>

#include "base/file.h"
#include "base/i18n.h"

static void on_fault(void *context, unsigned line, const char *message)
{
    fprintf(stderr, "%s:%u: %s\n", (const char *)context, line, message);
}

int practical_rules_file(struct rules **ret, const char *path, struct err *e)
{
    struct bytes data = {0};
    int r = file_read(path, RULES_MAX_BYTES, &data, e);
    char name[200];
    snprintf(name, sizeof name, "%s", path);
    if (r == 0)
        r = rules_read(ret, name, bytes_span(&data), on_fault, name, e);
    bytes_release(&data);
    return r;
}

int practical_folder_at(struct collected **ret, const char *dir, const struct practical_folder **ret_folder,
                        struct err *e)
{
    *ret = NULL;
    *ret_folder = NULL;
    int r = dir ? collect_folder(ret, dir, NULL, e) : 0;
    if (r == 0 && *ret)
        *ret_folder = collect_files(*ret);
    return r;
}

void practical_put_points(json_t *o, const char *name, points_t p)
{
    json_object_set_new(o, name,
                        p.milli % 1000 ? json_real((double)p.milli / 1000) : json_integer(p.milli / 1000));
}

json_t *practical_check_json(const struct rules_check *c, const struct practical_check_result *x)
{
    json_t *o = json_object();
    json_object_set_new(o, "id", json_string(c->id));
    json_object_set_new(o, "kind", json_string(c->kind->name));
    json_object_set_new(o, "title", json_string(rules_check_title(c)));
    if (c->forbid)
        json_object_set_new(o, "forbid", json_true());
    json_object_set_new(o, "status", json_string(practical_status_name(x->status)));
    practical_put_points(o, "points", x->points);
    practical_put_points(o, "maximum", x->maximum);
    json_object_set_new(o, "expected", json_string(x->expected));
    json_object_set_new(o, "found", json_string(x->found));
    json_object_set_new(o, "place", json_string(x->place));
    if (x->cut)
        json_object_set_new(o, "cut", json_string(x->cut));
    return o;
}

static json_t *file_json(const struct rules_file *f, const struct practical_file_result *x)
{
    static const char *const states[] = {"missing", "as-start", "read", "unreadable"};
    json_t *o = json_object();
    json_object_set_new(o, "id", json_string(f->id));
    json_object_set_new(o, "path", json_string(x->path));
    json_object_set_new(o, "state", json_string(states[x->state]));
    if (x->message)
        json_object_set_new(o, "message", json_string(x->message));
    return o;
}

json_t *practical_total_json(const struct rules *rules, const struct practical_result *result)
{
    json_t *o = json_object(), *files = json_array();
    practical_put_points(o, "total", result->points);
    practical_put_points(o, "maximum", result->maximum);
    for (size_t i = 0; i < result->n_files; i++)
        json_array_append_new(files, file_json(&rules->file[i], &result->file[i]));
    json_object_set_new(o, "files", files);
    return o;
}

void practical_print_json(json_t *line)
{
    json_dumpf(line, stdout, JSON_COMPACT | JSON_REAL_PRECISION(15));
    putchar('\n');
    json_decref(line);
}

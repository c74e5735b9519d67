/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/args.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

const char *args_home(const struct args *a)
{
    return a->home ? a->home : ".";
}

bool args_json(const struct args *a)
{
    return a->json;
}

int args_count(const struct args *a)
{
    return a->n;
}

const char *args_at(const struct args *a, int i)
{
    return i < a->n ? a->positional[i] : NULL;
}

const char *args_each(const struct args *a, const char *name, int i)
{
    for (int v = 0; v < a->n_values; v++)
        if (strcmp(a->command->options[a->value[v].option].name, name) == 0 && i-- == 0)
            return a->value[v].value;
    return NULL;
}

const char *args_get(const struct args *a, const char *name)
{
    const char *last = NULL;
    for (int i = 0;; i++) {
        const char *v = args_each(a, name, i);
        if (!v)
            return last;
        last = v;
    }
}

/* "-o FILE.html: Where the page goes" */
static void hint_option(const struct command *c, const char *name, struct err *e)
{
    for (const struct command_option *o = c->options; o && o->name; o++)
        if (strcmp(o->name, name) == 0 && o->key)
            err_hint(e, "-%c %s: %s", o->key, o->arg ? o->arg : "", _(o->help));
        else if (strcmp(o->name, name) == 0)
            err_hint(e, "--%s %s: %s", o->name, o->arg ? o->arg : "", _(o->help));
}

int args_need(const struct args *a, const char *name, const char **ret, struct err *e)
{
    *ret = args_get(a, name);
    if (*ret)
        return 0;
    err_set(e, ERR_USAGE, NULL, _("--%s is missing"), name);
    hint_option(a->command, name, e);
    return -ERR_USAGE;
}

int args_int(const struct args *a, const char *name, int64_t lo, int64_t hi, int64_t fallback, int64_t *ret,
             struct err *e)
{
    const char *v = args_get(a, name);
    if (!v) {
        *ret = fallback;
        return 0;
    }
    char *end;
    errno = 0;
    long long x = strtoll(v, &end, 10);
    if (!*v || *end || errno == ERANGE || x < lo || x > hi)
        return err_set(e, ERR_USAGE, NULL, _("--%s %s: not a whole number from %lld to %lld"), name, v,
                       (long long)lo, (long long)hi);
    *ret = x;
    return 0;
}

void args_release(struct args *a)
{
    free(a->positional);
    *a = (struct args){0};
}

/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "scoring/practical/web/kinds.h"

enum { EACH_MAX = 20 };

struct asking {
    const struct check_target *t;
    struct arena *a;
    fact_sink_fn *sink;
    void *context;
};

/* False where there is no such thing. */
static bool ask(const struct asking *k, const char *kind, struct locator at)
{
    const struct practical_family *family;
    struct check_target t = *k->t;
    struct fact f;
    struct err unwanted;
    t.kind = check_kind_find(kind, &family);
    if (!t.kind || t.kind->find(&t, &at, NULL, k->a, &f, &unwanted) < 0 || f.state != FACT_FOUND)
        return false;
    bool nothing = (f.value.type == FACT_BOOL && !f.value.integer) ||
                   (f.value.type == FACT_LIST && f.value.n_items == 0) ||
                   (f.value.type == FACT_COLOR && f.value.integer < 0);
    if (!nothing)
        k->sink(k->context, kind, &at, &f);
    return true;
}

static void ask_plainly(const struct asking *k)
{
    static const char *const kinds[] = {
        "web.title",      "web.charset",          "web.headings",   "web.links",
        "web.images",     "web.fields",           "web.frames",     "web.frameset",
        "web.background", "web.background-image", "web.form-action"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        ask(k, kinds[i], (struct locator){0});
}

/* Kinds for the first, the second, … of something, while there is one. */
static void ask_each(const struct asking *k, const char *locator, const char *const *kinds)
{
    for (int i = 1; i <= EACH_MAX; i++) {
        struct locator_key *key = arena_alloc(k->a, sizeof *key);
        *key = (struct locator_key){locator, arena_printf(k->a, "%d", i)};
        bool any = false;
        for (const char *const *kind = kinds; *kind; kind++)
            any |= ask(k, *kind, (struct locator){.key = key, .n = 1});
        if (!any)
            return;
    }
}

static void ask_look(const struct asking *k, const char *element)
{
    static const char *const kinds[] = {"web.font", "web.size", "web.color", "web.alignment", "web.bold"};
    for (int i = 1; i <= EACH_MAX; i++) {
        struct locator_key *key = arena_array(k->a, 2, sizeof *key);
        key[0] = (struct locator_key){"element", element};
        key[1] = (struct locator_key){"index", arena_printf(k->a, "%d", i)};
        struct locator at = {.key = key, .n = 2};
        if (!ask(k, "web.text", at))
            return;
        for (size_t n = 0; n < sizeof kinds / sizeof *kinds; n++)
            ask(k, kinds[n], at);
    }
}

void web_enumerate(const struct check_target *t, struct arena *a, fact_sink_fn *sink, void *context)
{
    static const char *const tables[] = {"web.table-rows", "web.table-columns", "web.table-border",
                                         "web.table-width", NULL};
    static const char *const lists[] = {"web.list", "web.list-type", NULL};
    static const char *const images[] = {"web.image",       "web.image-exists", "web.image-alt",
                                         "web.image-width", "web.image-height", NULL};
    static const char *const links[] = {"web.link", "web.link-text", "web.link-exists", NULL};
    struct asking k = {.t = t, .a = a, .sink = sink, .context = context};
    ask_plainly(&k);
    ask_each(&k, "table", tables);
    ask_each(&k, "list", lists);
    ask_each(&k, "index", images);
    ask_each(&k, "index", links);
    ask_look(&k, "h1");
    ask_look(&k, "h2");
    ask_look(&k, "p");
    ask_look(&k, "td");
}

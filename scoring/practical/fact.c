/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/practical/fact.h"

#include <string.h>

#include "base/text.h"

const struct practical_family *const practical_families[] = {
    &files_family,
    &sheet_family,
    &database_family,
    &slides_family,
    &word_family,
    &web_family,
    &typing_family,
    NULL,
};

const char *locator_get(const struct locator *at, const char *name)
{
    for (size_t i = 0; i < at->n; i++)
        if (strcmp(at->key[i].name, name) == 0)
            return at->key[i].value;
    return NULL;
}

int64_t locator_index(const struct locator *at, const char *name, int64_t otherwise)
{
    const char *text = locator_get(at, name);
    if (!text)
        return otherwise;
    int64_t x = 0;
    for (const char *p = text; *p; p++) {
        if (*p < '0' || *p > '9' || x > 1000000)
            return -1;
        x = 10 * x + (*p - '0');
    }
    return x >= 1 && x <= 1000000 ? x : -1;
}

const struct practical_file *practical_find(const struct practical_folder *f, const char *path)
{
    const struct practical_file *similar = NULL;
    for (size_t i = 0; i < f->n; i++) {
        if (strcmp(f->file[i].path, path) == 0)
            return &f->file[i];
        if (!similar && ascii_casecmp(f->file[i].path, path) == 0)
            similar = &f->file[i];
    }
    return similar;
}

const struct check_kind *check_kind_find(const char *name, const struct practical_family **ret_family)
{
    for (const struct practical_family *const *f = practical_families; *f; f++)
        for (size_t i = 0; i < (*f)->n_kinds; i++)
            if (strcmp((*f)->kind[i].name, name) == 0) {
                *ret_family = *f;
                return &(*f)->kind[i];
            }
    return NULL;
}

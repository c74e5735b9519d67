/* SPDX-License-Identifier: Apache-2.0 */
#include "exam-packages/signatures.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"

static const char suffix[] = ".minisig";

bool signature_name(const char *name, const char *document, char ret_keyid[SIGNATURE_KEYID])
{
    size_t n = strlen(document);
    if (strncmp(name, document, n) != 0 || name[n] != '.')
        return false;
    const char *keyid = name + n + 1;
    if (strspn(keyid, "0123456789ABCDEF") != SIGNATURE_KEYID - 1 ||
        strcmp(keyid + SIGNATURE_KEYID - 1, suffix) != 0)
        return false;
    memcpy(ret_keyid, keyid, SIGNATURE_KEYID - 1);
    ret_keyid[SIGNATURE_KEYID - 1] = '\0';
    return true;
}

const char *signature_name_of(struct arena *a, const char *document, const struct minisign_public *key)
{
    char keyid[MINISIGN_ID_TEXT];
    return arena_printf(a, "%s.%s%s", document, minisign_id_text(key->id, keyid), suffix);
}

int signatures_add(struct signatures *s, const char *keyid, struct span file, struct err *e)
{
    if (s->n == SIGNATURES_MAX)
        return err_set(e, ERR_DATA, keyid, _("more than %d signatures"), SIGNATURES_MAX);
    if (file.n > SIGNATURE_MAX_BYTES)
        return err_set(e, ERR_DATA, keyid, _("the signature is longer than %d bytes"), SIGNATURE_MAX_BYTES);
    struct signature *signature = &s->list[s->n++];
    memcpy(signature->keyid, keyid, SIGNATURE_KEYID);
    signature->file = file;
    return 0;
}

static int load_one(struct signatures *ret, struct arena *a, const char *folder, const char *name,
                    const char *keyid, struct err *e)
{
    struct bytes file = {0};
    char *path = path_join(folder, name);
    int r = file_read(path, SIGNATURE_MAX_BYTES, &file, e);
    if (r == 0)
        r = signatures_add(ret, keyid, span_of(arena_copy(a, file.p, file.n), file.n), e);
    free(path);
    bytes_release(&file);
    return r;
}

int signatures_load(struct signatures *ret, struct arena *a, const char *folder, const char *document,
                    struct err *e)
{
    struct file_names names = {0};
    char keyid[SIGNATURE_KEYID];
    *ret = (struct signatures){0};
    int r = file_list(folder, &names, e);
    for (size_t i = 0; i < names.n && r == 0; i++)
        if (signature_name(names.name[i], document, keyid))
            r = load_one(ret, a, folder, names.name[i], keyid, e);
    file_names_free(&names);
    return r;
}

int signatures_load_document(struct span *ret, struct signatures *ret_signatures, struct arena *a,
                             const char *folder, const char *document, size_t max, struct err *e)
{
    struct bytes data = {0};
    char *path = path_join(folder, document);
    int r = file_read(path, max, &data, e);
    if (r == 0)
        r = signatures_load(ret_signatures, a, folder, document, e);
    if (r == 0)
        *ret = span_of(arena_copy(a, data.p, data.n), data.n);
    bytes_release(&data);
    free(path);
    return r;
}

static bool is_among(const struct signatures *s, const char *keyid)
{
    for (size_t i = 0; i < s->n; i++)
        if (strcmp(s->list[i].keyid, keyid) == 0)
            return true;
    return false;
}

/* Signatures that an interrupted attempt left beside a document of this name. */
static int drop_others(const char *folder, const char *document, const struct signatures *s, struct err *e)
{
    struct file_names names = {0};
    char keyid[SIGNATURE_KEYID];
    int r = file_list(folder, &names, e);
    for (size_t i = 0; i < names.n && r == 0; i++) {
        if (!signature_name(names.name[i], document, keyid) || is_among(s, keyid))
            continue;
        char *path = path_join(folder, names.name[i]);
        if (unlink(path) < 0)
            r = err_sys(e, path, _("cannot remove"));
        free(path);
    }
    file_names_free(&names);
    return r;
}

int signatures_save_document(const char *folder, const char *document, struct span data,
                             const struct signatures *s, struct err *e)
{
    int r = drop_others(folder, document, s, e);
    for (size_t i = 0; i < s->n && r == 0; i++) {
        char *path = mem_printf("%s/%s.%s%s", folder, document, s->list[i].keyid, suffix);
        r = file_put(path, 0644, s->list[i].file, e);
        free(path);
    }
    char *path = path_join(folder, document);
    if (r == 0)
        r = file_put(path, 0644, data, e);
    free(path);
    return r;
}

int signatures_make(struct signatures *ret, struct arena *a, struct span document, const char *comment,
                    const struct minisign_secret *key, size_t n_keys, struct err *e)
{
    int r = 0;
    *ret = (struct signatures){0};
    for (size_t i = 0; i < n_keys && r == 0; i++) {
        char keyid[MINISIGN_ID_TEXT];
        struct bytes file = {0};
        r = minisign_sign(&key[i], document, comment, &file, e);
        if (r == 0)
            r = signatures_add(ret, minisign_id_text(key[i].id, keyid),
                               span_of(arena_copy(a, file.p, file.n), file.n), e);
        bytes_release(&file);
    }
    return r;
}

char *public_key_line(const struct minisign_public *key, char out[PUBLIC_KEY_LINE])
{
    struct bytes file = {0};
    minisign_public_write(key, &file);
    const char *line = strchr((const char *)file.p, '\n');
    snprintf(out, PUBLIC_KEY_LINE, "%s", line ? line + 1 : "");
    bytes_release(&file);
    return out;
}

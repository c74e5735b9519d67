/* SPDX-License-Identifier: Apache-2.0 */
/* kaochang keys list: what lies in HOME/keys, without opening a secret; what ends when, and what is revoked.
 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/keys/commands.h"
#include "cli/keys/keyring.h"
#include "cli/keys/list-trust.h"
#include "exam-packages/signatures.h"

/* The word after "kaochang " in the file's first line. A remark for people, trusted by nothing. */
static void kind_said(const char *path, char ret[32])
{
    struct bytes text = {0};
    const char *said = NULL;
    if (file_read(path, MINISIGN_FILE_MAX, &text, NULL) == 0)
        said = strstr((const char *)text.p, "kaochang ");
    snprintf(ret, 32, "%.*s", said ? (int)strspn(said + 9, "abcdefghijklmnopqrstuvwxyz-") : 0,
             said ? said + 9 : "");
    bytes_release(&text);
}

static json_t *describe_key(const struct args *a, const char *name, bool signing, struct err *e)
{
    struct minisign_public public;
    struct age_recipient recipient;
    char kind[32], line[PUBLIC_KEY_LINE + AGE_RECIPIENT_TEXT] = "", id[MINISIGN_ID_TEXT] = "";
    char *path = keyring_path(a, name, signing ? ".pub" : ".recipient");
    char *secret = keyring_path(a, name, signing ? ".key" : ".identity");
    int r = signing ? minisign_public_load(path, &public, e) : age_recipient_load(path, &recipient, e);
    if (r == 0 && signing) {
        public_key_line(&public, line);
        minisign_id_text(public.id, id);
    } else if (r == 0) {
        age_recipient_text(&recipient, line);
    }
    kind_said(path, kind);
    json_t *key = r < 0 ? NULL
                        : json_pack("{s:s, s:s, s:s, s:s, s:b}", "name", name, "kind", kind, "id", id,
                                    "public", line, "secret_here", (int)file_exists(secret));
    free(path);
    free(secret);
    return key;
}

static void print_key(const json_t *key)
{
    printf("%-16s %-13s %-16s %s %s\n", json_string_value(json_object_get(key, "name")),
           json_string_value(json_object_get(key, "kind")), json_string_value(json_object_get(key, "id")),
           json_string_value(json_object_get(key, "public")),
           json_is_true(json_object_get(key, "secret_here")) ? _("(secret here)") : "");
}

/* NAME of "NAME.suffix", or NULL. */
static char *without(const char *file, const char *suffix)
{
    size_t n = strlen(file), s = strlen(suffix);
    return n > s && strcmp(file + n - s, suffix) == 0 ? mem_printf("%.*s", (int)(n - s), file) : NULL;
}

static int gather(const struct args *a, json_t *keys, struct err *e)
{
    struct file_names names = {0};
    char *folder = path_join(args_home(a), "keys");
    int r = file_list(folder, &names, e);
    for (size_t i = 0; i < names.n && r == 0; i++) {
        char *signing = without(names.name[i], ".pub"), *sealing = without(names.name[i], ".recipient");
        if (signing || sealing) {
            json_t *key = describe_key(a, signing ? signing : sealing, signing != NULL, e);
            r = key ? json_array_append_new(keys, key) : -(int)e->kind;
        }
        free(signing);
        free(sealing);
    }
    file_names_free(&names);
    free(folder);
    return r;
}

static int run(const struct args *a, struct err *e)
{
    json_t *all = json_object(), *keys = json_array(), *key;
    struct clock_reading now;
    size_t i;
    clock_read(&now);
    json_object_set_new(all, "keys", keys);
    int r = gather(a, keys, e);
    if (r == 0)
        r = list_trust(a, now.wall_ms, all, e);
    if (r == 0 && args_json(a)) {
        json_dumpf(all, stdout, JSON_INDENT(2));
        putchar('\n');
    } else if (r == 0) {
        json_array_foreach(keys, i, key) print_key(key);
        list_trust_print(all);
    }
    json_decref(all);
    return r;
}

const struct command cmd_keys_list = {
    .name = "keys list",
    .args = "[CERT.xml…]",
    .max_args = -1,
    .summary = N_("List keys, without opening any, what ends when, and what is revoked"),
    .example = "kaochang keys list -C office",
    .run = run,
};

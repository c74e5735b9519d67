/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/canon.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "exam-packages/collect-internal.h"
#include "exam-packages/derive.h"

enum {
    HASH = 32,
    MAX_KEPT = 999,
    MAX_RECORD = 4 << 20,
    MAX_MINUTES = 64 << 20,
    ROOM_FILES = 2 * (SIGNATURES_MAX + 1)
};

/* What would go in, to find out whether it was made before: heads of the sittings, extra files. */
static void digest_of(const struct collection *c, const struct bundle_file *file, size_t n, uint8_t ret[HASH])
{
    struct bytes body = {0};
    canon_domain(&body, "kaochang/1 collection");
    canon_blob(&body, span_of(package_hash(c->package), PACKAGE_HASH_BYTES));
    for (size_t i = 0; i < c->n; i++) {
        canon_text(&body, c->sitting[i].ticket);
        for (size_t k = 0; k < c->sitting[i].n_epochs; k++) {
            canon_int(&body, c->sitting[i].epoch[k].seq);
            canon_blob(&body, span_of(c->sitting[i].epoch[k].head, HASH));
        }
    }
    for (size_t i = c->n; i < n; i++) {
        canon_text(&body, file[i].name);
        canon_blob(&body, file[i].data);
    }
    blake2b_256(ret, bytes_span(&body));
    bytes_release(&body);
}

static bool has(const struct collection *c, const char *name)
{
    char *path = path_join(c->folder, name);
    bool there = file_exists(path);
    free(path);
    return there;
}

/* A signed document of the room, as room/NAME with its signatures. Borrowed from the arena. */
static int add_signed(struct collection *c, const char *name, size_t max, struct bundle_file *file, size_t *n,
                      struct err *e)
{
    struct signatures s = {0};
    struct span record = {0};
    int r = signatures_load_document(&record, &s, c->arena, c->folder, name, max, e);
    if (r < 0)
        return r;
    file[(*n)++] = (struct bundle_file){.name = arena_printf(c->arena, "room/%s", name), .data = record};
    for (size_t i = 0; i < s.n; i++)
        file[(*n)++] =
            (struct bundle_file){.name = arena_printf(c->arena, "room/%s.%s.minisig", name, s.list[i].keyid),
                                 .data = s.list[i].file};
    return 0;
}

/* The CLOSE record and the minutes, if the room was closed. */
static int add_room(struct collection *c, struct bundle_file *file, size_t *n, struct err *e)
{
    if (!has(c, "close.xml"))
        return 0;
    int r = add_signed(c, "close.xml", MAX_RECORD, file, n, e);
    return r < 0 || !has(c, "minutes.xml") ? r : add_signed(c, "minutes.xml", MAX_MINUTES, file, n, e);
}

struct kept {
    char *path;      /* of the bundle with this content, or where it will be */
    bool made;       /* it is there */
    size_t n_before; /* others that came before */
    uint8_t (*before)[BUNDLE_HASH_BYTES];
};

static int note_kept(struct collection *c, const char *path, struct kept *k, struct err *e)
{
    struct bundle *b = NULL;
    int r = bundle_open(&b, path, c->trust, e);
    if (r == 0)
        memcpy(k->before[k->n_before++], bundle_hash(b), BUNDLE_HASH_BYTES);
    bundle_close(b);
    return r;
}

static bool digest_is(const char *path, const char *hex)
{
    struct bytes text = {0};
    bool is = file_read(path, 100, &text, NULL) == 0 && text.n >= 64 && memcmp(text.p, hex, 64) == 0;
    bytes_release(&text);
    return is;
}

/* Looks through NAME-1.results, NAME-2.results … ; a bundle was made once its .content stands beside it. */
static int find_kept(struct collection *c, const char *hex, struct kept *k, struct err *e)
{
    k->before = arena_array(c->arena, MAX_KEPT, sizeof *k->before);
    for (int i = 1; i <= MAX_KEPT; i++) {
        char *path = mem_printf("%s/results/%s-%s-%d.results", c->folder, c->session, c->station->name, i);
        char *content = mem_printf("%s.content", path);
        bool there = file_exists(path) && file_exists(content), same = there && digest_is(content, hex);
        int r = there && !same ? note_kept(c, path, k, e) : 0;
        free(content);
        if (there && !same) {
            free(path);
            if (r < 0)
                return r;
            continue;
        }
        k->path = path;
        k->made = same;
        return 0;
    }
    return err_set(e, ERR_ENV, c->folder, _("too many bundles have been made"));
}

static int make(struct collection *c, const struct bundle_file *file, size_t n, const struct kept *k,
                const char *hex, struct err *e)
{
    const struct manifest *m = package_manifest(c->package);
    const struct age_recipient to[] = {m->recipient[MANIFEST_O], m->recipient[MANIFEST_R]};
    struct bundle_document *d = bundle_document_new();
    struct minisign_secret key = {0};
    struct certificate_chain chain = {0};
    uint8_t hash[BUNDLE_HASH_BYTES];
    char *folder = path_join(c->folder, "results"), *content = mem_printf("%s.content", k->path);
    d->session = c->session;
    d->station = c->station->name;
    d->site = c->station->site;
    d->room = c->station->room;
    memcpy(d->package, package_hash(c->package), sizeof d->package);
    d->sitting = c->sitting;
    d->n_sittings = c->n;
    d->predecessor = k->before;
    d->n_predecessors = k->n_before;
    int r = file_mkdirs(folder, true, e);
    if (r == 0)
        r = station_key(c->station, &key, e);
    if (r == 0)
        r = station_certificate(c->station, c->trust, &chain, NULL, e);
    if (r == 0)
        r = bundle_write(d, file, n, to, sizeof to / sizeof *to, &key, &chain, k->path, hash, e);
    if (r == 0)
        r = file_put(content, 0600, span_str(hex), e);
    minisign_secret_free(&key);
    bundle_document_free(d);
    free(content);
    free(folder);
    return r;
}

static char *target_of(const char *kept, const char *out)
{
    struct stat st;
    if (stat(out, &st) == 0 && S_ISDIR(st.st_mode))
        return path_join(out, path_base(kept));
    return mem_strdup(out);
}

int collect_write(struct collection *c, const struct bundle_file *extra, size_t n_extra, const char *out,
                  char **ret_path, struct err *e)
{
    struct bundle_file *file = arena_array(c->arena, c->n + n_extra + ROOM_FILES, sizeof *file);
    struct kept k = {0};
    uint8_t digest[HASH];
    char hex[2 * HASH + 1];
    size_t n = 0;
    for (size_t i = 0; i < c->n; i++)
        file[n++] =
            (struct bundle_file){.name = arena_printf(c->arena, "journals/%s.journal", c->item[i].ticket),
                                 .data = c->item[i].journal};
    for (size_t i = 0; i < n_extra; i++)
        file[n++] = extra[i];
    int r = add_room(c, file, &n, e);
    if (r == 0) {
        digest_of(c, file, n, digest);
        r = find_kept(c, hex_encode(hex, digest, sizeof digest), &k, e);
    }
    if (r == 0 && !k.made)
        r = make(c, file, n, &k, hex, e);
    char *target = r == 0 && out ? target_of(k.path, out) : NULL;
    if (target)
        r = file_copy(k.path, target, 0644, e);
    if (r == 0) {
        *ret_path = target ? target : k.path;
        if (!target)
            return 0;
    } else {
        free(target);
    }
    free(k.path);
    return r;
}

/* DIR/room.results becomes DIR/room-TICKET.results. */
static char *apart(const char *out, const char *name)
{
    static const char results[] = ".results", journal[] = ".journal";
    struct stat st;
    size_t n = strlen(out), x = sizeof results - 1, k = strlen(name) - (sizeof journal - 1);
    if (stat(out, &st) == 0 && S_ISDIR(st.st_mode))
        return mem_strdup(out);
    bool ends = n > x && strcmp(out + n - x, results) == 0;
    return mem_printf("%.*s-%.*s%s", (int)(ends ? n - x : n), out, (int)k, name, ends ? results : "");
}

int collect_write_stranded(struct collection *c, size_t i, const char *out, char **ret_path, struct err *e)
{
    struct collection one = *c;
    char *target = out ? apart(out, c->stranded_name[i]) : NULL;
    one.item = &c->stranded[i];
    one.sitting = &c->stranded_sitting[i];
    one.n = 1;
    int r = collect_write(&one, NULL, 0, target, ret_path, e);
    free(target);
    return r;
}

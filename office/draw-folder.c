/* SPDX-License-Identifier: Apache-2.0 */
#include "office/draw-folder.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"

enum { SMALL = 64 << 10, MAX_TABLE = 16 << 20 };

char *draw_folder_path(const struct office *o, const char *first, int64_t number)
{
    char *of = office_path(o, "draws", first), *path = mem_printf("%s/%lld", of, (long long)number);
    free(of);
    return path;
}

void draw_folder_release(struct draw_folder *f)
{
    free(f->path);
    draw_commitment_free(f->commitment);
    bytes_release(&f->document);
    *f = (struct draw_folder){0};
}

static bool has_file(const char *folder, const char *file)
{
    char *path = path_join(folder, file);
    bool there = file_exists(path);
    free(path);
    return there;
}

int draw_folder_read(const char *folder, const char *file, struct bytes *ret, struct err *e)
{
    char *path = path_join(folder, file);
    int r = file_read(path, DRAW_MAX_BYTES, ret, e);
    free(path);
    return r;
}

/* The newest draw under draws/FIRST; an older commitment in its place is none. */
static int open_newest(struct draw_folder *f, const struct office *o, const char *first, struct err *e)
{
    int64_t number = DRAW_MAX_NUMBER + 1;
    while (!f->path && --number > 0) {
        char *path = draw_folder_path(o, first, number);
        if (has_file(path, "commitment.xml"))
            f->path = path;
        else
            free(path);
    }
    if (!f->path)
        return 0;
    f->drawn = has_file(f->path, "draw.xml");
    int r = draw_folder_read(f->path, "commitment.xml", &f->document, e);
    if (r == 0)
        r = draw_commitment_read(&f->commitment, f->path, bytes_span(&f->document), e);
    if (r == 0 && (f->commitment->number != number || strcmp(f->commitment->session[0], first) != 0))
        r = err_set(e, ERR_NO, f->path, _("its commitment is of draw %lld of session %s"),
                    (long long)f->commitment->number, f->commitment->session[0]);
    return r;
}

static size_t in_common(const struct draw_commitment *c, const char *const *session, size_t n)
{
    size_t common = 0;
    for (size_t i = 0; i < c->n_sessions; i++)
        for (size_t k = 0; k < n; k++)
            common += strcmp(c->session[i], session[k]) == 0;
    return common;
}

static int take_if_ours(struct draw_folder *ret, struct draw_folder *f, const char *const *session, size_t n,
                        struct err *e)
{
    size_t common = f->path ? in_common(f->commitment, session, n) : 0;
    if (common == 0)
        return 0;
    if (common != n || common != f->commitment->n_sessions) {
        err_set(e, ERR_USAGE, f->commitment->session[0],
                _("a draw was committed for other sessions together with this one"));
        return err_hint(e, _("name the same sessions as for that draw: see %s/commitment.xml"), f->path);
    }
    *ret = *f;
    *f = (struct draw_folder){0};
    return 0;
}

int draw_folder_find(struct draw_folder *ret, const struct office *o, const char *const *session,
                     size_t n_sessions, struct err *e)
{
    struct file_names names = {0};
    char *all = office_path(o, "draws", NULL);
    int r = file_exists(all) ? file_list(all, &names, e) : 0;
    *ret = (struct draw_folder){0};
    for (size_t i = 0; i < names.n && r == 0 && !ret->path; i++) {
        struct draw_folder f = {0};
        r = open_newest(&f, o, names.name[i], e);
        if (r == 0)
            r = take_if_ours(ret, &f, session, n_sessions, e);
        draw_folder_release(&f);
    }
    file_names_free(&names);
    free(all);
    return r;
}

static int read_share(const char *path, uint8_t ret[DRAW_SEED], struct err *e)
{
    struct bytes text = {0};
    int r = file_read(path, 200, &text, e);
    if (r < 0)
        return r;
    while (text.n && strchr(" \t\r\n", text.p[text.n - 1]))
        text.p[--text.n] = '\0';
    if (!text.n || !hex_decode(ret, DRAW_SEED, (const char *)text.p)) {
        err_set(e, ERR_DATA, path, _("a share is a file of 64 hexadecimal digits"));
        r = err_hint(e, "openssl rand -hex 32 > %s", path);
    }
    bytes_release(&text);
    return r;
}

/* The office's own random share is one of them, so that nobody who gave a share knows the seed. */
int draw_secret_new(struct draw_secret *s, const char *const *share_file, size_t n, struct err *e)
{
    int r = 0;
    *s = (struct draw_secret){0};
    if (sodium_init() < 0)
        return err_set(e, ERR_ENV, NULL, _("no random numbers on this machine"));
    randombytes_buf(s->seed, sizeof s->seed);
    if (n == 0)
        return 0;
    if (n >= DRAW_MAX_SHARES)
        return err_set(e, ERR_USAGE, "--share", _("at most %d shares"), DRAW_MAX_SHARES - 1);
    memcpy(s->share[s->n_shares++], s->seed, DRAW_SEED);
    for (size_t i = 0; i < n && r == 0; i++) {
        r = read_share(share_file[i], s->share[s->n_shares], e);
        for (size_t k = 0; k < DRAW_SEED && r == 0; k++)
            s->seed[k] ^= s->share[s->n_shares][k];
        s->n_shares++;
    }
    return r;
}

int draw_secret_save(const struct draw_secret *s, const char *folder, struct err *e)
{
    struct bytes text = {0};
    char hex[2 * DRAW_SEED + 1], *path = path_join(folder, "seed");
    bytes_printf(&text, "%s\n", hex_encode(hex, s->seed, DRAW_SEED));
    for (size_t i = 0; i < s->n_shares; i++)
        bytes_printf(&text, "%s\n", hex_encode(hex, s->share[i], DRAW_SEED));
    int r = file_put(path, 0600, bytes_span(&text), e);
    bytes_release(&text);
    free(path);
    return r;
}

int draw_secret_load(struct draw_secret *ret, const char *folder, struct err *e)
{
    enum { LINE = 2 * DRAW_SEED + 1 };
    struct bytes text = {0};
    char *path = path_join(folder, "seed");
    int r = file_read(path, SMALL, &text, e);
    size_t lines = text.n / LINE;
    *ret = (struct draw_secret){0};
    if (r == 0 && (text.n % LINE || lines < 1 || lines > DRAW_MAX_SHARES + 1))
        r = err_set(e, ERR_DATA, path, _("this is not the seed of a draw"));
    for (size_t i = 0; i < lines && r == 0; i++) {
        char *line = (char *)text.p + i * LINE;
        line[LINE - 1] = '\0';
        if (!hex_decode(i ? ret->share[ret->n_shares++] : ret->seed, DRAW_SEED, line))
            r = err_set(e, ERR_DATA, path, _("this is not the seed of a draw"));
    }
    bytes_release(&text);
    free(path);
    return r;
}

static bool is_hash_of(const uint8_t committed[DRAW_HASH], const uint8_t secret[DRAW_SEED])
{
    uint8_t hash[DRAW_HASH];
    draw_hash(span_of(secret, DRAW_SEED), hash);
    return memcmp(hash, committed, DRAW_HASH) == 0;
}

int draw_secret_check(const struct draw_secret *s, const struct draw_commitment *c, struct err *e)
{
    bool same = s->n_shares == c->n_shares && is_hash_of(c->seed, s->seed);
    for (size_t i = 0; i < s->n_shares && same; i++)
        same = is_hash_of(c->share[i], s->share[i]);
    if (same)
        return 0;
    err_set(e, ERR_NO, "seed", _("this is not the seed that was committed; nothing was drawn"));
    return err_hint(e, _("put the file back, or draw again: --commit --reason TEXT --officer A --officer B"));
}

static int put(const char *folder, const char *file, struct span data, struct err *e)
{
    char *path = path_join(folder, file);
    int r = file_put(path, 0600, data, e);
    free(path);
    return r;
}

static int sign_commitment(const char *folder, const struct draw_commitment *c,
                           const struct minisign_secret *officer, size_t n, struct err *e)
{
    struct bytes text = {0};
    struct signatures s;
    char comment[160];
    int r = draw_commitment_write(c, &text, e);
    if (r == 0)
        r = signatures_make(&s, c->arena, bytes_span(&text),
                            draw_comment("commitment", c->session[0], c->number, comment, sizeof comment),
                            officer, n, e);
    if (r == 0)
        r = signatures_save_document(folder, "commitment.xml", bytes_span(&text), &s, e);
    bytes_release(&text);
    return r;
}

int draw_commit(const struct office *o, struct draw_commitment *c, const struct draw_secret *s,
                struct span list, const struct draw_table *rooms, const struct draw_table *raters,
                const struct minisign_secret *officer, size_t n_officers, struct err *e)
{
    char *folder = draw_folder_path(o, c->session[0], c->number);
    draw_hash(span_of(s->seed, DRAW_SEED), c->seed);
    draw_hash(list, c->list);
    c->n_shares = s->n_shares;
    for (size_t i = 0; i < s->n_shares; i++)
        draw_hash(span_of(s->share[i], DRAW_SEED), c->share[i]);
    int r = file_mkdirs(folder, true, e);
    if (r == 0)
        r = put(folder, "list.csv", list, e);
    if (r == 0)
        r = put(folder, "rooms.csv", rooms->text, e);
    if (r == 0 && raters->text.p)
        r = put(folder, "raters.csv", raters->text, e);
    if (r == 0)
        r = draw_secret_save(s, folder, e);
    if (r == 0)
        r = sign_commitment(folder, c, officer, n_officers, e);
    free(folder);
    return r;
}

int draw_folder_list(const struct draw_folder *f, struct draw_list **ret, struct bytes *ret_text,
                     struct err *e)
{
    uint8_t hash[DRAW_HASH];
    int r = draw_folder_read(f->path, "list.csv", ret_text, e);
    if (r < 0)
        return r;
    draw_hash(bytes_span(ret_text), hash);
    if (memcmp(hash, f->commitment->list, DRAW_HASH) != 0)
        return err_set(e, ERR_NO, f->path, _("list.csv is not the list that was committed"));
    return draw_list_read(ret, "list.csv", bytes_span(ret_text), e);
}

int draw_folder_record(const struct draw_folder *f, struct draw_record **ret, struct bytes *ret_text,
                       struct err *e)
{
    struct bytes list = {0}, amended = {0};
    int r = draw_folder_read(f->path, "draw.xml", ret_text, e);
    if (r == 0)
        r = draw_folder_read(f->path, "list.csv", &list, e);
    if (r == 0 && has_file(f->path, "list-amended.csv"))
        r = draw_folder_read(f->path, "list-amended.csv", &amended, e);
    if (r == 0)
        r = draw_record_read(ret, "draw.xml", bytes_span(ret_text), e);
    if (r == 0) {
        const struct draw_evidence v = {.draw = bytes_span(ret_text),
                                        .list = bytes_span((*ret)->amended[0] ? &amended : &list),
                                        .commitment = bytes_span(&f->document)};
        draw_record_free(*ret);
        r = draw_verify(ret, &v, e);
    }
    bytes_release(&list);
    bytes_release(&amended);
    return r;
}

int draw_folder_hash(const struct draw_folder *f, uint8_t ret[DRAW_HASH], struct err *e)
{
    struct bytes text = {0};
    int r = draw_folder_read(f->path, f->drawn ? "draw.xml" : "commitment.xml", &text, e);
    if (r == 0)
        draw_hash(bytes_span(&text), ret);
    bytes_release(&text);
    return r;
}

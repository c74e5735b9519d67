/* SPDX-License-Identifier: Apache-2.0 */
#include "office/sheets/sheet-file.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

enum { CHECK_BYTES = 8, CHECK_HEX = 2 * CHECK_BYTES, FIELDS_HEAD = 5, FIELDS_SHEET = 6 };
static const char magic[] = "kaochang-sheets/1";
static const char *const kind_name[] = {"typed", "third"};

/* ---- writing ---- */

/* head = BLAKE2b-256(head, line); its first bytes are the line's check. */
static void chain(uint8_t head[32], struct span line, char check[CHECK_HEX + 1])
{
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, 32);
    crypto_generichash_update(&state, head, 32);
    crypto_generichash_update(&state, line.p, line.n);
    crypto_generichash_final(&state, head, 32);
    hex_encode(check, head, CHECK_BYTES);
}

static void end_line(struct bytes *out, size_t from, uint8_t head[32])
{
    char check[CHECK_HEX + 1];
    chain(head, span_of(out->p + from, out->n - from), check);
    bytes_printf(out, "\t%s\n", check);
}

static bool is_one_line(const char *text, size_t most)
{
    for (const char *p = text; *p; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7f)
            return false;
    return strlen(text) <= most && utf8_valid(text, strlen(text));
}

int sheet_file_begin(const struct sheet_file *f, uint8_t head[32], struct bytes *out, struct err *e)
{
    size_t from = out->n;
    if (!f->clerk[0] || !is_one_line(f->clerk, SHEET_MAX_CLERK))
        return err_set(e, ERR_USAGE, "--clerk", _("a name of at most %d bytes"), (int)SHEET_MAX_CLERK);
    bytes_printf(out, "%s\t%s\t%s\t%s", magic, kind_name[f->kind], f->session, f->clerk);
    end_line(out, from, head);
    return 0;
}

int sheet_file_line(const struct sheet *s, size_t number, uint8_t head[32], struct bytes *out, struct err *e)
{
    char sum[32] = "-";
    struct bytes rating = {0};
    size_t from = out->n;
    int r = rating_write(&s->rating, &rating, e);
    if (r == 0 && (memchr(rating.p, '\t', rating.n) || memchr(rating.p, '\n', rating.n - 1) ||
                   !is_one_line(s->rater, 100)))
        r = err_set(e, ERR_DATA, s->id, _("a remark or reason has more than one line"));
    if (r == 0) {
        if (s->has_sum)
            points_text(s->sum, sum, sizeof sum);
        bytes_printf(out, "%zu\t%s\t%s\t%s\t", number, s->id, s->rater, sum);
        bytes_add(out, rating.p, rating.n - 1);
        end_line(out, from, head);
    }
    bytes_release(&rating);
    return r;
}

/* ---- reading ---- */

struct reading {
    struct sheet_file *f;
    const char *name;
    size_t line, room;
};

static int broken(const struct reading *x, struct err *e)
{
    char where[300];
    snprintf(where, sizeof where, "%s:%zu", x->name, x->line);
    err_set(e, ERR_DATA, where, _("this line is not as it was written"));
    return err_hint(e, _("take the file as the typing program left it; nothing in it is edited by hand"));
}

/* The fields of a line whose check is right, copied. */
static int split(struct reading *x, struct span line, char **field, size_t n, struct err *e)
{
    char check[CHECK_HEX + 1], *text = arena_strndup(x->f->arena, (const char *)line.p, line.n);
    if (strlen(text) != line.n || !utf8_valid(text, line.n) || line.n < CHECK_HEX + 1 ||
        line.n > SHEET_FILE_MAX_LINE)
        return broken(x, e);
    size_t body = line.n - CHECK_HEX - 1;
    chain(x->f->head, span_of(line.p, body), check);
    if (text[body] != '\t' || strcmp(text + body + 1, check) != 0)
        return broken(x, e);
    for (size_t i = 0; i < n; i++) {
        field[i] = text;
        char *tab = strchr(text, '\t');
        if (!tab != (i + 1 == n))
            return broken(x, e);
        if (tab) {
            *tab = '\0';
            text = tab + 1;
        }
    }
    return 0;
}

static int read_head(struct reading *x, struct span line, struct err *e)
{
    char *field[FIELDS_HEAD];
    if (line.n < sizeof magic || memcmp(line.p, magic, sizeof magic - 1) != 0) {
        err_set(e, ERR_DATA, x->name, _("this is no file of typed sheets"));
        return err_hint(e, _("kaochang sheets type --session ID --clerk NAME -o FILE makes one"));
    }
    int r = split(x, line, field, FIELDS_HEAD, e);
    if (r < 0)
        return r;
    for (size_t k = 0; k < sizeof kind_name / sizeof *kind_name; k++)
        if (strcmp(field[1], kind_name[k]) == 0) {
            x->f->kind = (enum sheet_file_kind)k;
            x->f->session = field[2];
            x->f->clerk = field[3];
            return path_is_plain_name(field[2]) && field[3][0] && is_one_line(field[3], SHEET_MAX_CLERK) &&
                           strcmp(field[0], magic) == 0
                       ? 0
                       : broken(x, e);
        }
    return broken(x, e);
}

static struct sheet *one_more(struct reading *x)
{
    struct sheet_file *f = x->f;
    if (f->n == x->room) {
        x->room = x->room ? 2 * x->room : 64;
        f->sheet = mem_grow(f->sheet, x->room, sizeof *f->sheet);
    }
    return &f->sheet[f->n];
}

static int read_sheet(struct reading *x, struct span line, struct err *e)
{
    char *field[FIELDS_SHEET], number[24], sum[32];
    struct err ignored;
    struct sheet *s = one_more(x);
    int r = split(x, line, field, FIELDS_SHEET, e);
    if (r < 0)
        return r;
    *s = (struct sheet){.rater = field[2]};
    snprintf(number, sizeof number, "%zu", x->f->n + 1);
    if (strcmp(field[0], number) != 0 || short_code_read(field[1], s->id, &ignored) < 0 ||
        strcmp(s->id, field[1]) != 0)
        return broken(x, e);
    s->has_sum = strcmp(field[3], "-") != 0;
    if (s->has_sum && (points_parse(field[3], &s->sum, &ignored) < 0 ||
                       strcmp(points_text(s->sum, sum, sizeof sum), field[3]) != 0))
        return broken(x, e);
    char *xml = arena_printf(x->f->arena, "%s\n", field[4]);
    if ((r = rating_read(&s->rating, x->f->arena, x->name, span_str(xml), e)) < 0)
        return r;
    x->f->n++;
    return 0;
}

static int read_lines(struct reading *x, struct span data, struct err *e)
{
    int r = 0;
    size_t at = 0;
    while (r == 0 && at < data.n) {
        const uint8_t *end = memchr(data.p + at, '\n', data.n - at);
        x->line++;
        if (!end) {
            x->f->torn = data.n - at;
            break;
        }
        struct span line = span_of(data.p + at, (size_t)(end - data.p) - at);
        r = x->line == 1 ? read_head(x, line, e) : read_sheet(x, line, e);
        at += line.n + 1;
    }
    return r;
}

int sheet_file_read(struct sheet_file **ret, const char *name, struct span data, struct err *e)
{
    struct sheet_file *f = mem_alloc(sizeof *f);
    struct reading x = {.f = f, .name = name};
    f->arena = arena_new();
    int r = read_lines(&x, data, e);
    if (r == 0 && !f->session)
        r = err_set(e, ERR_DATA, name, _("this is no file of typed sheets"));
    if (r < 0)
        sheet_file_free(f);
    else
        *ret = f;
    return r;
}

int sheet_file_load(struct sheet_file **ret, const char *path, struct err *e)
{
    struct bytes data = {0};
    int r = file_read(path, SHEET_FILE_MAX_BYTES, &data, e);
    if (r == 0)
        r = sheet_file_read(ret, path, bytes_span(&data), e);
    bytes_release(&data);
    return r;
}

void sheet_file_free(struct sheet_file *f)
{
    if (!f)
        return;
    arena_free(f->arena);
    free(f->sheet);
    free(f);
}

const struct sheet *sheet_file_find(const struct sheet_file *f, const char *id)
{
    for (size_t i = f->n; i-- > 0;)
        if (strcmp(f->sheet[i].id, id) == 0)
            return &f->sheet[i];
    return NULL;
}

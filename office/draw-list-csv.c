/* SPDX-License-Identifier: Apache-2.0 */
/* The list as a table: one row a thing, the first column says what it is. */
#include <stdio.h>
#include <string.h>

#include "base/csv.h"
#include "base/i18n.h"
#include "office/draw-list.h"

enum { KIND, SESSION, SITE, ID, SCHOOL, BENCHES, GROUPS, COLUMNS, VALUE, N_FIELDS };
static const char *const head[N_FIELDS] = {"kind",    "session", "site",    "id",   "school",
                                           "benches", "groups",  "columns", "value"};

static void write_row(struct bytes *out, const char *const field[N_FIELDS])
{
    for (int i = 0; i < N_FIELDS; i++)
        csv_add(out, field[i] ? field[i] : "", i == 0);
    csv_end(out);
}

static const char *number(char buf[24], int64_t v)
{
    snprintf(buf, 24, "%lld", (long long)v);
    return buf;
}

static void write_rule(struct bytes *out, const char *id, int64_t value)
{
    char buf[24];
    write_row(out, (const char *[N_FIELDS]){[KIND] = "rule", [ID] = id, [VALUE] = number(buf, value)});
}

static void write_session(struct bytes *out, const struct draw_session *s)
{
    struct bytes units = {0};
    for (size_t i = 0; i < s->n_experiments; i++)
        bytes_printf(&units, "%s%s", i ? " " : "", s->experiment[i]);
    write_row(out,
              (const char *[N_FIELDS]){[KIND] = "session", [ID] = s->id, [VALUE] = (const char *)units.p});
    bytes_release(&units);
}

static void write_room(struct bytes *out, const struct draw_list *l, const struct draw_room *r)
{
    char benches[24], groups[24], columns[24];
    write_row(out, (const char *[N_FIELDS]){[KIND] = "room",
                                            [SESSION] = l->session[r->session].id,
                                            [SITE] = r->site,
                                            [ID] = r->id,
                                            [BENCHES] = number(benches, r->benches),
                                            [GROUPS] = number(groups, r->groups),
                                            [COLUMNS] = number(columns, r->columns),
                                            [VALUE] = r->name});
}

int draw_list_write(struct draw_list *l, struct bytes *out, struct err *e)
{
    int r = draw_list_check(l, e);
    if (r < 0)
        return r;
    write_row(out, head);
    write_rule(out, "ratings", l->ratings);
    write_rule(out, "watch", l->watch);
    for (size_t i = 0; i < l->n_sessions; i++)
        write_session(out, &l->session[i]);
    for (size_t i = 0; i < l->n_rooms; i++)
        write_room(out, l, &l->room[i]);
    for (size_t i = 0; i < l->n_candidates; i++) {
        const struct draw_candidate *c = &l->candidate[i];
        write_row(out, (const char *[N_FIELDS]){
                           [KIND] = "candidate", [SITE] = c->site, [ID] = c->ticket, [SCHOOL] = c->school});
    }
    for (size_t i = 0; i < l->n_raters; i++) {
        const struct draw_rater *x = &l->rater[i];
        write_row(out, (const char *[N_FIELDS]){[KIND] = "rater",
                                                [SESSION] = l->session[x->session].id,
                                                [SITE] = x->site,
                                                [ID] = x->id,
                                                [SCHOOL] = x->school});
    }
    return 0;
}

struct reading {
    struct draw_list *l;
    const char *name;
    struct err *e;
};

static int bad(struct reading *rd, const struct csv_row *row, const char *what)
{
    char where[200];
    snprintf(where, sizeof where, "%.150s:%u", rd->name, row->line);
    return err_set(rd->e, ERR_DATA, where, "%s", what);
}

static int take_number(struct reading *rd, const struct csv_row *row, int field, int64_t *ret)
{
    const char *text = row->field[field];
    size_t n = strlen(text);
    if (n < 1 || n > 6 || strspn(text, "0123456789") != n)
        return bad(rd, row, _("a number is missing or too large"));
    *ret = 0;
    for (; *text; text++)
        *ret = *ret * 10 + (*text - '0');
    return 0;
}

static int take_rule(struct reading *rd, const struct csv_row *row)
{
    if (strcmp(row->field[ID], "ratings") == 0)
        return take_number(rd, row, VALUE, &rd->l->ratings);
    if (strcmp(row->field[ID], "watch") == 0)
        return take_number(rd, row, VALUE, &rd->l->watch);
    return bad(rd, row, _("a rule that this version does not know"));
}

static int take_session(struct reading *rd, const struct csv_row *row)
{
    struct draw_list *l = rd->l;
    if (l->n_sessions == DRAW_MAX_SESSIONS)
        return bad(rd, row, _("too many sessions"));
    struct draw_session *s = &l->session[l->n_sessions++];
    *s = (struct draw_session){.id = row->field[ID]};
    s->experiment = arena_array(l->arena, DRAW_MAX_EXPERIMENTS + 1, sizeof *s->experiment);
    char *rest = NULL;
    for (char *t = strtok_r(row->field[VALUE], " ", &rest); t && s->n_experiments <= DRAW_MAX_EXPERIMENTS;
         t = strtok_r(NULL, " ", &rest))
        s->experiment[s->n_experiments++] = t;
    return 0;
}

static int find_session(struct reading *rd, const struct csv_row *row, size_t *ret)
{
    for (size_t i = 0; i < rd->l->n_sessions; i++)
        if (strcmp(rd->l->session[i].id, row->field[SESSION]) == 0) {
            *ret = i;
            return 0;
        }
    return bad(rd, row, _("there is no such session in the list"));
}

static int take_room(struct reading *rd, const struct csv_row *row)
{
    struct draw_room *room = &rd->l->room[rd->l->n_rooms++];
    *room = (struct draw_room){.site = row->field[SITE], .id = row->field[ID], .name = row->field[VALUE]};
    int r = find_session(rd, row, &room->session);
    if (r == 0)
        r = take_number(rd, row, BENCHES, &room->benches);
    if (r == 0)
        r = take_number(rd, row, GROUPS, &room->groups);
    return r < 0 ? r : take_number(rd, row, COLUMNS, &room->columns);
}

static int take_row(struct reading *rd, const struct csv_row *row)
{
    struct draw_list *l = rd->l;
    const char *kind = row->field[KIND];
    if (strcmp(kind, "candidate") == 0) {
        l->candidate[l->n_candidates++] = (struct draw_candidate){
            .site = row->field[SITE], .school = row->field[SCHOOL], .ticket = row->field[ID]};
        return 0;
    }
    if (strcmp(kind, "rule") == 0)
        return take_rule(rd, row);
    if (strcmp(kind, "session") == 0)
        return take_session(rd, row);
    if (strcmp(kind, "room") == 0)
        return take_room(rd, row);
    if (strcmp(kind, "rater") != 0)
        return bad(rd, row, _("unknown kind of row"));
    struct draw_rater *x = &l->rater[l->n_raters++];
    *x = (struct draw_rater){.site = row->field[SITE], .id = row->field[ID], .school = row->field[SCHOOL]};
    return find_session(rd, row, &x->session);
}

static int take_all(struct reading *rd, const struct csv *csv)
{
    struct draw_list *l = rd->l;
    int r = 0;
    if (csv->n < 2)
        return err_set(rd->e, ERR_DATA, rd->name, _("this is not the list of a draw"));
    for (int i = 0; i < N_FIELDS; i++)
        if (csv->row[0].n != N_FIELDS || strcmp(csv->row[0].field[i], head[i]) != 0)
            return bad(rd, &csv->row[0], _("this is not the list of a draw"));
    l->session = arena_array(l->arena, DRAW_MAX_SESSIONS, sizeof *l->session);
    l->room = arena_array(l->arena, csv->n, sizeof *l->room);
    l->candidate = arena_array(l->arena, csv->n, sizeof *l->candidate);
    l->rater = arena_array(l->arena, csv->n, sizeof *l->rater);
    for (size_t i = 1; i < csv->n && r == 0; i++)
        r = take_row(rd, &csv->row[i]);
    return r;
}

/* Bytes that are written as they were read. */
static int check_canonical(struct draw_list *l, const char *name, struct span data, struct err *e)
{
    struct bytes again = {0};
    char was[120], should[120], where[200];
    int r = draw_list_write(l, &again, e);
    if (r < 0) {
        err_within(e, name);
    } else {
        unsigned line = draw_first_difference(data, bytes_span(&again), was, should, sizeof was);
        snprintf(where, sizeof where, "%.150s:%u", name, line);
        if (line)
            r = err_set(e, ERR_DATA, where, _("not in canonical form: \"%s\" where \"%s\" is expected"), was,
                        should);
    }
    bytes_release(&again);
    return r;
}

int draw_list_read(struct draw_list **ret, const char *name, struct span data, struct err *e)
{
    struct csv csv;
    struct draw_list *l = draw_list_new();
    struct reading rd = {.l = l, .name = name, .e = e};
    int r =
        data.n > DRAW_MAX_BYTES ? err_set(e, ERR_DATA, name, _("larger than %d bytes"), DRAW_MAX_BYTES) : 0;
    if (r == 0)
        r = csv_parse(&csv, l->arena, name, data,
                      DRAW_MAX_CANDIDATES + DRAW_MAX_ROOMS + DRAW_MAX_RATERS + DRAW_MAX_SESSIONS + 8, e);
    if (r == 0)
        r = take_all(&rd, &csv);
    if (r == 0)
        r = check_canonical(l, name, data, e);
    if (r < 0) {
        draw_list_free(l);
        return r;
    }
    *ret = l;
    return 0;
}

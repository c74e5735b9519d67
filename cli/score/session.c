/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <jansson.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/password.h"
#include "cli/score/commands.h"
#include "cli/score/kept.h"
#include "cli/score/work.h"

enum { MAX_JOURNAL = 512 << 20, SUFFIX = 8 };

struct scoring {
    struct arena *arena;
    struct station *station;
    struct trust *trust;
    struct package *package;
    const char *session, *folder; /* sessions/SESSION */
    struct age_identity id[2];    /* C, U */
    size_t n_ids;
    struct key_part key;
    struct leaving *sitting; /* those of the document come first */
    size_t n_sittings;
    struct bundle_document *document;
    size_t scored, failed;
};

static void release(struct scoring *s)
{
    for (size_t i = 0; i < s->n_sittings; i++) {
        bytes_release(&s->sitting[i].journal);
        bytes_release(&s->sitting[i].record);
    }
    key_part_release(&s->key);
    for (size_t i = 0; i < s->n_ids; i++)
        age_identity_free(&s->id[i]);
    bundle_document_free(s->document);
    package_close(s->package);
    trust_free(s->trust);
    station_free(s->station);
    arena_free(s->arena);
}

/* Somebody answers on the agent's socket: the room is open. */
static bool is_open(const char *home)
{
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int n = snprintf(at.sun_path, sizeof at.sun_path, "%s/run/agent.sock", home);
    bool answers = fd >= 0 && n > 0 && (size_t)n < sizeof at.sun_path &&
                   connect(fd, (const struct sockaddr *)&at, sizeof at) == 0;
    if (fd >= 0)
        close(fd);
    return answers;
}

/* --session, or the only one that this station has worked on. */
static int choose_session(struct scoring *s, const char *wanted, struct err *e)
{
    struct file_names names = {0};
    char *sessions = path_join(s->station->home, "sessions");
    int r = 0;
    if (wanted && !path_is_plain_name(wanted))
        r = err_set(e, ERR_USAGE, NULL, _("\"%.60s\" is no name of a session"), wanted);
    else if (wanted)
        s->session = arena_strdup(s->arena, wanted);
    else if ((r = file_list(sessions, &names, e)) == 0 && names.n == 1)
        s->session = arena_strdup(s->arena, names.name[0]);
    else if (r == 0) {
        err_set(e, ERR_USAGE, sessions, _("there are %zu sessions here"), names.n);
        r = err_hint(e, _("name one with --session"));
    }
    s->folder = arena_printf(s->arena, "%s/%s", sessions, s->session ? s->session : "");
    file_names_free(&names);
    free(sessions);
    return r;
}

static int open_station(struct scoring *s, const char *home, const char *session, struct err *e)
{
    int r = station_load(&s->station, home, e);
    if (r == 0)
        r = trust_load(&s->trust, home, e);
    if (r == 0)
        r = choose_session(s, session, e);
    if (r < 0)
        return r;
    if (is_open(home)) {
        err_set(e, ERR_NO, home, _("the room is still open"));
        return err_hint(e, _("close it first: kaochang-client proctor"));
    }
    return package_open(&s->package, arena_printf(s->arena, "%s/packages/%s.exam", home, s->session), s->trust, e);
}

/* The text of --NAME or the first line of --NAME-file, or NULL with neither. */
static int read_code(const struct args *a, const char *name, struct arena *arena, const char **ret, struct err *e)
{
    const char *file_option = arena_printf(arena, "%s-file", name);
    const char *code = args_get(a, name), *file = args_get(a, file_option);
    struct secret typed = {0};
    *ret = NULL;
    if (code && strcmp(code, "-") != 0) {
        *ret = code;
        return 0;
    }
    if (!code && !file)
        return 0;
    int r = password_read(file, arena_printf(arena, "--%s", file_option), _("Code"), false, &typed, e);
    if (r == 0)
        *ret = arena_strndup(arena, (const char *)typed.p, typed.n);
    secret_free(&typed);
    return r;
}

/* C opens the key part; U, where it is given too, opens journals that are not sealed to C. */
static int open_key(struct scoring *s, const struct args *a, struct err *e)
{
    const char *close_code, *unlock_code;
    struct bytes plain = {0};
    int r = read_code(a, "code", s->arena, &close_code, e);
    if (r == 0)
        r = read_code(a, "unlock-code", s->arena, &unlock_code, e);
    bool practice = r == 0 && package_manifest(s->package)->practice;
    if (r < 0 || (!close_code && !practice))
        return r;
    if (practice)
        r = package_recover(s->package, NULL, &s->id[1], &s->id[0], e);
    else
        r = package_unlock_close(s->package, close_code, &s->id[0], e);
    if (r == 0)
        s->n_ids = practice ? 2 : 1;
    if (r == 0 && unlock_code && !practice && (r = package_unlock(s->package, unlock_code, &s->id[1], e)) == 0)
        s->n_ids = 2;
    if (r == 0)
        r = package_open_part(s->package, "key.age", &s->id[0], &plain, e);
    if (r == 0)
        r = key_part_open(&s->key, &plain, e);
    bytes_release(&plain);
    return r;
}

static int by_ticket(const void *a, const void *b)
{
    return strcmp(((const struct leaving *)a)->ticket, ((const struct leaving *)b)->ticket);
}

static int list_sittings(struct scoring *s, struct err *e)
{
    struct file_names names = {0};
    char *folder = path_join(s->folder, "journals");
    int r = file_list(folder, &names, e);
    s->document = bundle_document_new();
    s->sitting = arena_array(s->arena, names.n, sizeof *s->sitting);
    for (size_t i = 0; r == 0 && i < names.n; i++) {
        size_t n = strlen(names.name[i]);
        if (n > SUFFIX && strcmp(names.name[i] + n - SUFFIX, ".journal") == 0)
            s->sitting[s->n_sittings++].ticket = arena_strndup(s->arena, names.name[i], n - SUFFIX);
    }
    if (r == 0 && s->n_sittings == 0)
        r = err_set(e, ERR_DATA, folder, _("nobody has sat session %s here"), s->session);
    if (s->n_sittings)
        qsort(s->sitting, s->n_sittings, sizeof *s->sitting, by_ticket);
    file_names_free(&names);
    free(folder);
    return r;
}

/* The journal as one file, in memory. */
static int take_copy(const struct scoring *s, struct journal *j, struct leaving *l, struct err *e)
{
    char *path = arena_printf(s->arena, "%s/.leaving-%ld", s->folder, (long)getpid());
    unlink(path);
    int r = journal_copy(j, path, e);
    if (r == 0)
        r = file_read(path, MAX_JOURNAL, &l->journal, e);
    unlink(path);
    return r;
}

static int list_epochs(struct scoring *s, const struct journal *j, const char *ticket, struct bundle_sitting *ret,
                       struct err *e)
{
    struct arena *a = s->document->arena;
    int r = 0;
    ret->ticket = arena_strdup(a, ticket);
    ret->n_epochs = journal_epochs(j);
    ret->epoch = arena_array(a, ret->n_epochs, sizeof *ret->epoch);
    for (size_t i = 0; r == 0 && i < ret->n_epochs; i++) {
        const struct journal_epoch *start = journal_epoch(j, i);
        ret->epoch[i].number = start->epoch;
        r = journal_stored_end(j, i, &ret->epoch[i].seq, ret->epoch[i].head, e);
        if (r == 0 && (strcmp(start->ticket, ticket) != 0 || strcmp(start->session, s->session) != 0))
            r = err_set(e, ERR_DATA, ticket, _("the journal belongs to another sitting"));
        if (r == 0 && memcmp(start->package, package_hash(s->package), sizeof start->package) != 0)
            r = err_set(e, ERR_DATA, ticket, _("the journal was written with another package"));
    }
    return r;
}

static int score(struct scoring *s, struct journal *j, struct leaving *l, struct err *e)
{
    struct journal_work work = {0};
    int r = journal_unseal(j, s->id, s->n_ids, e);
    if (r == -ERR_NO && s->n_ids == 1)
        err_hint(e, _("give the unlock code too: --unlock-code"));
    if (r == 0)
        r = journal_fold(j, &work, e);
    if (r == 0)
        r = score_journal_work(s->key.key, &work, &l->record, e);
    if (r < 0)
        bytes_release(&l->record);
    journal_work_release(&work);
    return r;
}

static void complain(const char *ticket, const struct err *why, bool stays)
{
    char text[900];
    fprintf(stderr, stays ? _("%s stays on this station, its journal cannot be used: %s\n") : _("%s is not scored: %s\n"),
            ticket, err_text(why, text, sizeof text));
}

/* A damaged journal would spoil the bundle for all: it stays here. One that cannot be scored leaves without a record.
 * Neither stops the others. *ret_leaves tells which. */
static int take_sitting(struct scoring *s, struct leaving *l, struct bundle_sitting *told, bool *ret_leaves, struct err *e)
{
    struct journal *j = NULL;
    int r = journal_open_file(&j, arena_printf(s->arena, "%s/journals/%s.journal", s->folder, l->ticket), e);
    if (r == 0)
        r = list_epochs(s, j, l->ticket, told, e);
    if (r == 0)
        r = take_copy(s, j, l, e);
    bool opened = r == 0;
    if (r == 0 && s->key.key && (r = score(s, j, l, e)) == 0)
        s->scored++;
    journal_close(j);
    bool damaged = r == -ERR_DATA && (!opened || e->code == JOURNAL_BROKEN);
    *ret_leaves = !damaged;
    if (r == -ERR_ENV)
        return r;
    if (r < 0) {
        s->failed++;
        complain(l->ticket, e, damaged);
        err_clear(e);
    }
    if (damaged)
        bytes_release(&l->journal);
    return 0;
}

static int take_sittings(struct scoring *s, struct err *e)
{
    struct bundle_document *d = s->document;
    d->session = arena_strdup(d->arena, s->session);
    d->station = arena_strdup(d->arena, s->station->name);
    d->site = arena_strdup(d->arena, s->station->site);
    d->room = arena_strdup(d->arena, s->station->room);
    memcpy(d->package, package_hash(s->package), sizeof d->package);
    d->sitting = arena_array(d->arena, s->n_sittings, sizeof *d->sitting);
    int r = 0;
    for (size_t i = 0; r == 0 && i < s->n_sittings; i++) {
        struct leaving l = s->sitting[i];
        bool leaves = false;
        progress(_("scoring"), (int64_t)i, (int64_t)s->n_sittings);
        r = take_sitting(s, &l, &d->sitting[d->n_sittings], &leaves, e);
        s->sitting[d->n_sittings] = l;
        d->n_sittings += leaves;
    }
    progress_end();
    if (r == 0 && d->n_sittings == 0)
        r = err_set(e, ERR_DATA, s->folder, _("none of the journals can be used"));
    return r;
}

static void tell(const struct scoring *s, const struct args *a, const char *path, bool made)
{
    size_t n = s->document->n_sittings;
    if (args_json(a)) {
        json_t *o = json_pack("{s:s, s:I, s:I, s:b, s:s}", "session", s->session, "sittings", (json_int_t)n, "scored",
                              (json_int_t)s->scored, "new", made, "bundle", path);
        json_dumpf(o, stdout, JSON_COMPACT);
        putchar('\n');
        json_decref(o);
        return;
    }
    if (s->key.key)
        printf(_("session %s: %zu of %zu sittings scored\n"), s->session, s->scored, n);
    else
        printf(_("session %s: %zu sittings, not scored: no close code was given; the office scores them\n"), s->session, n);
    printf(made ? _("bundle: %s\n") : _("bundle (made before, the same bytes): %s\n"), path);
}

static int hand_over(struct scoring *s, const struct args *a, struct err *e)
{
    const char *out = args_get(a, "output");
    char *path = NULL;
    bool made = false;
    int r = kept_bundle(s->station, s->trust, s->package, s->document, s->sitting, &path, &made, e);
    if (r == 0 && out)
        r = file_copy(path, out, 0644, e);
    if (r == 0)
        tell(s, a, out ? out : path, made);
    free(path);
    return r;
}

static int run(const struct args *a, struct err *e)
{
    struct scoring s = {.arena = arena_new()};
    int r = open_station(&s, args_at(a, 0), args_get(a, "session"), e);
    if (r == 0)
        r = list_sittings(&s, e);
    if (r == 0)
        r = open_key(&s, a, e);
    if (r == 0)
        r = take_sittings(&s, e);
    if (r == 0)
        r = hand_over(&s, a, e);
    if (r == 0 && s.failed)
        r = err_set(e, ERR_NO, NULL, _("%zu sittings could not be scored"), s.failed);
    release(&s);
    return r;
}

static const struct command_option options[] = {
    {.name = "session", .arg = "SESSION", .help = N_("The session, where the station has several")},
    {.name = "code", .arg = "CODE", .help = N_("The close code; - asks for it. Without: a bundle without scores")},
    {.name = "code-file", .arg = "FILE", .help = N_("The close code is the first line of this file")},
    {.name = "unlock-code", .arg = "CODE", .help = N_("The unlock code, for journals not sealed to the close key; - asks")},
    {.name = "unlock-code-file", .arg = "FILE", .help = N_("The unlock code is the first line of this file")},
    {.name = "output", .key = 'o', .arg = "FILE.results", .help = N_("Copy the bundle there (a stick)")},
    {0},
};

const struct command cmd_score_session = {
    .name = "session",
    .args = "STATION",
    .min_args = 1,
    .max_args = 1,
    .summary = N_("score every sitting of a closed session on this station, and write the result bundle"),
    .example = "kaochang-score session station --code-file close-code -o s1.results",
    .options = options,
    .run = run,
};

/* SPDX-License-Identifier: Apache-2.0 */
#include "client/agent/room.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "client/agent/delay.h"
#include "client/agent/room-pictures.h"
#include "exam-packages/derive.h"
#include "exam-packages/zip.h"

/* The session that was asked for, or the only one whose package is here. */
static int choose_session(const struct agent_start *s, char **ret, struct err *e)
{
    struct file_names names = {0};
    char *folder = path_join(s->home, "packages");
    size_t found = 0;
    int r = file_exists(folder) ? file_list(folder, &names, e) : 0;
    *ret = s->session ? mem_strdup(s->session) : NULL;
    for (size_t i = 0; r == 0 && !s->session && i < names.n; i++) {
        size_t n = strlen(names.name[i]);
        if (n <= 5 || strcmp(names.name[i] + n - 5, ".exam") != 0)
            continue;
        found++;
        free(*ret);
        *ret = mem_printf("%.*s", (int)(n - 5), names.name[i]);
    }
    if (r == 0 && !s->session && found != 1) {
        r = err_set(e, found ? ERR_USAGE : ERR_ENV, folder,
                    found ? _("there are several exam packages")
                          : _("there is no exam package on this station"));
        err_hint(e, found ? _("say which session is meant") : _("fetch it with kaochang-client pull"));
    }
    if (r == 0 && !path_is_plain_name(*ret))
        r = err_set(e, ERR_USAGE, NULL, _("\"%s\" is not the name of a session"), *ret);
    file_names_free(&names);
    free(folder);
    return r;
}

static int open_station(struct room *r, struct err *e)
{
    int result = station_load(&r->station, r->home, e);
    if (result == 0)
        result = trust_load(&r->trust, r->home, e);
    if (result == 0)
        result = station_key(r->station, &r->key, e);
    if (result == 0)
        result = station_certificate(r->station, r->trust, &r->chain, NULL, e);
    return result;
}

static int open_package(struct room *r, const char *session, struct err *e)
{
    char *file = mem_printf("packages/%s.exam", session), *path = path_join(r->home, file);
    char *folder = mem_printf("sessions/%s", session);
    char *closed = NULL;
    int result = 0;
    r->folder = path_join(r->home, folder);
    closed = path_join(r->folder, "close.xml");
    if (!file_exists(path)) {
        result = err_set(e, ERR_ENV, path, _("there is no package of session %s on this station"), session);
        err_hint(e, _("fetch it with kaochang-client pull"));
    } else if (file_exists(closed)) {
        result = err_set(e, ERR_NO, closed, _("session %s has been closed in this room"), session);
        if (e)
            e->code = ERR_ROOM_CLOSED;
    }
    if (result == 0)
        result = package_open(&r->package, path, r->trust, e);
    if (result == 0 && strcmp(package_manifest(r->package)->session, session) != 0)
        result = err_set(e, ERR_DATA, path, _("this is the package of session %s"),
                         package_manifest(r->package)->session);
    free(closed);
    free(folder);
    free(path);
    free(file);
    return result;
}

static int hash_code(const char *code, struct secret *ret, struct err *e)
{
    char data[CODE_DATA + 1];
    int result = code_read(code, data, e);
    if (result == 0)
        result = secret_new(ret, 32, e);
    if (result == 0)
        blake2b_256(ret->p, span_of(data, CODE_DATA));
    explicit_bzero(data, sizeof data);
    return result;
}

static int wrong_code(struct err *e)
{
    err_set(e, ERR_NO, NULL, _("this is not the unlock code of this session"));
    if (e)
        e->code = ERR_WRONG_CODE;
    return err_hint(e, _("check the session on the code sheet, and type the code again"));
}

int room_check_code(struct room *r, const char *code, const struct clock_reading *now, struct err *e)
{
    struct secret hash = {0};
    if (!r->code_hash.p)
        return 0;
    int result = hash_code(code, &hash, e);
    if (result == 0)
        result = delay_before(r->folder, now, e);
    if (result == 0)
        result = secret_equal(&hash, &r->code_hash) ? delay_clear(r->folder, e) : wrong_code(e);
    secret_free(&hash);
    return result;
}

static int open_practice(struct room *r, struct err *e)
{
    struct age_identity close_key = {0};
    int result = package_recover(r->package, NULL, &r->unlock, &close_key, e);
    age_identity_free(&close_key);
    return result;
}

static int unlock(struct room *r, const char *code, const struct clock_reading *now, struct err *e)
{
    if (package_manifest(r->package)->practice)
        return open_practice(r, e);
    int result = hash_code(code ? code : "", &r->code_hash, e);
    if (result == 0)
        result = file_mkdirs(r->folder, true, e);
    if (result == 0)
        result = delay_before(r->folder, now, e);
    if (result < 0)
        return result;
    result = package_unlock(r->package, code, &r->unlock, e);
    if (result == -ERR_NO)
        return wrong_code(e);
    return result < 0 ? result : delay_clear(r->folder, e);
}

/* The plaintext goes into memory that nobody can change, and never to a disk. */
static int seal_memory(struct span data, int *ret_fd, struct err *e)
{
    int fd = memfd_create("paper", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    size_t done = 0;
    while (fd >= 0 && done < data.n) {
        ssize_t n = write(fd, data.p + done, data.n - done);
        if (n <= 0)
            break;
        done += (size_t)n;
    }
    if (fd < 0 || done < data.n ||
        fcntl(fd, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE) < 0) {
        int r = err_sys(e, NULL, _("there is no memory for the paper"));
        if (fd >= 0)
            close(fd);
        return r;
    }
    *ret_fd = fd;
    return 0;
}

static int open_paper(struct room *r, struct err *e)
{
    struct bytes plain = {0};
    struct zip *zip = NULL;
    int result = package_open_part(r->package, "paper.age", &r->unlock, &plain, e);
    if (result == 0)
        result = zip_open_span(&zip, bytes_span(&plain), e);
    if (result == 0)
        result = paper_read(&r->paper, "paper.xml", zip_get(zip, "paper.xml"), e);
    if (result == 0)
        result = room_check_pictures(r->paper, zip, e);
    if (result == 0)
        result = seal_memory(bytes_span(&plain), &r->paper_fd, e);
    zip_close(zip);
    bytes_release(&plain);
    return result;
}

static bool in_this_room(const struct room *r, const struct roster_candidate *c)
{
    return strcmp(c->site, r->station->site) == 0 &&
           (!r->station->room[0] || strcmp(c->room, r->station->room) == 0);
}

static int open_seats(struct room *r, struct err *e)
{
    struct age_identity site = {0};
    char *journals = path_join(r->folder, "journals");
    int result = station_site_identity(r->station, &site, e);
    if (result == 0)
        result = package_open_roster(r->package, r->station->site, &site, &r->roster, e);
    if (result == 0)
        result = file_mkdirs(journals, true, e);
    if (result == 0)
        r->seat = mem_alloc((r->roster->n_candidates + 1) * sizeof *r->seat);
    for (size_t i = 0; result == 0 && i < r->roster->n_candidates; i++) {
        const struct roster_candidate *c = &r->roster->candidate[i];
        const struct paper_form *form = paper_form(r->paper, c->form);
        if (!in_this_room(r, c))
            continue;
        if (!form) {
            result = err_set(e, ERR_DATA, c->ticket, _("the paper has no form %s"), c->form);
            break;
        }
        struct seat *seat = &r->seat[r->n++];
        char *file = mem_printf("%s.journal", c->ticket);
        seat->who = c;
        seat->path = path_join(journals, file);
        session_init(&seat->session, r->paper, form, c->extra_s * 1000);
        free(file);
    }
    if (result == 0 && r->n == 0)
        result = err_set(e, ERR_DATA, r->station->room, _("no candidate is seated in this room"));
    age_identity_free(&site);
    free(journals);
    return result;
}

static int by_seat(const void *a, const void *b)
{
    const struct seat *x = a, *y = b;
    if (x->who->seat != y->who->seat)
        return x->who->seat < y->who->seat ? -1 : 1;
    return strcmp(x->who->ticket, y->who->ticket);
}

int room_open(struct room **ret, const struct agent_start *s, const struct clock_reading *now, struct err *e)
{
    struct room *r = mem_alloc(sizeof *r);
    char *session = NULL;
    *r = (struct room){.home = realpath(s->home, NULL), .paper_fd = -1};
    int result = r->home ? 0 : err_sys(e, s->home, _("cannot open the station's folder"));
    if (result == 0)
        result = open_station(r, e);
    if (result == 0)
        result = choose_session(s, &session, e);
    if (result == 0)
        result = open_package(r, session, e);
    if (result == 0)
        result = unlock(r, s->code, now, e);
    if (result == 0)
        result = open_paper(r, e);
    if (result == 0)
        result = open_seats(r, e);
    if (result == 0)
        result = room_load_absent(r, e);
    free(session);
    if (result < 0) {
        room_free(r);
        return result;
    }
    qsort(r->seat, r->n, sizeof *r->seat, by_seat);
    r->state = ROOM_RUNNING;
    *ret = r;
    return 0;
}

void room_free(struct room *r)
{
    if (!r)
        return;
    for (size_t i = 0; i < r->n; i++) {
        sitting_store_close(r->seat[i].store);
        session_release(&r->seat[i].session);
        free(r->seat[i].path);
    }
    free(r->seat);
    if (r->paper_fd >= 0)
        close(r->paper_fd);
    paper_free(r->paper);
    roster_free(r->roster);
    age_identity_free(&r->unlock);
    secret_free(&r->code_hash);
    minisign_secret_free(&r->key);
    package_close(r->package);
    station_free(r->station);
    trust_free(r->trust);
    free(r->folder);
    free(r->home);
    free(r);
}

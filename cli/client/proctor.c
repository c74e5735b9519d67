/* SPDX-License-Identifier: Apache-2.0 */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/bytes.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/text.h"
#include "cli/client/commands.h"
#include "cli/playing.h"
#include "client/screens/proctor-run.h"

enum { CODE_FILE_MAX = 4096 };

/* The first line of --code-file; *ret stays NULL without one. The caller releases the bytes. */
static int read_code(const struct args *a, struct bytes *data, const char **ret, struct err *e)
{
    const char *path = args_get(a, "code-file");
    int r = path ? file_read(path, CODE_FILE_MAX, data, e) : 0;
    if (r < 0 || !path)
        return r;
    bytes_u8(data, 0);
    ((char *)data->p)[strcspn((char *)data->p, "\r\n")] = '\0';
    *ret = (const char *)data->p;
    return 0;
}

/* ---- --status ---- */

static json_t *candidate_json(const struct control_candidate *c)
{
    return json_pack("{s:s, s:s, s:s, s:s, s:I, s:I, s:I, s:I, s:I, s:b, s:s}", "ticket", c->ticket, "name",
                     c->name, "seat", c->seat, "state", proctor_state_word(c), "answered",
                     (json_int_t)c->answered, "items", (json_int_t)c->items, "usedMs", (json_int_t)c->used_ms,
                     "allowanceMs", (json_int_t)c->allowance_ms, "interruptions",
                     (json_int_t)c->interruptions, "signed", c->sealed, "receipt", c->receipt);
}

static void print_json(const struct control_room *room)
{
    json_t *list = json_array();
    for (size_t i = 0; i < room->n; i++)
        json_array_append_new(list, candidate_json(&room->candidate[i]));
    json_t *all =
        json_pack("{s:s, s:s, s:s, s:s, s:b, s:o}", "session", room->session, "title", room->title, "site",
                  room->site, "room", room->room, "outsideWindow", room->outside_window, "candidates", list);
    json_dumpf(all, stdout, JSON_COMPACT);
    putchar('\n');
    json_decref(all);
}

static void print_padded(const char *text, int columns)
{
    int pad = columns - (int)text_width(text);
    printf("%s%*s", text, pad > 0 ? pad : 1, "");
}

static void print_text(const struct control_room *room)
{
    printf("%s  %s  %s\n", room->title, room->site, room->room);
    for (size_t i = 0; i < room->n; i++) {
        const struct control_candidate *c = &room->candidate[i];
        print_padded(c->seat, 8);
        print_padded(c->ticket, 16);
        print_padded(c->name, 14);
        print_padded(proctor_state_word(c), 12);
        printf("%lld/%lld  %s\n", (long long)c->answered, (long long)c->items, c->receipt);
    }
}

static int show_status(const struct args *a, struct control *c, struct err *e)
{
    struct arena *arena = arena_new();
    struct control_room room = {0};
    int r = control_status(c, arena, &room, e);
    if (r == 0 && args_json(a))
        print_json(&room);
    else if (r == 0)
        print_text(&room);
    arena_free(arena);
    return r;
}

/* ---- --close ---- */

static int close_room(const struct args *a, struct control *c, struct err *e)
{
    struct control_closing closing = {0};
    int r = control_close_room(c, &closing, e);
    if (r < 0)
        return r;
    if (args_json(a))
        printf("{\"registered\":%lld,\"sat\":%lld,\"absent\":%lld,\"forced\":%lld}\n",
               (long long)closing.registered, (long long)closing.sat, (long long)closing.absent,
               (long long)closing.forced);
    else
        printf(_("The room is closed: %lld on the list, %lld sat, %lld absent, %lld ended by the closing.\n"
                 "Record of closing: %s\n"),
               (long long)closing.registered, (long long)closing.sat, (long long)closing.absent,
               (long long)closing.forced, closing.path);
    return 0;
}

static int run_plainly(const struct args *a, const char *code, struct err *e)
{
    struct control *c = NULL;
    if (!code)
        return err_set(e, ERR_USAGE, NULL,
                       _("--open, --status and --close need --code-file FILE with the unlock code"));
    int r = args_get(a, "open") ? proctor_connect(&c, args_home(a), args_get(a, "session"), code, e)
                                : control_open(&c, args_home(a), code, e);
    if (r == 0 && args_get(a, "open") && !args_json(a))
        fprintf(stderr, "%s\n", _("The session is open on this machine."));
    if (r == 0 && args_get(a, "status"))
        r = show_status(a, c, e);
    if (r == 0 && args_get(a, "close"))
        r = close_room(a, c, e);
    control_close(c);
    return r;
}

static int run_screen(const struct args *a, const char *code, struct err *e)
{
    struct proctor_desk *d = proctor_desk_new(args_home(a), args_get(a, "session"), code);
    struct app app = proctor_desk_app(d);
    int r = playing_run(a, &app, e);
    proctor_desk_free(d);
    return r;
}

static int run(const struct args *a, struct err *e)
{
    struct bytes data = {0};
    const char *code = NULL;
    int r = read_code(a, &data, &code, e);
    bool plainly = args_get(a, "open") || args_get(a, "status") || args_get(a, "close");
    if (r == 0)
        r = plainly ? run_plainly(a, code, e) : run_screen(a, code, e);
    bytes_release(&data);
    return r;
}

const struct command cmd_proctor = {
    .name = "proctor",
    .args = "",
    .summary = N_("the proctor's screen: open the session, see the room, close it"),
    .example = "kaochang-client proctor -C station",
    .options =
        (const struct command_option[]){
            {.name = "session",
             .arg = "SESSION",
             .help = N_("Which accepted package to open (default: the only one)")},
            {.name = "code-file",
             .arg = "FILE",
             .help = N_("Read the unlock code from the first line of this file")},
            {.name = "open", .help = N_("Open the session without a screen")},
            {.name = "status", .help = N_("Print who sits how far, and end")},
            {.name = "close",
             .help = N_("Close the room without a screen: ends every open exam and signs all")},
            PLAYING_OPTIONS,
            {0}},
    .run = run,
};

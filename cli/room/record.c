/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "base/file.h"
#include "base/i18n.h"
#include "cli/room/commands.h"
#include "client/room/record.h"

static int run(const struct args *a, struct err *e)
{
    struct record *record = NULL;
    struct bytes pdf = {0};
    const char *path = NULL;
    int r = args_need(a, "output", &path, e);
    if (r == 0)
        r = record_load(&record, args_home(a), args_get(a, "session"), e);
    if (r == 0)
        r = record_print(record, &pdf, e);
    if (r == 0)
        r = file_put(path, 0644, bytes_span(&pdf), e);
    if (r == 0) {
        printf(record->lab ? ngettext("%s: record of room %s, %lld rater expected, %lld came\n",
                                      "%s: record of room %s, %lld raters expected, %lld came\n",
                                      (unsigned long)record->closed.registered)
                           : _("%s: record of room %s, %lld registered, %lld sat\n"),
               path, record->closed.room, (long long)record->closed.registered,
               (long long)record->closed.count);
        printf(_("closing number %s: session %s, site %s, room %s, %lld sat\n"), record->number,
               record->closed.session, record->closed.site, record->closed.room,
               (long long)record->closed.count);
    }
    bytes_release(&pdf);
    record_free(record);
    return r;
}

const struct command cmd_record = {
    .name = "record",
    .args = "",
    .summary = N_("The record of a closed room as a PDF, to be printed and signed"),
    .example = "kaochang-room record -C room -o record.pdf",
    .options =
        (const struct command_option[]){
            {.name = "output", .key = 'o', .arg = "FILE", .help = N_("Where the PDF goes")},
            {.name = "session", .arg = "SESSION", .help = N_("Which closed session (default: the only one)")},
            {0}},
    .no_json = true,
    .run = run,
};

/* SPDX-License-Identifier: Apache-2.0 */
#include "base/i18n.h"
#include "cli/playing.h"
#include "cli/rate/commands.h"
#include "client/agent/waiting.h"
#include "client/rate/rater.h"

static int run(const struct args *a, struct err *e)
{
    int r = playing_check_station(args_home(a), e);
    if (r < 0)
        return r;
    if (waiting_is_wanted(args_home(a)) && (r = waiting_start(args_home(a), e)) < 0)
        return r;
    struct rater *rater = rater_new(args_home(a));
    const struct seat_options o = {.home = args_home(a),
                                   .fd = -1,
                                   .ticket = args_get(a, "rater"),
                                   .stage = &rater_stage,
                                   .on_stage = rater,
                                   .colours = playing_colours(a)};
    r = playing_seat(a, &o, e);
    rater_free(rater);
    return r;
}

const struct command cmd_rate = {
    .name = "",
    .args = "",
    .summary = N_("the examiner's screen of a lab-skills exam: rate the candidates at your benches"),
    .example = "kaochang-rate -C station --rater E07",
    .options = (const struct command_option[]){{.name = "rater",
                                                .arg = "ID",
                                                .help = N_("Sign in with this examiner's number; it is checked "
                                                           "on the screen as ever")},
                                               PLAYING_COLOURS,
                                               PLAYING_OPTIONS,
                                               {0}},
    .no_json = true,
    .run = run,
};

/* SPDX-License-Identifier: Apache-2.0 */
/* Commands of the bank that this version knows by name and does not have. */
#include "base/i18n.h"
#include "cli/bank/commands.h"

static int run_later(const struct args *a, struct err *e)
{
    (void)a;
    return err_set(e, ERR_USAGE, NULL, _("not in this version: it comes with the item bank's review and calibration"));
}

const struct command cmd_bank_history = {
    .name = "bank history", .args = "ID", .min_args = 0, .max_args = -1,
    .summary = N_("Show the versions of an item (not in this version)"),
    .example = "kaochang bank history -C office k001",
    .run = run_later,
};

const struct command cmd_bank_review = {
    .name = "bank review", .args = "ID", .min_args = 0, .max_args = -1,
    .summary = N_("Move an item through its review (not in this version)"),
    .example = "kaochang bank review -C office k001",
    .run = run_later,
};

const struct command cmd_bank_retire = {
    .name = "bank retire", .args = "ID", .min_args = 0, .max_args = -1,
    .summary = N_("Take an item out of use (not in this version)"),
    .example = "kaochang bank retire -C office k001",
    .run = run_later,
};

const struct command cmd_bank_calibrate = {
    .name = "bank calibrate", .args = "FILE", .min_args = 0, .max_args = -1,
    .summary = N_("Take facility and discrimination from results (not in this version)"),
    .example = "kaochang bank calibrate -C office results.csv",
    .run = run_later,
};

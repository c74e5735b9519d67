/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/results/commands.h"

#include <stddef.h>

const struct command *const results_commands[] = {
    &cmd_merge,
    &cmd_digest,
    &cmd_quarantine,
    &cmd_quarantine_admit,
    &cmd_report_rates,
    &cmd_report_candidates,
    &cmd_report_items,
    &cmd_report_bands,
    &cmd_report_quality,
    &cmd_report_ratings,
    NULL,
};

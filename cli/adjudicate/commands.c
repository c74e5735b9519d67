/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/adjudicate/commands.h"

#include <stddef.h>

const struct command *const adjudicate_commands[] = {
    &cmd_adjudicate_list, &cmd_adjudicate_show, &cmd_adjudicate_decide, &cmd_adjudicate_sign,
    &cmd_appeal_show,     &cmd_appeal_form,     &cmd_appeal_decide,     NULL,
};

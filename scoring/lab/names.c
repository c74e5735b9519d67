/* SPDX-License-Identifier: Apache-2.0 */
/* The words of documents and journals for what is counted here. */
#include <string.h>

#include "scoring/lab/combine.h"

static const char *const mode_name[] = {
    [RUBRIC_ALL] = "all", [RUBRIC_DEDUCT] = "deduct", [RUBRIC_FATAL] = "fatal"};
static const char *const status_name[] = {[RATING_OPEN] = "open",           [RATING_RATED] = "rated",
                                          [RATING_ABSENT] = "absent",       [RATING_EXEMPT] = "exempt",
                                          [RATING_POSTPONED] = "postponed", [RATING_BREACH] = "breach",
                                          [RATING_CHEATING] = "cheating",   [RATING_VOID] = "void"};
static const char *const state_name[] = {
    [COMBINE_NONE] = "none",         [COMBINE_DONE] = "done",        [COMBINE_WAITS] = "waits",
    [COMBINE_THIRD] = "third",       [COMBINE_CHIEF] = "chief",      [COMBINE_RECHECK] = "recheck",
    [COMBINE_UNSIGNED] = "unsigned", [COMBINE_STRANGER] = "stranger"};

const char *rubric_mode_name(enum rubric_mode mode)
{
    return mode_name[mode];
}

const char *rating_status_name(enum rating_status s)
{
    return status_name[s];
}

bool rating_status_parse(const char *name, enum rating_status *ret)
{
    for (size_t i = 0; i < sizeof status_name / sizeof *status_name; i++)
        if (strcmp(name, status_name[i]) == 0) {
            *ret = (enum rating_status)i;
            return true;
        }
    return false;
}

const char *combine_state_name(enum combine_state s)
{
    return state_name[s];
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "base/i18n.h"
#include "client/screens/proctor-act.h"

const struct proctor_article proctor_violations[] = {
    {"5.1", N_("things that are not allowed brought in, or not put where they belong")},
    {"5.2", N_("sat at another seat than the given one")},
    {"5.3", N_("answered before the start or after the end")},
    {"5.4", N_("looked at others' work, whispered, made signs")},
    {"5.5", N_("noise, smoking, or other disturbance of the room")},
    {"5.6", N_("left the room without leave")},
    {"5.7", N_("took papers of the exam out of the room")},
    {"5.8", N_("wrote with other means or in other places, or put marks")},
    {"5.9", N_("another breach of the rules that is not cheating")},
    {0},
};

const struct proctor_article proctor_cheatings[] = {
    {"6.1", N_("had materials, or a device with materials, on the exam's subject")},
    {"6.2", N_("copied answers, or helped others to copy")},
    {"6.3", N_("took others' work, or forced others to help")},
    {"6.4", N_("had a device that can send or receive")},
    {"6.5", N_("somebody else sat the exam in the candidate's place")},
    {"6.6", N_("destroyed papers or materials on purpose")},
    {"6.7", N_("gave a name or number that is not the own one")},
    {"6.8", N_("passed things, or exchanged work or notes")},
    {"6.9", N_("other dishonest means to get answers or marks")},
    {0},
};

/* SPDX-License-Identifier: Apache-2.0 */
/* An agent that answers every request of a proctor with what it was told to, and writes down what was asked.
 */
#ifndef KAOCHANG_TESTS_CLIENT_FAKE_AGENT_H
#define KAOCHANG_TESTS_CLIENT_FAKE_AGENT_H

#include <pthread.h>

#include "client/agent/control.h"
#include "client/agent/message.h"

struct fake_agent {
    const struct control_room *room;
    const struct control_check *check;
    const struct control_minute *minute;
    size_t n_minutes;
    const char *refusal; /* not NULL: every act is refused with this sentence */
    bool locked;         /* candidates are told to wait */
    /* The last act that was asked for. */
    enum message_type type;
    char ticket[128], text[1200];
    int64_t value;
    int acts;
    /* private */
    char home[64];
    int listen_fd;
    pthread_t thread;
};

/* Fills in home, a new folder, and listens in it. */
void fake_agent_open(struct fake_agent *f);
void fake_agent_close(struct fake_agent *f); /* lines must be closed before */

#endif

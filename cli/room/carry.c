/* SPDX-License-Identifier: Apache-2.0 */
/* kaochang-room carry: the child of a station's agent that talks to the network. */
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/i18n.h"
#include "cli/room/commands.h"
#include "client/room/net/courier.h"

enum { AGENT_FD = 3 };

static bool is_socket(int fd)
{
    int type = 0;
    socklen_t n = sizeof type;
    return getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &n) == 0 && type == SOCK_STREAM;
}

/* It holds the TLS key: nobody reads it, and it does not outlive the agent. */
static void harden(void)
{
    const struct rlimit none = {0, 0};
    prctl(PR_SET_DUMPABLE, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    setrlimit(RLIMIT_CORE, &none);
    signal(SIGPIPE, SIG_IGN);
}

static int run(const struct args *a, struct err *e)
{
    (void)a;
    if (!is_socket(AGENT_FD)) {
        err_set(e, ERR_USAGE, NULL, _("a station's agent starts this, with a socket as descriptor 3"));
        return err_hint(e, _("run \"kaochang-client sit\" on the station"));
    }
    harden();
    return courier_run(AGENT_FD, e);
}

const struct command cmd_carry = {
    .name = "carry",
    .args = "",
    .summary = N_("Carry what a station's agent asks to its room service (the agent starts it)"),
    .example = "kaochang-room carry",
    .no_json = true,
    .run = run,
};

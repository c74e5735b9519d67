/* SPDX-License-Identifier: Apache-2.0 */
#include "exam-packages/kdf.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sodium.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/i18n.h"

static void compute_and_exit(int fd, const struct secret *out, struct span password, struct span salt,
                             struct kdf_cost cost)
{
    prctl(PR_SET_DUMPABLE, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    int r = crypto_pwhash_scryptsalsa208sha256_ll(password.p, password.n, salt.p, salt.n, cost.n, cost.r,
                                                  cost.p, out->p, out->n);
    size_t sent = 0;
    while (r == 0 && sent < out->n) {
        ssize_t n = write(fd, out->p + sent, out->n - sent);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            break;
        sent += (size_t)n;
    }
    secret_wipe(out->p, out->n);
    _exit(r == 0 && sent == out->n ? 0 : 1);
}

static bool receive(int fd, struct secret *ret)
{
    size_t got = 0;
    while (got < ret->n) {
        ssize_t n = read(fd, ret->p + got, ret->n - got);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        got += (size_t)n;
    }
    return true;
}

int kdf_scrypt(struct secret *ret, struct span password, struct span salt, struct kdf_cost cost,
               struct err *e)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) < 0)
        return err_sys(e, NULL, _("cannot start the key derivation"));
    pid_t child = fork();
    if (child < 0) {
        int r = err_sys(e, NULL, _("cannot start the key derivation"));
        close(ends[0]);
        close(ends[1]);
        return r;
    }
    if (child == 0)
        compute_and_exit(ends[1], ret, password, salt, cost);
    close(ends[1]);
    bool done = receive(ends[0], ret);
    close(ends[0]);
    while (waitpid(child, NULL, 0) < 0 && errno == EINTR)
        ;
    if (done)
        return 0;
    secret_wipe(ret->p, ret->n);
    err_set(e, ERR_ENV, NULL, _("the key could not be derived from the password"));
    return err_hint(e, _("this needs %llu MiB of free memory"),
                    (unsigned long long)(128 * cost.n * cost.r >> 20));
}

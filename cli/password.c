/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/password.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"

enum { PASSWORD_MAX = 1024, FILE_MAX = 64 * 1024 };

static int take_first_line(struct span text, struct secret *ret, struct err *e)
{
    const uint8_t *end = text.n ? memchr(text.p, '\n', text.n) : NULL;
    size_t n = end ? (size_t)(end - text.p) : text.n;
    if (n && text.p[n - 1] == '\r')
        n--;
    if (n == 0)
        return err_set(e, ERR_USAGE, NULL, _("no password or code was given"));
    if (n > PASSWORD_MAX)
        return err_set(e, ERR_USAGE, NULL, _("the password is longer than %d bytes"), PASSWORD_MAX);
    return secret_copy(ret, span_of(text.p, n), e);
}

static int read_from_file(const char *file, struct secret *ret, struct err *e)
{
    struct bytes text = {0};
    int r = file_read(file, FILE_MAX, &text, e);
    if (r < 0)
        return r;
    r = take_first_line(bytes_span(&text), ret, e);
    bytes_release(&text);
    return r < 0 ? err_within(e, file) : 0;
}

/* Waits for a byte of the terminal. False when a signal comes first, which *ret_signal then names, or at the
 * end. */
static bool read_byte(int tty, int signals, char *ret, int *ret_signal)
{
    for (;;) {
        struct pollfd from[2] = {{.fd = tty, .events = POLLIN}, {.fd = signals, .events = POLLIN}};
        struct signalfd_siginfo came;
        if (poll(from, 2, -1) < 0 && errno != EINTR)
            return false;
        if (from[1].revents && read(signals, &came, sizeof came) == (ssize_t)sizeof came) {
            *ret_signal = (int)came.ssi_signo;
            return false;
        }
        if (from[0].revents)
            return read(tty, ret, 1) == 1;
    }
}

static int read_typed(int tty, int signals, int *ret_signal, struct secret *ret, struct err *e)
{
    char line[PASSWORD_MAX + 2];
    size_t n = 0;
    while (read_byte(tty, signals, line + n, ret_signal) && line[n] != '\n')
        if (n < sizeof line - 1)
            n++;
    int r = *ret_signal ? err_set(e, ERR_USAGE, NULL, _("interrupted"))
                        : take_first_line(span_of(line, n), ret, e);
    secret_wipe(line, sizeof line);
    return r;
}

static int ask_hidden(int tty, int signals, const char *prompt, int *ret_signal, struct secret *ret,
                      struct err *e)
{
    struct termios shown, hidden;
    if (signals < 0 || tcgetattr(tty, &shown) < 0)
        return err_sys(e, NULL, _("cannot ask on the terminal"));
    hidden = shown;
    hidden.c_lflag &= ~(tcflag_t)(ECHO | ECHOE | ECHOK | ECHONL);
    hidden.c_lflag |= ICANON;
    if (tcsetattr(tty, TCSAFLUSH, &hidden) < 0)
        return err_sys(e, NULL, _("cannot ask on the terminal"));
    dprintf(tty, "%s: ", prompt);
    int r = read_typed(tty, signals, ret_signal, ret, e);
    dprintf(tty, "\n");
    tcsetattr(tty, TCSAFLUSH, &shown);
    return r;
}

/* A signal that ends or stops the program takes effect once the terminal shows again what is typed. */
static int ask(int tty, const char *prompt, struct secret *ret, struct err *e)
{
    static const int held[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP};
    sigset_t mask, before;
    int came = 0;
    sigemptyset(&mask);
    for (size_t i = 0; i < sizeof held / sizeof *held; i++)
        sigaddset(&mask, held[i]);
    sigprocmask(SIG_BLOCK, &mask, &before);
    int signals = signalfd(-1, &mask, SFD_CLOEXEC);
    int r = ask_hidden(tty, signals, prompt, &came, ret, e);
    if (signals >= 0)
        close(signals);
    sigprocmask(SIG_SETMASK, &before, NULL);
    if (came)
        raise(came);
    return r;
}

static int ask_again(int tty, const struct secret *first, struct err *e)
{
    struct secret second = {0};
    int r = ask(tty, _("The same again"), &second, e);
    if (r == 0 && !secret_equal(first, &second))
        r = err_set(e, ERR_USAGE, NULL, _("the two passwords differ"));
    secret_free(&second);
    return r;
}

int password_read(const char *file, const char *option, const char *prompt, bool twice, struct secret *ret,
                  struct err *e)
{
    if (file)
        return read_from_file(file, ret, e);
    int tty = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    if (tty < 0) {
        err_set(e, ERR_USAGE, NULL, _("a password or code is wanted, and there is no terminal to ask on"));
        return err_hint(e, _("give it with %s FILE"), option);
    }
    struct secret typed = {0};
    int r = ask(tty, prompt, &typed, e);
    if (r == 0 && twice)
        r = ask_again(tty, &typed, e);
    close(tty);
    if (r == 0)
        *ret = typed;
    else
        secret_free(&typed);
    return r;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/password.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
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
        return err_set(e, ERR_USAGE, NULL, _("the password is empty"));
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

static int read_typed(int tty, struct secret *ret, struct err *e)
{
    char line[PASSWORD_MAX + 2];
    size_t n = 0;
    for (;;) {
        ssize_t got = read(tty, line + n, 1);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0 || line[n] == '\n')
            break;
        if (n < sizeof line - 1)
            n++;
    }
    int r = take_first_line(span_of(line, n), ret, e);
    secret_wipe(line, sizeof line);
    return r;
}

static int ask(int tty, const char *prompt, struct secret *ret, struct err *e)
{
    struct termios shown, hidden;
    if (tcgetattr(tty, &shown) < 0)
        return err_sys(e, NULL, _("cannot ask on the terminal"));
    hidden = shown;
    hidden.c_lflag &= ~(tcflag_t)(ECHO | ECHOE | ECHOK | ECHONL);
    hidden.c_lflag |= ICANON;
    if (tcsetattr(tty, TCSAFLUSH, &hidden) < 0)
        return err_sys(e, NULL, _("cannot ask on the terminal"));
    dprintf(tty, "%s: ", prompt);
    int r = read_typed(tty, ret, e);
    dprintf(tty, "\n");
    tcsetattr(tty, TCSAFLUSH, &shown);
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
        err_set(e, ERR_USAGE, NULL, _("a password is wanted, and there is no terminal to ask on"));
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

/* SPDX-License-Identifier: Apache-2.0 */
#include "client/workspace/program.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"

enum { MOST = 32, MAX_WORDS = 80 };

struct child {
    pid_t pid;
    char name[64];
};
struct programs {
    struct child child[MOST];
    size_t n;
};

struct programs *programs_new(void)
{
    return mem_alloc(sizeof(struct programs));
}

void programs_free(struct programs *p)
{
    if (!p)
        return;
    for (size_t i = 0; i < p->n; i++)
        kill(-p->child[i].pid, SIGTERM); /* each is a process group of its own */
    free(p);
}

/* Words of the command and what follows; `text` is taken apart. */
static void words(char *text, char *const more[], char *argv[MAX_WORDS + 1])
{
    size_t n = 0;
    char *rest = NULL;
    for (char *word = strtok_r(text, " ", &rest); word && n < MAX_WORDS; word = strtok_r(NULL, " ", &rest))
        argv[n++] = word;
    for (size_t i = 0; more[i] && n < MAX_WORDS; i++)
        argv[n++] = more[i];
    argv[n] = NULL;
}

/* In the child. What it says is for nobody. */
static void become(const char *folder, char *const argv[], int told)
{
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    int nothing = open("/dev/null", O_RDWR);
    setsid();
    if (nothing >= 0 && dup2(nothing, 0) == 0 && dup2(nothing, 1) == 1 && dup2(nothing, 2) == 2 &&
        dup2(told, 3) == 3 && fcntl(3, F_SETFD, FD_CLOEXEC) == 0 && close_range(4, ~0U, 0) == 0 &&
        chdir(folder) == 0)
        execvp(argv[0], argv);
    int why = errno;
    if (write(3, &why, sizeof why) < 0)
        _exit(127);
    _exit(127);
}

/* The child's errno where it could not become the program; the pipe closes when it has. */
static int heard(int fd)
{
    int why = 0;
    ssize_t n;
    do
        n = read(fd, &why, sizeof why);
    while (n < 0 && errno == EINTR);
    return n == sizeof why ? why : 0;
}

static int start(struct child *ret, const char *folder, char *const argv[], struct err *e)
{
    int fd[2];
    if (pipe2(fd, O_CLOEXEC) < 0)
        return err_sys(e, argv[0], _("cannot start the program"));
    ret->pid = fork();
    if (ret->pid == 0)
        become(folder, argv, fd[1]);
    close(fd[1]);
    int why = ret->pid < 0 ? errno : heard(fd[0]);
    close(fd[0]);
    if (!why)
        return 0;
    if (ret->pid > 0)
        waitpid(ret->pid, NULL, 0);
    errno = why;
    return err_sys(e, argv[0], _("cannot start the program"));
}

int programs_start(struct programs *p, const char *command, const char *folder, char *const more[],
                   struct err *e)
{
    char *argv[MAX_WORDS + 1], *text = mem_strdup(command);
    struct child *c = &p->child[p->n];
    int r = p->n == MOST ? err_set(e, ERR_ENV, NULL, _("too many programs are open already")) : 0;
    if (r == 0) {
        words(text, more, argv);
        snprintf(c->name, sizeof c->name, "%s", argv[0]);
        r = start(c, folder, argv, e);
    }
    if (r == 0)
        p->n++;
    free(text);
    return r;
}

static bool is_installed(const char *name)
{
    const char *path = getenv("PATH");
    for (size_t n; path && *path; path += n + (path[n] == ':')) {
        n = strcspn(path, ":");
        char *file = mem_printf("%.*s/%s", (int)n, path, name);
        bool there = access(file, X_OK) == 0;
        free(file);
        if (there)
            return true;
    }
    return false;
}

int programs_shell(struct programs *p, const char *terminal, const char *folder, struct err *e)
{
    static const char *const words[] = {"bwrap",
                                        "--unshare-all",
                                        "--die-with-parent",
                                        "--ro-bind",
                                        "/usr",
                                        "/usr",
                                        "--symlink",
                                        "usr/bin",
                                        "/bin",
                                        "--symlink",
                                        "usr/sbin",
                                        "/sbin",
                                        "--symlink",
                                        "usr/lib",
                                        "/lib",
                                        "--symlink",
                                        "usr/lib64",
                                        "/lib64",
                                        "--ro-bind-try",
                                        "/etc/alternatives",
                                        "/etc/alternatives",
                                        "--proc",
                                        "/proc",
                                        "--dev",
                                        "/dev",
                                        "--tmpfs",
                                        "/tmp",
                                        "--clearenv",
                                        "--setenv",
                                        "PATH",
                                        "/usr/bin:/bin",
                                        "--setenv",
                                        "HOME",
                                        "/tmp",
                                        "--setenv",
                                        "LANG",
                                        "C.UTF-8",
                                        "--setenv",
                                        "TERM",
                                        "xterm-256color"};
    enum { N = sizeof words / sizeof *words };
    char *argv[N + 8];
    size_t n = 0;
    if (!is_installed("bwrap")) {
        err_set(e, ERR_ENV, NULL, _("there is no shell on this machine"));
        return err_hint(e, _("it needs the program bwrap (bubblewrap)"));
    }
    while (n < N) {
        argv[n] = (char *)words[n];
        n++;
    }
    const char *const rest[] = {"--bind", folder, folder, "--chdir", folder, "/bin/sh", NULL};
    for (size_t i = 0; i < sizeof rest / sizeof *rest; i++)
        argv[n++] = (char *)rest[i];
    return programs_start(p, terminal, folder, argv, e);
}

bool programs_failed(struct programs *p, char *ret_name, size_t size)
{
    for (size_t i = 0; i < p->n;) {
        int status = 0;
        if (waitpid(p->child[i].pid, &status, WNOHANG) != p->child[i].pid) {
            i++;
            continue;
        }
        bool failed = WIFEXITED(status) && WEXITSTATUS(status) != 0;
        snprintf(ret_name, size, "%s", p->child[i].name);
        p->child[i] = p->child[--p->n];
        if (failed)
            return true;
    }
    return false;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/killing.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include <linux/ptrace.h>

static void fault(const char *what)
{
    perror(what);
    abort();
}

static bool changes_files(const struct ptrace_syscall_info *info)
{
    switch (info->entry.nr) {
    case SYS_openat:
        return (info->entry.args[2] & O_ACCMODE) != O_RDONLY;
    case SYS_write:
    case SYS_pwrite64:
    case SYS_ftruncate:
    case SYS_fsync:
    case SYS_fdatasync:
    case SYS_fchmod:
    case SYS_renameat2:
    case SYS_renameat:
    case SYS_linkat:
    case SYS_unlinkat:
    case SYS_mkdirat:
#ifdef SYS_rename
    case SYS_rename:
    case SYS_link:
    case SYS_unlink:
    case SYS_mkdir:
#endif
        return true;
    default:
        return false;
    }
}

static void child(int (*fn)(void *), void *context)
{
    if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) < 0)
        _exit(255);
    raise(SIGSTOP);
    _exit(fn(context) < 0);
}

bool run_until_change(int n, int (*fn)(void *), void *context, int *ret_status)
{
    int status;
    fflush(NULL);
    pid_t pid = fork();
    if (pid < 0)
        fault("fork");
    if (pid == 0)
        child(fn, context);
    if (waitpid(pid, &status, 0) < 0)
        fault("waitpid");
    ptrace(PTRACE_SETOPTIONS, pid, NULL, (void *)(PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL));
    for (int seen = 0;;) {
        if (ptrace(PTRACE_SYSCALL, pid, NULL, NULL) < 0 || waitpid(pid, &status, 0) < 0)
            fault("ptrace");
        if (WIFEXITED(status)) {
            *ret_status = WEXITSTATUS(status);
            return true;
        }
        if (WIFSIGNALED(status)) {
            fprintf(stderr, "the child died of signal %d\n", WTERMSIG(status));
            abort();
        }
        struct ptrace_syscall_info info = {0};
        if (WSTOPSIG(status) != (SIGTRAP | 0x80) ||
            ptrace(PTRACE_GET_SYSCALL_INFO, pid, sizeof info, &info) <= 0 ||
            info.op != PTRACE_SYSCALL_INFO_ENTRY || !changes_files(&info) || ++seen < n)
            continue;
        kill(pid, SIGKILL);
        waitpid(pid, &status, 0);
        return false;
    }
}

int run_with_full_disk(long bytes, int (*fn)(void *), void *context)
{
    int status;
    fflush(NULL);
    pid_t pid = fork();
    if (pid < 0)
        fault("fork");
    if (pid == 0) {
        struct rlimit limit = {.rlim_cur = (rlim_t)bytes, .rlim_max = (rlim_t)bytes};
        signal(SIGXFSZ, SIG_IGN);
        setrlimit(RLIMIT_FSIZE, &limit);
        _exit(-fn(context));
    }
    if (waitpid(pid, &status, 0) < 0 || !WIFEXITED(status))
        fault("waitpid");
    return -WEXITSTATUS(status);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include "tests/exam-packages/scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"

void scratch_open(struct scratch *s)
{
    const char *base = getenv("TMPDIR");
    snprintf(s->dir, sizeof s->dir, "%s/kaochang-XXXXXX", base && strlen(base) < 40 ? base : "/tmp");
    assert_non_null(mkdtemp(s->dir));
}

void scratch_close(struct scratch *s)
{
    struct file_names names = {0};
    struct err e;
    assert_done(file_list(s->dir, &names, &e), e);
    for (size_t i = 0; i < names.n; i++) {
        char *path = scratch_path(s, names.name[i]);
        unlink(path);
        free(path);
    }
    file_names_free(&names);
    assert_int_equal(rmdir(s->dir), 0);
}

char *scratch_path(const struct scratch *s, const char *name)
{
    return path_join(s->dir, name);
}

void scratch_put(const struct scratch *s, const char *name, struct span data)
{
    char *path = scratch_path(s, name);
    struct err e;
    assert_done(file_put(path, 0600, data, &e), e);
    free(path);
}

struct bytes scratch_get(const struct scratch *s, const char *name)
{
    char *path = scratch_path(s, name);
    struct bytes data = {0};
    struct err e;
    assert_done(file_read(path, 1u << 30, &data, &e), e);
    free(path);
    return data;
}

bool scratch_has(const struct scratch *s, const char *name)
{
    char *path = scratch_path(s, name);
    bool there = file_exists(path);
    free(path);
    return there;
}

size_t scratch_count(const struct scratch *s)
{
    struct file_names names = {0};
    struct err e;
    assert_done(file_list(s->dir, &names, &e), e);
    size_t n = names.n;
    file_names_free(&names);
    return n;
}

static void become(const struct scratch *s, const char *const *words)
{
    int null = open("/dev/null", O_RDWR);
    if (setsid() < 0 || chdir(s->dir) < 0 || dup2(null, 0) < 0)
        _exit(127);
    int out = open("output", O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (out < 0 || dup2(out, 1) < 0 || dup2(out, 2) < 0)
        _exit(127);
    execvp(words[0], (char *const *)(uintptr_t)words);
    _exit(127);
}

int scratch_run(const struct scratch *s, const char *const *words)
{
    int status = 0;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        become(s, words);
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

bool scratch_program(const char *name)
{
    static const char *const folders[] = {"/usr/bin", "/bin", "/usr/local/bin"};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        char *path = path_join(folders[i], name);
        bool there = access(path, X_OK) == 0;
        free(path);
        if (there)
            return true;
    }
    return false;
}

char *fixture_path(const char *name)
{
    const char *base = getenv("FIXTURES");
    char *path = base ? path_join(base, name) : NULL;
    if (path && file_exists(path))
        return path;
    free(path);
    return NULL;
}

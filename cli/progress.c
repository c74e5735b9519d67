/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/text.h"
#include "cli/command.h"

static bool progress_shown;

void progress(const char *what, int64_t done, int64_t total)
{
    if (!isatty(STDERR_FILENO))
        return;
    if (total > 0)
        fprintf(stderr, "\r\033[K%s %lld / %lld", what, (long long)done, (long long)total);
    else
        fprintf(stderr, "\r\033[K%s %lld", what, (long long)done);
    progress_shown = true;
}

void progress_line(const char *line)
{
    struct winsize size = {0};
    size_t columns;
    if (!isatty(STDERR_FILENO))
        return;
    size_t width = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1 ? size.ws_col - 1 : 79;
    fprintf(stderr, "\r\033[K%.*s", (int)text_fit(line, width, &columns), line);
    progress_shown = true;
}

void progress_end(void)
{
    if (progress_shown)
        fputs("\r\033[K", stderr);
    progress_shown = false;
}

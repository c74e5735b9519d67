/* SPDX-License-Identifier: Apache-2.0 */
/* Looks for the secrets of a session in folders, files and the memory of processes. Usage: find-secrets HOME
 * CODE_FILE WHERE…, where HOME is a copy of a room's home (it is opened), and WHERE a path, or the number of
 * a process. Prints what was found where; status 1 when anything was. Knows: U (raw and as text), the unlock
 * code, the sub-keys of every J, the rooms' secrets, a piece of the paper. */
#include <ctype.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "client/agent/room.h"

enum { MOST = 400, PIECE = 48, STEP = 1 << 20 };
/* Larger mappings are the shadow of a sanitizer: terabytes that hold no data of the program. */
static const unsigned long MOST_MAPPED = 8ul << 30;

struct secret_kind {
    const char *name;
    uint8_t bytes[128];
    size_t n;
};
static struct secret_kind known[MOST];
static size_t n_known;
static size_t found, looked;

static void know(const char *name, const void *p, size_t n)
{
    if (n_known == MOST || n > sizeof known->bytes)
        exit(4);
    struct secret_kind *k = &known[n_known++];
    k->name = name;
    k->n = n;
    memcpy(k->bytes, p, n);
}

static void know_text(const char *name, const char *text, size_t n)
{
    char small[128];
    know(name, text, n);
    for (size_t i = 0; i < n && i < sizeof small; i++)
        small[i] = (char)tolower((unsigned char)text[i]);
    know(name, small, n);
}

static void look_in(const char *where, const uint8_t *p, size_t n)
{
    looked += n;
    for (size_t i = 0; i < n_known; i++)
        if (memmem(p, n, known[i].bytes, known[i].n)) {
            printf("%s: %s\n", where, known[i].name);
            found++;
        }
}

static int look_at_file(const char *path, const struct stat *st, int type, struct FTW *at)
{
    (void)at;
    if (type != FTW_F || !S_ISREG(st->st_mode) || st->st_size == 0)
        return 0;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    uint8_t *p = fd < 0 ? MAP_FAILED : mmap(NULL, (size_t)st->st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (p != MAP_FAILED) {
        look_in(path, p, (size_t)st->st_size);
        munmap(p, (size_t)st->st_size);
    }
    if (fd >= 0)
        close(fd);
    return 0;
}

/* Whether any page of a step is in memory or in swap: what never was touched holds nothing. */
static bool touched(int pagemap, unsigned long from, unsigned long to)
{
    uint64_t page[STEP / 4096];
    size_t n = (to - from < STEP ? to - from : STEP) / 4096;
    ssize_t got = pread(pagemap, page, n * sizeof *page, (off_t)(from / 4096 * sizeof *page));
    for (size_t i = 0; got > 0 && i < (size_t)got / sizeof *page; i++)
        if (page[i] >> 62)
            return true;
    return got < 0;
}

static int open_of(const char *pid, const char *name, char *path, size_t size)
{
    snprintf(path, size, "/proc/%s/%s", pid, name);
    return open(path, O_RDONLY | O_CLOEXEC);
}

static void look_at_memory(const char *pid)
{
    char path[64], line[512];
    unsigned long from, to;
    int pagemap = open_of(pid, "pagemap", path, sizeof path);
    snprintf(path, sizeof path, "/proc/%s/maps", pid);
    FILE *maps = fopen(path, "re");
    int fd = open_of(pid, "mem", path, sizeof path);
    uint8_t *p = malloc(STEP + sizeof known->bytes);
    while (maps && fd >= 0 && fgets(line, sizeof line, maps))
        if (sscanf(line, "%lx-%lx r", &from, &to) == 2 && to - from <= MOST_MAPPED)
            for (; from < to; from += STEP) {
                size_t n = to - from < STEP + sizeof known->bytes ? to - from : STEP + sizeof known->bytes;
                ssize_t got = touched(pagemap, from, to) ? pread(fd, p, n, (off_t)from) : 0;
                if (got > 0)
                    look_in(path, p, (size_t)got);
            }
    if (!maps || fd < 0) {
        printf("%s: cannot be read\n", path);
        found++;
    }
    if (maps)
        fclose(maps);
    if (fd >= 0)
        close(fd);
    if (pagemap >= 0)
        close(pagemap);
    free(p);
}

static void know_journals(struct room *r)
{
    for (size_t i = 0; i < r->n; i++) {
        struct err e;
        if (room_refresh(r, &r->seat[i], &e) < 0 || !r->seat[i].store)
            continue;
        const struct journal *j = sitting_store_journal(r->seat[i].store);
        for (size_t k = 0; k < journal_epochs(j); k++)
            if (journal_epoch_keys(j, k)) {
                know("sub-key of J (seal)", journal_epoch_keys(j, k)->seal, 32);
                know("sub-key of J (chain)", journal_epoch_keys(j, k)->chain, 32);
            }
    }
}

static void know_paper(const struct room *r)
{
    struct stat st;
    uint8_t piece[PIECE];
    if (fstat(r->paper_fd, &st) == 0 && st.st_size > 4 * PIECE &&
        pread(r->paper_fd, piece, PIECE, st.st_size / 3) == PIECE)
        know("the paper", piece, PIECE);
}

static bool know_all(const char *home, const char *code_file)
{
    const struct agent_start s = {.home = home, .waiting = true, .hold = true, .role = ROOM_AT_SERVICE};
    struct clock_reading now;
    struct room *r = NULL;
    struct bytes code = {0}, text = {0};
    struct err e = {0};
    clock_read(&now);
    int result = file_read(code_file, 200, &code, &e);
    while (code.n && isspace(code.p[code.n - 1]))
        code.p[--code.n] = '\0';
    if (result == 0)
        result = room_new(&r, &s, &now, &e);
    if (result == 0)
        result = room_unlock_code(r, (const char *)code.p, &e);
    if (result < 0) {
        fprintf(stderr, "%s\n", e.what);
        return false;
    }
    age_identity_text(&r->unlock, &text);
    know("U", r->unlock.sk.p, r->unlock.sk.n);
    know_text("U as text", (const char *)text.p, 40);
    know_text("the unlock code", (const char *)code.p, code.n);
    for (size_t i = 0; i < r->roster->n_rooms; i++)
        if (r->roster->room[i].has_secret)
            know("a room's secret", r->roster->room[i].secret, sizeof r->roster->room[i].secret);
    know_journals(r);
    know_paper(r);
    bytes_release(&code);
    bytes_release(&text);
    room_free(r);
    return true;
}

int main(int argc, char **argv)
{
    if (argc < 4 || !know_all(argv[1], argv[2]))
        return 2;
    for (int i = 3; i < argc; i++)
        if (strspn(argv[i], "0123456789") == strlen(argv[i]))
            look_at_memory(argv[i]);
        else
            nftw(argv[i], look_at_file, 16, FTW_PHYS);
    printf("# %zu secrets, %zu KiB\n", n_known, looked / 1024);
    return found ? 1 : 0;
}

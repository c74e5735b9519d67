/* SPDX-License-Identifier: Apache-2.0 */
#include "base/package-source.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/archive.h"
#include "base/arena.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"

#define MANIFEST_FILE "imsmanifest.xml"

enum { FILES_MAX = 200000, FOLDER_DEPTH = 20 };

struct package_source {
    char *path;              /* as the person named it */
    char *root;              /* of a folder: its real path */
    struct archive *archive; /* NULL: a folder */
    const char *top;         /* of an archive: "" or "folder/" before every name */
    const struct package_file *file; /* in memory */
    size_t n_files;
    bool in_memory;
    struct arena *arena;
    const char **name;
    size_t n, room;
    bool listed;
};

bool package_source_is_zip(const char *path)
{
    uint8_t head[4] = {0};
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return false;
    ssize_t n = read(fd, head, sizeof head);
    close(fd);
    return n == (ssize_t)sizeof head && archive_looks_like(span_of(head, sizeof head));
}

static bool begins(const char *name, const char *with)
{
    return strncmp(name, with, strlen(with)) == 0;
}

/* Below these a practical task's files lie, which may be hidden on purpose. */
static bool is_task_folder(const char *component)
{
    return begins(component, "start/") || begins(component, "material/") || begins(component, "model/");
}

static bool is_known_litter(const char *component)
{
    return begins(component, "._") || begins(component, ".DS_Store") || begins(component, ".~lock.") ||
           begins(component, ".git/") || begins(component, ".svn/");
}

/* What systems leave behind beside the files of people. */
static bool is_litter(const char *name)
{
    bool task = false;
    if (begins(name, "__MACOSX/"))
        return true;
    for (const char *p = name; p; p = strchr(p, '/') ? strchr(p, '/') + 1 : NULL) {
        if (*p == '.' && (!task || is_known_litter(p)))
            return true;
        task = task || is_task_folder(p);
    }
    return false;
}

/* The one folder at the top that everything lies in, if the manifest lies there; else the archive itself. */
static const char *find_top(const struct archive *z, struct arena *a)
{
    const char *top = NULL;
    if (archive_find(z, MANIFEST_FILE) >= 0)
        return "";
    for (size_t i = 0; i < archive_count(z); i++) {
        const char *name = archive_name(z, i), *slash = strchr(name, '/');
        if (is_litter(name))
            continue;
        if (!slash)
            return "";
        if (!top)
            top = arena_strndup(a, name, (size_t)(slash - name) + 1);
        if (strncmp(top, name, strlen(top)) != 0)
            return "";
    }
    return top && archive_find(z, arena_printf(a, "%s" MANIFEST_FILE, top)) >= 0 ? top : "";
}

int package_source_open(struct package_source **ret, const char *path, struct err *e)
{
    struct stat st;
    if (stat(path, &st) < 0)
        return err_sys(e, path, _("cannot open"));
    struct package_source *s = mem_alloc(sizeof *s);
    *s = (struct package_source){.path = mem_strdup(path), .arena = arena_new(), .top = ""};
    int r = 0;
    if (S_ISDIR(st.st_mode)) {
        s->root = realpath(path, NULL);
        r = s->root ? 0 : err_sys(e, path, _("cannot open the folder"));
    } else {
        r = archive_open(&s->archive, path, NULL, e);
    }
    if (r < 0) {
        package_source_close(s);
        return r;
    }
    if (s->archive)
        s->top = find_top(s->archive, s->arena);
    *ret = s;
    return 0;
}

struct package_source *package_source_memory(const char *path, const struct package_file *file, size_t n)
{
    struct package_source *s = mem_alloc(sizeof *s);
    *s = (struct package_source){.path = mem_strdup(path),
                                 .arena = arena_new(),
                                 .top = "",
                                 .in_memory = true,
                                 .file = file,
                                 .n_files = n};
    return s;
}

void package_source_close(struct package_source *s)
{
    if (!s)
        return;
    archive_close(s->archive);
    arena_free(s->arena);
    free(s->name);
    free(s->root);
    free(s->path);
    free(s);
}

char *package_source_place(const struct package_source *s, const char *name)
{
    char *inner = mem_printf("%s%s", s->top, name), *place = path_join(s->path, inner);
    free(inner);
    return place;
}

bool package_source_is_folder(const struct package_source *s)
{
    return s->root != NULL;
}

bool package_source_has_manifest(const struct package_source *s)
{
    if (s->in_memory)
        return false;
    char *name = s->archive ? mem_printf("%s" MANIFEST_FILE, s->top) : path_join(s->root, MANIFEST_FILE);
    bool has = s->archive ? archive_find(s->archive, name) >= 0 : file_exists(name);
    free(name);
    return has;
}

static int add_name(struct package_source *s, const char *name, struct err *e)
{
    if (s->n == FILES_MAX)
        return err_set(e, ERR_DATA, s->path, _("more than %d files"), FILES_MAX);
    if (s->n == s->room) {
        s->room = s->room ? 2 * s->room : 64;
        s->name = mem_grow(s->name, s->room, sizeof *s->name);
    }
    s->name[s->n++] = arena_strdup(s->arena, name);
    return 0;
}

/* Everything under root/below, "" or a path that ends in "/". */
static int walk(struct package_source *s, const char *below, unsigned depth, struct err *e)
{
    struct file_names names = {0};
    char *dir = path_join(s->root, *below ? below : ".");
    int r = depth > FOLDER_DEPTH ? err_set(e, ERR_DATA, dir, _("folders nested deeper than the limit"))
                                 : file_list(dir, &names, e);
    for (size_t i = 0; r == 0 && i < names.n; i++) {
        struct stat st;
        char *name = mem_printf("%s%s", below, names.name[i]), *path = path_join(s->root, name);
        if (is_litter(name) || lstat(path, &st) < 0)
            r = 0;
        else if (S_ISREG(st.st_mode))
            r = add_name(s, name, e);
        else if (S_ISDIR(st.st_mode)) {
            char *inside = mem_printf("%s/", name);
            r = walk(s, inside, depth + 1, e);
            free(inside);
        }
        free(name);
        free(path);
    }
    file_names_free(&names);
    free(dir);
    return r;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

int package_source_list(struct package_source *s, const char *const **ret, size_t *ret_n, struct err *e)
{
    int r = 0;
    size_t n_top = strlen(s->top);
    for (size_t i = 0; !s->listed && r == 0 && i < s->n_files; i++)
        r = add_name(s, s->file[i].name, e);
    if (!s->listed && s->root)
        r = walk(s, "", 0, e);
    for (size_t i = 0; !s->listed && s->archive && r == 0 && i < archive_count(s->archive); i++) {
        const char *name = archive_name(s->archive, i);
        if (strncmp(name, s->top, n_top) == 0 && !is_litter(name))
            r = add_name(s, name + n_top, e);
    }
    if (r < 0)
        return r;
    if (!s->listed && s->n)
        qsort(s->name, s->n, sizeof *s->name, by_text);
    s->listed = true;
    *ret = s->name;
    *ret_n = s->n;
    return 0;
}

static int read_from_folder(const struct package_source *s, const char *name, const char *place, size_t max,
                            struct bytes *ret, struct err *e)
{
    char *path = path_join(s->root, name), *real = realpath(path, NULL);
    size_t n = strlen(s->root);
    int r = 0;
    if (real && (strncmp(real, s->root, n) != 0 || (real[n] != '/' && n > 1)))
        r = err_set(e, ERR_DATA, place, _("this is a link out of the package"));
    else
        r = file_read(place, max, ret, e);
    free(real);
    free(path);
    return r;
}

static int read_from_memory(const struct package_source *s, const char *name, const char *place, size_t max,
                            struct bytes *ret, struct err *e)
{
    for (size_t i = 0; i < s->n_files; i++) {
        if (strcmp(s->file[i].name, name) != 0)
            continue;
        if (s->file[i].bytes.n > max)
            return err_set(e, ERR_DATA, place, _("larger than the limit of %zu bytes"), max);
        bytes_add(ret, s->file[i].bytes.p, s->file[i].bytes.n);
        return 0;
    }
    return err_set(e, ERR_DATA, place, _("the package holds no such file"));
}

int package_source_read(struct package_source *s, const char *name, size_t max, struct bytes *ret,
                        struct err *e)
{
    char *place = package_source_place(s, name);
    int r = 0;
    if (s->in_memory) {
        *ret = (struct bytes){0};
        r = read_from_memory(s, name, place, max, ret, e);
    } else if (s->archive) {
        ssize_t i = archive_find(s->archive, place + strlen(s->path) + (s->path[strlen(s->path) - 1] != '/'));
        r = i < 0 ? err_set(e, ERR_DATA, place, _("the package holds no such file"))
                  : archive_read(s->archive, (size_t)i, max, ret, e);
    } else {
        r = read_from_folder(s, name, place, max, ret, e);
    }
    free(place);
    return r;
}

/* ---- where an href leads ---- */

bool package_source_has_scheme(const char *href)
{
    size_t n = strspn(href, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+.-");
    return n > 0 && href[n] == ':';
}

/* Without its percent signs; NULL for a control character or a backslash. */
static char *decode(const char *href, struct arena *a)
{
    char *out = arena_strdup(a, href), *to = out;
    for (const char *p = href; *p; p++) {
        uint8_t c = (uint8_t)*p;
        if (c == '%' && p[1] && p[2] && hex_decode(&c, 1, (char[]){p[1], p[2], 0}))
            p += 2;
        if (c < 0x20 || c == 0x7f || c == '\\')
            return NULL;
        *to++ = (char)c;
    }
    *to = '\0';
    return out;
}

/* Adds the components of `relative` to what is in out; false where one leads above the top. */
static bool go_along(char *out, const char *relative)
{
    while (*relative) {
        size_t n = strcspn(relative, "/"), used = strlen(out);
        if (n == 2 && memcmp(relative, "..", 2) == 0) {
            char *slash = strrchr(out, '/');
            if (used == 0)
                return false;
            *(slash ? slash : out) = '\0';
        } else if (n > 0 && !(n == 1 && *relative == '.')) {
            if (used)
                out[used++] = '/';
            memcpy(out + used, relative, n);
            out[used + n] = '\0';
        }
        relative += n + (relative[n] == '/');
    }
    return true;
}

const char *package_source_resolve(const char *path, const char *href, struct arena *a)
{
    const char *slash = strrchr(path, '/');
    char *folder = arena_strndup(a, path, slash ? (size_t)(slash - path) : 0);
    char *relative = package_source_has_scheme(href) ? NULL : decode(href, a);
    if (!relative || !*relative || *relative == '/')
        return NULL;
    char *out = arena_alloc(a, strlen(folder) + strlen(relative) + 3);
    return go_along(out, folder) && go_along(out, relative) && *out ? out : NULL;
}

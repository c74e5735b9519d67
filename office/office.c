/* SPDX-License-Identifier: Apache-2.0 */
#include "office/office.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/xml.h"
#include "office/schema.h"

enum { APPLICATION_ID = 0x4B434F46, VERSION = 3 }; /* "KCOF" */

struct office {
    struct arena *arena;
    struct db *db;
    const char *dir, *id, *name;
};

static int refuse_used_folder(const char *dir, struct err *e)
{
    struct stat st;
    if (stat(dir, &st) < 0)
        return errno == ENOENT ? 0 : err_sys(e, dir, _("cannot look at this place"));
    if (!S_ISDIR(st.st_mode))
        return err_set(e, ERR_USAGE, dir, _("there is a file of this name"));
    struct file_names names = {0};
    int r = file_list(dir, &names, e);
    if (r == 0 && names.n > 0) {
        err_set(e, ERR_USAGE, dir, _("this folder is not empty"));
        r = err_hint(e, _("choose a new name: an exam office gets a folder of its own"));
    }
    file_names_free(&names);
    return r;
}

static int make_folders(const char *dir, struct err *e)
{
    static const struct {
        const char *name;
        bool secret;
    } folder[] = {{"keys", true}, {"exams", false}, {"sessions", true}, {"repo", false}};
    int r = file_mkdirs(dir, true, e);
    for (size_t i = 0; r == 0 && i < sizeof folder / sizeof *folder; i++) {
        char *path = path_join(dir, folder[i].name);
        r = file_mkdirs(path, folder[i].secret, e);
        free(path);
    }
    return r;
}

static int write_marker(const char *dir, const char *name, struct err *e)
{
    uint8_t id[8];
    if (getrandom(id, sizeof id, 0) != sizeof id)
        return err_sys(e, dir, _("the system gives no random numbers"));
    struct bytes text = {0};
    struct xml_out x;
    xml_begin(&x, &text);
    xml_open(&x, "office");
    xml_put(&x, "xmlns", OFFICE_NS);
    xml_put_hex(&x, "id", id, sizeof id);
    xml_put(&x, "name", name);
    xml_close(&x);
    char *path = path_join(dir, "office.xml");
    int r = xml_end(&x, e);
    if (r == 0)
        r = file_put_new(path, 0644, bytes_span(&text), e);
    free(path);
    bytes_release(&text);
    return r;
}

/* An office without its sessions must not look like a new one. */
static int still_there(const char *dir, struct err *e)
{
    struct stat st;
    char *path = path_join(dir, "office.db");
    int r = 0;
    if (stat(path, &st) < 0 || st.st_size == 0) {
        r = err_set(e, ERR_DATA, path, _("the office's sessions and rosters are missing"));
        err_hint(e, _("put back the last copy of this file"));
    }
    free(path);
    return r;
}

/* Version 1 had no benches and no raters. */
static const char from_version_1[] =
    "BEGIN IMMEDIATE;"
    "ALTER TABLE room ADD COLUMN benches INTEGER NOT NULL DEFAULT 0 CHECK (benches >= 0);"
    "CREATE TABLE rater (session TEXT NOT NULL REFERENCES session (id), id TEXT NOT NULL, name TEXT NOT NULL,"
    " school TEXT NOT NULL, site TEXT NOT NULL, room TEXT NOT NULL, from_bench INTEGER NOT NULL,"
    " to_bench INTEGER NOT NULL, rank INTEGER NOT NULL, PRIMARY KEY (session, id));"
    "PRAGMA user_version=2;"
    "COMMIT;";

/* Version 2 kept nothing of what rooms say when they are closed. */
static const char from_version_2[] =
    "BEGIN IMMEDIATE;"
    "CREATE TABLE heard (session TEXT NOT NULL REFERENCES session (id), site TEXT NOT NULL, room TEXT NOT NULL,"
    " number TEXT NOT NULL, hash BLOB NOT NULL, sat INTEGER NOT NULL CHECK (sat >= 0), at_ms INTEGER NOT NULL,"
    " PRIMARY KEY (session, site, room, number, hash));"
    "PRAGMA user_version=3;"
    "COMMIT;";

static int bring_up(struct db *db, struct err *e)
{
    int64_t version = 0;
    int r = db_version(db, &version, e);
    if (r == 0 && version < 2)
        r = db_script(db, from_version_1, e);
    return r < 0 || version >= VERSION ? r : db_script(db, from_version_2, e);
}

static int open_db(struct db **ret, const char *dir, struct err *e)
{
    char *path = path_join(dir, "office.db");
    struct db *db = NULL;
    int r = db_open(&db, path, DB_CREATE, NULL, e);
    if (r == 0)
        r = db_prepare_store(db, APPLICATION_ID, VERSION, office_schema, e);
    if (r == 0)
        r = bring_up(db, e);
    if (r == 0)
        *ret = db;
    else
        db_close(db);
    free(path);
    return r;
}

/* The folder's own name, whatever way the path was typed ("./demo/", "."). */
static char *folder_name(const char *dir)
{
    char *full = realpath(dir, NULL);
    char *name = mem_strdup(full ? path_base(full) : path_base(dir));
    free(full);
    return name;
}

int office_create(const char *dir, const char *name, struct err *e)
{
    int r = refuse_used_folder(dir, e);
    if (r < 0 || (r = make_folders(dir, e)) < 0)
        return r;
    struct db *db = NULL;
    if ((r = open_db(&db, dir, e)) < 0)
        return r;
    db_close(db);
    char *own = name ? NULL : folder_name(dir);
    r = write_marker(dir, name ? name : own, e);
    free(own);
    return r;
}

static int read_marker(struct office *o, struct err *e)
{
    char *path = path_join(o->dir, "office.xml");
    struct xml_doc *doc = NULL;
    int r = -ERR_USAGE;
    if (!file_exists(path)) {
        err_set(e, ERR_USAGE, o->dir, _("this is not an exam office's home"));
        err_hint(e, _("\"kaochang new DIR\" makes one; -C DIR chooses it"));
        goto done;
    }
    if ((r = xml_read_file(&doc, path, NULL, e)) < 0)
        goto done;
    const struct xml_node *root = xml_root(doc);
    if (!xml_named(root, "office") || strcmp(xml_ns(root), OFFICE_NS) != 0) {
        r = xml_err(e, doc, root, _("this does not mark an exam office"));
        goto done;
    }
    const char *id, *name;
    if ((r = xml_need(doc, root, "id", &id, e)) < 0 || (r = xml_need(doc, root, "name", &name, e)) < 0)
        goto done;
    o->id = arena_strdup(o->arena, id);
    o->name = arena_strdup(o->arena, name);
done:
    xml_free(doc);
    free(path);
    return r;
}

int office_open(struct office **ret, const char *dir, struct err *e)
{
    struct office *o = mem_alloc(sizeof *o);
    o->arena = arena_new();
    o->dir = arena_strdup(o->arena, dir);
    int r = read_marker(o, e);
    if (r == 0)
        r = still_there(dir, e);
    if (r == 0)
        r = open_db(&o->db, dir, e);
    if (r == 0)
        *ret = o;
    else
        office_close(o);
    return r;
}

void office_close(struct office *o)
{
    if (!o)
        return;
    db_close(o->db);
    arena_free(o->arena);
    free(o);
}

const char *office_dir(const struct office *o)
{
    return o->dir;
}

const char *office_id(const struct office *o)
{
    return o->id;
}

const char *office_name(const struct office *o)
{
    return o->name;
}

struct db *office_db(struct office *o)
{
    return o->db;
}

char *office_path(const struct office *o, const char *a, const char *b)
{
    char *first = path_join(o->dir, a);
    if (!b)
        return first;
    char *path = path_join(first, b);
    free(first);
    return path;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <dirent.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "scoring/practical/files/collect.h"
#include "scoring/practical/parts.h"
#include "tests/practical/folder-kit.h"

#define SCHOOL                                                                                                     \
    "CREATE TABLE 班级(班级号 CHAR(4) PRIMARY KEY, 名称 TEXT NOT NULL UNIQUE, 备注 TEXT DEFAULT '无');"  \
    "CREATE TABLE 学生(学号 INTEGER PRIMARY KEY, 姓名 VARCHAR(20) NOT NULL, 分数 REAL, 班级号 CHAR(4) " \
    "REFERENCES 班级(班级号), 电话 TEXT);"                                                                  \
    "CREATE INDEX 按姓名 ON 学生(班级号, 姓名);"                                                         \
    "CREATE VIEW 及格 AS SELECT 姓名, 分数 FROM 学生 WHERE 分数>=60;"                                    \
    "INSERT INTO 班级 VALUES('c1','一班',NULL),('c2','二班','');"                                            \
    "INSERT INTO 学生 VALUES(1,'王芳',92.5,'c1',NULL),(2,'李明',59,'c1',''),(3,'张伟',60.0,'c2','010');"

/* A database on the disk, made by that SQL; the connection is left open where `ret` is not NULL. */
static void make(const char *path, const char *sql, sqlite3 **ret)
{
    sqlite3 *db;
    char *fault = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, &fault) != SQLITE_OK)
        fail_msg("%s", fault);
    if (ret)
        *ret = db;
    else
        assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static const char *value_of(struct arena *a, const char *path, const char *kind, const char *at,
                            const char *argument)
{
    struct collected *c = NULL;
    struct err e;
    assert_done(collect_folder(&c, ".", NULL, &e), e);
    const char *v = kit_value(a, collect_files(c), collect_files(c), path, kind, at, argument);
    v = arena_strdup(a, v);
    collect_free(c);
    return v;
}

static void D1_tables(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    make("s.db", SCHOOL, NULL);
    assert_string_equal(value_of(a, "s.db", "db.table", "table=学生", NULL), "yes");
    assert_string_equal(value_of(a, "s.db", "db.table", "table=及格", NULL), "no");
    assert_string_equal(value_of(a, "s.db", "db.tables", "", NULL), "学生 | 班级");
    assert_string_equal(value_of(a, "s.db", "db.table", "", NULL),
                        "(error: the rule names no \"table\", or one that cannot be)");
    assert_string_equal(value_of(a, "none.db", "db.tables", "", NULL), "(error: there is no such file)");
    arena_free(a);
}

static void D2_columns_and_keys(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    make("s.db", SCHOOL "CREATE TABLE 选课(学号 INT, 课号 INT, 分 INT, PRIMARY KEY(课号, 学号));", NULL);
    assert_string_equal(value_of(a, "s.db", "db.columns", "table=学生", NULL),
                        "学号 | 姓名 | 分数 | 班级号 | 电话");
    assert_string_equal(value_of(a, "s.db", "db.column-type", "table=学生 column=姓名", NULL), "VARCHAR(20)");
    assert_string_equal(value_of(a, "s.db", "db.column-type", "table=学生 column=年龄", NULL),
                        "(absent: no such column)");
    assert_string_equal(value_of(a, "s.db", "db.primary-key", "table=学生", NULL), "学号");
    assert_string_equal(value_of(a, "s.db", "db.primary-key", "table=选课", NULL), "课号 | 学号");
    assert_string_equal(value_of(a, "s.db", "db.not-null", "table=学生 column=姓名", NULL), "yes");
    assert_string_equal(value_of(a, "s.db", "db.not-null", "table=学生 column=电话", NULL), "no");
    assert_string_equal(value_of(a, "s.db", "db.unique", "table=班级 column=名称", NULL), "yes");
    assert_string_equal(value_of(a, "s.db", "db.unique", "table=学生 column=学号", NULL), "yes");
    assert_string_equal(value_of(a, "s.db", "db.unique", "table=选课 column=学号", NULL), "no");
    assert_string_equal(value_of(a, "s.db", "db.default", "table=班级 column=备注", NULL), "无");
    assert_string_equal(value_of(a, "s.db", "db.foreign-key", "table=学生 column=班级号", NULL),
                        "班级(班级号)");
    arena_free(a);
}

static void D3_D4_rows_with_null_and_empty_told_apart(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    make("s.db", SCHOOL, NULL);
    assert_string_equal(value_of(a, "s.db", "db.row-count", "table=学生", NULL), "3");
    assert_string_equal(value_of(a, "s.db", "db.row-count", "table=学生 where=分数<60", NULL), "1");
    assert_string_equal(value_of(a, "s.db", "db.row-count", "table=老师", NULL), "(absent: no such table)");
    assert_string_equal(value_of(a, "s.db", "db.rows", "table=学生 columns=姓名,电话", NULL),
                        "王芳, NULL | 李明,  | 张伟, 010");
    assert_string_equal(value_of(a, "s.db", "db.rows", "table=学生 columns=分数 decimals=2 order=any", NULL),
                        "59.00 | 60.00 | 92.50");
    arena_free(a);
}

static void D5_a_query_gives_what_the_key_gives(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    const char *key = "SELECT 姓名, avg(分数) AS 均分 FROM 学生 GROUP BY 姓名 ORDER BY 姓名";
    make("s.db", SCHOOL, NULL);
    kit_write("q1.sql", "-- 查询\nselect 姓名, sum(分数)/count(*) from 学生 group by 学号 order by 学号;");
    kit_write("q2.sql", "select avg(分数) as 均分, 姓名 from 学生 group by 姓名;");
    kit_write("q3.sql", "select 姓名, 1 from 学生;");
    kit_write("q4.sql", "selct 姓名;");
    kit_write("q5.sql",
              "create table t(x); insert into t values(1); select 姓名, 分数+0.0000000001 from 学生;");
    assert_string_equal(value_of(a, "q1.sql", "db.query-equals", "database=s.db", key), "yes");
    assert_string_equal(value_of(a, "q1.sql", "db.query-equals", "database=s.db order=fixed", key), "no");
    assert_string_equal(value_of(a, "q2.sql", "db.query-equals", "database=s.db", key), "no");
    assert_string_equal(value_of(a, "q2.sql", "db.query-equals", "database=s.db columns=any", key), "yes");
    assert_string_equal(value_of(a, "q3.sql", "db.query-equals", "database=s.db", key), "no");
    assert_string_equal(value_of(a, "q4.sql", "db.query-equals", "database=s.db", key), "no");
    assert_string_equal(value_of(a, "q5.sql", "db.query-equals", "database=s.db", key), "yes");
    assert_string_equal(value_of(a, "q5.sql", "db.query-equals", "database=s.db within=0", key), "no");
    assert_string_equal(value_of(a, "s.db", "db.query", "", "SELECT 姓名 FROM 学生 ORDER BY 分数"),
                        "李明 | 张伟 | 王芳");
    assert_string_equal(value_of(a, "s.db", "db.value", "", "SELECT max(分数) FROM 学生"), "92.5");
    assert_string_equal(value_of(a, "s.db", "db.number", "", "SELECT 1.0/3"), "0.333333333333333");
    assert_string_equal(value_of(a, "s.db", "db.query", "",
                                 "SELECT trim('  一 '), ltrim('xxa','x'), "
                                 "instr('王芳的','的'), replace('aXbX','X','--')"),
                        "一, a, 3, a--b--");
    arena_free(a);
}

static void D6_views(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    const char *key = "SELECT 姓名, 分数 FROM 学生 WHERE 分数 >= 60";
    make("s.db", SCHOOL "CREATE VIEW 错 AS SELECT * FROM 无;", NULL);
    assert_string_equal(value_of(a, "s.db", "db.view", "view=及格", NULL), "yes");
    assert_string_equal(value_of(a, "s.db", "db.view", "view=学生", NULL), "no");
    assert_string_equal(value_of(a, "s.db", "db.view-equals", "view=及格", key), "yes");
    assert_string_equal(value_of(a, "s.db", "db.view-equals", "view=及格", "SELECT 姓名, 分数 FROM 学生"),
                        "no");
    assert_string_equal(value_of(a, "s.db", "db.view-equals", "view=无", key), "no");
    assert_string_equal(value_of(a, "s.db", "db.view-equals", "view=错", key), "no");
    assert_non_null(strstr(value_of(a, "s.db", "db.view-sql", "view=及格", NULL), "分数>=60"));
    arena_free(a);
}

static void D7_indexes_by_their_columns(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    make("s.db", SCHOOL, NULL);
    assert_string_equal(value_of(a, "s.db", "db.index", "table=学生 columns=班级号,姓名", NULL), "yes");
    assert_string_equal(value_of(a, "s.db", "db.index", "table=学生 columns=姓名,班级号", NULL), "no");
    assert_string_equal(value_of(a, "s.db", "db.index", "table=学生 columns=班级号,姓名 unique=yes", NULL),
                        "no");
    assert_string_equal(value_of(a, "s.db", "db.index", "table=班级 columns=名称 unique=yes", NULL), "yes");
    assert_string_equal(value_of(a, "s.db", "db.index-columns", "index=按姓名", NULL), "班级号 | 姓名");
    arena_free(a);
}

static void D8_effects_of_a_script_on_a_copy(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    const char *key = "SELECT 学号, 分数 FROM 学生 ORDER BY 学号";
    make("s.db", SCHOOL, NULL);
    kit_write("u.sql", "UPDATE 学生 SET 分数=分数+1 WHERE 分数<60; DELETE FROM 学生 WHERE 学号=3;");
    kit_write("bad.sql", "DELETE FROM 老师;");
    kit_write("attach.sql", "ATTACH 'other.db' AS o; CREATE TABLE o.t(x);");
    assert_string_equal(value_of(a, "u.sql", "db.script-rows", "database=s.db", key), "1, 92.5 | 2, 60");
    assert_string_equal(value_of(a, "bad.sql", "db.script-rows", "database=s.db", key),
                        "(absent: SQLite says: no such table: 老师)");
    assert_non_null(
        strstr(value_of(a, "attach.sql", "db.script-rows", "database=s.db", key), "not authorized"));
    assert_string_equal(value_of(a, "s.db", "db.query", "", key), "1, 92.5 | 2, 59 | 3, 60");
    assert_false(file_exists("other.db"));
    arena_free(a);
}

static void D9_relations(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    make("s.db", SCHOOL "CREATE TABLE 家长(学号 INT REFERENCES 学生, 名 TEXT);", NULL);
    make("t.db", SCHOOL "UPDATE 学生 SET 班级号='c9' WHERE 学号=1;", NULL);
    assert_string_equal(value_of(a, "s.db", "db.foreign-keys", "table=学生", NULL), "班级号 -> 班级(班级号)");
    assert_string_equal(value_of(a, "s.db", "db.foreign-keys", "table=家长", NULL), "学号 -> 学生(学号)");
    assert_string_equal(value_of(a, "s.db", "db.relation-kept", "table=学生", NULL), "yes");
    assert_string_equal(value_of(a, "t.db", "db.relation-kept", "table=学生", NULL), "no");
    assert_string_equal(value_of(a, "s.db", "db.relation-kept", "table=班级", NULL), "no");
    arena_free(a);
}

/* ---- what lies beside it ---- */

static void copy(const char *from, const char *to)
{
    struct bytes b = {0};
    struct err e;
    assert_done(file_read(from, 64 << 20, &b, &e), e);
    kit_write_bytes(to, b.p, b.n);
    bytes_release(&b);
}

static void rows_that_are_only_in_the_wal_are_there(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    sqlite3 *db;
    make("live.db", "PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0;" SCHOOL, &db);
    copy("live.db", "w.db");
    copy("live.db-wal", "w.db-wal");
    sqlite3_close(db);
    assert_string_equal(value_of(a, "w.db", "db.row-count", "table=学生", NULL), "3");
    assert_int_equal(unlink("w.db-wal"), 0);
    assert_string_equal(value_of(a, "w.db", "db.tables", "", NULL), "");
    arena_free(a);
}

static void a_hot_journal_is_rolled_back_and_may_name_no_other_file(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    sqlite3 *db;
    make("live.db",
         "PRAGMA cache_size=1; PRAGMA cache_spill=1;" SCHOOL
         "BEGIN; DELETE FROM 学生; CREATE TABLE t(x); INSERT INTO t SELECT randomblob(3000) FROM "
         "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<50) SELECT i FROM n);",
         &db);
    copy("live.db", "h.db");
    copy("live.db-journal", "h.db-journal");
    sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
    sqlite3_close(db);
    assert_string_equal(value_of(a, "h.db", "db.row-count", "table=学生", NULL), "3");
    kit_write("victim", "important");
    char cwd[200], name[300];
    assert_non_null(getcwd(cwd, sizeof cwd));
    snprintf(name, sizeof name, "%s/victim", cwd);
    struct bytes end = {0};
    uint32_t sum = 0;
    for (const char *p = name; *p; p++)
        sum += (uint8_t)*p;
    uint8_t numbers[16] = {0, 0, 0, 0};
    for (int i = 0; i < 4; i++) {
        numbers[4 + i] = (uint8_t)(strlen(name) >> (24 - 8 * i));
        numbers[8 + i] = (uint8_t)(sum >> (24 - 8 * i));
    }
    bytes_add(&end, numbers, 4);
    bytes_str(&end, name);
    bytes_add(&end, numbers + 4, 8);
    bytes_add(&end, "\xd9\xd5\x05\xf9\x20\xa1\x63\xd7", 8);
    FILE *f = fopen("h.db-journal", "ab");
    assert_int_equal(fwrite(end.p, 1, end.n, f), end.n);
    fclose(f);
    bytes_release(&end);
    assert_non_null(value_of(a, "h.db", "db.row-count", "table=学生", NULL));
    assert_true(file_exists("victim"));
    arena_free(a);
}

static size_t left_over(void)
{
    const char *tmp = getenv("TMPDIR");
    DIR *d = opendir(tmp && *tmp ? tmp : "/tmp");
    size_t n = 0;
    for (struct dirent *entry; d && (entry = readdir(d));)
        n += strncmp(entry->d_name, "kaochang-database-", 18) == 0;
    closedir(d);
    return n;
}

static void no_copy_is_left_behind(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    make("s.db", SCHOOL, NULL);
    assert_int_equal(mkdir("tmp", 0700), 0);
    char cwd[200], tmp[300];
    assert_non_null(getcwd(cwd, sizeof cwd));
    snprintf(tmp, sizeof tmp, "%s/tmp", cwd);
    setenv("TMPDIR", tmp, 1);
    value_of(a, "s.db", "db.tables", "", NULL);
    kit_write("bad.db", "SQLite format 3");
    value_of(a, "bad.db", "db.tables", "", NULL);
    assert_int_equal(left_over(), 0);
    unsetenv("TMPDIR");
    arena_free(a);
}

/* ---- hostile ---- */

static void views_without_end_and_functions_with_effects_are_refused(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    make("v.db",
         "CREATE TABLE t(x); INSERT INTO t VALUES(1);"
         "CREATE VIEW 无限 AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) SELECT i FROM n "
         "WHERE i<0;"
         "CREATE VIEW 大 AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n LIMIT 30) SELECT "
         "group_concat(printf('%900000d', i)) AS i FROM n;"
         "CREATE VIEW 行 AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) SELECT i FROM n;"
         "CREATE VIEW 载 AS SELECT load_extension('x.so');"
         "CREATE TRIGGER 改 AFTER INSERT ON t BEGIN DELETE FROM t; END;",
         NULL);
    assert_string_equal(value_of(a, "v.db", "db.query", "", "SELECT * FROM 无限"),
                        "(error: a query takes more steps than the limit)");
    assert_string_equal(value_of(a, "v.db", "db.query", "", "SELECT * FROM 行"),
                        "(error: a query gives more rows than the limit)");
    assert_non_null(strstr(value_of(a, "v.db", "db.query", "", "SELECT * FROM 大"), "too big"));
    assert_non_null(strstr(value_of(a, "v.db", "db.query", "", "SELECT * FROM 载"), "(absent: "));
    assert_non_null(
        strstr(value_of(a, "v.db", "db.query", "", "SELECT readfile('/etc/passwd')"), "no such function"));
    assert_non_null(strstr(value_of(a, "v.db", "db.query", "", "INSERT INTO t VALUES(2)"), "not authorized"));
    assert_non_null(strstr(value_of(a, "v.db", "db.query", "", "ATTACH 'x' AS y"), "not authorized"));
    assert_string_equal(value_of(a, "v.db", "db.query", "", "PRAGMA writable_schema=ON; SELECT 1"), "1");
    assert_string_equal(value_of(a, "v.db", "db.query", "", "SELECT date('now'), random() IS NULL"),
                        "(absent: SQLite says: not authorized to use function: random)");
    assert_string_equal(value_of(a, "v.db", "db.query", "", "SELECT date('now')"), "2026-01-01");
    arena_free(a);
}

static void now_is_the_day_of_the_rules(void **state)
{
    static const struct {
        int32_t day[3];
        const char *text;
    } days[] = {{{2026, 6, 1}, "2026-06-01 12:00:00"},
                {{2024, 2, 29}, "2024-02-29 12:00:00"},
                {{1999, 12, 31}, "1999-12-31 12:00:00"}};
    struct arena *a = arena_new();
    struct collected *c = NULL;
    const struct practical_family *family;
    struct err e;
    (void)state;
    make("s.db", SCHOOL, NULL);
    kit_write("q.sql", "SELECT datetime('now');");
    assert_done(collect_folder(&c, ".", NULL, &e), e);
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        const int32_t *day = days[i].day;
        struct fact found;
        struct locator_key where = {"database", "s.db"};
        struct check_target t = {.folder = collect_files(c), .start = collect_files(c), .path = "s.db"};
        assert_done(database_family.open(&t.document, t.folder, t.path, &e), e);
        database_family.set_day(t.document, day[0], day[1], day[2]);
        t.kind = check_kind_find("db.value", &family);
        assert_done(t.kind->find(&t, &(struct locator){0}, "SELECT datetime('now')", a, &found, &e), e);
        assert_string_equal(found.value.text, days[i].text);
        database_family.close(t.document);
        t.path = "q.sql"; /* a candidate's query runs on that day, too */
        assert_done(database_family.open(&t.document, t.folder, t.path, &e), e);
        database_family.set_day(t.document, day[0], day[1], day[2]);
        t.kind = check_kind_find("db.query-equals", &family);
        const char *key = arena_printf(a, "SELECT '%s'", days[i].text);
        assert_done(t.kind->find(&t, &(struct locator){&where, 1}, key, a, &found, &e), e);
        assert_true(found.value.integer);
        database_family.close(t.document);
    }
    collect_free(c);
    arena_free(a);
}

static void damaged_and_foreign_files_have_one_message(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    make("s.db", SCHOOL, NULL);
    struct bytes b = {0};
    struct err e;
    assert_done(file_read("s.db", 1 << 20, &b, &e), e);
    memset(b.p + 100, 0xFF, 200);
    kit_write_bytes("d.db", b.p, b.n);
    memset(b.p + 16, 0xFF, 30);
    kit_write_bytes("h.db", b.p, b.n);
    bytes_release(&b);
    kit_write_bytes("a.mdb", "\0\1\0\0Standard Jet DB\0", 20);
    kit_write("t.db", "姓名,分数\n");
    assert_string_equal(value_of(a, "d.db", "db.tables", "", NULL), "(error: the database is damaged)");
    assert_string_equal(value_of(a, "h.db", "db.tables", "", NULL), "(error: the database is damaged)");
    assert_string_equal(value_of(a, "t.db", "db.tables", "", NULL), "(error: not an SQLite database)");
    assert_string_equal(value_of(a, "a.mdb", "db.tables", "", NULL),
                        "(error: a database of Access, which is not read)");
    arena_free(a);
}

static void count(void *context, const char *kind, const struct locator *at, const struct fact *found)
{
    (void)kind, (void)at, (void)found;
    ++*(size_t *)context;
}

static void a_rule_maker_sees_tables_columns_views_and_indexes(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct collected *c = NULL;
    struct err e;
    size_t n = 0;
    make("s.db", SCHOOL, NULL);
    assert_done(collect_folder(&c, ".", NULL, &e), e);
    struct check_target t = {.folder = collect_files(c), .path = "s.db"};
    assert_done(database_family.open(&t.document, t.folder, t.path, &e), e);
    database_family.enumerate(&t, a, count, &n);
    assert_in_range(n, 25, 35);
    database_family.close(t.document);
    collect_free(c);
    arena_free(a);
}

#define IN_FOLDER(TEST) cmocka_unit_test_setup_teardown(TEST, kit_enter_folder, kit_leave_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(D1_tables),
        IN_FOLDER(D2_columns_and_keys),
        IN_FOLDER(D3_D4_rows_with_null_and_empty_told_apart),
        IN_FOLDER(D5_a_query_gives_what_the_key_gives),
        IN_FOLDER(D6_views),
        IN_FOLDER(D7_indexes_by_their_columns),
        IN_FOLDER(D8_effects_of_a_script_on_a_copy),
        IN_FOLDER(D9_relations),
        IN_FOLDER(rows_that_are_only_in_the_wal_are_there),
        IN_FOLDER(a_hot_journal_is_rolled_back_and_may_name_no_other_file),
        IN_FOLDER(no_copy_is_left_behind),
        IN_FOLDER(views_without_end_and_functions_with_effects_are_refused),
        IN_FOLDER(now_is_the_day_of_the_rules),
        IN_FOLDER(damaged_and_foreign_files_have_one_message),
        IN_FOLDER(a_rule_maker_sees_tables_columns_views_and_indexes),
    };
    return cmocka_run_group_tests_name("database", tests, NULL, NULL);
}

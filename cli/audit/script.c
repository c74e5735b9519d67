/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/audit/script.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static void quote(struct bytes *out, const char *text)
{
    bytes_str(out, "'");
    for (const char *p = text; *p; p++)
        if (*p == '\'')
            bytes_str(out, "'\\''");
        else
            bytes_add(out, p, 1);
    bytes_str(out, "'");
}

static void put_path(struct bytes *out, const char *path)
{
    char *whole = realpath(path, NULL);
    quote(out, whole ? whole : path);
    free(whole);
}

static void put_name(struct bytes *out, const char *name, const char *path, bool changeable)
{
    if (!path)
        return;
    if (changeable)
        bytes_printf(out, "test \"$%s\" || ", name);
    bytes_printf(out, "%s=", name);
    put_path(out, path);
    bytes_str(out, "\n");
}

void script_names(struct bytes *out, const struct audit_input *in, bool changeable)
{
    put_name(out, "repo", in->repo, changeable);
    put_name(out, "bundles", in->bundles, changeable);
    put_name(out, "receipts", in->receipts, changeable);
    if (in->identity_file[0] && !in->identity_file[1])
        put_name(out, "identity", in->identity_file[0], changeable);
    if (!in->identity_file[0] || !in->identity_file[1])
        return;
    bytes_str(out, "identity=\"$work\"/identity; cat");
    for (size_t i = 0; in->identity_file[i]; i++) {
        bytes_str(out, " ");
        put_path(out, in->identity_file[i]);
    }
    bytes_str(out, " >\"$identity\"\n");
}

void script_begin(struct bytes *out, const struct audit_input *in)
{
    bytes_str(out,
              "#!/bin/sh\n"
              "# Repeats the checks of an audit with minisign, age, unzip, b2sum, sqlite3, and Python's own"
              " library for what\n"
              "# b2sum cannot do. It takes nothing from the program that wrote it but the fingerprint and"
              " where things lie:\n"
              "# what is compared is read here, from the documents that are signed. Only \"scored again\""
              " calls kaochang-score.\n"
              "# Usage: [repo=DIR] [bundles=DIR] [identity=FILE] sh FILE. Exit status 0: every answer is yes;"
              " 1: not.\n"
              "# What is sealed is opened in a folder under ${TMPDIR:-/tmp} that is removed at the end.\n"
              "umask 077\n"
              "export LC_ALL=C\n"
              "for tool in minisign age unzip b2sum sqlite3 python3; do\n"
              "    command -v $tool >/dev/null || { echo \"$tool is not installed\"; exit 4; }\n"
              "done\n"
              "work=$(mktemp -d) || exit 4\n"
              "trap 'rm -rf \"$work\"' EXIT\n");
    script_names(out, in, true);
    bytes_str(out, "export work repo bundles receipts identity\n"
                   "checks=0 no=0\n"
                   "ask() { # otherwise, what is checked; the command comes on standard input\n"
                   "    checks=$((checks + 1))\n"
                   "    if said=$(sh -c \"$(cat)\" 2>&1 </dev/null); then\n"
                   "        echo \"$checks yes: $2\"\n"
                   "    else\n"
                   "        echo \"$checks $1: $2\"\n"
                   "        test \"$1\" != NO || no=$((no + 1))\n"
                   "        test -z \"$said\" || echo \"$said\" | sed 's/^/    /'\n"
                   "    fi\n"
                   "}\n"
                   "check() { ask NO \"$1\"; }\n"
                   "remark() { ask remark \"$1\"; }\n"
                   "cat >\"$work\"/journal-chain.py <<'END'\n");
    bytes_str(out, audit_journal_chain);
    bytes_str(out, "END\n\n");
}

void script_add(struct bytes *out, const struct audit_check *c)
{
    if (c->result == AUDIT_UNSEEN) {
        bytes_printf(out, "# not looked at: %s\n", c->what);
        return;
    }
    bytes_str(out, c->mild ? "remark " : "check ");
    quote(out, c->what);
    bytes_printf(out, " <<'END'\n%s\nEND\n", c->command);
}

void script_end(struct bytes *out)
{
    bytes_str(out, "\necho \"$checks checks, $no no\"\ntest $no = 0\n");
}

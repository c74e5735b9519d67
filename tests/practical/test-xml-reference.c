/* SPDX-License-Identifier: Apache-2.0 */
/* Our reader of XML against libxml2, over documents of our own, and over every part of the office files that
 * FIXTURES holds, with changes to each. */
#include "tests/check.h"

#include <dirent.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/rng.h"
#include "scoring/practical/parts.h"
#include "tests/practical/xml-reference.h"

enum { PIECE = 16384, CHANGED_BYTES = 1500000, LONGEST_CHANGED = 60000 };

static const struct xml_tree_namespace names[] = {
    {"urn:a", 1}, {"urn:b", 2}, {"http://www.w3.org/XML/1998/namespace", 3}, {NULL, 0}};

static size_t faults(const char *name, struct span input, const struct xml_tree_namespace *ns, size_t piece)
{
    struct bytes ours = {0}, theirs = {0};
    const char *how = xml_differ(input, ns, piece, &ours, &theirs);
    if (how)
        print_error("# %s: %s\n# %.*s\n# ours: %.300s\n# libxml2: %.300s\n", name, how,
                    (int)(input.n < 300 ? input.n : 300), (const char *)input.p, (const char *)ours.p,
                    (const char *)theirs.p);
    bytes_release(&ours);
    bytes_release(&theirs);
    return how != NULL;
}

static bool reads(const char *xml)
{
    struct xml_tree *t = NULL;
    bool good = xml_tree_read(&t, "x", span_str(xml), NULL, NULL) == 0;
    xml_tree_free(t);
    return good;
}

static void hold(const char *const *xml, bool good)
{
    size_t bad = 0;
    for (; *xml; xml++) {
        for (size_t piece = 1; piece < 20; piece += 3)
            bad += faults("case", span_str(*xml), names, piece);
        if (reads(*xml) != good) {
            print_error("# %s: %s\n", good ? "is refused" : "is taken", *xml);
            bad++;
        }
    }
    assert_int_equal(bad, 0);
}

static void what_is_well_formed_is_read_alike(void **state)
{
    static const char *const xml[] = {
        "<a/>", " <a/>", "<a />\n", "<a\n/>", "<a></a >", "<?xml version='1.0'?><a/>",
        "<?xml version=\"1.0\" encoding='utf-8' standalone='no' ?>\n<a/>", "<?xml version='1.7'?><a/>",
        "<?xml version='1.0' encoding='GB18030'?><a>\xe4\xb8\xad</a>",
        "<!-- - --><?p?><?p ?? ?><a/><!----><?q\n?>\n", "<a><!-- < & ]]> --></a>", "<a><?p <&]]>?></a>",
        "<a>]]</a>", "<a>]] ></a>", "<a>]]&gt;</a>", "<a>]]<![CDATA[>]]></a>", "<a>></a>",
        "<a><![CDATA[]]></a>", "<a><![CDATA[<&]]]]]]></a>", "<a>x<![CDATA[]]>y</a>", "<a>\r\n\r\r\n</a>",
        "<a b='\r\n\t&#9;&#10;&#13;&#x20; '/>", "<a>&#13;&#10;&#x9;&#x10FFFF;&#55295;</a>",
        "<a b='>'>&lt;&gt;&amp;&quot;&apos;</a>", "<a b='\"' c=\"'\"/>", "<a\tb='1'\nc = '2'\rd\n=\n'3'/>",
        "<a xmlns='urn:a'><b xmlns=''><c xmlns='urn:b'/></b><d/></a>",
        "<p:a xmlns:p='urn:a' p:x='1' x='2'><p:b xmlns:p='urn:b' p:x='3'/><p:c/></p:a>",
        "<a xmlns:p='urn:c' p:x='1'/>", "<a xml:space='preserve' xml:lang=''/>", "<xml:a/>",
        "<a xmlns:xml='http://www.w3.org/XML/1998/namespace'/>", "<a xmlns='not an address'/>",
        "<a xmlns:p='urn:&#97;' xmlns:q='urn:b' p:x='' q:x='' x=''/>", "<a xmlns='&#32;'/>",
        "<_ a.b-c\xc2\xb7='1'/>", "<\xe8\x80\x83/>", "<a xmlns='urn:a' xmlns:p='urn:a' x='1' p:x='2'/>",
        "<urn:a xmlns:urn='urn:a' xmlns:a='urn:a'/>", "<a\n\n b='1'\n>\n<c/>\n\n<d\n/></a>",
        "\xef\xbb\xbf<a/>", "<a>\xef\xbf\xbd\x7f\xc2\x80\xf4\x8f\xbf\xbd</a>", "<a>&#x0041;&#0065;</a>", NULL};
    (void)state;
    hold(xml, true);
}

static void what_is_not_well_formed_is_refused_alike(void **state)
{
    static const char *const xml[] = {
        "", " ", "a", "<", "<a", "<a>", "<a/", "<a/><", "<a/>x", "x<a/>", "<a/><b/>", "</a>", "<a></b>",
        "<a></a", "<a><b></a></b>", "<ab></a>", "<a></ab>", "< a/>", "<a / >", "<1/>", "<a:/>", "<:a/>",
        "<a:b:c xmlns:a='urn:a'/>", "<a:1 xmlns:a='urn:a'/>", "<-a/>", "<a\xc3\x97/>", "<a b/>", "<a b=/>",
        "<a b=c/>", "<a b='1/>", "<a b='<'/>", "<a b='&'/>", "<a b='&lt'/>", "<a b='1'c='2'/>", "<a ='1'/>",
        "<a b='1' b='2'/>", "<a xmlns:p='urn:a' xmlns:q='urn:a' p:x='1' q:x='2'/>",
        "<a xmlns:p='urn:a' xmlns:p='urn:b'/>", "<a xmlns='urn:a' xmlns='urn:a'/>", "<p:a/>", "<a p:b='1'/>",
        "<a><b xmlns:p='urn:a'/><p:c/></a>", "<a xmlns:p=''/>", "<a xmlns:xml='urn:a'/>",
        "<a xmlns:xmlns='urn:a'/>", "<a xmlns:p='http://www.w3.org/XML/1998/namespace'/>",
        "<a xmlns:p='http://www.w3.org/2000/xmlns/'/>", "<a xmlns='http://www.w3.org/2000/xmlns/'/>",
        "<a xmlns='http://www.w3.org/XML/1998/namespace'/>", "<xmlns:a/>", "<a>]]></a>", "<a>&b;</a>",
        "<a>&</a>", "<a>& </a>", "<a>&amp</a>", "<a>&;</a>", "<a>&#;</a>", "<a>&#x;</a>", "<a>&#xg;</a>",
        "<a>&#1a;</a>", "<a>&#0;</a>", "<a>&#1;</a>", "<a>&#xD800;</a>", "<a>&#xFFFE;</a>", "<a>&#x110000;</a>",
        "<a>&#X41;</a>", "<a>&#99999999999999999999;</a>", "<a>&#4294967361;</a>", "<a>&AMP;</a>", "&amp;<a/>", "<a/>&amp;",
        "<a><!-- -- --></a>", "<a><!-- ---></a>", "<a><!-- </a>", "<!-><a/>", "<a><![CDATA[</a>",
        "<a><![cdata[]]></a>", "<![CDATA[]]><a/>", "<a/><![CDATA[]]>", "<a><?xml version='1.0'?></a>",
        " <?xml version='1.0'?><a/>", "<?XML version='1.0'?><a/>", "<?xml?><a/>", "<?xml version=1.0?><a/>",
        "<?xml version='2.0'?><a/>", "<?xml version='1.'?><a/>", "<?xml version='1.0?><a/>",
        "<?xml encoding='utf-8'?><a/>", "<?xml version='1.0' encoding=''?><a/>",
        "<?xml version='1.0' encoding='8utf'?><a/>", "<?xml version='1.0' standalone='maybe'?><a/>",
        "<?xml version='1.0' standalone='yes' encoding='utf-8'?><a/>", "<?xml version='1.0'encoding='a'?><a/>",
        "<?p:q ?><a/>", "<? p?><a/>", "<?p", "<a><?p</a>", "<a><?1?></a>", "<a><?p!?></a>",
        "<!DOCTYPE a><a/>", "<a><!DOCTYPE a></a>", "<a/><!DOCTYPE a>", "<!doctype a><a/>",
        "<!ENTITY a 'b'><a/>", "<a>\x1f</a>", "<a>\xc0\xbc</a>", "<a>\xed\xa0\x80</a>", "<a>\xef\xbf\xbe</a>",
        "<a>\xf4\x90\x80\x80</a>", "<a>\xe4\xb8</a>", "<a b='\xff'/>", "<a>\xef\xbb\xbf</a>\xef\xbb\xbf", NULL};
    (void)state;
    hold(xml, false);
}

static struct bytes generated(struct rng *r)
{
    static const char *const piece[] = {
        "<a>", "</a>", "<b/>", "<p:a xmlns:p='urn:a' p:b='1'>", "</p:a>", "<a xmlns='urn:b' x='&lt;'>", "x", " ",
        "\n", "\r\n", "&amp;", "&#65;", "]]", ">", "<![CDATA[", "]]>", "<!--", "-->", "-", "<?p ", "?>", "'",
        "\"", "=", "&", ";", "<", "/", "\xe4\xb8\xad", " y='2'", " p:y='3'", "<?xml version='1.0'?>"};
    struct bytes b = {0};
    bytes_str(&b, rng_below(r, 4) ? "<r>" : "");
    for (size_t n = rng_below(r, 14); n > 0; n--)
        bytes_str(&b, piece[rng_below(r, sizeof piece / sizeof *piece)]);
    bytes_str(&b, rng_below(r, 4) ? "</r>" : "");
    return b;
}

static void pieces_of_markup_in_any_order_are_seen_alike(void **state)
{
    struct rng r;
    size_t bad = 0, read = 0;
    (void)state;
    rng_seed(&r, 4);
    for (int i = 0; i < 20000 && bad < 5; i++) {
        struct bytes b = generated(&r);
        bad += faults("generated", bytes_span(&b), names, rng_below(&r, 3) ? PIECE : rng_below(&r, 9) + 1);
        read += reads((const char *)b.p);
        bytes_release(&b);
    }
    assert_int_equal(bad, 0);
    assert_true(read > 1000);
}

static void long_things_are_read_across_pieces(void **state)
{
    static const char *const part[][3] = {{"<a b='", "xyz&lt;", "'/>"}, {"<a><!--", "- x", "--></a>"},
                                          {"<a><?p ", "? ", "?></a>"},   {"<a><![CDATA[", "]] >", "]]></a>"},
                                          {"<a>", "]] &amp;\r\n", "</a>"}, {"<a>", "<b\nc='1'>中</b>", "</a>"}};
    (void)state;
    for (size_t i = 0; i < sizeof part / sizeof *part; i++) {
        struct bytes b = {0};
        bytes_str(&b, part[i][0]);
        for (int n = 0; n < 20000; n++)
            bytes_str(&b, part[i][1]);
        bytes_str(&b, part[i][2]);
        assert_int_equal(faults(part[i][0], bytes_span(&b), names, PIECE), 0);
        assert_int_equal(faults(part[i][0], bytes_span(&b), names, 4099), 0);
        assert_true(reads((const char *)b.p));
        bytes_release(&b);
    }
}

struct looked {
    size_t files, parts, bad, changed_bytes;
    struct rng rng;
};

/* One to three bytes of it others, missing or twice. */
static size_t changed(struct looked *l, const char *name, struct span part)
{
    static const char odd[] = "<>&'\"=/!?-[]: ;x\n\r";
    struct bytes b = {0};
    bytes_add(&b, part.p, part.n);
    for (size_t n = rng_below(&l->rng, 3) + 1; n > 0 && b.n > 1; n--) {
        size_t at = rng_below(&l->rng, b.n - 1);
        switch (rng_below(&l->rng, 3)) {
        case 0:
            b.p[at] = (uint8_t)odd[rng_below(&l->rng, sizeof odd - 1)];
            break;
        case 1:
            memmove(b.p + at, b.p + at + 1, b.n - at - 1);
            b.n--;
            break;
        default:
            b.p[at] = b.p[at + 1];
        }
    }
    l->changed_bytes += b.n;
    size_t bad = faults(name, bytes_span(&b), office_namespaces, PIECE);
    bytes_release(&b);
    return bad;
}

static bool is_xml(const char *part)
{
    size_t n = strlen(part);
    return n > 4 && (strcmp(part + n - 4, ".xml") == 0 || strcmp(part + n - 4, "rels") == 0 ||
                     strcmp(part + n - 4, ".vml") == 0);
}

static void look_at(struct looked *l, const char *path)
{
    struct bytes file = {0}, part;
    struct parts *p = NULL;
    struct err e;
    assert_done(file_read(path, PARTS_MAX_FILE, &file, &e), e);
    bool opened = parts_open(&p, path, bytes_span(&file), &e) == 0;
    for (size_t i = 0; opened && i < parts_count(p); i++) {
        const char *name = parts_at(p, i);
        if (name && is_xml(name) && parts_read(p, name, 4 << 20, &part, &e) == 0) {
            l->parts++;
            l->bad += faults(name, bytes_span(&part), office_namespaces, PIECE);
            for (int n = 0; n < 3 && part.n < LONGEST_CHANGED && l->changed_bytes < CHANGED_BYTES; n++)
                l->bad += changed(l, name, bytes_span(&part));
            bytes_release(&part);
        }
    }
    parts_close(p);
    bytes_release(&file);
    l->files++;
}

static void look_into(struct looked *l, const char *folder)
{
    DIR *d = opendir(folder);
    for (struct dirent *entry; d && (entry = readdir(d));) {
        char *path = mem_printf("%s/%s", folder, entry->d_name);
        if (strlen(entry->d_name) > 4 && strcmp(entry->d_name, "index.csv") != 0)
            look_at(l, path);
        free(path);
    }
    if (d)
        closedir(d);
}

static void every_part_of_the_office_files_is_seen_alike(void **state)
{
    static const char *const folder[] = {"cand", "real", "hostile"};
    const char *fixtures = getenv("FIXTURES");
    struct looked l = {0};
    (void)state;
    rng_seed(&l.rng, 7);
    for (size_t i = 0; fixtures && i < sizeof folder / sizeof *folder; i++) {
        char *path = mem_printf("%s/office/%s", fixtures, folder[i]);
        look_into(&l, path);
        free(path);
    }
    if (l.files == 0)
        print_message("# SKIPPED: FIXTURES holds no office files\n");
    else
        print_message("# %zu parts of %zu files\n", l.parts, l.files);
    assert_int_equal(l.bad, 0);
    assert_true(l.files == 0 || l.parts > 300);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_well_formed_is_read_alike),
        cmocka_unit_test(what_is_not_well_formed_is_refused_alike),
        cmocka_unit_test(pieces_of_markup_in_any_order_are_seen_alike),
        cmocka_unit_test(long_things_are_read_across_pieces),
        cmocka_unit_test(every_part_of_the_office_files_is_seen_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

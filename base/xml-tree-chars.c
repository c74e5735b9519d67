/* SPDX-License-Identifier: Apache-2.0 */
#include "base/xml-tree-internal.h"

#define N CHAR_NAME
#define S CHAR_SPACE
#define V CHAR_STOPS_VALUE
#define EIGHT(x) x, x, x, x, x, x, x, x

/* Name characters, white space, and what ends a plain piece of an attribute's value. */
const uint8_t tree_class[256] = {
    V, 0, 0, 0, 0, 0, 0, 0, 0, S | V, S | V, 0, 0, S | V, 0, 0, /* 0x00 */
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,             /* 0x10 */
    S, 0, V, 0, 0, 0, V, V, 0, 0, 0, 0, 0, N, N, 0,             /*  !"#$%&'()*+,-./ */
    N, N, N, N, N, N, N, N, N, N, N, 0, V, 0, 0, 0,             /* 0123456789:;<=>? */
    0, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N,             /* @A…O */
    N, N, N, N, N, N, N, N, N, N, N, 0, 0, 0, 0, N,             /* P…Z[\]^_ */
    0, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N,             /* `a…o */
    N, N, N, N, N, N, N, N, N, N, N, 0, 0, 0, 0, 0,             /* p…z{|}~ */
    EIGHT(N), EIGHT(N), EIGHT(N), EIGHT(N), EIGHT(N), EIGHT(N), EIGHT(N), EIGHT(N),
    EIGHT(N), EIGHT(N), EIGHT(N), EIGHT(N), EIGHT(N), EIGHT(N), EIGHT(N), EIGHT(N)};

#undef N
#undef S
#undef V

/* XML 1.0 (5th edition), production 2. */
bool tree_is_char(uint32_t c)
{
    if (c < 0x20)
        return c == '\t' || c == '\n' || c == '\r';
    return c < 0xd800 || (c >= 0xe000 && c < 0xfffe) || (c >= 0x10000 && c <= 0x10ffff);
}

/* Productions 4 and 4a. */
bool tree_is_name_char(uint32_t c, bool first)
{
    static const struct {
        uint32_t from, to;
        bool not_first;
    } range[] = {{'-', '.', true},          {'0', '9', true},     {':', ':', false},
                 {'A', 'Z', false},         {'_', '_', false},    {'a', 'z', false},
                 {0xb7, 0xb7, true},        {0xc0, 0xd6, false},  {0xd8, 0xf6, false},
                 {0xf8, 0x2ff, false},      {0x300, 0x36f, true}, {0x370, 0x37d, false},
                 {0x37f, 0x1fff, false},    {0x200c, 0x200d, false}, {0x203f, 0x2040, true},
                 {0x2070, 0x218f, false},   {0x2c00, 0x2fef, false}, {0x3001, 0xd7ff, false},
                 {0xf900, 0xfdcf, false},   {0xfdf0, 0xfffd, false}, {0x10000, 0xeffff, false}};
    for (size_t i = 0; i < sizeof range / sizeof *range; i++)
        if (c >= range[i].from && c <= range[i].to)
            return !(first && range[i].not_first);
    return false;
}

/* True where all of 8 bytes are from 0x20 to 0x7f. */
static inline bool eight_are_plain(const uint8_t *p)
{
    uint64_t w;
    memcpy(&w, p, sizeof w);
    uint64_t below_0x20 = (w - UINT64_C(0x2020202020202020)) & ~w;
    return ((w | below_0x20) & UINT64_C(0x8080808080808080)) == 0;
}

/* Length of the character that begins at p; 0: none of XML; -1: it goes on behind p + n. */
static int character(const uint8_t *p, size_t n)
{
    int more = p[0] < 0xc2 ? -1 : p[0] < 0xe0 ? 1 : p[0] < 0xf0 ? 2 : p[0] < 0xf5 ? 3 : -1;
    static const uint32_t least[] = {0, 0x80, 0x800, 0x10000};
    if (more < 0)
        return 0;
    uint32_t c = p[0] & (0x3fu >> more);
    for (int i = 1; i <= more; i++) {
        if ((size_t)i == n)
            return -1;
        if ((p[i] & 0xc0) != 0x80)
            return 0;
        c = c << 6 | (p[i] & 0x3f);
    }
    return c >= least[more] && tree_is_char(c) ? more + 1 : 0;
}

struct tree_look tree_look_at(const uint8_t *p, size_t n)
{
    struct tree_look look = {0};
    size_t i = 0;
    while (i < n) {
        if (n - i >= 8 && eight_are_plain(p + i)) {
            i += 8;
            continue;
        }
        int length = p[i] >= 0x80 ? character(p + i, n - i) : p[i] >= 0x20 || tree_class[p[i]] & CHAR_SPACE;
        if (length <= 0) {
            look.bad = length == 0;
            break;
        }
        look.returns |= p[i] == '\r';
        i += (size_t)length;
    }
    look.n = i;
    return look;
}

size_t tree_mend_lines(uint8_t *p, size_t n)
{
    size_t to = 0;
    for (size_t i = 0; i < n; i++) {
        if (p[i] == '\r' && i + 1 < n && p[i + 1] == '\n')
            continue;
        p[to++] = p[i] == '\r' ? '\n' : p[i];
    }
    return to;
}

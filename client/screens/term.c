/* SPDX-License-Identifier: Apache-2.0 */
#include "client/screens/term.h"

#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <poll.h>
#include <string.h>
#include <strings.h>
#include <term.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

enum { ESCAPE_MS = 150, SEQUENCE_MS = 20, DIGIT_MS = 450 };
enum { SEQUENCE_MAX = 64, CODE_ESCAPE = 27, CODE_DELETE = 127, CODE_REDRAW = 12 };

struct term {
    SCREEN *screen;
    bool colour, function_keys;
    struct grid shown;            /* what ncurses was told; no cells when it has to be told everything */
    bool no_colour;               /* $NO_COLOR: COLOURS_FULL is shown as COLOURS_NONE */
    enum colours wanted, colours; /* asked for, shown */
    char sign[4];                 /* bytes of a character of which the rest has not come yet */
    size_t n_sign;
    int ahead; /* kind of what was read ahead, or ERR */
    wint_t ahead_code;
};

/* What the environment says about characters; a locale that is not installed is judged by its name. */
static bool environment_is_utf8(const char **ret_name)
{
    static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    *ret_name = "";
    for (size_t i = 0; i < sizeof names / sizeof *names && !**ret_name; i++) {
        const char *v = getenv(names[i]);
        *ret_name = v ? v : "";
    }
    locale_t wished = newlocale(LC_CTYPE_MASK, "", (locale_t)0);
    bool utf8 = wished ? strcmp(nl_langinfo_l(CODESET, wished), "UTF-8") == 0
                       : strcasestr(*ret_name, "utf-8") || strcasestr(*ret_name, "utf8");
    if (wished)
        freelocale(wished);
    return utf8;
}

static int check_environment(struct err *e)
{
    const char *name;
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
        err_set(e, ERR_ENV, NULL, _("this program needs a terminal"));
        return err_hint(e, _("in a pipe, give it a script: --script FILE --dump FILE"));
    }
    if (!environment_is_utf8(&name)) {
        err_set(e, ERR_ENV, NULL, _("this terminal is not set to UTF-8 (the locale is \"%s\")"),
                *name ? name : "C");
        return err_hint(
            e, _("start it again with LANG=C.UTF-8 or LANG=zh_CN.UTF-8 in a terminal that shows UTF-8"));
    }
    return 0;
}

/* The strongest contrast: white and yellow on black, black on white. Colour never says anything alone. */
static short contrast_of(enum look look)
{
    return look == LOOK_WARN || look == LOOK_CURSOR ? COLOR_YELLOW : COLOR_WHITE;
}

static short colour_of(enum look look)
{
    switch (look) {
    case LOOK_FRAME:
        return COLOR_BLUE;
    case LOOK_CHOSEN:
    case LOOK_GOOD:
        return COLOR_GREEN;
    case LOOK_CURSOR:
        return COLOR_CYAN;
    case LOOK_WARN:
        return COLOR_YELLOW;
    case LOOK_ALARM:
        return COLOR_RED;
    default:
        return -1;
    }
}

static attr_t attributes_of(enum look look, enum colours colours)
{
    if (colours != COLOURS_FULL && look == LOOK_CURSOR)
        return A_REVERSE;
    if (colours == COLOURS_CONTRAST && look != LOOK_ALARM && look != LOOK_FIELD)
        return A_BOLD;
    switch (look) {
    case LOOK_TITLE:
    case LOOK_STRONG:
    case LOOK_CHOSEN:
    case LOOK_CURSOR:
    case LOOK_WARN:
        return A_BOLD;
    case LOOK_ALARM:
        return A_BOLD | A_REVERSE;
    case LOOK_FIELD:
        return A_UNDERLINE;
    default:
        return A_NORMAL;
    }
}

static void set_colours(struct term *t, enum colours colours)
{
    t->wanted = t->colours = colours;
    if (t->no_colour && colours == COLOURS_FULL)
        t->colours = colours = COLOURS_NONE;
    for (int look = 0; t->colour && colours != COLOURS_NONE && look < LOOK_COUNT; look++)
        if (colours == COLOURS_CONTRAST)
            init_pair((short)(look + 1), contrast_of((enum look)look), COLOR_BLACK);
        else
            init_pair((short)(look + 1), colour_of((enum look)look), -1);
    bkgdset(t->colour && colours == COLOURS_CONTRAST ? (chtype)COLOR_PAIR(1) | ' ' : ' ');
}

static void start_colours(struct term *t)
{
    const char *none = getenv("NO_COLOR");
    t->no_colour = none && *none;
    t->colour = has_colors() && start_color() == OK && use_default_colors() == OK;
    set_colours(t, COLOURS_FULL);
}

/* `what` has room for the terminal's name. */
static int refuse_terminal(struct err *e, const char *what)
{
    const char *name = getenv("TERM");
    char text[400];
    snprintf(text, sizeof text, what, name ? name : "");
    err_set(e, ERR_ENV, NULL, "%s", text);
    return err_hint(
        e, _("start it in another terminal, or with the TERM of this one, such as TERM=xterm-256color"));
}

int term_open(struct term **ret, struct err *e)
{
    int r = check_environment(e);
    if (r < 0)
        return r;
    struct term *t = mem_alloc(sizeof *t);
    t->ahead = ERR;
    t->screen = newterm(NULL, stdout, stdin);
    if (!t->screen) {
        free(t);
        return refuse_terminal(e, _("this terminal (TERM=%s) is not known here"));
    }
    set_term(t->screen);
    const char *move_cursor = tigetstr("cup");
    if (!move_cursor || move_cursor == (const char *)-1) {
        endwin();
        delscreen(t->screen);
        free(t);
        return refuse_terminal(e, _("this terminal (TERM=%s) cannot move its cursor"));
    }
    raw();
    noecho();
    nonl();
    keypad(stdscr, TRUE);
    meta(stdscr, TRUE);
    nodelay(stdscr, TRUE);
    typeahead(-1); /* a screen is shown whole, whatever is typed meanwhile */
    set_escdelay(ESCAPE_MS);
    mousemask(BUTTON1_PRESSED | BUTTON1_CLICKED, NULL);
    mouseinterval(0);
    start_colours(t);
    const char *f3 = tigetstr("kf3");
    t->function_keys = f3 && f3 != (const char *)-1;
    *ret = t;
    return 0;
}

void term_close(struct term *t)
{
    if (!t)
        return;
    endwin();
    delscreen(t->screen);
    grid_release(&t->shown);
    free(t);
}

void term_size(const struct term *t, int *ret_width, int *ret_height)
{
    (void)t;
    getmaxyx(stdscr, *ret_height, *ret_width);
}

bool term_has_function_keys(const struct term *t)
{
    return t->function_keys;
}

static void show_cell(const struct term *t, int x, int y, const struct cell *c)
{
    wchar_t text[3] = {(wchar_t)c->ch, (wchar_t)c->mark, 0};
    cchar_t cell;
    bool coloured = t->colour && t->colours != COLOURS_NONE;
    setcchar(&cell, text, attributes_of((enum look)c->look, t->colours), coloured ? (short)(c->look + 1) : 0,
             NULL);
    mvadd_wch(y, x, &cell);
}

static bool same_cell(const struct cell *a, const struct cell *b)
{
    return a->ch == b->ch && a->mark == b->mark && a->look == b->look;
}

/* What differs in the row from what ncurses was told, in whole characters. */
static void show_changes(const struct term *t, const struct grid *g, int y)
{
    const struct cell *new = g->cell + y * g->width, *old = t->shown.cell + y * g->width;
    int first = 0, end = g->width;
    while (first < end && same_cell(&new[first], &old[first]))
        first++;
    while (end > first && same_cell(&new[end - 1], &old[end - 1]))
        end--;
    if (first == end)
        return;
    while (first > 0 && (!new[first].ch || !old[first].ch))
        first--;
    while (end < g->width && (!new[end].ch || !old[end].ch))
        end++;
    for (int x = first; x < end; x++)
        if (new[x].ch)
            show_cell(t, x, y, &new[x]);
}

void term_show(struct term *t, const struct grid *g)
{
    bool known = t->shown.width == g->width && t->shown.height == g->height && t->wanted == g->colours;
    if (!known) {
        set_colours(t, g->colours);
        erase();
        grid_release(&t->shown);
        grid_init(&t->shown, g->width, g->height);
    }
    for (int y = 0; y < g->height; y++)
        show_changes(t, g, y);
    grid_copy(&t->shown, g);
    curs_set(g->cursor_x >= 0);
    leaveok(stdscr, g->cursor_x < 0);
    if (g->cursor_x >= 0)
        move(g->cursor_y, g->cursor_x);
    refresh();
}

static enum key_code special_key(wint_t code)
{
    if (code >= (wint_t)KEY_F(1) && code <= (wint_t)KEY_F(10))
        return K_F1 + (enum key_code)(code - (wint_t)KEY_F(1));
    switch (code) {
    case KEY_UP:
        return K_UP;
    case KEY_DOWN:
        return K_DOWN;
    case KEY_LEFT:
        return K_LEFT;
    case KEY_RIGHT:
        return K_RIGHT;
    case KEY_HOME:
        return K_HOME;
    case KEY_END:
        return K_END;
    case KEY_PPAGE:
        return K_PAGE_UP;
    case KEY_NPAGE:
        return K_PAGE_DOWN;
    case KEY_BTAB:
        return K_BACK_TAB;
    case KEY_ENTER:
        return K_ENTER;
    case KEY_BACKSPACE:
        return K_BACKSPACE;
    case KEY_DC:
        return K_DELETE;
    default:
        return K_NONE;
    }
}

/* A byte of a character: true when that is whole. Bytes that make no character are left out. */
static bool add_byte(struct term *t, unsigned char byte, wint_t *ret)
{
    bool more = (byte & 0xC0) == 0x80;
    if (!more)
        t->n_sign = 0;
    if ((more && t->n_sign == 0) || byte >= 0xF8)
        return false;
    t->sign[t->n_sign++] = (char)byte;
    unsigned char lead = (unsigned char)t->sign[0];
    size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (t->n_sign < length)
        return false;
    const char *p = t->sign;
    bool valid = utf8_valid(t->sign, length);
    t->n_sign = 0;
    *ret = valid ? (wint_t)utf8_next(&p, t->sign + length) : 0;
    return valid;
}

/* Like get_wch, which throws away a character that comes in two pieces, and then what follows it. */
static int read_sign(struct term *t, wint_t *ret)
{
    int kind = t->ahead;
    t->ahead = ERR;
    *ret = t->ahead_code;
    while (kind == ERR) {
        int code = getch();
        if (code == ERR)
            return ERR;
        *ret = (wint_t)code;
        if (code > UCHAR_MAX)
            kind = KEY_CODE_YES;
        else if (add_byte(t, (unsigned char)code, ret))
            kind = OK;
    }
    return kind;
}

static bool next_sign(struct term *t, wint_t *ret)
{
    timeout(SEQUENCE_MS);
    bool there = read_sign(t, ret) == OK;
    nodelay(stdscr, TRUE);
    return there;
}

/* A sequence that ncurses does not know for this TERM is taken whole: its letters are nobody's answer. */
static struct key rest_of_sequence(struct term *t, wint_t first)
{
    enum { MOUSE_SIGNS = 3 };
    char text[SEQUENCE_MAX + 1] = {(char)first};
    size_t n = 1;
    for (wint_t next; n < SEQUENCE_MAX && next_sign(t, &next);) {
        text[n++] = next < CODE_DELETE ? (char)next : '?';
        bool linux_key = n == 2 && first == '[' && next == '[';
        if (!linux_key && next >= (first == 'O' ? 'A' : '@') && next < CODE_DELETE)
            break;
    }
    if (strcmp(text, "[M") == 0)
        for (wint_t next; n < 2 + MOUSE_SIGNS && next_sign(t, &next);)
            n++;
    return key_of(key_of_sequence(text));
}

/* Alt+digit arrives as Escape and the digit at once; alone, Escape is itself, and ncurses has waited
 * already. Where a terminal has no function keys, people may type the two. */
static struct key after_escape(struct term *t)
{
    wint_t next;
    timeout(t->function_keys ? SEQUENCE_MS : DIGIT_MS);
    int kind = read_sign(t, &next);
    nodelay(stdscr, TRUE);
    if (kind == OK && key_of_digit(next) != K_NONE)
        return key_of(key_of_digit(next));
    if (kind == OK && (next == '[' || next == 'O'))
        return rest_of_sequence(t, next);
    t->ahead = kind;
    t->ahead_code = next;
    return key_of(K_ESCAPE);
}

static struct key plain_key(struct term *t, wint_t code)
{
    switch (code) {
    case '\r':
    case '\n':
        return key_of(K_ENTER);
    case '\t':
        return key_of(K_TAB);
    case '\b':
    case CODE_DELETE:
        return key_of(K_BACKSPACE);
    case CODE_ESCAPE:
        return after_escape(t);
    case CODE_REDRAW:
        clearok(curscr, TRUE);
        refresh();
        return key_of(K_NONE);
    default:
        return code < ' ' ? key_of(K_NONE) : key_char((uint32_t)code);
    }
}

static bool is_gone(void)
{
    struct pollfd p = {.fd = STDIN_FILENO, .events = POLLIN};
    return poll(&p, 1, 0) > 0 && (p.revents & (POLLHUP | POLLERR | POLLNVAL));
}

static enum term_input read_click(int *ret_x, int *ret_y)
{
    MEVENT click;
    if (getmouse(&click) != OK)
        return TERM_KEY;
    *ret_x = click.x;
    *ret_y = click.y;
    return TERM_CLICK;
}

enum term_input term_read(struct term *t, struct key *ret_key, int *ret_x, int *ret_y)
{
    wint_t code;
    *ret_key = key_of(K_NONE);
    int kind = read_sign(t, &code);
    if (kind == ERR)
        return is_gone() ? TERM_GONE : TERM_NOTHING;
    if (kind == KEY_CODE_YES && code == KEY_RESIZE) {
        grid_release(&t->shown);
        return TERM_RESIZE;
    }
    if (kind == KEY_CODE_YES && code == KEY_MOUSE)
        return read_click(ret_x, ret_y);
    *ret_key = kind == KEY_CODE_YES ? key_of(special_key(code)) : plain_key(t, code);
    return TERM_KEY;
}

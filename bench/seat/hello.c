/* SPDX-License-Identifier: Apache-2.0 */
/* The smallest program with ncurses: what starting one takes. */
#include <locale.h>

#include <ncurses.h>

int main(void)
{
    setlocale(LC_ALL, "");
    if (!initscr())
        return 1;
    mvaddstr(10, 10, "Ticket number");
    refresh();
    endwin();
    return 0;
}

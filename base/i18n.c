/* SPDX-License-Identifier: Apache-2.0 */
#include "base/i18n.h"

#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

static const char *wished_language(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *v = getenv(names[i]);
        if (v && *v)
            return v;
    }
    return "";
}

void i18n_init(void)
{
    const char *ctype = setlocale(LC_CTYPE, "");
    if (!ctype || strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
        setlocale(LC_CTYPE, "C.UTF-8");
    if (!setlocale(LC_MESSAGES, "")) {
        char language[16] = "";
        const char *wish = wished_language();
        size_t n = strcspn(wish, ".@");
        if (n < sizeof language && !getenv("LANGUAGE")) {
            memcpy(language, wish, n);
            setenv("LANGUAGE", language, 0);
        }
        setlocale(LC_MESSAGES, "C.UTF-8");
    }
    const char *dir = getenv("KAOCHANG_LOCALEDIR");
    bindtextdomain("kaochang", dir && *dir ? dir : KAOCHANG_LOCALEDIR_DEFAULT);
    bind_textdomain_codeset("kaochang", "UTF-8");
    textdomain("kaochang");
}

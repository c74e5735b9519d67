/* SPDX-License-Identifier: Apache-2.0 */
/* Texts of the interface through gettext. English in the code, zh_CN in po/. */
#ifndef KAOCHANG_BASE_I18N_H
#define KAOCHANG_BASE_I18N_H

#include <libintl.h>

#define _(text) gettext(text)
#define N_(text) (text)

/* Sets character type and messages from the environment, and nothing else: numbers and order never depend
 * on a locale. Where the wished locale is not installed, C.UTF-8 carries the wished language, so that an
 * old machine without zh_CN.UTF-8 still speaks Chinese. Catalogs come from $KAOCHANG_LOCALEDIR, else from
 * the installed place. Call once from main. */
void i18n_init(void);

#endif

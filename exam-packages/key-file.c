/* SPDX-License-Identifier: Apache-2.0 */
#include "exam-packages/key-file.h"

#include <string.h>

#include "base/i18n.h"

bool key_file_is_locked(struct span text)
{
    static const char age[] = "age-encryption.org/", armored[] = "-----BEGIN AGE ENCRYPTED FILE-----";
    return (text.n >= sizeof age - 1 && memcmp(text.p, age, sizeof age - 1) == 0) ||
           (text.n >= sizeof armored - 1 && memcmp(text.p, armored, sizeof armored - 1) == 0);
}

int key_file_lock(struct bytes *text, struct span passphrase, struct err *e)
{
    struct bytes sealed = {0};
    int r = age_seal_code(bytes_span(text), passphrase, AGE_CODE_LOG2N_MAX, &sealed, e);
    if (r < 0) {
        bytes_release(&sealed);
        return r;
    }
    bytes_release(text);
    *text = sealed;
    return 0;
}

int key_file_open(struct span text, struct span passphrase, struct age_identity **ret, size_t *ret_n,
                  struct err *e)
{
    struct bytes plain = {0};
    if (!key_file_is_locked(text))
        return age_identities_parse(text, ret, ret_n, e);
    int r = age_open_code(text, passphrase, &plain, e);
    if (r == -ERR_NO)
        r = err_set(e, ERR_NO, NULL, _("this is not the passphrase of this key"));
    if (r == 0)
        r = age_identities_parse(bytes_span(&plain), ret, ret_n, e);
    bytes_release(&plain);
    return r;
}

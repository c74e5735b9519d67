/* SPDX-License-Identifier: Apache-2.0 */
/* HOME/trust/seen.xml: the pinned root and the highest versions that this home has accepted. */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/xml.h"
#include "exam-packages/document.h"
#include "exam-packages/trust-internal.h"

int trust_seen_write(const char *folder, const struct trust_seen *seen, struct err *e)
{
    struct bytes out = {0};
    struct xml_out o;
    xml_begin(&o, &out);
    xml_open(&o, "seen");
    xml_put(&o, "xmlns", SEEN_NS);
    xml_put_hex(&o, "rootHash", seen->root_hash, sizeof seen->root_hash);
    xml_put_int(&o, "root", seen->root);
    xml_put_int(&o, "targets", seen->targets);
    xml_put_int(&o, "snapshot", seen->snapshot);
    xml_put_int(&o, "timestamp", seen->timestamp);
    if (seen->kept) {
        xml_put_int(&o, "kept", seen->kept);
        xml_put_int(&o, "keptRoot", seen->kept_root);
        xml_put_hex(&o, "keptRootHash", seen->kept_root_hash, sizeof seen->kept_root_hash);
    }
    xml_close(&o);
    int r = xml_end(&o, e);
    char *path = path_join(folder, "seen.xml");
    if (r == 0)
        r = file_put(path, 0644, bytes_span(&out), e);
    free(path);
    bytes_release(&out);
    return r;
}

static int read_tree(const struct xml_doc *d, struct trust_seen *ret, struct err *e)
{
    const struct xml_node *root = xml_root(d);
    int r;
    *ret = (struct trust_seen){0};
    if ((r = xml_need_hex(d, root, "rootHash", ret->root_hash, sizeof ret->root_hash, e)) < 0 ||
        (r = xml_need_int(d, root, "root", 1, INT32_MAX, &ret->root, e)) < 0 ||
        (r = xml_need_int(d, root, "targets", 0, INT32_MAX, &ret->targets, e)) < 0 ||
        (r = xml_need_int(d, root, "snapshot", 0, INT32_MAX, &ret->snapshot, e)) < 0)
        return r;
    if ((r = xml_need_int(d, root, "timestamp", 0, INT32_MAX, &ret->timestamp, e)) < 0 ||
        !xml_attr(d, root, "kept"))
        return r;
    if ((r = xml_need_int(d, root, "kept", 1, INT32_MAX, &ret->kept, e)) < 0 ||
        (r = xml_need_int(d, root, "keptRoot", 1, ret->root, &ret->kept_root, e)) < 0)
        return r;
    return xml_need_hex(d, root, "keptRootHash", ret->kept_root_hash, sizeof ret->kept_root_hash, e);
}

int trust_seen_read(const char *folder, struct trust_seen *ret, struct err *e)
{
    struct xml_doc *d = NULL;
    struct bytes data = {0};
    char *path = path_join(folder, "seen.xml");
    int r = 0;
    if (!file_exists(path)) {
        r = err_set(e, ERR_ENV, folder, _("this home trusts no exam office yet"));
        err_hint(e, _("a station is enrolled with \"kaochang-client enrol\", an office makes its root with "
                      "\"kaochang keys root\""));
    }
    if (r == 0)
        r = file_read(path, 4096, &data, e);
    if (r == 0)
        r = document_parse(&d, path, bytes_span(&data), "seen", SEEN_NS, NULL, e);
    if (r == 0)
        r = read_tree(d, ret, e);
    xml_free(d);
    bytes_release(&data);
    free(path);
    return r;
}

int trust_note_seen(struct trust *t, int64_t snapshot, int64_t timestamp, struct err *e)
{
    struct trust_seen seen = t->seen;
    if (snapshot > seen.snapshot)
        seen.snapshot = snapshot;
    if (timestamp > seen.timestamp)
        seen.timestamp = timestamp;
    if (seen.snapshot == t->seen.snapshot && seen.timestamp == t->seen.timestamp)
        return 0;
    int r = trust_seen_write(t->folder, &seen, e);
    if (r == 0)
        t->seen = seen;
    return r;
}

int trust_lock(const char *home, int *ret, struct err *e)
{
    char *folder = path_join(home, "trust");
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC), r = 0;
    if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) < 0) {
        close(fd);
        err_set(e, ERR_ENV, home, _("another command is changing what this home trusts"));
        r = err_hint(e, _("wait until it has ended"));
    }
    if (r == 0)
        *ret = fd;
    free(folder);
    return r;
}

void trust_unlock(int lock)
{
    if (lock >= 0)
        close(lock);
}

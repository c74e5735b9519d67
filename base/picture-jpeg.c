/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

#include "base/i18n.h"
#include "base/picture-import-internal.h"
#include "base/picture-internal.h"

/* A progressive picture of more scans than anybody writes is made to keep the reader busy. */
enum { MAX_SCANS = 64, MAX_MEMORY = 64 << 20, MAX_EXIF = 65533 };

struct jpeg {
    struct jpeg_decompress_struct in;
    struct jpeg_error_mgr errors;
    struct jpeg_progress_mgr progress;
    jmp_buf back;
    const char *name;
    struct span data;
    struct pixels *out;
    struct err *e; /* set before a jump where the reason is ours */
    bool refused;
    char fault[JMSG_LENGTH_MAX];
};

static void on_error(j_common_ptr c)
{
    struct jpeg *j = c->client_data;
    (*c->err->format_message)(c, j->fault);
    longjmp(j->back, 1);
}

/* What cameras write and decoders read nevertheless; libjpeg's own words, since its header of codes
 * uses banned calls. */
static bool is_harmless(const struct jpeg_error_mgr *m)
{
    static const char *const harmless[] = {"extraneous bytes", "Adobe color transform",
                                           "JFIF revision"};
    const char *text = m->msg_code > 0 && m->msg_code <= m->last_jpeg_message
                           ? m->jpeg_message_table[m->msg_code]
                           : "";
    for (size_t i = 0; i < sizeof harmless / sizeof *harmless; i++)
        if (strstr(text, harmless[i]))
            return true;
    return false;
}

/* A warning is a picture that is damaged or cut, with something made up in its place. */
static void on_message(j_common_ptr c, int level)
{
    if (level < 0 && !is_harmless(c->err))
        on_error(c);
}

static void on_output(j_common_ptr c)
{
    (void)c;
}

static void on_progress(j_common_ptr c)
{
    struct jpeg *j = c->client_data;
    if (j->in.input_scan_number <= MAX_SCANS)
        return;
    j->refused = true;
    err_set(j->e, ERR_DATA, j->name, _("the picture has more than %d scans"), MAX_SCANS);
    longjmp(j->back, 1);
}

/* ---- Exif: the orientation alone ---- */

static unsigned get16(const uint8_t *p, bool big)
{
    return big ? p[0] << 8 | p[1] : p[1] << 8 | p[0];
}

static uint32_t get32(const uint8_t *p, bool big)
{
    return big ? (uint32_t)get16(p, true) << 16 | get16(p + 2, true)
               : (uint32_t)get16(p + 2, false) << 16 | get16(p, false);
}

/* In a TIFF header with its first directory; 1 where there is none. */
static unsigned orientation_in(struct span tiff)
{
    enum { ENTRY = 12, TAG = 0x0112 };
    if (tiff.n < 8)
        return 1;
    bool big = tiff.p[0] == 'M';
    size_t at = get32(tiff.p + 4, big);
    if (at > tiff.n - 2)
        return 1;
    size_t n = get16(tiff.p + at, big);
    for (size_t i = 0; i < n && at + 2 + (i + 1) * ENTRY <= tiff.n; i++) {
        const uint8_t *entry = tiff.p + at + 2 + i * ENTRY;
        if (get16(entry, big) == TAG)
            return get16(entry + 8, big);
    }
    return 1;
}

static unsigned orientation_of(const struct jpeg *j)
{
    static const char exif[6] = "Exif\0";
    for (const struct jpeg_marker_struct *m = j->in.marker_list; m; m = m->next)
        if (m->data_length > sizeof exif && memcmp(m->data, exif, sizeof exif) == 0)
            return orientation_in(span_of(m->data + sizeof exif, m->data_length - sizeof exif));
    return 1;
}

/* ---- decoding ---- */

static int check_header(struct jpeg *j)
{
    j->refused = true;
    if (j->in.jpeg_color_space == JCS_CMYK || j->in.jpeg_color_space == JCS_YCCK ||
        j->in.num_components > 3) {
        err_set(j->e, ERR_DATA, j->name, _("a CMYK picture, made for printing"));
        return err_hint(j->e, _("save it as RGB"));
    }
    int r = picture_check_size(j->name, j->in.image_width, j->in.image_height, j->e);
    j->refused = r < 0;
    return r;
}

static void read_rows(struct jpeg *j)
{
    size_t stride = (size_t)j->in.output_width * (unsigned)j->in.output_components;
    while (j->in.output_scanline < j->in.output_height) {
        JSAMPROW row = j->out->byte + j->in.output_scanline * stride;
        jpeg_read_scanlines(&j->in, &row, 1);
    }
}

/* The one place where libjpeg may jump back. */
static int decode(struct jpeg *j)
{
    if (setjmp(j->back))
        return -1;
    jpeg_create_decompress(&j->in);
    j->in.client_data = j;
    j->in.mem->max_memory_to_use = MAX_MEMORY;
    j->in.progress = &j->progress;
    jpeg_mem_src(&j->in, j->data.p, j->data.n);
    jpeg_save_markers(&j->in, JPEG_APP0 + 1, MAX_EXIF);
    jpeg_read_header(&j->in, TRUE);
    if (check_header(j) < 0)
        return -1;
    j->in.out_color_space = j->in.num_components == 1 ? JCS_GRAYSCALE : JCS_RGB;
    j->in.dct_method = JDCT_ISLOW;
    jpeg_start_decompress(&j->in);
    *j->out = pixels_new((struct picture_size){j->in.output_width, j->in.output_height},
                         (unsigned)j->in.output_components);
    read_rows(j);
    unsigned orientation = orientation_of(j);
    jpeg_finish_decompress(&j->in);
    pixels_turn(j->out, orientation);
    return 0;
}

int pixels_from_jpeg(const char *name, struct span data, struct pixels *ret, struct err *e)
{
    struct jpeg j = {.name = name,
                     .data = data,
                     .out = ret,
                     .e = e,
                     .progress = {.progress_monitor = on_progress}};
    j.in.err = jpeg_std_error(&j.errors);
    j.errors.error_exit = on_error;
    j.errors.emit_message = on_message;
    j.errors.output_message = on_output;
    j.in.client_data = &j;
    int r = decode(&j);
    jpeg_destroy_decompress(&j.in);
    if (r < 0 && !j.refused)
        return err_set(e, ERR_DATA, name, _("the picture is damaged or cut short: %.150s"),
                       j.fault);
    return r < 0 ? -ERR_DATA : 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* An office file as the set of its parts: a ZIP in memory, read without trust and only where asked (ECMA-376
 * part 2, "Open Packaging Conventions"; ODF 1.3 part 2, "Packages"). Nothing is written to disk. A part that
 * no check reads costs nothing, whatever it claims to hold. */
#ifndef KAOCHANG_SCORING_PRACTICAL_PARTS_H
#define KAOCHANG_SCORING_PRACTICAL_PARTS_H

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"
#include "base/xml-tree.h"

/* Why a file could not be read, in err.code of everything under scoring/practical; the XML ones are those of
 * xml_tree_fault. */
enum practical_fault {
    FAULT_NOT_ZIP = 1,
    FAULT_TRUNCATED,
    FAULT_CORRUPT,     /* checksum, sizes or headers disagree, overlaps, a directory that lies */
    FAULT_UNSUPPORTED, /* packed in a way that no office program writes, several volumes */
    FAULT_TOO_BIG,
    FAULT_ENCRYPTED, /* a password: ZIP encryption, an OLE2 EncryptedPackage, ODF encryption-data */
    FAULT_UNSAFE_NAME,
    FAULT_WRONG_TYPE, /* another kind of file than its name says (.doc as .docx, no main part) */
    FAULT_LIMIT,
};
/* "NOT_ZIP", "XML_DTD", …: of a practical_fault or an xml_tree_fault; "ERROR" for another number. */
const char *practical_fault_name(int code);

/* Limits of one office file. */
enum {
    PARTS_MAX_FILE = 64 << 20,
    PARTS_MAX_ENTRIES = 10000,
    PARTS_MAX_PART = 32 << 20, /* of an XML part, inflated */
};

struct parts;

/* `name` stands in messages and is copied; `file` is borrowed until closed. Refused are: what is no ZIP or is
 * cut off, parts that overlap or have one name, names that are no path inside the file, and files with a
 * password. Parts are held against their own headers, sizes and checksums when they are read. */
MUST_CHECK int parts_open(struct parts **ret, const char *name, struct span file, struct err *e);
void parts_close(struct parts *p); /* NULL is fine */
const char *parts_name(const struct parts *p);
/* Names as in the directory, without a leading "/", compared without regard to ASCII case as OPC does. */
bool parts_has(const struct parts *p, const char *part);
size_t parts_count(const struct parts *p);
const char *parts_at(const struct parts *p, size_t i); /* in the directory's order */
/* Inflates one part. ERR_DATA, e->where "FILE/PART". */
MUST_CHECK int parts_read(struct parts *p, const char *part, size_t max, struct bytes *ret, struct err *e);
/* BLAKE2b-256 of a part's bytes, streamed: pictures are compared by it. */
MUST_CHECK int parts_hash(struct parts *p, const char *part, uint8_t ret[32], struct err *e);
/* Reads a part as XML with the namespaces below. options NULL: the defaults; its `ns` is filled in here, and
 * `alternates_ns`: of mc:AlternateContent a reader sees the Choice only (else the Fallback), as if it stood
 * there itself. The part is inflated piece by piece. A part that is not there is ERR_NO. */
MUST_CHECK int parts_tree(struct parts *p, const char *part, const struct xml_tree_options *options,
                          struct xml_tree **ret, struct err *e);

/* ---- OPC ---- */
struct parts_relationship {
    const char *id, *type; /* the type's last segment: "styles", "image", "hyperlink" */
    const char *target;    /* a part's name, resolved; or the address as written where external */
    bool external;
};
/* Relationships of a part ("" for the package), in document order, in the arena; none where there is no such
 * part. A target that climbs out of the package is left out. */
MUST_CHECK int parts_relationships(struct parts *p, const char *part, struct arena *a,
                                   struct parts_relationship **ret, size_t *ret_n, struct err *e);
/* The one of that id / the first of that type, or NULL. */
const struct parts_relationship *parts_by_id(const struct parts_relationship *r, size_t n, const char *id);
const struct parts_relationship *parts_by_type(const struct parts_relationship *r, size_t n,
                                               const char *type);
/* The main part, by the package's relationships ("content.xml" of OpenDocument); FAULT_WRONG_TYPE where there
 * is none or it is no such file. What its root element is, is for the reader to see. In the arena. */
MUST_CHECK int parts_main(struct parts *p, struct arena *a, const char **ret, struct err *e);

/* Of an OpenDocument file, its kind as `mimetype` has it: "text", "spreadsheet", "presentation", also
 * "text-template"; NULL for other files. In the arena. */
const char *parts_opendocument(struct parts *p, struct arena *a);
/* What [Content_Types].xml says of a part, or NULL. In the arena. */
MUST_CHECK int parts_content_type(struct parts *p, const char *part, struct arena *a, const char **ret,
                                  struct err *e);

/* Namespaces of office files; transitional and strict share a number. */
enum office_ns {
    NS_NONE,
    NS_W,   /* wordprocessingml */
    NS_S,   /* spreadsheetml */
    NS_P,   /* presentationml */
    NS_A,   /* drawingml main */
    NS_C,   /* drawingml chart */
    NS_R,   /* officeDocument relationships */
    NS_REL, /* package relationships */
    NS_WP,  /* wordprocessingDrawing */
    NS_XDR, /* spreadsheetDrawing */
    NS_PIC, /* drawingml picture */
    NS_MC,  /* markup compatibility */
    NS_V,   /* VML */
    NS_O,   /* office VML */
    NS_W14,
    NS_W15,
    NS_WPS,
    NS_WPG,
    NS_X14,
    NS_XM,
    NS_P14,
    NS_P15,
    NS_C16,
    NS_CX,
    NS_DGM,
    NS_CT, /* content types */
    NS_CP,
    NS_DC,
    NS_DCTERMS,
    NS_EP,  /* properties */
    NS_XML, /* xml:space */
    NS_M,   /* office math */
    /* ODF */
    NS_OFFICE,
    NS_STYLE,
    NS_TEXT,
    NS_TABLE,
    NS_DRAW,
    NS_FO,
    NS_SVG,
    NS_XLINK,
    NS_NUMBER,
    NS_CHART,
    NS_META,
    NS_PRESENTATION,
    NS_ANIM,
    NS_SMIL,
    NS_MANIFEST,
    NS_CONFIG,
    NS_FORM,
    NS_CALCEXT,
    NS_LOEXT,
    NS_DR3D,
    NS_SCRIPT,
};

/* All of them: for xml_tree_read of an office file that is one XML document. */
extern const struct xml_tree_namespace office_namespaces[];

#endif

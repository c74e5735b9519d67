#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""peer.py FILE…: what `bench-practical read` does, as a plain program with python-docx and openpyxl does it: each body paragraph with its
alignment, each run's text, font, size and weight, from the run or else the style and those that it is based on (remembered for each
style); each cell's value or formula and its format, in one pass. Only the library that a file needs is loaded."""
import sys
import time


def of_style(style, remembered):
    """(font, size, bold, alignment) of a paragraph style with what it is based on."""
    key = style.style_id
    if key not in remembered:
        found = [None] * 4
        while style is not None:
            told = style.font.name, style.font.size, style.font.bold, style.paragraph_format.alignment
            found = [own if own is not None else inherited for own, inherited in zip(found, told)]
            style = style.base_style
        remembered[key] = found
    return remembered[key]


def read_docx(path, seen):
    import docx
    document, remembered = docx.Document(path), {}
    for p in document.paragraphs:
        font, size, bold, align = of_style(p.style, remembered)
        align = p.alignment if p.alignment is not None else align
        seen['paragraphs'] += 1
        for r in p.runs:
            of_run = r.font
            seen['characters'] += len(r.text.encode())
            resolved = (of_run.name or font, of_run.size or size, of_run.bold if of_run.bold is not None else bold)
            seen['runs'] += len(resolved) == 3


def read_xlsx(path, seen):
    import openpyxl
    for sheet in openpyxl.load_workbook(path):
        for row in sheet.iter_rows():
            for cell in row:
                value, shown_as = cell.value, cell.number_format
                if value is None or not shown_as:
                    continue
                seen['cells'] += 1
                if cell.data_type == 'f':
                    seen['formulas'] += 1
                elif isinstance(value, str):
                    seen['characters'] += len(value.encode())


def main():
    seen = dict.fromkeys(('paragraphs', 'runs', 'cells', 'formulas', 'characters'), 0)
    for path in sys.argv[1:]:
        (read_xlsx if path.endswith('.xlsx') else read_docx)(path, seen)
    for name, value in seen.items():
        print(name, value)
    print('cpu_s', time.process_time())


if __name__ == '__main__':
    main()

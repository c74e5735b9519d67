#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""generate.py DIR [--variants N]: office files for bench/practical/measure.py, made with python-docx and openpyxl, presentations and pages
by hand: small/N/{notice.docx,score.xlsx,course.pptx,index.html} as candidates hand them in, start/ as they were given, and in large/ a
document of 25,000 paragraphs, a sheet of 500,000 cells, and documents that are mostly one picture."""
import argparse
import os
import random
import re
import shutil
import zipfile

import docx
import openpyxl
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from openpyxl.chart import BarChart, Reference
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

TEXT = ('为进一步提高教师的信息技术应用能力，学校定于下月举办培训。', '请各年级组安排好教学工作，按时参加。', '培训内容包括文字处理、电子表格和演示文稿。',
        '参加人员请自带教材，遵守机房的规定。', '考核合格者由教育局颁发证书。')
NAMES = '王李张刘陈杨赵黄周吴'
OOXML = 'http://schemas.openxmlformats.org/'
OFFICE = OOXML + 'officeDocument/2006/relationships'


def new_document():
    """python-docx's own template without its hundred styles of tables, and what comes beside them: no office program writes as many."""
    d = docx.Document()
    styles = d.styles.element
    for style in styles.findall(qn('w:style')):
        if style.get(qn('w:type')) == 'table' and style.get(qn('w:styleId')) not in ('TableNormal', 'TableGrid'):
            styles.remove(style)
    for relations in (d.part.rels, d.part.package.rels):
        for key in [key for key, r in relations.items() if r.reltype.endswith(('stylesWithEffects', 'thumbnail'))]:
            del relations[key]
    return d


def run(paragraph, text, font, size, bold=False, color=None):
    r = paragraph.add_run(text)
    r.font.name, r.font.size, r.font.bold = 'Times New Roman', Pt(size), bold
    r._r.rPr.rFonts.set(qn('w:eastAsia'), font)
    if color:
        r.font.color.rgb = RGBColor.from_string(color)


def notice(path, k, paragraphs=24):
    """k is None as it is given: the text without any formats."""
    d, chance = new_document(), random.Random(k)
    title = d.add_paragraph()
    if k is None:
        title.add_run('关于开展教师培训的通知')
    else:
        run(title, '关于开展教师培训的通知', '黑体', (16, 18, 22)[k % 3], k % 4 > 0, 'FF0000' if k % 2 else None)
        title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for i in range(paragraphs):
        p = d.add_paragraph(style='Heading 2' if i % 8 == 0 else None)
        words = f'{i}. ' + TEXT[i % len(TEXT)]
        if k is None or i % 8 == 0:
            p.add_run(words)
            continue
        run(p, words[:14], '宋体', 12)
        run(p, words[14:], ('宋体', '楷体')[chance.randrange(2)], 12, chance.randrange(3) == 0)
        p.paragraph_format.line_spacing = 1.5
        p.paragraph_format.first_line_indent = Pt(24)
    table = d.add_table(rows=4, cols=3, style='Table Grid')
    for i, row in enumerate(table.rows):
        for j, cell in enumerate(row.cells):
            cell.text = f'{i} 组 {j}'
    section = d.sections[0]
    if k is not None:
        section.left_margin, section.right_margin = Cm(3), Cm(2)
        section.header.paragraphs[0].text = '教师计算机等级考试'
    d.save(path)


def score(path, k, rows=40):
    w = openpyxl.Workbook()
    s, chance = w.active, random.Random(k)
    s.title = '成绩表'
    s.append(['成绩统计表'])
    s.append(['学号', '姓名', '语文', '数学', '英语', '总分', '等第'])
    for i in range(rows):
        r = i + 3
        s.append([f'2026{i:03}', NAMES[i % 10] + NAMES[i // 10 % 10], *(chance.randrange(40, 101) for _ in range(3)),
                  *([] if k is None else [f'=SUM(C{r}:E{r})', f'=IF(F{r}>=180,"合格","不合格")'])])
    if k is not None:
        dress(w, s, k, rows)
    w.create_sheet('汇总')
    w.save(path)


def dress(w, s, k, rows):
    last, thin = rows + 2, Side(style='thin')
    s.append(['平均', None, *(f'=AVERAGE({c}3:{c}{last})' for c in 'CDEF')])
    s.merge_cells('A1:G1')
    s['A1'].font, s['A1'].alignment = Font(name='黑体', size=16, bold=k % 4 > 0), Alignment(horizontal='center')
    for row in s.iter_rows(min_row=2, max_row=last + 1):
        for cell in row:
            cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
            if cell.row == 2:
                cell.fill = PatternFill('solid', fgColor='FFFF00')
            elif cell.row > last:
                cell.number_format = '0.00'
    s.freeze_panes, s.auto_filter.ref = 'A3', f'A2:G{last}'
    s.conditional_formatting.add(f'C3:E{last}', CellIsRule(operator='lessThan', formula=['60'], font=Font(color='FF0000')))
    chart = BarChart()
    chart.title = '成绩对比'
    chart.add_data(Reference(s, min_col=3, max_col=4, min_row=2, max_row=last), titles_from_data=True)
    chart.set_categories(Reference(s, min_col=2, min_row=3, max_row=last))
    s.add_chart(chart, 'I2')
    s.column_dimensions['B'].width = 14


# ---- presentations: one master, eleven layouts, as many slides as asked ----
SPACES = f'xmlns:a="{OOXML}drawingml/2006/main" xmlns:r="{OFFICE}" xmlns:p="{OOXML}presentationml/2006/main"'
GROUP = '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'
LAYOUTS = 'title obj secHead twoObj twoTxTwoObj titleOnly blank objTx picTx vertTx vertTitleAndTx'.split()
LEVELS = ''.join(f'<a:lvl{n}pPr algn="l"><a:buChar char="•"/><a:defRPr sz="{3600 - 400 * n}"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill>'
                 f'<a:latin typeface="+mn-lt"/><a:ea typeface="+mn-ea"/></a:defRPr></a:lvl{n}pPr>' for n in range(1, 6))


def shape(number, kind, text, size=0, bold=False):
    index = ' idx="1"' if kind == 'body' else ''
    properties = f'<a:rPr lang="zh-CN" sz="{size}" b="{int(bold)}"/>' if size else '<a:rPr lang="zh-CN"/>'
    lines = ''.join(f'<a:p><a:r>{properties}<a:t>{line}</a:t></a:r></a:p>' for line in text)
    return (f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{kind} {number}"/><p:cNvSpPr/><p:nvPr><p:ph type="{kind}"{index}/></p:nvPr>'
            f'</p:nvSpPr><p:spPr><a:xfrm><a:off x="838200" y="{number * 365125}"/>'
            f'<a:ext cx="10515600" cy="1325563"/></a:xfrm></p:spPr><p:txBody><a:bodyPr/><a:lstStyle/>{lines}</p:txBody></p:sp>')


def page(kind, inside, after='', attributes=''):
    return f'<p:{kind} {SPACES}{attributes}><p:cSld><p:spTree>{GROUP}{inside}</p:spTree></p:cSld>{after}</p:{kind}>'


def relations(*target):
    return (f'<Relationships xmlns="{OOXML}package/2006/relationships">' +
            ''.join(f'<Relationship Id="rId{i}" Type="{OFFICE}/{kind}" Target="{to}"/>' for i, (kind, to) in enumerate(target, 1)) +
            '</Relationships>')


def course(path, k, theme, slides=6):
    ids = ''.join(f'<p:sldId id="{256 + i}" r:id="rId{i + 3}"/>' for i in range(slides))
    part = {
        '_rels/.rels': relations(('officeDocument', 'ppt/presentation.xml')),
        'ppt/presentation.xml': f'<p:presentation {SPACES}><p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="rId1"/></p:sldMasterIdLst>'
                                f'<p:sldIdLst>{ids}</p:sldIdLst><p:sldSz cx="12192000" cy="6858000"/></p:presentation>',
        'ppt/_rels/presentation.xml.rels': relations(('slideMaster', 'slideMasters/slideMaster1.xml'), ('theme', 'theme/theme1.xml'),
                                                     *(('slide', f'slides/slide{i + 1}.xml') for i in range(slides))),
        'ppt/theme/theme1.xml': theme,
        'ppt/slideMasters/slideMaster1.xml': page(
            'sldMaster', shape(2, 'title', ['标题']) + shape(3, 'body', ['正文']),
            '<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" accent4="accent4" '
            'accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/>'
            f'<p:txStyles><p:titleStyle>{LEVELS}</p:titleStyle><p:bodyStyle>{LEVELS}</p:bodyStyle></p:txStyles>'),
        'ppt/slideMasters/_rels/slideMaster1.xml.rels': relations(('theme', '../theme/theme1.xml'), *(
            ('slideLayout', f'../slideLayouts/slideLayout{i + 1}.xml') for i in range(len(LAYOUTS)))),
    }
    for i, kind in enumerate(LAYOUTS, 1):
        part[f'ppt/slideLayouts/slideLayout{i}.xml'] = page('sldLayout', shape(2, 'title', ['标题']) + shape(3, 'body', ['正文']),
                                                            attributes=f' type="{kind}"')
        part[f'ppt/slideLayouts/_rels/slideLayout{i}.xml.rels'] = relations(('slideMaster', '../slideMasters/slideMaster1.xml'))
    for i in range(slides):
        lines = TEXT if k is None else TEXT[:3 + k % 3]
        part[f'ppt/slides/slide{i + 1}.xml'] = page(
            'sld', shape(2, 'title', [f'第{i + 1}讲'], 4400 if k else 0) + shape(3, 'body', lines, 2800 if k else 0, bool(k) and k % 2 == 0),
            '' if k is None else '<p:transition spd="slow"><p:fade/></p:transition>')
        part[f'ppt/slides/_rels/slide{i + 1}.xml.rels'] = relations(('slideLayout', f'../slideLayouts/slideLayout{1 + i % 3}.xml'))
    types = ''.join(f'<Override PartName="/{name}" ContentType="application/vnd.openxmlformats-officedocument.presentationml.'
                    f'{re.search("([A-Za-z]+)[0-9]*.xml$", name)[1]}+xml"/>' for name in part if '/_rels/' not in name and name[0] == 'p')
    part['[Content_Types].xml'] = (f'<Types xmlns="{OOXML}package/2006/content-types"><Default Extension="rels" ContentType='
                                   f'"application/vnd.openxmlformats-package.relationships+xml"/>{types}</Types>')
    with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as z:
        for name, text in part.items():
            z.writestr(name, text)


def web_page(path, k):
    rows = ''.join(f'<tr><td>{i}</td><td><a href="p{i}.html">{TEXT[i % 5]}</a></td></tr>' for i in range(20))
    style = '' if k is None else f'<style>h1 {{color: red; text-align: center}} td {{font-size: {12 + k % 3}px}}</style>'
    title = '' if k is None else '<title>我的学校</title>'
    with open(path, 'w', encoding='utf-8') as f:
        f.write(f'<!DOCTYPE html><html><head><meta charset="utf-8">{title}{style}</head><body><h1>我的学校</h1>'
                f'<p>{"".join(TEXT)}</p><table border="1">{rows}</table></body></html>')


def folder(path, k, theme):
    os.makedirs(path)
    notice(os.path.join(path, 'notice.docx'), k)
    score(os.path.join(path, 'score.xlsx'), k)
    course(os.path.join(path, 'course.pptx'), k, theme)
    web_page(os.path.join(path, 'index.html'), k)


def large_sheet(path):
    w = openpyxl.Workbook(write_only=True)
    s = w.create_sheet('数据')
    for i in range(50000):
        s.append([i, f'姓名{i % 5000}', i % 101, i * 0.25, f'=C{i + 1}*2', True, '合格' if i % 3 else '不合格', 7, 8, i % 10])
    w.save(path)


def with_picture(source, path, size, method):
    shutil.copy(source, path)
    with zipfile.ZipFile(path, 'a', method) as z:
        z.writestr('word/media/image9.png', random.Random(1).randbytes(size) if method == zipfile.ZIP_STORED else bytes(size))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('dir')
    parser.add_argument('--variants', type=int, default=40)
    options = parser.parse_args()
    with zipfile.ZipFile(os.path.join(os.path.dirname(docx.__file__), 'templates', 'default.docx')) as z:
        theme = z.read('word/theme/theme1.xml').decode()
    folder(os.path.join(options.dir, 'start'), None, theme)
    for k in range(options.variants):
        folder(os.path.join(options.dir, 'small', str(k)), k, theme)
    large = os.path.join(options.dir, 'large')
    os.makedirs(large)
    first = os.path.join(options.dir, 'small', '0', 'notice.docx')
    notice(os.path.join(large, 'paragraphs-2500.docx'), 1, 2500)
    score(os.path.join(large, 'rows-2500.xlsx'), 1, 2500)
    notice(os.path.join(large, 'paragraphs-25000.docx'), 1, 25000)
    large_sheet(os.path.join(large, 'cells-500000.xlsx'))
    with_picture(first, os.path.join(large, 'picture-60M.docx'), 60 << 20, zipfile.ZIP_STORED)
    with_picture(first, os.path.join(large, 'zeros-280M.docx'), 280 << 20, zipfile.ZIP_DEFLATED)


if __name__ == '__main__':
    main()

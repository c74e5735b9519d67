#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""generate.py COUNT DIR: a content package with COUNT made-up items, the same ones each time: single choice and fill-in with
Chinese texts of usual length, every fiftieth a near-duplicate of an earlier one."""
import os
import random
import sys

THINGS = '文件夹 操作系统 网页浏览器 数据库 表格 函数 单元格 段落 幻灯片 路由器 防火墙 病毒 备份 密码 域名 协议 打印机 显示器 内存 硬盘 ' \
    '处理器 程序 变量 循环 数组 排序算法 压缩包 快捷方式 剪贴板 邮件附件'.split()
VERBS = '复制 移动 重命名 删除 恢复 打开 保存 打印 插入 合并 拆分 筛选 排序 汇总 加密 压缩 连接 配置 安装 卸载'.split()
PLACES = '学校机房 办公室 图书馆 实验室 家庭网络 教务系统 资源管理器 控制面板 任务栏 桌面'.split()
ENDS = '下列说法正确的是 应当采用的方法是 最合适的操作是 首先要做的是 产生这种现象的原因是'.split()
LEVELS = 'remember understand apply analyse'.split()

ITEM = '''<?xml version="1.0" encoding="UTF-8"?>
<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2" identifier="{id}" title="{title}" adaptive="false" timeDependent="false">
  <responseDeclaration identifier="RESPONSE" cardinality="single" baseType="identifier">
    <correctResponse><value>{key}</value></correctResponse>
  </responseDeclaration>
  <outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>
  <itemBody>
    <p>{stem}</p>
    <choiceInteraction responseIdentifier="RESPONSE" shuffle="true" maxChoices="1">
{choices}
    </choiceInteraction>
  </itemBody>
  <responseProcessing template="http://www.imsglobal.org/question/qti_v2p2/rptemplates/match_correct"/>
  <modalFeedback outcomeIdentifier="SCORE" identifier="why" showHide="show"><p>{why}</p></modalFeedback>
</assessmentItem>
'''


def phrase(r):
    return f'{r.choice(VERBS)}{r.choice(THINGS)}后再{r.choice(VERBS)}{r.choice(PLACES)}中的{r.choice(THINGS)}'


def make(number):
    twin = number - 49 if number % 50 == 49 else number
    r = random.Random(twin)
    person = r.randrange(10000)
    stem = f'某考生在{r.choice(PLACES)}中需要{r.choice(VERBS)}编号为{person}的{r.choice(THINGS)}，已知{phrase(r)}，' \
        f'并且{phrase(r)}。{r.choice(ENDS)}（　）'
    choices = [phrase(r) for _ in range(4)]
    if twin != number:
        stem = stem.replace('某考生', '有一位考生')
    key = r.choice('ABCD')
    lines = '\n'.join(f'      <simpleChoice identifier="{name}">{text}</simpleChoice>' for name, text in zip('ABCD', choices))
    return ITEM.format(id=f'b{number:06d}', title=f'{r.choice(THINGS)}的{r.choice(VERBS)}', key=key, stem=stem, choices=lines,
                       why=f'因为{phrase(r)}，所以选 {key}。')


def main():
    count, folder = int(sys.argv[1]), sys.argv[2]
    r = random.Random(0)
    with_points = ''.join(f'<kc:knowledgePoint code="{a}" title="{THINGS[a]}"/>\n' + ''.join(
        f'<kc:knowledgePoint code="{a}.{b}" title="{VERBS[b]}"/>\n' for b in range(1, 10)) for a in range(1, 10))
    with open(os.path.join(folder, 'imsmanifest.xml'), 'w', encoding='utf-8') as m:
        m.write('<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:kc="urn:kaochang:metadata:1" identifier="bench">\n'
                f'<metadata><kc:knowledgePoints>\n{with_points}</kc:knowledgePoints></metadata>\n<organizations/>\n<resources>\n')
        for number in range(count):
            href = f'items/{number // 1000:03d}/b{number:06d}.xml'
            path = os.path.join(folder, href)
            if number % 1000 == 0:
                os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, 'w', encoding='utf-8') as f:
                f.write(make(number))
            m.write(f'<resource identifier="RES-b{number:06d}" type="imsqti_item_xmlv2p2" href="{href}"><metadata><kc:item '
                    f'knowledgePoint="{r.randrange(1, 10)}.{r.randrange(1, 10)}" cognitiveLevel="{r.choice(LEVELS)}" '
                    f'facility="0.{r.randrange(20, 95)}" points="2" expectedTime="{r.randrange(30, 120)}"/></metadata>'
                    f'<file href="{href}"/></resource>\n')
        m.write('</resources></manifest>\n')


main()

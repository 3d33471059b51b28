"""Addressees (主送机关, GB/T 9704-2012 7.3.2): the line under the title that ends with a colon."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from normtool.document import Text
from normtool.grammar.numbering import label_at
from normtool.lazyre import lazy
from normtool.model import Span

if TYPE_CHECKING:
    from normtool.structure.lines import Line

_PERSONS = r"(?:代表|委员)(?:们)?"
_END = (
    r"(?:单位|组织|机关|个人|各界|权人|法人|人士|家长|师生|业主|员工|干部|学生|考生|供应商|支部|部门|机构|企业|代表|委员|同志|同志们|先生|女士|市民|网友|人|户|者|院校|高校|学校|医院|团队|商户|居民|朋友|公民|群众|纳税人|会员|党派|团体|党委|"
    r"局|厅|部|委|办|院|署|会|府|处|司|科|所|站|室|中心|公司|集团|银行|行|社|团|联|台|馆|队|组|街道|镇|乡|县|市|区|州|盟|旗|省|兵团|妇联|残联|工会|军区|海关|园|基地|协会|大学|学院|系统|律师|工委|中央|国务院|平台|村|社区|军|厂|场|店|库|所属|局属|委属|直属)"
)
_PIECE = lazy(rf"[^，。；：:《》！？|]{{1,120}}?{_END}(?:（[^（）]{{1,60}}）|\([^()]{{1,60}}\))?")
_NOT = lazy(
    r"如下|为了|为进一步|根据|按照|经研究|现将|现就|特制定|决定|规定|要求|注意|说明|目的|包括|分别|内容|通知$|意见$|制定本|附件|抄送|联系|电话|地址|注$|其中|时间|地点|来源|日期|名称|标准|对象$|条件|材料|名单|范围|主持|出席|责任单位|牵头单位|主办单位|承办单位|配合单位|发文|发布|单位名称|答复单位|签发|责任部门|责任人|联络|落款|咨询|审核|编辑"
)
_PERSON_LINE = lazy(rf"(?:尊敬的?)?[^。；：:《》！？|\d]{{2,60}}?(?:等\s*[\d一二三四五六七八九十两]*\s*(?:位|名)?\s*)?(?:人大|政协|省|市|区|县)?{_PERSONS}")
_EVERY = lazy("各|全国|全省|全市|全县|全区|有关|相关|尊敬的|亲爱的")
_MAX_LINE = 400
_MAX_RUN_IN = 80
_MAX_PIECE = 40


def recipients_of(line: Line) -> tuple[tuple[Text, ...], int] | None:
    """Read an addressee line; give the addressees and where the line's text goes on (its end, mostly), or None.

    Takes ``各区县人民政府，市政府各部门：``, ``张某代表：``, a person's name and title without a colon (``张某代表``), and an addressee
    run into the paragraph (``某委员：您提出的…``). Does not act on hooks (``现将有关事项通知如下：``) and on labels.
    """
    text = line.text
    if len(text) > _MAX_LINE and "：" not in text[:_MAX_RUN_IN]:
        return None
    if text[-1] in "：:" and _are_recipients(text[:-1]):
        return _split(line, 0, len(text) - 1), line.end
    if _PERSON_LINE.fullmatch(text):
        return _split(line, 0, len(text)), line.end
    colon = text.find("：", 0, _MAX_RUN_IN)
    if colon > 0 and colon < len(text) - 1 and _are_recipients(text[:colon]) and text[colon + 1] not in "0123456789" and "。" in text:
        return _split(line, 0, colon), line.start + colon + 1
    return None


@cache
def _label_like(text: str) -> bool:
    return label_at(text) is not None


def _are_recipients(text: str) -> bool:
    if _NOT.search(text) or "。" in text or "《" in text or _label_like(text[:8]):
        return False
    pieces = [piece.strip() for piece in _pieces(text)]
    return all(_PIECE.fullmatch(piece) or (_EVERY.match(piece) and len(piece) <= _MAX_PIECE) for piece in pieces if piece)


def _pieces(text: str) -> list[str]:
    """Cut at commas outside brackets."""
    out = []
    depth = start = 0
    for match in re.finditer("[（(]|[）)]|[，；,;]", text):
        mark = match.group()
        if mark in "（(":
            depth += 1
        elif mark in "）)":
            depth -= 1
        elif depth <= 0:
            out.append(text[start : match.start()])
            start = match.end()
    out.append(text[start:])
    return out


def _split(line: Line, start: int, end: int) -> tuple[Text, ...]:
    out = []
    at = start
    for piece in _pieces(line.text[start:end]):
        bare = piece.strip()
        if bare:
            place = line.start + at + piece.index(bare[0])
            out.append(Text(bare, Span(place, place + len(bare))))
        at += len(piece) + 1
    return tuple(out)

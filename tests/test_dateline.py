"""The day that a portal's dateline states: the line goes, and the JSON document keeps the day."""

import pytest

import normtool

TITLE = "云岭县水务局关于做好防汛工作的通知\n"
BODY = "各乡镇人民政府：\n请遵照执行。\n云岭县水务局\n2023年7月1日\n"
TABLE = "索引号：009988776/2023-00107\n发布机构：县水务局\n发文字号：云水〔2023〕7号\n"


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("", None),
        ("来源：县水务局 浏览次数：12", None),
        ("更新日期：2023-07-09 浏览次数：12", None),
        ("发布时间：2023-07-05 浏览次数：12\n发布时间：2023-07-06 阅读：3", None),
        ("发布时间：2023-07-05 10:00 来源：云岭县水务局", "2023-07-05"),
        ("发布日期：2023年7月5日 浏览次数：123", "2023-07-05"),
        ("2023-07-05 09:00:00 来源：县水务局", "2023-07-05"),
        ("日期：2023-07-05 浏览次数：12 字号：[ 大 中 小 ]", "2023-07-05"),
    ],
)
def test_the_day_of_a_deleted_dateline(line, day):
    text = f"{TITLE}{line}\n{BODY}"
    assert "浏览" not in normtool.normalize(text)
    assert normtool.parse(text).get("metadata", {}).get("date_published") == day


def test_the_table_goes_before_the_dateline():
    text = f"{TABLE}发布日期：2023-07-04\n\n{TITLE}发布时间：2023-07-05 10:00 浏览次数：1\n{BODY}"
    metadata = normtool.parse(text)["metadata"]
    assert (metadata["date_published"], metadata["publisher"]) == ("2023-07-04", "县水务局")


def test_a_table_without_the_day_gets_it():
    text = f"{TABLE}\n{TITLE}发布时间：2023-07-05 10:00 浏览次数：1\n{BODY}"
    metadata = normtool.parse(text)["metadata"]
    assert (metadata["date_published"], metadata["document_number"]) == ("2023-07-05", "云水〔2023〕7号")

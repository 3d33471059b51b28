"""The decision about a file's bytes: encoding, verdict, broken places; and the rules ENC001 to ENC009."""

import random
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normtool.catalog import data_bytes, data_file
from normtool.checks.encoding import encoding_findings
from normtool.decode import decode, reported_encoding, sniff
from normtool.decode.charsets import decode_strict
from normtool.decode.likelihood import declared_encoding
from normtool.model import Decoded, NormtoolError
from normtool.rulebook import RULES

TABLE = tomllib.loads((Path(__file__).parent / "cases" / "decode.toml").read_text("utf-8"))
NAMES = [case["name"] for case in TABLE["case"]]

# invented, of the words that official documents are made of
SIMPLIFIED = (
    "各区科技局要高度重视实验室开放工作，统筹安排人员和经费，明确时间节点，确保按期完成任务。\n"
    "（一）公布名单。市科学技术局于每年六月底前公布开放实验室名单，并在门户网站发布预约办法。\n"
    "（二）接受预约。学校、企业和社会组织均可提出申请，实验室应当在五个工作日内答复申请人。\n"
    "三、做好宣传。充分利用广播、电视、报刊和网络等媒体，介绍开放实验室的典型经验和主要做法。\n"
    "四、加强检查。对开放不力、管理混乱的单位，给予通报批评，并取消下一年度的经费补助资格。\n"
    "本通知自发布之日起施行，有效期三年。执行中遇到的问题，请及时向市科学技术局反映。\n"
)
TRADITIONAL = (
    "各區科技局要高度重視實驗室開放工作，統籌安排人員和經費，明確時間節點，確保按期完成任務。\n"
    "（一）公布名單。市科學技術局於每年六月底前公布開放實驗室名單，並在入口網站發布預約辦法。\n"
    "（二）接受預約。學校、企業和社會組織均可提出申請，實驗室應當在五個工作日內答覆申請人。\n"
)
CODECS = [
    ("gb18030", "gb18030", SIMPLIFIED),
    ("gb18030", "gb18030", TRADITIONAL),
    ("big5hkscs", "big5hkscs", TRADITIONAL),
    ("utf-8", "utf-8", SIMPLIFIED),
    ("utf-16-le", "utf-16-le", SIMPLIFIED),
    ("utf-16-be", "utf-16-be", TRADITIONAL),
]
NEAR = 4


def content(case):
    data = bytes.fromhex(case["hex"]) if "hex" in case else case["text"].encode(case["codec"])
    return data * case.get("repeat", 1) + case.get("then", "").encode(case.get("then_codec", "ascii"))


def expected_text(case):
    if "reads" in case or not case["encoding"]:
        return case.get("reads", "")
    return case["text"] * case.get("repeat", 1) + case.get("then", "")


def decodes(data, codec):
    try:
        decode_strict(data, codec)
    except UnicodeDecodeError:
        return False
    return True


@pytest.mark.parametrize("case", TABLE["case"], ids=NAMES)
def test_case(case):
    decoded = decode(content(case))
    assert (reported_encoding(decoded) or "", decoded.verdict) == (case["encoding"], case["verdict"])
    assert decoded.text == expected_text(case)
    assert [[*p.location, p.offset, p.raw.hex().upper()] for p in decoded.damage] == case.get("damage", [])
    assert [[p.encoding, p.first_line, p.last_line] for p in decoded.parts] == case.get("parts", [])
    assert bool(decoded.message) == (decoded.verdict != "ok")


@pytest.mark.parametrize("case", TABLE["forced"], ids=lambda case: case["name"])
def test_forced_label(case):
    decoded = decode(bytes.fromhex(case["hex"]), encoding=case["label"])
    assert (decoded.text, decoded.verdict) == (case["reads"], "ok")


def test_names_are_told_apart():
    assert len(set(NAMES)) == len(NAMES)


def test_unknown_label_names_the_known_ones():
    with pytest.raises(NormtoolError, match=r"encoding klingon is unknown; known are utf-8, gb18030"):
        decode(b"", encoding="klingon")


def test_forced_label_on_other_bytes_needs_allow_lossy():
    data = SIMPLIFIED.encode("gb18030")
    assert decode(data, encoding="utf-8").encoding is None
    assert decode(data, encoding="utf-8", allow_lossy=True).verdict == "damaged"


@pytest.mark.parametrize("label", ["big5", "gb18030"])
def test_declaration_decides_only_between_equals(label):
    assert declared_encoding(f'<meta http-equiv="Content-Type" content="text/html; charset={label}">'.encode()) == {
        "big5": "big5hkscs"
    }.get(label, label)
    assert declared_encoding(f'<?xml version="1.0" encoding="{label}"?>'.encode()) == {"big5": "big5hkscs"}.get(label, label)
    assert declared_encoding(b'<meta charset="klingon">') is None
    lying = f'<meta charset="{label}">'.encode() + (TRADITIONAL if label == "gb18030" else SIMPLIFIED).encode(
        "big5hkscs" if label == "gb18030" else "gb18030"
    )
    assert decode(lying).encoding != {"big5": "big5hkscs"}.get(label, label)


@pytest.mark.parametrize(("codec", "name", "source"), CODECS)
def test_every_slice_of_16_characters_is_read(codec, name, source):
    for start in range(len(source) - 16):
        text = source[start : start + 16]
        decoded = decode(text.encode(codec))
        assert (decoded.text, decoded.encoding) == (text, name)


@pytest.mark.parametrize(
    ("codec", "source"), [("gb18030", SIMPLIFIED), ("big5hkscs", TRADITIONAL), ("utf-8", SIMPLIFIED), ("utf-16-le", SIMPLIFIED)]
)
@pytest.mark.parametrize("kind", ["lost", "foreign", "added", "nul", "cut"])
def test_broken_byte_is_found(codec, source, kind):
    dice = random.Random(codec + kind)
    data = source.encode(codec)
    noticed = near = 0
    for _ in range(25):
        at = dice.choice([k for k in range(40, len(data) - 40) if data[k] > 0x7F])
        broken = {
            "lost": data[:at] + data[at + 1 :],
            "foreign": data[:at] + b"\xff" + data[at + 1 :],
            "added": data[:at] + bytes([dice.randrange(0x81, 0xFE)]) + data[at:],
            "nul": data[:at] + b"\0" + data[at + 1 :],
            "cut": data[:at],
        }[kind]
        decoded = decode(broken)
        assert decoded.encoding == codec
        if not decodes(broken, codec):
            noticed += 1
            near += any(p.offset - NEAR <= at <= p.offset + len(p.raw) - 1 + NEAR for p in decoded.damage)
            assert decoded.verdict == "damaged"
            assert decoded.text.count("\ufffd") == len(decoded.damage)
            for place in decoded.damage:
                assert broken[place.offset : place.offset + len(place.raw)] == place.raw
    assert near == noticed


def test_lost_bytes_that_strict_decoding_misses():
    data = SIMPLIFIED.encode("gb18030")
    missed = found = 0
    for first in range(20, len(data) - 60, 7):
        second = first + 16
        broken = data[:first] + data[first + 1 : second] + data[second + 1 :]
        if min(data[first], data[second]) < 0x80 or not decodes(broken, "gb18030"):
            continue
        decoded = decode(broken)
        missed += 1
        found += decoded.verdict == "damaged"
        assert all(first - NEAR <= place.offset <= second + NEAR for place in decoded.damage)
    assert found >= missed // 10 > 0


@pytest.mark.parametrize(
    ("look", "data", "found"),
    [
        (sniff.has_wide_characters, "a" * 200 + "水利工", False),
        (sniff.has_wide_characters, "水利工" + "a" * 200, False),
        (sniff.has_wide_characters, "a" * 200 + "水利工程", True),
        (sniff.has_wide_characters, "水利工程" + "a" * 200, True),
        (sniff.has_many_letters, "абвгдеабв", False),
        (sniff.has_many_letters, "абвгдабвгд", False),
        (sniff.has_many_letters, "абвгдеабвг", True),
        (sniff.has_many_controls, b"a" * 99 + b"\x02", False),
        (sniff.has_many_controls, b"a" * 98 + b"\x02", True),
        (sniff.has_many_controls, b"\t\r\n\x0c\0", False),
        (sniff.is_no_text, "水" * 9 + "\ue000", False),
        (sniff.is_no_text, "水" * 8 + "\ue000", True),
        (sniff.is_binary, b"MZ\r\n\0", False),
        (sniff.is_binary, b"MZ" + b"a" * 61 + b"\0", False),
        (sniff.is_binary, b"MZ" + b"a" * 60 + b"\0", True),
        (sniff.is_binary, b"RIFF\0\0\0\0LIST", False),
        (sniff.is_binary, b"RIFF\0\0\0\0WAVEfmt ", True),
        (sniff.is_binary, b"\0a\0", False),
        (sniff.is_binary, b"\0\0\0", True),
        (sniff.is_binary, b"", False),
    ],
)
def test_the_first_look(look, data, found):
    assert look(data) is found


@pytest.mark.parametrize(
    ("size", "broken", "read"), [(200, 3, False), (299, 3, False), (300, 3, True), (200, 2, True), (30, 2, True)]
)
def test_a_forced_encoding_bears_two_broken_places_or_one_in_a_hundred_bytes(size, broken, read):
    data = b"a\xff" * broken + b"a" * (size - 2 * broken)
    decoded = decode(data, encoding="utf-8")
    assert (decoded.verdict, len(decoded.damage)) == (("damaged", broken) if read else ("foreign", 0))
    assert len(decode(data, encoding="utf-8", allow_lossy=True).damage) == broken


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b""])
@pytest.mark.parametrize(("end", "style"), [("\n", "lf"), ("\r\n", "crlf"), ("\r", "cr")])
def test_mark_and_line_ends(mark, end, style):
    decoded = decode(mark + SIMPLIFIED.replace("\n", end).encode())
    assert (decoded.bom, decoded.newline, decoded.text[0]) == (bool(mark), style, "各")


@given(st.binary(max_size=400))
def test_no_bytes_raise(data):
    decoded = decode(data)
    assert (decoded.encoding is None) <= (decoded.text == "")
    encoding_findings(decoded)


@given(st.sampled_from(["utf-8", "gbk", "big5", "utf-16", "hz"]), st.binary(max_size=100))
def test_no_forced_bytes_raise(label, data):
    encoding_findings(decode(data, encoding=label, allow_lossy=True))


@given(
    st.text(alphabet=st.characters(exclude_categories=("Cs", "Co", "Cn", "Cc")), max_size=60).map(
        lambda text: SIMPLIFIED[:20] + text
    )
)
def test_utf_8_is_itself(text):
    assert decode(text.encode()).text == text


@given(st.integers(0, len(SIMPLIFIED)), st.binary(min_size=1, max_size=3))
def test_damage_leaves_the_rest_alone(at, noise):
    decoded = decode(SIMPLIFIED[:at].encode() + noise + SIMPLIFIED[at:].encode())
    assert decoded.text.endswith(SIMPLIFIED[at + 1 :])
    assert decoded.text.startswith(SIMPLIFIED[: max(0, at - 1)])


def test_chinese_files_never_load_charset_normalizer():
    code = f"import sys; from normtool.decode import decode; [decode({SIMPLIFIED!r}.encode(c)) for c in ('utf-8', 'gbk', 'utf-16')]; print('charset_normalizer' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


def test_cost_table_names_its_sources():
    head = data_bytes("decode/hanzi.txt").decode()[:600]
    assert "jieba" in head
    assert "MIT License" in head
    assert "OpenCC" in head


RULE_CASES = {
    "ENC001": (b"%PDF-1.7\n\xff", []),
    "ENC002": ("实验室开放的通知".encode()[:-1], ["\ufffd"]),
    "ENC003": ("实验室开放的通知\n".encode() + "请各单位查照执行".encode("gbk"), [""]),
    "ENC004": ("Расписание работы".encode("cp1251"), [""]),
    "ENC006": ("实验室开放的通知".encode("gbk"), [""]),
    "ENC007": ("\ufeff实验室\ufeff开放".encode(), [""]),
    "ENC008": ("实验室锟斤拷开放".encode(), ["锟斤拷"]),
}


@pytest.mark.parametrize("code", RULE_CASES)
def test_rule(code):
    data, pieces = RULE_CASES[code]
    decoded = decode(data)
    found = [f for f in encoding_findings(decoded) if f.rule == code]
    assert [decoded.text[slice(*f.span)] for f in found] == (pieces or [""])
    assert encoding_findings(decode(SIMPLIFIED.encode())) == ()
    assert all((f.fix is None) == (RULES[f.rule].fix == "none") for f in found)


def test_doubt_is_reported():
    doubtful = Decoded("通知", "gb18030", bom=False, newline="none", verdict="ambiguous", message="gb18030 or big5hkscs")
    assert [f.rule for f in encoding_findings(doubtful)] == ["ENC005", "ENC006"]


@pytest.mark.parametrize("code", [code for code in RULES if code.startswith("ENC")])
def test_rule_has_its_page(code):
    page = data_file(f"rules/{code}.md").read_text("utf-8")
    assert page.startswith(f"# {code} {RULES[code].name}\n")
    assert all(f"\n## {part}\n" in page for part in ("What it does", "Why", "Example", "Fix safety"))

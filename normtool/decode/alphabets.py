"""The letters of other languages by their frequency, and the encodings in which they come.

The orders are those of letter counts that any handbook gives; the costs are rounded so that the letters of a text cost what
its entropy says. The alphabets say only that bytes are not Chinese.
"""

from __future__ import annotations

from typing import NamedTuple


class Alphabet(NamedTuple):
    """Letters by frequency, the cost of the first, and what each next one costs more.

    ``mixes`` with ASCII letters in a word.
    """

    letters: str
    first: float
    step: float
    mixes: bool = False


LATIN = Alphabet("éáíóäöüčšžłàèçñãęąßőúâêôåøæřěýůćśżńźőűăîșțşţıİğāēīūėįųõėģķļņìòùëïûœÿðþđơưďťňľĺŕċġħż", 5.0, 0.03, mixes=True)
CYRILLIC = Alphabet("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъёіїєґјљњћђџ", 2.4, 0.09)
GREEK = Alphabet("αοιετσνηυρπκμλςάίόέγδήώθύχφωβξζψϊϋΐΰ", 2.4, 0.1)
HEBREW = Alphabet("יוהלארתבמשנדקעםפחטגסזכןצףךץ", 2.3, 0.1)
ARABIC = Alphabet("اليمنروتبةعدسفهكقحجشطصخأذىضزغثئءظإآؤیکپچژگًٌٍَُِّْ", 2.3, 0.1)
THAI = Alphabet("านรอกเง่มยลวดทส้ตะัีิปบคหแจพชขใไ์ุูึืโำ็ถผธซญณฟฝษศภภฐฉฮ๊๋ฎฏฬฆฑฒฌๆฯ", 2.7, 0.06)
HIRAGANA = Alphabet(
    "のにはをたがでていとしるれかもなこらりすあさっきえくまつおけそうよせやみばわどめろびむげごほょゅずへぶだじゃゆひぎざぐちね",
    3.3,
    0.05,
)
KATAKANA = Alphabet(
    "ーンスルトリアイラクシロドタレジマコフテップカバメデサグィキオナムエュセモパニケウブミビワャノチツポダネベハガソェホゲピペヴゼゾゴボザギォ",
    4.3,
    0.05,
)
HANGUL = Alphabet(
    "이다는의에을가고하지한로은도기사를서인자시대그리어아들나스일정수있전해적부보제상원주장과구경동중성조유여게요안만관위공선내신국면용생분마모진양무치비문연소계"
    "방단체우출라청통당오실행회미세민결교법터드명등업했음말물바년월저할던습니까입합없었것러려야거때두알트크려화발작현개되와또각간강건격견고급남노논높느능더데된된력련류름립목못반받번별북불산새설속순술식심약양업역열영예온완외욕운육응의임재점접존종준증직집차착참책처천철초최추축취층친타탁태토특파판편평포표품필함향험형호혼활황후훈휘흥희",
    3.7,
    0.015,
)

ONE_BYTE: tuple[tuple[str, Alphabet], ...] = (
    ("cp1252", LATIN),
    ("cp1250", LATIN),
    ("cp1254", LATIN),
    ("cp1257", LATIN),
    ("cp1258", LATIN),
    ("cp850", LATIN),
    ("mac_roman", LATIN),
    ("cp1251", CYRILLIC),
    ("koi8_u", CYRILLIC),
    ("iso8859_5", CYRILLIC),
    ("cp866", CYRILLIC),
    ("mac_cyrillic", CYRILLIC),
    ("cp1253", GREEK),
    ("cp1255", HEBREW),
    ("cp1256", ARABIC),
    ("iso8859_6", ARABIC),
    ("cp874", THAI),
)
TWO_BYTES: tuple[tuple[str, tuple[Alphabet, ...]], ...] = (
    ("cp932", (HIRAGANA, KATAKANA)),
    ("euc_jp", (HIRAGANA, KATAKANA)),
    ("cp949", (HANGUL,)),
    ("johab", (HANGUL,)),
)

"""Cuts the two fonts of the pictures out of Noto Sans and Noto Sans CJK SC: make.py NOTO_SANS NOTO_SANS_CJK_TTC"""

import sys

from fontTools import subset
from fontTools.ttLib import TTFont

# Blocks that Noto Sans draws: Latin to Extended-B and Additional, Greek, Cyrillic, punctuation, currency, letterlike.
LATIN = [(0x20, 0x7E), (0xA0, 0x24F), (0x2C6, 0x2DD), (0x384, 0x3CE), (0x400, 0x45F), (0x490, 0x491),
         (0x1E00, 0x1EFF), (0x2010, 0x2027), (0x202F, 0x205E), (0x2070, 0x209C), (0x20A0, 0x20BF),
         (0x2100, 0x214F), (0x2150, 0x215E), (0xFFFD, 0xFFFD)]
# Symbols, and full-width forms, that Noto Sans CJK adds to the character sets of Chinese.
SYMBOLS = [(0x2190, 0x21FF), (0x2200, 0x22FF), (0x2460, 0x24FF), (0x25A0, 0x25FF), (0x2600, 0x2606),
           (0x2713, 0x2718), (0x3000, 0x303F), (0xFF01, 0xFF5E), (0xFFE0, 0xFFE6)]


def charset(codec, leads, trails):
    """Every character of a two-byte character set."""
    chars = set()
    for lead in leads:
        for trail in trails:
            try:
                chars.update(map(ord, bytes([lead, trail]).decode(codec)))
            except UnicodeDecodeError:
                pass
    return chars


def block_chars(blocks):
    return {char for first, last in blocks for char in range(first, last + 1)}


def cut(path, chars, family, out):
    """Writes the subset of the font at `path` under a new family name, without hinting and layout rules."""
    options = subset.Options(hinting=False, layout_features=[], notdef_outline=True, glyph_names=False,
                             name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14], recalc_timestamp=False)
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "DSIG", "gasp", "meta", "STAT"]
    font = TTFont(path, fontNumber=2, recalcTimestamp=False)  # 2: the simplified Chinese font of the collection
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=chars)
    subsetter.subset(font)
    flat = family.replace(" ", "")
    for name_id, text in {1: family, 3: f"{flat}-Regular", 4: family, 6: f"{flat}-Regular"}.items():
        font["name"].setName(text, name_id, 3, 1, 0x409)
    if "CFF " in font:
        cff = font["CFF "].cff
        cff.fontNames = [f"{flat}-Regular"]
        top = cff.topDictIndex[0]
        top.FullName = top.FamilyName = family
    font.save(out)
    return set(font.getBestCmap())


noto_sans, noto_cjk = sys.argv[1:]
latin = cut(noto_sans, block_chars(LATIN), "Ciiflow Sans", "ciiflow-sans.ttf")
chinese = charset("gb2312", range(0xA1, 0xF8), range(0xA1, 0xFF)) | charset("big5", range(0xA4, 0xC7), range(0x40, 0xFF))
# No character is in both fonts: a text is then as wide in the pictures as the sum of its characters.
cjk = cut(noto_cjk, (chinese | block_chars(SYMBOLS)) - latin, "Ciiflow Sans SC", "ciiflow-sans-sc.otf")
print(f"{len(latin)} + {len(cjk)} characters; of GB 2312 and Big5 level 1 without a glyph:",
      "".join(map(chr, sorted(chinese - latin - cjk))) or "none")

"""Makes src/cli/views/wide-ranges.ts from Python's Unicode data, and src/cli/views/testdata/display-widths.txt with the C
library's wcwidth. From the repository's root: python3 scripts/terminal-widths.py
"""
import ctypes, json, locale, pathlib, sys, unicodedata

RANGES = pathlib.Path('src/cli/views/wide-ranges.ts')
WIDTHS = pathlib.Path('src/cli/views/testdata/display-widths.txt')
TEXTS = ['', 'plain', 'naïve', 'nai\u0308ve', 'e\u0301\u0323', '画像処理', 'ﾊﾝｶｸ', 'ＡＢＣ', '한글', '\u1112\u1161\u11ab', 'mixed 漢 and x', '🙂', '🚢 ship',
         'a\u20dd', 'ไทยที่', 'हिन्दी', 'שלום', 'مرحبا', '…', '→', '│', '█', 'ß', '\u3000', '㈱', '𠀀', '￥', '¥', 'Ω', '①', '〈〉', '⟨⟩', 'Ⅷ', '✓', '⚠', '⌚', '\ufffd']


def wide_ranges():
    """First and last code point of each run of wide characters. Unassigned ones between them belong to the run."""
    runs, last = [], None
    for point in range(sys.maxunicode + 1):
        character = chr(point)
        if unicodedata.category(character) == 'Cn':
            continue
        if unicodedata.east_asian_width(character) in 'WF' and not unicodedata.combining(character):
            if last is None:
                runs.append([point, point])
            runs[-1][1] = last = point
        else:
            last = None
    return runs


locale.setlocale(locale.LC_ALL, 'C.UTF-8')
wcwidth = ctypes.CDLL(None).wcwidth
WIDTHS.write_text('# JSON text, tab, columns by wcwidth of the C library. Made by scripts/terminal-widths.py.\n'
                  + ''.join(f'{json.dumps(text)}\t{sum(wcwidth(ord(character)) for character in text)}\n' for text in TEXTS))

lines = ['']
for first, last in wide_ranges():
    pair = f'{first:x}-{last:x}'
    if len(lines[-1]) + len(pair) > 117:
        lines.append('')
    lines[-1] += f' {pair}'
text = '\n'.join(lines)
RANGES.write_text(f"""// Made by scripts/terminal-widths.py from Unicode {unicodedata.unidata_version}. Do not edit.

/** First and last code point of the characters that fill two columns, in order. https://www.unicode.org/reports/tr11/ */
export const wideRanges: readonly (readonly [first: number, last: number])[] = `
{text}
`
  .trim()
  .split(/\\s+/)
  .map((range) => range.split('-').map((point) => Number.parseInt(point, 16)) as [number, number]);
""")

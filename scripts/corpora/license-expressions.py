"""Makes src/documents/testdata/license-expressions.txt: what packages say of their license, judged by the `packaging` library
(PEP 639, which takes SPDX expressions). From the repository's root: python3 scripts/corpora/license-expressions.py
"""
import pathlib
import packaging
from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

OUT = pathlib.Path('src/documents/testdata/license-expressions.txt')
# Seen in npm, PyPI, apk and Debian packages, then grammar that is right or nearly right.
TEXTS = """
MIT|ISC|Apache-2.0|apache-2.0|mit|BSD-3-Clause|GPL-2.0|GPL-2.0+|GPL-2.0-only|gpl-2.0-or-later|LGPL-2.1+|Apache-2.0+|MPL-2.0
(MIT OR Apache-2.0)|MIT OR Apache-2.0|MIT AND ISC AND Zlib|(MIT AND Zlib)|(BSD-2-Clause OR MIT OR Apache-2.0)|(MIT OR (ISC AND Zlib))
GPL-2.0-only WITH Classpath-exception-2.0|GPL-2.0+ WITH GCC-exception-2.0|GPL-2.0-or-later WITH classpath-exception-2.0
Apache-2.0 WITH LLVM-exception|GPL-2.0-only AND (MIT OR BSD-3-Clause)|((MIT))|( MIT  OR   ISC )|MIT OR ISC AND Zlib
mit or apache-2.0|mit and isc|GPL-2.0-only with Classpath-exception-2.0|LicenseRef-Proprietary|LicenseRef-a.b-c AND MIT
|MIT License|The MIT License|Apache License 2.0|Apache 2|BSD|GPLv2+|GPL|LGPL|Public Domain|UNLICENSED|SEE LICENSE IN LICENSE|MIT/X11
MIT, ISC|MIT/ISC|MIT ISC|MIT OR|OR MIT|MIT OR OR ISC|(MIT|MIT)|()|MIT()|(MIT)(ISC)|MIT AND (OR ISC)|MIT WITH|WITH Classpath-exception-2.0
MIT WITH MIT|MIT WITH Unknown-exception|Classpath-exception-2.0|(MIT OR ISC) WITH Classpath-exception-2.0|MIT WITH LLVM-exception+
MIT WITH LLVM-exception WITH LLVM-exception|MIT++|GPL-2.0++|+|MIT +|MIT|NONE|NOASSERTION|Dual License|Custom|LicenseRef-|LicenseRef-a_b
MIT OR Apache|License :: OSI Approved :: MIT License|https://opensource.org/licenses/MIT|GPL-2.0 GPL-3.0|LicenseRef-ä|MIT\u00a0OR\u00a0ISC
"""


def judge(text: str) -> str:
    try:
        return canonicalize_license_expression(text)
    except InvalidLicenseExpression:
        return ''


texts = [text for line in TEXTS.strip('\n').split('\n') for text in line.split('|')]
lines = [f'{text}\t{judge(text)}' for text in dict.fromkeys(texts)]
OUT.write_text(f'# Text, tab, canonical expression by packaging {packaging.__version__} (empty: refused).'
               f' Made by scripts/corpora/license-expressions.py.\n' + '\n'.join(lines) + '\n')

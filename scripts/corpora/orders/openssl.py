"""Makes src/base/versions/testdata/openssl.txt: OpenSSL's releases in the order of its own CHANGES, which has the newest branch and in
it the newest release first. Nothing is sorted here. From the repository's root, with Debian's openssl: python3 scripts/corpora/orders/openssl.py
"""
import gzip
import pathlib
import re

OUT = pathlib.Path("src/base/versions/testdata/openssl.txt")
changes = gzip.open("/usr/share/doc/openssl/changelog.gz", "rt").read()
steps = re.findall(r"^### Changes between (\S+) and (\S+)", changes, re.M)[::-1]
releases = [steps[0][0], *(later for _, later in steps)]
assert len(set(releases)) == len(releases)
assert all(releases.index(earlier) < releases.index(later) for earlier, later in steps if earlier in releases)
lines = [f"# OpenSSL's releases in the order of the CHANGES of {releases[-1]}, oldest branch first.", "# Made by scripts/corpora/orders/openssl.py; see README.md."]
OUT.write_text("\n".join([*lines, *releases]) + "\n")
print(len(releases), "releases")

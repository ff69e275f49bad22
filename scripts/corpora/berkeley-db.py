"""Makes src/base/bytes/berkeley-db/testdata: hashes by Berkeley DB 5.3, from which every third pair was deleted again.

/usr/bin/python3 scripts/corpora/berkeley-db.py     (run from the repository's root; needs Debian's python3-bsddb3)

Pair n has as key its number in decimal and as value n * 37 % 3000 bytes of n % 251.
"""
import gzip, pathlib, tempfile

from bsddb3 import db

OUT = pathlib.Path('src/base/bytes/berkeley-db/testdata')


def keep(path, name):
    # Of the tree, the page that says what it is.
    bytes = path.read_bytes()[: 4096 if name == 'btree' else None]
    (OUT / f'{name}.gz').write_bytes(gzip.compress(bytes, 9, mtime=0))


def make(path, kind, page_size, lorder):
    made = db.DB()
    made.set_pagesize(page_size)
    made.set_lorder(lorder)
    made.open(str(path), None, kind, db.DB_CREATE)
    for n in range(400):
        made.put(str(n).encode(), bytes([n % 251]) * (n * 37 % 3000))
    for n in range(0, 400, 3):
        made.delete(str(n).encode())
    made.close()


OUT.mkdir(exist_ok=True)
with tempfile.TemporaryDirectory() as folder:
    for name, kind, page_size, lorder in (('hash-512', db.DB_HASH, 512, 1234), ('hash-512-big-endian', db.DB_HASH, 512, 4321),
                                          ('hash-16384', db.DB_HASH, 16384, 1234), ('btree', db.DB_BTREE, 4096, 1234)):
        path = pathlib.Path(folder) / name
        make(path, kind, page_size, lorder)
        keep(path, name)

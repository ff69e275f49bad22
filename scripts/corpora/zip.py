"""Makes src/base/bytes/zip/testdata: archives of Python's zipfile, and what zipfile reads in each of them.

Usage: python3 scripts/corpora/zip.py
"""
import hashlib
import io
import json
import pathlib
import zipfile

out = pathlib.Path(__file__).parents[2] / "src/base/bytes/zip/testdata"
files = {"a.txt": b"alpha\n", "dir/": b"", "dir/long.txt": b"0123456789" * 1000, "n\u00e4me.txt": b"umlaut", "empty": b""}
date = (2020, 1, 1, 0, 0, 0)


class Unseekable(io.BytesIO):
    def seekable(self):
        return False

    def seek(self, *_):
        raise OSError("unseekable")

    def tell(self):
        raise OSError("unseekable")


def write(target, method=zipfile.ZIP_DEFLATED, force_zip64=False, comment=b"", mode="w"):
    with zipfile.ZipFile(target, mode) as archive:
        archive.comment = comment
        for name, content in files.items():
            info = zipfile.ZipInfo(name, date)
            info.compress_type = zipfile.ZIP_STORED if name.endswith("/") else method
            with archive.open(info, "w", force_zip64=force_zip64) as member:
                member.write(content)


def save(name, data):
    (out / f"{name}.zip").write_bytes(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        rows = [[i.filename, i.file_size, hashlib.sha256(archive.read(i)).hexdigest()] for i in archive.infolist()]
    (out / f"{name}.json").write_text(json.dumps(rows, indent=0) + "\n")


def made(**options):
    buffer = io.BytesIO()
    write(buffer, **options)
    return buffer.getvalue()


def streamed():
    buffer = Unseekable()
    write(buffer)
    return buffer.getvalue()


def zip64():
    """All records in their 64-bit form, which zipfile writes past its limits only."""
    limit, count = zipfile.ZIP64_LIMIT, zipfile.ZIP_FILECOUNT_LIMIT
    zipfile.ZIP64_LIMIT, zipfile.ZIP_FILECOUNT_LIMIT = 4, 1
    try:
        return made(force_zip64=True)
    finally:
        zipfile.ZIP64_LIMIT, zipfile.ZIP_FILECOUNT_LIMIT = limit, count


script = b"#!/usr/bin/env python3\n"
save("deflated", made())
save("stored", made(method=zipfile.ZIP_STORED))
save("comment", made(comment=b"a comment"))
save("streamed", streamed())
save("prefixed", script + made())
save("zip64", zip64())
save("zip64-prefixed", script + zip64())

"""Real versions of Java, as its makers spell them, out of those that distributions give their packages of it."""
import json
import pathlib
import re
import zipfile

from osv_versions import versions_of

# Package version to Java's own: 8u392-b08-1~deb9u1, 11.0.21+9-1, 1:1.8.0.392.b08-3.el8, 1:11.0.21.0.9-2.el8, 17.0.9_p8-r0, 8.392.08-r0.
SHAPES = [
    (r"(\d+u\d+-b\d+)-.*", r"\1"),
    (r"(\d+u\d+)-.*", r"\1"),
    (r"(6b\d+)-.*", r"\1"),
    (r"(\d+(?:\.\d+)*(?:~?\d+ea)?\+\d+)-.*", r"\1"),
    (r"1:1\.(\d)\.0\.(\d+)\.?(?:\d+\.)?(b\d+)-.*", r"1.\1.0_\2-\3"),
    (r"1:(\d\d\.\d+\.\d+)\.(\d+)\.(\d+)-.*", r"\1.\2+\3"),
    (r"1\.(\d)\.0\.(\d+)-\d+\.ph\d", r"1.\1.0_\2"),
    (r"(\d\d\.\d+\.\d+)-\d+\.ph\d", r"\1"),
    (r"(\d\d(?:\.\d+)*)_p(\d+)-r\d+", r"\1+\2"),
    (r"8\.(\d+)\.(\d+)-r\d+", r"8u\1-b\2"),
]


def read_jdk_versions(folder: pathlib.Path) -> set[str]:
    found = set()
    for ecosystem in ("Debian", "Ubuntu", "AlmaLinux", "Photon OS", "Alpine"):
        with zipfile.ZipFile(folder / ecosystem / "all.zip") as export:
            for name in export.namelist():
                for affected in json.loads(export.read(name)).get("affected") or []:
                    if re.match(r"openjdk|java-\d", affected["package"]["name"]):
                        found.update(filter(None, map(to_java, versions_of(affected))))
    return found


def to_java(version: str) -> str | None:
    for shape, form in SHAPES:
        if re.fullmatch(shape, version):
            return re.sub(f"^{shape}$", form, version)
    return None


def spellings(versions: set[str]) -> set[str]:
    """Each release of Java 8 and before in its other spelling too, and as builders and early access write it."""
    more = set()
    for version in versions:
        old = re.fullmatch(r"(\d)u(\d+)(-b\d+)?", version)
        more.add(re.sub(r"^(\d)u(\d+)(-b\d+)?$", r"1.\1.0_\2\3", version) if old else f"{version}-LTS" if "+" in version else f"{version}-ea")
        more.add(version.split("+")[0] if "+" in version else version.split("-b")[0])
        if "+" in version:
            more.add(version.replace("+", "-ea+"))
    return versions | more

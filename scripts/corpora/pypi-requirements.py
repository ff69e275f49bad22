"""Writes, beside src/inspect/packages/lang/pypi/testdata/requirements/hard.txt, what pip reads in it, and the file itself in other
encodings.

Usage: python3 scripts/corpora/pypi-requirements.py, with pip 23.2, which still knows --global-option.
"""
import pathlib

from pip._internal.network.session import PipSession
from pip._internal.req import parse_requirements
from pip._internal.req.constructors import install_req_from_parsed_requirement

folder = pathlib.Path(__file__).resolve().parents[2] / "src/inspect/packages/lang/pypi/testdata/requirements"
hard = folder / "hard.txt"


def version(requirement):
    """The version that nothing but it satisfies, as it is written."""
    specifiers = requirement.req.specifier if requirement.req and not requirement.link else []
    pinned = [s.version for s in specifiers if s.operator == "===" or s.operator == "==" and not s.version.endswith(".*")]
    return pinned[0] if pinned else ""


def read(path):
    found = [install_req_from_parsed_requirement(item) for item in parse_requirements(str(path), PipSession())]
    return [f"{item.name or item.link.url}\t{version(item)}" for item in found]


(folder / "hard.tsv").write_text("".join(f"{row}\n" for row in read(hard)))
for name, encoding in (("utf-8-bom", "utf-8-sig"), ("utf-16", "utf-16")):
    path = folder / f"{name}.txt"
    path.write_bytes("Jinja2==2.10\r\n# caf\u00e9\r\nPyYAML==5.1\r\n".encode(encoding))
    assert read(path) == ["Jinja2\t2.10", "PyYAML\t5.1"], read(path)

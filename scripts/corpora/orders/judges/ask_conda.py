"""Judge: rattler, the conda project's own resolver. Needs py-rattler from the Python package index."""
import compare
from rattler import Version


def parse(text: str):
    try:
        return Version(text)
    except Exception:
        return None


compare.run(parse, lambda a, b: -1 if a < b else 1 if a > b else 0)

"""Judge: Conan 2. Needs conan from the Python package index."""
import compare
from conan.internal.model.version import Version

compare.run(lambda text: Version(text) if text else None, lambda a, b: 0 if a == b else -1 if a < b else 1)

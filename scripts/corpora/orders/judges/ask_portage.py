"""Judge: Gentoo's own `portage.versions`. Needs portage from the Python package index."""
import compare
from portage.versions import vercmp, ververify

compare.run(lambda text: text if ververify(text) else None, vercmp)

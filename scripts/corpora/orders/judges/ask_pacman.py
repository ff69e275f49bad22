"""Judge: libalpm, which `vercmp` asks too. Needs Debian's libalpm13."""
import ctypes

import compare

alpm = ctypes.CDLL("libalpm.so.13")
compare.run(lambda text: text.encode() or None, alpm.alpm_pkg_vercmp)

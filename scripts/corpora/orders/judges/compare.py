"""What judges in Python share: the lines that they read and write."""
import sys
from collections.abc import Callable
from typing import Any


def run(parse: Callable[[str], Any], compare: Callable[[Any, Any], int]) -> None:
    """`parse` answers None for what is refused."""
    versions = [parse(bytes.fromhex(line.strip()).decode()) for line in sys.stdin]
    for a in versions:
        if a is None:
            print("!")
            continue
        print("".join("!" if b is None else "<=>"[1 + (lambda c: (c > 0) - (c < 0))(compare(a, b))] for b in versions))

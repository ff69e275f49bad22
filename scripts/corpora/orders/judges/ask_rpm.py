"""Judge: librpm. Needs Debian's python3-rpm."""
import compare
import rpm


def parse(text: str):
    try:
        return rpm.ver(text)
    except ValueError:
        return None


compare.run(parse, lambda a, b: -1 if a < b else 1 if a > b else 0)

"""Real versions, from OSV's exports: every event of every range and every listed version of an ecosystem."""
import hashlib
import json
import pathlib
import re
import zipfile


def read_versions(folder: pathlib.Path, ecosystem: str) -> set[str]:
    found = set()
    with zipfile.ZipFile(folder / ecosystem / "all.zip") as export:
        for name in export.namelist():
            for affected in json.loads(export.read(name)).get("affected") or []:
                if (affected.get("package") or {}).get("ecosystem", "").split(":")[0] == ecosystem:
                    found.update(versions_of(affected))
    return {text for text in found if text not in ("", "0")}


def versions_of(affected: dict) -> list[str]:
    ranges = affected.get("ranges") or []
    ranges = [ranges] if isinstance(ranges, dict) else ranges  # Photon OS writes a lone range without the list around it.
    events = [event for item in ranges if item["type"] != "GIT" for event in item["events"]]
    return [*(affected.get("versions") or []), *(text for event in events for text in event.values())]


def sample(versions: set[str], count: int) -> list[str]:
    """All kinds first, one of each kind in turn; within a kind chosen by digest, so that a second run picks the same."""
    kinds: dict[str, list[str]] = {}
    for text in sorted(versions, key=lambda text: hashlib.sha256(text.encode()).hexdigest()):
        kind = re.sub(r"[a-zA-Z]+", "a", re.sub(r"\d+", "0", text))
        kinds.setdefault(kind, []).append(text)
    chosen: list[str] = []
    while len(chosen) < count and kinds:
        for kind in list(kinds):
            chosen.append(kinds[kind].pop())
            if not kinds[kind]:
                del kinds[kind]
    return chosen[:count]

"""A corpus of a version order: what the real tool says of every pair, written as places of the order, lowest first.

A judge is a program that reads versions, each as UTF-8 in hexadecimal digits on a line of its own, and answers a line for each:
`!` where it refuses the version, else how it compares with every version, in turn: `<`, `=`, `>`; anything beside refused ones.
"""
import collections
import functools
import pathlib
import subprocess

MOST_REFUSED = 120
MOST_CONTRADICTIONS = 60
MOST_TURNS = 20


def ask(command: list[str], texts: list[str], cwd: pathlib.Path) -> list[str]:
    lines = "".join(text.encode().hex() + "\n" for text in texts)
    answer = subprocess.run(command, input=lines, capture_output=True, text=True, check=True, cwd=cwd).stdout.split("\n")[:-1]
    assert len(answer) == len(texts), (len(answer), len(texts))
    return answer


def write(target: pathlib.Path, title: str, texts: list[str], answers: list[str]) -> str:
    refused = [text for text, row in zip(texts, answers) if row == "!"]
    accepted = [at for at, row in enumerate(answers) if row != "!"]
    check_both_ways(texts, answers, accepted)
    ordered, contradictions = take_out_rings(answers, accepted)
    places = group(texts, answers, ordered)
    escape = lambda text: text.encode("unicode_escape").decode()
    with target.open("w", encoding="ascii") as out:
        print(f"# {title}", file=out)
        print("# Made by scripts/corpora/orders/make.py; see README.md.", file=out)
        for text in sorted(refused)[:: max(1, len(refused) // MOST_REFUSED)]:
            print("!", escape(text), sep="\t", file=out)
        for place in places:
            print(*map(escape, place), sep="\t", file=out)
        for a, sign, b in turning_points(answers, contradictions, ordered):
            print(sign, escape(texts[a]), escape(texts[b]), sep="\t", file=out)
    count = len(accepted)
    return f"{count} versions, {count * (count - 1) // 2} pairs, {len(refused)} refused, {len(places)} places, {len(contradictions)} in rings"


def check_both_ways(texts: list[str], answers: list[str], accepted: list[int]) -> None:
    turned = {"<": ">", "=": "=", ">": "<"}
    for a in accepted:
        for b in accepted:
            assert answers[a][b] == turned[answers[b][a]], (texts[a], answers[a][b], texts[b], answers[b][a])


def take_out_rings(answers: list[str], accepted: list[int]) -> tuple[list[int], list[int]]:
    """Some tools say a < b < c < a. Who takes part in most contradictions is taken out, until the rest is an order."""
    rest, out = list(accepted), []
    while True:
        rest.sort(key=functools.cmp_to_key(lambda a, b: "<=>".index(answers[a][b]) - 1))
        # The number of versions before one is its place in a true order, and says who contradicts it otherwise.
        before = {a: answers_before(answers, a, rest) for a in rest}
        rest.sort(key=lambda a: before[a])
        wrong = collections.Counter()
        for place, a in enumerate(rest):
            for b in rest[place + 1 :]:
                expected = "=" if before[a] == before[b] else "<"
                if answers[a][b] != expected:
                    wrong.update((a, b))
        if not wrong:
            return rest, out
        worst = max(wrong, key=lambda a: (wrong[a], -a))
        rest.remove(worst)
        out.append(worst)


def answers_before(answers: list[str], a: int, rest: list[int]) -> int:
    row = answers[a]
    return sum(1 for b in rest if row[b] == ">")


def turning_points(answers: list[str], contradictions: list[int], ordered: list[int]) -> list[tuple[int, str, int]]:
    """Pairs of a contradicting version with those of the order at which the answer becomes another one; the lower of a pair first."""
    found = []
    for a in contradictions[:MOST_CONTRADICTIONS]:
        signs = [answers[a][b] for b in ordered]
        turns = [at for at in range(1, len(ordered)) if signs[at] != signs[at - 1]]
        for at in sorted({0, len(ordered) - 1, *turns, *(turn - 1 for turn in turns)})[:MOST_TURNS]:
            found.append((ordered[at], "<", a) if signs[at] == ">" else (a, signs[at], ordered[at]))
    return found


def group(texts: list[str], answers: list[str], ordered: list[int]) -> list[list[str]]:
    places: list[list[str]] = []
    last = None
    for at in ordered:
        if last is not None and answers[last][at] == "=":
            places[-1].append(texts[at])
        else:
            places.append([texts[at]])
        last = at
    return places

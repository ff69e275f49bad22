"""Makes the corpora of version orders, src/base/versions/testdata/NAME.txt, each by the ecosystem's own tool.

Usage: python3 scripts/corpora/orders/make.py FOLDER NAME..., with FOLDER that of OSV's exports (FOLDER/Maven/all.zip). The judges
below say what they need. JUDGE_PYTHON is a Python with portage, conan and py-rattler; MAVEN_JAR is maven-artifact 3.9; NUGET_EXE
is nuget.exe 5.8.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from corpus import ask, write
from jdk_versions import read_jdk_versions, spellings as jdk_spellings
from odd import ascii_only, spellings
from osv_versions import read_versions, sample

here = pathlib.Path(__file__).resolve().parent
out = here.parents[2] / "src/base/versions/testdata"
judges = here / "judges"
python = os.environ.get("JUDGE_PYTHON", sys.executable)


def built(command: list[str], cwd: pathlib.Path = judges) -> None:
    subprocess.run(command, cwd=cwd, check=True, stdout=subprocess.DEVNULL)


def maven(_work: str) -> list[str]:
    return ["java", "-cp", os.environ["MAVEN_JAR"], "Maven.java"]


def go(module: str):
    def build(work: str) -> list[str]:
        shutil.copytree(judges / module, f"{work}/module")
        built(["go", "mod", "tidy"], pathlib.Path(work) / "module")
        built(["go", "build", "-o", f"{work}/judge", "."], pathlib.Path(work) / "module")
        return [f"{work}/judge"]

    return build


def cargo(work: str) -> list[str]:
    project = pathlib.Path(work) / "cargo"
    shutil.copytree(judges / "cargo", project)
    built(["cargo", "build", "--quiet", "--release"], project)
    return [str(project / "target/release/judge")]


def hackage(work: str) -> list[str]:
    built(["ghc", "-v0", "-O", "-outputdir", work, "-o", f"{work}/judge", "Hackage.hs"])
    return [f"{work}/judge"]


def nuget(work: str) -> list[str]:
    built(["mcs", f"-out:{work}/judge.exe", "NuGet.cs"])
    return ["mono", f"{work}/judge.exe", os.environ["NUGET_EXE"]]


# Name: ecosystems whose versions are taken, how many, whether text beyond printable ASCII is left out, and the judge.
corpora = {
    "rpm": (["AlmaLinux", "Photon OS"], 1500, True, lambda _: ["/usr/bin/python3", "ask_rpm.py"]),
    "maven": (["Maven"], 1200, True, maven),
    "gem": (["RubyGems"], 1100, False, lambda _: ["ruby", "gem.rb"]),
    "go": (["Go"], 1200, False, go("go")),
    "bitnami": (["Bitnami"], 1200, False, go("bitnami")),
    "composer": (["Packagist", "RubyGems"], 1200, False, lambda _: ["php", "composer.php"]),
    "nuget": (["NuGet", "Packagist", "Maven"], 1200, False, nuget),
    "cargo": (["crates.io", "npm"], 1200, False, cargo),
    "hex": (["Hex", "npm", "crates.io"], 1100, False, lambda _: ["elixir", "hex.exs"]),
    "hackage": (["Hackage", "GHC", "ConanCenter", "RubyGems"], 1100, False, hackage),
    "cran": (["Hackage", "ConanCenter", "RubyGems", "PyPI"], 1100, False, lambda _: ["Rscript", "cran.R"]),
    "conan": (["ConanCenter", "Debian", "RubyGems"], 1000, True, lambda _: [python, "ask_conan.py"]),
    "conda": (["PyPI", "ConanCenter"], 1200, False, lambda _: [python, "ask_conda.py"]),
    "pacman": (["Alpine", "AlmaLinux"], 1000, True, lambda _: [sys.executable, "ask_pacman.py"]),
    "jdk": ([], 0, True, lambda _: ["java", "Jdk.java"]),
    "portage": (["Alpine"], 1200, True, lambda _: [python, "ask_portage.py"]),
}


def read_real(folder: pathlib.Path, name: str) -> list[str]:
    ecosystems, count, _, _ = corpora[name]
    if name == "jdk":
        return sorted(jdk_spellings(read_jdk_versions(folder)))
    first, *others = ecosystems
    real = sample(read_versions(folder, first), count if not others else count // 2)
    for at, ecosystem in enumerate(others):
        wanted = count - len(real) if at == len(others) - 1 else count // 2
        real += sample(read_versions(folder, ecosystem) - set(real), wanted)
    return real


def make(folder: pathlib.Path, name: str) -> None:
    ecosystems, _, is_printable, judge = corpora[name]
    bases = ("9", "11.0", "8u20", "1.8.0_20") if name == "jdk" else ("1", "1.0", "1.0.0")
    texts = list(dict.fromkeys(read_real(folder, name) + spellings(*bases)))
    texts = ascii_only(texts) if is_printable else texts
    # Numbers of over 64 bits are words for go-version, against the specification that it follows; no real version has one.
    texts = [text for text in texts if name != "bitnami" or "-99999999999999999999" not in text]
    with tempfile.TemporaryDirectory() as work:
        answers = ask(judge(work), texts, judges)
    sources = ", ".join(ecosystems) or "packages of OpenJDK"
    title = f"Versions in the order of {name}, lowest first: real ones of {sources} in OSV, and odd ones."
    print(name, write(out / f"{name}.txt", title, texts, answers))


for corpus in sys.argv[2:] or corpora:
    make(pathlib.Path(sys.argv[1]), corpus)

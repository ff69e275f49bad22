"""Makes src/inspect/packages/lang/pypi/testdata/installed: metadata as pip, setuptools, easy_install, distutils and Debian leave
it behind, in the folders they leave it in, and `expected.tsv`, what importlib.metadata reads in each of these places.

Usage: python3.11 scripts/corpora/pypi-installed.py WORKDIR
Needs python3.8 and python3.11 on the path, and Debian's python3-debian with some other packages in its dist-packages.
Of each file, the headers and the first lines of the description are kept, and no address.
"""
import importlib.metadata
import json
import pathlib
import re
import shutil
import subprocess
import sys

work = pathlib.Path(sys.argv[1]).resolve()
out = pathlib.Path(__file__).resolve().parents[2] / "src/inspect/packages/lang/pypi/testdata/installed"


def environment(name, python, *requirements):
    """A virtual environment; its site-packages and its python."""
    subprocess.run([python, "-m", "venv", work / name], check=True)
    program = work / name / "bin/python"
    subprocess.run([program, "-m", "pip", "install", "-q", *requirements], check=True)
    return next((work / name).glob("lib/python*/site-packages")), program


def library(name, version, setup):
    """A project of our own, where no published one is small enough."""
    folder = work / "src" / name
    folder.mkdir(parents=True)
    (folder / f"{name}.py").write_text("")
    fields = f"name={name!r}, version={version!r}, py_modules=[{name!r}], license='MIT', zip_safe=True"
    (folder / "setup.py").write_text(f"from {setup} import setup\nsetup({fields})\n")
    return folder


def cut(data):
    data = re.sub(rb"https?://[^\s'\"<>)]+", b"https://example.invalid/", data.replace(b"\r\n", b"\n"))
    head, _, body = data.partition(b"\n\n")
    return head + b"\n\n" + b"\n".join(body.split(b"\n")[:3]) if body else data


def keep(site, place, names=None):
    """Copies the metadata below a site-packages and says what importlib.metadata reads in it."""
    rows = []
    eggs = [str(path) for path in site.glob("*.egg")]
    vendored = [str(path.parent) for path in site.glob("*/_vendor/wheel-*.dist-info")]
    for found in importlib.metadata.distributions(path=[str(site), *eggs, *sorted(set(vendored))]):
        path = pathlib.Path(str(found._path))
        if "_vendor" in str(path) and not re.search("wheel|jaraco.text|zipp", path.name):
            continue
        if names is not None and found.metadata["Name"] not in names:
            continue
        file = next((path / name for name in ("METADATA", "PKG-INFO") if (path / name).is_file()), path)
        if not path.exists():
            file = path.parent  # a zipped egg
        target = f"{place}/{file.relative_to(site)}"
        (out / target).parent.mkdir(parents=True, exist_ok=True)
        (out / target).write_bytes(file.read_bytes() if file.suffix == ".egg" else cut(file.read_bytes()))
        rows.append(f"{target}\t{found.metadata['Name']}\t{found.version}")
    return rows


def listed(program):
    rows = json.loads(subprocess.run([program, "-m", "pip", "list", "--format", "json"], check=True, capture_output=True).stdout)
    return {row["name"].lower().replace("_", "-").replace(".", "-") for row in rows}


shutil.rmtree(out, ignore_errors=True)
shutil.rmtree(work, ignore_errors=True)
site, program = environment(
    "wheels", "python3.11", "pip==23.2.1", "setuptools==80.9.0", "Jinja2==2.10", "requests==2.19.0", "PyYAML==6.0.1",
    "zope.interface==7.2", "attrs==25.3.0", "ruamel.yaml==0.18.10",
)
rows = keep(site, "wheels/site-packages")
names = {row.split("\t")[1].lower().replace("_", "-").replace(".", "-") for row in rows}
assert listed(program) <= names, listed(program) - names

site, program = environment("old", "python3.8", "pip==20.0.2", "setuptools==50.3.2")
subprocess.run([program, "-m", "pip", "uninstall", "-q", "-y", "wheel"], check=True)
install = [program, "-m", "pip", "install", "-q", "--no-binary", ":all:", "--no-use-pep517"]
subprocess.run([*install, "docopt==0.6.2", "Markdown==2.6.11"], check=True)
subprocess.run([program, "setup.py", "-q", "install"], check=True, cwd=library("distlib_only", "0.3", "distutils.core"))
lamp = library("lamp", "1.0", "setuptools")
subprocess.run([program, "setup.py", "-q", "easy_install", "--zip-ok", lamp], check=True, cwd=lamp)
buoy = library("buoy", "2.1", "setuptools")
subprocess.run([program, "setup.py", "-q", "easy_install", "--always-unzip", buoy], check=True, cwd=buoy)
rows += keep(site, "old/site-packages")

debian = {"Pygments", "PyGObject", "dbus-python", "python-apt", "httplib2", "crcmod", "PyYAML", "cryptography"}
rows += keep(pathlib.Path("/usr/lib/python3/dist-packages"), "debian/dist-packages", debian)
(out / "expected.tsv").write_text("".join(f"{row}\n" for row in sorted(rows)))

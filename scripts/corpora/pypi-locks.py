"""Makes the lock files in src/inspect/packages/lang/pypi/testdata/locks: one small project locked by each tool, and beside each
lock file, as `.txt`, what the tool itself says is in it.

Usage: python3 scripts/corpora/pypi-locks.py WORKDIR
Needs git and, on the path, the python3.8, python3.10 and python3.11 that the tools run on. Index addresses and hashes are cut
out of the results, and of each package's many files only the first is kept.
"""
import gzip
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

from pip._internal.models.index import PyPI

work = pathlib.Path(sys.argv[1]).resolve()
out = pathlib.Path(__file__).resolve().parents[2] / "src/inspect/packages/lang/pypi/testdata/locks"
tools = {
    "poetry-1.1": ("python3.8", ["poetry==1.1.15"]),
    "poetry-1.8": ("python3.10", ["poetry==1.8.5"]),
    "poetry-2": ("python3.11", ["poetry==2.5.1"]),
    "pipenv": ("python3.11", ["pipenv==2026.10.3"]),
    "uv": ("python3.11", ["uv==0.13.9", "packaging>=26", "pip>=26"]),
    # Newer releases of what this version needs break it.
    "pdm": ("python3.11", ["pdm==2.22.4", "unearth<0.18", "hishel<0.1"]),
    "pip-tools": ("python3.11", ["pip-tools", "pip>=26"]),
}
INDEX = os.environ.get("PIP_INDEX_URL") or PyPI.simple_url.rstrip("/")


def run(tool, *command, cwd, **env):
    program = work / "tools" / tool / "bin" / command[0]
    clean = {key: value for key, value in os.environ.items() if key not in ("PIP_FIND_LINKS", "VIRTUAL_ENV")}
    # The hash algorithm of the tools' caches and a missing keyring are no part of the result.
    clean |= {"PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring", "PIP_CONFIG_FILE": os.devnull, **env}
    done = subprocess.run([program, *command[1:]], cwd=cwd, env=clean, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{tool} {command}: {done.stdout}\n{done.stderr}")
    return done.stdout


def install_tools():
    for name, (python, requirements) in tools.items():
        folder = work / "tools" / name
        if not folder.exists():
            subprocess.run([python, "-m", "venv", folder], check=True)
            subprocess.run([folder / "bin/pip", "install", "-q", *requirements], check=True)


def library(folder, name, version):
    folder.mkdir(parents=True)
    (folder / f"{name}.py").write_text("")
    (folder / "setup.py").write_text(
        f"from setuptools import setup\nsetup(name={name!r}, version={version!r}, py_modules=[{name!r}])\n"
    )


def serve():
    """A wheel and a git repository behind one address."""
    www = work / "www"
    library(work / "lamp", "lamp", "1.0")
    subprocess.run([sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", www, work / "lamp"], check=True)
    library(work / "buoy", "buoy", "2.1")
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.invalid", "-C", work / "buoy"]
    subprocess.run([*git, "init", "-q", "-b", "main"], check=True)
    subprocess.run([*git, "add", "."], check=True)
    date = {"GIT_AUTHOR_DATE": "2020-01-01T00:00:00Z", "GIT_COMMITTER_DATE": "2020-01-01T00:00:00Z"}
    subprocess.run([*git, "commit", "-q", "-m", "x"], check=True, env=os.environ | date)
    subprocess.run(["git", "clone", "-q", "--bare", work / "buoy", www / "buoy.git"], check=True)

    class Server(SimpleHTTPRequestHandler):
        """Files, and git's protocol: https://git-scm.com/docs/http-protocol"""

        def log_message(self, *_):
            pass

        def do_GET(self):
            if "/info/refs?service=git-upload-pack" not in self.path:
                return super().do_GET()
            self.upload_pack("advertisement", b"001e# service=git-upload-pack\n0000", "--http-backend-info-refs")

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.upload_pack("result", b"", input=gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body)

        def upload_pack(self, kind, head, *options, **streams):
            command = ["git", "upload-pack", "--stateless-rpc", *options, www / "buoy.git"]
            answer = head + subprocess.run(command, stdout=subprocess.PIPE, check=True, **streams).stdout
            self.send_response(200)
            self.send_header("Content-Type", f"application/x-git-upload-pack-{kind}")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Server, directory=www))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


def project(name, files):
    folder = work / name
    library(folder / "libs/locallib", "locallib", "1.0")
    library(folder / "libs/editlib", "editlib", "1.0")
    for file, content in files.items():
        (folder / file).write_text(content)
    return folder


def shrink(text, base):
    """Index addresses become example addresses, hashes short, and of several files of a package one stays."""
    text = text.replace(base, "https://files.example.invalid").replace(INDEX, "https://index.example.invalid/simple")
    text = re.sub(r"https://[^/\s\"']+/packages/[0-9a-f/]+/", "https://files.example.invalid/", text)
    text = re.sub(r"(sha256[:=]\s?['\"]?)([0-9a-f]{8})[0-9a-f]{56}", r"\1\2", text)
    text = re.sub(str(work) + "/[a-z0-9.-]+", "/project", text)
    kept, before = [], None
    for line in text.split("\n"):
        kind = re.match(r"\s*(\{ ?(file|url|name)(?= ?=).* ?hash|\"sha256:|--hash=sha256)", line)
        word = kind and (kind[2] or kind[1])
        if word and word == before:
            if line.endswith("]"):
                kept[-1] += "]"
            if not line.endswith((",", "\\")):
                kept[-1] = kept[-1].rstrip("\\, ")
            continue
        before = word
        kept.append(line)
    return "\n".join(kept)


def save(name, base, text, truth):
    (out / name).parent.mkdir(parents=True, exist_ok=True)
    (out / name).write_text(shrink(text, base))
    (out / f"{name}.txt").write_text("".join(f"{row}\n" for row in sorted(set(truth))))


def pins(text):
    """`name==version` of the lines of a requirements file that pin."""
    return [match[1].lower() for match in re.finditer(r"^([A-Za-z0-9._-]+(?:\[[a-z]+\])?==[^ ;\\\n]+)", text, re.M)]


def without_extras(rows):
    return [re.sub(r"\[.*?\]", "", row) for row in rows]


def poetry(base, tool, dev, primary):
    folder = project(tool, {"pyproject.toml": f"""[tool.poetry]
name = "boat"
version = "0.1.0"
description = ""
authors = ["x <x@example.invalid>"]
[tool.poetry.dependencies]
python = "^3.9"
Jinja2 = "2.10"
requests = {{version = "2.19.0", extras = ["socks"]}}
PyYAML = "5.1"
MarkupSafe = "1.1.1"
colorama = {{version = "0.4.1", markers = "sys_platform == 'win32'"}}
lamp = {{url = "{base}/lamp-1.0-py3-none-any.whl"}}
buoy = {{git = "{base}/buoy.git", branch = "main"}}
locallib = {{path = "libs/locallib"}}
editlib = {{path = "libs/editlib", develop = true}}
[tool.poetry.{dev}]
toml = "0.10.2"
[[tool.poetry.source]]
name = "index"
url = "{INDEX}/"
{primary}
"""})
    run(tool, "poetry", "lock", cwd=folder)
    shown = run(tool, "poetry", "show", "--all", "--no-ansi", cwd=folder)
    truth = [f"{row[0]}=={row[1]}" for row in (line.replace("(!)", "").split() for line in shown.splitlines()) if row[1][0].isdigit()]
    save(f"{tool}/poetry.lock", base, (folder / "poetry.lock").read_text(), truth)


requirements = """Jinja2==2.10
requests[socks]==2.19.0
PyYAML=={yaml}
MarkupSafe==1.1.1
colorama==0.4.1; sys_platform == 'win32'
"""


def pipenv(base):
    folder = project("p-pipenv", {"Pipfile": f"""[[source]]
name = "pypi"
url = "{INDEX}"
verify_ssl = true
[packages]
Jinja2 = "==2.10"
requests = {{version = "==2.19.0", extras = ["socks"]}}
PyYAML = "==6.0.1"
MarkupSafe = "==1.1.1"
colorama = {{version = "==0.4.1", markers = "sys_platform == 'win32'"}}
lamp = {{file = "{base}/lamp-1.0-py3-none-any.whl"}}
buoy = {{git = "{base}/buoy.git"}}
locallib = {{path = "libs/locallib"}}
editlib = {{path = "libs/editlib", editable = true}}
[dev-packages]
toml = "==0.10.2"
"""})
    run("pipenv", "pipenv", "lock", cwd=folder, PIPENV_IGNORE_VIRTUALENVS="1")
    truth = without_extras(pins(run("pipenv", "pipenv", "requirements", "--dev", cwd=folder)))
    save("pipenv/Pipfile.lock", base, (folder / "Pipfile.lock").read_text(), truth)


def uv(base):
    folder = project("p-uv", {"pyproject.toml": f"""[project]
name = "boat"
version = "0.1"
requires-python = ">=3.9"
dependencies = [
  "Jinja2==2.10", "requests[socks]==2.19.0", "PyYAML==5.1", "MarkupSafe==1.1.1", "colorama==0.4.1; sys_platform == 'win32'",
  "lamp", "buoy", "locallib", "editlib",
]
[dependency-groups]
dev = ["toml==0.10.2", "idna==2.7"]
[tool.uv.sources]
lamp = {{ url = "{base}/lamp-1.0-py3-none-any.whl" }}
buoy = {{ git = "{base}/buoy.git" }}
locallib = {{ path = "libs/locallib" }}
editlib = {{ path = "libs/editlib", editable = true }}
"""})
    run("uv", "uv", "lock", "-q", cwd=folder, UV_DEFAULT_INDEX=INDEX)
    truth = pins(run("uv", "uv", "export", "-q", "--frozen", "--no-hashes", cwd=folder))
    development = set(truth) - set(pins(run("uv", "uv", "export", "-q", "--frozen", "--no-hashes", "--no-dev", cwd=folder)))
    save("uv/uv.lock", base, (folder / "uv.lock").read_text(), [row + " dev" * (row in development) for row in truth])
    pylock = run("uv", "uv", "export", "-q", "--frozen", "--format", "pylock.toml", cwd=folder)
    save("uv/pylock.toml", base, pylock, read_pylock(folder, pylock))


def read_pylock(folder, text):
    """What the reference reader of PEP 751 finds, without what has no version."""
    (folder / "pylock.toml").write_text(text)
    program = (
        "import sys, tomllib; from packaging.pylock import Pylock\n"
        "lock = Pylock.from_dict(tomllib.load(open(sys.argv[1], 'rb')))\n"
        "for p in lock.packages:\n  if p.version: print(f'{p.name}=={p.version}')\n"
    )
    return run("uv", "python", "-c", program, folder / "pylock.toml", cwd=folder).splitlines()


def pdm(base):
    folder = project("p-pdm", {"pyproject.toml": f"""[project]
name = "boat"
version = "0.1"
requires-python = ">=3.9"
dependencies = [
  "Jinja2==2.10", "requests[socks]==2.19.0", "PyYAML==5.1", "MarkupSafe==1.1.1", "colorama==0.4.1; sys_platform == 'win32'",
  "lamp @ {base}/lamp-1.0-py3-none-any.whl", "buoy @ git+{base}/buoy.git", "locallib @ file:///${{PROJECT_ROOT}}/libs/locallib",
]
[dependency-groups]
dev = ["toml==0.10.2"]
"""})
    run("pdm", "pdm", "lock", "-q", cwd=folder, PDM_PYPI_URL=INDEX)
    truth = without_extras(pins(run("pdm", "pdm", "export", "--no-hashes", "--no-extras", cwd=folder)))
    save("pdm/pdm.lock", base, (folder / "pdm.lock").read_text(), truth)


def pip_tools(base):
    text = requirements.format(yaml="6.0.1") + f"buoy @ git+{base}/buoy.git\nlamp @ {base}/lamp-1.0-py3-none-any.whl\n"
    folder = project("p-pip-tools", {"requirements.in": text + "-e libs/editlib\nlibs/locallib\n"})
    run("pip-tools", "pip-compile", "-q", "--generate-hashes", "--strip-extras", "requirements.in", cwd=folder, PIP_INDEX_URL=INDEX)
    report = run(
        "pip-tools", "pip", "install", "-q", "--dry-run", "--ignore-installed", "--no-deps", "--report", "-",
        "-r", "requirements.in", cwd=folder, PIP_INDEX_URL=INDEX,
    )
    compiled = (folder / "requirements.txt").read_text()
    installed = [item["metadata"] for item in json.loads(report)["install"] if "archive_info" in item["download_info"]]
    direct = [f"{item['name']}=={item['version']}".lower() for item in installed if item["name"] != "lamp"]
    assert set(direct) <= set(pins(compiled)), (direct, pins(compiled))
    save("pip-tools/requirements.txt", base, compiled, pins(compiled))
    run("pip-tools", "pip", "lock", "-q", "-r", "requirements.in", "-o", "pylock.toml", cwd=folder, PIP_INDEX_URL=INDEX)
    text = (folder / "pylock.toml").read_text()
    save("pip/pylock.toml", base, text, read_pylock(folder, text))


shutil.rmtree(out, ignore_errors=True)
install_tools()
for leftover in work.iterdir():
    if leftover.name != "tools":
        shutil.rmtree(leftover)
address = serve()
poetry(address, "poetry-1.1", "dev-dependencies", "default = true")
poetry(address, "poetry-1.8", "group.dev.dependencies", 'priority = "primary"')
poetry(address, "poetry-2", "group.dev.dependencies", 'priority = "primary"')
pipenv(address)
uv(address)
pdm(address)
pip_tools(address)

"""Has dnf install, raise, remove and reinstall packages of its own making into an empty root, for os/dnf's testdata.

Needs dnf 4, rpmbuild and createrepo_c. Writes history.sqlite.gz, as dnf left it, and repoquery.tsv: what dnf says is installed,
and from where. Works in /srv/harbour, which must not exist: dnf writes its command lines into the history.
"""
import gzip
import pathlib
import shutil
import subprocess

work = pathlib.Path("/srv/harbour")
target = pathlib.Path(__file__).parents[2] / "src/inspect/packages/os/dnf/testdata"
spec = """Name: {name}
Version: {version}
Release: 3
{epoch}Summary: A package
License: MIT
BuildArch: noarch
%description
A package.
%files
"""
conf = """[main]
gpgcheck=0
reposdir=/nonexistent
cachedir=/srv/harbour/cache
persistdir=/var/lib/dnf
plugins=0
"""
packages = [
    ("base", "sail-alpha", "1.2", None),
    ("extra", "sail-alpha", "1.3", None),
    ("extra", "sail-beta", "1.2", None),
    ("extra", "sail-epsilon", "0.9", 2),
    ("base", "sail-gone", "1.0", None),
    ("files", "sail-gamma", "2.0~rc1", None),
]


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def dnf(*arguments, repo="*"):
    return run("dnf", "-q", "-y", "-c", f"{work}/dnf.conf", f"--installroot={work}/root", "--releasever=1",
               "--disablerepo=*", f"--enablerepo={repo}", *arguments)


work.mkdir()
try:
    for repo, name, version, epoch in packages:
        path = work / f"{name}-{version}.spec"
        path.write_text(spec.format(name=name, version=version, epoch=f"Epoch: {epoch}\n" if epoch else ""))
        run("rpmbuild", "-bb", "--define", f"_rpmdir {work}/{repo}", str(path))
    for repo in ("base", "extra"):
        run("createrepo_c", "-q", f"{work}/{repo}")
        conf += f"[harbour-{repo}]\nname={repo}\nbaseurl=file://{work}/{repo}\n"
    (work / "dnf.conf").write_text(conf)
    dnf("install", "sail-alpha", "sail-gone", repo="harbour-base")
    dnf("install", "sail-beta", "sail-epsilon")
    dnf("install", str(next((work / "files").rglob("*.rpm"))))
    dnf("upgrade", "sail-alpha")
    dnf("remove", "sail-gone", "sail-beta")
    dnf("install", "sail-beta")
    dnf("reinstall", "sail-epsilon")
    history = (work / "root/var/lib/dnf/history.sqlite").read_bytes()
    said = dnf("repoquery", "--installed", "--qf", "%{name}\t%{evr}\t%{arch}\t%{from_repo}")
    target.mkdir(parents=True, exist_ok=True)
    (target / "history.sqlite.gz").write_bytes(gzip.compress(history, 9, mtime=0))
    (target / "repoquery.tsv").write_text(said)
finally:
    shutil.rmtree(work)

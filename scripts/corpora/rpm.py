"""Makes src/inspect/packages/os/rpm/testdata: packages by rpmbuild, installed by rpm into each kind of database, and what rpm says.

/usr/bin/python3 scripts/corpora/rpm.py NDB_RPM     (run from the repository's root)

Needs Debian's rpm, gpg and python3-bsddb3 (Berkeley DB 5.3). NDB_RPM is an rpm that has the ndb backend, which Debian's has
not: PyPI's rpm-inspector-rpm 4.16.1.3 brings one, in rpm_inspector_rpm/bin. Debian's reads Berkeley DB and so judges that
file, which libdb writes from the headers in the SQLite database, as rpm's own backend did: the key is the header's number.
"""
import gzip, os, pathlib, sqlite3, struct, subprocess, sys, tempfile

from bsddb3 import db

OUT = pathlib.Path('src/inspect/packages/os/rpm/testdata')
MANIFEST_OUT = OUT / '../../rpm-manifest/testdata'
FORM = '%{NAME}\\t%{EVR}\\t%{ARCH}\\t%{SOURCERPM}\\t%{VENDOR}\\t%{LICENSE}\\t%{MODULARITYLABEL}\\t%{EPOCH}\\n'
FILES = '[%{=NAME}\\t%{FILENAMES}\\n]'
# The format of the manifest that distroless images of Azure Linux have instead of a database.
MANIFEST = ('%{NAME}\\t%{VERSION}-%{RELEASE}\\t%{INSTALLTIME}\\t%{BUILDTIME}\\t%{VENDOR}\\t%{EPOCH}\\t%{SIZE}\\t%{ARCH}\\t'
            '%{EPOCHNUM}\\t%{SOURCERPM}\\n')

HEAD = 'Name: {name}\nVersion: {version}\nRelease: {release}\nSummary: made for a test\nLicense: {license}\n{more}\n'
BODY = '%description\nMade for a test.\n%install\n{install}\n%files\n{files}\n{tail}\n'


def spec(name, version, release, paths, license='MIT', more='', tail='', install=''):
    steps = ''.join(f'install -D /dev/null "%{{buildroot}}{path}"\n' for path in paths)
    listed = '\n'.join(f'"{path}"' for path in paths)
    return (HEAD.format(name=name, version=version, release=release, license=license, more=more)
            + BODY.format(install=steps + install, files=listed, tail=tail))


SITE = '/usr/lib/python3.9/site-packages/six-1.16.0.dist-info'
LONG = '/usr/share/ballast/a-long-folder-name-that-every-file-repeats/{:02d}/another-long-name-{:04d}.data'
SPECS = [
    spec('keel', '1.2.3', '4.el9', ['/usr/bin/keel', '/etc/keel.conf', '/keel'], 'GPL-2.0-or-later AND MIT',
         'Epoch: 2\nVendor: Example Linux\n',
         '%package libs\nVersion: 7.0\nSummary: libraries\nLicense: LGPL-2.1-only\n%description libs\nLibraries.\n'
         '%files libs\n%ghost /var/cache/keel\n', 'mkdir -p %{buildroot}/var/cache/keel'),
    spec('hull', '0.9~rc1^20240102git1234abc', '1', ['/opt/hull/a b', '/opt/hull/größe'], 'Apache-2.0 OR (MIT and "BSD")',
         'Epoch: 0\nVendor: Häfen & Söhne\n'),
    spec('nodejs', '16.20.2', '3.module+el8.9.0+19731+94cfdb3a', ['/usr/bin/node'], 'MIT',
         'Epoch: 1\nVendor: Example Linux\nModularityLabel: nodejs:16:8090020231009095711:a75119d5\n'),
    spec('python3-six', '1.16.0', '1.el9', [f'{SITE}/METADATA', f'{SITE}/RECORD', '/usr/lib/python3.9/site-packages/six.py'],
         more='BuildArch: noarch\n'),
    spec('empty', '1', '1', [], more='BuildArch: noarch\n'),
    spec('ballast', '5', '1', [LONG.format(n // 40, n) for n in range(400)], more='BuildArch: noarch\nVendor: Example Linux\n'),
    spec('kernel', '5.14.0', '70.el9', ['/boot/vmlinuz-5.14.0-70.el9'], 'GPLv2'),
    spec('kernel', '5.14.0', '362.el9', ['/boot/vmlinuz-5.14.0-362.el9'], 'GPLv2'),
]


def run(*command, **more):
    done = subprocess.run(command, capture_output=True, **more)
    if done.returncode != 0:
        sys.exit(f'{command}: {done.stderr.decode()}')
    return done.stdout


def build(work):
    for number, text in enumerate(SPECS):
        path = work / f'{number}.spec'
        path.write_text(text)
        run('rpmbuild', '-bb', '--target', 'x86_64', '--define', f'_topdir {work}/build', '--define', '_build_id_links none',
            '--define', '_buildhost build.example.org', '--define', 'clamp_mtime_to_source_date_epoch 1', str(path),
            env={**os.environ, 'SOURCE_DATE_EPOCH': '1700000000', 'LC_ALL': 'C.UTF-8'})
    return sorted(str(path) for path in (work / 'build/RPMS').rglob('*.rpm'))


def make_key(work):
    home = work / 'gpg'
    home.mkdir(mode=0o700)
    gpg = ['gpg', '--homedir', str(home), '--batch', '--passphrase', '']
    run(*gpg, '--quick-generate-key', 'Test <test@example.org>', 'rsa2048', 'sign', 'never')
    (work / 'key.asc').write_bytes(run(*gpg, '--armor', '--export'))
    return str(work / 'key.asc')


def install(work, rpms, key):
    base = ['rpm', '--dbpath', str(work / 'sqlite')]
    run(*base, '--initdb')
    run(*base, '--import', key)
    # One after the other, so that the numbers of the headers and with them the order stay.
    for rpm in rpms:
        run(*base, '-i', '--justdb', '--nodeps', '--force', '--ignorearch', rpm)
    return base


def make_ndb(work, rpms, ndb_rpm):
    base = [ndb_rpm, '--rcfile', str(pathlib.Path(ndb_rpm).with_name('rpmrc')), '--define', '_db_backend ndb',
            '--define', f'_rpmlock_path {work}/lock', '--dbpath', str(work / 'ndb')]
    (work / 'ndb').mkdir()
    # The first once more, which leaves a hole as updates do.
    for rpm in [*rpms, rpms[0]]:
        run(*base, '-i', '--justdb', '--nodeps', '--force', '--ignorearch', '--ignoreos', '--nodigest', '--nosignature', rpm)
    return base


def make_berkeley(work, name, lorder, page_size):
    (work / name).mkdir()
    with sqlite3.connect(work / 'sqlite/rpmdb.sqlite') as source:
        rows = source.execute('SELECT hnum, blob FROM Packages').fetchall()
    target = db.DB()
    target.set_lorder(lorder)
    target.set_pagesize(page_size)
    target.open(str(work / name / 'Packages'), None, db.DB_HASH, db.DB_CREATE)
    order = '<' if lorder == 1234 else '>'
    target.put(struct.pack(order + 'I', 0), struct.pack(order + 'I', max(number for number, _ in rows)))
    for number, blob in rows:
        target.put(struct.pack(order + 'I', number), blob)
    target.close()
    return ['rpm', '--define', '_db_backend bdb_ro', '--dbpath', str(work / name)]


def keep(path, name):
    (OUT / f'{name}.gz').write_bytes(gzip.compress(pathlib.Path(path).read_bytes(), 9, mtime=0))


def ask(base, form):
    return b''.join(sorted(run(*base, '-qa', '--qf', form).splitlines(keepends=True)))


def main(ndb_rpm):
    for out in (OUT, MANIFEST_OUT):
        out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        rpms = build(work)
        sqlite = install(work, rpms, make_key(work))
        keep(work / 'sqlite/rpmdb.sqlite', 'rpmdb.sqlite')
        (OUT / 'rpm-qa.tsv').write_bytes(ask(sqlite, FORM))
        (OUT / 'rpm-ql.tsv.gz').write_bytes(gzip.compress(ask(sqlite, FILES), 9, mtime=0))
        (MANIFEST_OUT / 'container-manifest-2').write_bytes(ask(sqlite, MANIFEST))
        berkeley = make_berkeley(work, 'little', 1234, 4096)
        keep(work / 'little/Packages', 'Packages')
        (OUT / 'rpm-qa-berkeley.tsv').write_bytes(ask(berkeley, FORM))
        make_berkeley(work, 'big', 4321, 512)
        keep(work / 'big/Packages', 'Packages-big-endian')
        ndb = make_ndb(work, rpms, ndb_rpm)
        keep(work / 'ndb/Packages.db', 'Packages.db')
        (OUT / 'rpm-qa-ndb.tsv').write_bytes(ask(ndb, FORM))


main(sys.argv[1])

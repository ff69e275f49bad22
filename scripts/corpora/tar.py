"""Makes src/base/bytes/tar/testdata: archives by GNU tar, listings by Python's tarfile, which reads every one of these formats.

Run as root (device nodes) from the repository's root: python3 scripts/corpora/tar.py
"""
import gzip, hashlib, json, os, pathlib, subprocess, tarfile, tempfile

OUT = pathlib.Path('src/base/bytes/tar/testdata')
COMMON = ['--sort=name', '--mtime=2024-01-02 03:04:05Z', '--owner=1234', '--group=5678', '--numeric-owner']


def build(root: pathlib.Path) -> None:
    long_dir = root / ('d' * 90) / ('e' * 90)
    long_dir.mkdir(parents=True)
    (long_dir / ('f' * 120)).write_text('a long name\n')
    (root / 'plain').write_text('hello\n')
    (root / 'empty').write_text('')
    (root / 'block').write_bytes(b'x' * 512)
    (root / 'grüße').write_text('utf-8\n')
    os.link(root / 'plain', root / 'hard')
    os.symlink('plain', root / 'soft')
    os.symlink('l' * 150, root / 'longlink')
    os.mkfifo(root / 'pipe')
    os.mknod(root / 'null', 0o20666, os.makedev(1, 3))
    (root / 'setuid').write_text('s')
    os.chmod(root / 'setuid', 0o4755)


def build_sparse(root: pathlib.Path) -> None:
    with open(root / 'sparse', 'wb') as file:
        for at in range(0, 40):
            file.seek(at * 64 * 1024)
            file.write(b'%02d' % at * 100)
        file.truncate(40 * 64 * 1024 + 12345)
    (root / 'after').write_text('after the sparse file\n')


def tar(root: pathlib.Path, *options: str) -> bytes:
    names = sorted(os.listdir(root))
    return subprocess.run(['tar', '-C', str(root), *COMMON, *options, '-cf', '-', *names], check=True, capture_output=True).stdout


def listing(data: bytes) -> list:
    types = {b'0': 'file', b'\0': 'file', b'S': 'file', b'7': 'file', b'1': 'hardlink', b'2': 'symlink', b'3': 'character', b'4': 'block', b'5': 'directory', b'6': 'fifo'}
    rows = []
    import io
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        for member in archive:
            kind = types[member.type]
            row = {'path': member.name, 'type': kind, 'size': member.size if kind == 'file' else 0, 'linkName': member.linkname, 'mode': member.mode, 'uid': member.uid, 'gid': member.gid}
            if kind == 'file':
                row['sha256'] = hashlib.sha256(archive.extractfile(member).read()).hexdigest()
            rows.append(row)
    return rows


def save(name: str, data: bytes) -> None:
    (OUT / f'{name}.tar.gz').write_bytes(gzip.compress(data, 9, mtime=0))
    (OUT / f'{name}.json').write_text(json.dumps(listing(data), indent=0, ensure_ascii=False) + '\n')


def main() -> None:
    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        build(root)
        save('gnu', tar(root, '--format=gnu'))
        save('pax', tar(root, '--format=pax'))
        save('oldgnu', tar(root, '--format=oldgnu'))
        save('big-ids', subprocess.run(['tar', '-C', str(root), '--sort=name', '--mtime=@0', '--owner=3000000000', '--group=4000000', '--numeric-owner', '--format=gnu', '-cf', '-', 'plain'], check=True, capture_output=True).stdout)
        for name in ('longlink', 'd' * 90):
            subprocess.run(['rm', '-r', str(root / name)], check=True)
        save('ustar', tar(root, '--format=ustar'))
        for name in ('pipe', 'null'):
            (root / name).unlink()
        save('v7', tar(root, '--format=v7'))
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        build_sparse(root)
        save('sparse-gnu', tar(root, '-S', '--format=gnu'))
        for version in ('0.0', '0.1', '1.0'):
            save(f'sparse-pax-{version}', tar(root, '-S', '--format=pax', f'--sparse-version={version}'))


main()

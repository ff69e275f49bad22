"""Makes src/base/versions/testdata/pep440.txt: versions of packages on the Python package index, and odd spellings, judged by
the `packaging` library. Needs pip and packaging. From the repository's root: python3 scripts/corpora/pep440.py
"""
import hashlib, itertools, pathlib, re, subprocess, sys
import packaging
from packaging.version import InvalidVersion, Version

OUT = pathlib.Path('src/base/versions/testdata/pep440.txt')
NAMES = ['django', 'numpy', 'scipy', 'pandas', 'setuptools', 'pip', 'tensorflow', 'pytz', 'cryptography', 'black', 'ansible',
         'sqlalchemy', 'twisted', 'zope.interface', 'pytest', 'jupyterlab', 'salt', 'celery', 'certifi', 'home-assistant-frontend']
COUNT = 1100

# Endings, each put behind 1.0: every part, every spelling, and what only looks like one.
ENDINGS = [
    '', '.0', '.0.0', '.00', '.1', '.10', '.9', '.', '..1', '.x', ' ', '\t', 'a', 'A1', 'a0', 'a1', 'a01', 'alpha', 'ALPHA.1', '-alpha-1', '_a_1', '.a.1', 'a.',
    'a-', 'a-1', 'a--1', 'aa', 'a1b1', 'b', 'beta2', '-b2', 'c', 'c1', 'rc', 'rc1', '.rc-1', 'RC1', 'pre', 'pre1', 'preview', '-preview_3', 'pr', 'd1',
    '-1', '-01', '-', '--1', '-1-1', '.-1', '.post', '.post0', '.post1', 'post1', '-post1', '_post_1', '.POST2', 'post.', 'rev', '.rev3', '-r4', 'r', 'r.1', '.post1.post2',
    'dev', '.dev', '.dev0', '.dev1', '-dev1', '_DEV_2', '.dev10', 'dev.', '.dev1.dev2', '.dev1a1', 'a1.dev1', 'a1.post1', 'a1.post1.dev2', 'a.post', 'b2.post3.dev4+l', 'rc1.post-1',
    '.post1.dev1', '-1.dev1', '.post.dev', '+', '+a', '+A', '+a.1', '+a-1', '+a_1', '+a.01', '+a.b', '+1', '+01', '+1.0', '+10', '+9', '+a1', '+1a', '+a..b', '+a.', '+.a', '+a+b', '+ab.c',
    '+ubuntu.1', '+ubuntu-2', '.dev1+local', 'a1+local', '.post1+local', '+a!', '+é', '+a.2147483648', '+a.99999999999999999999', 'a99999999999999999999', '.99999999999999999999', '!1', '!', '\n', '*', '.*', 'a 1', ' a1', '\u017f', '+\u212a', 'po\u017ft1',
]
OTHERS = ['', ' ', '0', '00', '0.0', '0.dev0', '0a0', '1', 'v1', 'V1.0', 'vv1', 'v 1', 'v', '=1', '1!0', '0!1.0', '00!1', '1!1.0', '2!0.1', '10!0', '1!!0', '!1', '-1!0', '1!', '1!1!1', '1.0.', '.1', '1,0', '1_0',
          'a1', 'dev1', 'post1', 'latest', 'unknown', '2004d', '1.0-SNAPSHOT', '1.0.Final', '1.0-r1-gabc', '1.0-5-gdeadbee', '1.0~rc1', '1.0-1ubuntu1', '1.0.0-beta.1+build', '1.0.0-alpha+001', ' 1.0 ', '\v1.0\f', '1.0\r\n', '0x1', '1e5', '١.٠',
          '1.' + '0.' * 60 + '1', '9' * 100, '1.0+' + 'a' * 100]


def real_versions(name: str) -> list[str]:
    answer = subprocess.run([sys.executable, '-m', 'pip', 'index', 'versions', '--pre', name], capture_output=True, text=True).stdout
    return re.search(r'Available versions: (.*)', answer)[1].split(', ')


def read(text: str) -> Version | None:
    try:
        return Version(text)
    except InvalidVersion:
        return None


def main() -> None:
    digest = lambda text: hashlib.sha256(text.encode()).hexdigest()
    real = sorted({version for name in NAMES for version in real_versions(name)}, key=digest)
    # Most are plain; take all kinds.
    plain = [version for version in real if re.fullmatch(r'[\d.]+', version)]
    special = [version for version in real if not re.fullmatch(r'[\d.]+', version)]
    chosen = special[: COUNT // 2] + plain[: COUNT // 2]
    odd = ['1.0' + ending for ending in ENDINGS] + OTHERS
    texts = sorted(set(chosen + odd), key=digest)
    parsed = {text: read(text) for text in texts}
    refused = sorted(text for text in texts if parsed[text] is None)
    accepted = sorted((text for text in texts if parsed[text] is not None), key=lambda text: (parsed[text], text))
    rows = [list(group) for _, group in itertools.groupby(accepted, key=lambda text: parsed[text])]
    escape = lambda text: text.encode('unicode_escape').decode()
    with OUT.open('w', encoding='ascii') as out:
        print(f'# {len(texts)} versions in the order of Python\'s packaging {packaging.__version__}, lowest first: real ones of {len(NAMES)} projects, and odd ones.', file=out)
        print('# Versions on one line, a tab between them, are equal. Lines that start with "!" and a tab are refused. Escapes are Python\'s.', file=out)
        print('# Made by scripts/corpora/pep440.py; see README.md.', file=out)
        for text in refused:
            print('!', escape(text), sep='\t', file=out)
        for row in rows:
            print(*map(escape, row), sep='\t', file=out)
    print(len(texts), 'versions,', len(refused), 'refused,', len(rows), 'places')


main()

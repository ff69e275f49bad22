"""Makes src/inspect/packages/os/dpkg/testdata from the status file of a real Debian root, and asks dpkg-query what it says.

python3 scripts/corpora/dpkg.py ROOT     (ROOT made by mmdebstrap; run from the repository's root)
"""
import pathlib, re, subprocess, sys, tempfile

OUT = pathlib.Path('src/inspect/packages/os/dpkg/testdata')
KEEP = ('Package', 'Status', 'Architecture', 'Multi-Arch', 'Source', 'Version', 'Maintainer')
# States that a fresh root does not have: given to real packages, so that dpkg-query judges them.
STATES = {'adduser': 'deinstall ok config-files', 'apt': 'install ok unpacked', 'base-files': 'install ok half-configured', 'base-passwd': 'install reinstreq half-installed', 'bash': 'install ok triggers-pending'}


def main(root: str) -> None:
    status = (pathlib.Path(root) / 'var/lib/dpkg/status').read_text()
    stanzas = []
    for stanza in status.split('\n\n')[:90]:
        fields = dict(re.findall(r'^([A-Z][A-Za-z-]+): (.*)$', stanza, re.M))
        if not fields:
            continue
        fields['Status'] = STATES.get(fields['Package'], fields['Status'])
        fields['Maintainer'] = re.sub(r' <.*', ' <maintainer@example.invalid>', fields['Maintainer'])
        lines = [f'{key}: {fields[key]}' for key in KEEP if key in fields]
        if fields['Package'] == 'bash':
            lines += ['Triggers-Pending: ldconfig']
        lines += ['Description: a description', ' with a second line', ' .', ' Version: this is no field']
        stanzas.append('\n'.join(lines))
    OUT.mkdir(exist_ok=True)
    (OUT / 'status').write_text('\n\n'.join(stanzas) + '\n\n')
    with tempfile.TemporaryDirectory() as admin:
        (pathlib.Path(admin) / 'status').write_text((OUT / 'status').read_text())
        (pathlib.Path(admin) / 'updates').mkdir()
        (pathlib.Path(admin) / 'info').mkdir()
        form = '${Package}\\t${Version}\\t${Architecture}\\t${source:Package}\\t${source:Version}\\t${db:Status-Status}\\n'
        answer = subprocess.run(['dpkg-query', f'--admindir={admin}', '-W', f'-f={form}'], check=True, capture_output=True, text=True).stdout
    (OUT / 'dpkg-query.tsv').write_text(answer)


main(sys.argv[1])

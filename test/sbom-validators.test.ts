// Bills of materials before the judges that others will use: SPDX's own tools and the schemas of SPDX and Syft, where they are here.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import fc from 'fast-check';
import type { Report } from '../src/base/model/report.ts';
import { formats } from '../src/documents/index.ts';
import { arbitraryReport } from '../src/documents/testdata/arbitrary-report.ts';
import { clean, debianNode, empty, hostile, noData } from '../src/documents/testdata/reports.ts';

/** The Python that has the tools: one that is named, else that of `scripts/setup-sbom-tools.sh`, else the one in PATH. */
const made = join(import.meta.dirname, '..', '.plimsoll', 'sbom-tools', 'bin', 'python');
const python = process.env.PLIMSOLL_SBOM_PYTHON ?? (existsSync(made) ? made : 'python3');
const script = join(import.meta.dirname, '..', 'scripts', 'validate-sboms.py');
const tools = 'import spdx_tools.spdx.parser.parse_anything, spdx_python_model, jsonschema';
const isThere = spawnSync(python, ['-c', tools]).status === 0;
const skip = !isThere && `${python} has no tools of SPDX: pip install spdx-tools spdx-python-model jsonschema`;

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-sboms-'));
after(() => rmSync(folder, { recursive: true }));

test('the tools of SPDX and the schemas find nothing wrong', { skip, timeout: 180_000 }, async () => {
  const arbitrary = fc
    .sample(arbitraryReport, { numRuns: 60, seed: 7 })
    .map((report, place) => [`any-${place}`, report]);
  const reports = { debianNode, clean, empty, hostile, noData, ...Object.fromEntries(arbitrary) };
  for (const id of ['spdx', 'spdx3', 'syft']) await writeAll(id, reports);
  const { status, stdout, stderr } = spawnSync(python, [script, folder], { encoding: 'utf8' });
  assert.equal(status, 0, stdout + stderr);
});

async function writeAll(id: string, reports: Readonly<Record<string, Report>>): Promise<void> {
  const write = await formats.find((format) => format.id === id)!.load();
  mkdirSync(join(folder, id));
  for (const [name, report] of Object.entries(reports)) {
    // The ending tells spdx-tools which of its forms this is.
    const ending = id === 'spdx' ? 'spdx.json' : 'json';
    writeFileSync(join(folder, id, `${name}.${ending}`), [...write(report)].join(''));
  }
}

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { rowsOf } from '../../../../../test/images/found-rows.ts';
import { readFileBy } from '../../../../../test/images/read-file.ts';
import { dotnet } from './index.ts';

const read = async (path: string, content: string | Buffer) => rowsOf(await readFileBy(dotnet, path, content));
const testdata = (path: string) => readFileSync(new URL(`testdata/${path}`, import.meta.url));

const files: Readonly<Record<string, readonly string[]>> = {
  'Python.Runtime.deps.json': [
    'nuget Microsoft.CSharp 4.7.0 installed',
    'nuget Microsoft.SourceLink.GitHub 10.0.401 declared',
    'nuget System.Buffers 4.6.1 installed',
    'nuget System.IO.Hashing 10.0.12 installed',
    'nuget System.Memory 4.6.3 installed',
    'nuget System.Numerics.Vectors 4.6.1 installed',
    'nuget System.Reflection.Emit 4.7.0 installed',
    'nuget System.Reflection.Emit.ILGeneration 4.7.0 installed',
    'nuget System.Runtime.CompilerServices.Unsafe 6.1.2 installed',
    'ownership',
  ],
  'packages.lock.json': [
    'nuget Newtonsoft.Json 13.0.1 declared',
    'nuget Serilog 3.1.1 declared',
    'nuget System.Memory 4.5.5 declared',
  ],
  'project.assets.json': ['nuget Newtonsoft.Json 13.0.1 declared'],
  'packages.config': ['nuget jQuery 3.4.1 declared', 'nuget Microsoft.Net.Compilers 2.10.0 declared dev'],
  'paket.lock': ['nuget FSharp.Core 8.0.100 declared', 'nuget Suave 2.6.2 declared', 'nuget NUnit 3.14.0 declared'],
  'Directory.Packages.props': [
    'unpinned',
    'nuget Newtonsoft.Json 13.0.1 declared',
    'nuget Serilog 3.1.1 declared',
    'nuget Dapper 2.0.35 declared',
    'nuget StyleCop.Analyzers 1.1.118 declared dev',
  ],
};
for (const [path, rows] of Object.entries(files))
  test(path, async () => assert.deepEqual(await read(path, testdata(path)), rows));

test('the shared runtime is installed', async () => {
  const path = 'Microsoft.NETCore.App.deps.json';
  const found = await read(path, testdata(path));
  assert.ok(found.includes('nuget runtime.linux-x64.Microsoft.NETCore.App 3.1.23-servicing.22122.4 installed'));
  assert.ok(found.includes('nuget Microsoft.NETCore.Platforms 3.1.9 declared'));
});

const selfContained =
  '{"targets":{"t":{"runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/8.0.1":{"runtime":{"a.dll":{}}}}},' +
  '"libraries":{"runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/8.0.1":{"type":"runtimepack"},"App/1":{"type":"project"}}}';
const project =
  '<Project xmlns="x"><ItemGroup><PackageReference Include="A"><Version>1</Version></PackageReference><PackageReference Include="B" /></ItemGroup></Project>';
const cases: readonly (readonly [title: string, path: string, content: string | Buffer, rows: readonly string[]])[] = [
  [
    'a self-contained application',
    'a.deps.json',
    selfContained,
    ['nuget Microsoft.NETCore.App.Runtime.linux-x64 8.0.1 installed', 'ownership'],
  ],
  ['a project', 'a.csproj', project, ['unpinned', 'nuget A 1 declared']],
  ['UTF-16', 'a.fsproj', Buffer.from(`\ufeff${project}`, 'utf16le'), ['unpinned', 'nuget A 1 declared']],
  ['empty deps', 'a.deps.json', '', ['truncated']],
  ['no libraries', 'a.deps.json', '{}', ['malformed']],
  ['a library without version', 'a.deps.json', '{"libraries":{"a":{"type":"package"}}}', ['unpinned']],
  ['libraries of wrong kinds', 'a.deps.json', '{"libraries":{"a/1":1,"b/1":{"type":[]}},"targets":[1]}', []],
  ['empty lock', 'packages.lock.json', '', ['truncated']],
  [
    'a newer lock',
    'packages.lock.json',
    '{"version":9,"dependencies":{"n":{"A":{"resolved":"1"}}}}',
    ['unsupported', 'nuget A 1 declared'],
  ],
  [
    'entries of wrong kinds',
    'packages.lock.json',
    '{"version":1,"dependencies":{"n":{"A":1,"B":{"resolved":2}},"m":7}}',
    ['incomplete', 'unpinned'],
  ],
  ['cut off', 'packages.config', '<packages><package id="a" ver', ['malformed 1']],
  ['another element', 'packages.config', '<a/>', ['malformed']],
  ['a document type', 'packages.config', '<!DOCTYPE p><packages/>', ['unsupported 1']],
  ['too deep', 'packages.config', '<a>'.repeat(100_000), ['too-deep 1']],
  ['empty paket.lock', 'paket.lock', '', []],
  [
    'damaged paket.lock',
    'paket.lock',
    '    a (1)\nNUGET\n    b\n    c (1)\n',
    ['malformed 1', 'malformed 3', 'nuget c 1 declared'],
  ],
  ['another project', 'a.csproj', '<html/>', ['malformed']],
];
for (const [title, path, content, rows] of cases)
  test(`.NET: ${title}`, async () => assert.deepEqual(await read(path, content), rows));

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readFileBy } from '../../../../../test/images/read-file.ts';
import { FileSelector } from '../../file-selector.ts';
import { joinFacts } from '../../join.ts';
import { portage } from './index.ts';

const folder = 'var/db/pkg/app-misc/kettle-1.4.0_rc2-r3';
const testdata = (name: string) => readFileSync(new URL(`./testdata/${name}`, import.meta.url), 'utf8');
const read = (name: string, content = testdata(name), place = folder) =>
  readFileBy(portage, `${place}/${name}`, content);

test('one package with its licence', async () => {
  const { packages } = joinFacts([
    { path: `${folder}/LICENSE`, found: await read('LICENSE') },
    { path: `${folder}/CONTENTS`, found: await read('CONTENTS') },
  ]);
  assert.deepEqual(
    packages.map(({ purl, licenses, state }) => [purl, licenses, state]),
    [['pkg:ebuild/app-misc/kettle@1.4.0_rc2-r3', ['|| ( MIT Apache-2.0 )'], 'installed']],
  );
});

test('its files, whatever spaces they have', async () => {
  const owned = (await read('CONTENTS')).flatMap((item) =>
    item.kind === 'ownership' ? item.paths.map((path) => `${item.owner} ${path}`) : [],
  );
  assert.deepEqual(owned.sort(), [
    'app-misc/kettle usr/bin/kettle',
    'app-misc/kettle usr/bin/tea kettle',
    'app-misc/kettle usr/lib/python3.12/site-packages/kettle-1.4.0.dist-info/METADATA',
    'app-misc/kettle usr/share/kettle parts/lid one',
  ]);
});

const folders: readonly (readonly [folder: string, name: string])[] = [
  ['app-misc/a-1', 'app-misc/a 1'],
  ['app-misc/a-b-1.2.3a', 'app-misc/a-b 1.2.3a'],
  ['dev-libs/openssl-3.0.13-r2', 'dev-libs/openssl 3.0.13-r2'],
  ['media-fonts/font-100dpi-1.0', 'media-fonts/font-100dpi 1.0'],
  ['virtual/jdk-1.8.0_p302-r1', 'virtual/jdk 1.8.0_p302-r1'],
  ['sys-apps/a-1_alpha2_beta3_pre4_rc5_p6', 'sys-apps/a 1_alpha2_beta3_pre4_rc5_p6'],
  ['app-misc/live-9999', 'app-misc/live 9999'],
  ['app-misc/-MERGING-a-1', 'malformed'],
  ['app-misc/a', 'malformed'],
  ['app-misc/a-b', 'malformed'],
  [`app-misc/a-${'1'.repeat(300)}`, 'malformed'],
  [`app-misc/${'1-'.repeat(2000)}`, 'malformed'],
];

for (const [place, expected] of folders) {
  test(`folder ${place.slice(0, 60)}`, async () => {
    const [item] = await read('CONTENTS', '', `var/db/pkg/${place}`);
    const shown = item?.kind === 'package' ? `${item.name} ${item.version}` : item?.kind === 'problem' && item.code;
    assert.equal(shown, expected);
  });
}

test('only the database at its place', () => {
  const selector = new FileSelector([portage]);
  assert.ok(selector.wantsName(`${folder}/CONTENTS`) && selector.wantsName(`${folder}/LICENSE`));
  for (const path of ['LICENSE', 'srv/a/b/c/d/LICENSE', 'var/db/pkg/a/LICENSE', `${folder}/files/LICENSE`])
    assert.ok(!selector.wantsName(path), path);
});

const damaged: readonly (readonly [title: string, content: string, found: readonly string[]])[] = [
  ['empty', '', ['package']],
  ['folders alone', 'dir /usr\n', ['package']],
  ['cut off', 'obj /usr/bin/a 0 0\nobj /usr/bin', ['package', 'malformed 2', '1 paths']],
  ['a link to nowhere', 'sym /usr/a\n', ['package', 'malformed 1']],
  ['an unknown kind', 'what /usr/a\nxyz /usr/b 0 0\n', ['package', 'malformed 1', 'malformed 2']],
  ['no absolute path', 'obj usr/a 0 0\n', ['package', 'malformed 1']],
  ['devices and pipes', 'fif /run/a b\ndev /dev/c\n', ['package', '2 paths']],
  ['a path without end', `obj /${'a'.repeat(9000)} 0 0\n`, ['package', 'malformed 1']],
  ['rubbish', '\0\x01\xff', ['package', 'malformed 1']],
  ['many files in parts', 'obj /a 0 0\n'.repeat(15_000), ['package', '10000 paths', '5000 paths']],
];

for (const [title, content, expected] of damaged) {
  test(`damaged list: ${title}`, async () => {
    const found = (await read('CONTENTS', content)).map((item) => {
      if (item.kind === 'ownership') return `${item.paths.length} paths`;
      return item.kind === 'problem' ? `${item.code} ${item.where.offset}` : item.kind;
    });
    assert.deepEqual(found, expected);
  });
}

test('a licence that is empty, and one without end', async () => {
  const licenses = async (text: string) =>
    (await read('LICENSE', text)).map((item) => item.kind === 'package' && item.licenses?.[0]?.length);
  assert.deepEqual(await licenses('\n'), [undefined]);
  assert.deepEqual(await licenses('a'.repeat(5000)), [1000]);
});

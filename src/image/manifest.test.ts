import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { defaultLimits } from '../base/limits.ts';
import { historyOfLayers, isForeignLayer, parseDigest, parseImageConfig, parseManifestOrIndex } from './manifest.ts';

const oci = 'application/vnd.oci.image';
const docker = 'application/vnd.docker';
const digest = `sha256:${'ab'.repeat(32)}` as const;
const limits = { ...defaultLimits, maxLayers: 3 };
const layer = { mediaType: `${oci}.layer.v1.tar+gzip`, digest, size: 5 };
const config = { mediaType: `${oci}.config.v1+json`, digest, size: 2 };
const manifest = { schemaVersion: 2, mediaType: `${oci}.manifest.v1+json`, config, layers: [layer] };
const index = {
  schemaVersion: 2,
  mediaType: `${oci}.index.v1+json`,
  manifests: [{ ...layer, mediaType: `${oci}.manifest.v1+json` }],
};

const bytesOf = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
const parse = (value: unknown) => parseManifestOrIndex(bytesOf(value), 'it', limits);

describe('parseManifestOrIndex', () => {
  test('reads manifests and indexes of OCI and Docker, with or without a media type', () => {
    const { mediaType: _, ...untyped } = manifest;
    assert.deepEqual(parse(manifest), { kind: 'manifest', mediaType: manifest.mediaType, config, layers: [layer] });
    assert.equal(parse(untyped).kind, 'manifest');
    assert.equal(parse({ ...manifest, mediaType: `${docker}.distribution.manifest.v2+json` }).kind, 'manifest');
    assert.deepEqual(parse(index), { kind: 'index', mediaType: index.mediaType, manifests: index.manifests });
    assert.equal(parse({ ...index, mediaType: `${docker}.distribution.manifest.list.v2+json` }).kind, 'index');
    assert.deepEqual(parse({ ...index, manifests: null }), {
      kind: 'index',
      mediaType: index.mediaType,
      manifests: [],
    });
    assert.deepEqual(parse({ ...manifest, layers: [] }), { ...parse(manifest), layers: [] });
  });

  test('keeps platform, annotations and urls, and no prototype is reachable through them', () => {
    const platform = { os: 'linux', architecture: 'arm', variant: 'v7', features: ['x'] };
    const text = JSON.stringify({
      ...index,
      manifests: [{ ...index.manifests[0], platform, urls: ['https://example.invalid/'] }],
    });
    const parsed = parse(text.replace('"urls"', '"annotations":{"__proto__":"a","b":"c"},"urls"'));
    assert.equal(parsed.kind, 'index');
    const [entry] = parsed.kind === 'index' ? parsed.manifests : [];
    assert.deepEqual(entry?.platform, { os: 'linux', architecture: 'arm', variant: 'v7' });
    assert.deepEqual(entry?.urls, ['https://example.invalid/']);
    assert.deepEqual(Object.keys(entry?.annotations ?? {}), ['__proto__', 'b']);
    assert.equal(Object.getPrototypeOf(entry?.annotations), null);
  });

  const refused: [string, unknown, RegExp, string?][] = [
    ['empty', '', /it is no JSON/],
    ['truncated', JSON.stringify(manifest).slice(0, 100), /it is no JSON/],
    ['not UTF-8', '\xff', /is no JSON|is no image/],
    ['a list', [], /is no JSON object/],
    ['null', 'null', /is no JSON object/],
    ['HTML', '<html>', /is no JSON/],
    ['schema 1', { schemaVersion: 1, fsLayers: [] }, /schema 1.*Pull and push/],
    ['no schema version', { ...manifest, schemaVersion: undefined }, /schemaVersion is not 2/],
    ['both at once', { ...manifest, manifests: [] }, /both an index and a manifest/],
    ['neither', { schemaVersion: 2 }, /neither/],
    ['a type that lies', { ...manifest, mediaType: index.mediaType }, /index\.v1\+json" but is an image manifest/],
    [
      'a field said twice',
      JSON.stringify(manifest).replace('"layers"', '"Layers":[],"layers"'),
      /layers is said 2 times/,
    ],
    ['layers of another type', { ...manifest, layers: {} }, /layers is no list/],
    [
      'a digest that climbs',
      { ...manifest, layers: [{ ...layer, digest: 'sha256:../../x' }] },
      /layers\[0\]\.digest is no/,
    ],
    ['a negative size', { ...manifest, layers: [{ ...layer, size: -1 }] }, /layers\[0\]\.size is no/],
    ['a size past 2^53', { ...manifest, layers: [{ ...layer, size: 2 ** 60 }] }, /layers\[0\]\.size is no/],
    ['no configuration', { ...manifest, config: undefined }, /config is no JSON object/],
    [
      'too many layers',
      { ...manifest, layers: [layer, layer, layer, layer] },
      /layers has 4 entries/,
      'limit-exceeded',
    ],
    [
      'a chart',
      { ...manifest, config: { ...config, mediaType: 'application/vnd.cncf.helm.config.v1+json' } },
      /artifact of type "application\/vnd\.cncf\.helm/,
    ],
    [
      'an artifact',
      {
        ...manifest,
        artifactType: 'application/x-model',
        config: { ...config, mediaType: 'application/vnd.oci.empty.v1+json' },
      },
      /artifact of type "application\/x-model"/,
    ],
    [
      'an attestation',
      { ...manifest, layers: [{ ...layer, mediaType: 'application/vnd.in-toto+json' }] },
      /artifact of type "application\/vnd\.in-toto/,
    ],
    [
      'encrypted layers',
      { ...manifest, layers: [{ ...layer, mediaType: `${layer.mediaType}+encrypted` }] },
      /encrypted/,
    ],
  ];
  for (const [name, value, message, code = 'image-unreadable'] of refused)
    test(`refuses ${name}`, () => assert.throws(() => parse(value), { message, code }));

  test('refuses a document over the limit before it is parsed', () => {
    const huge = new Uint8Array(limits.maxManifestBytes + 1);
    assert.throws(() => parseManifestOrIndex(huge, 'it', limits), { code: 'limit-exceeded', message: /4194305 bytes/ });
  });

  test('survives JSON nested as deep as the limit on bytes allows', () => {
    assert.throws(() => parse(`${'['.repeat(2_000_000)}${']'.repeat(2_000_000)}`), { code: 'image-unreadable' });
  });
});

describe('parseImageConfig', () => {
  const read = (value: unknown) => parseImageConfig(bytesOf(value), 'it', limits);
  const rootfs = { type: 'layers', diff_ids: [digest] };

  test('reads what a full configuration says', () => {
    const { config: parsed, diffIds } = read({
      created: '2026-01-02T03:04:05Z',
      architecture: 'arm64',
      os: 'linux',
      variant: 'v8',
      config: {
        User: '1000:1000',
        Env: ['A=b'],
        Entrypoint: ['/bin/x'],
        Cmd: 'one',
        WorkingDir: '/srv',
        ExposedPorts: { '80/tcp': {} },
        Volumes: { '/data': {} },
        Labels: { a: 'b' },
      },
      rootfs,
      history: [{ created_by: 'ADD /' }, { created_by: 'CMD x', empty_layer: true }],
    });
    assert.deepEqual(diffIds, [digest]);
    assert.deepEqual(
      { ...parsed, labels: { ...parsed.labels } },
      {
        platform: { os: 'linux', architecture: 'arm64', variant: 'v8' },
        created: '2026-01-02T03:04:05Z',
        user: '1000:1000',
        workingDir: '/srv',
        env: ['A=b'],
        entrypoint: ['/bin/x'],
        cmd: ['one'],
        exposedPorts: ['80/tcp'],
        volumes: ['/data'],
        labels: { a: 'b' },
        history: [
          { createdBy: 'ADD /', emptyLayer: false },
          { createdBy: 'CMD x', emptyLayer: true },
        ],
      },
    );
    assert.deepEqual(historyOfLayers(parsed, 1), ['ADD /']);
    assert.deepEqual(historyOfLayers(parsed, 2), [undefined, undefined]);
  });

  test('takes what is absent or null as empty, and the platform as unknown', () => {
    const { config: parsed } = read({ rootfs, config: { Env: null, Labels: null }, history: null });
    assert.deepEqual(parsed.platform, { os: 'unknown', architecture: 'unknown' });
    assert.deepEqual(
      [parsed.env, parsed.cmd, parsed.volumes, parsed.history, parsed.user],
      [[], [], [], [], undefined],
    );
  });

  test('reads names in any case, as the engines do', () => {
    assert.equal(read({ rootfs, config: { user: 'app' } }).config.user, 'app');
    assert.throws(() => read({ rootfs, config: { User: 'app', user: '0' } }), /config\.User is said 2 times/);
  });

  const refused: [string, unknown, RegExp][] = [
    ['empty', '', /is no JSON/],
    ['truncated', '{"rootfs":', /is no JSON/],
    ['no rootfs', {}, /rootfs is missing/],
    ['a damaged diffID', { rootfs: { diff_ids: ['sha256:1'] } }, /rootfs\.diff_ids\[0\] is no/],
    ['too many diffIDs', { rootfs: { diff_ids: [digest, digest, digest, digest] } }, /diff_ids has 4 entries/],
    ['an environment of numbers', { rootfs, config: { Env: [1] } }, /config\.Env is no list of strings/],
    ['a user that is a number', { rootfs, config: { User: 0 } }, /config\.User is no string/],
    ['history without end', { rootfs, history: new Array(301).fill({}) }, /history has 301 entries/],
  ];
  for (const [name, value, message] of refused)
    test(`refuses ${name}`, () => assert.throws(() => read(value), message));
});

test('parseDigest takes whole sha256 and sha512 digests only', () => {
  assert.equal(parseDigest(digest), digest);
  assert.equal(parseDigest(`sha512:${'0'.repeat(128)}`), `sha512:${'0'.repeat(128)}`);
  for (const text of [
    '',
    'sha256:',
    `${digest}0`,
    digest.toUpperCase(),
    `md5:${'0'.repeat(32)}`,
    `${digest}\n`,
    `sha512:${'0'.repeat(64)}`,
  ])
    assert.equal(parseDigest(text), undefined, text);
});

test('isForeignLayer knows both families', () => {
  assert.equal(isForeignLayer({ ...layer, mediaType: `${docker}.image.rootfs.foreign.diff.tar.gzip` }), true);
  assert.equal(isForeignLayer({ ...layer, mediaType: `${oci}.layer.nondistributable.v1.tar+zstd` }), true);
  assert.equal(isForeignLayer(layer), false);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseImageName, toImagePurl } from './image-name.ts';

const digest = `sha256:${'0a'.repeat(32)}` as const;

const names: readonly [reference: string, repository: string | undefined, tag?: string][] = [
  ['registry:debian', 'debian'],
  ['registry:debian:12', 'debian', '12'],
  ['docker:shop/app:1.0-rc.1', 'shop/app', '1.0-rc.1'],
  ['registry:localhost:5000/app', 'localhost:5000/app'],
  ['registry:registry.example:5000/a/b/c:t', 'registry.example:5000/a/b/c', 't'],
  [`podman:registry.example/app:1@${digest}`, 'registry.example/app', '1'],
  [`containerd:app@${digest}`, 'app'],
  ['oci-archive:app.tar', undefined],
  ['dir:/', undefined],
  ['registry:', undefined],
  ['registry:UPPER CASE', undefined],
  ['registry:a//b', undefined],
  ['', undefined],
  [`registry:${'a/'.repeat(100_000)}b`, undefined],
];

for (const [reference, repository, tag] of names)
  test(`the name in ${reference.slice(0, 60) || '(nothing)'}`, () => {
    const name = parseImageName(reference);
    assert.deepEqual(name, repository === undefined ? undefined : { repository, ...(tag ? { tag } : {}) });
  });

// Expected values follow the examples of purl's own definition of the type.
test('purl of an image', () => {
  const of = (reference: string) => toImagePurl({ reference, digest, layers: [] });
  assert.equal(of('registry:debian:12'), `pkg:oci/debian@${digest}?tag=12`);
  assert.equal(of('registry:ghcr.example/x/static'), `pkg:oci/static@${digest}?repository_url=ghcr.example/x/static`);
  assert.equal(of('docker-archive:a.tar'), undefined);
  assert.equal(toImagePurl({ reference: 'registry:debian', layers: [] }), undefined);
});

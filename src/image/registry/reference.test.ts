import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { formatRegistryReference, parseRegistryReference } from './reference.ts';

const digest = `sha256:${'0a'.repeat(32)}`;

describe('parseRegistryReference', () => {
  const cases: [text: string, whole: string][] = [
    ['debian', 'docker.io/library/debian:latest'],
    ['debian:12', 'docker.io/library/debian:12'],
    ['a/b', 'docker.io/a/b:latest'],
    ['docker.io/debian', 'docker.io/library/debian:latest'],
    ['index.docker.io/debian:1', 'docker.io/library/debian:1'],
    ['registry-1.docker.io/a/b', 'docker.io/a/b:latest'],
    ['localhost/a', 'localhost/a:latest'],
    ['localhost:5000/a', 'localhost:5000/a:latest'],
    ['registry.example/a/b/c:1.0_x', 'registry.example/a/b/c:1.0_x'],
    ['Registry.Example:443/a', 'registry.example:443/a:latest'],
    ['[::1]:5000/a:t', '[::1]:5000/a:t'],
    [`registry.example:5000/a/b:tag@${digest}`, `registry.example:5000/a/b:tag@${digest}`],
    [`a@${digest}`, `docker.io/library/a@${digest}`],
    ['a__b/c-d--e.f_g', 'docker.io/a__b/c-d--e.f_g:latest'],
    ['registry.example/a:latest', 'registry.example/a:latest'],
  ];
  for (const [text, whole] of cases)
    test(text, () => assert.equal(formatRegistryReference(parseRegistryReference(text)), whole));

  const refused: [text: string, message: RegExp][] = [
    ['', /it has no name/],
    ['registry.example/', /it has no name/],
    ['https://registry.example/a', /without a scheme/],
    ['docker://a', /without a scheme/],
    ['Debian', /lower case/],
    ['registry.example/A', /lower case/],
    ['a//b', /"" is no name/],
    ['a/../b', /"\.\." is no name/],
    ['a/b?c', /"b\?c" is no name/],
    ['a___b', /"a___b" is no name/],
    ['-a', /"-a" is no name/],
    ['a:', /no tag/],
    ['a:b:c', /is no name/],
    [`a:${'x'.repeat(129)}`, /no tag/],
    ['a:x\n', /no tag/],
    ['a@sha256:123', /no digest/],
    [`a@${digest.toUpperCase()}`, /no digest/],
    [`a@${digest}@${digest}`, /no digest/],
    ['registry.example:99999/a', /"registry\.example:99999" is no host/],
    ['registry.example:0/a', /is no host/],
    ['user@registry.example/a', /no digest/],
    ['regis try.example/a', /is no host/],
    [`registry.example/${'a'.repeat(250)}`, /longer than 255/],
    ['a'.repeat(100_000), /too long/],
    [`a${'-'.repeat(1000)}!`, /is no name/],
  ];
  for (const [text, message] of refused) {
    test(`refuses ${JSON.stringify(text.slice(0, 60))}`, () =>
      assert.throws(() => parseRegistryReference(text), { code: 'reference-unreadable', message }));
  }
});

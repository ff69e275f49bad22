import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Purl, parsePurl, toPurl, toPurlName, toWholeName } from './purl.ts';

/** The specification's examples, its tests for the types at hand, and ours; canonical. */
const canonical: readonly [text: string, purl: Purl][] = [
  [
    'pkg:deb/debian/curl@7.50.3-1?arch=i386&distro=jessie',
    {
      type: 'deb',
      namespace: 'debian',
      name: 'curl',
      version: '7.50.3-1',
      qualifiers: { arch: 'i386', distro: 'jessie' },
    },
  ],
  [
    'pkg:deb/debian/attr@1:2.4.47-2%2Bb1?arch=amd64',
    { type: 'deb', namespace: 'debian', name: 'attr', version: '1:2.4.47-2+b1', qualifiers: { arch: 'amd64' } },
  ],
  [
    'pkg:deb/debian/libstdc%2B%2B6@12.2.0-14~deb12u1',
    { type: 'deb', namespace: 'debian', name: 'libstdc++6', version: '12.2.0-14~deb12u1' },
  ],
  [
    'pkg:apk/alpine/libcrypto3@3.5.5-r0?arch=x86_64&distro=alpine-edge&upstream=openssl',
    {
      type: 'apk',
      namespace: 'alpine',
      name: 'libcrypto3',
      version: '3.5.5-r0',
      qualifiers: { arch: 'x86_64', distro: 'alpine-edge', upstream: 'openssl' },
    },
  ],
  ['pkg:npm/foobar@12.3.1', { type: 'npm', name: 'foobar', version: '12.3.1' }],
  ['pkg:npm/%40angular/animation@12.3.1', { type: 'npm', namespace: '@angular', name: 'animation', version: '12.3.1' }],
  [
    'pkg:npm/mypackage@12.4.5?vcs_url=git://host.com/path/to/repo.git%404345abcd34343',
    {
      type: 'npm',
      name: 'mypackage',
      version: '12.4.5',
      qualifiers: { vcs_url: 'git://host.com/path/to/repo.git@4345abcd34343' },
    },
  ],
  [
    'pkg:npm/foo@1.0.0#src/%F0%9F%98%83/file.js',
    { type: 'npm', name: 'foo', version: '1.0.0', subpath: 'src/😃/file.js' },
  ],
  [
    'pkg:pypi/django@1.11.1?filename=Django-1.11.1-py2.py3-none-any.whl',
    { type: 'pypi', name: 'django', version: '1.11.1', qualifiers: { filename: 'Django-1.11.1-py2.py3-none-any.whl' } },
  ],
  [
    'pkg:generic/openssl@1.1.10g?checksum=sha1:ad9503c3e994a4f%2Csha256:41bf9088b3a1e6c1ef1d',
    {
      type: 'generic',
      name: 'openssl',
      version: '1.1.10g',
      qualifiers: { checksum: 'sha1:ad9503c3e994a4f,sha256:41bf9088b3a1e6c1ef1d' },
    },
  ],
  [
    'pkg:golang/google.golang.org/genproto@abcdedf#googleapis/api/annotations',
    {
      type: 'golang',
      namespace: 'google.golang.org',
      name: 'genproto',
      version: 'abcdedf',
      subpath: 'googleapis/api/annotations',
    },
  ],
  [
    'pkg:docker/customer/dockerimage@sha256:244fd47e07d1004f0aed9c?repository_url=gcr.io',
    {
      type: 'docker',
      namespace: 'customer',
      name: 'dockerimage',
      version: 'sha256:244fd47e07d1004f0aed9c',
      qualifiers: { repository_url: 'gcr.io' },
    },
  ],
  [
    'pkg:rpm/opensuse/curl@7.56.1-1.1.?arch=i386',
    { type: 'rpm', namespace: 'opensuse', name: 'curl', version: '7.56.1-1.1.', qualifiers: { arch: 'i386' } },
  ],
  [
    'pkg:maven/org.apache.xmlgraphics/batik-anim@1.9.1?classifier=dist&type=zip',
    {
      type: 'maven',
      namespace: 'org.apache.xmlgraphics',
      name: 'batik-anim',
      version: '1.9.1',
      qualifiers: { classifier: 'dist', type: 'zip' },
    },
  ],
  [
    'pkg:generic/a%2Fb@1%2F2%20%25%26%3D%3F%23%40%21%27%28%29%2A',
    { type: 'generic', name: 'a/b', version: "1/2 %&=?#@!'()*" },
  ],
  ['pkg:generic/a/b/c', { type: 'generic', namespace: 'a/b', name: 'c' }],
];

test('canonical text and its parts, there and back', () => {
  for (const [text, purl] of canonical) {
    assert.equal(toPurl(purl), text);
    assert.deepEqual(parsePurl(text), purl, text);
  }
});

test('other spellings come out canonical', () => {
  for (const [text, expected] of [
    ['PKG:NPM/foobar@12.3.1', 'pkg:npm/foobar@12.3.1'],
    ['pkg://npm//foobar/@12.3.1', 'pkg:npm/foobar@12.3.1'],
    ['pkg:npm/LoDash@4.17.21', 'pkg:npm/lodash@4.17.21'],
    ['pkg:npm/%40MyScope/MyPackage@1.0.0', 'pkg:npm/%40myscope/mypackage@1.0.0'],
    ['pkg:npm/@babel/core#/googleapis/api/annotations/', 'pkg:npm/%40babel/core#googleapis/api/annotations'],
    ['pkg:npm/@babel/core@7.0.0', 'pkg:npm/%40babel/core@7.0.0'],
    ['pkg:npm/foobar@1.2.3-alpha.1+build.456', 'pkg:npm/foobar@1.2.3-alpha.1%2Bbuild.456'],
    ['pkg:pypi/My.PyPI_.--._Package@1.11.1.dev1', 'pkg:pypi/my-pypi-package@1.11.1.dev1'],
    [
      'pkg:deb/Debian/Curl@7.50.3-1?distro=jessie&ARCH=i386&empty=',
      'pkg:deb/debian/curl@7.50.3-1?arch=i386&distro=jessie',
    ],
    ['pkg:maven/Org.Apache/Batik@1%3a2', 'pkg:maven/Org.Apache/Batik@1:2'],
    ['pkg:generic/foo#a/../b/./c', 'pkg:generic/foo#a/b/c'],
    ['pkg:generic/foo?url=a%2Fb%3d', 'pkg:generic/foo?url=a/b%3D'],
  ] as const) {
    assert.equal(toPurl(parsePurl(text)!), expected, text);
  }
});

test('what is no purl', () => {
  for (const text of [
    '',
    'pkg:',
    'pkg:npm',
    'pkg:npm/',
    'pkg:npm/@1.0',
    'pkg:npm/foobar@',
    'pkg:EnterpriseLibrary.Common@6.0.1304',
    'EnterpriseLibrary.Common@6.0.1304',
    'pkg%3Amaven/org.apache.commons/io',
    'pkg:n&g?inx/nginx@0.8.9',
    'pkg:3nginx/nginx@0.8.9',
    'pkg:nginx:a/nginx@0.8.9',
    'pkg:a+b/nginx',
    'pkg:n%70m/nginx',
    'pkg:npm/myartifact@1.0.0?in%20production=true',
    'pkg:npm/myartifact@1.0.0?noequals',
    'pkg:npm/myartifact@1.0.0?',
    'pkg:npm/myartifact@1.0.0?a=1&a=2',
    'pkg:npm/myartifact@1.0.0?__proto__=1',
    'pkg:npm/my%artifact',
    'pkg:npm/my%ffartifact',
    'pkg:npm/a@%',
    'pkg:npm/a#%zz',
    'pkg:npm/a#b%2Fc',
    'pkg:npm/%2f/a',
    `pkg:npm/${'a'.repeat(10_000)}`,
    `pkg:${'/'.repeat(8000)}`,
  ]) {
    assert.equal(parsePurl(text), undefined, text.slice(0, 60));
  }
});

test('qualifiers: bad keys and empty values are left out, a lone surrogate is replaced', () => {
  assert.equal(
    toPurl({ type: 'npm', name: 'a', version: '', qualifiers: { 'in production': 'x', b: '', a: '1' } }),
    'pkg:npm/a?a=1',
  );
  assert.equal(toPurl({ type: 'npm', name: 'a\ud800' }), 'pkg:npm/a%EF%BF%BD');
  assert.deepEqual(Object.keys(parsePurl('pkg:npm/a?constructor=b')?.qualifiers ?? {}), ['constructor']);
});

test('whatever the parts hold, they come back', () => {
  const part = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !/^[./]*$/.test(text));
  const segment = part.map((text) => text.replaceAll('/', '_'));
  const purls = fc.record({
    type: fc.constant('generic'),
    namespace: segment,
    name: part,
    version: part,
    qualifiers: fc.dictionary(fc.constantFrom('a', 'b_c', 'd.e-f'), part),
    subpath: segment,
  });
  fc.assert(
    fc.property(purls, ({ qualifiers, ...purl }) => {
      const whole = Object.keys(qualifiers).length > 0 ? { ...purl, qualifiers: { ...qualifiers } } : purl;
      assert.deepEqual(parsePurl(toPurl(whole)), whole);
    }),
  );
});

test('any text is read or refused', () => {
  const parts = fc.constantFrom('pkg:', 'npm', '/', '@', '?', '#', '&', '=', '%', '%2F', 'a', ':', '..', 'é');
  fc.assert(
    fc.property(
      fc.array(parts).map((list) => `pkg:npm/${list.join('')}`),
      (text) => {
        const purl = parsePurl(text);
        if (purl !== undefined) assert.deepEqual(parsePurl(toPurl(purl)), purl);
      },
    ),
    { numRuns: 2000 },
  );
});

const wholeNames: readonly (readonly [type: string, name: string, namespace: string | undefined, last: string])[] = [
  ['maven', 'org.apache.commons:commons-lang3', 'org.apache.commons', 'commons-lang3'],
  ['composer', 'symfony/yaml', 'symfony', 'yaml'],
  ['swift', 'github.com/apple/swift-nio', 'github.com/apple', 'swift-nio'],
  ['npm', '@babel/core', '@babel', 'core'],
  ['cargo', 'serde', undefined, 'serde'],
];
for (const [type, name, namespace, last] of wholeNames)
  test(`${type} ${name} in a purl`, () => {
    const parts = { ...(namespace === undefined ? {} : { namespace }), name: last };
    assert.deepEqual(toPurlName(type, name), parts);
    assert.equal(toWholeName({ type, ...parts }), name);
  });

test('a name with nothing on one side of the separator stays whole', () => {
  for (const name of ['/a', 'a/', '/']) assert.deepEqual(toPurlName('npm', name), { name });
  assert.deepEqual(toPurlName('maven', ':a'), { name: ':a' });
});

import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { runCredentialHelper } from './credential-helper.ts';
import { credentialFiles, findCredentials } from './docker-config.ts';

let home = '';
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'plimsoll-test-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const base64 = (text: string) => Buffer.from(text).toString('base64');
const password = (username: string, secret: string) => ({ kind: 'password', username, password: secret });

async function write(path: string, value: unknown, mode = 0o600): Promise<void> {
  await mkdir(dirname(join(home, path)), { recursive: true });
  await writeFile(join(home, path), typeof value === 'string' ? value : JSON.stringify(value));
  await chmod(join(home, path), mode);
}

const env = (more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  HOME: home,
  PATH: `${join(home, 'bin')}:/usr/bin:/bin`,
  ...more,
});

function find(registry: string, repository = 'team/app', more: NodeJS.ProcessEnv = {}) {
  return findCredentials({ registry, repository, env: env(more) });
}

describe('findCredentials', () => {
  const cases: [name: string, auths: object, registry: string, expected: object | undefined][] = [
    ['a host', { 'registry.example': { auth: base64('u:p:q') } }, 'registry.example', password('u', 'p:q')],
    [
      'a host and port',
      { 'registry.example:5000': { auth: base64('u:p') } },
      'registry.example:5000',
      password('u', 'p'),
    ],
    ['another port', { 'registry.example:5000': { auth: base64('u:p') } }, 'registry.example', undefined],
    ['an address', { 'https://registry.example/v2/': { auth: base64('u:p') } }, 'registry.example', password('u', 'p')],
    ['Docker Hub', { 'https://index.docker.io/v1/': { auth: base64('u:p') } }, 'docker.io', password('u', 'p')],
    ['Docker Hub by name', { 'docker.io': { auth: base64('u:p') } }, 'docker.io', password('u', 'p')],
    ['fields', { 'registry.example': { username: 'u', password: 'p' } }, 'registry.example', password('u', 'p')],
    ['auth with padding', { 'registry.example': { auth: base64('u:p\0\0') } }, 'registry.example', password('u', 'p')],
    [
      'an identity token',
      { 'registry.example': { auth: base64('u:'), identitytoken: 't' } },
      'registry.example',
      { kind: 'identity-token', username: 'u', token: 't' },
    ],
    [
      'a registry token',
      { 'registry.example': { registrytoken: 't' } },
      'registry.example',
      { kind: 'registry-token', token: 't' },
    ],
    [
      'the longest prefix',
      {
        'registry.example': { auth: base64('a:1') },
        'registry.example/team': { auth: base64('b:2') },
        'registry.example/team/apps': { auth: base64('c:3') },
      },
      'registry.example',
      password('b', '2'),
    ],
    ['an empty entry', { 'registry.example': {} }, 'registry.example', undefined],
    ['no base64', { 'registry.example': { auth: '!!!' } }, 'registry.example', undefined],
    ['wrong types', { 'registry.example': { auth: 1, username: [], password: {} } }, 'registry.example', undefined],
    ['a suffix of the host', { example: { auth: base64('u:p') } }, 'registry.example', undefined],
  ];
  for (const [name, auths, registry, expected] of cases) {
    test(`of ${name}`, async () => {
      await write('.docker/config.json', { auths });
      const { credentials, notes } = await find(registry);
      assert.deepEqual([credentials, notes], [expected, []]);
    });
  }

  test('asks the files of docker, podman and skopeo in turn', async () => {
    const places = {
      REGISTRY_AUTH_FILE: join(home, 'a.json'),
      DOCKER_CONFIG: join(home, 'b'),
      XDG_RUNTIME_DIR: join(home, 'c'),
    };
    const files = ['a.json', 'b/config.json', 'c/containers/auth.json', '.config/containers/auth.json'];
    assert.deepEqual(
      credentialFiles(env(places)),
      files.map((path) => join(home, path)),
    );
    for (const path of files.toReversed()) {
      await write(path, { auths: { 'registry.example': { auth: base64(`u:${path}`) } } });
      assert.deepEqual((await find('registry.example', 'app', places)).credentials, password('u', path));
    }
  });

  test('notes what is damaged and goes on', async () => {
    await write('.docker/config.json', '{"auths":');
    await write('.config/containers/auth.json', { auths: { 'registry.example': { auth: base64('u:p') } } });
    const { credentials, notes } = await find('registry.example');
    assert.deepEqual(credentials, password('u', 'p'));
    assert.match(notes.join(), /\.docker\/config\.json cannot be used for credentials/);
    for (const text of ['', '[]', 'null', '{"auths":[],"credHelpers":7}']) {
      await write('.docker/config.json', text);
      assert.deepEqual((await find('registry.example')).notes, []);
    }
    await write('.docker/config.json', ' '.repeat(1024 * 1024 + 1));
    assert.match((await find('registry.example')).notes.join(), /more than 1048576 bytes/);
  });
});

describe('credential helpers', () => {
  const script = (name: string, body: string) => write(`bin/docker-credential-${name}`, `#!/bin/sh\n${body}\n`, 0o755);
  const echo = 'read server; printf \'{"ServerURL":"%s","Username":"%s","Secret":"s"}\' "$server" "$1 $server"';

  test('of a registry go before the general one, which goes before what is stored', async () => {
    await script('one', echo);
    await script('two', 'printf \'{"Username":"two","Secret":"s"}\'');
    await write('.docker/config.json', {
      auths: { 'registry.example': { auth: base64('u:p') } },
      credHelpers: { 'registry.example': 'one', 'https://index.docker.io/v1/': 'one' },
      credsStore: 'two',
    });
    assert.deepEqual((await find('registry.example')).credentials, password('get registry.example', 's'));
    assert.deepEqual((await find('docker.io')).credentials, password('get https://index.docker.io/v1/', 's'));
    assert.deepEqual((await find('other.example')).credentials, password('two', 's'));
  });

  test('that know nothing, fail or are missing leave the stored login', async () => {
    await script('none', 'echo "credentials not found in native keychain"; exit 1');
    await script('broken', 'echo "no session" >&2; exit 3');
    for (const [helper, note] of [
      ['none', /^$/],
      ['broken', /"docker-credential-broken".*no session/],
      ['absent', /is not in PATH/],
      ['../bin/x', /is no name of a credential helper/],
    ] as const) {
      await write('.docker/config.json', {
        auths: { 'registry.example': { auth: base64('u:p') } },
        credsStore: helper,
      });
      const { credentials, notes } = await find('registry.example');
      assert.deepEqual(credentials, password('u', 'p'));
      assert.match(notes.join(), note);
    }
  });

  test('may give an identity token', async () => {
    await script('token', 'printf \'{"Username":"<token>","Secret":"t"}\'');
    assert.deepEqual(await runCredentialHelper('token', 'registry.example', { env: env() }), {
      kind: 'identity-token',
      username: '',
      token: 't',
    });
  });

  test('that hang, talk without end or nonsense are given up', async () => {
    await script('hang', 'exec sleep 60');
    await script('endless', 'exec yes');
    await script('nonsense', 'echo "<html>"');
    await script('empty', 'exit 0');
    await script('fields', 'echo "{}"');
    const run = (name: string) =>
      runCredentialHelper(name, 'registry.example', { env: env(), timeoutMs: name === 'hang' ? 100 : 5000 });
    await assert.rejects(run('hang'), { code: 'unauthorized', message: /did not answer within 0\.1 s/ });
    await assert.rejects(run('endless'), { code: 'unauthorized' });
    await assert.rejects(run('nonsense'), { code: 'unauthorized', message: /no JSON/ });
    await assert.rejects(run('empty'), { code: 'unauthorized', message: /no JSON/ });
    await assert.rejects(run('fields'), { code: 'unauthorized', message: /no Username or Secret/ });
  });

  test('are never run by a path or through a shell', async () => {
    await script('x', `touch ${join(home, 'ran')}`);
    for (const name of ['', '../x', 'a/b', 'x;touch y', '-x', '$(x)', 'x\0', 'a'.repeat(65)])
      await assert.rejects(runCredentialHelper(name, 'registry.example', { env: env() }), {
        message: /is no name of a credential helper/,
      });
  });
});

// A Docker daemon on a Unix socket that has one image in memory, speaks as Docker 29 does, and misbehaves as a test asks it to.
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type BuiltImage,
  buildTar,
  digestOf,
  file,
  json,
  newDockerMembers,
  oldDockerMembers,
} from '../images/build-image.ts';

/** How an engine saves, with the id that it gives the image. */
export interface SavedForm {
  readonly id: string;
  /** Ids of its platforms, as containerd's image store tells them. */
  readonly manifests?: readonly string[];
  /** What `GET /images/…/get` answers. */
  save(platform: string | undefined): Buffer;
}

/** Takes a request over; answers false to have it served as usual. */
export type Intercept = (request: IncomingMessage, response: ServerResponse) => boolean;

export interface FakeDocker extends AsyncDisposable {
  readonly socket: string;
  /** Paths that were asked for, in order. */
  readonly seen: readonly string[];
  intercept: Intercept;
}

/** The interfaces that Docker 29 speaks. */
const newest = '1.52';
const oldest = 1.44;

/** Up to Docker 24: layers first, each in a folder of its own; the manifest last. */
export function savedByDocker24(image: BuiltImage): SavedForm {
  return { id: digestOf(image.config), save: () => buildTar(oldDockerMembers(image, 'app:latest')) };
}

/** Since Docker 25, with its own store: shaped as an OCI layout of plain layers whose manifest was made to be sent. */
export function savedByDocker25(image: BuiltImage): SavedForm {
  const plain = asStoredPlain(image);
  return { id: digestOf(image.config), save: () => buildTar(inOrder(newDockerMembers(plain, 'app:latest'))) };
}

/** With containerd's image store: the blobs as they were pulled, sorted by digest, of one platform of an index of two. */
export function savedByContainerd(image: BuiltImage): SavedForm {
  const manifest = digestOf(image.manifest);
  const entry = (digest: string, size: number, architecture: string) => ({
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    digest,
    size,
    platform: { os: 'linux', architecture },
  });
  const index = json({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.index.v1+json',
    manifests: [entry(`sha256:${'a'.repeat(64)}`, 500, 'arm64'), entry(manifest, image.manifest.length, 'amd64')],
  });
  const sent = (target: Buffer, mediaType: string) => {
    const named = {
      'io.containerd.image.name': 'docker.io/library/app:latest',
      'org.opencontainers.image.ref.name': 'latest',
    };
    const layout = json({
      schemaVersion: 2,
      manifests: [{ mediaType, digest: digestOf(target), size: target.length, annotations: named }],
    });
    const blob = file(`blobs/sha256/${digestOf(target).slice(7)}`, target);
    const members = newDockerMembers(image, 'app:latest').filter(
      ({ path }) => path !== 'index.json' && path !== blob.path,
    );
    return buildTar(inOrder([...members, blob, file('index.json', layout)]));
  };
  return {
    id: digestOf(index),
    manifests: [manifest],
    save: (platform) =>
      platform === undefined
        ? sent(index, 'application/vnd.oci.image.index.v1+json')
        : sent(image.manifest, 'application/vnd.oci.image.manifest.v1+json'),
  };
}

/** A daemon that has `form` as app:latest. */
export async function startFakeDocker(form: SavedForm, intercept: Intercept = () => false): Promise<FakeDocker> {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-docker-'));
  const socket = join(folder, 'docker.sock');
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(request.url ?? '');
    if (!daemon.intercept(request, response)) serve(form, request, response);
  });
  server.listen(socket);
  await once(server, 'listening');
  const daemon: FakeDocker = {
    socket,
    seen,
    intercept,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return daemon;
}

function serve(form: SavedForm, request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('Api-Version', newest);
  response.setHeader('Docker-Experimental', 'false');
  const { pathname, searchParams } = new URL(`http://d${request.url}`);
  if (pathname === '/_ping') return void response.end('OK');
  const [, version = '', rest = ''] = /^\/v(\d+\.\d+)\/(.*)$/.exec(pathname) ?? [];
  if (Number(version) < oldest || Number(version) > Number(newest))
    return refuse(response, 400, `client version ${version} is not between ${oldest} and ${newest}`);
  if (rest === 'images/json') return answer(response, [{ Id: form.id, RepoTags: ['app:latest'] }, { RepoTags: null }]);
  const [, name = '', what] = /^images\/(.+)\/(json|get)$/.exec(decodeURIComponent(rest)) ?? [];
  if (!['app', 'app:latest', form.id, form.id.slice(7, 19)].includes(name))
    return refuse(response, 404, `No such image: ${name}`);
  if (what === 'get') return void response.end(form.save(searchParams.get('platform') ?? undefined));
  const platform = { os: 'linux', architecture: 'amd64' };
  const manifests = form.manifests?.map((digest) => ({
    ID: digest,
    Available: true,
    ImageData: { Platform: platform },
  }));
  const own = { Id: form.id, Os: 'linux', Architecture: form.manifests === undefined ? 'amd64' : 'arm64' };
  answer(response, { ...own, ...(searchParams.has('manifests') ? { Manifests: manifests } : {}) });
}

function answer(response: ServerResponse, value: unknown): void {
  response.setHeader('content-type', 'application/json').end(JSON.stringify(value));
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ message }));
}

/** As they lie in a directory that is packed: by name. */
function inOrder<T extends { readonly path: string }>(members: readonly T[]): T[] {
  return members.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

function asStoredPlain(image: BuiltImage): BuiltImage {
  const layers = image.layers.map((layer) => ({
    ...layer,
    blob: layer.tar,
    digest: layer.diffId,
    mediaType: 'application/vnd.oci.image.layer.v1.tar',
  }));
  const parsed = JSON.parse(image.manifest.toString());
  const manifest = json({
    ...parsed,
    layers: layers.map(({ mediaType, digest, blob }) => ({ mediaType, digest, size: blob.length })),
  });
  const documents = [image.config, manifest].map((bytes) => [digestOf(bytes), bytes] as const);
  return {
    ...image,
    layers,
    manifest,
    blobs: new Map([...documents, ...layers.map((l) => [l.digest, l.blob] as const)]),
  };
}

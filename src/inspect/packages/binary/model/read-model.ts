import type { Limits } from '../../../../base/limits.ts';
import type { Found, LargeFile, OpenFile } from '../../cataloguer.ts';
import { parseJson } from '../../document/json.ts';
import { collectListed } from '../../document/listed.ts';
import { problemOf } from '../../document/problem.ts';
import { isTable, textOf } from '../../document/table.ts';
import { type GgufStrings, readGguf } from './gguf.ts';
import { startBytes } from './start-bytes.ts';

/** The format allows 100 MB; models of a hundred thousand tensors have some 10. */
const maxJsonBytes = 8 << 20;

/** Reads what a model says of itself in front of its weights. */
export function* readModel({ path, content }: LargeFile, limits: Limits): Generator<Found> {
  const file: OpenFile = { path, bytes: content.read(0, startBytes) };
  // In its place git keeps a short text until the model is fetched.
  if (Buffer.from(file.bytes.subarray(0, 20)).toString('latin1') === 'version https://git-') return;
  yield* path.endsWith('.gguf') ? readGgufModel(file, limits) : readSafetensors(file, limits);
}

/** https://github.com/ggml-org/ggml/blob/master/docs/gguf.md */
function* readGgufModel(file: OpenFile, limits: Limits): Generator<Found> {
  const read = readGguf(Buffer.from(file.bytes.buffer, file.bytes.byteOffset, file.bytes.byteLength));
  if (read.damage === 'truncated' && file.bytes.length === startBytes)
    yield problemOf(file, 'too-large', `what describes it has over ${startBytes} bytes; the rest was not read`);
  else if (read.damage !== undefined) yield problemOf(file, read.damage, 'it is no whole model of GGUF');
  const { strings } = read;
  yield* toModel(file, [strings, 'general.name', 'general.version', 'general.license'], limits);
}

/**
 * A length of eight bytes, then JSON. https://huggingface.co/docs/safetensors/index,
 * https://github.com/Stability-AI/ModelSpec for the metadata.
 */
function* readSafetensors(file: OpenFile, limits: Limits): Generator<Found> {
  const head = Buffer.from(file.bytes.buffer, file.bytes.byteOffset, file.bytes.byteLength);
  if (head.length < 8) return yield problemOf(file, 'truncated', 'it has no header');
  const size = Number(head.readBigUInt64LE(0));
  if (size > maxJsonBytes) return yield problemOf(file, 'too-large', `its header has ${size} bytes; it was not read`);
  if (head.length < 8 + size) return yield problemOf(file, 'truncated', 'its header has no end');
  const parsed = parseJson({ path: file.path, bytes: head.subarray(8, 8 + size) });
  if ('problem' in parsed) return yield parsed.problem;
  const metadata = parsed.value.__metadata__;
  const strings: GgufStrings = new Map(
    Object.entries(isTable(metadata) ? metadata : {}).flatMap(([key, value]) => {
      const text = textOf(value);
      return text === undefined ? [] : [[key, text]];
    }),
  );
  yield* toModel(file, [strings, 'modelspec.title', 'modelspec.version', 'modelspec.license'], limits);
}

type Described = readonly [strings: GgufStrings, name: string, version: string, license: string];

/** Names are for people; where they are written as one word, as in file names, spaces are hyphens. */
function* toModel(
  file: OpenFile,
  [strings, nameKey, versionKey, licenseKey]: Described,
  limits: Limits,
): Generator<Found> {
  const [name, version, license] = [nameKey, versionKey, licenseKey].map((key) => strings.get(key)?.trim());
  if (!name || !version) return;
  const item = {
    kind: 'listed',
    name: name.replaceAll(/\s+/g, '-'),
    version: version.replaceAll(/\s+/g, '-'),
    licenses: license ? [license] : [],
    purl: { namespace: 'model' },
  } as const;
  yield* collectListed(file, { type: 'generic', state: 'installed' }, [item], limits);
}

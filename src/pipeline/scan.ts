import { compareVersions } from '../base/ecosystems.ts';
import type { PlimsollError } from '../base/errors.ts';
import { defaultLimits } from '../base/limits.ts';
import type { Image } from '../base/model/image.ts';
import type { Report } from '../base/model/report.ts';
import { cacheDirectory } from '../base/places.ts';
import { noProgress } from '../base/progress.ts';
import { buildDigest, version } from '../base/version.ts';
import { planActions } from '../decide/actions.ts';
import { judgeMatches, suppressByLine } from '../decide/gate.ts';
import { explainSupport, judgeSupport } from '../decide/support.ts';
import { openImage } from '../image/sources/index.ts';
import type { Inventory } from '../inspect/packages/join.ts';
import { MatchCache } from './match-cache.ts';
import { matchInventory } from './match-inventory.ts';
import { PassingLayers } from './passing-layers.ts';
import { missingData } from './required-data.ts';
import { checkOptions, type ScanOptions } from './scan-options.ts';
import { layerCacheIn, takeInventory } from './take-inventory.ts';

/**
 * Scans one image: opens it, takes its inventory, matches that with advisory data, and judges.
 * Throws a `PlimsollError` where it cannot go on; damage that costs only a part is in `Report.problems`.
 */
export async function scan(reference: string, options: ScanOptions = {}): Promise<Report> {
  const { report, missing } = await scanThrough(reference, options);
  if (missing !== undefined) throw missing;
  return report;
}

/** The same for whoever wants the report even where data that was required is missing. */
export async function scanThrough(
  reference: string,
  asked: ScanOptions = {},
): Promise<{ readonly report: Report; readonly missing?: PlimsollError | undefined }> {
  const options = checkOptions(asked);
  const clock = new StageClock();
  const passed = passingLayers(options);
  await using image = await open(reference, options, passed);
  clock.done('open');
  const inventory = await inventoryOf(image, options, passed);
  clock.done('inventory');
  const matched = await matchInventory(inventory, { ...options, memory: memoryFor(image, options) });
  clock.done('match');
  const matches = suppressByLine(matched.matches, lineOf(options));
  const unscanned = matched.unscanned.map(({ reason, packages }) => ({ reason, packages }));
  const created = new Date().toISOString();
  const { os } = inventory;
  const support = os && judgeSupport(os, matched.supportEnd, created.slice(0, 10));
  const caveat = os && support && explainSupport(os, support);
  const report: Report = {
    image: { ...describeImage(image, inventory), ...(support ? { support } : {}) },
    packages: inventory.packages,
    matches,
    findings: [],
    problems: [...inventory.problems, ...matched.problems],
    actions: planActions(matches, (match, a, b) => compareVersions(match.reason.shard, a, b) ?? 0),
    verdict: judgeMatches(matches, lineOf(options), countPackages(unscanned), caveat),
    data: matched.data,
    unscanned,
    created,
    tool: { name: 'plimsoll', version },
  };
  clock.done('judge');
  if (options.timings) options.progress?.note(clock.toText());
  return { report, missing: options.requireData ? missingData(report, matched.unscanned) : undefined };
}

/** Takes layers from sources that stream the whole image to open it. */
export function passingLayers({ limits, signal, progress = noProgress }: ScanOptions): PassingLayers {
  let done = 0;
  return new PassingLayers({
    limits: limits ?? defaultLimits,
    signal,
    onBytes: (bytes) => {
      done += bytes;
      progress.report({ task: 'Reading layers as the engine sends them', done, unit: 'bytes' });
    },
  });
}

/** Opens the image that a reference names. */
export function open(
  reference: string,
  { platform, offline, registryCa, insecureHttp, signal, progress, cache, limits }: ScanOptions,
  passed: PassingLayers,
): Promise<Image> {
  return openImage(reference, {
    limits: limits ?? defaultLimits,
    onNote: (text) => progress?.note(text),
    takePassing: (bytes) => passed.take(bytes),
    ...(cache === false ? {} : { documents: layerCacheIn(cacheDirectory()).documents }),
    ...(platform ? { platform } : {}),
    ...(offline ? { offline } : {}),
    ...(registryCa ? { registryCa } : {}),
    ...(insecureHttp ? { insecureHttp } : {}),
    ...(signal ? { signal } : {}),
  });
}

/** Reads what is in an opened image, and tells how far it is. */
export function inventoryOf(
  image: Image,
  { cache, limits, signal, progress = noProgress }: ScanOptions,
  passed: PassingLayers,
): Promise<Inventory> {
  const total = image.layers.reduce((sum, { descriptor }) => sum + (descriptor?.size ?? 0), 0);
  let done = 0;
  return takeInventory(image, {
    limits: limits ?? defaultLimits,
    signal,
    passed,
    cacheDirectory: cache === false ? undefined : cacheDirectory(),
    onBytes: (bytes) => {
      done += bytes;
      progress.report({
        task: `Reading ${image.layers.length} layers`,
        done,
        unit: 'bytes',
        ...(total > 0 ? { total } : {}),
      });
    },
    onEntries: (entries) =>
      progress.report({ task: `Looking through ${image.rootDirectory}`, done: entries, unit: 'items' }),
  });
}

/** Only layers have an identity: what is in a directory may change at any time. */
function memoryFor(image: Image, { cache }: ScanOptions): MatchCache | undefined {
  if (cache === false || image.layers.length === 0 || buildDigest === undefined) return undefined;
  return new MatchCache(cacheDirectory(), image, buildDigest);
}

function lineOf({ failOn, onlyFixed }: ScanOptions) {
  return { failOn, onlyFixed: onlyFixed ?? false };
}

function countPackages(unscanned: Report['unscanned']): number {
  return unscanned.reduce((sum, { packages }) => sum + packages, 0);
}

/** What a report says of the image itself. */
export function describeImage(image: Image, { os, contentSets }: Inventory): Report['image'] {
  return {
    reference: image.reference,
    ...(image.digest ? { digest: image.digest } : {}),
    ...(image.configDigest ? { configDigest: image.configDigest } : {}),
    ...(image.platform ? { platform: image.platform } : {}),
    ...(os ? { os } : {}),
    ...(contentSets ? { contentSets } : {}),
    layers: image.layers.map(({ diffId, createdBy }) => ({ diffId, ...(createdBy ? { createdBy } : {}) })),
  };
}

/** Milliseconds of each stage. */
class StageClock {
  readonly #stages: string[] = [];
  #last = performance.now();

  done(stage: string): void {
    const now = performance.now();
    this.#stages.push(`${stage} ${(now - this.#last).toFixed(1)} ms`);
    this.#last = now;
  }

  toText(): string {
    return `Timings: ${this.#stages.join(', ')}, since the process began ${performance.now().toFixed(0)} ms.`;
  }
}

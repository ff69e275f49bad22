import type { Limits } from '../../../../base/limits.ts';
import type { FoundPackage } from '../../../../base/model/package.ts';
import type { Problem, ProblemCode } from '../../../../base/model/problem.ts';
import { maxVersionLength } from '../../../../base/versions/order.ts';
import type { Found, LargeFile } from '../../cataloguer.ts';
import { toMavenName } from '../../lang/java/coordinates.ts';
import { readBill } from '../../sbom/embedded/read-bill.ts';
import { toBudget } from './budget.ts';
import type { Coordinates } from './coordinates.ts';
import { isWithoutCode } from './file-name.ts';
import { identify } from './identify.ts';
import { parsePomProperties } from './pom-properties.ts';
import { isSpent, readArchive } from './read-archive.ts';

const maxPropertiesBytes = 64 << 10;

/** Reads a Java archive with all in it, or the `pom.properties` of one that was unpacked. */
export function readJar(file: LargeFile, limits: Limits): Iterable<Found> {
  return file.path.endsWith('/pom.properties') ? readLooseProperties(file) : readArchives(file, limits);
}

function* readLooseProperties(file: LargeFile): Generator<Found> {
  const found =
    file.content.size > maxPropertiesBytes ? undefined : parsePomProperties(file.content.read(0, file.content.size));
  const item = found && toPackage(found);
  yield item ?? problemOf(file, 'unidentified', 'it does not say which artifact and version it is of');
}

/** Each artifact once, however many archives in the file hold it. */
function* readArchives(file: LargeFile, limits: Limits): Generator<Found> {
  const packages = new Map<string, FoundPackage>();
  const billed = new Map<string, FoundPackage>();
  const nameless = new Names();
  const groupless = new Names();
  const budget = toBudget(file.content.size);
  for (const item of readArchive({ ...file, depth: 0 }, { limits, budget })) {
    if ('kind' in item) {
      yield item.where.path === file.path ? item : { ...item, where: { path: file.path } };
      continue;
    }
    if ('bill' in item) {
      for (const each of readBill({ path: file.path, bytes: item.bill }, limits))
        if (each.kind === 'package') billed.set(`${each.name}@${each.version}`, each);
        else if (each.kind === 'problem') yield each;
      continue;
    }
    const found = identify(item);
    if (found.length === 0 && !isWithoutCode(item.stem)) nameless.add(item.stem);
    for (const coordinates of found) {
      const made = toPackage(coordinates);
      if (made === undefined) nameless.add(item.stem);
      else packages.set(`${made.name}@${made.version}`, made);
      if (made !== undefined && coordinates.group === undefined) groupless.add(made.name);
    }
    if (packages.size > limits.maxPackagesPerFile) break;
  }
  yield* toProblems(file, nameless, groupless);
  if (isSpent(budget)) yield problemOf(file, 'too-many', 'it holds too many archives or files; the rest was not read');
  if (packages.size > limits.maxPackagesPerFile)
    yield problemOf(file, 'too-many', `it names over ${limits.maxPackagesPerFile} artifacts; the rest is missing`);
  yield* packages.values();
  // What lies in the archive is told by that; the bill knows what was unpacked or built into it.
  for (const [key, each] of billed) if (!packages.has(key)) yield each;
}

function* toProblems(file: LargeFile, nameless: Names, groupless: Names): Generator<Problem> {
  if (nameless.count > 0) {
    const message = `archives do not say which artifact and version they are (${nameless.toText()}); they are missing`;
    yield problemOf(file, 'unidentified', message);
  }
  if (groupless.count > 0) {
    const message = `archives do not say the group of their artifacts (${groupless.toText()}), so no advisory is found for these`;
    yield problemOf(file, 'unidentified', message);
  }
}

/** Where the group is not known, the artifact alone is listed. */
function toPackage({ group, artifact, version }: Coordinates): FoundPackage | undefined {
  const name = group === undefined ? toMavenName('a', artifact) && artifact : toMavenName(group, artifact);
  if (name === undefined || version.length > maxVersionLength) return undefined;
  return { kind: 'package', type: 'maven', name, version, state: 'installed' };
}

/** Names to be counted, of which the first are shown. */
class Names {
  readonly #shown: string[] = [];
  count = 0;

  add(name: string): void {
    this.count++;
    if (this.#shown.length < 5) this.#shown.push(name.slice(0, 80));
  }

  toText(): string {
    return `${this.count}: ${this.#shown.join(', ')}${this.count > this.#shown.length ? ' …' : ''}`;
  }
}

function problemOf({ path }: LargeFile, code: ProblemCode, what: string): Problem {
  return { kind: 'problem', where: { path }, code, message: `${path}: ${what}.` };
}

import type { Limits } from '../../../../base/limits.ts';
import type { FoundPackage } from '../../../../base/model/package.ts';
import type { Problem, ProblemCode } from '../../../../base/model/problem.ts';
import type { Found, LargeFile } from '../../cataloguer.ts';
import { readBuildInfo } from './build-info.ts';
import { mainVersionOf, parseModules } from './modules.ts';

/** Reads what a program says that Go made: its modules, and the standard library of the Go that made it. */
export function* readGo(file: LargeFile, limits: Limits): Generator<Found> {
  const info = readBuildInfo(file.content);
  if (info === undefined) return;
  if (info === 'damaged') {
    yield problemOf(file, 'malformed', 'its build information breaks off; the modules that it was made of are missing');
    return;
  }
  yield* standardLibrary(file, info.goVersion);
  const { main, dependencies, settings } = parseModules(info.modules);
  const version = main && mainVersionOf(main, settings);
  if (main !== undefined && version !== undefined) yield toPackage(main.path, version);
  const kept = dependencies.slice(0, limits.maxPackagesPerFile);
  for (const { path, version: known } of kept) yield toPackage(path, known);
  if (kept.length < dependencies.length)
    yield problemOf(file, 'too-many', `it names over ${limits.maxPackagesPerFile} modules; the rest is missing`);
}

/** `go1.22.3`, `go1.22rc1 X:boringcrypto`. What a checkout of Go made has no version. */
function* standardLibrary(file: LargeFile, goVersion: string): Generator<Found> {
  const version = /^go(\d{1,3}(?:\.\d{1,3}){1,2}(?:(?:alpha|beta|rc)\d{1,3})?)(?:[ -]|$)/.exec(goVersion)?.[1];
  if (version !== undefined) yield toPackage('stdlib', version);
  else {
    const told = JSON.stringify(goVersion.slice(0, 60));
    yield problemOf(file, 'unknown-version', `the Go that made it says its version is ${told}; its library is missing`);
  }
}

function toPackage(name: string, version: string): FoundPackage {
  return { kind: 'package', type: 'golang', name, version, state: 'installed' };
}

function problemOf({ path }: LargeFile, code: ProblemCode, what: string): Problem {
  return { kind: 'problem', where: { path }, code, message: `${path}: ${what}.` };
}

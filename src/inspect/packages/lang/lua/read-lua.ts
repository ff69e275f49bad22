import type { Limits } from '../../../../base/limits.ts';
import type { Problem } from '../../../../base/model/problem.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { collectListed, type Listed } from '../../document/listed.ts';
import { problemOf } from '../../document/problem.ts';
import { decodeText } from '../../document/text.ts';
import { type LuaValue, parseLua } from './literal.ts';

/** Lists of large trees have some 10,000. */
const maxValues = 200_000;

/** Reads one file of LuaRocks, whichever its name says. */
export function readLua(file: OpenFile, limits: Limits): Iterable<Found> {
  if (file.path.endsWith('.rockspec'))
    return collectListed(file, { type: 'luarocks', state: 'installed' }, [toRock(file, limits)], limits);
  const isLock = file.path.endsWith('.lock');
  const items = isLock ? readLock(file, limits) : readManifest(file, limits);
  return collectListed(file, { type: 'luarocks', state: isLock ? 'declared' : 'installed' }, items, limits);
}

/** A rockspec is a program that may compute its version; the folders that LuaRocks put it in cannot. https://github.com/luarocks/luarocks/blob/main/docs/rockspec_format.md */
function toRock(file: OpenFile, limits: Limits): Listed {
  const [name, version] = file.path.split('/').slice(-3, -1);
  const { values } = parseLua(decodeText(file), { maxDepth: limits.maxDepth, maxValues });
  const license = at(values.get('description'), 'license');
  return { kind: 'listed', name, version, licenses: typeof license === 'string' ? [license] : undefined };
}

/** The list of all rocks of a tree. */
function* readManifest(file: OpenFile, limits: Limits): Generator<Listed | Problem> {
  const { values, isWhole } = parseLua(decodeText(file), { maxDepth: limits.maxDepth, maxValues });
  const rocks = values.get('repository');
  if (!isWhole || !(rocks instanceof Map)) yield damage(file);
  for (const [name, versions] of rocks instanceof Map ? rocks : [])
    for (const version of versions instanceof Map ? versions.keys() : []) yield { kind: 'listed', name, version };
}

/** `luarocks.lock`. Lua itself is among the dependencies, and no rock. */
function* readLock(file: OpenFile, limits: Limits): Generator<Listed | Problem> {
  const { values, isWhole } = parseLua(decodeText(file), { maxDepth: limits.maxDepth, maxValues });
  const top = values.get('');
  if (!isWhole || !(top instanceof Map)) yield damage(file);
  for (const [key, development] of Object.entries({
    dependencies: false,
    build_dependencies: true,
    test_dependencies: true,
  })) {
    const rocks = at(top, key);
    for (const [name, version] of rocks instanceof Map ? rocks : [])
      if (name !== 'lua') yield { kind: 'listed', name, version, development };
  }
}

function damage(file: OpenFile): Problem {
  return problemOf(
    file,
    'malformed',
    'it is no whole table of Lua; some of what it lists may be missing from the result',
  );
}

function at(value: LuaValue | undefined, key: string): LuaValue | undefined {
  return value instanceof Map ? value.get(key) : undefined;
}

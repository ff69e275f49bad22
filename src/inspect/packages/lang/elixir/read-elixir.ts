import type { Limits } from '../../../../base/limits.ts';
import type { Problem } from '../../../../base/model/problem.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { collectListed, type Listed } from '../../document/listed.ts';
import { problemOf } from '../../document/problem.ts';
import { decodeText } from '../../document/text.ts';
import { otpApplications } from './otp-applications.ts';
import { itemsOf, parseTerm, type Term, wordOf } from './terms.ts';

/** Lock files of the largest projects have some 20,000; an application lists its modules. */
const maxTerms = 200_000;

/** Reads one file of Mix, Rebar or an Erlang application, whichever its name says. */
export function* readElixir(file: OpenFile, limits: Limits): Generator<Found> {
  const isInstalled = file.path.endsWith('.app');
  const text = decodeText(file);
  const term = parseTerm(text, { maxDepth: limits.maxDepth, maxTerms });
  if (term === undefined) {
    // Rebar writes an empty file where there is nothing to lock.
    if (text.trim() !== '' || isInstalled)
      yield problemOf(
        file,
        'malformed',
        'it is no whole term of Erlang or Elixir; what it lists is missing from the result',
      );
    return;
  }
  const items = isInstalled
    ? [toApplication(file, term)]
    : file.path.endsWith('mix.lock')
      ? readMix(term)
      : readRebar(term);
  yield* collectListed(file, { type: 'hex', state: isInstalled ? 'installed' : 'declared' }, items, limits);
}

/** `{application, name, [{vsn, "1.0"}, ...]}.` https://www.erlang.org/doc/apps/kernel/app.html */
function toApplication(file: OpenFile, term: Term): Listed | Problem {
  const [head, name, properties] = itemsOf(term);
  if (wordOf(head) !== 'application') return problemOf(file, 'malformed', 'it describes no application');
  const version = itemsOf(properties).find((pair) => wordOf(itemsOf(pair)[0]) === 'vsn');
  const type = otpApplications.has(wordOf(name) ?? '') ? 'otp' : 'hex';
  return { kind: 'listed', type, name: wordOf(name), version: wordOf(itemsOf(version)[1]) };
}

/** `%{"name": {:hex, :package, "1.0", checksum, tools, dependencies, "hexpm", checksum}}` https://hexdocs.pm/mix/Mix.html */
function* readMix(term: Term): Generator<Listed> {
  for (const pair of itemsOf(term)) {
    const [key, entry] = itemsOf(pair);
    const [source, first, second, , , , repository] = itemsOf(entry);
    const name = wordOf(key);
    if (wordOf(source) === 'hex') {
      const from = wordOf(repository);
      const origin = from === undefined || from === 'hexpm' ? undefined : from;
      yield { kind: 'listed', name: wordOf(first) ?? name, version: wordOf(second), origin };
    } else {
      const origin = `${wordOf(first) ?? wordOf(source) ?? 'unknown'}#${wordOf(second) ?? ''}`;
      yield { kind: 'listed', name, version: wordOf(second), origin };
    }
  }
}

/** `{"1.2.0", [{<<"name">>, {pkg, <<"package">>, <<"1.0">>}, 0}]}.`, or the list alone. https://rebar3.org/docs/configuration/dependencies */
function* readRebar(term: Term): Generator<Listed> {
  const list = term.kind === 'tuple' ? itemsOf(term)[1] : term;
  for (const item of itemsOf(list)) {
    const [key, entry] = itemsOf(item);
    const [source, first, second] = itemsOf(entry);
    if (wordOf(source) === 'pkg') yield { kind: 'listed', name: wordOf(first), version: wordOf(second) };
    else {
      const commit = wordOf(itemsOf(second)[1]);
      yield {
        kind: 'listed',
        name: wordOf(key),
        version: commit,
        origin: `${wordOf(first) ?? 'unknown'}#${commit ?? ''}`,
      };
    }
  }
}

import type { Problem, ProblemCode } from '../../../../base/model/problem.ts';

/** Damage or a gap in a file. @param message What follows the path in the sentence. @param line 1-based. */
export function toProblem(file: { readonly path: string }, code: ProblemCode, message: string, line?: number): Problem {
  const where = line === undefined ? { path: file.path } : { path: file.path, offset: line, unit: 'line' as const };
  return { kind: 'problem', where, code, message: `${file.path} ${message}.` };
}

/** What does not name a version that could be looked up: counted, the first names kept. */
export class Unpinned {
  #count = 0;
  readonly #first: string[] = [];

  add(name: string): void {
    if (++this.#count <= 5) this.#first.push(name.slice(0, 100));
  }

  *toProblems(file: { readonly path: string }): Generator<Problem> {
    if (this.#count === 0) return;
    const names = this.#first.join(', ') + (this.#count > this.#first.length ? ' …' : '');
    const message = `names packages without a version (${this.#count}: ${names}); they are missing from the result`;
    yield toProblem(file, 'unpinned', message);
  }
}

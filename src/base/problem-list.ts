import type { Problem } from './model/problem.ts';

/** Problems up to a count; those past it are counted, so that hostile input fills neither memory nor the report. */
export class ProblemList {
  readonly #problems: Problem[] = [];
  readonly #max: number;
  #more = 0;

  /** @param max Most problems that are kept one by one. */
  constructor(max: number) {
    this.#max = max;
  }

  add(problem: Problem): void {
    if (this.#problems.length < this.#max) this.#problems.push(problem);
    else this.#more++;
  }

  addAll(problems: Iterable<Problem>): void {
    for (const problem of problems) this.add(problem);
  }

  /** The problems kept, and one that says how many more there were, at the place of the last one kept. */
  toArray(): Problem[] {
    const last = this.#problems.at(-1);
    if (this.#more === 0 || last === undefined) return this.#problems;
    const message = `There are ${this.#more} more problems of this kind of file or layer; they are not listed.`;
    return [...this.#problems, { kind: 'problem', where: last.where, code: 'too-many', message }];
  }
}

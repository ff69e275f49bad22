import type { ProblemCode } from '../model/problem.ts';

/** What is wrong with the bytes of a file, and what it costs. Readers of databases give it between what they could read. */
export interface Damage {
  readonly kind: 'damage';
  readonly code: ProblemCode;
  /** Byte of the file. */
  readonly offset: number;
  /** A clause without capital letter and full stop. */
  readonly message: string;
}

export function damage(code: ProblemCode, offset: number, message: string): Damage {
  return { kind: 'damage', code, offset, message };
}

export function isDamage(value: object): value is Damage {
  return 'kind' in value && value.kind === 'damage';
}

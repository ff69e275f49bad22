/** What became of one record of a feed. */
export interface LedgerEntry {
  /** The advisory's id; the file's name where the id could not be read. */
  readonly record: string;
  /** `used`, `withdrawn`, or why the record was refused. */
  readonly outcome: string;
  /** RFC 3339, as the record says. */
  readonly modified?: string;
  /** Packages whose affected versions were taken over. */
  readonly used: number;
  /** Packages that were left out, by the reason. */
  readonly leftOut: Readonly<Record<string, number>>;
}

/** Records and packages of a feed by what became of them. */
export interface LedgerCounts {
  /** Always `used + withdrawn` and the counts of `refused` together. */
  readonly records: number;
  readonly used: number;
  readonly withdrawn: number;
  /** Most frequent first; `examples` are the first few records. */
  readonly refused: readonly {
    readonly reason: string;
    readonly count: number;
    readonly examples: readonly string[];
  }[];
  /** The packages named by the records that are used. */
  readonly packages: {
    readonly used: number;
    readonly leftOut: readonly { readonly reason: string; readonly count: number }[];
  };
}

const maxExamples = 5;

/** Adds up what became of the records. */
export function countLedger(entries: Iterable<LedgerEntry>): LedgerCounts {
  const outcomes = new Map<string, { count: number; examples: string[] }>();
  const leftOut = new Map<string, number>();
  let packages = 0;
  for (const { record, outcome, used, leftOut: left } of entries) {
    const known = outcomes.get(outcome) ?? { count: 0, examples: [] };
    outcomes.set(outcome, known);
    known.count++;
    if (known.examples.length < maxExamples) known.examples.push(record);
    packages += used;
    if (outcome !== 'used') continue;
    for (const [reason, count] of Object.entries(left)) leftOut.set(reason, (leftOut.get(reason) ?? 0) + count);
  }
  const countOf = (outcome: string) => outcomes.get(outcome)?.count ?? 0;
  const refused = [...outcomes].filter(([outcome]) => outcome !== 'used' && outcome !== 'withdrawn');
  return {
    records: [...outcomes.values()].reduce((sum, { count }) => sum + count, 0),
    used: countOf('used'),
    withdrawn: countOf('withdrawn'),
    refused: refused.map(([reason, said]) => ({ reason, ...said })).sort((a, b) => b.count - a.count),
    packages: {
      used: packages,
      leftOut: [...leftOut].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count),
    },
  };
}

/** Undefined where the value is not an entry. */
export function decodeLedgerEntry(record: string, value: Uint8Array): LedgerEntry | undefined {
  const parsed = parseJson(value);
  if (!Array.isArray(parsed)) return;
  const [outcome, modified, used, leftOut] = parsed as unknown[];
  // They are shown on terminals: nothing in them may steer one.
  if ([record, outcome].some((text) => /[\p{Cc}\p{Cf}]/u.test(String(text)))) return;
  if (typeof outcome !== 'string' || typeof modified !== 'string' || typeof used !== 'number') return;
  if (typeof leftOut !== 'object' || leftOut === null) return;
  const counts = Object.entries(leftOut).filter((pair): pair is [string, number] => typeof pair[1] === 'number');
  return { record, outcome, ...(modified ? { modified } : {}), used, leftOut: Object.fromEntries(counts) };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
}

// Makes src/documents/spdx-ids.ts from the list of identifiers in CycloneDX's schemas, of which a license's id must be one.
// From the repository's root: node scripts/spdx-ids.ts
import { readFileSync, writeFileSync } from 'node:fs';

const schema = 'node_modules/@cyclonedx/cyclonedx-library/res/schema/spdx.SNAPSHOT.schema.json';
const { enum: ids, $comment } = JSON.parse(readFileSync(schema, 'utf8')) as { enum: string[]; $comment: string };
// The list holds the licenses in alphabetical order, then the exceptions in theirs.
const firstException = ids.indexOf('389-exception');
if (firstException < 0) throw new Error(`${schema} is not in the order that this script knows.`);

writeFileSync(
  'src/documents/spdx-ids.ts',
  `// Made by scripts/spdx-ids.ts from CycloneDX's schema ${$comment}. Do not edit.

/** Licenses of the SPDX list, old names included. https://spdx.org/licenses */
export const licenseIds: readonly string[] = ${listOf(ids.slice(0, firstException))};

/** What may stand after \`WITH\`. https://spdx.org/licenses/exceptions-index.html */
export const exceptionIds: readonly string[] = ${listOf(ids.slice(firstException))};
`,
);

function listOf(names: readonly string[]): string {
  const lines = [''];
  for (const name of names) {
    if (lines.at(-1)!.length + name.length > 118) lines.push('');
    lines[lines.length - 1] += ` ${name}`;
  }
  return `\`\n${lines.join('\n')}\n\`\n  .trim()\n  .split(/\\s+/)`;
}

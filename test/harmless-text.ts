import assert from 'node:assert/strict';

/** What could steer a terminal: escape and other control characters but line ends, and marks that turn the direction. */
const steering = /[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/;

/** Fails if the text could steer the terminal that shows it. */
export function assertHarmless(text: string): void {
  const found = steering.exec(text);
  assert.equal(
    found,
    null,
    `steers the terminal: ${JSON.stringify(text.slice(0, (found?.index ?? 0) + 40).slice(-80))}`,
  );
}

import type { Report } from '../../../base/model/report.ts';
import { padStart, wrapText } from '../fit-text.ts';
import type { Line } from '../line.ts';

const maxLines = 5;

/** The changes that clear most, as the report orders them. */
export function showFirstSteps({ actions }: Report, width: number): Line[] {
  if (actions.length === 0) return [];
  const lines = actions.slice(0, maxLines).flatMap(({ title, clears }) => {
    const count = padStart(String(clears.length), 6);
    return wrapText(title, width - 8).map((line, index): Line => [`${index === 0 ? count : '      '}  ${line}`]);
  });
  const rest = actions.length - maxLines;
  return [
    [{ text: 'First steps (how many each clears)', style: 'title' }],
    ...lines,
    ...(rest > 0 ? [[{ text: `        and ${rest} more steps in -o json`, style: 'faint' } as const]] : []),
  ];
}

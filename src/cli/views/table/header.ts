import type { Package } from '../../../base/model/package.ts';
import type { Report } from '../../../base/model/report.ts';
import type { Support } from '../../../base/model/support.ts';
import { cutEnd, wrapText } from '../fit-text.ts';
import type { Line } from '../line.ts';
import { newestData, oldestData, toAge, toDay } from './data-age.ts';

const indent = 10;

/** What was scanned, what is in it, and how old the data is that it was compared with. */
export function showHeader(report: Report, width: number, now: Date): Line[] {
  const { image, packages } = report;
  const room = width - indent;
  return [
    ...toField('Image', wrapText(image.reference, room)),
    ...toField('', wrapText(identityText(image), room)),
    ...toField('System', [cutEnd(systemText(image.os), room)]),
    ...showSupport(report, room),
    ...toField('Packages', wrapText(packagesText(packages), room)),
    ...toField('Data', [cutEnd(dataText(report, now), room)]),
  ];
}

function toField(title: string, lines: readonly string[]): Line[] {
  return lines
    .filter((line) => line !== '')
    .map((line, index) => [{ text: (index === 0 ? title : '').padEnd(indent), style: 'title' }, line]);
}

function identityText({ digest, platform }: Report['image']): string {
  return [shortDigest(digest), platformText(platform)].filter(Boolean).join(', ');
}

/** Twelve digits, as engines show them. */
function shortDigest(digest: string | undefined): string {
  return digest === undefined ? '' : digest.slice(0, digest.indexOf(':') + 13);
}

function platformText(platform: Report['image']['platform']): string {
  return platform ? [platform.os, platform.architecture, platform.variant].filter(Boolean).join('/') : '';
}

function systemText(os: Report['image']['os']): string {
  return os ? (os.name ?? [os.id, os.versionId].filter(Boolean).join(' ')) : 'not known: no os-release was found';
}

/** How long there are fixes for the system; where there are none any more, as a warning. */
function showSupport({ image: { support }, data }: Report, room: number): Line[] {
  const isMissing = support?.state === 'unknown' && data.eol === undefined;
  const text = isMissing ? 'not known: there is no data for eol here (plimsoll db update eol)' : supportText(support);
  const lines = toField('Support', wrapText(text, room));
  const isOver = support?.state === 'ended' || support?.state === 'extended';
  return isOver ? lines.map(([title, text]): Line => [title!, { text: text as string, style: 'warning' }]) : lines;
}

function supportText(support: Support | undefined): string {
  if (support === undefined) return '';
  const { state, eol, extended } = support;
  if (state === 'rolling') return 'a rolling release, which has no end';
  if (state === 'unknown') return 'not known until when';
  const longer = extended?.name ?? 'extended support';
  if (state === 'supported') {
    const until = eol === undefined ? 'supported, no end is set' : `until ${eol}`;
    return extended === undefined ? until : `${until}, ${longer} until ${extended.eol}`;
  }
  if (state === 'extended') return `ENDED on ${eol}; only ${longer} goes on, until ${extended?.eol}`;
  return `ENDED on ${eol}${extended === undefined ? '' : `, ${longer} on ${extended.eol}`}`;
}

function packagesText(packages: readonly Package[]): string {
  if (packages.length === 0) return 'none found';
  const counts = [...Map.groupBy(packages, ({ ecosystem }) => ecosystem)]
    .map(([ecosystem, found]) => ({ ecosystem, count: found.length }))
    .sort((a, b) => b.count - a.count || (a.ecosystem < b.ecosystem ? -1 : 1));
  const declared = packages.filter(({ state }) => state === 'declared').length;
  const parts = counts.map(({ ecosystem, count }) => `${count} ${ecosystem}`).join(', ');
  const note = declared > 0 ? `; ${declared} of them only declared in a lock or requirements file` : '';
  return counts.length === 1 && declared === 0 ? parts : `${packages.length}: ${parts}${note}`;
}

function dataText(report: Report, now: Date): string {
  const newest = newestData(report);
  const oldest = oldestData(report);
  if (newest === undefined || oldest === undefined) return 'none';
  if (toDay(oldest) === toDay(newest)) return `of ${toDay(newest)}, ${toAge(oldest, now)}`;
  return `of ${toDay(oldest)} to ${toDay(newest)}, the oldest ${toAge(oldest, now)}`;
}

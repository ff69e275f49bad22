import { maxVersionLength } from '../../../../base/versions/order.ts';

/** https://packaging.python.org/en/latest/specifications/name-normalization/#name-format */
export function isProjectName(text: string): boolean {
  return text.length <= 200 && /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/.test(text);
}

/** Whether it can be a version of any kind; whether PEP 440 can read it is told where versions are compared. */
export function isVersionText(text: string): boolean {
  return text.length <= maxVersionLength && /^[\x21-\x7e]+$/.test(text);
}

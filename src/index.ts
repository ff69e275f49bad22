/**
 * The library's door. Whatever the command line tells of an image can be had from here.
 * @module
 */
export { type Database, openDatabase, type ShardInfo } from './advise/database/database.ts';
export { compareVersions } from './base/ecosystems.ts';
export { type ErrorCode, PlimsollError } from './base/errors.ts';
export { defaultLimits, type Limits } from './base/limits.ts';
export type { Image, Platform } from './base/model/image.ts';
export type { Match, Severity } from './base/model/match.ts';
export type { Package } from './base/model/package.ts';
export type { Problem } from './base/model/problem.ts';
export type { Report } from './base/model/report.ts';
export { isUnread } from './base/unread.ts';
export type { Inventory } from './inspect/packages/join.ts';
export { openImage, readPackages } from './pipeline/library.ts';
export { scan } from './pipeline/scan.ts';
export type { ScanOptions } from './pipeline/scan-options.ts';

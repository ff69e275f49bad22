import type { Advisory } from '../../base/model/advisory.ts';
import type { SendRequest } from '../../base/net/http-types.ts';
import type { ProgressSink } from '../../base/progress.ts';

/** One record of a feed, read. */
export type FeedItem =
  | {
      readonly kind: 'advisory';
      readonly advisory: Advisory;
      /** Packages of the record that `advisory` does not hold, by the reason. */
      readonly leftOut: Readonly<Record<string, number>>;
    }
  /** What a feed says of a vulnerability beside its advisories: fields of its own, in their order. */
  | {
      readonly kind: 'mark';
      readonly mark: { readonly id: string; readonly fields: readonly (string | number | boolean)[] };
    }
  /** How likely a vulnerability is to be exploited, and its rank among all; both from 0 to 1. */
  | { readonly kind: 'prediction'; readonly id: string; readonly score: number; readonly percentile: number }
  | {
      readonly kind: 'left';
      /** Id of the record, or the name of its file. */
      readonly record: string;
      /** `withdrawn`, or why it cannot be used, in a few words without details: records are counted by it. */
      readonly outcome: string;
      readonly modified?: string;
      readonly leftOut: Readonly<Record<string, number>>;
    };

/** By what a feed tells whether its source has changed since the last time. */
export type Fingerprint = Readonly<Record<string, string>>;

/** What an earlier delivery gave, for feeds that can fetch just the changes. */
export interface KnownRecords {
  /** `modified` of every record by its id; empty text where the record said none. */
  readonly modified: ReadonlyMap<string, string>;
}

/** Records that were fetched. `items` is read once, before the delivery is closed. */
export interface Delivery extends AsyncDisposable {
  /** Where it came from, without credentials. */
  readonly source: string;
  readonly fingerprint: Fingerprint;
  /** Undefined for the whole of the data; else these are changes, and the records named here are gone. */
  readonly vanished?: readonly string[];
  /** RFC 3339, where the source says of what date it is. */
  readonly asOf?: string;
  /** How many items there will be, where that is known. */
  readonly total?: number;
  readonly items: AsyncIterable<FeedItem>;
}

/** What a feed needs to fetch. */
export interface FeedContext {
  /** Also answers `file:` addresses. */
  readonly send: SendRequest;
  /** Where files go that are too large for memory; the feed removes its own. */
  readonly temporaryDirectory: string;
  readonly signal?: AbortSignal | undefined;
  readonly progress: ProgressSink;
}

/** One source of data about vulnerabilities. */
export interface Feed {
  /** Its folder. */
  readonly id: string;
  /** Whether it gives advisories, or marks and predictions of vulnerabilities. */
  readonly gives: 'advisories' | 'marks';
  /** Its publisher's address. */
  readonly address: string;
  /** The environment variable that replaces the address. */
  readonly variable: string;
  /** Where it may lie below the base that `db update --from` names, most usual first; relative, empty for the base itself. */
  readonly placesBelowBase: readonly string[];
  /** What can be fetched there by name, such as the ecosystems; undefined where there is nothing. */
  list(address: string, context: FeedContext): Promise<string[] | undefined>;
  /**
   * Fetches one of the names. Fails with `not-found` where the source does not have it, `bad-answer` where what it has is not
   * the data, and the errors of the client.
   */
  deliver(
    name: string,
    address: string,
    last: { readonly fingerprint: Fingerprint; readonly known: () => KnownRecords } | undefined,
    context: FeedContext,
  ): Promise<Delivery | 'unchanged'>;
}

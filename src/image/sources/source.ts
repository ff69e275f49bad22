import type { Limits } from '../../base/limits.ts';
import type { Image, Layer, Platform } from '../../base/model/image.ts';

/**
 * Takes what may be a layer, as stored, while it streams by once. It may stop anywhere, and fails only where the source does: a
 * layer that is damaged is opened again, and then fails by its name.
 */
export type TakePassing = (bytes: AsyncIterable<Uint8Array>) => Promise<void>;

/** Keeps small documents from one run to the next. What it gives is verified like what it was given. */
export interface DocumentMemory {
  /** Whether what a layer holds is remembered too, so that it need not be read. */
  knows(layer: Layer): Promise<boolean>;
  get(key: string): Promise<Buffer | undefined>;
  put(key: string, bytes: Buffer): Promise<void>;
}

/** What the user said about opening an image. */
export interface OpenOptions {
  /** Of an index, which image: this machine's architecture unless said. */
  readonly platform?: Platform;
  /** File of certificates to trust beside the system's, for `registry:`. */
  readonly registryCa?: string;
  /** Allows plain http to a registry that is not on this machine. */
  readonly insecureHttp?: boolean;
  /** Touches no network: of registries only those on this machine are asked. */
  readonly offline?: boolean;
  readonly limits: Limits;
  readonly signal?: AbortSignal;
  /** Told of waits and retries, in a sentence. */
  readonly onNote?: (note: string) => void;
  readonly env?: NodeJS.ProcessEnv;
  /** Given layers while the image is opened, by sources that would have to stream the whole image again for each of them. */
  readonly takePassing?: TakePassing;
  /** Where such sources keep what tells the image's layers, so that it needs not be streamed to be opened. */
  readonly documents?: DocumentMemory;
}

/**
 * Opens what follows the colon of a reference; the caller disposes of the image. Throws a `PlimsollError` that says what to do.
 */
export type OpenSource = (reference: string, options: OpenOptions) => Promise<Image>;

/** One way to reach an image; what opens it is loaded when it is asked for. */
export interface Source {
  /** As it stands before the colon of a reference. */
  readonly scheme: string;
  /** What comes after the colon, for help and errors. */
  readonly form: string;
  load(): Promise<OpenSource>;
}

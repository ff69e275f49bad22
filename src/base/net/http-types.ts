/** One request. */
export interface HttpRequest {
  /** `http:`, `https:` or `file:`. Credentials in it are sent as basic authentication, to its own origin only. */
  readonly url: string;
  readonly method?: 'GET' | 'HEAD' | 'POST';
  /** By lower-case name. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent with POST. Such a request follows no redirect: it may carry credentials. */
  readonly body?: string;
  readonly signal?: AbortSignal | undefined;
  /** Instead of the client's. */
  readonly retries?: number;
  /** Instead of the client's. */
  readonly timeoutMs?: number;
  /** False: an answer that redirects is given as it is. */
  readonly redirects?: boolean;
  /** False: a body that breaks off is not taken up again. */
  readonly resume?: boolean;
}

/** An answer, whatever its status. Its body must be read or discarded, else the connection stays open. */
export interface HttpResponse {
  readonly status: number;
  /** By lower-case name; several of one name are joined with commas. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Where it came from in the end, after redirects. May hold secrets: see `redactUrl`. */
  readonly url: string;
  /**
   * The bytes as they came, read once: a `content-encoding` is not undone, and `identity` was asked for. Fails with `network`
   * where they break off or stall.
   */
  readonly body: AsyncIterable<Uint8Array>;
}

/** Sends requests; an `HttpClient` without its end. */
export type SendRequest = (request: HttpRequest) => Promise<HttpResponse>;

/** Lets the connection go. Reads what little is left, so that the connection can be used again. */
export async function discardBody({ body }: HttpResponse): Promise<void> {
  let bytes = 0;
  try {
    for await (const chunk of body) {
      bytes += chunk.length;
      if (bytes > 16 * 1024) return;
    }
  } catch {
    // Nobody wants these bytes.
  }
}

/** A piece of a zstd stream that lies within one frame. */
export interface FramePiece {
  readonly bytes: Buffer;
  /** True for the last piece of its frame. */
  readonly endsFrame: boolean;
  /** A skippable frame holds no data: its pieces are dropped. */
  readonly skippable: boolean;
  /** Bytes that a decompressor of the frame may have to hold. */
  readonly windowBytes: number;
}

/**
 * Finds where each frame of a zstd stream ends. Node's decompressor stops after the first frame without a word
 * (nodejs/node#64741), while zstd:chunked layers have many, some of them skippable.
 * https://www.rfc-editor.org/rfc/rfc8878#section-3.1
 */
export class ZstdFrameSplitter {
  /** Header bytes gathered so far; at most 18. */
  #head: Buffer = Buffer.alloc(0);
  #state: 'frame' | 'block' | 'body' | 'checksum' = 'frame';
  #left = 0;
  #last = false;
  #hasChecksum = false;
  #skippable = false;
  #windowBytes = 0;

  /** True between frames: the only place where a stream may end. */
  get atFrameBorder(): boolean {
    return this.#state === 'frame' && this.#head.length === 0;
  }

  /** The pieces of a chunk, in order; undefined where the bytes are no zstd. */
  split(chunk: Buffer): FramePiece[] | undefined {
    const pieces: FramePiece[] = [];
    let start = 0;
    let at = 0;
    while (at < chunk.length) {
      const taken =
        this.#state === 'body' || this.#state === 'checksum' ? this.#skip(chunk.length - at) : this.#read(chunk, at);
      if (taken === undefined) return undefined;
      at += taken;
      if (this.atFrameBorder) {
        pieces.push({
          bytes: chunk.subarray(start, at),
          endsFrame: true,
          skippable: this.#skippable,
          windowBytes: this.#windowBytes,
        });
        start = at;
      }
    }
    if (start < at)
      pieces.push({
        bytes: chunk.subarray(start, at),
        endsFrame: false,
        skippable: this.#skippable,
        windowBytes: this.#windowBytes,
      });
    return pieces;
  }

  #skip(available: number): number {
    const step = Math.min(this.#left, available);
    this.#left -= step;
    if (this.#left === 0) this.#afterBody();
    return step;
  }

  #afterBody(): void {
    if (this.#state === 'checksum' || this.#skippable) this.#state = 'frame';
    else if (!this.#last) this.#state = 'block';
    else this.#expectChecksum();
  }

  #expectChecksum(): void {
    this.#state = this.#hasChecksum ? 'checksum' : 'frame';
    this.#left = this.#hasChecksum ? 4 : 0;
  }

  /** Takes one byte of a frame or block header, and acts when the header is whole. */
  #read(chunk: Buffer, at: number): number | undefined {
    this.#head = Buffer.concat([this.#head, chunk.subarray(at, at + 1)]);
    const whole = this.#state === 'frame' ? this.#onFrameHeader(this.#head) : this.#onBlockHeader(this.#head);
    if (whole === undefined) return undefined;
    if (whole) this.#head = Buffer.alloc(0);
    return 1;
  }

  #onFrameHeader(head: Buffer): boolean | undefined {
    if (head.length < 5) return head.length === 4 && !isZstdMagic(head) ? undefined : false;
    if (isSkippable(head)) {
      if (head.length < 8) return false;
      this.#skippable = true;
      this.#left = head.readUInt32LE(4);
      this.#state = this.#left === 0 ? 'frame' : 'body';
      return true;
    }
    const descriptor = head[4]!;
    if (head.length < 5 + headerExtra(descriptor)) return false;
    this.#skippable = false;
    this.#windowBytes = windowOf(head);
    this.#hasChecksum = (descriptor & 4) !== 0;
    this.#state = 'block';
    return true;
  }

  #onBlockHeader(head: Buffer): boolean | undefined {
    if (head.length < 3) return false;
    const header = head.readUIntLE(0, 3);
    const type = (header >> 1) & 3;
    if (type === 3) return undefined;
    this.#last = (header & 1) !== 0;
    this.#left = type === 1 ? 1 : header >> 3; // a run-length block stores one byte whatever its size
    this.#state = 'body';
    if (this.#left === 0) this.#afterBody();
    return true;
  }
}

/** Whether bytes begin as a zstd frame, skippable ones included. */
export function isZstdMagic(head: Buffer): boolean {
  return head.length >= 4 && (head.readUInt32LE(0) === 0xfd2fb528 || isSkippable(head));
}

function isSkippable(head: Buffer): boolean {
  return (head.readUInt32LE(0) & 0xfffffff0) >>> 0 === 0x184d2a50;
}

/** Bytes of the frame header after the descriptor: window, dictionary id, content size. */
function headerExtra(descriptor: number): number {
  const single = (descriptor & 0x20) !== 0;
  const dictionary = [0, 1, 2, 4][descriptor & 3]!;
  const size = [single ? 1 : 0, 2, 4, 8][descriptor >> 6]!;
  return (single ? 0 : 1) + dictionary + size;
}

/** https://www.rfc-editor.org/rfc/rfc8878#section-3.1.1.1.2; a single segment's window is its content. */
function windowOf(head: Buffer): number {
  const descriptor = head[4]!;
  if ((descriptor & 0x20) === 0) {
    const base = 2 ** (10 + (head[5]! >> 3));
    return base + (base / 8) * (head[5]! & 7);
  }
  const at = 5 + [0, 1, 2, 4][descriptor & 3]!;
  const flag = descriptor >> 6;
  if (flag === 0) return head[at]!;
  return flag === 1
    ? head.readUInt16LE(at) + 256
    : flag === 2
      ? head.readUInt32LE(at)
      : Number(head.readBigUInt64LE(at));
}

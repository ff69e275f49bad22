/** Where a tag's items lie in the data. */
export interface IndexEntry {
  readonly type: number;
  readonly start: number;
  readonly count: number;
}

export interface HeaderData {
  readonly bytes: Buffer;
}

/** A tag and how its value is read. */
export interface RpmTag<T> {
  readonly number: number;
  readonly read: (entry: IndexEntry, data: HeaderData) => T | undefined;
}

/** Numbers that are read as they are asked for: a header may hold millions. */
export interface NumberList {
  readonly length: number;
  at(index: number): number;
}

/** Texts that are read one after the other. */
export interface TextList extends Iterable<string> {
  /** As many as the header says; where the data ends before, fewer come. */
  readonly length: number;
}

const types = { int32: 4, string: 6, stringArray: 8, translated: 9 };

/**
 * The tags that are read, named as rpm names them.
 * https://github.com/rpm-software-management/rpm/blob/master/include/rpm/rpmtag.h
 */
export const rpmTags = Object.freeze({
  name: text(1000),
  version: text(1001),
  release: text(1002),
  epoch: number(1003),
  vendor: text(1011),
  license: text(1014),
  arch: text(1022),
  /** Whole paths, in headers of rpm 3. */
  oldFileNames: texts(1027),
  /** File name of the source package: `bash-5.1.8-6.el9.src.rpm`. */
  sourceRpm: text(1044),
  /** 1 in a source package. */
  sourcePackage: number(1106),
  /** For each file the place of its folder in `dirNames`. */
  dirIndexes: numbers(1116),
  baseNames: texts(1117),
  /** Folders with a slash at their end. */
  dirNames: texts(1118),
  /** `nodejs:16:8090020231009095711:a75119d5`: name, stream, version and context of a module. */
  modularityLabel: text(5096),
});

/** Longest text that is read; the longest real licences have some 3,000 bytes. */
const maxTextBytes = 64 << 10;

/** A text, or the first of several: that of a translated text is the untranslated one. */
function text(tag: number): RpmTag<string> {
  return {
    number: tag,
    read: ({ type, start, count }, { bytes }) => {
      if (type !== types.string && type !== types.translated && type !== types.stringArray) return undefined;
      const end = bytes.subarray(start, start + maxTextBytes).indexOf(0);
      return count > 0 && end >= 0 ? bytes.toString('utf8', start, start + end) : undefined;
    },
  };
}

function number(tag: number): RpmTag<number> {
  return {
    number: tag,
    read: ({ type, start, count }, { bytes }) =>
      type === types.int32 && count > 0 ? bytes.readUInt32BE(start) : undefined,
  };
}

function numbers(tag: number): RpmTag<NumberList> {
  return {
    number: tag,
    read: ({ type, start, count }, { bytes }) =>
      type === types.int32 ? { length: count, at: (index) => bytes.readUInt32BE(start + index * 4) } : undefined,
  };
}

function texts(tag: number): RpmTag<TextList> {
  return {
    number: tag,
    read: (entry, { bytes }) =>
      entry.type === types.stringArray
        ? { length: entry.count, [Symbol.iterator]: () => readTexts(bytes, entry) }
        : undefined,
  };
}

/** Texts that follow one another, each ended by a zero byte. */
function* readTexts(bytes: Buffer, { start, count }: IndexEntry): Generator<string> {
  let at = start;
  for (let index = 0; index < count; index++) {
    const end = bytes.indexOf(0, at);
    if (end < 0) return;
    yield bytes.toString('utf8', at, end);
    at = end + 1;
  }
}

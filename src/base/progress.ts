/** How far a task is. */
export interface ProgressEvent {
  /** What is being done, as a person reads it: `Reading 5 layers`. */
  readonly task: string;
  readonly done?: number;
  readonly total?: number;
  readonly unit?: 'bytes' | 'items';
}

/** Where a stage tells how far it is, and what the user should know beside the result. */
export interface ProgressSink {
  report(event: ProgressEvent): void;
  /** One sentence, such as that data is old. */
  note(text: string): void;
}

export const noProgress: ProgressSink = { report: () => {}, note: () => {} };

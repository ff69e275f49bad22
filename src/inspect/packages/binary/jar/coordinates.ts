/** What names one artifact and its version. */
export interface Coordinates {
  /** Absent where nobody says. */
  readonly group?: string;
  readonly artifact: string;
  readonly version: string;
}

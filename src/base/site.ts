// Places in source text. A site is a file and a half-open range of UTF-16 offsets; a SiteStack is the chain of sites
// that led somewhere, outermost first. Lines and columns are a matter of the views: see lines.ts.

/** A half-open range [start, end) of UTF-16 offsets. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A place in source: a file (path or URI, as the FileReader names it) and a range in it. */
export interface Site extends Range {
  readonly file: string;
}

/** The call sites that led to a place, outermost first. */
export type SiteStack = readonly Site[];

import type { Lab } from './lab.js';

/** How long a run may take: `quick` is for a first impression and for changes at work. */
export interface Effort {
  readonly quick: boolean;
  /** Rounds of each comparison. */
  readonly rounds: number;
  /** Seconds of load per variant and round. */
  readonly seconds: number;
  /** Another server to be measured beside ours. */
  readonly other?: { readonly url: string; readonly headers: Readonly<Record<string, string>> };
}

/** The aim for the median. */
export type Aim = { readonly atMost: number } | { readonly atLeast: number };

/** One line of the table. */
export interface Row {
  readonly what: string;
  readonly unit: string;
  readonly digits: number;
  /** One figure per round, or repetition. */
  readonly figures: readonly number[];
  readonly aim?: Aim;
}

/** One aim of this project, as a measurement. */
export interface Benchmark {
  readonly name: string;
  readonly title: string;
  run(lab: Lab, effort: Effort): Promise<Row[]>;
}

/** Whether the median is where it was to be; nothing without an aim. */
export function isMet(aim: Aim | undefined, middle: number): boolean | undefined {
  if (aim === undefined) return undefined;
  return 'atMost' in aim ? middle <= aim.atMost : middle >= aim.atLeast;
}

/** A position in a text; lines and columns from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** What a map (https://tc39.es/ecma426/) contains, as far as needed. */
export interface SourceMapJson {
  readonly mappings: string;
  readonly sources: readonly string[];
}

/** Offset in `mappings` of a line of the generated text, and the sum of the deltas before it. */
interface Checkpoint {
  readonly offset: number;
  readonly source: number;
  readonly line: number;
  readonly column: number;
}

/** Lines between two checkpoints: few enough to decode in some tens of microseconds. */
const STRIDE = 500;

const digits = new Uint8Array(128);
for (const [digit, character] of [
  ...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
].entries())
  digits[character.charCodeAt(0)] = digit;

/**
 * Reads single positions out of a source map without keeping what it decodes: Node's own `SourceMap`
 * takes 25 MB and a tenth of a second for the map of the bundle. This takes some milliseconds once.
 */
export class SourceMapReader {
  private readonly checkpoints: Checkpoint[] = [];

  constructor(private readonly map: SourceMapJson) {
    this.walk({ offset: 0, source: 0, line: 0, column: 0 }, Infinity, () => undefined, true);
  }

  /**
   * The source of a position in the generated text (line and column from 1); undefined if it has
   * none.
   */
  find(line: number, column: number): Position | undefined {
    const checkpoint = this.checkpoints[Math.floor((line - 1) / STRIDE)];
    if (checkpoint === undefined) return undefined;
    const wanted = (line - 1) % STRIDE;
    let found: Position | undefined;
    this.walk(checkpoint, wanted, (at, generated, position) => {
      if (at === wanted && generated < column) found = position;
    });
    return found;
  }

  /** @param last line to look at, counted from the checkpoint. */
  private walk(
    from: Checkpoint,
    last: number,
    visit: (line: number, column: number, position: Position | undefined) => void,
    record = false,
  ): void {
    const { mappings, sources } = this.map;
    let { offset, source, line, column } = from;
    const read = () => {
      let value = 0;
      for (let shift = 0; ; shift += 5) {
        const digit = digits[mappings.charCodeAt(offset)] ?? 0;
        offset += 1;
        value += (digit & 31) << shift;
        if (digit < 32) return value & 1 ? -(value >> 1) : value >> 1;
      }
    };
    const ends = () => offset >= mappings.length || ',;'.includes(mappings.charAt(offset));
    for (let at = 0; at <= last && offset <= mappings.length; at += 1, offset += 1) {
      if (record && at % STRIDE === 0) this.checkpoints.push({ offset, source, line, column });
      let generated = 0;
      while (offset < mappings.length && mappings.charAt(offset) !== ';') {
        generated += read();
        let position: Position | undefined;
        if (!ends()) {
          source += read();
          line += read();
          column += read();
          if (!record && at === last)
            position = { file: sources[source] ?? '', line: line + 1, column: column + 1 };
          if (!ends()) read();
        }
        visit(at, generated, position);
        if (mappings.charAt(offset) === ',') offset += 1;
      }
    }
  }
}

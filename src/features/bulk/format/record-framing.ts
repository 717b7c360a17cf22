/** Finds where records end in a stream of bytes that comes in pieces. */
export interface RecordFraming {
  /** Index of the line feed that ends the record under way, searched from `from` on; -1 when it goes on. */
  end(bytes: Uint8Array, from: number): number;
  /** Whether a record that ends here ends in the middle of a field. */
  readonly unfinished: boolean;
  /** The ends of records can no longer be found. */
  readonly lost: boolean;
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const QUOTE = 34;
const COMMA = 44;

/** A record per line. */
export class LineFraming implements RecordFraming {
  readonly unfinished = false;
  readonly lost = false;

  end(bytes: Uint8Array, from: number): number {
    return bytes.indexOf(LINE_FEED, from);
  }
}

/**
 * Where in a record the next byte stands. `closed` is behind a quote within a quoted field: it ended the
 * field, or the next byte is a quote as well. `line-end` is behind a carriage return behind that.
 */
type Position = 'field-start' | 'plain' | 'quoted' | 'closed' | 'line-end';

/**
 * CSV as RFC 4180 has it: a line break in a quoted field is a part of the field, not the end of the
 * record. Only a quote at the start of a field opens one.
 *
 * A quote anywhere else spoils its own record only, as long as the record is one line with quotes in pairs: whatever
 * dialect wrote it, it ends there. If not, what looks like fields and records may be the text of a name, since other
 * dialects open a field behind a space, or a quote is missing: the framing is lost.
 */
export class CsvFraming implements RecordFraming {
  lost = false;
  private at: Position = 'field-start';
  /** Of the record under way. */
  private strayQuote = false;
  private spansLines = false;
  private oddQuotes = false;

  get unfinished(): boolean {
    return this.at === 'quoted';
  }

  end(bytes: Uint8Array, from: number): number {
    for (let index = from; index < bytes.length; index += 1) {
      const byte = bytes[index];
      if (byte !== LINE_FEED) this.at = this.next(byte);
      else if (this.at === 'quoted') this.spansLines = true;
      else return this.endRecord() ? index : -1;
    }
    return -1;
  }

  /** @returns whether the record ends here for sure. */
  private endRecord(): boolean {
    this.lost = this.strayQuote && (this.spansLines || this.oddQuotes);
    this.at = 'field-start';
    this.strayQuote = this.spansLines = this.oddQuotes = false;
    return !this.lost;
  }

  /** For all but line feeds. */
  private next(byte: number | undefined): Position {
    if (byte === QUOTE) {
      this.oddQuotes = !this.oddQuotes;
      if (this.at === 'quoted') return 'closed';
      if (this.at === 'closed' || this.at === 'field-start') return 'quoted';
    } else {
      if (this.at === 'quoted') return 'quoted';
      if (byte === COMMA && this.at !== 'line-end') return 'field-start';
      if (this.at === 'plain' || this.at === 'field-start') return 'plain';
      if (byte === CARRIAGE_RETURN && this.at === 'closed') return 'line-end';
    }
    this.strayQuote = true;
    return 'plain';
  }
}

/** Finds where records end in a stream of bytes that comes in pieces. */
export interface RecordFraming {
  /** Index of the line feed that ends the current record, from `from` on; -1 if it continues. */
  end(bytes: Uint8Array, from: number): number;
  /** Whether the input ended in the middle of a field. */
  readonly unfinished: boolean;
  /** Record ends can no longer be determined. */
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
 * Position of the next byte in a record. `closed` is after a quote in a quoted field: it ended the
 * field, or the next byte is a quote as well. `line-end` is after a carriage return that follows
 * it.
 */
type Position = 'field-start' | 'plain' | 'quoted' | 'closed' | 'line-end';

/**
 * CSV as RFC 4180 has it: a line break in a quoted field is a part of the field, not the end of the
 * record. Only a quote at the start of a field opens one.
 *
 * A quote anywhere else breaks only its own record, as long as the record is one line with paired
 * quotes: in every dialect it ends there. Otherwise the framing is lost: another dialect may open a
 * field after a space, or a quote may be missing, so that apparent records may be text of a field.
 */
export class CsvFraming implements RecordFraming {
  lost = false;
  private at: Position = 'field-start';
  /** Of the current record. */
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

  /** @returns whether the record certainly ends here. */
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

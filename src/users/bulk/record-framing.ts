/** Finds where records end in a stream of bytes that comes in pieces. */
export interface RecordFraming {
  /** Index of the line feed that ends the record under way, searched from `from` on; -1 when it goes on. */
  end(bytes: Uint8Array, from: number): number;
  /** Whether a record that ends here ends in the middle of a field. */
  readonly unfinished: boolean;
  /** Where records end cannot be told any more. */
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
 * A quoted field that ends in anything but a comma or a line end spoils its own record only, as long
 * as it began on the same line. If it began on an earlier one, a quote is missing somewhere, and what
 * looks like fields and records may be the text of a name: the framing is lost.
 */
export class CsvFraming implements RecordFraming {
  lost = false;
  private at: Position = 'field-start';
  /** Whether the quoted field under way holds a line break. */
  private spansLines = false;

  get unfinished(): boolean {
    return this.at === 'quoted';
  }

  end(bytes: Uint8Array, from: number): number {
    for (let index = from; index < bytes.length && !this.lost; index += 1) {
      const byte = bytes[index];
      if (this.at === 'quoted') {
        if (byte === QUOTE) this.at = 'closed';
        else if (byte === LINE_FEED) this.spansLines = true;
      } else if (byte === LINE_FEED) {
        this.at = 'field-start';
        return index;
      } else {
        this.at = this.next(byte);
      }
    }
    return -1;
  }

  /** Outside of quotes, for all but line feeds. */
  private next(byte: number | undefined): Position {
    const closed = this.at === 'closed';
    if (byte === QUOTE && (closed || this.at === 'field-start')) {
      this.spansLines &&= closed;
      return 'quoted';
    }
    if (byte === COMMA && this.at !== 'line-end') return 'field-start';
    if (byte === CARRIAGE_RETURN && closed) return 'line-end';
    this.lost = this.spansLines && (closed || this.at === 'line-end');
    return 'plain';
  }
}

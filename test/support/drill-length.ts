/** `npm run drills` runs for longer, and harder, what `npm run drills:short` only touches. */
const LONG = process.env['DRILLS'] === 'long';

/** A size of a drill: the one of `npm run drills:short`, or the one of `npm run drills`. */
export function sized<Value>(quick: Value, long: Value): Value {
  return LONG ? long : quick;
}

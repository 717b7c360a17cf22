/** `npm run drills` runs for longer, and harder, what `npm test` only touches. */
const LONG = process.env['DRILLS'] === 'long';

/** A size of a drill: the one for every test run, or the one for `npm run drills`. */
export function sized<Value>(quick: Value, long: Value): Value {
  return LONG ? long : quick;
}

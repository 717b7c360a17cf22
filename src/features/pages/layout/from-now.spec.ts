import { fromNow } from './from-now.js';

describe('fromNow', () => {
  it.each([
    [1, 'en', 'in 1 second'],
    [119, 'en', 'in 119 seconds'],
    [121, 'de', 'in 3 Minuten'],
    [3600, 'fr', 'dans 60 minutes'],
    [7201, 'es', 'dentro de 3 horas'],
  ])('says of %d seconds in %s: %s', (seconds, language, words) => {
    expect(fromNow(seconds, language)).toBe(words);
  });
});

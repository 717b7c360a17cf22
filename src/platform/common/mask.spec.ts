import { maskEmail } from './mask.js';

describe('maskEmail', () => {
  it.each([
    ['alice@example.com', 'a***@example.com'],
    ['a@b.example', 'a***@b.example'],
    ['"a@b"@example.com', '"***@example.com'],
    ['@example.com', '***'],
    ['no address', '***'],
    ['', '***'],
  ])('shows %s as %s', (email, masked) => expect(maskEmail(email)).toBe(masked));
});

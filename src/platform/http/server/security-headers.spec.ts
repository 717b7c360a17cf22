import { securityHeaders } from './security-headers.js';

describe('securityHeaders', () => {
  it('promises HTTPS only where the public address is HTTPS', () => {
    expect(securityHeaders('http://localhost:8080')).not.toHaveProperty(
      'strict-transport-security',
    );
    expect(securityHeaders('https://api.example.com')).toHaveProperty(
      'strict-transport-security',
      'max-age=31536000; includeSubDomains',
    );
  });
});

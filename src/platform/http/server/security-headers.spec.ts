import { securityHeaders } from './security-headers.js';

describe('securityHeaders', () => {
  it('sends HSTS only when the public address is HTTPS', () => {
    expect(securityHeaders('http://localhost:8080')).not.toHaveProperty(
      'strict-transport-security',
    );
    expect(securityHeaders('https://api.example.com')).toHaveProperty(
      'strict-transport-security',
      'max-age=31536000; includeSubDomains',
    );
  });
});

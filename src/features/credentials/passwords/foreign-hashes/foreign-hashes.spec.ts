import { matchesForeignHash, readForeignHash } from './foreign-hashes.js';

const FIREBASE_EXAMPLE =
  '$fbscrypt$v=1,n=14,r=8,p=1,ss=Bw==,sk=jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==$42xEC+ixf3L2lw==$lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==';
const SPRING_EXAMPLE =
  '{scrypt}$e0801$8bWJaSu2IKSn9Z9kM+TPXfOc/9bdYSrN1oD9qfVThWEwdRTnO7re7Ei+fUZRJ68k9lTyuTeUp4of4g24hHnazw==$OAOec05+bXxvuu/1qZ6NUR+xQYvYv7BeL1QxwRpY5Pc=';
const DJANGO_EXAMPLE = 'pbkdf2_sha256$10000$seasalt$CWWFdHOWwPnki7HvkcqN9iA2T3KLW1cf2uZ5kvArtVY=';
const PHC_EXAMPLE = '$pbkdf2-sha256$i=4096,l=32$c2FsdA$xeR41ZKIyEGqUw22hFxMjZYok6ABzk4RpJY4c6qYE0o';
const PHPASS_EXAMPLE = '$P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0';
const SHA512_EXAMPLE =
  '$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1';

describe('a hash of another system', () => {
  it.each([
    // Django's own tests.
    ['Django', 'lètmein', DJANGO_EXAMPLE],
    // The vectors of RFC 6070 with SHA-256.
    [
      'PHC',
      'password',
      '$pbkdf2-sha256$i=1,l=32$c2FsdA$Eg+2z/z4syxD5yJSVsT4N6hlSMkszDVICAWYfLcL4Xs',
    ],
    [
      'PHC',
      'password',
      '$pbkdf2-sha256$i=2,l=32$c2FsdA$rk0Mla9rRtMtCt/5KPBt0CowP47zwlHf1uLYWpVHTEM',
    ],
    ['PHC', 'password', PHC_EXAMPLE],
    [
      'PHC',
      'passwordPASSWORDpassword',
      '$pbkdf2-sha256$i=4096,l=40$c2FsdFNBTFRzYWx0U0FMVHNhbHRTQUxUc2FsdFNBTFRzYWx0$NIyJ28vTKy8y2BS4EW6EzysXNH68GAAYHE4qH7jdU+HGNVGMfaxH6Q',
    ],
    ['PHC', 'pass\0word', '$pbkdf2-sha256$i=4096,l=16$c2EAbHQ$ibadBRb4KYk8aWImZQqGhw'],
    // The reference of Spring Security.
    ['Spring', 'password', SPRING_EXAMPLE],
    // https://github.com/firebase/scrypt
    ['Firebase', 'user1password', FIREBASE_EXAMPLE],
    // The tests of Supabase Auth, which took the form of the line over from it.
    [
      'Firebase',
      'mytestpassword',
      '$fbscrypt$v=1,n=14,r=8,p=1,ss=Bw==,sk=ou9tdYTGyYm8kuR6Dt0Bp0kDuAYoXrK16mbZO4yGwAn3oLspjnN0/c41v8xZnO1n14J3MjKj1b2g6AUCAlFwMw==$C0sHCg9ek77hsg==$zKVTMvnWVw5BBOZNUdnsalx4c4c7y/w7IS5p6Ut2+CfEFFlz37J9huyQfov4iizN8dbjvEJlM5tQaJP84+hfTw==',
    ],
    // phpass's own test, and those of other implementations with hashes that it made.
    ['phpass', 'test12345', PHPASS_EXAMPLE],
    ['phpass', 'test12345', PHPASS_EXAMPLE.replace('$P', '$H')],
    ['phpass', '', '$P$7JaFQsPzJSuenezefD/3jHgt5hVfNH0'],
    ['phpass', 'compL3X!', '$P$FiS0N5L672xzQx1rt1vgdJQRYKnQM9/'],
    ['phpass', 'piña', '$P$BqrxgWbGuXvBN11Eip1u1KTdtqcrbe.'],
    // glibc.
    ['MD5-crypt', 'password', '$1$deadbeef$Q7g0UO4hRC0mgQUQ/qkjZ0'],
    ['MD5-crypt', 'password', '$1$3azHgidD$SrJPt7B.9rekpmwJwtON31'],
    ['MD5-crypt', 'Hello world!', '$1$saltstri$YMyguxXMBpd2TEZ.vS/3q1'],
    // https://www.akkadia.org/drepper/SHA-crypt.txt
    ['SHA-crypt', 'Hello world!', '$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5'],
    [
      'SHA-crypt',
      'Hello world!',
      '$5$rounds=10000$saltstringsaltst$3xv.VbSHBb41AL9AvLeujZkZRBAwqFMz2.opqey6IcA',
    ],
    [
      'SHA-crypt',
      'a very much longer text to encrypt.  This one even stretches over morethan one line.',
      '$5$rounds=1400$anotherlongsalts$Rx.j8H.h8HjEDGomFU8bDkXm3XIUnzyxf12oP84Bnq1',
    ],
    [
      'SHA-crypt',
      'the minimum number is still observed',
      '$5$rounds=1000$roundstoolow$yfvwcWrQ8l/K0DAWyuPMDNHpIVlTQebY9l/gL972bIC',
    ],
    ['SHA-crypt', 'Hello world!', SHA512_EXAMPLE],
    [
      'SHA-crypt',
      'This is just a test',
      '$6$rounds=5000$toolongsaltstrin$lQ8jolhgVRVhY4b5pZKaysCLi0QBxGoNeKQzQ3glMhwllF7oGDZxUhx1yxdYcz/e1JSbq3y6JMxxl8audkUEm0',
    ],
    [
      'SHA-crypt',
      'a very much longer text to encrypt.  This one even stretches over morethan one line.',
      '$6$rounds=1400$anotherlongsalts$POfYwTEok97VWcjxIiSOjiykti.o/pQs.wPvMxQ6Fm7I6IoYN3CmLs66x9t0oSwbtEW7o7UmJEiDwGqd8p4ur1',
    ],
    [
      'SHA-crypt',
      'the minimum number is still observed',
      '$6$rounds=1000$roundstoolow$kUMsbe306n21p9R.FRkW3IGn.S9NPN0x50YhH1xhLsPuWGsUSklZt58jaTfF4ZEQpyUNGc0dqbpBYYBaHHrsX.',
    ],
  ])('of %s matches the password %j and no other', (_system, password, hash) => {
    expect(matchesForeignHash(hash, password)).toBe(true);
    expect(matchesForeignHash(hash, `${password}x`)).toBe(false);
    expect(matchesForeignHash(hash, `x${password}`)).toBe(false);
  });

  it.each([
    ['2,000,000 iterations', DJANGO_EXAMPLE.replace('10000', '2000000')],
    ['2,000,000 iterations', PHC_EXAMPLE.replace('4096', '2000000')],
    ['64 MiB', SPRING_EXAMPLE.replace('e0801', '100801')],
    ['1 GiB in 16 lanes', SPRING_EXAMPLE.replace('e0801', '100810')],
    ['64 MiB', FIREBASE_EXAMPLE.replace('n=14', 'n=16')],
    ['2^19 rounds', PHPASS_EXAMPLE.replace('$9', '$H')],
    ['1,000,000 rounds', SHA512_EXAMPLE.replace('$6$', '$6$rounds=1000000$')],
  ])('may cost %s', (_cost, hash) => {
    expect(readForeignHash(hash)?.affordable).toBe(true);
  });

  it.each([
    ['2,000,001 iterations', DJANGO_EXAMPLE.replace('10000', '2000001')],
    ['2,000,001 iterations', PHC_EXAMPLE.replace('4096', '2000001')],
    ['72 MiB', SPRING_EXAMPLE.replace('e0801', '100901')],
    ['128 MiB', SPRING_EXAMPLE.replace('e0801', '110801')],
    ['more than 1 GiB in 17 lanes', SPRING_EXAMPLE.replace('e0801', '100811')],
    ['128 MiB', FIREBASE_EXAMPLE.replace('n=14', 'n=17')],
    ['2^20 rounds', PHPASS_EXAMPLE.replace('$9', '$I')],
    ['1,000,001 rounds', SHA512_EXAMPLE.replace('$6$', '$6$rounds=1000001$')],
  ])('that costs %s is never computed', (_cost, hash) => {
    const read = readForeignHash(hash);
    expect(read?.affordable).toBe(false);
    expect(matchesForeignHash(hash, 'password')).toBe(false);
  });

  it.each([
    DJANGO_EXAMPLE.replace('sha256', 'md5'),
    DJANGO_EXAMPLE.replace('10000', '010000'),
    DJANGO_EXAMPLE.replace('10000', '0'),
    DJANGO_EXAMPLE.replace('seasalt', ''),
    DJANGO_EXAMPLE.replace('VY=', 'VZ='),
    DJANGO_EXAMPLE.slice(0, -1),
    PHC_EXAMPLE.replace('l=32', 'l=31'),
    PHC_EXAMPLE.replace(',l=32', ''),
    PHC_EXAMPLE.replace('c2FsdA', 'c2FsdB'),
    `${PHC_EXAMPLE}=`,
    SPRING_EXAMPLE.replace('{scrypt}', ''),
    SPRING_EXAMPLE.replace('e0801', 'E0801'),
    SPRING_EXAMPLE.replace('e0801', '0801'),
    SPRING_EXAMPLE.replace('e0801', 'e0001'),
    SPRING_EXAMPLE.replace('e0801', 'e0800'),
    SPRING_EXAMPLE.slice(0, -1),
    FIREBASE_EXAMPLE.replace('v=1', 'v=2'),
    FIREBASE_EXAMPLE.replace('r=8', 'r=0'),
    FIREBASE_EXAMPLE.replace('mXA==', 'mXB=='),
    FIREBASE_EXAMPLE.replace(/,sk=[^$]*/, ''),
    FIREBASE_EXAMPLE.replace(/[^$]*$/, 'ZGlmZmVyZW50aGFzaA=='),
    PHPASS_EXAMPLE.replace('$9', '$4'),
    PHPASS_EXAMPLE.replace('$9', '$T'),
    PHPASS_EXAMPLE.replace(/0$/, '2'),
    SHA512_EXAMPLE.replace('$6$', '$6$rounds=999$'),
    SHA512_EXAMPLE.replace('saltstring', 'saltstringsaltstr'),
    SHA512_EXAMPLE.replace('saltstring', ''),
    SHA512_EXAMPLE.replace(/1$/, '2'),
    `${SHA512_EXAMPLE}\n`,
    '$1$deadbeef$Q7g0UO4hRC0mgQUQ/qkjZ2',
    '$1$deadbeef0$Q7g0UO4hRC0mgQUQ/qkjZ0',
    '$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEcE',
    '5f4dcc3b5aa765d61d8327deb882cf99',
  ])('is not recognised in %j, which no password matches', (text) => {
    expect(readForeignHash(text)).toBeUndefined();
    expect(matchesForeignHash(text, 'password')).toBe(false);
  });
});

import { AddressRules } from './address-rules.js';

describe('AddressRules', () => {
  const rules = new AddressRules([]);

  it.each([
    '0.0.0.0',
    '0.1.2.3',
    '10.1.2.3',
    '100.64.0.1',
    '100.100.100.200',
    '127.0.0.1',
    '127.255.255.254',
    '168.63.129.16',
    '169.254.169.254',
    '172.31.255.255',
    '192.0.0.192',
    '192.0.2.1',
    '192.88.99.1',
    '192.168.0.1',
    '198.19.0.1',
    '198.51.100.1',
    '203.0.113.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::127.0.0.1',
    '::7f00:1',
    '::ffff:127.0.0.1',
    '::ffff:a9fe:a9fe',
    '::ffff:0:127.0.0.1',
    '64:ff9b::10.0.0.1',
    '64:ff9b::a9fe:a9fe',
    '64:ff9b:1::8.8.8.8',
    '100::1',
    '2001::1',
    '2001:0:4136:e378:8000:63bf:3fff:fdd2',
    '2001:db8::1',
    '2002:7f00:1::',
    '2002:808:808::',
    '3fff::1',
    '5f00::1',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'fe80::1%lo',
    'fec0::1',
    'ff02::1',
    '127.1',
    '0x7f000001',
    'localhost',
    '',
  ])('refuses %s', (address) => {
    expect(rules.permits(address)).toBe(false);
  });

  it.each([
    '8.8.8.8',
    '1.1.1.1',
    '172.32.0.1',
    '100.128.0.1',
    '2606:4700:4700::1111',
    '2a00:1450:4001:80b::200e',
    '::ffff:8.8.8.8',
    '64:ff9b::8.8.8.8',
  ])('permits %s', (address) => {
    expect(rules.permits(address)).toBe(true);
  });

  it('permits what is in an allowed network, in each form of the address', () => {
    const allowing = new AddressRules(['10.2.0.0/16', 'fd12::/16', '127.0.0.1']);
    const reached = ['10.2.3.4', '::ffff:10.2.3.4', '64:ff9b::10.2.3.4', 'fd12::1', '127.0.0.1'];
    expect(reached.filter((address) => !allowing.permits(address))).toEqual([]);
    const others = ['10.3.0.1', '::ffff:10.3.0.1', 'fd13::1', '127.0.0.2', '::1'];
    expect(others.filter((address) => allowing.permits(address))).toEqual([]);
  });
});

import type { Socket } from 'node:net';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';

import { answerMalformed } from './malformed-requests.js';

describe('answerMalformed', () => {
  it.each([
    ['HPE_HEADER_OVERFLOW', 'has a URL or headers that are too long'],
    ['ERR_HTTP_REQUEST_TIMEOUT', 'took too long to arrive'],
    ['HPE_INVALID_METHOD', 'must be an HTTP request'],
  ])('says what is wrong with a request that Node refuses: %s', async (code, detail) => {
    const socket = new PassThrough();
    answerMalformed({})(Object.assign(new Error(), { code }), socket as unknown as Socket);
    const [, body = ''] = (await text(socket)).split('\r\n\r\n');
    expect(JSON.parse(body)).toMatchObject({ status: 400, errors: [{ pointer: '', detail }] });
  });
});

/** An HTTP service that takes everything: `GET /count` says how many, and the time of asking in ms. */
import { createServer } from 'node:http';

let count = 0;
const { HOST, PORT } = process.env;

createServer((request, response) => {
  if (request.method === 'POST') {
    request.resume().on('end', () => {
      count += 1;
      response.writeHead(202).end();
    });
    return;
  }
  response.end(JSON.stringify({ count, at: performance.now() }));
}).listen(Number(PORT), HOST);
process.once('SIGTERM', () => process.exit(0));

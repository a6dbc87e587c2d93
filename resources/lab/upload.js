// File upload
// What is sent goes to a file while its hash is computed, piece by piece; the answer tells size and hash. Then the file is deleted.
const http = require('http');
const fs = require('fs');
const os = require('os');
const path = require('path');
const crypto = require('crypto');
const { pipeline } = require('stream/promises');

let count = 0;

async function receive(request) {
  const file = path.join(os.tmpdir(), `upload-${process.pid}-${crypto.randomUUID()}-${++count}`);
  const hash = crypto.createHash('sha256');
  let bytes = 0;
  try {
    await pipeline(request, async function* measured(parts) {
      for await (const part of parts) {
        hash.update(part);
        bytes += part.length;
        yield part;
      }
    }, fs.createWriteStream(file, { flags: 'wx' }));
    return { bytes, sha256: hash.digest('hex') };
  } finally {
    await fs.promises.rm(file, { force: true });
  }
}

const server = http.createServer(async function serve(request, response) {
  if (request.method !== 'POST' && request.method !== 'PUT') return response.writeHead(405, { allow: 'POST, PUT' }).end();
  try {
    const received = await receive(request);
    response.writeHead(201, { 'content-type': 'application/json' });
    response.end(JSON.stringify(received));
  } catch (error) {
    response.writeHead(500, { connection: 'close' }).end(`${error.message}\n`);
  }
});

server.listen(process.env.PORT || 8080, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));

/**
 * Batches from main to a page, over a port: reads what to send from the file that its last argument names, writes the
 * milliseconds of each round beside it and ends.
 */
const { readFileSync, writeFileSync } = require('node:fs');
const { app, BrowserWindow, MessageChannelMain } = require('electron');

const file = process.argv.at(-1);

/** A window that nobody holds is closed. */
let window;

/** The product's two ways to a page are ports of main; frames are cloned by them. */
async function connect() {
  window = new BrowserWindow({ show: false, webPreferences: { preload: `${__dirname}/preload.cjs` } });
  await window.loadFile('page.html');
  const { port1, port2 } = new MessageChannelMain();
  window.webContents.postMessage('port', null, [port2]);
  port1.start();
  return port1;
}

/** Milliseconds until `count` frames were sent and acknowledged, at most `underWay` of them at once. */
function stream(port, frame, count, underWay) {
  return new Promise((resolve) => {
    const began = performance.now();
    let sent = 0;
    let acknowledged = 0;
    const fill = () => {
      for (; sent < count && sent - acknowledged < underWay; sent++) port.postMessage(frame);
    };
    port.removeAllListeners('message');
    port.on('message', () => {
      acknowledged += 1;
      if (acknowledged === count) resolve(performance.now() - began);
      else fill();
    });
    fill();
  });
}

async function measure() {
  const { rounds, works } = JSON.parse(readFileSync(file, 'utf8'));
  const port = await connect();
  const results = works.map(() => []);
  for (let round = 0; round <= rounds; round++) {
    for (const [at, { bytes, text, objects, count, underWay }] of works.entries()) {
      const frame = bytes ? Uint8Array.from(Buffer.from(bytes, 'base64')) : (text ?? objects);
      const ms = await stream(port, frame, count, underWay);
      if (round > 0) results[at].push(ms);
    }
  }
  writeFileSync(`${file}.results`, JSON.stringify(results));
}

app
  .whenReady()
  .then(measure)
  .catch((error) => console.error(error))
  .finally(() => app.exit(0));

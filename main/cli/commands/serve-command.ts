import { type Command, InvalidArgumentError } from 'commander';
import type { ExitStatus } from '../exit-status.ts';
import { fileName, wholeNumber } from '../option-values.ts';
import type { ServeOptions } from '../serve/serve.ts';
import type { World } from '../world.ts';

const notes = `
One line is printed: Hashlane is serving at http://127.0.0.1:PORT/#token=...
The address opens the app once, within a minute; the browser tab then keeps its access. Press Enter in
the terminal, or send SIGUSR2, to print a new address. Whoever opens one may read what you may read.
Only you, on this machine, can connect. Ctrl+C ends it.

From another machine: forward a port or the socket by SSH, or put a proxy that terminates TLS in front
of the socket and name it by --allow-host; docs/web-host.md shows both. --root limits the page to one
folder, and gives it a history of its own.

Examples:
  hashlane serve                     opens the app in the browser
  hashlane serve --no-open --port 8642 ~/photos
  ssh -L 8642:127.0.0.1:8642 nas hashlane serve --no-open --port 8642
`;

const loopback = ['127.0.0.1', 'localhost', '::1'];

/** A host name or address as it stands in a URL, with a port where it is not 443. */
function hostName(text: string, before: readonly string[] = []): readonly string[] {
  const isName = /^([a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*|\[[0-9a-f:.]+\])(:\d{1,5})?$/i;
  if (isName.test(text)) return [...before, text.toLowerCase()];
  throw new InvalidArgumentError('Expected a name such as hash.example.org, with :PORT where it is not 443.');
}

/** Without the slash at its end. */
function basePath(text: string): string {
  const path = text.replace(/\/+$/, '');
  if (path === '' || /^(\/[A-Za-z0-9._~-]+)+$/.test(path)) return path;
  throw new InvalidArgumentError('Expected a path such as /hashlane.');
}

function loopbackAddress(text: string): string {
  if (loopback.includes(text)) return text;
  throw new InvalidArgumentError(`Hashlane serves this machine only: expected ${loopback.join(', ')}.`);
}

export function addServeCommand(program: Command, world: World, exit: (status: ExitStatus) => void): void {
  program
    .command('serve')
    .summary('open the app in a browser on this machine')
    .description('Serves the app to a browser on this machine. PATHs are ready to be hashed when it opens.')
    .usage('[options] [PATH...]')
    .argument('[paths...]', 'files and folders')
    .option('--port <n>', 'port to listen at; 0 for any that is free', wholeNumber(0, 65_535), 0)
    .option('--host <address>', 'loopback address to listen at', loopbackAddress, '127.0.0.1')
    .option('--socket <path>', 'listen at a Unix socket that only you may open, instead of a port', fileName)
    .option('--allow-host <name>', 'the name that a proxy with TLS shows the app under; several times', hostName)
    .option('--base-path <path>', 'what paths begin with behind a proxy, such as /hashlane', basePath)
    .option('--root <dir>', 'the only folder that the page may list and name', fileName)
    .option('--no-open', 'do not open a browser')
    .addHelpText('after', notes)
    .action(async (paths: readonly string[], options: ServeOptions) => {
      // The web host is the larger half of the program; hashing should not wait for it to load.
      const { serve } = await import('../serve/serve.ts');
      exit(await serve(paths, options, world));
    });
}

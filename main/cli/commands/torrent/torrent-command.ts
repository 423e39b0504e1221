import { open } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { maxTorrentBytes } from '#shared/manifests/torrent/bencode.ts';
import { verifyTorrent } from '../../../tasks/torrent/verify-torrent.ts';
import type { ExitStatus } from '../../exit-status.ts';
import type { World } from '../../world.ts';
import { runTask, statusOf, tell, writeJson, writeText } from '../manifests/run-task.ts';

async function readTorrent(name: string): Promise<Uint8Array> {
  const file = await open(name, 'r');
  try {
    const { size } = await file.stat();
    if (size > maxTorrentBytes)
      throw Object.assign(new Error(`too large for a torrent: ${name}`), { code: 'torrent-malformed' });
    return await file.readFile();
  } finally {
    await file.close();
  }
}

export function addTorrentCommand(program: Command, world: World, exit: (status: ExitStatus) => void): void {
  program
    .command('torrent')
    .summary('verify files against a .torrent')
    .description('Verifies files against a .torrent of version 1, 2, or both.')
    .command('verify')
    .description('Tells which files and which pieces are damaged.')
    .argument('<torrent>', 'a .torrent file')
    .argument('<dir>', "the folder that the torrent's files lie in")
    .addOption(new Option('--format <format>', 'how the result is written').choices(['text', 'json']).default('text'))
    .action(async (torrent: string, dir: string, { format }: { readonly format: 'text' | 'json' }) => {
      const status = await runTask(world, async () => {
        const result = await verifyTorrent(await readTorrent(torrent), dir);
        if (format === 'json') await writeJson(world, { verdict: result.ok ? 'ok' : 'failed', ...result });
        else {
          for (const { path, status: state, badPieces } of result.files) {
            const pieces = [
              ...(badPieces.v1.length > 0 ? [`pieces ${badPieces.v1.join(' ')}`] : []),
              ...(badPieces.v2.length > 0 ? [`pieces of the file ${badPieces.v2.join(' ')}`] : []),
            ];
            if (state !== 'ok') tell(world, `${state} ${path}${pieces.length > 0 ? `: ${pieces.join('; ')}` : ''}`);
          }
          await writeText(
            world,
            `${result.ok ? 'ok' : 'failed'}: ${result.files.length} files, ${result.pieces} pieces\n`,
          );
        }
        return statusOf(result.ok);
      });
      exit(status);
    });
}

import path from 'node:path';
import { electronFacts } from '../../../packaging/facts.ts';
import { bytesOf, filesBelow } from './folders.ts';

const limitMB = 25;

/**
 * What Hashlane adds to Electron must stay small.
 * @param app folder of the packaged app
 */
export function checkSize(app: string) {
  const { folder } = electronFacts();
  if (!folder) throw new Error('HASHLANE_ELECTRON_DIST is not set: there is nothing to compare with');
  const ofElectron = new Set([...filesBelow(folder), 'LICENSE.electron.txt', 'hashlane-desktop']);
  // The command brings its own Node, which is four fifths of all that is ours.
  const isCommand = (file: string): boolean => file.startsWith('command/');
  const own = filesBelow(app).filter((file) => !ofElectron.has(file) && !isCommand(file));
  const command = bytesOf(app, filesBelow(app).filter(isCommand)) / 1e6;
  const megabytes = bytesOf(app, own) / 1e6;
  const whole = bytesOf(app, filesBelow(app)) / 1e6;
  if (!own.includes(path.posix.join('resources', 'app.asar'))) throw new Error('The archive was not counted');
  if (megabytes > limitMB) throw new Error(`${megabytes.toFixed(1)} MB without Electron's, more than ${limitMB} MB`);
  return `${megabytes.toFixed(1)} MB without Electron's and the command's ${command.toFixed(0)} MB, ${whole.toFixed(0)} MB with both`;
}

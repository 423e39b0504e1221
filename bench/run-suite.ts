/**
 * Runs one suite in a process of its own, so that what it leaves behind, compiled code and garbage alike, changes no
 * other's figures. Started by suites.ts: takes a group, a name and a Setting as JSON, and sends rows or a failure.
 */
import { z } from 'zod';
import { suitesOf } from './groups.ts';
import { row, type Setting } from './measuring/suite.ts';

const [group, name, setting] = process.argv.slice(2) as [string, string, string];
try {
  const suite = (await suitesOf(group)).find((one) => one.name === name)!;
  const rows = z.array(row).parse(await suite.run(JSON.parse(setting) as Setting));
  process.send!({ rows }, () => process.exit(0));
} catch (error) {
  const failure = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.send!({ failure }, () => process.exit(1));
}

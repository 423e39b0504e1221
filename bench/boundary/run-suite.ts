/**
 * Runs one suite in a process of its own, so that what it leaves behind, compiled code and garbage alike, changes no
 * other's figures. Started by main.ts: takes a name and a Setting as JSON, and sends rows or a failure.
 */
import { z } from 'zod';
import { row, type Setting } from './suite.ts';
import { suites } from './suites/all.ts';

const [name, setting] = process.argv.slice(2);
const suite = suites.find((one) => one.name === name)!;
try {
  const rows = z.array(row).parse(await suite.run(JSON.parse(setting!) as Setting));
  process.send!({ rows }, () => process.exit(0));
} catch (error) {
  const failure = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.send!({ failure }, () => process.exit(1));
}

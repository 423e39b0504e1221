/** Makes the command's packages once everything is built, on the project's Node. Prints their names. */
import { giveUp, step } from '../../scripts/setup/run.mjs';
import { makeNpmPackages } from '../npm/packages.ts';
import { makeCommandPackages } from './packages.ts';

try {
  const { tar, deb } = await step('Making hashlane-cli', () => makeCommandPackages());
  const npm = await step('Making the npm packages', makeNpmPackages);
  for (const file of [tar, deb, ...npm]) process.stdout.write(`${file}\n`);
} catch (error) {
  giveUp(error);
}

/** The completions, where shells of a Linux system look for them; printed by the command that was built. */
import { execFileSync } from 'node:child_process';
import { bundles } from '../../scripts/bundles/bundles.mjs';
import { fromRoot, projectNode } from '../../scripts/setup/paths.mjs';

const places = {
  bash: 'usr/share/bash-completion/completions/hashlane',
  zsh: 'usr/share/zsh/vendor-completions/_hashlane',
  fish: 'usr/share/fish/vendor_completions.d/hashlane.fish',
} as const;

/** By their paths below the root of the system. */
export function completionScripts(): Record<string, string> {
  const print = (shell: string): string =>
    execFileSync(projectNode(), [fromRoot(bundles.cli.output), 'completion', shell], { encoding: 'utf8' });
  return Object.fromEntries(Object.entries(places).map(([shell, place]) => [place, print(shell)]));
}

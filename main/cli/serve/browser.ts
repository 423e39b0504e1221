import { spawn } from 'node:child_process';

/** The system's way to open an address, or undefined where there is nothing to show it on. */
export function browserCommand(
  environment: Readonly<Record<string, string | undefined>>,
  platform = process.platform,
): readonly [program: string, ...before: string[]] | undefined {
  if (platform === 'darwin') return ['open'];
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler'];
  return environment.DISPLAY || environment.WAYLAND_DISPLAY ? ['xdg-open'] : undefined;
}

/** Opens `url` where there is a browser; where there is none the address was printed anyway. */
export function openBrowser(url: string, environment: Readonly<Record<string, string | undefined>>): void {
  const command = browserCommand(environment);
  if (command === undefined) return;
  const [program, ...before] = command;
  const child = spawn(program, [...before, url], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}

/**
 * The text of a draft release: what to take, how to check it, and what is signed. `node
 * packaging/release-text.ts` prints it; SIGNED_WINDOWS, SIGNED_MACOS and NOTARIZED_MACOS are `true` or not,
 * and GITHUB_REPOSITORY is GitHub's own variable.
 */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { fromRoot } from '../scripts/setup/paths.mjs';

export function releaseText({
  version,
  repository,
  windows,
  macos,
  notarized,
}: {
  version: string;
  repository: string;
  windows: boolean;
  macos: boolean;
  notarized: boolean;
}) {
  return `# Hashlane ${version}

| system | take |
| --- | --- |
| Windows 10 or newer | \`…-setup.exe\` installs for you or for everyone; \`…-portable.exe\` runs as it is |
| macOS 13 or newer | \`.dmg\`, for Apple silicon and Intel |
| Debian, Ubuntu | \`.deb\` |
| Fedora, openSUSE | \`.rpm\` |
| other Linux | \`.AppImage\`, \`.flatpak\` or \`.tar.gz\` |

## Check what you downloaded

\`\`\`sh
sha256sum --check --ignore-missing SHA256SUMS
gh attestation verify FILE --repo ${repository}
\`\`\`

\`B3SUMS\` is the same for \`b3sum\`. Both were written by Hashlane. The \`.cdx.json\` files list what each package holds.

## Signatures

- Windows: ${windows ? 'the programs are signed.' : 'the programs are **not signed**. SmartScreen will warn; “More info” leads on.'}
- macOS: ${macosText(macos, notarized)}
- Linux: the packages carry no signature of their own; checksums and attestation stand in for it.
`;
}

function macosText(signed: boolean, notarized: boolean) {
  if (signed && notarized) return 'the app is signed and notarized.';
  const how = 'System Settings → Privacy & Security lets you open it.';
  return signed ? `the app is signed and **not notarized**. ${how}` : `the app is **not signed**. ${how}`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { version } = JSON.parse(readFileSync(fromRoot('package.json'), 'utf8'));
  const isTrue = (name: string) => process.env[name] === 'true';
  process.stdout.write(
    releaseText({
      version,
      repository: process.env.GITHUB_REPOSITORY ?? 'OWNER/REPOSITORY',
      windows: isTrue('SIGNED_WINDOWS'),
      macos: isTrue('SIGNED_MACOS'),
      notarized: isTrue('NOTARIZED_MACOS'),
    }),
  );
}

/** Reads npm's report of known holes for what ships. */

export interface AuditReport {
  readonly vulnerabilities: Readonly<
    Record<
      string,
      {
        readonly severity: string;
        /** Advisories on the package itself; a text names another package that brings the hole. */
        readonly via: readonly (string | { readonly title: string; readonly url: string })[];
        /** Places of the affected versions, as in package-lock.json. */
        readonly nodes: readonly string[];
      }
    >
  >;
}

export interface Lock {
  readonly packages: Readonly<Record<string, { readonly version?: string }>>;
}

/** One sentence for each hole in a version that ships. */
export function shippedHoles(
  { vulnerabilities }: AuditReport,
  { packages }: Lock,
  shipped: readonly { readonly name: string; readonly version: string }[],
): string[] {
  return Object.entries(vulnerabilities).flatMap(([name, { severity, via, nodes }]) => {
    const versions = new Set(nodes.map((place) => packages[place]?.version));
    const ours = shipped.filter((one) => one.name === name && versions.has(one.version));
    return ours.flatMap(({ version }) =>
      via.flatMap((hole) =>
        typeof hole === 'string' ? [] : [`${name} ${version}: ${hole.title} (${severity}, ${hole.url})`],
      ),
    );
  });
}

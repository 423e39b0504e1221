/** The bill of materials, as CycloneDX 1.6 in JSON. */

import { Contrib, Enums, Models, Serialize, Spec, Validation } from '@cyclonedx/cyclonedx-library';
import type { Component } from './component.ts';

const version = Spec.Version.v1dot6;

/**
 * @param time when it was built
 * @returns JSON, checked against the schema
 */
export async function sbom(
  product: { name: string; version: string; license: string },
  components: readonly Component[],
  time: Date,
): Promise<string> {
  // Expressions are ours or npm's: the list of accepted licences has looked at them.
  const licences = new Contrib.License.Factories.LicenseFactory(() => {});
  const root = new Models.Component(Enums.ComponentType.Application, product.name, {
    bomRef: product.name,
    version: product.version,
    licenses: new Models.LicenseRepository([licences.makeFromString(product.license)]),
  });
  const bom = new Models.Bom({ metadata: new Models.Metadata({ component: root, timestamp: time }) });
  for (const { kind, name, version, licence, packageUrl, sha512 } of components) {
    const type = kind === 'runtime' ? Enums.ComponentType.Framework : Enums.ComponentType.Library;
    const licenses = new Models.LicenseRepository([licences.makeFromString(licence)]);
    const component = new Models.Component(type, name, { bomRef: packageUrl, version, licenses, purl: packageUrl });
    if (sha512) component.hashes.set(Enums.HashAlgorithm['SHA-512'], sha512);
    bom.components.add(component);
    root.dependencies.add(component.bomRef);
  }
  const serializer = new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6));
  const json = `${serializer.serialize(bom, { sortLists: true, space: 2 })}\n`;
  await checkSbom(json);
  return json;
}

/** Throws an error that says what in it is not CycloneDX. */
export async function checkSbom(json: string) {
  const problem = await new Validation.JsonStrictValidator(version).validate(json);
  if (problem !== null) throw new Error(`The bill of materials is not valid: ${JSON.stringify(problem)}`);
}

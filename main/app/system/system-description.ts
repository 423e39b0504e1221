/** What product, engine and machine this is, in the words of the report. */
import type { AboutReport } from '#shared/diagnostics/report.ts';
import { type EngineInfo, kernelText } from '../../engine/engine.ts';

/** @param version the product's */
export function describeSystem(info: EngineInfo, version: string): Omit<AboutReport, 'host'> {
  const { electron, node } = process.versions;
  return {
    product: 'Hashlane',
    version,
    platform: `${process.platform} ${process.arch}`,
    runtime: electron === undefined ? `Node ${node}` : `Electron ${electron}, Node ${node}`,
    engine: {
      version: info.version,
      threads: info.threads,
      cpu: [...info.cpu],
      kernels: info.kernels.map((kernel) => ({
        algorithm: kernel.algorithm,
        implementation: kernelText(kernel),
        selfTest: kernel.selfTest,
      })),
    },
  };
}

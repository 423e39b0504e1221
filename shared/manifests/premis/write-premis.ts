/** PREMIS 3.0: one fixity event for a run, with an outcome for every file, as archives keep it. */
import { XmlWriter } from '../xml/write-xml.ts';

export interface PremisFile {
  /** As the report names it. */
  readonly path: string;
  /** `pass`, `fail`, or `not checked`, with the report's own status beside it. */
  readonly outcome: 'pass' | 'fail' | 'not checked';
  readonly status: string;
  /** Bytes; null where unknown. */
  readonly size: number | null;
  /** By the algorithm's name. */
  readonly digests: Readonly<Record<string, string>>;
}

export interface PremisRun {
  /** `fixity check` compares with recorded digests; `message digest calculation` makes them. */
  readonly type: 'fixity check' | 'message digest calculation';
  /** Unique, such as the job's id. */
  readonly id: string;
  /** xs:dateTime. */
  readonly date: string;
  readonly tool: string;
  readonly toolVersion: string;
  readonly detail?: string;
}

/** In pieces, so that a report of any length can be written; `files` is gone through several times. Throws XmlNameError for a name that XML cannot hold. */
export function* writePremis(run: PremisRun, files: Iterable<PremisFile>): Generator<string> {
  const xml = new XmlWriter();
  const local = (element: string, type: string, kind: string, value: string): void => {
    xml.open(element);
    xml.element(`${kind}Type`, type);
    xml.element(`${kind}Value`, value);
    xml.close();
  };
  xml.open('premis', {
    xmlns: 'http://www.loc.gov/premis/v3',
    'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
    version: '3.0',
  });
  for (const { path, size, digests } of files) {
    xml.open('object', { 'xsi:type': 'file' });
    local('objectIdentifier', 'path', 'objectIdentifier', path);
    xml.open('objectCharacteristics');
    for (const [algorithm, digest] of Object.entries(digests)) {
      xml.open('fixity');
      xml.element('messageDigestAlgorithm', algorithm);
      xml.element('messageDigest', digest);
      xml.element('messageDigestOriginator', run.tool);
      xml.close();
    }
    if (size !== null) xml.element('size', String(size));
    xml.open('format');
    xml.open('formatDesignation');
    xml.element('formatName', 'unknown');
    xml.close();
    xml.close();
    xml.close();
    xml.close();
    yield xml.take();
  }
  xml.open('event');
  local('eventIdentifier', 'local', 'eventIdentifier', run.id);
  xml.element('eventType', run.type);
  xml.element('eventDateTime', run.date);
  if (run.detail !== undefined) {
    xml.open('eventDetailInformation');
    xml.element('eventDetail', run.detail);
    xml.close();
  }
  for (const { path, outcome, status } of files) {
    xml.open('eventOutcomeInformation');
    xml.element('eventOutcome', outcome);
    xml.open('eventOutcomeDetail');
    xml.element('eventOutcomeDetailNote', `${status}: ${path}`);
    xml.close();
    xml.close();
    yield xml.take();
  }
  const agent = `${run.tool} ${run.toolVersion}`;
  xml.open('linkingAgentIdentifier');
  xml.element('linkingAgentIdentifierType', 'local');
  xml.element('linkingAgentIdentifierValue', agent);
  xml.close();
  for (const { path } of files) {
    xml.open('linkingObjectIdentifier');
    xml.element('linkingObjectIdentifierType', 'path');
    xml.element('linkingObjectIdentifierValue', path);
    xml.close();
    yield xml.take();
  }
  xml.close();
  xml.open('agent');
  local('agentIdentifier', 'local', 'agentIdentifier', agent);
  xml.element('agentName', run.tool);
  xml.element('agentType', 'software');
  xml.element('agentVersion', run.toolVersion);
  xml.close();
  xml.close();
  yield xml.take();
}

/** The results as a message of Protocol Buffers. */
import protobuf from 'protobufjs';

export interface ResultMessage {
  readonly path: string;
  readonly size: number;
  readonly status: number;
  readonly flags: number;
  readonly modifiedMs: number;
  readonly sha256: Uint8Array;
  readonly error: string;
}

const source = `
  syntax = "proto3";
  message Result {
    string path = 1;
    uint64 size = 2;
    uint32 status = 3;
    uint32 flags = 4;
    uint64 modified_ms = 5;
    bytes sha256 = 6;
    string error = 7;
  }
  message Batch { repeated Result results = 1; }
`;

/**
 * A decoder as protobufjs compiles it at run time: the same code as its static generator writes. Without the package
 * long, 64-bit fields become numbers, which is faster and exact for these.
 */
export function messageDecoder(): (bytes: Uint8Array) => readonly ResultMessage[] {
  (protobuf.util as { Long: unknown }).Long = undefined;
  protobuf.configure();
  const batch = protobuf.parse(source).root.lookupType('Batch');
  return (bytes) => (batch.decode(bytes) as unknown as { results: ResultMessage[] }).results;
}

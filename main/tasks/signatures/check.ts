/**
 * The signature of one manifest, checked over the very bytes that its parser is given: the manifest is never read again,
 * for it could be another one by then.
 */
import type { Recognised } from '#shared/checksums/model.ts';
import { maxSignatureBytes, SignatureFormError } from '#shared/signatures/lines.ts';
import { globallySigned, type MinisignSignature } from '#shared/signatures/minisign.ts';
import {
  beginsLikeSignify,
  embeddedTextStart,
  parseSignify,
  type SignifySignature,
} from '#shared/signatures/signify.ts';
import { decodeName } from '#shared/text/utf8.ts';
import type { SignatureReport } from '#shared/verify/report/signature-report.ts';
import { type FoundSignature, signaturesBeside } from './beside.ts';
import { type Blake2b, createBlake2b } from './blake2b.ts';
import { ed25519Verify } from './ed25519.ts';
import type { KnownKey } from './known-key.ts';

/** A signature without a digest of its own takes the whole manifest in memory. */
const maxWholeBytes = 1 << 30;
/** Enough to see whether the signature comes first. */
const beginningBytes = 32;

export class SignatureCheck {
  readonly #keys: readonly KnownKey[];
  readonly #found: readonly FoundSignature[];
  #prehash: Blake2b | null;
  /** Null where no signature needs the bytes. */
  #whole: Uint8Array[] | null = [];
  #length = 0;
  #isDecided = false;
  #isEmbedded = false;

  private constructor(keys: readonly KnownKey[], found: readonly FoundSignature[]) {
    this.#keys = keys;
    this.#found = found;
    const isPrehashed = (each: FoundSignature): boolean =>
      'signature' in each && each.signature.form === 'minisign' && each.signature.isPrehashed;
    this.#prehash = found.some(isPrehashed) ? createBlake2b() : null;
  }

  /** `manifest` in the form of `nameText`; null where it is no file, so that nothing lies beside it. */
  static async begin(manifest: string | null, keys: readonly KnownKey[]): Promise<SignatureCheck> {
    return new SignatureCheck(keys, manifest === null ? [] : await signaturesBeside(manifest));
  }

  /** Keeps `chunk` where it must: it may not change afterwards. */
  update(chunk: Uint8Array): void {
    this.#prehash?.update(chunk);
    this.#length += chunk.length;
    this.#whole?.push(chunk);
    if (!this.#isDecided && this.#length >= beginningBytes) this.#decide();
    if (this.#length > maxWholeBytes) this.#whole = null;
  }

  #decide(): void {
    this.#isDecided = true;
    this.#isEmbedded = beginsLikeSignify(Buffer.concat(this.#whole!).subarray(0, beginningBytes));
    if (!this.#isEmbedded && !this.#found.some(needsWhole)) this.#whole = null;
  }

  /** After the last byte. Of several signatures a bad one counts most, then one that is good. */
  finish({ envelope }: Recognised): SignatureReport {
    if (!this.#isDecided) this.#decide();
    const whole = this.#whole === null ? null : Buffer.concat(this.#whole);
    const prehash = this.#prehash?.digest() ?? null;
    this.#whole = null;
    const reports = this.#found.map((each) => {
      if (!('signature' in each)) return each;
      const { signature, file } = each;
      const signed = signature.form === 'minisign' && signature.isPrehashed ? prehash : whole;
      return { ...this.#verify(signature, signed), ...(file === undefined ? {} : { file }) };
    });
    const inside = this.#inside(envelope, whole);
    if (inside !== null) reports.unshift(inside);
    const first = (status: SignatureReport['status']): SignatureReport | undefined =>
      reports.find((each) => each.status === status);
    return first('bad') ?? first('signed') ?? first('not-checked') ?? { status: 'none' };
  }

  /** The signature that the manifest brings along. */
  #inside(envelope: Recognised['envelope'], whole: Buffer | null): SignatureReport | null {
    if (envelope === 'pgp-clearsigned') {
      return { status: 'not-checked', form: 'pgp', reason: 'PGP signatures are not checked here' };
    }
    if (!this.#isEmbedded) {
      return envelope === 'signify'
        ? { status: 'bad', form: 'signify', reason: 'the list does not begin with it' }
        : null;
    }
    if (whole === null) return tooLarge('signify');
    const start = embeddedTextStart(whole.subarray(0, maxSignatureBytes));
    if (start === null) return { status: 'bad', form: 'signify', reason: 'the signature before the list is cut off' };
    try {
      return this.#verify(parseSignify(whole.subarray(0, start)), whole.subarray(start));
    } catch (error) {
      if (!(error instanceof SignatureFormError)) throw error;
      return { status: 'bad', form: 'signify', reason: `the signature before the list ${error.message}` };
    }
  }

  #verify(signature: MinisignSignature | SignifySignature, signed: Uint8Array | null): SignatureReport {
    const { form, keyId: key } = signature;
    const keys = this.#keys.filter(({ keyId }) => keyId === key);
    if (keys.length === 0)
      return { status: 'not-checked', form, key, reason: `it is by the key ${key}, which is not known` };
    if (signed === null) return { ...tooLarge(form), key };
    // Two keys may have one number, for it is chosen by whoever makes them.
    // guard: signatures of manifests => const good = keys[0];
    const good = keys.find((known) => ed25519Verify(known.key, signed, signature.signature));
    const { name, trusted } = good ?? keys[0]!;
    const who = { form, key, name, ...(trusted === undefined ? {} : { trusted }) };
    const by = `${name} (key ${key})`;
    if (good === undefined) return { status: 'bad', ...who, reason: `${by} did not sign this list` };
    if (signature.form === 'signify') return { status: 'signed', ...who };
    // guard: trusted comments
    if (!ed25519Verify(good.key, globallySigned(signature), signature.globalSignature)) {
      return { status: 'bad', ...who, reason: `${by} did not sign the trusted comment` };
    }
    return { status: 'signed', ...who, comment: decodeName(signature.trustedComment).text };
  }
}

const tooLarge = (form: 'minisign' | 'signify'): SignatureReport => ({
  status: 'not-checked',
  form,
  reason: 'the list is larger than 1 GiB, and only a pre-hashed signature can be checked then',
});

function needsWhole(found: FoundSignature): boolean {
  return 'signature' in found && (found.signature.form === 'signify' || !found.signature.isPrehashed);
}

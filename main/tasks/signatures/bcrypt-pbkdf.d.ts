/** OpenBSD's key derivation, which no crypto library of Node has. */
declare module 'bcrypt-pbkdf' {
  const bcrypt: {
    /** Fills `key` and returns 0; -1 where a length is 0. */
    pbkdf(
      passphrase: Uint8Array,
      passphraseLength: number,
      salt: Uint8Array,
      saltLength: number,
      key: Uint8Array,
      keyLength: number,
      rounds: number,
    ): number;
  };
  export default bcrypt;
}

/** Which x86-64 instructions not every x86-64 processor has. */

/**
 * Beyond SSE2, which is part of the architecture, and without the prefix that AVX brings. tzcnt is not among them: older
 * processors take it for bsf, and compilers know.
 */
const wider = new RegExp(
  `^(?:${[
    // SSE3, SSSE3
    'addsubp[sd]|hadd?p[sd]|hsubp[sd]|lddqu|movs[hl]dup|movddup|pshufb|palignr|pabs[bwd]|ph(?:add|sub)(?:w|d|sw)',
    'pmaddubsw|pmulhrsw|psign[bwd]',
    // SSE4.1, SSE4.2, POPCNT
    'p(?:ins|ext)r[bdq]|extractps|insertps|pmul(?:ld|dq)|p?blend(?:w|vb|p[sd]|vp[sd])|round[sp][sd]|ptest|packusdw',
    'p(?:min|max)(?:sb|uw|ud|sd)|pmov[sz]x\\w+|pcmp(?:eq|gt)q|pcmp[ei]str[im]|phminposuw|mpsadbw|dpp[sd]|movntdqa',
    'crc32[bwlq]?|popcnt[wlq]?',
    // AES, PCLMUL, SHA
    'aes\\w+|pclmul\\w+|sha(?:1|256)\\w+',
    // BMI, ADX, LZCNT, MOVBE and what asks for the registers that the system keeps
    'andn|bextr|bls(?:i|r|msk)|bzhi|mulx|rorx|s[ah][lr]x|pdep|pext|adcx|adox|lzcnt[wlq]?|movbe[wlq]?|rd(?:rand|seed)|xgetbv',
    // AVX: all begin with v, save those on masks; so do two old ones.
    '(?!verr|verw)v[a-z]\\w*|k(?:mov|and|or|xor|xnor|not|add|shift|test|ortest|unpck)\\w*',
  ].join('|')})$`,
);

/** @param mnemonic as objdump writes it */
export const isWider = (mnemonic: string) => wider.test(mnemonic);

/** Options by which a compiler is given leave for more than SSE2. */
export const allowsWider = (command: string) =>
  /\s-m(?:avx|sse[34]|ssse3|sha|aes|pclmul|bmi|adx|popcnt|arch=)\S*/.test(command);

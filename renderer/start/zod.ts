/** Imported before any schema is made: zod compiles validators with `new Function`, which the CSP forbids. */
import * as z from 'zod';

z.config({ jitless: true });

/** What the product may cost: budgets that every change can break. */
import type { Suite } from '../measuring/suite.ts';
import { million } from './million.ts';
import { panel } from './panel.ts';
import { scan } from './scan.ts';

export const product: readonly Suite[] = [scan, panel, million];

export { table } from '#shared/text/table.ts';

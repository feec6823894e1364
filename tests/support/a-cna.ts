import type { Desk } from './a-desk.ts';

const CNA = { shortName: 'centre', orgId: '00000000-0000-4000-8000-000000000000' } as const;

/** Makes the organisation of a desk a CNA. */
export function becomeCna(desk: Desk): void {
  desk.write('vcc.yaml', `${JSON.stringify({ ...desk.configuration, cna: CNA }, null, 2)}\n`);
  desk.commit('We are a CNA');
}

/** Ids of the ledger by state: 'CVE-2014-1000 assigned 61247051'. */
export const ledgerOf = (desk: Desk): string[] =>
  desk
    .git('ls-files', 'cves')
    .trim()
    .split('\n')
    .filter((path) => path !== '')
    .map((path) => {
      const field = (name: string): string | undefined => new RegExp(`^${name}: "?([^"\\n]*)"?$`, 'm').exec(desk.read(path))?.[1];
      return [field('cve'), field('state'), field('case')].filter((part) => part !== undefined).join(' ');
    });

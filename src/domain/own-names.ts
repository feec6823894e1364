/** Folders at the root of a case repository that belong to vcc. */
export const OWN_FOLDERS = ['cases', 'vendors', 'keys', 'cnas', 'partners', 'unreachable', 'duties', 'cves', 'campaigns', 'alerts', 'templates', 'outbox', '.vcc'] as const;
/** All that belongs to vcc at the root; what lies elsewhere is the team's own. */
export const OWN_NAMES: readonly string[] = [...OWN_FOLDERS, 'vcc.yaml', 'policy.yaml'];

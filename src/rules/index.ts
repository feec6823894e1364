import { advisoryGap } from './advisory-gap.ts';
import { advisoryHeader } from './advisory-header.ts';
import { advisoryVersions } from './advisory-versions.ts';
import { advisoryNames } from './advisory-names.ts';
import { advisoryCve } from './advisory-cve.ts';
import { advisoryScores } from './advisory-scores.ts';
import { advisoryTranslation } from './advisory-translation.ts';
import { advisoryLanguage } from './advisory-language.ts';
import { caseFolder } from './case-folder.ts';
import { confidentialDetail } from './confidential-detail.ts';
import { cnaFile } from './cna-file.ts';
import { cveFile } from './cve-file.ts';
import { cveFlawTwice } from './cve-flaw-twice.ts';
import { cveLedger } from './cve-ledger.ts';
import { cveTwice } from './cve-twice.ts';
import { cvssVector } from './cvss-vector.ts';
import { danglingCve } from './dangling-cve.ts';
import { danglingCase } from './dangling-case.ts';
import { danglingEntry } from './dangling-entry.ts';
import { danglingKey } from './dangling-key.ts';
import { danglingPartner } from './dangling-partner.ts';
import { danglingVendor } from './dangling-vendor.ts';
import { deadlineExtension } from './deadline-extension.ts';
import { dutyFile } from './duty-file.ts';
import { danglingWave } from './dangling-wave.ts';
import { duplicateCase } from './duplicate-case.ts';
import { embargoOrder } from './embargo-order.ts';
import { executableFile } from './executable-file.ts';
import { fileName } from './file-name.ts';
import { foldedLog } from './folded-log.ts';
import { frontMatterSafety } from './front-matter-safety.ts';
import { futureEntry } from './future-entry.ts';
import { gateOmission } from './gate-omission.ts';
import { identityInClear } from './identity-in-clear.ts';
import { illegalTransition } from './illegal-transition.ts';
import { keyFile } from './key-file.ts';
import { letterTemplate } from './letter-template.ts';
import { logEntryName } from './log-entry-name.ts';
import { logOrder } from './log-order.ts';
import { openpgpBlock } from './openpgp-block.ts';
import { overdue } from './overdue.ts';
import { packageUrl } from './package-url.ts';
import { policyReference } from './policy-reference.ts';
import { privateKey } from './private-key.ts';
import { receivingOrganisationTwice } from './receiving-organisation-twice.ts';
import { schema } from './schema.ts';
import { sealedInClear } from './sealed-in-clear.ts';
import { sealedMissing } from './sealed-missing.ts';
import { sealedPlaintext } from './sealed-plaintext.ts';
import { ssvcTable } from './ssvc-table.ts';
import { sealedRecipients } from './sealed-recipients.ts';
import { sealedRewritten } from './sealed-rewritten.ts';
import { symlink } from './symlink.ts';
import { teamKeyMissing } from './team-key-missing.ts';
import { teamTwice } from './team-twice.ts';
import { textEncoding } from './text-encoding.ts';
import { unapprovedPublished } from './unapproved-published.ts';
import { unknownFile } from './unknown-file.ts';
import { unreachableFile } from './unreachable-file.ts';
import { vendorNotInCase } from './vendor-not-in-case.ts';
import { versionRange } from './version-range.ts';
import { logRewritten } from './log-rewritten.ts';
import { recordRemoved } from './record-removed.ts';
import { conflictMarker } from './conflict-marker.ts';
import { lineEnds } from './line-ends.ts';
import { lintSettings } from './lint-settings.ts';
import { yamlSafety } from './yaml-safety.ts';
import { yamlSyntax } from './yaml-syntax.ts';
import type { Rule } from './rule.ts';

/** Every lint rule: first whether files can be read, then what lies where, then what a case says, then when. */
export const RULES: readonly Rule[] = [
  yamlSyntax,
  yamlSafety,
  frontMatterSafety,
  textEncoding,
  lineEnds,
  conflictMarker,
  schema,
  unknownFile,
  fileName,
  symlink,
  executableFile,
  letterTemplate,
  caseFolder,
  duplicateCase,
  logEntryName,
  foldedLog,
  logOrder,
  illegalTransition,
  embargoOrder,
  vendorNotInCase,
  danglingEntry,
  danglingVendor,
  danglingPartner,
  danglingWave,
  receivingOrganisationTwice,
  danglingKey,
  danglingCase,
  unreachableFile,
  dutyFile,
  cveFile,
  cnaFile,
  teamKeyMissing,
  teamTwice,
  keyFile,
  privateKey,
  sealedPlaintext,
  sealedMissing,
  sealedRecipients,
  sealedRewritten,
  logRewritten,
  recordRemoved,
  openpgpBlock,
  identityInClear,
  sealedInClear,
  confidentialDetail,
  policyReference,
  ssvcTable,
  cvssVector,
  versionRange,
  packageUrl,
  gateOmission,
  lintSettings,
  cveTwice,
  cveFlawTwice,
  danglingCve,
  cveLedger,
  advisoryHeader,
  advisoryGap,
  advisoryVersions,
  advisoryNames,
  advisoryCve,
  advisoryScores,
  advisoryTranslation,
  advisoryLanguage,
  unapprovedPublished,
  futureEntry,
  overdue,
  deadlineExtension,
];

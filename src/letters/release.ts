import { hasCome } from '../domain/deadlines.ts';
import { showInstant } from '../domain/instant.ts';
import { refusal } from '../domain/problem.ts';
import type { CaseView, Session } from '../session.ts';

/** The deadline of policy.yaml from which on the reporter may ask to be released. */
const RIGHT = 'reporter-may-disclose';

/** A reporter who asks is released a year after the start day, not before, and not without asking (guideline IV.2 4) and IV.3(1) 11)). */
export function refuseEarlyRelease({ zone, now }: Session, { record: { number, file }, state, dues }: CaseView): void {
  const due = dues.find(({ id }) => id === RIGHT);
  if (!due) throw refusal('no-release', state.startDay === undefined ? `${number} has no start day: nobody tried to reach a vendor yet, so no year has begun` : `policy.yaml gives the reporter no such right here (${RIGHT})`, `vcc due --case ${number}`);
  if (now <= due.due) throw refusal('release-too-early', `${number}: the reporter may ask to be released after ${showInstant(due.due, zone)}, a year from the start day ${showInstant(due.startedBy.at, zone)}`, `Until then tell how far it has come: vcc notify ${number} --reporter --purpose progress --text TEXT`);
  if (!hasCome(due, now)) throw refusal('no-release', `${number} is ${state.status}, or the reporter is released already: there is no secrecy to end`, `vcc log ${number}`);
  if (!state.entries.some(({ entry }) => entry.event === 'release-requested')) throw refusal('release-not-requested', `${number}: the log has no request of the reporter to be released`, `vcc record ${number} release-requested --means mail`);
  if (file.route === 'partnership') throw refusal('receiving-organisation-answers', `${number}: the receiving organisation talks to the reporter on this route, and takes its request for secrecy back`, `Tell it what is known of the vendor's reasons: vcc record ${number} partner-contacted --party receiving-organisation --purpose progress --means mail --text REASONS\nWhen it has answered the reporter: vcc record ${number} reporter-released --reason TEXT`);
}

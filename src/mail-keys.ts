import type { MailKeys } from './documents/opened-mail.ts';
import type { SignatureCheck } from './domain/signature.ts';
import type { Environment } from './environment.ts';
import type { Session } from './session.ts';

/** What opens a mail with the coordinator's own key, and checks its signatures with the keys of the repository. */
export function mailKeys(env: Environment, { repository, now }: Session): MailKeys {
  const known = (): string[] => repository.keyFingerprints().flatMap((fingerprint) => repository.publicKey(fingerprint) ?? []);
  return {
    open: (message) => env.keyring.openMessage(message, known, now),
    verify: (content, signature) => env.keyring.verify(content, signature, known, now),
    verifyClear: (armored) => env.keyring.verifyClear(armored, known, now),
  };
}

/** Whose key it is, by the registry. */
export function ownerOf({ repository }: Session, keyId: string): string | undefined {
  const fingerprint = repository.keyFingerprints().find((known) => known.endsWith(keyId));
  if (fingerprint === undefined) return undefined;
  const member = repository.configuration.team.find(({ key }) => key === fingerprint);
  if (member) return `coordinator ${member.slug}`;
  for (const [slug, { vendor }] of repository.vendors()) if (vendor.contacts.some(({ key }) => key === fingerprint)) return `vendor ${slug}`;
  for (const [slug, { partner }] of repository.partners()) if (partner.contacts.some(({ key }) => key === fingerprint)) return `partner ${slug}`;
  return undefined;
}

/** Who signed a mail, in sentences: what is not signed may be from anybody. */
export function signatureLines(session: Session, signatures: readonly SignatureCheck[] | undefined, encrypted: boolean): string[] {
  if (signatures === undefined) return [];
  if (signatures.length === 0) return encrypted ? ['the mail was encrypted, and is not signed: it may be from anybody'] : [];
  return signatures.map(({ keyId, state, by, partial, problem }) => {
    const fingerprint = by ?? keyId;
    const owner = keyId === '' ? undefined : ownerOf(session, by ?? keyId);
    switch (state) {
      case 'good':
        return partial === true
          ? `ONLY A PART OF THE MAIL IS SIGNED by ${fingerprint}, the key of ${owner ?? 'somebody in keys/'}: what stands beside it may be from anybody`
          : `signed by ${fingerprint}, the key of ${owner ?? 'somebody in keys/'}: the signature is good`;
      case 'unknown-key':
        return `signed by ${fingerprint}, a key that is not in keys/: nobody could check the signature. Where it is a vendor's: vcc key import FILE --vendor SLUG; where it is the reporter's, it is kept sealed: vcc key import FILE --reporter CASE`;
      case 'bad':
        return `THE SIGNATURE IS NOT GOOD (${problem ?? 'it does not fit'})${fingerprint === '' ? '' : `, by ${fingerprint}`}: the mail may have been changed, or is not from who it says`;
    }
  });
}

// A mail server that a stranger's repository names would get the password: the transport stands in Git's own configuration.
import { Readable } from 'node:stream';
import { legible } from '../documents/legible.ts';
import { refusal, VccError } from '../domain/problem.ts';
import { smtpConnection } from './nodemailer.ts';
import { failedWith } from './failed-with.ts';
import { isLoopback, secretOf, setting } from './git-setting.ts';
import { runProgram } from './run-program.ts';

export interface Envelope {
  readonly from: string;
  readonly to: string;
}

/** How the other side ended one message. notNow: it may take it later. lost: it may have it. noService: it takes no message at all. */
type Delivery = { readonly end: 'taken' | 'refused' | 'notNow' | 'lost' | 'noService'; readonly why: string };

/** An open way to send messages, one after the other. */
export interface Transport {
  deliver(envelope: Envelope, message: Uint8Array): Promise<Delivery>;
  close(): void;
}

const HOW_TO = 'git config vcc.smtp smtps://USER@HOST, or smtp://USER@HOST:587 (STARTTLS), or git config vcc.sendmail /usr/sbin/sendmail. Messages wait in outbox/ and can be sent with any mail client, too.';

/** The transport that this clone, or this person, has in Git's configuration. Refuses where there is none. */
export async function openTransport(root: string): Promise<Transport> {
  const smtp = await setting(root, 'vcc.smtp');
  if (smtp !== undefined) return openSmtp(root, smtp);
  const sendmail = await setting(root, 'vcc.sendmail');
  if (sendmail !== undefined) return { deliver: (envelope, message) => throughSendmail(sendmail, envelope, message), close: () => undefined };
  throw refusal('no-transport', 'no mail transport is set', `Type: ${HOW_TO}`);
}

/** For a moment that no server needs: it is lost, and said. */
const TIMEOUT = 60_000;

async function openSmtp(root: string, text: string): Promise<Transport> {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^smtps?:$/.test(url.protocol) || url.hostname === '') throw refusal('smtp-address', 'vcc.smtp is no address of a mail server', `Type: ${HOW_TO}`);
  if (url.password !== '') throw refusal('smtp-address', 'vcc.smtp holds a password', 'Take it out, and give it as VCC_SMTP_PASSWORD, or by a command: git config vcc.smtpPasswordCommand "pass show mail"');
  const user = decodeURIComponent(url.username);
  const password = user === '' ? undefined : await passwordOf(root);
  const SmtpConnection = await smtpConnection();
  const implicit = url.protocol === 'smtps:';
  const connection = new SmtpConnection({
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (implicit ? 465 : 587) : Number(url.port),
    secure: implicit,
    // A relay on this very machine needs no TLS; it is used where it is offered.
    requireTLS: !implicit && !isLoopback(url.hostname),
    connectionTimeout: TIMEOUT,
    greetingTimeout: TIMEOUT,
    socketTimeout: TIMEOUT,
  });
  // Each failure reaches whoever waits, and each later message fails by itself.
  let broken: Error | undefined;
  let waiting: ((problem: Error) => void) | undefined;
  connection.on('error', (problem: Error) => {
    broken = problem;
    waiting?.(problem);
  });
  const step = <T>(start: (done: (problem?: Error | null, value?: T) => void) => void): Promise<T | undefined> =>
    new Promise((resolve, reject) => {
      waiting = reject;
      start((problem, value) => (problem ? reject(problem) : resolve(value)));
    });
  try {
    await step((done) => connection.connect(done));
    if (user !== '') await step((done) => connection.login({ user, pass: password ?? '' }, done));
  } catch (cause) {
    connection.close();
    throw new VccError({ code: 'smtp', message: `the mail server cannot be used: ${said(cause)}`, hint: 'Nothing was sent; the messages wait in outbox/. See git config --get vcc.smtp and VCC_SMTP_PASSWORD.', cause });
  }
  return {
    async deliver({ from, to }, message) {
      if (broken !== undefined) return { end: 'noService', why: said(broken) };
      let whole = false;
      const content = Readable.from([Buffer.from(message)]).on('end', () => (whole = true));
      try {
        await step((done) => connection.send({ from, to: [to] }, content, done));
        return { end: 'taken', why: 'the server took it' };
      } catch (problem) {
        const delivery = judged(problem, whole);
        // What was begun for this message stands until it is taken back: the next one would be refused for it (RFC 5321, 4.1.1.2 and 4.1.1.5).
        if (delivery.end === 'refused' || delivery.end === 'notNow') await step((done) => connection.reset(done)).catch((cause: unknown) => (broken = cause instanceof Error ? cause : new Error(said(cause))));
        return delivery;
      }
    },
    close: () => connection.quit(),
  };
}

/** Without an answer to the whole message, the server may have it or not: only then it is lost. */
function judged(problem: unknown, whole: boolean): Delivery {
  const { responseCode, command, code } = problem as { readonly responseCode?: number; readonly command?: string; readonly code?: string };
  const why = said(problem);
  // Larger than the server says it takes: it was not even offered.
  if (code === 'EMESSAGE' && responseCode === undefined) return { end: 'refused', why };
  // 421: it closes the connection, whatever it was asked (RFC 5321, 3.8).
  if (responseCode === undefined || responseCode === 421) return { end: whole && responseCode === undefined ? 'lost' : 'noService', why };
  // Only an answer to the recipient or to the message itself says something of these; any other is about us.
  if (command !== undefined && !/^(?:RCPT TO|DATA)/.test(command)) return { end: 'noService', why };
  return { end: responseCode >= 500 ? 'refused' : 'notNow', why };
}

const said = (problem: unknown): string => legible(problem instanceof Error ? problem.message : String(problem)).split('\n')[0] ?? '';

const passwordOf = (root: string): Promise<string> => secretOf(root, 'VCC_SMTP_PASSWORD', 'vcc.smtpPasswordCommand', { code: 'smtp-password', message: 'the mail server asks for a password', example: 'pass show mail' });

/** sysexits.h: the mailer will try again by itself, or somebody has to. */
const TEMPORARY = 75;

async function throughSendmail(program: string, { from, to }: Envelope, message: Uint8Array): Promise<Delivery> {
  try {
    const { code, stdout } = await runProgram(program, ['-i', '-f', from, '--', to], Buffer.from(Buffer.from(message).toString('latin1').replaceAll('\r\n', '\n'), 'latin1'));
    const why = `${program} ended with ${code}${stdout === '' ? '' : `: ${legible(stdout).split('\n')[0] ?? ''}`}`;
    if (code === 0) return { end: 'taken', why };
    return { end: code === undefined ? 'lost' : code === TEMPORARY ? 'notNow' : 'refused', why };
  } catch (problem) {
    if (!failedWith(problem, 'ENOENT') && !failedWith(problem, 'EACCES')) throw problem;
    return { end: 'noService', why: `${program} cannot be started` };
  }
}

// The only import of nodemailer: its MIME builder and its SMTP client, each loaded when it is needed. Hazards: content may name a
// file or a URL, which it would read (both are switched off); a root node adds Date and Message-ID of its own unless they are set;
// without requireTLS the client goes on in clear where a server offers no STARTTLS.
import type MimeNode from 'nodemailer/lib/mime-node';
import type SmtpConnection from 'nodemailer/lib/smtp-connection';

export type { MimeNode, SmtpConnection };

export const mimeNode = async (): Promise<typeof MimeNode> => (await import('nodemailer/lib/mime-node')).default;
export const smtpConnection = async (): Promise<typeof SmtpConnection> => (await import('nodemailer/lib/smtp-connection')).default;

import type { Declaration } from './declaration.ts';

/** Vendors and keys. */
export const REGISTRY_COMMANDS: readonly Declaration[] = [
  {
    name: 'vendor add',
    summary: 'add a vendor, or a contact to a known one',
    arguments: [['<slug>', 'short name of the vendor, for example openssl', 'new-vendor']],
    options: [
      ['--name <name>', 'name in English'],
      ['--name-ja <name>', 'name in Japanese'],
      ['--kind <kind>', 'commercial, open-source, overseas, individual or service-provider'],
      ['--agreement <date>', 'day on which the agreement was signed'],
      ['--keyword <word>', '* technology keyword; may be repeated'],
      ['--url <url>', 'the vendor\'s page'],
      ['--contact-name <name>', 'name of the contact'],
      ['--email <address>', 'address of the contact'],
      ['--language <language>', 'language of the contact: en or ja'],
      ['--phone <number>', 'phone of the contact'],
      ['--key <file>', 'OpenPGP public key of the contact'],
    ],
    examples: ['vcc vendor add openssl --name "OpenSSL Project" --kind open-source --email security@openssl.example --language en --key openssl.asc'],
    writes: true,
    run: async (env, values, flags) => (await import('../commands/vendor.ts')).vendorAdd(env, { slug: values[0] as string, ...flags }),
  },
  {
    name: 'vendor list',
    summary: 'the vendors of the registry',
    options: [['--keyword <word>', 'only vendors with this technology keyword']],
    examples: ['vcc vendor list --keyword tls'],
    run: async (env, _values, flags) => (await import('../commands/vendor.ts')).vendorList(env, flags),
  },
  {
    name: 'vendor show',
    summary: 'one vendor with its contacts, keys and cases',
    arguments: [['<slug>', 'short name of the vendor', 'vendor']],
    examples: ['vcc vendor show openssl'],
    run: async (env, values) => (await import('../commands/vendor.ts')).vendorShow(env, { slug: values[0] as string }),
  },
  {
    name: 'key import',
    summary: 'check an OpenPGP public key and keep it in keys/',
    arguments: [['<file>', 'armored or binary public key; - reads standard input', 'key-file']],
    options: [['--vendor <slug>', 'make it the key of this vendor\'s contact'], ['--email <address>', 'which contact, where the vendor has several']],
    examples: ['vcc key import openssl.asc --vendor openssl', 'gpg --export --armor security@example.org | vcc key import -'],
    writes: true,
    run: async (env, values, flags) => (await import('../commands/key.ts')).keyImport(env, { file: values[0] as string, ...flags }),
  },
  {
    name: 'key list',
    summary: 'the keys in keys/: whose, usable until when',
    examples: ['vcc key list'],
    run: async (env) => (await import('../commands/key.ts')).keyList(env),
  },
];

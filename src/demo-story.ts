/*
 * The story of vcc demo as data: one real case of 2014. Facts and the days of receipt and publication are those of the public
 * advisory; what lies between, the mails, addresses and keys, and the second vendor are made up.
 */

export type Person = 'hayashi' | 'mori';

/** The two coordinators, whose keys lie in templates/demo/keys. */
export const PEOPLE: Readonly<Record<Person, { readonly name: string; readonly email: string }>> = {
  hayashi: { name: 'Hayashi Midori', email: 'hayashi@cert.example' },
  mori: { name: 'Mori Takumi', email: 'mori@cert.example' },
};

/** Files that lie in the folder beforehand, from templates/demo/. */
export const MATERIAL: readonly string[] = [
  'report.eml',
  'report-ja.yaml',
  'advisory.en.md',
  'advisory.ja.md',
  'keys/README.md',
  ...['hayashi', 'mori', 'openssl', 'hoshizora', 'reporter'].flatMap((name) => [`keys/${name}.public.asc`, `keys/${name}.secret.asc`]),
];

export interface DemoStep {
  /** A line as a person types it; a backslash at the end of a line goes on in the next. */
  readonly type: string;
  /** When: vcc gets it by --now, Git as the date of the commit. The step before's when missing. */
  readonly now?: string;
  /** Who sits at the keyboard. The one before when missing. */
  readonly by?: Person;
  /** Said before the command. */
  readonly say?: string;
  /** The command refuses, and that is the point. */
  readonly refused?: true;
}

export interface Chapter {
  readonly title: string;
  readonly say: string;
  readonly steps: readonly DemoStep[];
}

const CASE = '61247051';
const FOLDER = `cases/2014/${CASE}`;

export const INTRODUCTION = `A case from the first mail to the public advisory: JVN#${CASE}, "CCS injection" in OpenSSL, 2014.
Everything below is typed and run for real, in a folder of its own. --now sets the clock, so that the dates are those of the case.
The facts are public. Mails, addresses, keys, the second vendor and most days in between are made up.`;

export const CHAPTERS: readonly Chapter[] = [
  {
    title: 'A coordination centre',
    say: 'The case files are a Git repository: Markdown and YAML, no server. It holds the rules (policy.yaml), the team and its keys.',
    steps: [
      {
        now: '2014-04-01T10:00+09:00',
        by: 'hayashi',
        type: `vcc init cases --name "Example CERT" --name-ja "例示CERT" --email vuls@cert.example \\
    --url https://cert.example/ --timezone Asia/Tokyo --policy jpcert \\
    --coordinator "Hayashi Midori <hayashi@cert.example>" --key keys/hayashi.public.asc \\
    --coordinator "Mori Takumi <mori@cert.example>" --key keys/mori.public.asc \\
    --public ../public --public-url https://advisories.cert.example`,
      },
      { type: 'cd cases' },
      {
        say: 'Whom to talk to at a vendor is known before there is a report.',
        now: '2014-04-02T11:00+09:00',
        type: `vcc vendor add openssl --name "OpenSSL Project" --kind open-source --keyword tls \\
    --url https://www.openssl.org/ --email security@openssl.example --language en --key ../keys/openssl.public.asc`,
      },
    ],
  },
  {
    title: 'A report arrives',
    say: 'A mail. Who reported, how the flaw was found, what it does and how to exploit it are sealed to the team\'s keys; title and products become case.md.',
    steps: [
      { type: 'head -n 34 ../report.eml', now: '2014-05-01T10:30+09:00' },
      {
        type: `vcc intake ../report.eml --id ${CASE} --series JVN \\
    --title-ja "OpenSSL における Change Cipher Spec メッセージの処理に脆弱性" \\
    --wish public-credit --wish name-to-vendor`,
      },
    ],
  },
  {
    title: 'Is it ours, and how urgent is it?',
    say: 'The acceptance checklist of the policy is answered point by point. The reporter hears the decision and the reason.',
    steps: [
      {
        now: '2014-05-01T14:00+09:00',
        type: `vcc triage ${CASE} \\
    --criterion vulnerability,not-debug-mode,not-training-target,exact-version,maintained=yes \\
    --criterion vendor-fixes-security,discovery-described,proof-given,impact-described=yes \\
    --criterion not-public,significant-if-xss,matters-to-constituency=yes \\
    --criterion "reproducible=yes: with the test program, on 1.0.1g" \\
    --criterion "no-specification=yes: the standard is right, OpenSSL does not follow it" \\
    --spread wide --flag many-users --cvss AV:N/AC:H/Au:N/C:P/I:P/A:N \\
    --accept --reason "A flaw in a library that most servers of the Internet use; the steps are plausible."`,
      },
    ],
  },
  {
    title: 'Finding the right person',
    say: 'The first contact names no product and no flaw. It is signed and encrypted all the same, and starts the clocks.',
    steps: [
      { now: '2014-05-01T15:00+09:00', type: `vcc notify ${CASE} --vendor openssl` },
      {
        now: '2014-05-02T09:30+09:00',
        type: `vcc record ${CASE} vendor-replied --vendor openssl --progress acknowledged --text "They are the right people. They will keep it to the core team."`,
      },
    ],
  },
  {
    title: 'Silence until a date',
    say: 'An embargo is proposed. Who has not accepted it gets no details: the second command is refused, and says why.',
    steps: [
      { now: '2014-05-02T10:00+09:00', type: `vcc record ${CASE} embargo-proposed --party team --until 2014-06-05T21:00+09:00` },
      { type: `vcc notify ${CASE} --vendor openssl`, refused: true },
      { now: '2014-05-03T18:20+09:00', type: `vcc record ${CASE} embargo-accepted --party vendor:openssl` },
      { now: '2014-05-03T18:25+09:00', type: `vcc notify ${CASE} --vendor openssl`, say: 'Now the details go out, with the proof of concept attached.' },
    ],
  },
  {
    title: 'Work goes on',
    say: 'Whatever happens is one entry of the log. Entries are never changed; the state of the case follows from them.',
    steps: [
      { now: '2014-05-12T11:00+09:00', type: `vcc record ${CASE} vendor-replied --vendor openssl --progress accepted --text "Confirmed in all three branches. A patch is being reviewed."` },
      { now: '2014-05-21T09:00+09:00', type: `vcc record ${CASE} cve-assigned --cve CVE-2014-0224 --assigner redhat` },
      { type: `vcc notify ${CASE} --reporter --purpose progress --text "The OpenSSL Project has confirmed the flaw and is working on a patch. It is CVE-2014-0224."` },
      { type: 'vcc due --within 60', say: 'What is due, counted in working days of Japan where the policy says so.' },
    ],
  },
  {
    title: 'Those who ship OpenSSL',
    say: 'A vendor downstream joins later. It has signed an agreement and is written to in Japanese.',
    steps: [
      {
        now: '2014-05-26T10:00+09:00',
        type: `vcc vendor add hoshizora --name "Hoshizora Systems" --name-ja "星空システムズ株式会社" --kind commercial \\
    --agreement 2011-04-01 --keyword tls --email psirt@hoshizora.example --language ja --key ../keys/hoshizora.public.asc`,
      },
      {
        now: '2014-05-26T10:05+09:00',
        type: `vcc record ${CASE} wave-opened --wave downstream --vendor openssl`,
        say: 'Upstream says when those downstream may be told; before that, vcc writes to none of them.',
      },
      { now: '2014-05-26T10:10+09:00', type: `vcc notify ${CASE} --vendor hoshizora --role downstream` },
      { now: '2014-05-27T16:00+09:00', type: `vcc record ${CASE} embargo-accepted --party vendor:hoshizora` },
      {
        now: '2014-05-27T16:03+09:00',
        type: `vcc translate ${CASE} --to ja ../report-ja.yaml`,
        say: 'The report is in English. Without a translation, or with one of what it said before, the details do not go out.',
      },
      { now: '2014-05-27T16:05+09:00', type: `vcc notify ${CASE} --vendor hoshizora` },
    ],
  },
  {
    title: 'A fix and a date',
    say: 'A remediation, a public status for each vendor, and a date that the reporter and every vendor that was heard of agree to.',
    steps: [
      { now: '2014-06-02T20:00+09:00', type: `vcc record ${CASE} fix-available --vendor openssl --remediation fix --versions 1.0.1h --versions 1.0.0m --versions 0.9.8za` },
      { type: `vcc record ${CASE} vendor-status --vendor openssl --status affected --url https://www.openssl.org/news/secadv/20140605.txt` },
      { now: '2014-06-03T09:10+09:00', type: `vcc record ${CASE} vendor-status --vendor hoshizora --status affected-investigating --statement-ja "影響を調査しています。"` },
      { type: `vcc record ${CASE} date-agreed --party vendor:openssl --date 2014-06-06T12:00+09:00` },
      { type: `vcc record ${CASE} date-agreed --party vendor:hoshizora --date 2014-06-06T12:00+09:00` },
      { type: `vcc record ${CASE} date-agreed --party reporter --date 2014-06-06T12:00+09:00` },
      { now: '2014-06-03T09:30+09:00', type: `vcc schedule ${CASE} --date 2014-06-06T12:00+09:00` },
    ],
  },
  {
    title: 'Two texts, two people',
    say: 'The advisory is written in English and Japanese, and committed like any text. Who wrote it cannot approve it.',
    steps: [
      { now: '2014-06-04T10:00+09:00', type: `cp ../advisory.en.md ../advisory.ja.md ${FOLDER}` },
      { type: `git commit -m "${CASE}: write the advisory" ${FOLDER}`, say: 'The hooks that vcc init installed check what is committed.' },
      { now: '2014-06-04T10:30+09:00', type: `vcc approve ${CASE}`, refused: true },
      { now: '2014-06-04T15:00+09:00', by: 'mori', type: `vcc approve ${CASE}`, say: 'A colleague reads it and approves exactly this text: one changed letter would end the approval.' },
    ],
  },
  {
    title: 'The gate',
    say: 'Publication has a gate with checks that are all shown at once. A day too early, it stays closed.',
    steps: [
      { now: '2014-06-05T15:00+09:00', by: 'hayashi', type: `vcc publish ${CASE} --yes`, refused: true },
      { now: '2014-06-06T12:00+09:00', type: `vcc publish ${CASE} --yes`, say: 'At the agreed minute:' },
    ],
  },
  {
    title: 'What is left',
    say: 'The case in one screen, its story, and what Git says.',
    steps: [
      { now: '2014-06-06T12:05+09:00', type: `vcc show ${CASE}` },
      { type: `vcc log ${CASE}` },
      { type: 'vcc lint' },
      { type: 'git log --reverse --format="%ad  %an  %s" --date=short' },
      { type: 'git -C ../public log --stat --format="%ad  %s" --date=iso', say: 'The public repository has a history of its own. Nothing of the embargoed one can leak with it.' },
    ],
  },
];

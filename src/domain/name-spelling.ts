/*
 * Finds a name or an address in a text however it is spelled: by case, width, accents, kana, order, with other separators,
 * markup or escapes in between. Every pattern has bounded repetitions, for both sides are a stranger's.
 */

const ENTITIES: Readonly<Record<string, string>> = { nbsp: ' ', ensp: ' ', emsp: ' ', thinsp: ' ', shy: '', zwj: '', zwnj: '', amp: '&', commat: '@', period: '.', dot: '.', comma: ',', hyphen: '-', dash: '-', lowbar: '_', sol: '/', lt: '<', gt: '>', quot: '"', apos: "'" };

// A line end that was escaped is no line of the file.
const character = (code: number): string => (code >= 0x20 && code <= 0x10ffff ? String.fromCodePoint(code) : ' ');

/** Entities of HTML, %20 of addresses, \u00ad of program text and of the files of vcc itself. */
function unescaped(text: string): string {
  return text
    .replaceAll(/(?:%[0-9a-f]{2}){1,200}/gi, (run) => {
      try {
        return decodeURIComponent(run).replaceAll(/[\n\r]/g, ' ');
      } catch {
        // Not UTF-8, so not a name that somebody wrote.
        return run;
      }
    })
    .replaceAll(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi, (entity, decimal: string | undefined, hex: string | undefined, name: string | undefined) =>
      name === undefined ? character(decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)) : (ENTITIES[name.toLowerCase()] ?? entity),
    )
    .replaceAll(/\\(?:u([0-9a-f]{4})|u\{([0-9a-f]{1,6})\}|x([0-9a-f]{2}))/gi, (_escape, four: string | undefined, braced: string | undefined, two: string | undefined) => character(Number.parseInt(four ?? braced ?? two ?? '', 16)));
}

/** Katakana as hiragana: a name is written in both. */
const hiragana = (text: string): string => text.replaceAll(/[\u30a1-\u30f6]/g, (kana) => String.fromCodePoint((kana.codePointAt(0) ?? 0) - 0x60));

const katakana = (text: string): string => text.replaceAll(/[\u3041-\u3096]/g, (kana) => String.fromCodePoint((kana.codePointAt(0) ?? 0) + 0x60));

/** One form of all width, accent and invisible characters; case stays. */
export const plain = (text: string): string =>
  // Twice, for what was escaped may be escaped once more on its way.
  unescaped(unescaped(text))
    .normalize('NFKC')
    .replaceAll(/[\p{Cf}\u034f\ufe00-\ufe0f]/gu, '')
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .normalize('NFC');

export const lower = (text: string): string => hiragana(text.toUpperCase().toLowerCase());

/** MasashiKikuchi as Masashi Kikuchi. */
const camelApart = (text: string): string => text.replaceAll(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})/gu, ' ');

/** What goes away keeps its line ends, so that what follows stays on its line. */
const lineEnds = (part: string): string => part.replaceAll(/[^\n]/g, '');

export const withoutTags = (text: string): string => text.replaceAll(/<[^<>]{0,300}>/g, lineEnds);

export const withoutLinkTargets = (text: string): string => text.replaceAll(/\]\([^()]{0,300}\)/g, (target) => `]${lineEnds(target)}`);

/** A text made ready to be searched. */
export interface Searchable {
  /** Its readings: as it stands, without markup, with joined words apart. */
  readonly readings: readonly string[];
  /** As it stands, with its case. */
  readonly spelled: string;
}

export function searchable(text: string): Searchable {
  const spelled = plain(text);
  const words = withoutLinkTargets(spelled);
  // A tag may be an address in brackets, so that both readings count.
  return { spelled, readings: [...new Set([spelled, words, withoutTags(words), camelApart(withoutTags(words))].map(lower))] };
}

const literally = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

const LETTER = '[\\p{L}\\p{N}]';
const NO_LETTER = '[^\\p{L}\\p{N}]';
/** Scripts that put no space between words, so that a name has no border. */
export const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;
const KANA = /^[\p{Script=Hiragana}\p{Script=Katakana}ー\s・]+$/u;
/** Emphasis and line ends of Markdown within a word. */
const IN_WORD = '[*_~`\\\\]{0,4}';
const BETWEEN_WORDS = `${NO_LETTER}{0,12}`;

const spread = (word: string): string => Array.from(word).map(literally).join(IN_WORD);
const bordered = (pattern: string): string => `(?<!${LETTER})${pattern}(?!${LETTER})`;

/** The orders in which the words of a name are written: as given, turned round, the family name moved, without middle names. */
export function orders(words: readonly string[]): string[][] {
  const [first = '', ...rest] = words;
  const last = words.at(-1) ?? '';
  const all = [[...words], words.toReversed(), [...rest, first], [last, ...words.slice(0, -1)]];
  if (words.length > 2 && Array.from(first).length > 1 && Array.from(last).length > 1) all.push([first, last], [last, first]);
  return [...new Map(all.map((order) => [order.join(' '), order])).values()];
}

/** Words that stand in any English text: alone, they are a name only where they are written like one. */
const ORDINARY: ReadonlySet<string> = new Set(
  (
    'a about above accepted access act action active add added admin after again all also am an and any anonymous answer are art as ask asked at back bad be been before best bill bug but by call can case chance ' +
    'coordinator could cve date day dear deal demo direct do does done drew due each early end every example exploit fair faith far file find finder first fix flaw for form found frank free from full gene get give given go good grace grant great had has have he hear heard hello help her here him his home hope how ' +
    'i if impact in into is it its jack joy just key kind know known late law lee left less let like link list little log long low made mail major make man many mark may me medium message mine miss more most much must my name new next nick no normal not note now of off old on one only open or order other our out over own part party pat people person phone place please poc ' +
    'poor post priority product proof public published put read real reason received remote report reported reporter researcher rich right robin rob rose run said say see security sent set she short show sign since so some song source special still strong sue such summer sure system take tell test text than thank that the their them then there they this those time title to told too under until up update us use used user ' +
    'van vendor version very via vulnerability wade want was way we well were west what when where which while who why wide will wish with work would write yes yet you young your'
  ).split(' '),
);

/** Whether a name is a single word of the language, so that only its capital tells it from one. */
export const isOrdinaryName = (name: string): boolean => ORDINARY.has(lower(plain(name)).trim());

/** Whether the text holds the name in any spelling. One letter alone is no name; half of a name is not looked for. */
export function holdsName(text: Searchable, name: string): boolean {
  const spelled = plain(name).trim();
  const words = lower(camelApart(spelled)).match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const letters = Array.from(words.join(''));
  if (letters.length < 2) return false;
  if (isOrdinaryName(name)) return holdsOrdinary(text, spelled);
  if (UNSPACED.test(words.join(''))) return holdsUnspaced(text, words);
  const written = words.map(spread);
  const forms = words.length === 1 ? written : orders(written).map((order) => order.join(BETWEEN_WORDS));
  return text.readings.some((reading) => forms.some((form) => new RegExp(bordered(form), 'u').test(reading)));
}

/** Within a sentence and with its capital: 'told by Will' and not 'they will', nor 'Will it'. */
const holdsOrdinary = ({ spelled }: Searchable, name: string): boolean => /^\p{Lu}/u.test(name) && new RegExp(`(?<=[\\p{Ll}\\p{N},] {1,3})${spread(name)}(?!${LETTER})`, 'u').test(spelled);

/**
 * What may stand between two characters of a name in such a script, as a class of a pattern: blanks, markup, the prefixes of quoted and commented lines, brackets, the borders of tables.
 * A comma or a full stop makes two names in a list.
 */
export const WITHIN_NAME = String.raw`[\s*_~\x60\\・.=>|#()\[\]{}<"'“”‘’「」『』【】〈〉《》〔〕/:;+%&^$@\-]`;

/** What may follow a name in Japanese. */
const AFTER_NAME = '(?=$|[^\\p{Script=Hiragana}\\p{Script=Katakana}ー]|さん|さま|くん|ちゃん|は|が|の|と|を|に|も|へ|から|より|です|だ)';

/** A few kana stand within many other words, so they are looked for where their script begins and ends. */
function holdsShortKana(spelled: string, name: string): boolean {
  const [inHiragana, inKatakana] = [hiragana(name), katakana(name)].map(literally);
  return new RegExp(`(?<!\\p{Script=Hiragana})${inHiragana ?? ''}${AFTER_NAME}|(?<![\\p{Script=Katakana}ー])${inKatakana ?? ''}(?![\\p{Script=Katakana}ー])`, 'u').test(spelled);
}

function holdsUnspaced({ readings, spelled }: Searchable, words: readonly string[]): boolean {
  const whole = words.join('');
  if (KANA.test(whole) && Array.from(whole).length < 4) return holdsShortKana(spelled, whole);
  const between = `${WITHIN_NAME}{0,12}`;
  const forms = orders(words).map((order) => Array.from(order.join('')).map(literally).join(between));
  return readings.some((reading) => forms.some((form) => new RegExp(form, 'u').test(reading)));
}

/** Whether the text holds the address, also as 'reporter [at] finder dot example'. */
export function holdsAddress({ readings }: Searchable, email: string): boolean {
  const [local = '', domain = ''] = lower(plain(email)).trim().split('@');
  const parts = (half: string): string[] => (half.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).map(literally);
  const [before, behind] = [parts(local), parts(domain)];
  if (before.length === 0 || behind.length === 0) return false;
  const joint = (word: string): string => `${NO_LETTER}{0,6}(?:${word}${NO_LETTER}{1,6})?`;
  const pattern = bordered(`${before.join(joint('dot'))}(?:${NO_LETTER}{0,6}@${NO_LETTER}{0,6}|${NO_LETTER}{1,6}at${NO_LETTER}{1,6})${behind.join(joint('dot'))}`);
  return readings.some((reading) => new RegExp(pattern, 'u').test(reading));
}

import { weaknessPhrase } from '../domain/weakness-phrases.ts';
import type { Cvss } from '../generated/documents.ts';
import type { Language } from './advisory-words.ts';

type Metrics = Readonly<Record<string, string>>;

const metricsOf = (vector: string): Metrics => Object.fromEntries(vector.split('/').map((part) => part.split(':', 2) as [string, string]));

/** The newest version says most about who has to do what. */
const newest = (cvss: readonly Cvss[]): Metrics | undefined => {
  const vector = [...cvss].sort((a, b) => (a.version < b.version ? 1 : -1))[0]?.vector;
  return vector === undefined ? undefined : metricsOf(vector);
};

const PLACES: Readonly<Record<string, { readonly en: string; readonly ja: string; readonly jaUser: string }>> = {
  N: { en: 'remote', ja: '遠隔の第三者', jaUser: '当該製品にログイン可能な遠隔の攻撃者' },
  A: { en: 'network-adjacent', ja: '隣接するネットワーク上の第三者', jaUser: '隣接するネットワーク上の、当該製品にログイン可能な攻撃者' },
};

/** Who can do it, as far as the vector says it without doubt: a local attack that needs a user often comes by mail, and where the attacker sits is then not what AV:L says. */
function attacker({ AV = '', PR, Au, UI }: Metrics, language: Language): string | undefined {
  const rights = PR ?? (Au === undefined ? undefined : Au === 'N' ? 'N' : 'L');
  if (rights === undefined) return undefined;
  if (AV === 'P') return language === 'en' ? 'an attacker with physical access to the product' : '当該製品に物理的にアクセス可能な攻撃者';
  if (AV === 'L') return (UI ?? 'N') !== 'N' || Au !== undefined ? undefined : language === 'en' ? 'a local attacker' : '当該製品が動作するシステムを使用できる攻撃者';
  const place = PLACES[AV];
  if (place === undefined) return undefined;
  if (language === 'en') return `a ${place.en} ${rights === 'N' ? 'unauthenticated' : 'authenticated'} attacker${rights === 'H' ? ' with a high privilege' : ''}`;
  return rights === 'N' ? place.ja : rights === 'H' ? place.jaUser.replace('当該製品に', '当該製品に高い権限で') : place.jaUser;
}

const EFFECTS = [
  { metrics: ['C', 'VC'], en: 'information may be obtained', ja: '情報を窃取される' },
  { metrics: ['I', 'VI'], en: 'information may be altered', ja: '情報を改ざんされる' },
  { metrics: ['A', 'VA'], en: 'a denial-of-service (DoS) condition may be caused', ja: 'サービス運用妨害（DoS）状態にされる' },
] as const;

const effectsOf = (metrics: Metrics, language: Language): string[] =>
  EFFECTS.flatMap((effect) => (effect.metrics.some((name) => (metrics[name] ?? 'N') !== 'N') ? [effect[language]] : []));

const joined = (effects: readonly string[], language: Language): string => (language === 'en' ? effects.join(', or ') : effects.join('、または'));

export interface Impact {
  /** One sentence; undefined where neither the weakness nor the vector says anything. */
  readonly sentence?: string;
  /** Whether a person has to say more: the vector alone knows no details. */
  readonly vague: boolean;
}

/** What an attacker can do and who that is, in the words of an advisory, of a case with one flaw. */
export function impactOf(weakness: string | undefined, cvss: readonly Cvss[], language: Language): Impact {
  const metrics = newest(cvss);
  const certain = weakness === undefined ? undefined : weaknessPhrase(weakness)?.effect?.[language];
  const effects = certain === undefined ? (metrics === undefined ? [] : effectsOf(metrics, language)) : [certain];
  if (effects.length === 0) return { vague: true };
  const who = metrics && attacker(metrics, language);
  // What a user's browser is made to do says by itself that a user takes part.
  const byUser = certain === undefined && metrics?.['UI'] !== undefined && metrics['UI'] !== 'N';
  const what = joined(effects, language);
  return { sentence: language === 'en' ? english(what, who, byUser) : japanese(what, who, byUser), vague: certain === undefined || who === undefined };
}

const english = (what: string, who: string | undefined, byUser: boolean): string =>
  `If this vulnerability is exploited${who === undefined ? '' : ` by ${who}`}${byUser ? ' and a user performs an operation that the attacker has prepared' : ''}, ${what}.`;

const japanese = (what: string, who: string | undefined, byUser: boolean): string =>
  `${byUser ? '攻撃者が用意した操作をユーザが行うと、' : ''}${who === undefined ? '' : `${who}によって、`}${what}可能性があります。`;

/** What each of several weaknesses means by itself; who can do it differs from flaw to flaw, and the case has one list of vectors for all. */
export const effectsOfAll = (weaknesses: readonly string[], language: Language): string[] =>
  [...new Set(weaknesses.flatMap((cwe) => {
    const known = weaknessPhrase(cwe);
    if (known?.effect === undefined) return [];
    return [language === 'en' ? `${capital(known.en)}: ${known.effect.en}` : `${known.ja}：${known.effect.ja}可能性があります。`];
  }))];

export const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

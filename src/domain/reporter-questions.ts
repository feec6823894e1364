import type { CaseFile, Policy, ReporterQuestion } from '../generated/documents.ts';
import type { Answers } from './acceptance.ts';

/** What a report may leave out. */
export type Lack = NonNullable<ReporterQuestion['lacks']>;

/**
 * What the reporter is asked: what the report leaves out, and what the checklist answers with unknown. A criterion that
 * is answered yes or no asks nothing any more (policy B; guideline IV.3).
 */
export function questionsFor(policy: Pick<Policy, 'questions'>, route: CaseFile['route'], answers: Answers, lacks: ReadonlySet<Lack>): ReporterQuestion[] {
  return (policy.questions ?? []).filter((question) => {
    if (question.routes && !question.routes.includes(route)) return false;
    const answer = question.criterion === undefined ? undefined : answers[question.criterion]?.answer;
    if (answer === 'yes' || answer === 'no') return false;
    return answer === 'unknown' || (question.lacks !== undefined && lacks.has(question.lacks));
  });
}

/** The questions in the reporter's language, numbered where there are several. */
export function questionList(questions: readonly ReporterQuestion[], further: readonly string[], language: 'en' | 'ja'): string {
  const texts = [...questions.map(({ text }) => text[language] ?? text.en ?? text.ja ?? ''), ...further];
  return texts.length === 1 ? (texts[0] ?? '') : texts.map((text, index) => `${index + 1}. ${text}`).join('\n');
}

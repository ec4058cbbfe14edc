import type { Family, Severity } from './alert.js'

/** The two classes of a real detection, the class of a wrong one, and the honest fourth. */
export const verdictClasses = ['TP', 'B-TP', 'FP', 'undetermined'] as const

/** One of them. */
export type VerdictClass = (typeof verdictClasses)[number]

/** Answers that must hold together: for each check, the options that will do. */
export type Condition = Readonly<Record<string, readonly string[]>>

/** What is known about one alert type; see docs/writing-guides.md for the file it is read from. */
export type Guide = {
  readonly type: string
  /** Which wording and logic this is: 12 hex digits that change with any word of the guide, not with how its file is laid out. */
  readonly version: string
  /** The language its texts are in, as an IETF tag such as `en`. */
  readonly language: string
  readonly title: string
  /** The type of the guide that an alert with only this title belongs to, when that is not this one. */
  readonly sharesTitle: string | null
  readonly family: Family | 'any'
  readonly preview: boolean
  /** Who gives this guidance: Microsoft's published triage guide, reworded, or Winnow alone. */
  readonly guidance: 'microsoft' | 'winnow'
  readonly tactics: readonly string[]
  readonly severity: Severity
  readonly matches: { readonly keys: readonly string[]; readonly titles: readonly string[] }
  readonly learning: Learning | null
  readonly about: string
  readonly checks: readonly Check[]
  readonly verdicts: readonly Verdict[]
  readonly scope: readonly Step[]
  /** What makes alerts like this rarer, or faster to resolve; apart from the case at hand. */
  readonly tuning: readonly Step[]
  readonly follows: readonly Follow[]
}

/** How long a detection learns, in days (`from` and `to` are often the same), and what it does meanwhile, where that is stated. */
export type Learning = {
  readonly days: { readonly from: number; readonly to: number }
  readonly effect: 'quiet' | 'noisy' | 'unstated'
}

/** One question with a few options; "not known" (`unknown`) is always the last of them. */
export type Check = {
  readonly id: string
  readonly ask: string
  readonly how: string
  readonly options: readonly Option[]
  /** Set when the user's manager can confirm: what the manager is asked. */
  readonly manager: { readonly ask: string } | null
}

/** One way to answer a check. */
export type Option = { readonly id: string; readonly text: string }

/** The option every check has for want of an answer. */
export const unknown = 'unknown'

/** One way to judge the alert. */
export type Verdict = {
  readonly id: string
  readonly class: VerdictClass
  readonly label: string
  readonly means: string
  /** Any one of these must hold; empty means always. */
  readonly needs: readonly Condition[]
  /** Each of these that holds contradicts the verdict. */
  readonly against: readonly Condition[]
  /** The deciding facts in a sentence; `{address}`, `{country}`, `{user}`, `{app}`, `{resource}` are filled from the alert. */
  readonly because: string
  readonly actions: readonly Step[]
}

/** What a step belongs to: a verdict, the scope, or what makes such alerts rarer. A step is named `<kind>/<id>`. */
export const stepKinds = ['action', 'scope', 'tuning'] as const

/** One of them. */
export type StepKind = (typeof stepKinds)[number]

/** Something to do: an action after a verdict, or a step to see how far it reached. */
export type Step = {
  readonly id: string
  readonly do: string
  readonly optional: boolean
  /** The condition under which it is to be done, in words; null for always. */
  readonly when: string | null
}

/** A combination that changes the reading: this alert after another type within some days for the same person. */
export type Follow = { readonly after: string; readonly withinDays: number; readonly says: string }

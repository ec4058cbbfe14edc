import type { LookUp } from './look-up.js'
import type { Phrases } from './phrases.js'
import type { Family, Severity } from './alert.js'
import type { Bearing } from './register.js'

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
  /** The words that sentences about it are joined with, in that language; English when they are left out. */
  readonly words?: Phrases
  /** The words of its places and queries in that language, by id; those of `content/shared/look-ups.yaml` where one is left out. */
  readonly lookUpWords?: Readonly<Record<string, Pick<LookUp, 'say' | 'what'>>>
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
  /** What is to be done before any question, where waiting costs; most guides have none. */
  readonly urgent: readonly Step[]
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
  /** The places and queries that help to answer it, by their ids in `content/shared/look-ups.yaml`, the most useful first. */
  readonly look: readonly string[]
  /** The registers that bear on it, and what a hit suggests. */
  readonly registers: Bearing
  readonly options: readonly Option[]
  /** One of the checks that mostly decide: what was seen is asked for, and always named in the because. */
  readonly decides: boolean
  /** What to write down as the finding, as a short question; null for the usual one. */
  readonly finding: string | null
  /**
   * Corroboration: asked last, although the other answers have settled the matter, before a benign verdict (`closing`) or a TP
   * (`suspending`) is recorded. It may stay unknown, and is named in the because. Null for a check that is asked only to decide.
   */
  readonly also: Also | null
  /**
   * Set when the user's manager can confirm: what the manager is asked, and which option a yes or a no points to, where one fits.
   * "Not sure" always points to `unknown`.
   */
  readonly manager: { readonly ask: string; readonly suggests?: { readonly yes?: string; readonly no?: string } } | null
}

/** Before what a check is asked for corroboration. */
export const alsoBefore = ['closing', 'suspending'] as const

/** One of them. */
export type Also = (typeof alsoBefore)[number]

/** One way to answer a check; `asks` is the particular that this option asks for, such as "Which account?", null for none. */
export type Option = { readonly id: string; readonly text: string; readonly asks: string | null }

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
  /** What the verdict claims, in parts that each hang on answers. */
  readonly because: readonly BecausePart[]
  readonly actions: readonly Step[]
}

/**
 * A sentence of a because, said when the answers hold; null for always. `{address}`, `{country}`, `{user}`, `{app}` and `{resource}`
 * are filled from the alert.
 */
export type BecausePart = { readonly say: string; readonly when: Condition | null }

/**
 * What a step belongs to: what cannot wait, a verdict, the scope, or what makes such alerts rarer. A step is named `<kind>/<id>`.
 */
export const stepKinds = ['urgent', 'action', 'scope', 'tuning'] as const

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
export type Follow = {
  readonly after: string
  readonly withinDays: number
  readonly says: string
  /** The check that then is asked first; null when the order stays. */
  readonly first: string | null
}

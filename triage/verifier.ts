import type { Case } from './case.js'

/** How it was known who is whose manager, when a manager was asked. */
export type Relation = {
  /** `everyone`: one person stands for everyone's manager, as when Winnow is tried out. */
  readonly source: 'graph' | 'file' | 'everyone'
  /** When the directory was read for it, ISO 8601. */
  readonly readAt: string
  /** By which id the directory knew the person whose manager it is; '' where it was asked by none. */
  readonly of: string
  /** Why the file was asked although Graph is the directory, such as `forbidden`; left out where it was not so. */
  readonly because?: string
}

/**
 * What speaks against a manager as the one who confirms, and a lead may allow all the same. `subject`: an open alert names them.
 * `changed`: since that day (`YYYY-MM-DD`) they are this person's manager, and somebody else was before.
 */
export type Doubt =
  | { readonly kind: 'subject'; readonly caseId: string }
  | { readonly kind: 'changed'; readonly on: string }

/** That a lead allowed to ask a manager in spite of these doubts. */
export type AllowedVerifier = { readonly managerId: string; readonly despite: readonly Doubt[] }

/** Those doubts that no lead has set aside in this case. */
export const openDoubts = (
  { verifiersAllowed }: Pick<Case, 'verifiersAllowed'>,
  managerId: string,
  doubts: readonly Doubt[],
): readonly Doubt[] =>
  doubts.filter(
    (doubt) =>
      !verifiersAllowed.some(
        (one) => one.managerId === managerId && one.despite.some((known) => isSameDoubt(known, doubt)),
      ),
  )

/** True when both are the same doubt. */
export const isSameDoubt = (one: Doubt, other: Doubt): boolean =>
  one.kind === 'subject'
    ? other.kind === 'subject' && one.caseId === other.caseId
    : other.kind === 'changed' && one.on === other.on

import type { Case, Confirmation } from './case.js'
import type { Command } from './command.js'
import type { Decision } from './decision.js'
import type { Guide } from './guide.js'
import { refuse } from './refusal.js'
import { longestText, ownersOnly, stampOf } from './rules.js'
import { type Doubt, isSameDoubt, openDoubts } from './verifier.js'

type Of<T extends Command['type']> = Command & { readonly type: T }

/** Ask the user's manager; one question at a time, and again where the question did not arrive. */
export const askManager = (command: Of<'ask-manager'>, state: Case, guide: Guide): Decision => {
  const refusal = ownersOnly(command, state)
  if (refusal) return refusal
  const check = guide.checks.find(({ manager }) => manager !== null)
  if (!check) return refuse('no-check')
  if (state.confirmation?.state === 'asked') {
    return refuse('already-asked', { manager: state.confirmation.manager.name })
  }
  const { manager, about, until, relation, despite = [], together } = command
  const ask = check.manager?.ask ?? ''
  const { language } = guide
  const known = {
    ...(relation && { relation }),
    ...(despite.length > 0 && { despite }),
    ...(together && { together }),
  }
  return [
    { type: 'manager-asked', manager, check: check.id, about, ask, language, until, ...known, ...stampOf(command) },
  ]
}

/** The owner was refused a manager: written down once, so that a lead sees whom to allow. */
export const noteDoubts = (command: Of<'note-doubts'>, state: Case): Decision => {
  const refusal = ownersOnly(command, state)
  if (refusal) return refusal
  const { manager } = command
  const doubts = openDoubts(state, manager.id, command.doubts)
  const isKnown = state.doubted?.manager.id === manager.id && doubts.every((one) => isAmong(state.doubted, one))
  return doubts.length === 0 || isKnown ? [] : [{ type: 'manager-doubted', manager, doubts, ...stampOf(command) }]
}

const isAmong = (doubted: Case['doubted'], doubt: Doubt): boolean =>
  doubted !== null && doubted.doubts.some((one) => isSameDoubt(one, doubt))

/** A lead allows a manager in spite of what speaks against them, with a reason; the owner still has to ask. */
export const allowVerifier = (command: Of<'allow-verifier'>, state: Case): Decision => {
  if (state.closed) return refuse('closed', { by: state.closed.by.name })
  const { manager, despite, by } = command
  if (manager.id === by.id) return refuse('verifier-self')
  if (despite.length === 0) return refuse('nothing-to-allow', { manager: manager.name })
  if (openDoubts(state, manager.id, despite).length === 0) return []
  const reason = command.reason.trim().slice(0, longestText)
  if (reason === '') return refuse('needs-reason')
  return [{ type: 'verifier-allowed', manager, despite, reason, ...stampOf(command) }]
}

/** Winnow could be installed for the manager: said once for each question. */
export const noteInstalled = (command: Of<'note-installed'>, { confirmation, closed }: Case): Decision =>
  confirmation?.state === 'asked' && confirmation.line === command.asked && !confirmation.installed && !closed
    ? [{ type: 'app-installed', person: confirmation.manager, ...stampOf(command) }]
    : []

/**
 * The manager's answer. It may be corrected, also after the case was closed; it never judges, closes or reopens anything. The first
 * answer to a question counts only while the case is open.
 */
export const answerConfirmation = (command: Of<'answer-confirmation'>, state: Case): Decision => {
  const { confirmation } = state
  if (!confirmation) return refuse('nobody-asked')
  if (confirmation.manager.id !== command.by.id) return refuse('not-the-manager')
  const isOver = confirmation.state === 'expired' || (state.closed !== null && confirmation.state !== 'answered')
  if (!isAbout(confirmation, command.asked) || isOver) return refuse('too-late')
  const { answer, from, to } = command
  if (!isDay(from) || !isDay(to) || (from !== null && to !== null && from > to)) return refuse('bad-dates')
  const note = command.note.trim().slice(0, longestText)
  const countries = command.countries?.slice(0, mostCountries)
  const doubts = openDoubts(state, confirmation.manager.id, command.doubts ?? [])
  if (
    confirmation.answer === answer &&
    confirmation.from === from &&
    confirmation.to === to &&
    confirmation.note === note &&
    JSON.stringify(confirmation.countries) === JSON.stringify(countries) &&
    JSON.stringify(confirmation.doubts ?? []) === JSON.stringify(doubts)
  ) {
    return []
  }
  const more = { ...(countries && { countries }), ...(doubts.length > 0 && { doubts }) }
  return [{ type: 'manager-answered', answer, from, to, note, ...more, ...stampOf(command) }]
}

/** So many countries of one journey are kept. */
const mostCountries = 20

/** A lead takes the journey back, in an open case or a closed one; the manager may still answer anew while it is open. */
export const revokeJourney = (command: Of<'revoke-journey'>, { journey }: Case): Decision =>
  journey === null || journey.isRevoked
    ? refuse('no-journey')
    : [{ type: 'journey-revoked', reason: command.reason.trim().slice(0, longestText), ...stampOf(command) }]

/** An answer to an earlier card of the same question counts: the manager cannot know which of two cards is the newer one. */
const isAbout = ({ line, before }: Confirmation, asked: number | null): boolean =>
  asked === null || asked === line || before.includes(asked)

/** The chat did not take the question, or may not have: then it may be asked again. */
export const noteUnreached = (command: Of<'note-unreached'>, state: Case): Decision =>
  state.confirmation?.state === 'asked' && state.confirmation.line === command.asked && !state.closed
    ? [{ type: 'manager-unreached', why: command.why, detail: command.detail, ...stampOf(command) }]
    : []

/** Nobody answered in time. The case goes on without. */
export const expireConfirmation = (command: Of<'expire-confirmation'>, state: Case): Decision =>
  (state.confirmation?.state === 'asked' || state.confirmation?.state === 'unreached') &&
  !state.closed &&
  command.at >= state.confirmation.until
    ? [{ type: 'manager-expired', ...stampOf(command) }]
    : []

/** A day of the calendar in this millennium; 30 February is none. */
const isDay = (day: string | null): boolean => {
  if (day === null) return true
  if (!/^2\d{3}-\d{2}-\d{2}$/.test(day)) return false
  const at = new Date(`${day}T00:00:00.000Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day)
}

import type { ChatState } from './chat-watch.js'

/** One thing that has to be well for Winnow to do all of its work; `text` says what is not, and what to do. */
export type Check = { readonly ok: boolean; readonly text: string }

/** Whether Winnow does all of its work, and each thing that has to be well for it, by name. */
export type Readiness = { readonly ready: boolean; readonly checks: Readonly<Record<string, Check>> }

/** What readiness follows from. */
export type Seen = {
  readonly stopping: boolean
  /** Every open case has been read since the start. */
  readonly complete: boolean
  /** What the store says is wrong. */
  readonly storeProblems: number
  readonly chat: ChatState
  /** The local client needs no token. */
  readonly isLocal: boolean
  readonly channels: number
  /** How many cards are owed, and for how many seconds the oldest has been. */
  readonly owed: { readonly count: number; readonly seconds: number; readonly lost: number; readonly refused: number }
}

/** A card that is owed for longer than this, in seconds, is more than a burst that takes its time. */
export const owedForSeconds = 600

/** Ready when every check is well. */
export const readinessOf = (seen: Seen): Readiness => {
  const checks: Readiness['checks'] = {
    running: check(!seen.stopping, 'Winnow is stopping.'),
    cases: check(seen.complete, 'The open cases are still being read after the start.'),
    store: check(seen.storeProblems === 0, `${seen.storeProblems} problems with the store: see /health.`),
    token: seen.isLocal ? well : tokenCheck(seen.chat),
    teams: teamsCheck(seen.chat),
    channel: check(
      seen.channels > 0,
      'No channel is set. Send “@Winnow post here” in the channel that should receive alerts.',
    ),
    cards: cardsCheck(seen.owed),
  }
  return { ready: Object.values(checks).every(({ ok }) => ok), checks }
}

const well: Check = { ok: true, text: '' }

const check = (ok: boolean, text: string): Check => (ok ? well : { ok, text })

const tokenCheck = ({ token, code }: ChatState): Check =>
  token === null
    ? { ok: false, text: 'No token has been needed yet: nothing was sent to Teams since the start.' }
    : check(token, `Entra ID gives no token for Teams (${code}). Check the secret and the tenant of MICROSOFT_APP_ID.`)

const teamsCheck = ({ reached, code }: ChatState): Check =>
  reached === null
    ? { ok: false, text: 'Nothing was sent to Teams since the start.' }
    : check(
        reached,
        `Teams didn't answer the last request (${code}). Check the network, and the status of Microsoft 365.`,
      )

const cardsCheck = ({ count, seconds, lost, refused }: Seen['owed']): Check =>
  check(
    lost + refused === 0 && (count === 0 || seconds <= owedForSeconds),
    `${count} cards are out of date, the oldest for ${seconds} seconds (${lost} may be lost, ${refused} are refused).`,
  )

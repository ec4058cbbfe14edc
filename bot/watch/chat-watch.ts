import { DeliveryFailure, type Messenger } from '../chat.js'

/** What became of one request to the chat: `ok`, or the kind of its failure. */
export type ChatOutcome = 'ok' | DeliveryFailure['kind'] | 'failed'

/** One request to the chat, for whoever counts. */
export type ChatRequest = { readonly what: keyof Messenger; readonly outcome: ChatOutcome; readonly seconds: number }

/** What the last requests tell of the chat: null while none has been made. */
export type ChatState = {
  /** Could a token be had that proves Winnow to the chat? */
  readonly token: boolean | null
  /** Did the chat answer, be it with a refusal? */
  readonly reached: boolean | null
  /** The code of the last failure; '' when the last request was well. */
  readonly code: string
}

/** A messenger that remembers how its last request ended, and tells `heard` of each. `now` in milliseconds that never go back. */
export const watchChat = (
  messenger: Messenger,
  now: () => number,
  heard: (request: ChatRequest) => void,
): { readonly messenger: Messenger; readonly state: () => ChatState } => {
  let state: ChatState = { token: null, reached: null, code: '' }

  const watched = async <T>(what: keyof Messenger, request: () => Promise<T>): Promise<T> => {
    const begun = now()
    const tell = (outcome: ChatOutcome) => heard({ what, outcome, seconds: (now() - begun) / 1000 })
    try {
      const answer = await request()
      state = { token: true, reached: true, code: '' }
      tell('ok')
      return answer
    } catch (error) {
      state = after(state, error)
      tell(error instanceof DeliveryFailure ? error.kind : 'failed')
      throw error
    }
  }

  return {
    messenger: {
      post: (...of) => watched('post', () => messenger.post(...of)),
      update: (...of) => watched('update', () => messenger.update(...of)),
      direct: (...of) => watched('direct', () => messenger.direct(...of)),
      roster: (...of) => watched('roster', () => messenger.roster(...of)),
    },
    state: () => state,
  }
}

const after = (before: ChatState, error: unknown): ChatState => {
  if (!(error instanceof DeliveryFailure)) return before
  const { kind, code } = error
  // Without a token nothing is sent, so nothing is learnt of the chat.
  if (/^(NoToken|AADSTS)/.test(code)) return { ...before, token: false, code }
  // An HTTP error without a code of the chat's own may come from something in between.
  const answered = kind === 'permanent' || kind === 'missing' || /429|TooMany|Throttl/i.test(code)
  return { token: code !== 'HTTP 401', reached: answered, code }
}

import { asCode, codePattern } from '../../triage/case-code.js'
import { type Operation, operations } from '../../triage/response-action.js'

/** What someone wants done in a case, in words instead of by a button; numbers are those `options` is answered with. */
export type Action =
  | {
      readonly verb:
        | 'take'
        | 'take-over'
        | 'release'
        | 'back'
        | 'reconsider'
        | 'ask-manager'
        | 'options'
        | 'chat'
        | 'ack'
    }
  /** A number, or the option's own id. */
  | { readonly verb: 'answer'; readonly option: string; readonly finding: string }
  /** What was seen for the answer of that number, null for the last one given; '' for the list of them. */
  | { readonly verb: 'finding'; readonly answer: number | null; readonly finding: string }
  /** Its id; "" for the list of them. */
  | { readonly verb: 'verdict'; readonly verdict: string; readonly reason: string }
  | { readonly verb: 'done' | 'undo'; readonly steps: readonly number[] }
  | { readonly verb: 'skip'; readonly step: number; readonly reason: string }
  | { readonly verb: 'note' | 'close' | 'reopen' | 'revoke-travel' | 'allow-manager'; readonly reason: string }
  /** Have Winnow do that; `said` may begin with the target, and the rest is the reason. */
  | { readonly verb: 'act'; readonly operation: Operation; readonly said: string }
  /** A second person's word on what was asked for at that line, or what was done then taken back; null for the list of what there is. */
  | { readonly verb: 'approve' | 'decline' | 'undo-action'; readonly asked: number | null; readonly reason: string }
  /** `member`: the code of the alert that is to have a card of its own. */
  | { readonly verb: 'take-out'; readonly member: string }

/** An action, and the code of the case it is for; null when only the thread it was written in tells. */
export type AddressedAction = { readonly code: string | null; readonly action: Action }

/**
 * Read an action; null when the text is none. A case's code comes first (`7K3F-9QXM-2ABC answer 2`), or last where there are no
 * words of one's own (`take 7K3F-9QXM-2ABC`), or right after `close` and `reopen`. Reasons and notes are kept as they were
 * written, except for their length; what says nothing ("close case.") does not count as a reason.
 */
export const parseAction = (said: string): AddressedAction | null => {
  const text = said.slice(0, longest).trim()
  const [, code = null, rest = text] = inFront.exec(text) ?? []
  const told = readTakeOut(rest) ?? readResponse(rest) ?? readExact(rest) ?? readOwn(rest)
  return told && { code: code === null ? told.code : asCode(code), action: told.action }
}

const longest = 4500
/** The code behind it is the member's; of which group is told by the thread, by a code in front, or by the member itself. */
const readTakeOut = (text: string): AddressedAction | null => {
  const [, member] = takeOut.exec(text) ?? []
  return member === undefined ? null : { code: asCode(member), action: { verb: 'take-out', member: asCode(member) } }
}
const takeOut = new RegExp(`^take[\\s-]+out[:\\s]+(?:case\\s+)?(${codePattern})[\\s.!]*$`, 'iu')
const inFront = new RegExp(`^(?:case\\s+)?(${codePattern})[\\s:,]+(.*)$`, 'isu')
const behind = new RegExp(`^(.*?\\S)\\s+(?:case\\s+)?(${codePattern})$`, 'isu')

/** What concerns response actions: an operation by its name with blanks, or a number and a reason. */
const readResponse = (text: string): AddressedAction | null => {
  const operation = operations.find((one) => asOperation(one).test(text))
  if (operation !== undefined) {
    const { code, reason } = reasonIn(asOperation(operation).exec(text)?.[1] ?? '', codeFirst)
    return { code, action: { verb: 'act', operation, said: reason } }
  }
  const [, verb = '', rest = ''] =
    /^(approve|decline|undo[\s-]+action)(?![\p{L}\p{M}\p{N}_-])[:\s]*(.*)$/isu.exec(text) ?? []
  if (verb === '') return null
  const [, number, own = ''] = /^(?:(\d{1,7})(?=[\s:,.!?]|$)[\s:,.!?]*)?(.*)$/isu.exec(rest) ?? []
  const { code, reason } = reasonIn(own, codeFirst)
  // Without a number it is a sentence, unless nothing follows.
  if (number === undefined && reason !== '') return null
  const asked = number === undefined ? null : Number(number)
  const known = verb.toLowerCase()
  return {
    code,
    action: { verb: known === 'approve' || known === 'decline' ? known : 'undo-action', asked, reason },
  }
}

const asOperation = (operation: Operation): RegExp =>
  new RegExp(`^${operation.replaceAll('-', '[\\s-]+')}(?![\\p{L}\\p{M}\\p{N}_-])[:\\s]*(.*)$`, 'isu')

/** Actions without words of one's own: capitals, a full stop and politeness do not matter. */
const readExact = (text: string): AddressedAction | null => {
  if (text.length > 120) return null
  const plain = text
    .normalize('NFKC')
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .replace(/( ?please)?[.!? ]*$/i, '')
    .trim()
    .toLowerCase()
  const [, words = plain, code = null] = behind.exec(plain) ?? []
  const action = actionsByWords.get(words) ?? readNumbered(words)
  return action && { code: code === null ? null : asCode(code), action }
}

const actionsByWords: ReadonlyMap<string, Action> = new Map<string, Action>([
  ...(['take', 'release', 'back', 'reconsider', 'options', 'chat'] as const).map((verb) => [verb, { verb }] as const),
  ...(['take it', 'claim'] as const).map((said) => [said, { verb: 'take' }] as const),
  ...(['take over', 'take-over'] as const).map((said) => [said, { verb: 'take-over' }] as const),
  ...(['ack', 'acknowledge', 'acknowledged'] as const).map((said) => [said, { verb: 'ack' }] as const),
  ['ask manager', { verb: 'ask-manager' }],
  ['continue in chat', { verb: 'chat' }],
  ...['verdict', 'verdicts'].map((said) => [said, { verb: 'verdict', verdict: '', reason: '' }] as const),
])

const readNumbered = (words: string): Action | null => {
  const option = /^answer ([0-9a-z-]{1,80})$/.exec(words)?.[1]
  if (option !== undefined) return { verb: 'answer', option, finding: '' }
  const [, verb, numbers = ''] = /^(done|undo) (\d{1,3}(?:[ ,]+\d{1,3})*)$/.exec(words) ?? []
  return verb === 'done' || verb === 'undo' ? { verb, steps: numbers.split(/[ ,]+/).map(Number) } : null
}

/** Actions with words of one's own. */
const readOwn = (text: string): AddressedAction | null => {
  const [, revoked = null] = /^revoke[\s-]+travel(?![\p{L}\p{M}\p{N}_-])[:\s]*(.*)$/isu.exec(text) ?? []
  if (revoked !== null) {
    const { code, reason } = reasonIn(revoked, codeFirst)
    return { code, action: { verb: 'revoke-travel', reason } }
  }
  const [, allowed = null] = /^allow[\s-]+manager(?![\p{L}\p{M}\p{N}_-])[:\s]*(.*)$/isu.exec(text) ?? []
  if (allowed !== null) {
    const { code, reason } = reasonIn(allowed, codeFirst)
    return { code, action: { verb: 'allow-manager', reason } }
  }
  const [, verb = '', rest = ''] =
    /^(answer|finding|verdict|skip|note|close|reopen)(?![\p{L}\p{M}\p{N}_-])[:\s]*(.*)$/isu.exec(text) ?? []
  switch (verb.toLowerCase()) {
    case 'answer': {
      const [, option = '', own = ''] = /^([0-9a-z-]{1,80})(?:[\s:,.!?]+(.*))?$/isu.exec(rest) ?? []
      const { code, reason } = reasonIn(own, codeAlone)
      // Numbers alone are no finding: somebody means more than one option.
      return option === '' || (reason !== '' && !/\p{L}/u.test(reason))
        ? null
        : { code, action: { verb: 'answer', option: option.toLowerCase(), finding: reason } }
    }
    case 'finding': {
      const [, number, own = ''] = /^(?:(\d{1,2})(?=[\s:,]|$)[\s:,]*)?(.*)$/isu.exec(rest) ?? []
      return {
        code: null,
        action: { verb: 'finding', answer: number === undefined ? null : Number(number), finding: own },
      }
    }
    case 'verdict': {
      const [, verdict = '', own = ''] = /^([0-9a-z-]{1,80})(?:[\s:,.!?]+(.*))?$/isu.exec(rest) ?? []
      const { code, reason } = reasonIn(own, codeAlone)
      return verdict === '' ? null : { code, action: { verb: 'verdict', verdict: verdict.toLowerCase(), reason } }
    }
    case 'skip': {
      const [, step = '', own = ''] = /^(\d{1,3})(?:[\s:,.!?]+(.*))?$/isu.exec(rest) ?? []
      const { code, reason } = reasonIn(own, codeAlone)
      // Numbers alone are more steps, and why is still to be said.
      return step === ''
        ? null
        : { code, action: { verb: 'skip', step: Number(step), reason: /\p{L}/u.test(reason) ? reason : '' } }
    }
    case 'note':
      return { code: null, action: { verb: 'note', reason: rest } }
    case 'close':
    case 'reopen': {
      const { code, reason } = reasonIn(rest, codeFirst)
      return { code, action: { verb: verb.toLowerCase() === 'close' ? 'close' : 'reopen', reason } }
    }
    default:
      return null
  }
}

/** What is left of it as a reason, and the case that is named where `named` looks for one. */
const reasonIn = (own: string, named: RegExp): { readonly code: string | null; readonly reason: string } => {
  const [, code = null, rest = ''] = named.exec(own) ?? []
  const reason = code === null ? own : rest
  return { code: code === null ? null : asCode(code), reason: saysNothing.test(reason) ? '' : reason }
}

const codeFirst = new RegExp(`^(?:(?:the\\s+)?case\\s+)?(${codePattern})(?:[\\s:,.!?]+(.*))?$`, 'isu')
const codeAlone = new RegExp(`^(?:case\\s+)?(${codePattern})[\\s.!?]*$`, 'iu')
const saysNothing = /^(?:(?:it|the|this|case|now|please)(?![\p{L}\p{M}\p{N}])|[^\p{L}\p{N}])*$/iu

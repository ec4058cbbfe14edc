import type { Activity } from '../support/activities.js'
import type { Chance } from './chance.js'

/** One press of a button: what Teams would send of it. */
export type Press = { readonly verb: string; readonly data: Readonly<Record<string, unknown>> }

/** A button of a card: its verb, the ids it carries, and what can be filled in beside it. */
type Button = Press & { readonly inputs: readonly Activity[] }

/** Press a button of a card as somebody would who reads nothing: any button, any answers. Null when it has no button. */
export const pressOn = (card: Activity, chance: Chance, text: () => string): Press | null => {
  const buttons = buttonsOf(card)
  const weights = buttons.map(({ verb }) => weightOf[verb] ?? 1)
  let left = chance.roll() * weights.reduce((sum, weight) => sum + weight, 0)
  const button = buttons.find((_, index) => (left -= weights[index] ?? 0) < 0)
  if (!button) return null
  const typed = button.inputs.map((input) => [String(input['id']), fill(input, chance, text)])
  return { verb: button.verb, data: { ...Object.fromEntries(typed), ...button.data } }
}

/** The line of news a card shows, by what its buttons carry; -1 when it has none. */
export const lineOf = (card: Activity): number => Number(ownOf(card)['line'] ?? -1)

/** The case a card is about; "" when it is about none. */
export const caseOf = (card: Activity): string => textIn(ownOf(card)['caseId'])

/** The sentence a card shows when a click had no effect; null when it shows none. */
export const noticeOf = (card: Activity): string | null => {
  const [notice] = nodesIn(card).filter(({ id }) => id === 'notice')
  return notice
    ? nodesIn(notice)
        .flatMap(({ text }) => (typeof text === 'string' ? [text] : []))
        .join('')
    : null
}

/** What leads back is pressed seldom, or no case would ever be closed. */
const weightOf: Readonly<Record<string, number>> = {
  // Each answer is a button, and so is each verdict that the answers allow.
  start: 0.3,
  answer: 1,
  judge: 1,
  finding: 0.5,
  urgent: 0.5,
  'judge-against': 0.5,
  tick: 2,
  close: 1.5,
  release: 0.1,
  'take-over': 0.1,
  back: 0.3,
  reconsider: 0.1,
  reopen: 0.15,
  tune: 0.3,
  note: 0.5,
  chat: 0.3,
}

/** What the buttons of a card's own case carry, those that open a form among them: not what leads to other cases. */
const ownOf = (card: Activity): Activity => {
  const [first] = nodesIn(card).flatMap(({ type, verb, data }): readonly Activity[] => {
    const isButton = type === 'Action.Execute' || type === 'Action.Submit'
    if (!isButton || ['open-case', 'list', 'refresh'].includes(textIn(verb))) return []
    return typeof data === 'object' && data !== null && 'caseId' in data && 'line' in data ? [{ ...data }] : []
  })
  return first ?? {}
}

/** What only shows something: what a client asks for by itself or its person does, a case opened from another, the next page of a list. */
const reads = ['refresh', 'look', 'open-case', 'list']

/** Teams sends with a button whatever was filled in anywhere on its card. */
const buttonsOf = (card: Activity): readonly Button[] => {
  const nodes = nodesIn(card)
  const inputs = nodes.filter(({ type }) => String(type).startsWith('Input.'))
  return nodes
    .filter(({ type, verb }) => type === 'Action.Execute' && !reads.includes(textIn(verb)))
    .map(({ verb, data }) => ({ verb: textIn(verb), data: typeof data === 'object' ? { ...data } : {}, inputs }))
}

const textIn = (value: unknown): string => (typeof value === 'string' ? value : '')

const fill = (input: Activity, chance: Chance, text: () => string): string => {
  const { type, choices, isMultiSelect } = input
  if (type === 'Input.Text') return text()
  if (type !== 'Input.ChoiceSet' || !Array.isArray(choices) || choices.length === 0) return ''
  const values = choices.map(({ value }: Activity) => String(value))
  return isMultiSelect === true ? chance.some(values).join(',') : chance.one(values)
}

const nodesIn = (value: unknown): readonly Activity[] => {
  if (Array.isArray(value)) return value.flatMap(nodesIn)
  if (typeof value !== 'object' || value === null) return []
  const { fallback: _, ...node }: Activity = { ...value }
  return [node, ...Object.values(node).flatMap(nodesIn)]
}

import type { Listed } from './show/listed.js'
import { isCalled } from './show/listed.js'

/** Which open cases are meant by one command; '' where it does not matter. With none of them, those without a card of their own. */
export type Selection = {
  /** The type of their guide. */
  readonly type: string
  /** Part of a name or email of someone the alert names, in lower case. */
  readonly person: string
  readonly address: string
}

/** Every case without a card of its own. */
export const everyWaiting: Selection = { type: '', person: '', address: '' }

/** True for a case that is meant. */
export const isSelected = ({ type, person, address }: Selection, row: Listed): boolean =>
  type === '' && person === '' && address === ''
    ? !row.hasCard
    : (type === '' || row.type.toLowerCase() === type) &&
      (person === '' || row.people.some((one) => isCalled(one, person))) &&
      (address === '' || row.addresses.some((ip) => ip.toLowerCase() === address))

/** The words that select them: what a choice carries, to be read again. */
export const selectionWords = ({ type, person, address }: Selection): string =>
  [type && `type:${type}`, person && `person:${person}`, address && `address:${address}`]
    .filter((part) => part !== '')
    .join(' ')

/** Read `type:impossible-travel person:kim address:203.0.113.7`, in any order, and what stands before it; what is not there does not matter. */
export const parseSelection = (text: string): { readonly before: string; readonly selection: Selection } => {
  const found = [...text.matchAll(/(?:^|(?<=\s))(type|person|address):\s*/giu)]
  const partOf = (name: string): string => {
    const at = found.findIndex(([, word = '']) => word.toLowerCase() === name)
    const one = found[at]
    if (!one) return ''
    const part = text.slice(one.index + one[0].length, found[at + 1]?.index ?? text.length)
    return part.replace(/\s+/gu, ' ').trim().toLowerCase().slice(0, longest)
  }
  return {
    before: text.slice(0, found[0]?.index ?? text.length).trim(),
    selection: { type: partOf('type'), person: partOf('person'), address: partOf('address') },
  }
}

const longest = 120

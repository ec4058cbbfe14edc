import assert from 'node:assert/strict'

/** JSON as it comes. */
export type Json = Readonly<Record<string, unknown>>

/** Every object inside a JSON value, itself included, in the order of reading. */
export const objectsOf = (node: unknown): readonly Json[] => {
  if (Array.isArray(node)) return node.flatMap(objectsOf)
  if (typeof node !== 'object' || node === null) return []
  const one: Json = { ...node }
  return [one, ...Object.values(one).flatMap(objectsOf)]
}

/** Every string inside a JSON value with the object it stands in and under which key. */
export const stringsOf = (
  node: unknown,
): readonly { readonly text: string; readonly key: string; readonly in: Json }[] =>
  objectsOf(node).flatMap((one) =>
    Object.entries(one).flatMap(([key, value]) =>
      (Array.isArray(value) ? value : [value]).flatMap((text) =>
        typeof text === 'string' ? [{ text, key, in: one }] : [],
      ),
    ),
  )

/** All that can be read on a card, a line for each element: texts, labels, choices and the titles of buttons. */
export const wordsOf = (card: unknown): string =>
  objectsOf(card)
    .flatMap(({ type, text, inlines, title, label, value }) => {
      if (Array.isArray(inlines)) return inlines.map(({ text: run }: { text: unknown }) => String(run)).join('')
      if (type === 'TextRun') return []
      return [text, label, title, type === 'Input.ChoiceSet' ? value : null].filter((one) => typeof one === 'string')
    })
    .join('\n')

/** The notice on a card: the sentence for a click that had no effect; "" when there is none. */
export const noticeOn = (card: unknown): string =>
  objectsOf(card)
    .filter(({ id }) => id === 'notice')
    .map(({ items }) => wordsOf(items))
    .join('\n')

/** The button of that title, wherever on the card; fails when there is none. */
export const buttonOn = (card: unknown, title: string): Json => {
  const found = pressable(card).find((one) => one['title'] === title)
  assert.ok(found, `no button "${title}" on this card:\n${wordsOf(card)}`)
  return found
}

/**
 * The button that does this with these inputs, and the inputs that are filled in beside it: an answer is a button of its own, and so
 * is a verdict that the answers allow. Fails when there is none, or an input is not on the card.
 */
export const pressedOn = (
  card: unknown,
  title: string,
  inputs: Json,
): { readonly button: Json; readonly inputs: Json } => {
  const carried = title === 'Answer' ? 'option' : title === 'Record verdict' ? 'verdict' : null
  const wanted = carried === null ? undefined : inputs[carried]
  const button =
    wanted === undefined ? undefined : pressable(card).find(({ data }) => Object(data)[carried ?? ''] === wanted)
  const typed = Object.fromEntries(Object.entries(inputs).filter(([id]) => !button || id !== carried))
  for (const id of Object.keys(typed)) inputOn(card, id)
  return { button: button ?? buttonOn(card, title), inputs: typed }
}

const pressable = (card: unknown): readonly Json[] => [
  ...buttonsOf(card),
  ...objectsOf(card).filter(({ type, data }) => type === 'Action.Submit' && Object(data).verb !== 'form'),
]

/** The buttons of a card that open a form. */
export const formButtonsOf = (card: unknown): readonly Json[] =>
  objectsOf(card).filter(({ type, data }) => type === 'Action.Submit' && Object(data).verb === 'form')

/** True when that button and these inputs are on the card. */
export const canPress = (card: unknown, title: string, inputs: Json): boolean => {
  try {
    pressedOn(card, title, inputs)
    return true
  } catch {
    return false
  }
}

/** Those of the inputs that the card has. */
export const inputsOn = (card: unknown, inputs: Json): Json => {
  const ids = objectsOf(card).flatMap(({ type, id }) => (String(type).startsWith('Input.') ? [String(id)] : []))
  return Object.fromEntries(Object.entries(inputs).filter(([id]) => ids.includes(id)))
}

/** The buttons of a card, also those that are seen only after another is pressed. */
export const buttonsOf = (card: unknown): readonly Json[] =>
  objectsOf(card).filter(({ type }) => type === 'Action.Execute')

/** The input of that id; fails when there is none. */
export const inputOn = (card: unknown, id: string): Json => {
  const found = objectsOf(card).find((one) => String(one['type']).startsWith('Input.') && one['id'] === id)
  assert.ok(found, `no input "${id}" on this card:\n${wordsOf(card)}`)
  return found
}

/** The value of the choice of that title; fails when the input has no such choice. */
export const choiceOf = (card: unknown, id: string, title: string): string => {
  const found = objectsOf(inputOn(card, id)['choices']).find((one) => one['title'] === title)
  assert.ok(found, `no choice "${title}" in "${id}" on this card:\n${wordsOf(card)}`)
  return String(found['value'])
}

/** Somebody who did something: `id` is the proven identity (Entra object id where the chat gives one), `name` is only for reading. */
export type Person = {
  readonly id: string
  readonly name: string
}

/** Winnow itself, where something happens without a person: an alert arrives, a question expires. */
export const winnow: Person = { id: 'winnow', name: 'Winnow' }

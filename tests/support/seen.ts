import assert from 'node:assert/strict'
import type { CaseContext } from '../../dialogs/case-context.js'
import { type Typed, formNames } from '../../dialogs/form.js'
import type { FormView } from '../../dialogs/show/form-views.js'
import { showForm } from '../../dialogs/show/show-form.js'
import type { View } from '../../dialogs/show/view.js'
import type { Event } from '../../triage/event.js'
import { replay } from '../../triage/evolve.js'
import { travel } from './guides.js'
import { words } from './words.js'

/** A case as its views see it: led by the small travel guide, told in test words. */
export const seenAfter = (...diary: readonly Event[]): CaseContext => {
  const state = replay(diary)
  assert.ok(state)
  return { state, diary, cards: {}, guide: travel, phrases: words, titleOf, portals: ['security.example'] }
}

/** What another type of alert is called in tests. */
export const titleOf = (type: string): string => `Title of ${type}`

/** A view's data, when it is of that card; fails when it is of another. */
export const dataOf = <Card extends View['card']>(view: View | null, card: Card): DataOf<Card> => {
  assert.equal(view?.card, card)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the line above has made sure
  return view.data as DataOf<Card>
}

/** The data of a form as it is first shown for a case, or with that filled in. */
export const formOf = <Card extends Exclude<FormView['card'], 'form-done'>>(
  context: CaseContext,
  card: Card,
  typed: Typed = {},
  notice = '',
): FormOf<Card> => {
  const form = formNames.find((name) => card === `form-${name}`)
  assert.ok(form)
  const view = showForm({ form, formId: 'form:1', typed }, { context }, notice)
  assert.equal(view.card, card)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the line above has made sure
  return view.data as FormOf<Card>
}

type FormOf<Card> = Extract<FormView, { readonly card: Card }>['data']
type DataOf<Card> = Extract<View, { readonly card: Card }>['data']

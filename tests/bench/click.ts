import { incidents, people } from '../support/activities.js'
import type { Hit } from './hit.js'
import type { Rig } from './rig.js'

/** A click, and the line its answer shows once it is there, which must be later than `line`. */
export const click = (
  rig: Rig,
  origin: string,
  verb: string,
  id: string,
  line: number,
  data: object,
): Hit & { readonly line: () => number } => {
  const by = { by: people.ana, conversation: incidents }
  let shown = -1
  const expect = (status: number, text: string): void => {
    shown = Number(/"line":"?(\d+)/.exec(text)?.[1] ?? -1)
    if (status !== 200 || shown <= line) throw unwanted(status, text)
  }
  const body = JSON.stringify(rig.activities.invoke(verb, { caseId: id, line, ...data }, '1', by))
  return { url: `${origin}/api/messages`, authorization: rig.tokenHeader, body, expect, line: () => shown }
}

/** An answer that is not the one to be measured. */
export const unwanted = (status: number, text: string): Error => new Error(`answered ${status}: ${text.slice(0, 500)}`)

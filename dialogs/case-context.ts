import type { Case } from '../triage/case.js'
import type { Diary } from '../triage/event.js'
import type { Phrases } from '../triage/phrases.js'
import type { Playbook } from '../triage/guide.js'

/** Everything a view is made from: the case, its diary, the playbook that leads it, the bot's words. */
export type Seen = {
  readonly state: Case
  readonly diary: Diary
  readonly playbook: Playbook
  readonly phrases: Phrases
  /** What another type of alert is called. */
  readonly titleOf: (type: string) => string
}

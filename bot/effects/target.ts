import type { Case } from '../../triage/case.js'
import type { Command } from '../../triage/command.js'
import type { Diary } from '../../triage/event.js'
import type { EffectNote, EffectTrouble } from '../../triage/effect.js'
import type { SourceSaid } from '../../triage/source-said.js'

/**
 * One thing that a case wants to be done outside. What it is follows from the diary alone, so it can be asked for again after any
 * crash: a pure function in `triage` says which effects there are, and a target adds how each is carried out.
 */
export type Effect = Pick<EffectNote, 'effect' | 'does'> & {
  /**
   * Set for what must not be done twice. It is written down before it is sent, and when no one knows how that ended it is not sent again.
   * All others are sent until they have arrived, and have to do no more the second time. So for these, `waiting` says that it was surely
   * not done; where no one knows, it is `unknown`.
   */
  readonly once?: true
  /** Set where the case has events of its own for what comes of it: then no notes are written, and `send` says what is. */
  readonly hasOwnEvents?: true
  send(signal: AbortSignal): Promise<Sent>
}

/** What came of it. */
export type Sent =
  | (Pick<EffectNote, 'detail' | 'why' | 'sent' | 'wrote'> & {
      /** In other words than expected, where it came otherwise. */
      readonly does?: string
      readonly state: 'done' | 'dry-run' | 'kept' | 'refused' | 'unknown' | 'not-sent'
      /** The recommended action that is done with it, by its id, such as `close-alert`. */
      readonly marks?: string
      /** What the source tells of its alert, where Winnow did not know it yet. */
      readonly said?: SourceSaid
      /** What is to be written in the case with it. */
      readonly also?: readonly Command[]
    })
  /** What is to be written of it, and then it is over. */
  | {
      readonly state: 'settled'
      readonly commands: readonly Command[]
      readonly why?: undefined
      readonly detail?: undefined
    }
  | {
      readonly state: 'waiting'
      readonly why: EffectTrouble
      readonly detail?: string
      /** As the other side asks, in milliseconds; null where it asks for nothing. */
      readonly retryAfterMs: number | null
    }

/** Where effects go: one product, one receiver, or one kind of action. */
export type Target = {
  /** The beginning of its effects' names; permanent, because it is on disk. */
  readonly name: string
  /** What the case wants there, oldest first; settled ones may be among them. Quick, because it is asked after each write. */
  effects(record: { readonly state: Case; readonly diary: Diary }): readonly Effect[]
}

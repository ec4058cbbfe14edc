import { z } from 'zod'

/**
 * What takes writing, each a form of its own. Their names stand on cards that were posted long ago, so they are never renamed.
 * `act`: have Winnow do a step, `approve`: a second person's word on that. `decide`: any verdict with a reason. `override`: one that the answers do not allow. `dates`: what a manager adds to the answer. `allow`: why a manager may be asked in spite of what speaks against it.
 */
export const formNames = [
  'note',
  'finding',
  'decide',
  'override',
  'skip',
  'close',
  'reopen',
  'dates',
  'act',
  'approve',
  'allow',
] as const

/** One of them. */
export type FormName = (typeof formNames)[number]

/** What was filled in, as it was typed: by the ids of the inputs, and `answer`, the button that was pressed where there are several. */
export type Typed = Readonly<Record<string, string>>

/** A form that came back: which, the id it was given when it was first shown, and what was filled in. */
export type FilledForm = { readonly form: FormName; readonly formId: string; readonly typed: Typed }

/** Read a form that was sent; null when what was pressed stood on no form. */
export const parseFilledForm = (data: unknown): FilledForm | null => {
  const given = filled.safeParse(data)
  if (!given.success) return null
  const { form, formId } = given.data
  return { form, formId, typed: typedIn(data, inputsOf[form]) }
}

/** What somebody typed beside a button that does not record it, in the order of the inputs. */
export const typedBeside = (data: unknown): readonly string[] =>
  Object.values(typedIn(data, texts)).filter((text) => text.trim() !== '')

/** The inputs of each form. */
const inputsOf: Readonly<Record<FormName, readonly string[]>> = {
  note: ['noteText'],
  finding: ['findingCheck', 'findingText'],
  decide: ['verdict', 'judgeReason'],
  override: ['otherVerdict', 'otherReason'],
  skip: ['skipStep', 'skipReason'],
  close: ['closeReason'],
  reopen: ['reopenReason'],
  dates: ['from', 'to', 'countries', 'note'],
  act: ['actChoice', 'actReason'],
  // Which of several it is about tells one sending from another.
  approve: ['asked', 'declineReason'],
  allow: ['allowReason'],
}

/** The inputs that take words. */
const texts = [
  'finding',
  'noteText',
  'findingText',
  'judgeReason',
  'otherReason',
  'skipReason',
  'closeReason',
  'reopenReason',
  'note',
  'actReason',
  'declineReason',
  'allowReason',
]

const filled = z.object({ form: z.enum(formNames), formId: z.string().min(1).max(80) })

/** As much as an input takes, and more: whoever sends more than that did not type it. */
const longest = 4000

const typedIn = (data: unknown, ids: readonly string[]): Typed => {
  const given = z.record(z.string(), z.unknown()).safeParse(data).data ?? {}
  return Object.fromEntries(
    ids.map((id) => {
      const value = given[id]
      return [id, typeof value === 'string' ? value.slice(0, longest) : '']
    }),
  )
}

/** What was typed as a finding beside a button: '' when it was emptied. `line` is the newest line its person saw. */
export type Draft = { readonly caseId: string; readonly line: number; readonly finding: string }

/** Read what was typed as a finding beside whatever was pressed; null when there was no such input. */
export const parseDraft = (data: unknown): Draft | null => draft.safeParse(data).data ?? null

const draft = z.object({
  caseId: z.string().max(80),
  line: z.coerce.number().int().min(0),
  finding: z.string().max(longest),
})

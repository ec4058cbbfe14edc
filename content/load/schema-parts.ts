import * as z from 'zod'
import { registerKinds, registers } from '../../triage/register.js'
import { unknownKeys } from './explain.js'

/** A map that knows its keys: any other is an error with the key that was probably meant. */
export const map = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? unknownKeys(issue.keys, Object.keys(shape)) : undefined),
  })

/** A text as it is shown; the maximum is what reads well on a phone. */
export const text = (most: number) =>
  plain(most).regex(/^[^{}]*$/, 'leave the braces out: placeholders are filled in because and manager.ask only')

/** A text that may take in shared texts as `{id}`; the maximum counts with them. */
export const withShared = (most: number) => plain(most)

/** A text whose `{placeholders}` are filled from the alert. */
export const plain = (most: number) => z.string().trim().min(1).max(most)

/** An id of ours, permanent once it is used. */
export const id = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'write it in kebab-case: small letters, digits and single hyphens')

/** The canonical type of an alert. */
export const type = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9]*([._-][A-Za-z0-9]+)*$/, 'write the type as the source does, or in kebab-case')
  .max(80)

const options = z.union([id, z.array(id).min(1)], { error: 'write an option of that check, or a list of options' })
/** Answers that must hold together. */
export const condition = z
  .record(z.string(), options)
  .refine((pairs) => Object.keys(pairs).length > 0, 'name a check and its options, or leave the map out')
  .describe('For each check the option, or the options, that will do.')

const suggested = z.union([id, z.null()], { error: 'write an option of that check, or null where a hit suggests none' })

/** Which registers bear on a check, and what a hit in each suggests. */
export const bearing = map(
  Object.fromEntries(
    registers.map((register) => {
      const kinds: readonly string[] = registerKinds[register]
      return [
        register,
        (kinds.length === 0
          ? suggested
          : z.union([suggested, kindsOf(kinds)], {
              error: `write an option, or a map of kinds (${kinds.join(', ')}) to options`,
            })
        ).optional(),
      ]
    }),
  ),
)

function kindsOf(kinds: readonly string[]) {
  return z.partialRecord(z.enum(kinds), suggested)
}

/** A part of a because that hangs on answers. */
export const becausePart = map({
  say: plain(200).describe('The sentence, which claims only what these answers establish.'),
  when: condition,
})

/** How long a detection learns: a number of days, or a range as text. */
export const days = z.union(
  [
    z.int().min(1).max(90),
    z.string().refine((text) => {
      const [, from, to] = /^([1-9][0-9]?)-([1-9][0-9]?)$/.exec(text) ?? []
      return Number(from) < Number(to) && Number(to) <= 90
    }, 'write a number of days from 1 to 90, or a range such as 21-45'),
  ],
  { error: 'write a number of days from 1 to 90, or a range such as 21-45' },
)

/** Something to do. */
export const step = map({
  id: id.describe('What kind of step it is, in the vocabulary all guides share; reports count it.'),
  do: withShared(140)
    .optional()
    .describe('What to do, in the imperative; left out, it is what shared/actions.yaml says for this id.'),
  optional: z.boolean().default(false).describe('True for what may be left out without a reason.'),
  when: text(80).optional().describe('The condition under which it is to be done, such as "if the device is ours".'),
})

import * as z from 'zod'
import { families, severities } from '../../triage/alert.js'
import { alsoBefore, verdictClasses } from '../../triage/guide.js'
import { attackTactics } from '../../triage/tactics.js'
import { bearing, becausePart, condition, days, id, map, plain, step, text, type, withShared } from './schema-parts.js'

const check = map({
  id,
  ask: text(120).describe('One question.'),
  how: withShared(400).describe(
    'What to look at, where, and what each answer looks like; {id} stands for a text of shared/hows.yaml.',
  ),
  look: z
    .array(id)
    .max(7)
    .default([])
    .describe('The places and queries of shared/look-ups.yaml that help to answer it; two are buttons beside the how.'),
  registers: bearing
    .optional()
    .describe(
      'The registers that bear on it: for each the option that a hit suggests, or a map of kinds to options; null suggests none.',
    ),
  options: z
    .array(
      map({
        id,
        text: text(60),
        asks: text(60)
          .optional()
          .describe('What this option asks for in particular, such as "Which account or IP address?".'),
      }),
    )
    .min(2)
    .max(6)
    .describe('The answers; "unknown" (shown as "Unknown") is added as the last when it is not written here.'),
  decides: z
    .boolean()
    .default(false)
    .describe(
      'True for the two to four checks that mostly decide: what was seen is asked for, and named in the because.',
    ),
  finding: text(80)
    .optional()
    .describe('What to write down as the finding, such as "Which rule, created when, from which IP address?".'),
  also: z
    .enum([`before-${alsoBefore[0]}`, `before-${alsoBefore[1]}`])
    .optional()
    .describe(
      'Corroboration: asked last, although the matter is settled, before a benign verdict (before-closing) or a TP (before-suspending).',
    ),
  manager: map({
    ask: plain(200),
    suggests: map({ yes: id.optional(), no: id.optional() })
      .optional()
      .describe('The options that a yes and a no of the manager point to; where none fits, leave it out.'),
  })
    .optional()
    .describe(
      "Set when the user's manager can confirm: what the manager is asked. The options then include yes and no.",
    ),
})

const verdict = map({
  id: id.describe('Begins with its class: tp, btp-…, fp-…, or is undetermined.'),
  class: z.enum(verdictClasses),
  label: text(40),
  means: text(160).describe('What choosing it says, in a line.'),
  needs: z
    .union([condition, z.array(condition).min(1)], {
      error: 'write a map of checks to options, or a list of such maps of which any one will do',
    })
    .optional()
    .describe('Offered when these hold; of a list any one map suffices; left out means always.'),
  against: z
    .union([condition, z.array(condition).min(1)], {
      error: 'write a map of checks to options, or a list of such maps of which any one contradicts the verdict',
    })
    .optional()
    .describe(
      'What contradicts the verdict, so that choosing it asks for a reason: each pair of one map by itself; of a list any one map that holds as a whole.',
    ),
  because: z
    .union(
      [
        plain(200),
        z
          .array(z.union([plain(200), becausePart]))
          .min(1)
          .max(8),
      ],
      {
        error: 'write a sentence, or a list of sentences, those that hang on answers as { say, when }',
      },
    )
    .describe(
      'What the verdict claims, and only what its answers establish; {user} {address} {country} {app} {resource} are filled. A list has parts: { say, when } is said only when those answers were given.',
    ),
  actions: z.array(step).min(1).max(10),
})

/** The schema of a guide file. Strict: an unknown key is an error; the order of keys is the order in the file. */
export const guideFile = map({
  type: type.describe('The canonical type; the file is named after it.'),
  title: text(140),
  sharesTitle: type
    .optional()
    .describe('The type of the other guide with this title; an alert with only the title goes there.'),
  family: z.enum([...families, 'any']).describe('The product; "any" only for other.'),
  preview: z.boolean().default(false).describe('True while the source calls the alert a preview.'),
  guidance: z.enum(['microsoft', 'winnow']).default('microsoft').describe('Whose guidance it is.'),
  tactics: z.array(z.enum(attackTactics)),
  severity: z.enum(severities).describe('Used when the source gives none.'),
  matches: map({
    keys: z
      .array(z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_. -]*$/, 'write the key as the source does'))
      .default([])
      .describe(
        'What sources call the type; case, SIMULATED_ and ALERT_ do not matter. The type itself always matches.',
      ),
    titles: z.array(text(120)).default([]).describe('Other titles; case, "(preview)" and "activity" do not matter.'),
  }),
  learning: map({ days, effect: z.enum(['quiet', 'noisy', 'unstated']) })
    .optional()
    .describe('quiet: no alerts while learning; noisy: more of them; unstated: the source gives only the length.'),
  about: text(400).describe('What happened and why it matters, in two sentences.'),
  urgent: z
    .array(step)
    .max(4)
    .default([])
    .describe('Contain first: what is to be done before any question, where waiting costs.'),
  checks: z.array(check).min(1).max(7).describe('Asked in this order; those that cannot change anything are skipped.'),
  verdicts: z.array(verdict).min(3).max(9),
  scope: z.array(step).min(1).max(10).describe('Scope: what else is affected?'),
  tuning: z
    .array(step)
    .max(8)
    .default([])
    .describe('What makes alerts like this rarer, or faster to resolve: tuning and automation, apart from this case.'),
  follows: z
    .array(
      map({
        after: type,
        within: z.string().regex(/^[1-9][0-9]?d$/, 'write a number of days, such as 7d'),
        says: text(200),
        first: id.optional().describe('The check that then is asked first.'),
      }),
    )
    .default([])
    .describe('Earlier alerts for the same person that change what this one means.'),
})

/** The schema of shared/hows.yaml: how-to texts by id, short enough to leave room for what a guide adds. */
export const howsFile = z.record(id, text(260))

/** The schema of shared/actions.yaml: the vocabulary of ids, each with what is to be done in general. */
export const actionsFile = z.record(id, map({ do: text(140) }))

/** A guide file as it is written, with defaults filled. */
export type GuideFile = z.output<typeof guideFile>

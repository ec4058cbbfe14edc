import { type EffectNote, type EffectStanding, isSettled } from '../../triage/effect.js'
import { type Phrases, say } from '../../triage/phrases.js'
import { shortTime } from '../time.js'

/** What became of the newest thing told at each place outside, in words: "Microsoft Defender: closed as false positive, 12:04". Untrusted. */
export const toldOutside = (effects: readonly EffectStanding[], phrases: Phrases, zone?: string): string =>
  [...new Map(effects.map((one) => [one.target, one])).values()]
    .filter((one) => one.state !== 'begun' && !isRoutine(one))
    .map((one) =>
      say(phrases, isSettled(one.state) ? 'effect.at' : 'effect.since', {
        what: say(phrases, `effect.${one.state}`, effectWords(one, phrases)),
        when: shortTime(one.at, zone),
      }),
    )
    .join('; ')

/** True for what only others are told, and went well: that is in the record, and no news to anyone here. */
export const isRoutine = ({ target, state }: Pick<EffectNote, 'target' | 'state'>): boolean =>
  state === 'done' && target.startsWith('webhook/')

/** What the sentences about something told outside are filled with. */
export const effectWords = (
  { target, does, why, detail = '' }: EffectNote,
  phrases: Phrases,
): Readonly<Record<'target' | 'does' | 'why', string>> => ({
  target: targetName(target, phrases),
  does,
  why: why ? say(phrases, `effect.why.${why}`, { detail }) : '',
})

/** `webhook/siem` is called by its kind and its own name. */
const targetName = (target: string, phrases: Phrases): string => {
  const [kind = '', name = ''] = target.split('/')
  const key = `effect.target.${kind}`
  return Object.hasOwn(phrases, key) ? say(phrases, key, { name }) : target
}

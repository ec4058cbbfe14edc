import { escapeUntrusted } from '../../dialogs/escape.js'
import { say } from '../../triage/phrases.js'
import type { Rebind } from '../outbox/rebind.js'
import type { Languages } from '../people/languages.js'
import type { Origin } from './origin.js'

/**
 * Choose the language that a person, or the channel it is written in, reads from now on; '' asks which it is. Resolves with what to
 * answer, in the language that holds then.
 */
export type SetLanguage = (language: string, origin: Pick<Origin, 'by' | 'place' | 'personal'>) => Promise<string>

/** Remembered over restarts. */
export const openSetLanguage =
  (languages: Languages, rebind: Pick<Rebind, 'respeak'>): SetLanguage =>
  async (typed, { by, place, personal }) => {
    const current = personal ? languages.of(by.id) : languages.in(place.conversationId)
    const wanted = typed === '' ? current : languages.named(typed)
    if (wanted === null) {
      const known = languages.all().map((one) => languages.nameOf(one))
      return say(languages.words(current), 'language.unknown', {
        language: escapeUntrusted(typed, 40),
        known: known.join(', '),
      })
    }
    if (typed !== '' && personal) await languages.choose(by.id, wanted)
    if (typed !== '' && !personal) {
      await languages.chooseIn(place.conversationId, wanted)
      if (wanted !== current) await rebind.respeak(place.conversationId)
    }
    return say(languages.words(wanted), personal ? 'language.yours' : 'language.here', {
      language: languages.nameOf(wanted),
    })
  }

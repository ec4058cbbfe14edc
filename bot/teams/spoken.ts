import { z } from 'zod'
import type { Person } from '../../triage/person.js'
import type { Incoming } from './incoming.js'

/** What somebody wrote, as one plain line: without the mention of Winnow, without markup, with single blanks. */
export const spokenText = (incoming: Incoming): string => {
  const written = incoming.text ?? ''
  const ours = mentionsIn(incoming).filter(({ mentioned }) => mentioned.id === incoming.recipient.id)
  const addressed = ours.reduce((rest, { text: name }) => rest.replaceAll(name, ' '), written)
  // The mention as listed may be spelt differently from the one in the text.
  return plain(addressed === written ? written.replace(/^\s*<at\b[^<>]*>[^<]*<\/at>/i, ' ') : addressed)
}

/** Who else is mentioned there, as often as they are, by the name or the part of it that `spokenText` leaves in. */
export const mentionedIn = (incoming: Incoming): readonly Person[] => {
  const others = mentionsIn(incoming).filter(({ mentioned }) => mentioned.id !== incoming.recipient.id)
  return others.map(({ text, mentioned: { id } }) => ({ id, name: plain(text) }))
}

const mentionsIn = ({ entities }: Incoming) =>
  (entities ?? []).slice(0, 50).flatMap((entity) => mention.safeParse(entity).data ?? [])

const plain = (written: string): string =>
  written
    .replace(/<\/?[a-z][^<>]*>/gi, ' ')
    .replace(/&(nbsp|lt|gt|quot|#39|amp);/g, (_, name: string) => entitiesOfHtml[name] ?? ' ')
    .replace(/\s+/g, ' ')
    .trim()

const mention = z.object({
  type: z.literal('mention'),
  text: z.string().min(1),
  mentioned: z.object({ id: z.string().min(1) }),
})

const entitiesOfHtml: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' }

import { z } from 'zod'
import type { Incoming } from './incoming.js'

/** What somebody wrote, as one plain line: without the mention of Winnow, without markup, with single blanks. */
export const spokenText = ({ text, entities, recipient }: Incoming): string => {
  const written = text ?? ''
  const mentions = (entities ?? []).slice(0, 50).flatMap((entity) => mention.safeParse(entity).data ?? [])
  const ours = mentions.filter(({ mentioned }) => mentioned.id === recipient.id)
  const addressed = ours.reduce((rest, { text: name }) => rest.replaceAll(name, ' '), written)
  // The mention as listed may be spelt differently from the one in the text.
  const unaddressed = addressed === written ? written.replace(/^\s*<at\b[^<>]*>[^<]*<\/at>/i, ' ') : addressed
  return unaddressed
    .replace(/<\/?[a-z][^<>]*>/gi, ' ')
    .replace(/&(nbsp|lt|gt|quot|#39|amp);/g, (_, name: string) => entitiesOfHtml[name] ?? ' ')
    .replace(/\s+/g, ' ')
    .trim()
}

const mention = z.object({
  type: z.literal('mention'),
  text: z.string().min(1),
  mentioned: z.object({ id: z.string() }),
})

const entitiesOfHtml: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' }

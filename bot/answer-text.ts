import type { Asked } from '../dialogs/read-text.js'
import { showList } from '../dialogs/show-list.js'
import { tellNext } from '../dialogs/tell.js'
import { type Phrases, say } from '../triage/phrases.js'
import { isFault } from '../triage/fault.js'
import { winnow } from '../triage/person.js'
import { doDeed } from './do-deed.js'
import type { House } from './house.js'
import { isAnalyst } from './rights.js'
import type { Message, Said } from './talk.js'

/** Answer what somebody wrote. */
export const answerText = async (asked: Asked, said: Said, house: House): Promise<readonly Message[]> => {
  const { phrases } = house
  if (asked.want === 'help') return [text(phrases, 'help')]
  if (asked.want === 'post-here') return [await postHere(said, house)]
  if (!(await isAnalyst(said, house))) return [text(phrases, 'refusal.not-analyst')]
  if (asked.want === 'case') return oneCase(asked.code, house)
  if (asked.want === 'deed') return doDeed(asked, said, house)
  const rows = house.board.rows().filter(({ owner }) => asked.want === 'queue' || owner?.id === said.by.id)
  const heading = say(phrases, `list.${asked.want}`, { count: String(rows.length) })
  return [house.drawing.view(showList(asked.want, rows, house.now(), phrases), heading)]
}

const oneCase = async (code: string, { desk, drawing, phrases, now }: House): Promise<readonly Message[]> => {
  const settled = await desk.look(code).catch((error: unknown) => {
    if (isFault(error, 'store/bad-id')) return null
    throw error
  })
  const seen = settled && drawing.see(settled)
  if (!seen) return [{ text: say(phrases, 'refusal.no-case', { code: code.slice(0, 20).replace(/[^0-9A-Z-]/g, '') }) }]
  const state = seen.state.surfaces['channel']?.state
  if (state === 'lost' || state === 'refused') {
    const stamp = { caseId: code, line: null, at: now(), by: winnow } as const
    await desk.settle(code, [
      { ...stamp, type: 'unshow', surface: 'channel', seat: 'channel', why: 'gone', detail: 'asked for' },
    ])
    return [text(phrases, 'case.reposted')]
  }
  return [drawing.channel(seen), { text: tellNext(seen) }]
}

/** The first channel is bound by whoever asks; another one only by a member of the team that has it now. */
const postHere = async (said: Said, house: House): Promise<Message> => {
  const { binding, phrases } = house
  if (said.personal) return text(phrases, 'post-here.personal')
  const home = binding.place()
  if (home !== null && !(await isAnalyst(said, house))) return text(phrases, 'refusal.not-analyst')
  await house.bind(said.place)
  return text(phrases, 'post-here.done')
}

const text = (phrases: Phrases, key: string): Message => ({ text: say(phrases, key) })

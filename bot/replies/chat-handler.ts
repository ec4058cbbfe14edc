import { hear } from '../../dialogs/hear/click-to-intent.js'
import { readText } from '../../dialogs/hear/parse-message.js'
import type { Seen } from '../../dialogs/case-context.js'
import { winnow } from '../../triage/person.js'
import { say } from '../../triage/phrases.js'
import { type Refusal, isRefusal } from '../../triage/refusal.js'
import { everything } from '../../triage/routing.js'
import { answerChat } from './answer-in-chat.js'
import { answerText } from './answer-message.js'
import { askManager } from './ask-manager.js'
import { glance } from './refresh-card.js'
import type { Settled } from '../cases/desk.js'
import type { House } from '../app-context.js'
import { openLately } from '../pacing/bounded-set.js'
import { refusalText } from './refusal-text.js'
import { refusedClick } from '../people/rights.js'
import { settleClick } from './settle-click.js'
import type { Click, Installed, Listener, Message, Said } from '../chat.js'

/** What Winnow does about what people do in the chat. */
export const openListener = (house: House): Listener => {
  const isNew = openOnce()
  return {
    click: (click) => {
      // A client that looks by itself says nothing of the one its person presses with. One person's view as the answer to a Submit
      // would stand on everybody's card.
      if (click.verb === 'refresh' && click.via === 'execute') return glance(click, house)
      house.audience.note(click)
      return heard(click, house)
    },
    // A click names the line it saw; what is said does not, and said twice it would answer two checks.
    said: async (said) => {
      if (!isNew(said)) return []
      return said.personal ? answerChat(said, house) : answerText(readText(said.text, said.mentions), said, house)
    },
    installed: (installed) => welcome(installed, house),
  }
}

/** True the first time a message is told; the chat tells one again when the answer took long. */
const openOnce = (most = 2000): ((said: Said) => boolean) => {
  const told = openLately(most)
  return ({ thread, messageId }) => {
    if (messageId === null) return true
    const name = JSON.stringify([thread, messageId])
    const isNew = !told.has(name)
    if (isNew) told.note(name)
    return isNew
  }
}

const heard = async (click: Click, house: House): Promise<Message> => {
  const { desk, drawing, now } = house
  const wish = hear(click.verb, click.data, { at: now(), by: click.by })
  if (isRefusal(wish)) return sentence(wish, house)
  const isManager = click.verb === 'vouch'
  const refused = await refusedClick(click, wish, house)
  // Only what needs a lead is refused to people who may see the case.
  if (refused && refused.refusal !== 'leads-only') return sentence(refused, house)
  const settled = refused
    ? { ...(await desk.look(wish.caseId)), refusal: refused }
    : wish.wish === 'settle'
      ? await settleClick(wish.caseId, wish.commands, desk)
      : wish.wish === 'ask-manager'
        ? await askManager(wish.caseId, wish.line, click.by, house)
        : await desk.look(wish.caseId)
  const seen = drawing.see(settled)
  if (!seen) return sentence({ refusal: 'no-case', details: { code: wish.caseId } }, house)
  if (isManager) return forManager(seen, settled.refusal, click, house)
  await adopt(click, seen, house)
  return answerTo(click, seen, settled, house)
}

/**
 * The clicker gets the card as they see it now, with a notice when nothing was done. Where the answer would be drawn on
 * everybody's card (`submit`), a refusal is a sentence instead; an old card is just brought up to date.
 */
const answerTo = (click: Click, seen: Seen, { refusal, written }: Settled, house: House): Message => {
  const { by, personal, via, verb } = click
  const { drawing, phrases } = house
  const card = (notice?: string) =>
    personal ? drawing.chat(seen, by.id, notice) : drawing.channel(seen, via === 'submit' ? null : by.id, notice)
  const told = verb === 'chat' ? say(phrases, written.length > 0 ? 'chat.sent' : 'chat.there') : ''
  const notice = refusal ? refusalText(refusal, phrases) : told
  if (notice === '' || (via === 'submit' && refusal?.refusal === 'old-card')) return card()
  return via === 'execute' ? card(notice) : { text: notice }
}

/** The manager's card, only for the manager: everybody else is told no more than that. */
const forManager = (seen: Seen, refusal: Refusal | null, click: Click, house: House): Message => {
  const notice = refusal ? refusalText(refusal, house.phrases) : ''
  const isAsked = seen.state.confirmation?.manager.id === click.by.id
  return (
    (isAsked ? house.drawing.manager(seen, notice) : null) ?? {
      text: notice || say(house.phrases, 'refusal.not-the-manager'),
    }
  )
}

/** A card that was thought lost and is clicked is not lost: remember where it is. */
const adopt = async ({ posted, personal }: Click, { state }: Seen, { desk, now }: House): Promise<void> => {
  if (personal || posted === null || state.surfaces['channel']?.state !== 'lost') return
  await desk.settle(state.id, [
    {
      type: 'show',
      caseId: state.id,
      line: null,
      surface: 'channel',
      seat: 'channel',
      posted,
      drawn: -1,
      at: now(),
      by: winnow,
    },
  ])
}

const welcome = async ({ place, personal, by }: Installed, house: House): Promise<readonly Message[]> => {
  const { phrases } = house
  const channels = house.binding.channels()
  if (personal) return [{ text: say(phrases, 'welcome.personal') }]
  if (channels.length === 0) {
    await house.bind(place, everything, by.name)
    return [{ text: say(phrases, 'welcome.bound') }]
  }
  if (!channels.some((channel) => channel.place.conversationId === place.conversationId)) {
    return [{ text: say(phrases, 'welcome.elsewhere') }]
  }
  await house.rejoin()
  return []
}

const sentence = (refusal: Refusal, house: House): Message => ({ text: refusalText(refusal, house.phrases) })

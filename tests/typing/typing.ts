import { setTimeout as sleep } from 'node:timers/promises'
import { people } from '../support/activities.js'
import { type Actors, type Shown, actorsIn } from '../support/actors.js'
import { type Json, buttonsOf, objectsOf, wordsOf } from '../support/card-walk.js'
import { openWorld } from '../support/winnow.js'

const { ana, bo, mia } = people

/**
 * What came of a run: how many texts were sent, how often news of others came while Ana was typing and her card waited with it
 * (`waited`), how often a card that came back after a press, or was drawn anew, had what she was typing (`kept`), and what was lost.
 */
export type Typing = {
  readonly sent: number
  readonly cases: number
  readonly waited: number
  readonly kept: number
  readonly lost: readonly string[]
}

/**
 * Two analysts type and press on the same cases at once, and a manager answers, for so many milliseconds; on a slow machine for longer,
 * until news of others has come while Ana was typing.
 *
 * Ana has the cases. On her screen the channel's card is wiped whenever the chat draws it anew, as Teams does: what is in the input then
 * is what the new card says. Every text that is sent must be on the record or come back with its refusal.
 * Teams takes `updateMs` to draw a card anew, and Ana types as soon as she sees the answer of a press.
 */
export const typeAtOnce = async (ms: number, updateMs = 0): Promise<Typing> => {
  const world = await openWorld({ updateMs })
  try {
    const they = actorsIn(world, { hasty: updateMs > 0 })
    await world.install()
    const from = performance.now()
    const [lost, sent]: readonly [string[], { readonly code: string; readonly text: string; readonly back: string }[]] =
      [[], []]
    const now: { code: string; isOver: boolean } = { code: '', isOver: false }
    let kept = 0
    let waited = 0
    let cases = 0
    const next = numbered()
    const isTimeUp = (): boolean => {
      const tookMs = performance.now() - from
      return tookMs >= ms && (waited > 0 || tookMs >= Math.max(leastMs, 5 * ms))
    }

    /** Ana's screen: the card, and what is in its input. */
    const screenOf = (code: string) => {
      let on = they.cardOf(code)
      let typed = ''
      /** How many lines the record has: more of them while she types are somebody else's. */
      const length = async (): Promise<number> => (await world.app().desk.look(code)).diary.length
      const redraw = (): void => {
        const fresh = they.cardOf(code)
        if (fresh.updates === on.updates) return
        on = fresh
        const value = inputIn(fresh.card)
        if (value === typed) kept += 1
        else if (typed !== '') lost.push(`typed “${typed}”, and the card was drawn with “${value ?? 'no input'}”`)
        typed = value ?? ''
      }
      return {
        typed: () => typed,
        type: async (text: string): Promise<void> => {
          for (const letter of text) {
            const [before, shown] = [await length(), on.updates]
            await sleep(3)
            redraw()
            if (typed !== '' && on.updates === shown && (await length()) > before) waited += 1
            typed += letter
          }
          // What was written while she typed has had the time to be drawn.
          await (updateMs > 0 ? sleep(updateMs * 2) : world.drawn())
          redraw()
        },
        has: (verb: string) => buttonsOf(on.card).some((one) => one['verb'] === verb),
        card: () => on,
        press: async (title: string, inputs: Json): Promise<void> => {
          const { card, text } = await they.press(ana, on, title, inputs)
          if (!card) return
          const fresh = they.cardOf(code)
          const isDrawn = fresh.updates !== on.updates
          on = { ...fresh, card }
          const left = inputIn(card)
          if (inputs['finding'] !== undefined && title !== 'Answer' && left !== null) {
            // Both the answer and the card that everyone sees bring back what was typed.
            const stands = isDrawn ? inputIn(fresh.card) : left
            if (left === typed && stands === typed) kept += 1
            else if (!text.includes(typed))
              lost.push(
                `pressed ${title} with “${typed}”, and “${left}” came back, “${stands ?? ''}” stands on the card`,
              )
          }
          typed = left ?? ''
        },
      }
    }

    /** Ana works one case after the other to its verdict. */
    const work = async (): Promise<void> => {
      while (!isTimeUp()) {
        const code = await they.alert()
        now.code = code
        cases += 1
        const screen = screenOf(code)
        await screen.press('Take case', {})
        for (let checks = 0; screen.has('answer') && !isTimeUp(); checks += 1) {
          await screen.type(next('finding'))
          if (checks === 1) {
            const note = next('own note')
            const { text } = await sendNote(they, ana, screen.card(), note, { finding: screen.typed() })
            sent.push({ code, text: note, back: text })
            await screen.type(' more')
          }
          if (checks >= 2 && screen.has('ask-manager')) await screen.press('Ask manager', { finding: screen.typed() })
          else if (checks >= 1) await screen.press('Refresh card', { finding: screen.typed() })
          const finding = screen.typed()
          const option = objectsOf(screen.card().card)
            .flatMap(({ verb, data }) => (verb === 'answer' ? [String(Object(data).option)] : []))
            .find((one) => wanted.has(one))
          await screen.press('Answer', { option: option ?? 'unknown', finding })
          sent.push({ code, text: finding, back: wordsOf(screen.card().card) })
        }
      }
      now.isOver = true
    }

    /** Bo writes beside her: notes in dialogs and in the thread, and forms that are refused. */
    const meddle = async (): Promise<void> => {
      for (let count = 0; !now.isOver; count += 1) {
        await sleep(20)
        const { code } = now
        if (code === '') continue
        const text = next('note')
        if (count % 4 === 3) {
          sent.push({ code, text, back: (await they.say(bo, `${code} note ${text}`)).join('\n') })
          continue
        }
        const on = they.cardOf(code)
        const title = on.card['body'] && wordsOf(on.card).includes('Add note') ? 'Add note' : 'Note'
        if (!wordsOf(on.card).includes(title)) continue
        const { card } = await they.openForm(bo, on, title)
        if (!card) continue
        if (count % 4 === 2) {
          // An empty note is refused, and what was typed comes back.
          const back = await they.sendForm(bo, on, card, 'Save note', { noteText: '  ' })
          if (!back.card) lost.push('an empty note was not refused')
          continue
        }
        const { card: refused, text: words } = await they.sendForm(bo, on, card, 'Save note', { noteText: text })
        sent.push({ code, text, back: refused ? JSON.stringify(refused) : words })
      }
    }

    /** Mia answers whenever she is asked. */
    const answer = async (): Promise<void> => {
      while (!now.isOver) {
        await sleep(30)
        const chat = world.connector.chats.get(mia.id)
        const question = chat && they.shown(chat).find(({ card }) => wordsOf(card).includes('Add dates or note'))
        if (!question) continue
        const code = /Case (\S+)/.exec(wordsOf(question.card))?.[1] ?? ''
        const { card } = await they.openForm(mia, question, 'Add dates or note')
        if (!card) continue
        const note = next('word')
        const { text } = await they.sendForm(mia, question, card, 'Yes', { from: '', to: '', note })
        sent.push({ code, text: note, back: text })
      }
    }

    await Promise.all([work(), meddle(), answer()])
    await world.drawn()
    for (const { code, text, back } of sent) {
      const { diary } = await world.app().desk.look(code)
      if (!JSON.stringify(diary).includes(JSON.stringify(text).slice(1, -1)) && !back.includes(text))
        lost.push(`sent “${text}” in case ${code}: neither on the record nor given back`)
    }
    return { sent: sent.length, cases, waited, kept, lost }
  } finally {
    await world.close()
  }
}

/** For so long, in milliseconds, it goes on at the least before it ends without news of others. */
const leastMs = 60_000

/** The options that lead through most checks. */
const wanted = new Set(['other', 'usual', 'known', 'yes', 'alone'])

const sendNote = async (they: Actors, by: typeof ana, on: Shown, noteText: string, beside: Json) => {
  const { card } = await they.openForm(by, on, 'Add note', beside)
  return card ? they.sendForm(by, on, card, 'Save note', { noteText }) : { text: '' }
}

const numbered = () => {
  let count = 0
  return (what: string): string => `${what} ${(count += 1)}`
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** What is in the input of the finding; null when the card has none. */
const inputIn = (card: unknown): string | null => {
  const [input] = objectsOf(card).filter(({ type, id }) => type === 'Input.Text' && id === 'finding')
  return input ? textOf(input['value']) : null
}

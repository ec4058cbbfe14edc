import type { Diary, Event } from '../triage/event.js'
import { isSettled } from '../triage/settled.js'
import { checkEvents } from './envelope.js'
import { checkVersion, storeClosed } from './faults.js'
import { checkCaseId, checkSettingName } from './names.js'
import type { Store } from './store.js'

/** What a memory store remembers, as JSON; hand it to another one, and that is a restart. */
export type Remembered = { readonly diaries: Map<string, string>; readonly settings: Map<string, string> }

/** What can be different: which diaries are settled, and what is remembered already. */
export type MemoryOptions = { readonly settled?: (diary: Diary) => boolean; readonly remembered?: Remembered }

/** A store that forgets everything with the process: for tests, and for trying things out. */
export function memoryStore(options: MemoryOptions = {}): Store {
  const { settled = isSettled, remembered = { diaries: new Map(), settings: new Map() } } = options
  const { diaries, settings } = remembered
  const live = new Set([...diaries.keys()].filter((caseId) => !settled(diaryOf(caseId))))
  let closed = false

  function diaryOf(caseId: string): Diary {
    const diary: Diary = JSON.parse(diaries.get(caseId) ?? '[]')
    return diary
  }

  function checkOpen(): void {
    if (closed) throw storeClosed()
  }

  return {
    read: async (caseId) => {
      checkOpen()
      checkCaseId(caseId)
      return diaryOf(caseId)
    },
    append: async (caseId, version, events: readonly Event[]) => {
      checkOpen()
      checkCaseId(caseId)
      checkEvents(events)
      const diary = diaryOf(caseId)
      checkVersion(caseId, version, diary.length)
      if (events.length === 0) return
      const next = [...diary, ...events]
      const text = JSON.stringify(next)
      if (settled(next)) live.delete(caseId)
      else live.add(caseId)
      diaries.set(caseId, text)
    },
    live: async () => {
      checkOpen()
      return [...live]
    },
    keep: async (name, value) => {
      checkOpen()
      checkSettingName(name)
      settings.set(name, JSON.stringify({ value }))
    },
    kept: async (name) => {
      checkOpen()
      checkSettingName(name)
      const setting: { readonly value?: unknown } = JSON.parse(settings.get(name) ?? '{}')
      return setting.value
    },
    damaged: () => [],
    close: async () => {
      closed = true
    },
  }
}

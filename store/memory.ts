import { caseOpen, checkSettingVersion, checkVersion, storeClosed } from './faults.js'
import { checkCaseId, checkSettingName } from './names.js'
import { recentChanges } from './recent-changes.js'
import { checkChange } from './shapes.js'
import type { Store, StoredCase } from './store.js'

/** What a memory store remembers, as JSON; hand it to another one, and that is a restart. */
export type Remembered = { readonly cases: Map<string, string>; readonly settings: Map<string, string> }

type Kept = StoredCase & { readonly open: boolean }
type Setting = { readonly value?: unknown; readonly version: number }

/** A store that forgets everything with the process: for tests, and for trying things out. */
export function memoryStore(remembered: Remembered = { cases: new Map(), settings: new Map() }): Store {
  const { cases, settings } = remembered
  const recent = recentChanges()
  let closed = false

  // Kept as text, so that nobody can change what was stored by changing what they gave or got.
  function caseOf(caseId: string): Kept {
    const text = cases.get(caseId)
    if (text === undefined) return { version: 0, diary: [], cards: {}, open: false }
    const kept: Kept = JSON.parse(text)
    return kept
  }

  function settingOf(name: string): Setting {
    const setting: Setting = JSON.parse(settings.get(name) ?? '{ "version": 0 }')
    return setting
  }

  function checkOpen(): void {
    if (closed) throw storeClosed()
  }

  return {
    read: async (caseId) => {
      checkOpen()
      checkCaseId(caseId)
      const { version, diary, cards } = caseOf(caseId)
      return { version, diary, cards }
    },
    write: async (caseId, version, change) => {
      checkOpen()
      checkCaseId(caseId)
      const former = caseOf(caseId)
      checkChange(change, former.version === 0)
      checkVersion(caseId, version, former.version)
      const { events = [], cards = {}, open } = change
      const names = Object.keys(cards)
      if (events.length === 0 && names.length === 0 && (version === 0 || open === former.open)) return version
      const left = Object.entries(former.cards).filter(([name]) => !names.includes(name))
      const put = Object.entries(cards).filter(([, card]) => card !== null)
      const next = {
        version: version + 1,
        diary: [...former.diary, ...events],
        cards: Object.fromEntries([...left, ...put]),
        open,
      }
      cases.set(caseId, JSON.stringify(next))
      recent.note(caseId, next.version)
      return next.version
    },
    open: async () => {
      checkOpen()
      return [...cases.keys()].filter((caseId) => caseOf(caseId).open)
    },
    async *all() {
      checkOpen()
      yield [...cases.keys()]
    },
    keep: async (name, value, version) => {
      checkOpen()
      checkSettingName(name)
      const former = settingOf(name)
      if (version !== undefined) checkSettingVersion(name, version, former.version)
      settings.set(name, JSON.stringify({ value, version: former.version + 1 }))
      return former.version + 1
    },
    kept: async (name) => {
      checkOpen()
      checkSettingName(name)
      const { value, version } = settingOf(name)
      return { value, version }
    },
    replace: async (caseId, version, { diary, cards }) => {
      checkOpen()
      checkCaseId(caseId)
      checkChange({ events: diary, cards, open: false }, true)
      const former = caseOf(caseId)
      checkVersion(caseId, version, former.version)
      if (former.open || version === 0) throw caseOpen(caseId)
      cases.set(caseId, JSON.stringify({ version: version + 1, diary, cards, open: false }))
      recent.note(caseId, version + 1)
      return version + 1
    },
    since: async (position) => {
      checkOpen()
      return recent.since(position)
    },
    damaged: () => [],
    close: async () => {
      closed = true
    },
  }
}

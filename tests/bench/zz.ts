import { memoryStore } from '../../store/memory.js'
import { openDesk } from '../../bot/desk.js'
import { openDrawing } from '../../bot/draw.js'
import { loadPhrases } from '../../content/load-phrases.js'
import { loadPlaybooks } from '../../content/load.js'
import { loadCards } from '../../cards/load.js'
import { showChannel } from '../../dialogs/show.js'
import { replay } from '../../triage/evolve.js'
import { anAlert, now, wish } from '../support/cast.js'
import { hear } from '../../dialogs/hear.js'
import { decide } from '../../triage/decide.js'
import { readFileSync } from 'node:fs'
const playbooks = await loadPlaybooks('content/alerts'); const phrases = await loadPhrases('content/phrases', 'en'); const render = await loadCards('cards')
const playbook = playbooks.find(({ type }) => type === 'impossible-travel')!
const desk = openDesk(memoryStore(), () => playbook, () => now)
const drawing = openDrawing(() => playbook, phrases, render)
const id = 'CASE'; const by = { id: 'x', name: 'X Y' }
const settle = async (c: any) => { const r = await desk.settle(id, [{ ...wish(by, c), caseId: id, line: null }] as any); if (r.refusal) throw new Error(r.refusal.refusal); return r }
const measure = async (name: string, n: number, work: () => unknown) => {
  for (let i = 0; i < 500; i++) await work()
  const c = process.cpuUsage()
  for (let i = 0; i < n; i++) await work()
  const u = process.cpuUsage(c)
  console.log(name.padEnd(30), 'cpu ms', ((u.user + u.system) / 1000 / n).toFixed(3))
}
await desk.open(id, anAlert(), 'impossible-travel', [])
const states: Record<string, any> = {}
states['new'] = await desk.look(id)
await settle({ type: 'claim' }); states['work'] = await desk.look(id)
await settle({ type: 'answer', check: 'address', option: 'sanctioned' }); states['work2'] = await desk.look(id)
await settle({ type: 'judge', verdict: 'fp-untagged-vpn', reason: '' }); states['judged'] = await desk.look(id)

const seen = drawing.see(states['judged'])!
const view = showChannel(seen)
if (process.env['WHAT'] === 'show') for (let i = 0; i < 20000; i++) showChannel(seen)
else for (let i = 0; i < 10000; i++) render(view)

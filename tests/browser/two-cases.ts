/**
 * Two whole cases at phone width in the local client, once with the sample registers and once without any: `npx tsx
 * tests/browser/two-cases.ts FOLDER`, after `npm run build`. It prints taps, letters typed and seconds, and leaves a picture of each
 * check. A finding is typed five letters a second, as on a phone; reading and looking elsewhere take no time here.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Page, chromium } from 'playwright-core'
import { loadScenarios } from '../../content/author/scenarios.js'
import { loadGuides } from '../content/guides.js'
import { alertsFolder } from '../content/files.js'
import { table } from '../support/table.js'
import { localWinnow } from './winnow.js'

const folder = process.argv[2]
if (folder === undefined) throw new Error('Name a folder for the pictures: npx tsx tests/browser/two-cases.ts FOLDER')
await mkdir(folder, { recursive: true })
const guides = await loadGuides()
const scenarios = await loadScenarios(alertsFolder)

const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString()
const cases = [
  {
    name: 'travel',
    scenario: 'Our own VPN exit, known device',
    alert: {
      id: 'two-cases-travel',
      type: 'impossible-travel',
      title: 'Impossible travel activity',
      severity: 'medium',
      occurredAt: minutesAgo(38),
      people: [{ upn: 'alex@contoso.example', name: 'Alex Doorn' }],
      addresses: [{ ip: '198.51.100.70', country: 'SE' }],
    },
  },
  {
    name: 'test',
    scenario: 'A scheduled test enumerates',
    alert: {
      id: 'two-cases-test',
      type: 'ARM_MicroBurst.AzDomainInfo',
      title: 'MicroBurst exploitation toolkit used to enumerate resources in your subscriptions',
      severity: 'low',
      occurredAt: minutesAgo(12),
      people: [{ upn: 'robin@contoso.example', name: 'Robin Lead' }],
      addresses: [{ ip: '203.0.113.90', country: 'NL' }],
    },
  },
] as const

type Cost = { readonly taps: number; readonly letters: number; readonly seconds: number }

const play = async (
  page: Page,
  one: (typeof cases)[number],
  code: string,
  shoot: (name: string) => Promise<void>,
): Promise<Cost> => {
  const guide = guides.find(({ type }) => type === one.alert.type)
  const scenario = scenarios.get(one.alert.type)?.scenarios.find(({ name }) => name === one.scenario)
  if (!guide || !scenario) throw new Error(`no scenario ${one.scenario}`)
  const card = () => page.locator('.ac-adaptiveCard').filter({ hasText: code }).last()
  const from = Date.now()
  let [taps, letters] = [0, 0]
  const tapped = async (name: string): Promise<void> => {
    taps += 1
    await card().getByRole('button', { name, exact: true }).last().click({ timeout: 10_000 })
  }
  // What is typed goes with the answer, so a case whose first check wants a finding is taken first.
  await tapped('Take case')
  await card().getByText('Tap your answer:').waitFor()
  for (;;) {
    const asked = guide.checks.find(({ id }) => id in scenario.answers && !done.has(`${code} ${id}`))
    if (!asked) break
    done.add(`${code} ${asked.id}`)
    await card().getByText(asked.ask).filter({ visible: true }).last().waitFor({ timeout: 15_000 })
    const given = scenario.answers[asked.id]
    const { is, saw = '' } = typeof given === 'string' ? { is: given } : (given ?? { is: '' })
    const option = asked.options.find(({ id }) => id === is)
    if (!option) throw new Error(`no option ${is}`)
    const row = card().locator('.ac-selectable').filter({ hasText: option.text, visible: true }).last()
    const isSuggested = ((await row.textContent()) ?? '').includes('Suggested by the registers')
    if (saw !== '' && !isSuggested) {
      taps += 1
      letters += saw.length
      await card()
        .locator('input[type=text], textarea')
        .filter({ visible: true })
        .last()
        .pressSequentially(saw, { delay: 200 })
    }
    await shoot(asked.id)
    taps += 1
    await row.click({ timeout: 10_000 })
  }
  await card()
    .getByRole('button', { name: /^Record / })
    .first()
    .waitFor({ timeout: 15_000 })
  await shoot('verdict')
  taps += 1
  await card()
    .getByRole('button', { name: /^Record (FP|B-TP)$/ })
    .first()
    .click()
  await card().getByText('Recommended actions').filter({ visible: true }).last().waitFor({ timeout: 15_000 })
  await shoot('judged')
  await tapped('All done, close')
  await card().getByRole('button', { name: 'Reopen', exact: true }).waitFor({ timeout: 15_000 })
  return { taps, letters, seconds: Math.round((Date.now() - from) / 1000) }
}

const done = new Set<string>()
const rows: (readonly string[])[] = []
for (const [kind, registers] of [
  ['with registers', null],
  ['without', await mkdtemp(join(tmpdir(), 'winnow-no-registers-'))],
] as const) {
  done.clear()
  if (registers !== null) process.env['REGISTERS_FOLDER'] = registers
  const winnow = await localWinnow()
  const profile = await mkdtemp(join(tmpdir(), 'winnow-two-cases-'))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    viewport: { width: 1280, height: 3000 },
    timezoneId: 'Europe/Stockholm',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
  })
  const page = context.pages()[0] ?? (await context.newPage())
  try {
    await winnow.start()
    await page.goto(winnow.clientUrl)
    await page.getByText('Incidents', { exact: true }).first().click()
    for (const one of cases) {
      const code = await winnow.post(one.alert)
      const card = page.locator('.ac-adaptiveCard').filter({ hasText: code }).last()
      await card.waitFor({ timeout: 15_000 })
      const shoot = async (name: string): Promise<void> => {
        await card.evaluate((element) => {
          for (const each of [element, element.parentElement])
            each?.setAttribute('style', 'width:390px;max-width:390px')
        })
        await card.screenshot({ path: join(folder, `${one.name}-${kind.replace(' ', '-')}-${name}.png`) })
      }
      const { taps, letters, seconds } = await play(page, one, code, shoot)
      rows.push([one.name, kind, `${taps}`, `${letters}`, `${seconds}`])
    }
  } finally {
    await page.screenshot({ path: join(folder, `last-${kind.replace(' ', '-')}.png`) })
    await context.close()
    await winnow.stop()
    await rm(profile, { recursive: true, force: true })
    if (registers !== null) await rm(registers, { recursive: true, force: true })
  }
}
console.log(table(['case', 'registers', 'taps', 'letters', 'seconds'], rows))

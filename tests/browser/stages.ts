/**
 * Pictures of every stage of a case at phone width, in the local client: `npx tsx tests/browser/stages.ts FOLDER`, after
 * `npm run build`. Impossible travel with the manager asked, ransomware, a Resource Manager toolkit, and an unknown type.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Locator, chromium } from 'playwright-core'
import { localWinnow } from './winnow.js'

const folder = process.argv[2]
if (folder === undefined) throw new Error('Name a folder for the pictures: npx tsx tests/browser/stages.ts FOLDER')
await mkdir(folder, { recursive: true })

const winnow = await localWinnow()
const profile = await mkdtemp(join(tmpdir(), 'winnow-stages-browser-'))
const context = await chromium.launchPersistentContext(profile, {
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  viewport: { width: 1280, height: 3000 },
  timezoneId: 'Europe/Stockholm',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
})
const page = context.pages()[0] ?? (await context.newPage())

let code = ''
/** The card of the case at hand, on the page that is open: in the channel, or in the personal chat. */
const card = (): Locator => page.locator('.ac-adaptiveCard').filter({ hasText: code }).last()
const open = (name: string) => page.getByText(name, { exact: true }).first().click({ timeout: 10_000 })
const press = (name: string) => card().getByRole('button', { name, exact: true }).last().click({ timeout: 10_000 })
const sees = (text: string | RegExp) =>
  card().getByText(text).filter({ visible: true }).last().waitFor({ timeout: 15_000 })
const answer = (text: string) =>
  card().getByText(text, { exact: true }).filter({ visible: true }).last().click({ timeout: 10_000 })

let shots = 0
/** The card as wide as it is on a phone, and how high it is then. */
const shoot = async (name: string): Promise<void> => {
  await page.waitForTimeout(400)
  const one = card()
  await one.evaluate((element) => {
    for (const each of [element, element.parentElement]) each?.setAttribute('style', 'width:390px;max-width:390px')
  })
  const file = `${String(++shots).padStart(2, '0')}-${name}.png`
  await one.screenshot({ path: join(folder, file) })
  const box = await one.boundingBox()
  console.log(`${file}  ${Math.round(box?.width ?? 0)} x ${Math.round(box?.height ?? 0)}`)
}

/** Answer whatever is asked with what is last among its answers, "Unknown", until a verdict can be recorded. */
const answerAll = async (): Promise<void> => {
  for (let check = 1; check < 12; check++) {
    await page.waitForTimeout(800)
    if ((await card().getByText('Tap your answer:').count()) === 0) return
    await card().locator('.ac-selectable').filter({ visible: true }).last().click({ timeout: 10_000 })
  }
}

/** From the new card to the closed one, with the details open at each stage. */
const stages = async (name: string, caseId: string): Promise<void> => {
  code = caseId
  await sees(`Case ${code}`)
  await shoot(`${name}-new`)
  await press('Details')
  await shoot(`${name}-new-details`)
  await press('Take case')
  await sees('Tap your answer:')
  await shoot(`${name}-check`)
  await answerAll()
  await shoot(`${name}-verdict`)
  await card().getByRole('button', { name: 'Record undetermined', exact: true }).last().click()
  await sees('Recommended actions')
  await shoot(`${name}-judged`)
}

const toolkit = {
  id: 'stages-toolkit',
  type: 'ARM_MicroBurst.AzDomainInfo',
  title: 'MicroBurst exploitation toolkit used to enumerate resources in your subscriptions',
  description: 'Information gathering with the toolkit MicroBurst was detected in your subscription.',
  severity: 'high',
  occurredAt: new Date(Date.now() - 38 * 60_000).toISOString(),
  people: [{ upn: 'sam@contoso.example', name: 'Sam Okafor' }],
  addresses: [{ ip: '203.0.113.140', country: 'IE' }],
  resources: ['/subscriptions/5f6e7d8c-1111-4ccc-9ddd-0123456789ab'],
  tactics: ['collection'],
}
const unknown = {
  id: 'stages-unknown',
  type: 'SomethingNew',
  title: 'Suspicious token replay on a shared mailbox',
  description: 'A token of Kim Adeyemi was replayed from another network; 14 sign-ins in 9 minutes.',
  severity: 'medium',
  occurredAt: new Date(Date.now() - 5 * 60_000).toISOString(),
  people: [{ upn: 'kim@contoso.example', name: 'Kim Adeyemi' }],
  addresses: [{ ip: '198.51.100.9', country: 'JP' }],
  apps: ['Exchange Online'],
}

try {
  await winnow.start()
  await page.goto(winnow.clientUrl)
  await page.getByText('Incidents', { exact: true }).waitFor()
  await open('Incidents')

  code = /case (\S+)/.exec(await winnow.run('alert', 'impossible-travel'))?.[1] ?? ''
  await sees(`Case ${code}`)
  await shoot('travel-new')
  await press('Details')
  await shoot('travel-new-details')
  await press('Take case')
  await sees('Tap your answer:')
  await shoot('travel-check')
  await answer('Home or mobile network, not ours')
  await sees(/^Check 2/)
  await answer('Normal activity for this user')
  await sees(/^Check 3/)
  await answer('Yes, same device ID, system, and browser')
  await sees('Was the user really in both places?')
  await shoot('travel-journey')
  await press('Ask manager')
  await sees(/Asked Ana Analyst at/)
  await shoot('travel-asked')
  await open('Personal Chat')
  await sees(/traveling/)
  await shoot('travel-manager')
  await press('Yes')
  await sees('Thank you, your answer was recorded')
  await shoot('travel-manager-thanks')
  await open('Incidents')
  // The card waits with the manager's word, for its owner may be typing on it.
  await press('More')
  await press('Refresh card')
  await sees(/Ana Analyst says: Yes/)
  await shoot('travel-word')
  await answer('Yes, confirmed by a person or a record')
  await answerAll()
  await shoot('travel-verdict')
  await press('Record FP')
  await sees('Recommended actions')
  await shoot('travel-judged')
  await press('Details')
  await shoot('travel-judged-details')
  await press('All done, close')
  await card().getByRole('button', { name: 'Reopen', exact: true }).waitFor()
  await shoot('travel-closed')

  const ransomware = /case (\S+)/.exec(await winnow.run('alert', 'ransomware-activity'))?.[1] ?? ''
  await stages('ransomware', ransomware)
  await stages('toolkit', await winnow.post(toolkit))
  await stages('unknown', await winnow.post(unknown))
} finally {
  await page.screenshot({ path: join(folder, 'last.png') })
  await context.close()
  await winnow.stop()
  await rm(profile, { recursive: true, force: true })
}

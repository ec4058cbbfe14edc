/** `npm run test:browser`: the whole story in the local client, from a sample alert to the closed case. */
import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Page, chromium } from 'playwright-core'
import { localWinnow } from './winnow.js'

const shots = join('artifacts', 'story')
let passed = 0
let failed = 0
let page: Page

/**
 * How long what must come is waited for: long enough for any machine, but not again and again once something has failed, for then what
 * follows mostly fails as well.
 */
const patienceMs = (): number => (failed === 0 ? 120_000 : 10_000)

/** One step of the story: it fails loudly, and a picture of it is kept. */
const step = async (name: string, work: () => Promise<unknown>): Promise<void> => {
  try {
    await work()
    passed++
    console.log(`ok    ${name}`)
  } catch (error) {
    failed++
    console.log(`FAIL  ${name}\n      ${String(error).split('\n').slice(0, 6).join('\n      ')}`)
  }
  const file = `${String(passed + failed).padStart(2, '0')}-${name.replaceAll(/[^a-z0-9]+/gi, '-').toLowerCase()}.png`
  await page.screenshot({ path: join(shots, file) })
}

const sees = (text: string | RegExp) =>
  page.getByText(text).filter({ visible: true }).last().waitFor({ timeout: patienceMs() })
const press = (name: string) => page.getByRole('button', { name, exact: true }).last().click({ timeout: patienceMs() })
/**
 * Press what shows that button; again when it is not there, for a card that was drawn anew meanwhile is folded again. A slow machine
 * shows it late, and then the next press folds it: so each press waits longer than the one before.
 */
const unfold = async (name: string, shown: string): Promise<void> => {
  const button = page.getByRole('button', { name: shown, exact: true }).last()
  for (let waitMs = 2000; ; waitMs *= 2) {
    await press(name)
    const isShown = await button.waitFor({ timeout: waitMs }).then(
      () => true,
      () => false,
    )
    if (isShown) return
    if (waitMs > patienceMs()) throw new Error(`“${name}” does not show “${shown}”`)
  }
}
const choose = (text: string) =>
  page.getByText(text, { exact: true }).filter({ visible: true }).last().click({ timeout: patienceMs() })
/**
 * Type as a person does: the local client learns of what is typed by keys, and not always of what is put into an input from outside.
 * It draws a chat twice when it is opened, so what was typed must stand there for a while; else it is typed again.
 */
const type = async (label: string, text: string): Promise<void> => {
  const input = page.getByLabel(label, { exact: false }).last()
  const stays = async (): Promise<boolean> => {
    await page.waitForTimeout(1500)
    // What the page has yet to do comes first.
    await page.evaluate('new Promise((resolve) => requestIdleCallback(() => resolve()))')
    return (await input.inputValue({ timeout: patienceMs() })) === text
  }
  for (let times = 1; ; times += 1) {
    await input.click({ timeout: patienceMs() })
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type(text)
    if (await stays()) return
    if (times === 10) throw new Error(`“${text}” does not stay in “${label}”`)
  }
}
const open = (name: string) => page.getByText(name, { exact: true }).first().click({ timeout: patienceMs() })
/** An answer is a row that is tapped. */
const answer = (text: string) => choose(text)

execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' })
await rm(shots, { recursive: true, force: true })
await mkdir(shots, { recursive: true })
const winnow = await localWinnow()
const profile = await mkdtemp(join(tmpdir(), 'winnow-story-browser-'))
const context = await chromium.launchPersistentContext(profile, {
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  viewport: { width: 1280, height: 1600 },
  timeout: 120_000,
  args: [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
})
page = context.pages()[0] ?? (await context.newPage())
context.setDefaultTimeout(120_000)
let code = ''
/** Bo Analyst, in the world of the local client. */
const bo = 'aaaaaaaa-0000-4000-8000-000000000002'

try {
  await winnow.start()
  await page.goto(winnow.clientUrl)
  await page.getByText('Incidents', { exact: true }).waitFor()

  await step('the list of samples names impossible-travel', async () => {
    const text = await winnow.run('alert')
    if (!text.includes('impossible-travel')) throw new Error(text)
  })
  await step('a sample alert becomes a card in the channel', async () => {
    const text = await winnow.run('alert', 'impossible-travel')
    code = /case (\S+)/.exec(text)?.[1] ?? ''
    await open('Incidents')
    await sees(`Case ${code}`)
  })
  await step('somebody takes the case and sees the first check', async () => {
    await press('Take case')
    await sees('Check 1 of 5')
  })
  await step('a note is written as a form in the personal chat, for this client has no dialogs', async () => {
    await unfold('More', 'Add note')
    await press('Add note')
    await sees(/the form is in your personal chat/)
    await open('Personal Chat')
    await page.getByLabel('Note for the history').last().waitFor()
    await type('Note for the history', 'Seen on the wall board.')
    await press('Save note')
    await sees(/Ana Analyst noted: Seen on the wall board/)
    await open('Incidents')
    await sees('Check 1 of 5')
  })
  await step('an answer leads to the next check', async () => {
    await type('Which IP address, whose network', '198.51.100.77, a mobile carrier')
    await answer('Home or mobile network, not ours')
    await sees('Check 2 of 5')
  })
  await step('a colleague sees how far it is, and not the question', async () => {
    const words = await winnow.clickAs(bo, code, 'refresh')
    if (!words.includes('Check 2 of 5') || words.includes('Tap your answer')) throw new Error(words)
  })
  await step('a colleague takes it over, and its owner is told', async () => {
    const words = await winnow.clickAs(bo, code, 'take-over')
    if (!words.includes('Tap your answer')) throw new Error(words)
    await sees(/Assigned to.*Bo Analyst/)
    await sees(/Bo Analyst took over case/)
  })
  await step('who had it takes it back', async () => {
    await unfold('More', 'Take over')
    await press('Take over')
    await sees(/Assigned to.*Ana Analyst/)
  })
  await step('the next answer leads to the journey', async () => {
    await answer('Normal activity for this user')
    await answer('Yes, same device ID, system, and browser')
    await sees('Was the user really in both places?')
  })
  await step('the manager can be asked', async () => {
    await press('Ask manager')
    await sees(/Asked Ana Analyst at/)
  })
  await step('the question waits in the personal chat', async () => {
    await open('Personal Chat')
    await sees(/Was .*Alex Doorn.* traveling/)
    await sees(new RegExp(code))
  })
  await step('the manager answers and is thanked', async () => {
    await press('Yes')
    await sees('Thank you, your answer was recorded')
  })
  await step('the answer is told in the thread, and stands on the case when its owner looks', async () => {
    await open('Incidents')
    await sees(/Ana Analyst answered: Yes/)
    await unfold('More', 'Refresh card')
    await press('Refresh card')
    await sees(/Ana Analyst says: Yes/)
  })
  await step('a kill in the middle changes nothing', async () => {
    await winnow.kill()
    await winnow.start()
    await page.reload()
    await open('Incidents')
    await sees(/Ana Analyst answered: Yes/)
    await answer('Yes, confirmed by a person or a record')
    await sees('Undetected user travel')
  })
  await step('an answer can be taken back and given again', async () => {
    await unfold('More', 'Back')
    await press('Back')
    await sees('Was the user really in both places?')
    await answer('Yes, confirmed by a person or a record')
    await sees('Undetected user travel')
  })
  await step('the verdict is recorded with its because', async () => {
    await press('Record FP')
    await unfold('Details', 'Save tuning')
    await sees(/traveled/)
  })
  await step('actions are ticked', async () => {
    await choose('Close the alert in the portal as a false positive')
    await press('Save progress')
    await unfold('Details', 'Save tuning')
    await sees(/Ana Analyst, /)
  })
  await step('the case is closed', async () => {
    await press('Close case')
    await sees(/closed/i)
    await page.getByRole('button', { name: 'Reopen', exact: true }).last().waitFor()
  })
  await step('the queue is empty again', async () => {
    await open('Personal Chat')
    await page.locator('[contenteditable=true]').first().fill('queue')
    await page.keyboard.press('Enter')
    await sees('No open cases.')
  })
  await step('the diary tells the whole story', async () => {
    const text = await winnow.run('case', code)
    const story = [
      'took the case',
      'Seen on the wall board.',
      '198.51.100.77, a mobile carrier',
      'asked Ana Analyst',
      'answered as manager: Yes',
      'recorded FP',
      'did: Close the alert',
      'closed the case',
    ]
    const missing = story.filter((line) => !text.includes(line))
    if (missing.length > 0) throw new Error(`missing: ${missing.join('; ')}\n${text}`)
  })
} finally {
  await context.close()
  await winnow.stop()
  await rm(profile, { recursive: true, force: true })
}
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
